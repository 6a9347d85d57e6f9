//! The files themselves, by name: what each is, and what to do with those that are no certificate.

use estampille::contract::{Finding, SetItem};
use leptos::prelude::*;
use messages::{Text, page::check};

use super::Checked;
use crate::{
    components::{FindingItem, Icon, Show},
    session::{fact, session, tr, tr_with},
};

/// The files that were dropped.
#[component]
pub(super) fn Others(checked: Checked) -> impl IntoView {
    let session = session();
    let items = Memo::new(move |_| checked.items(|_| true));
    let names = Memo::new(move |_| {
        session.files.with(|files| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>())
    });
    ui! {
        <Show when=move || !names.with(Vec::is_empty)>
            <section class="dropped">
                <h2>{tr(check::FILES)}</h2>
                <ul>
                    {move || {
                        let items = items.get();
                        (0..).zip(names.get()).map(|(index, name)| {
                            let inside = items.iter().filter(|item| item.name == name).cloned().collect();
                            ui! { <File index=index name=name inside=inside/> }
                        }).collect::<Vec<_>>()
                    }}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn File(index: usize, name: String, inside: Vec<SetItem>) -> impl IntoView {
    let session = session();
    let forget_label = tr_with(check::FORGET, {
        let name = name.clone();
        move || vec![fact("name", name.clone())]
    });
    let forget = move |_| {
        session.files.update(|all| {
            if index < all.len() {
                all.remove(index);
            }
        });
    };
    let known = inside.iter().any(|item| item.kind != "other");
    let mut kinds: Vec<Text> = inside.iter().filter_map(|item| kind_text(&item.kind)).collect();
    kinds.dedup();
    let kinds = move || {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.get(session.locale.get())).collect();
        words.join(", ")
    };
    let pairs = inside.iter().filter_map(|item| item.certificate_file.clone()).find(|file| *file != name);
    let with = pairs.map(|file| tr_with(check::GOES_WITH, move || vec![fact("name", file.clone())]));
    let findings: Vec<Finding> =
        inside.into_iter().filter(|item| item.report.is_none()).flat_map(|item| item.findings).collect();
    ui! {
        <li class:unknown=!known>
            <p class="file-line">
                <span><Icon name=if known { "ok" } else { "warning" }/><code>{name}</code>" "<span class="hint">{kinds}</span></span>
                <button type="button" class="button quiet" on:click=forget aria-label=forget_label>"×"</button>
            </p>
            {with.map(|with| ui! { <p class="hint">{with}</p> })}
            {findings.into_iter().map(|finding| ui! { <FindingItem finding=finding compact=true/> }).collect::<Vec<_>>()}
        </li>
    }
}

fn kind_text(kind: &str) -> Option<Text> {
    Some(match kind {
        "certificate" => check::KIND_CERTIFICATE,
        "authority" => check::KIND_AUTHORITY,
        "csr" => check::KIND_CSR,
        "private-key" => check::KIND_KEY,
        "encrypted-private-key" => check::KIND_ENCRYPTED_KEY,
        "crl" => check::KIND_CRL,
        "container" => check::KIND_CONTAINER,
        // What it is instead is its finding.
        _ => return None,
    })
}
