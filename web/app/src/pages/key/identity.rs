use std::sync::Arc;

use estampille::{contract::PlannedCertificate, request::Review};
use leptos::prelude::*;
use messages::{Text, page::generate};

use crate::{
    components::{Choice, CopyButton, Field, LongField, Remarks},
    session::{Order, session, text, tr},
};

/// The future subject as an identity card, each line explained.
#[component]
pub(super) fn Identity(
    certificate: StoredValue<Arc<PlannedCertificate>>,
    /// A key exists for it: what it bears no longer changes.
    locked: Memo<bool>,
    /// What can be said of it before it is made.
    review: Memo<Review>,
) -> impl IntoView {
    let session = session();
    let about = move |path: &'static str| {
        Signal::derive(move || {
            review.with(|review| {
                let about = review
                    .remarks
                    .iter()
                    .filter(|remark| remark.field.as_deref().is_some_and(|f| f.starts_with(path)));
                about.map(|remark| remark.finding.clone()).collect::<Vec<_>>()
            })
        })
    };
    let field = move |get: fn(&Order) -> String| {
        Signal::derive(move || get(&session.order(&certificate.get_value())))
    };
    let set = move |set: fn(&mut Order, String)| {
        Callback::new(move |typed| session.update_order(&certificate.get_value(), |order| set(order, typed)))
    };
    let (rule, product, number) = certificate.with_value(|c| {
        (c.common_name.rule.clone(), c.product.clone(), c.structure_id.clone().unwrap_or_default())
    });
    let imposed = rule != "free";
    let hint = match rule.as_ref() {
        "exact" => generate::LINE_CN_EXACT,
        "fqdn" => generate::LINE_CN_FQDN,
        "email" => generate::LINE_CN_EMAIL,
        _ => generate::LINE_CN_FREE,
    };
    let number_shown = number.clone();
    ui! {
        <section class="identity">
            <h2>{tr(generate::IDENTITY)}</h2>
            <p class="hint">{tr(generate::IDENTITY_LEAD)}</p>
            <div class="identity-card">
                <Field id="cn".to_owned() label=generate::LINE_CN hint=hint value=field(|o| o.common_name.clone())
                    on_input=set(|o, typed| o.common_name = typed) locked=Signal::derive(move || imposed || locked.get()) remarks=about("subject.commonName")/>
                <div class="field">
                    <p class="label">{tr(generate::LINE_OU)}</p>
                    <p class="hint">{tr(generate::LINE_OU_HINT)}</p>
                    <p class="fixed"><code>{number_shown}</code><CopyButton text=Signal::stored(number) name=text(generate::LINE_OU)/></p>
                    <Remarks remarks=about("subject.structureId")/>
                </div>
                <Field id="o".to_owned() label=generate::LINE_O hint=generate::LINE_O_HINT value=field(|o| o.organization.clone())
                    on_input=set(|o, typed| o.organization = typed) locked=locked remarks=about("subject.organization")/>
                <Field id="st".to_owned() label=generate::LINE_ST hint=generate::LINE_ST_HINT value=field(|o| o.department.clone())
                    on_input=set(|o, typed| o.department = typed) locked=locked remarks=about("subject.department")/>
                {(product == "SERV_SSL").then(|| ui! {
                    <LongField id="dns".to_owned() label=generate::DNS hint=generate::DNS_HINT rows=3
                        value=field(|o| o.dns_names.clone()) on_input=set(|o, typed| o.dns_names = typed)/>
                    <Remarks remarks=about("dnsNames")/>
                })}
            </div>
            <details class="why">
                <summary>{tr(generate::ADVANCED)}</summary>
                <fieldset class="choices" disabled=move || locked.get()>
                    <legend>{tr(generate::BITS)}</legend>
                    {[(2048, generate::BITS_2048), (3072, generate::BITS_3072), (4096, generate::BITS_4096)]
                        .map(|(bits, label): (u32, Text)| ui! {
                            <Choice kind="radio" group="taille" label=text(label)
                                checked=Signal::derive(move || session.order(&certificate.get_value()).bits == bits)
                                on_change=move |_| session.update_order(&certificate.get_value(), |order| order.bits = bits)/>
                        })}
                    <Choice kind="checkbox" group="reduite" label=text(generate::MINIMAL) means=text(generate::MINIMAL_HINT)
                        checked=Signal::derive(move || session.order(&certificate.get_value()).minimal)
                        on_change=move |on| session.update_order(&certificate.get_value(), |order| order.minimal = on)/>
                </fieldset>
            </details>
        </section>
    }
}
