//! What people type.

use std::hint::black_box;

use messages::Locale;
use vocabulary::{Date, IdentifierKind, Timestamp, identifiers};

pub(crate) fn identifier(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for kind in IdentifierKind::ALL {
        let report = identifiers::report(*kind, &text);
        if report.is_valid()
            && let Some(canonical) = &report.canonical
        {
            let again = identifiers::report(*kind, canonical);
            assert!(again.is_valid(), "{kind}: {canonical:?} from {text:?} is no longer valid");
            assert_eq!(again.canonical.as_ref(), Some(canonical), "{kind}: {text:?}");
        }
        black_box(estampille::identifier::report(Locale::Fr, *kind, &text));
    }
    if let Some(moment) = Timestamp::parse(&text) {
        black_box((moment.date(), moment.plus_days(1), moment.plus_months(1)));
    }
    if let Some(date) = Date::parse(&text) {
        black_box((date.midnight(), date.plus_months(36)));
    }
}
