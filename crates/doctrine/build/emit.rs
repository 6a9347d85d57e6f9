//! Writes the tables as Rust. Words are checked here against the vocabulary; topics and conditions are written as
//! paths, so that an unknown one does not compile.

use std::{collections::BTreeSet, fmt::Debug, str::FromStr};

use vocabulary::{Administrator, Bearer, Contract, Date, Document, Product, Sector, Service};

use crate::tables::{
    Card, CardNote, F413, Links, LostKey, Notices, OwnershipCodes, Products, RegisterSectors, Sectors,
    Services, Steps,
};

pub(crate) fn sectors(table: &Sectors) -> String {
    let date = Date::parse(&table.rules_date).unwrap_or_else(|| panic!("rules-date {}", table.rules_date));
    let months = table.outdated_after_months;
    let rpps_rang = table.f413_rpps_rang;
    let hosts = words::<Sector>("Sector", &table.hosts, "hosts");
    let mut out = format!(
        "#[allow(clippy::panic, reason = \"evaluated when compiled\")]\n\
         pub(crate) const RULES_DATE: Date = match Date::new({}, {}, {}) {{\n    Some(date) => date,\n    None => panic!(),\n}};\n\
         pub(crate) const OUTDATED_AFTER_MONTHS: i32 = {months};\n\
         pub(crate) const F413_RPPS_RANG: usize = {rpps_rang};\n\
         pub(crate) static HOSTS: &[Sector] = &{hosts};\n",
        date.year(),
        date.month(),
        date.day()
    );
    let mut arms = String::new();
    for row in &table.sector {
        let at = &row.id;
        let sector = word::<Sector>("Sector", at, "sector");
        let bearer = match (row.host, row.bearers.as_slice()) {
            (true, []) => "BearerRule::OfHospital".to_owned(),
            (false, [first, ..]) => {
                let otherwise = word::<Bearer>("Bearer", row.default.as_ref().unwrap_or(first), at);
                let order = words::<Bearer>("Bearer", &row.bearers, at);
                format!("BearerRule::FirstGiven {{ order: &{order}, otherwise: {otherwise} }}")
            }
            _ => panic!("sector {at}: either bearers or host"),
        };
        let name = format!("SECTOR_{}", at.replace('-', "_").to_uppercase());
        out += &format!(
            "static {name}: SectorRule = SectorRule {{ sector: {sector}, bearer: {bearer}, contract: {}, patients: {}, {} }};\n",
            variant("ContractKind", &row.contract),
            row.patients,
            origin(&row.sources, &row.confidence, at),
        );
        arms += &format!("        {sector} => &{name},\n");
    }
    out += &format!(
        "/// The rule of a sector.\npub const fn sector_rule(sector: Sector) -> &'static SectorRule {{\n    match sector {{\n{arms}    }}\n}}\n"
    );
    out += "pub(crate) static CHOICES: &[Choice] = &[\n";
    for row in &table.option {
        out += &format!(
            "    Choice {{ sectors: &{}, contract: {}, bearer: {}, when: {}, reason: {}, {} }},\n",
            words::<Sector>("Sector", &row.sectors, &row.reason),
            option(row.contract.as_ref().map(|text| word::<Contract>("Contract", text, &row.reason))),
            word::<Bearer>("Bearer", &row.bearer, &row.reason),
            variant("When", &row.when),
            topic("REASON", &row.reason),
            origin(&row.sources, &row.confidence, &row.reason),
        );
    }
    let outside = &table.outside_segur;
    out + &format!(
        "];\npub(crate) static OUTSIDE_SEGUR: OutsideSegur = OutsideSegur {{ contract_reason: {}, sector_reason: {}, {} }};\n",
        topic("REASON", &outside.contract_reason),
        topic("REASON", &outside.sector_reason),
        origin(&outside.sources, &outside.confidence, "outside-segur"),
    )
}

pub(crate) fn products(table: &Products) -> String {
    unique("product", table.product.iter().map(|row| &row.id));
    let names: Vec<_> = table.product.iter().map(|row| format!("&{}", product_static(&row.id))).collect();
    let list = format!("pub(crate) static PRODUCTS: &[&ProductRule] = &[{}];\n", names.join(", "));
    table.product.iter().fold(list, |out, row| {
        out + &format!(
            "static {}: ProductRule = ProductRule {{ product: {}, usage: {:?}, field: {}, {} }};\n",
            product_static(&row.id),
            word::<Product>("Product", &row.id, "product"),
            row.usage,
            variant("Field", &row.field),
            origin(&row.sources, &row.confidence, &row.id),
        )
    })
}

pub(crate) fn services(table: &Services, products: &Products) -> String {
    let mut out = String::new();
    let mut arms = String::new();
    for row in &table.service {
        let at = &row.id;
        assert!(!row.products.is_empty(), "service {at}: no product");
        let list: Vec<_> = row
            .products
            .iter()
            .map(|id| {
                assert!(products.product.iter().any(|product| product.id == *id), "service {at}: {id}");
                format!("&{}", product_static(id))
            })
            .collect();
        let name = format!("SERVICE_{}", at.replace('-', "_").to_uppercase());
        let service = word::<Service>("Service", at, "service");
        out += &format!(
            "static {name}: ServiceInfo = ServiceInfo {{ service: {service}, segur: {}, products: &[{}], insi: {}, {} }};\n",
            row.segur,
            list.join(", "),
            option(row.insi.as_ref().map(|mode| variant("Insi", mode))),
            origin(&row.sources, &row.confidence, at),
        );
        arms += &format!("        {service} => &{name},\n");
    }
    let reuse = &table.reuse;
    let _ = confidence(&reuse.confidence, "reuse");
    out + &format!(
        "/// What a service needs.\npub const fn service_info(service: Service) -> &'static ServiceInfo {{\n    match service {{\n{arms}    }}\n}}\n\
         pub(crate) static REUSE: &[Source] = &{};\n",
        sources(&reuse.sources, "reuse")
    )
}

pub(crate) fn links(table: &Links) -> String {
    unique("link", table.link.iter().map(|row| &row.id));
    table.link.iter().fold(String::new(), |out, row| {
        assert!(
            ["https://", "http://", "mailto:"].iter().any(|scheme| row.url.starts_with(scheme)),
            "link {}: {}",
            row.id,
            row.url
        );
        out + &format!(
            "static {}: Link = Link {{ term: \"link.{}\", url: {:?}, {} }};\n",
            link_static(&row.id),
            row.id,
            row.url,
            origin(&row.sources, &row.confidence, &row.id),
        )
    })
}

pub(crate) fn steps(table: &Steps, links: &Links) -> String {
    unique("step", table.step.iter().map(|row| &row.case));
    let mut out = String::from("pub(crate) static STEPS: &[StepRow] = &[\n");
    for row in &table.step {
        let at = &row.case;
        let list: Vec<_> = row.links.iter().map(|id| format!("&{}", link(links, id, at))).collect();
        out += &format!(
            "    StepRow {{ code: {}, topic: {}, who: {}, forms: &{:?}, duration: {}, links: &[{}], \
             administrator: {}, contract: {}, patients: {:?}, in_force: {:?}, bearers: &{}, always: {}, {} }},\n",
            variant("StepCode", &row.code),
            topic("STEP", at),
            variant("Who", &row.who),
            row.forms,
            option(row.duration.as_ref().map(|text| topic("DURATION", text))),
            list.join(", "),
            option(row.administrator.as_ref().map(|text| word::<Administrator>("Administrator", text, at))),
            option(row.contract.as_ref().map(|text| variant("ContractKind", text))),
            row.patients,
            row.in_force,
            words::<Bearer>("Bearer", &row.bearers, at),
            row.always,
            origin(&row.sources, &row.confidence, at),
        );
    }
    out + "];\n"
}

pub(crate) fn lost_key(table: &LostKey, links: &Links) -> String {
    let mut out = String::from("pub(crate) static LOST_KEY: &[LostKeyRow] = &[\n");
    for row in &table.row {
        let at = &row.case;
        let list: Vec<_> = row.links.iter().map(|id| format!("&{}", link(links, id, at))).collect();
        let [doors, who] = [("Door", &row.doors), ("Who", &row.who)]
            .map(|(name, words)| words.iter().map(|text| variant(name, text)).collect::<Vec<_>>().join(", "));
        assert!(!row.doors.is_empty(), "{at}: behind no door");
        let name = at.replace('-', "_").to_uppercase();
        out += &format!(
            "    LostKeyRow {{ topic: vocabulary::topics::lost::LOST_{name}, doors: &[{doors}], who: &[{who}], links: &[{}], {} }},\n",
            list.join(", "),
            origin(&row.sources, &row.confidence, at),
        );
    }
    out + "];\n"
}

pub(crate) fn card(table: &Card, links: &Links) -> String {
    let mut out = String::from("pub(crate) static CARD: &[CardRow] = &[\n");
    for row in &table.row {
        let at = &row.r#where;
        let value = match (row.value.as_deref(), &row.link) {
            (Some("url"), Some(id)) => format!("CardValue::Url(&{})", link(links, id, at)),
            (Some("url"), None) | (_, Some(_)) => panic!("card {at}: a url has a link"),
            (Some(value), None) => variant("CardValue", value),
            (None, None) => "CardValue::Nothing".to_owned(),
        };
        let fields: Vec<_> = row.fields.iter().map(|field| variant("Field", field)).collect();
        let notes: Vec<_> = row.notes.iter().map(|note| card_note(note, at)).collect();
        let _ = confidence(&row.confidence, at);
        out += &format!(
            "    CardRow {{ topic: {}, value: {value}, copy: {}, fields: &[{}], notes: &[{}], source: {} }},\n",
            topic("CARD", at),
            row.copy,
            fields.join(", "),
            notes.join(", "),
            source(&row.source, at),
        );
    }
    out + "];\n"
}

fn card_note(note: &CardNote, at: &str) -> String {
    format!(
        "CardNote {{ topic: {}, bearers: &{}, services: &{}, exact: {}, missing: {} }}",
        topic("CARD_NOTE", &note.note),
        words::<Bearer>("Bearer", &note.bearers, at),
        words::<Service>("Service", &note.services, at),
        note.exact,
        note.missing,
    )
}

pub(crate) fn notices(table: &Notices) -> String {
    let mut out = String::from("pub(crate) static NOTICES: &[NoticeRow] = &[\n");
    for row in &table.notice {
        let name = match &row.case {
            Some(case) => format!("{}-{case}", row.code),
            None => row.code.clone(),
        };
        out += &format!(
            "    NoticeRow {{ topic: {}, condition: {}, each: {}, severity: {}, sectors: &{}, services: &{}, {} }},\n",
            topic("NOTICE", &name),
            variant("Condition", &row.condition),
            variant("Each", &row.each),
            variant("Severity", &row.severity),
            words::<Sector>("Sector", &row.sectors, &name),
            words::<Service>("Service", &row.services, &name),
            origin(&row.sources, &row.confidence, &name),
        );
    }
    out + "];\n"
}

pub(crate) fn register_sectors(table: &RegisterSectors) -> String {
    let mut out =
        format!("pub(crate) const REGISTER_OUTDATED_AFTER_MONTHS: i32 = {};\n", table.outdated_after_months);
    out += &(owners("ESPIC", &table.espic) + &owners("STATUS", &table.status));
    let hospital = &table.hospital_status;
    out += &format!(
        "pub(crate) static HOSPITAL_STATUS: StatusRow = StatusRow {{ codes: &{:?}, {} }};\n",
        hospital.codes,
        origin(&hospital.sources, &hospital.confidence, "hospital-status"),
    );
    once("category", table.category.iter().flat_map(|row| &row.codes));
    out += "pub(crate) static REGISTER_CATEGORIES: &[CategoryRow] = &[\n";
    for row in &table.category {
        let at = format!("category {:?}", row.codes);
        let reason = |text: &str| format!("register::ASK_{}", text.replace('-', "_").to_uppercase());
        let rule = match (&row.sector, &row.expects, row.by.as_deref(), &row.ask) {
            (Some(sector), None, None, None) => {
                format!("CategoryRule::Is({})", word::<Sector>("Sector", sector, &at))
            }
            (Some(sector), Some(owner), None, None) => format!(
                "CategoryRule::IsWhen {{ sector: {}, expects: {}, otherwise: {} }}",
                word::<Sector>("Sector", sector, &at),
                variant("Ownership", owner),
                reason(row.otherwise.as_deref().unwrap_or("conflict")),
            ),
            (None, None, Some("ownership"), None) => "CategoryRule::ByOwnership".to_owned(),
            (None, None, None, Some(topic)) => format!("CategoryRule::Ask({})", reason(topic)),
            _ => panic!("{at}: one rule"),
        };
        out += &format!(
            "    CategoryRow {{ codes: &{:?}, rule: {rule}, {} }},\n",
            row.codes,
            origin(&row.sources, &row.confidence, &at),
        );
    }
    out + "];\n"
}

pub(crate) fn f413(table: &F413, links: &Links) -> String {
    let named = [
        ("FORM", "f413"),
        ("ONLINE", "f413-online"),
        ("MAILBOX", "certificates-mail"),
        ("PLATFORM", "platform"),
    ];
    let named = named
        .map(|(name, id)| format!("pub(crate) static F413_{name}: &Link = &{};\n", link(links, id, "f413")));
    let mut out = named.concat() + "pub(crate) static F413_FIELDS: &[FormField] = &[\n";
    for row in &table.field {
        let at = &row.label;
        assert_eq!(row.slot == "box", !row.products.is_empty(), "{at}: products");
        out += &format!(
            "    FormField {{ slot: {}, section: {:?}, label: {:?}, products: &{}, {} }},\n",
            variant("Slot", &row.slot),
            row.section,
            row.label,
            words::<Product>("Product", &row.products, at),
            origin(&row.sources, &row.confidence, at),
        );
    }
    out += "];\npub(crate) static F413_REMARKS: &[FormRemark] = &[\n";
    for row in &table.remark {
        let at = &row.case;
        unique(at, row.roles.iter());
        let roles: Vec<_> = row.roles.iter().map(|role| variant("Role", role)).collect();
        out += &format!(
            "    FormRemark {{ slot: {}, topic: f413::{}, severity: {}, roles: &[{}], sectors: &{}, not_sectors: &{}, bearers: &{}, filled: {}, {} }},\n",
            variant("Slot", &row.slot),
            at.replace('-', "_").to_uppercase(),
            variant("Severity", &row.severity),
            roles.join(", "),
            words::<Sector>("Sector", &row.sectors, at),
            words::<Sector>("Sector", &row.not_sectors, at),
            words::<Bearer>("Bearer", &row.bearers, at),
            row.filled,
            origin(&row.sources, &row.confidence, at),
        );
    }
    let mail = &table.mail;
    unique("mail", mail.public.iter());
    out + &format!(
        "];\npub(crate) static F413_MAIL: MailDomains = MailDomains {{ public: &{:?}, closed: &{:?}, {} }};\n",
        mail.public,
        mail.closed,
        origin(&mail.sources, &mail.confidence, "mail"),
    )
}

fn owners(name: &str, rows: &[OwnershipCodes]) -> String {
    once(name, rows.iter().flat_map(|row| &row.codes));
    let mut out = format!("pub(crate) static {name}: &[CodeRow] = &[\n");
    for row in rows {
        out += &format!(
            "    CodeRow {{ codes: &{:?}, ownership: {}, {} }},\n",
            row.codes,
            variant("Ownership", &row.ownership),
            origin(&row.sources, &row.confidence, name),
        );
    }
    out + "];\n"
}

fn once<T: Ord + Debug>(at: &str, list: impl Iterator<Item = T>) {
    let mut seen = BTreeSet::new();
    for code in list {
        let text = format!("{code:?}");
        assert!(seen.insert(code), "{at}: {text} stands twice");
    }
}

/// `sources: &[…], confidence: …`, the end of most rows.
fn origin(list: &[String], letter: &str, at: &str) -> String {
    format!("sources: &{}, confidence: {}", sources(list, at), confidence(letter, at))
}

fn sources(list: &[String], at: &str) -> String {
    assert!(!list.is_empty(), "{at}: no source");
    let list: Vec<_> = list.iter().map(|text| source(text, at)).collect();
    format!("[{}]", list.join(", "))
}

/// `"hop, p. 9"`: the short name of a document, then the place in it.
fn source(text: &str, at: &str) -> String {
    let (id, section) = match text.split_once(", ") {
        Some((id, section)) => (id, Some(section)),
        None => (text, None),
    };
    assert!(Document::by_id(id).is_some(), "{at}: no document {id}");
    let name = id.replace('-', "_").to_uppercase();
    format!("Source {{ document: Document::{name}, section: {section:?} }}")
}

fn confidence(letter: &str, at: &str) -> &'static str {
    match letter {
        "O" => "Confidence::Official",
        "C" => "Confidence::Confirmed",
        "S" => "Confidence::Secondary",
        "I" => "Confidence::Inferred",
        "U" => "Confidence::Unconfirmed",
        _ => panic!("{at}: no confidence {letter}"),
    }
}

/// A word of the contract, as the path of its variant.
fn word<T: FromStr + Debug>(name: &str, text: &str, at: &str) -> String {
    match text.parse::<T>() {
        Ok(word) => format!("{name}::{word:?}"),
        Err(_) => panic!("{at}: {text} is not a {name}"),
    }
}

fn words<T: FromStr + Debug>(name: &str, list: &[String], at: &str) -> String {
    unique(at, list.iter());
    let list: Vec<_> = list.iter().map(|text| word::<T>(name, text, at)).collect();
    format!("[{}]", list.join(", "))
}

/// `main-site-missing` → `Condition::MainSiteMissing`: the compiler knows whether there is one.
fn variant(name: &str, text: &str) -> String {
    let camel: String = text
        .split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
                .collect::<String>()
        })
        .collect();
    assert!(camel.chars().all(|c| c.is_ascii_alphanumeric()), "{name}: {text}");
    format!("{name}::{camel}")
}

fn topic(group: &str, text: &str) -> String {
    format!("topics::{group}_{}", text.replace('-', "_").to_uppercase())
}

fn option(text: Option<String>) -> String {
    text.map_or("None".to_owned(), |text| format!("Some({text})"))
}

fn product_static(id: &str) -> String {
    format!("PRODUCT_{id}")
}

fn link_static(id: &str) -> String {
    format!("LINK_{}", id.replace('-', "_").to_uppercase())
}

fn link(links: &Links, id: &str, at: &str) -> String {
    assert!(links.link.iter().any(|link| link.id == id), "{at}: no link {id}");
    link_static(id)
}

fn unique<'a>(at: &str, list: impl Iterator<Item = &'a String>) {
    let mut seen = BTreeSet::new();
    for text in list {
        assert!(seen.insert(text), "{at}: {text} stands twice");
    }
}
