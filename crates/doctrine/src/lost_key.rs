//! What to do when a key is lost or copied: the rows of `lost-key.toml` behind a door.

use profiles::Confidence;
use vocabulary::{Line, Source};

use crate::data::{Door, LOST_KEY, Link, Who};

/// Something to do, in its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostKeyStep {
    /// Its title, why, what to do.
    pub line: Line,
    /// Who can do it.
    pub who: &'static [Who],
    /// Addresses the guides give.
    pub links: &'static [&'static Link],
    /// Where it comes from.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

/// What to do, in order.
pub fn lost_key(door: Door) -> Vec<LostKeyStep> {
    let rows = LOST_KEY.iter().filter(|row| row.doors.contains(&door));
    let step = |row: &crate::data::LostKeyRow| LostKeyStep {
        line: Line::new(row.topic),
        who: row.who,
        links: row.links,
        sources: row.sources,
        confidence: row.confidence,
    };
    rows.map(step).collect()
}

#[cfg(test)]
mod tests {
    use vocabulary::topics::lost as topics;

    use super::*;

    fn order(door: Door) -> Vec<vocabulary::Topic> {
        lost_key(door).into_iter().map(|step| step.line.topic).collect()
    }

    #[test]
    fn a_copied_key_is_revoked_before_anything_is_ordered() {
        let order = order(Door::Copied);
        let place = |topic| order.iter().position(|found| *found == topic).unwrap();
        assert!(place(topics::LOST_REVOKE_NOW) < place(topics::LOST_NEW_KEY));
        assert!(place(topics::LOST_NEW_KEY) < place(topics::LOST_ORDER));
        assert!(!order.contains(&topics::LOST_RENEW), "revoked, it is no longer renewed");
    }

    #[test]
    fn a_lost_key_is_renewed_before_its_certificate_is_revoked() {
        let order = order(Door::Lost);
        let place = |topic| order.iter().position(|found| *found == topic).unwrap();
        assert!(place(topics::LOST_RENEW) < place(topics::LOST_REVOKE_THEN));
        assert_eq!(order.first(), Some(&topics::LOST_SEARCH));
    }

    #[test]
    fn what_is_not_confirmed_says_so() {
        for door in [Door::Lost, Door::Copied] {
            let unsure = lost_key(door).into_iter().filter(|step| step.confidence == Confidence::Unconfirmed);
            assert!(unsure.count() > 0);
        }
    }
}
