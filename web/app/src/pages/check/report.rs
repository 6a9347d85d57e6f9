//! The report on one certificate: the verdict in one sentence, what to do now, why, and its details.

use std::sync::Arc;

use estampille::contract::{CertificateSummary, ChainElement, EvidenceInput, Finding, SetItem, Word};
use leptos::prelude::*;
use messages::{
    Text,
    page::{check, common},
};
use vocabulary::Timestamp;

use super::file_named;
use crate::{
    calls,
    components::{CopyButton, EvidenceSheet, Findings, Icon, PassportCard, Seal},
    screen::Screen,
    session::{Installing, Session, fact, session, text, tr, tr_with},
};

/// The verdict on a certificate, first in one sentence, then what to do and why. Nothing for an item without a report.
#[component]
pub(crate) fn Report(
    session: Session,
    item: Arc<SetItem>,
    /// What is said of it and of its certificate.
    findings: Vec<Finding>,
    /// What its evidence is made from.
    evidence: Option<EvidenceInput>,
    /// Not folded under its sentence.
    open: bool,
) -> impl IntoView {
    let report = item.report.clone()?;
    let verdict = report.verdict.clone();
    let is_revoked =
        findings.iter().any(|finding| finding.code == "revocation" && finding.severity == "error");
    // Well made is not « yours »: the seal waits for a key or a request.
    let is_matched = findings.iter().any(|f| f.code.starts_with("key-matches-") && f.severity == "ok");
    let shown: Word = if verdict == "pass" && !is_matched { "unmatched".into() } else { verdict.clone() };
    let pair = item.key_file.as_ref().filter(|file| **file != item.name).cloned();
    let goes_with = pair.map(|file| tr_with(check::WITH_KEY, move || vec![fact("name", file.clone())]));
    let passport = file_named(session, &item.name).map(|certificate| {
        ui! { <PassportCard certificate=certificate sha256=report.certificate.sha256.clone()/> }
    });
    Some(ui! {
        <section class=format!("report {shown}") data-verdict=verdict.to_string()>
            <div class="verdict">
                <Seal progress=100 verdict=Signal::stored(Some(shown.clone()))/>
                <div>
                    <p class="file-name"><code>{item.name.clone()}</code>{goes_with.map(|with| ui! { <span class="hint">" "{with}</span> })}</p>
                    <h2 class="headline">{headline(&report.headline)}</h2>
                </div>
            </div>
            <details class="why" open=open>
                <summary>{tr(check::WHY)}</summary>
                <Actions session=session item=item.clone() is_revoked=is_revoked/>
                <h3 class="visually-hidden">{tr(check::FINDINGS)}</h3>
                <Findings findings=Signal::stored(findings)/>
                <details class="certificate-details">
                    <summary>{tr(check::DETAILS)}</summary>
                    <Details summary=report.certificate.clone()/>
                    {passport}
                    <h3>{tr(check::CHAIN)}</h3>
                    <ol class="chain">{(0..).zip(report.chain.iter().cloned()).map(link).collect::<Vec<_>>()}</ol>
                </details>
                {evidence.map(|check| ui! { <EvidenceSheet check=check/> })}
            </details>
        </section>
    })
}

/// The first sentence stands out: it is the one to act on.
fn headline(text: &str) -> impl IntoView + use<> {
    let end = text.find(". ").map_or(text.len(), |at| at.saturating_add(1));
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    ui! { <strong>{first.to_owned()}</strong>{rest.to_owned()} }
}

/// What can be done with the certificate now.
#[component]
fn Actions(session: Session, item: Arc<SetItem>, is_revoked: bool) -> impl IntoView {
    let report = item.report.clone()?;
    let summary = report.certificate.clone();
    let refused = report.verdict == "fail";
    // What no known authority issued cannot be asked of it again, and what is revoked is ordered anew.
    let can_renew = !is_revoked && report.chain.iter().any(|element| element.pinned);
    let install = {
        let item = item.clone();
        let summary = summary.clone();
        move |_| {
            let Some(certificate) = file_named(session, &item.name) else { return };
            let key = item.key_file.as_ref().and_then(|name| file_named(session, name));
            let beside = session.files.with_untracked(|all| {
                let others = all.iter().filter(|file| file.name != item.name);
                others.filter(|file| Some(&file.name) != item.key_file.as_ref()).cloned().collect()
            });
            session.installing.set(Some(Installing { certificate, summary: summary.clone(), key, beside }));
            session.go(Screen::Finish);
        }
    };
    let renew = {
        let name = item.name.clone();
        move |_| {
            session.renewing.set(file_named(session, &name));
            session.go(Screen::Renew);
        }
    };
    let saved = RwSignal::new(false);
    let alarm = move |_| {
        saved.set(calls::save_calendar(session.locale.get_untracked(), std::slice::from_ref(&summary)))
    };
    Some(ui! {
        <p class="actions no-print">
            {if refused {
                // The kit says so too: for an examination, or a trial with an authority of one's own.
                ui! { <button type="button" class="link" on:click=install>{tr(check::INSTALL_ANYWAY)}</button> }
            } else {
                ui! { <button type="button" class="button primary" on:click=install>{tr(check::INSTALL)}</button> }
            }}
            {can_renew.then(|| ui! { <button type="button" class="button" on:click=renew>{tr(check::RENEW)}</button> })}
            <button type="button" class="button" on:click=alarm>{tr(check::ALARM)}</button>
            <button type="button" class="button" on:click=move |_| calls::print()>{tr(common::PRINT)}</button>
            <button type="button" class="link" on:click=move |_| session.go(Screen::LostKey)>{tr(check::LOST_KEY)}</button>
        </p>
        <p class="hint" role="status">{move || saved.get().then(|| tr(check::ALARM_SAVED)())}</p>
    })
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
