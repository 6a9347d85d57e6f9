//! Every real certificate gets the report a careful person would write, at a date inside its validity.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::collections::BTreeMap;

use checks::{EntityKind, ProductConfidence};
use support::{Case, certificates, real_data, remarks, said};
use vocabulary::{Environment, Product, Timestamp, Verdict};

/// What a report must say, besides what every report says: `info revocation.not-checked`.
struct Awaited {
    product: Option<Product>,
    remarks: &'static [&'static str],
}

const fn fit(product: Product) -> Awaited {
    Awaited { product: Some(product), remarks: &[] }
}

/// The former PKI: SHA-1, RSA 1024, no ST, other string types, no basicConstraints; its category is a module's.
const FORMER: Awaited = Awaited {
    product: Some(Product::ServSsl),
    remarks: &[
        "error chain-trusted.former-pki",
        "error subject-shape.missing",
        "error key-strength.weak",
        "error signature-algorithm.refused",
        "warning string-types.unusual",
        "info product.likely",
        "info product-category.other",
        "info basic-constraints.absent",
        "info policy.unknown",
    ],
};

/// CPS cards whose authority is not known: nothing to verify the signature with, so that the environment is only what
/// they say.
const CARD_OF_UNKNOWN_AUTHORITY: Awaited = Awaited {
    product: None,
    remarks: &[
        "error chain-trusted.unpinned-authority",
        "warning end-entity.card",
        "info environment.claimed",
        "info product-category.other",
    ],
};

/// Reviewed one by one against `openssl x509 -text`.
fn awaited() -> BTreeMap<&'static str, Awaited> {
    let mut table = BTreeMap::new();
    let mut fits = |product: Product, names: &[&'static str]| {
        table.extend(names.iter().map(|name| (*name, fit(product))));
    };
    fits(
        Product::OrgAuthCli,
        &[
            "test-el-org-auth-cli-devbox-sante-dmp-2023",
            "test-el-org-auth-cli-hemadialyse-2025",
            "test-el-org-auth-cli-insi-auto-2021",
            "test-el-org-auth-cli-insi-manu-2021",
            "test-el-org-auth-cli-padoa-2021",
        ],
    );
    fits(
        Product::OrgSign,
        &[
            "test-el-org-sign-asipsign-flux-henix-asipsante-fr-2019",
            "test-el-org-sign-asipsign-preuve-henix-asipsante-fr-2019",
            "test-el-org-sign-cnom-rpps-henix-asipsante-fr-2016",
            "test-el-org-sign-dev-igcsante-tom-sopra-asipsante-fr-2018",
            "test-el-org-sign-devbox-sante-dmp-2023",
            "test-el-org-sign-drimbox-2022",
            "test-el-org-sign-esignsante-2023",
            "test-el-org-sign-esignsante-apcv-2022",
            "test-el-org-sign-hamadialyse2011-2025",
            "test-el-org-sign-padoa-sign-2021",
            "test-el-org-sign-rpps-signature-preuve-dvs-qual-sopra-igc-sante-2016",
            "test-el-org-sign-rpps-tra-henix-asipsante-fr-2019",
            "test-el-org-sign-signature-rpps-2016",
            "test-el-org-sign-testsign-test-asipsante-fr-2018",
            "test-el-org-sign-testsign-test-asipsante-fr-2021-4d39e7",
            "test-el-org-sign-testsign-test-asipsante-fr-2021-8f6131",
            "test-el-org-sign-testsign-test-asipsante-fr-2021-dd6167",
            "test-el-org-sign-tomws-henix-asipante-fr-2019",
            // Revoked, which only a list can tell.
            "test-el-org-sign-tomwsrevoque-henix-asipsante-fr-2019",
        ],
    );
    fits(Product::OrgConf, &["test-el-org-conf-padoa-conf-2021"]);
    fits(
        Product::ServSsl,
        &[
            "prod-el-serv-ssl-admin-hub-esante-gouv-fr-2023",
            "prod-el-serv-ssl-messaging-hub-esante-gouv-fr-2023",
            "test-el-serv-ssl-cnom-henix-asipsante-fr-2016",
            "test-el-serv-ssl-herokuapp-com-2022",
            "test-el-serv-ssl-platines-qualif1-henix-asipsante-fr-2017",
            "test-el-serv-ssl-sign-henix-asipsante-fr-2023",
        ],
    );
    table.insert(
        "prod-el-serv-ssl-tops-demo-asipsante-fr-2019",
        Awaited { product: Some(Product::ServSsl), remarks: &["info organization.cut"] },
    );
    table.insert(
        "test-el-ps-auth-med-cs-rpps0052352-2025",
        Awaited { product: Some(Product::PsAuth), remarks: &["warning end-entity.person-instead"] },
    );
    table.insert(
        "test-st-ps-auth-administratif-ch057880002-2017",
        Awaited {
            product: None,
            remarks: &[
                "warning end-entity.card",
                "warning chain-trusted.single-source",
                "info product-category.other",
            ],
        },
    );
    table.insert("test-fo-ps-auth-dentiste-rpps-adeli-2018", CARD_OF_UNKNOWN_AUTHORITY);
    table.insert("test-fo-ps-sign-infirmch7760-2020", CARD_OF_UNKNOWN_AUTHORITY);
    table.insert("test-fo-ps-sign-infirmcs-adeli8751-2020", CARD_OF_UNKNOWN_AUTHORITY);
    table.insert("legacy-test-classe4-serv-ssl-cpxservices-tra-asipsante-fr-2015", FORMER);
    table.insert("legacy-test-classe4-serv-ssl-smtp-psig-henix-asipsante-fr-2016", FORMER);
    table
}

#[test]
fn every_certificate_is_accepted_or_refused_as_it_should_be() {
    let Some(folder) = real_data() else { return };
    let awaited = awaited();
    let real = certificates(&folder, "end-entity");
    assert_eq!(
        real.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        awaited.keys().copied().collect::<Vec<_>>(),
        "a real certificate has no reviewed expectation, or the other way round"
    );
    for (name, certificate) in &real {
        let awaited = &awaited[name.as_str()];
        let mut case = Case::of(certificate);
        // Mid-validity: seals of 2021 and before lose their private key a month before their end.
        case.at = Timestamp(certificate.not_before().midpoint(certificate.not_after()));
        let report = case.check();
        let mut found = remarks(&report.findings);
        found.retain(|remark| !remark.starts_with("info revocation.not-checked"));
        assert_eq!(found, awaited.remarks, "{name}");
        assert_eq!(report.recognition.product, awaited.product, "{name}");
        let environment = if name.starts_with("prod-") { Environment::Production } else { Environment::Test };
        // The intermediate authorities of the cards (FO) are not pinned, so that no signature proves what the names say.
        let is_proved = !name.starts_with("test-fo-");
        assert_eq!(report.environment, is_proved.then_some(environment), "{name}");
        assert_eq!(report.is_igc, is_proved && !name.starts_with("legacy"), "{name}");
        assert_eq!(report.gamme.is_some(), report.is_igc, "{name}");
        let trusted = said(&report.findings, "chain-trusted") == "ok";
        assert_eq!(trusted, report.verdict() == Verdict::Pass || name.contains("ps-auth-med"), "{name}");
        let certain = matches!(awaited.product, Some(product) if product != Product::OrgSign)
            && !name.starts_with("legacy");
        assert_eq!(report.recognition.confidence == ProductConfidence::Certain, certain, "{name}");
        assert!(report.days_left > 0 && !report.is_theirs, "{name}");
    }
}

#[test]
fn out_of_their_validity_they_are_refused() {
    let Some(folder) = real_data() else { return };
    for (name, certificate) in certificates(&folder, "end-entity") {
        let mut case = Case::of(&certificate);
        case.at = Timestamp(certificate.not_after()).plus_days(1);
        assert_eq!(said(&case.check().findings, "validity"), "error expired", "{name}");
        case.at = Timestamp(certificate.not_before()).plus_days(-1);
        assert_eq!(said(&case.check().findings, "validity"), "error not-yet", "{name}");
    }
}

#[test]
fn what_was_expected_decides() {
    let Some(folder) = real_data() else { return };
    let real = certificates(&folder, "end-entity");
    let of = |name: &str| &real.iter().find(|(found, _)| found == name).unwrap().1;
    let case = |name: &str| {
        let certificate = of(name);
        let mut case = Case::of(certificate);
        case.at = Timestamp(certificate.not_before()).plus_days(30);
        case
    };

    // A container named AUTO has been seen to hold an INSI-MANU certificate.
    let mut manu = case("test-el-org-auth-cli-insi-manu-2021");
    manu.expected.common_name = Some("INSI-AUTO".into());
    assert_eq!(said(&manu.check().findings, "common-name"), "error mismatch");
    assert_eq!(said(&manu.check().findings, "insi-name"), "ok");

    let mut auto = case("test-el-org-auth-cli-insi-auto-2021");
    auto.expected.environment = Some(Environment::Production);
    assert_eq!(said(&auto.check().findings, "environment"), "error mismatch");
    auto.expected.product = Some(Product::OrgSign);
    assert_eq!(said(&auto.check().findings, "product"), "error mismatch");

    let mut seal = case("test-el-org-sign-tomws-henix-asipante-fr-2019");
    seal.expected.product = Some(Product::ServSign);
    assert_eq!(said(&seal.check().findings, "product"), "ok look-alike");

    let mut person = case("test-el-ps-auth-med-cs-rpps0052352-2025");
    person.expected.product = Some(Product::PsAuth);
    let report = person.check();
    assert_eq!(report.recognition.kind, EntityKind::Person);
    assert_eq!(said(&report.findings, "end-entity"), "ok person");
    assert_eq!(report.verdict(), Verdict::Pass);
    person.expected.product = Some(Product::OrgAuthCli);
    assert_eq!(said(&person.check().findings, "end-entity"), "error person-instead");

    let mut card = case("test-fo-ps-sign-infirmch7760-2020");
    card.expected.product = Some(Product::PsSign);
    assert_eq!(said(&card.check().findings, "end-entity"), "error card");
}

#[test]
fn the_private_key_of_an_old_seal_ends_a_month_before_its_certificate() {
    let Some(folder) = real_data() else { return };
    let real = certificates(&folder, "end-entity");
    let (_, seal) = real.iter().find(|(name, _)| name.ends_with("tomws-henix-asipante-fr-2019")).unwrap();
    let mut case = Case::of(seal);
    case.at = Timestamp::parse("2022-02-20").unwrap();
    let report = case.check();
    assert_eq!(said(&report.findings, "validity"), "ok");
    assert_eq!(said(&report.findings, "private-key-usage-period"), "error ended");
    assert_eq!(report.private_key_not_after.map(|end| end.date().to_string()).as_deref(), Some("2022-02-05"));
}
