use estampille::contract::{Passport, Spellings};
use leptos::prelude::*;
use messages::{Text, page::passport};

use super::CopyButton;
use crate::{
    calls,
    session::{DroppedFile, session, text, tr},
};

/// A certificate's names in every spelling, its numbers and fingerprints, to be pasted into an operator's form. Folded;
/// read from the file when it is opened.
#[component]
pub(crate) fn PassportCard(
    certificate: DroppedFile,
    /// SHA-256 of the certificate that is meant: a file may hold several.
    sha256: String,
) -> impl IntoView {
    let session = session();
    let found = RwSignal::new(None::<Passport>);
    let asked = StoredValue::new(false);
    let content = StoredValue::new(certificate.content);
    let open = move |_| {
        if asked.get_value() {
            return;
        }
        asked.set_value(true);
        let sha256 = sha256.clone();
        session.surface.spawn(async move {
            let locale = session.locale.get_untracked();
            let passport = calls::passport(locale, &content.get_value()).await;
            found.try_set(passport.filter(|passport| passport.sha256 == sha256));
        });
    };
    ui! {
        <details class="why spellings" on:toggle=open>
            <summary>{tr(passport::TITLE)}</summary>
            <p class="hint">{tr(passport::LEAD)}</p>
            {move || found.get().map(|found| ui! {
                <h4>{tr(passport::SUBJECT)}</h4>
                {spellings(found.subject)}
                <h4>{tr(passport::ISSUER)}</h4>
                {spellings(found.issuer)}
                <h4>{tr(passport::NUMBERS)}</h4>
                <dl class="passport">
                    {row(passport::SERIAL, found.serial.clone(), found.serial)}
                    {found.serial_decimal.map(|serial| row(passport::SERIAL_DECIMAL, serial.clone(), serial))}
                    {row(passport::SHA256, calls::by_four(&found.sha256), found.sha256)}
                    {row(passport::SHA1, calls::by_four(&found.sha1), found.sha1)}
                    {row(passport::PUBLIC_KEY, calls::by_four(&found.public_key_sha256), found.public_key_sha256)}
                    {row(passport::PIN, found.public_key_pin.clone(), found.public_key_pin)}
                </dl>
            })}
        </details>
    }
}

fn spellings(names: Spellings) -> impl IntoView {
    ui! {
        <dl class="passport">
            {row(passport::RFC4514, names.rfc4514.clone(), names.rfc4514)}
            {row(passport::OPENSSL, names.openssl.clone(), names.openssl)}
            {row(passport::OPENSSL_BEFORE, names.openssl_before_3_2.clone(), names.openssl_before_3_2)}
            {row(passport::NGINX, names.openssl_rfc2253.clone(), names.openssl_rfc2253)}
            {row(passport::JAVA, names.java.clone(), names.java)}
            {row(passport::WINDOWS, names.windows.clone(), names.windows)}
        </dl>
    }
}

fn row(label: Text, shown: String, value: String) -> impl IntoView {
    ui! {
        <div>
            <dt>{tr(label)}</dt>
            <dd><code class="dn">{shown}</code><CopyButton text=Signal::stored(value) name=text(label)/></dd>
        </div>
    }
}
