use std::sync::Arc;

use estampille::contract::{CertificateSummary, ChainElement, CheckReport};
use leptos::prelude::*;
use messages::{Text, page::check};
use vocabulary::Timestamp;

use crate::{
    calls,
    components::{CopyButton, Findings, Icon, Seal},
    session::{fact, session, text, tr, tr_with},
};

/// The verdict on a certificate, first in one sentence, then why.
#[component]
pub(crate) fn Report(
    /// Of the file.
    name: String,
    report: Arc<CheckReport>,
) -> impl IntoView {
    let verdict = report.verdict.clone();
    ui! {
        <section class=format!("report {verdict}") data-verdict=verdict.to_string()>
            <div class="verdict">
                <Seal progress=100 verdict=Signal::stored(Some(report.verdict.clone()))/>
                <div>
                    <p class="file-name"><code>{name}</code></p>
                    <h2 class="headline">{report.headline.clone()}</h2>
                </div>
            </div>
            <h3 class="visually-hidden">{tr(check::FINDINGS)}</h3>
            <Findings findings=Signal::stored(report.findings.clone())/>
            <details class="certificate-details">
                <summary>{tr(check::DETAILS)}</summary>
                <Details summary=report.certificate.clone()/>
                <h3>{tr(check::CHAIN)}</h3>
                <ol class="chain">{(0..).zip(report.chain.iter().cloned()).map(link).collect::<Vec<_>>()}</ol>
            </details>
        </section>
    }
}

#[component]
fn Details(summary: CertificateSummary) -> impl IntoView {
    let session = session();
    let product = summary.product;
    let likely = summary.product_confidence == "likely";
    let product = move || match &product {
        Some(product) if likely => check::PRODUCT_LIKELY
            .with(session.locale.get(), &[fact("product", product.replacen('_', " ", 1))]),
        Some(product) => product.replacen('_', " ", 1),
        None => check::PRODUCT_UNKNOWN.get(session.locale.get()).to_owned(),
    };
    let environment = summary.environment;
    let environment = move || match calls::term(session.locale.get(), "environment", &environment) {
        term if term.is_empty() => check::ENVIRONMENT_UNKNOWN.get(session.locale.get()).to_owned(),
        term => term,
    };
    let (from, to) = (Timestamp::parse(&summary.not_before), Timestamp::parse(&summary.not_after));
    let validity = tr_with(check::FROM_TO, move || {
        [("from", from), ("to", to)].into_iter().filter_map(|(name, at)| Some(fact(name, at?))).collect()
    });
    let days = summary.days_left;
    let left = move || match u64::try_from(days) {
        Ok(days) => check::DAYS_LEFT.with(session.locale.get(), &[fact("days", days)]),
        Err(_) => check::DAYS_OVER.get(session.locale.get()).to_owned(),
    };
    let key = format!("{} {}", summary.key_algorithm, summary.key_bits);
    let usages =
        summary.key_usage.iter().chain(&summary.extended_key_usage).cloned().collect::<Vec<_>>().join(", ");
    let names = summary.dns_names.iter().chain(&summary.emails).cloned().collect::<Vec<_>>().join(", ");
    ui! {
        <dl class="passport">
            {copied(check::SUBJECT, summary.subject_rfc4514.clone())}
            {copied(check::ISSUER, summary.issuer_rfc4514.clone())}
            <div><dt>{tr(check::PRODUCT)}</dt><dd>{product}</dd></div>
            <div><dt>{tr(check::ENVIRONMENT)}</dt><dd>{environment}</dd></div>
            {plain(check::STRUCTURE, summary.organization.clone())}
            {plain(check::STRUCTURE_ID, summary.structure_id.clone())}
            {plain(check::NAME, summary.common_name.clone())}
            <div><dt>{tr(check::VALIDITY)}</dt><dd>{validity}", "{left}</dd></div>
            {plain(check::NAMES, Some(names))}
            {plain(check::KEY, Some(key))}
            {plain(check::USAGES, Some(usages))}
            {copied(check::SERIAL, summary.serial.clone())}
            {fingerprint(check::SHA256, summary.sha256.clone())}
            {fingerprint(check::SHA1, summary.sha1.clone())}
            {fingerprint(check::PUBLIC_KEY, summary.public_key_sha256.clone())}
        </dl>
    }
}

fn plain(label: Text, value: Option<String>) -> impl IntoView {
    let value = value.filter(|value| !value.is_empty());
    value.map(|value| ui! { <div><dt>{tr(label)}</dt><dd>{value}</dd></div> })
}

fn copied(label: Text, value: String) -> impl IntoView {
    row(label, value.clone(), value)
}

fn fingerprint(label: Text, value: String) -> impl IntoView {
    row(label, calls::by_four(&value), value)
}

fn row(label: Text, shown: String, value: String) -> impl IntoView {
    ui! {
        <div>
            <dt>{tr(label)}</dt>
            <dd><code class="dn">{shown}</code><CopyButton text=Signal::stored(value) name=text(label)/></dd>
        </div>
    }
}

fn link((position, element): (usize, ChainElement)) -> impl IntoView {
    let (icon, word) = match (position, element.pinned) {
        (_, true) => ("ok", check::CHAIN_PINNED),
        (0, false) => ("info", check::CHAIN_LEAF),
        (_, false) => ("warning", check::CHAIN_UNKNOWN),
    };
    ui! {
        <li>
            <code class="dn">{element.subject_rfc4514}</code>
            <span class="state"><Icon name=icon/>{tr(word)}</span>
        </li>
    }
}
