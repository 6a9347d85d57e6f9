//! What stands in the fields of one sheet.

use vocabulary::{
    Bearer, Finding, IdentifierKind, Product, Service, Source, Value,
    identifiers::{self, CardNumber},
    topics::f413 as topics,
};

use super::{
    Answers, Content, Entry, FormField, Person, Role, Scope, Sheet, Slot, domains, people, sheets::Copy,
};
use crate::{
    data::{F413_FIELDS, F413_REMARKS, F413_RPPS_RANG},
    terms::number_term,
};
use vocabulary::Document;

const FORM: Source = Source { document: Document::F413, section: Some("§3–4") };

/// Products bound to a domain of mail addresses.
pub(super) const OF_MAIL: &[Product] = &[
    Product::ServSmime,
    Product::ServSign,
    Product::ServConf,
    Product::ProAuth,
    Product::ProSign,
    Product::ProConf,
];
const OF_MAIL_SERVER: &[Product] = &[Product::ServSmime, Product::ServSign, Product::ServConf];
const OF_MAIL_PERSON: &[Product] = &[Product::ProAuth, Product::ProSign, Product::ProConf];

/// Fills a copy of the form.
pub(super) fn sheet(copy: &Copy<'_>, answers: &Answers, usage: &dyn Fn(&[Service]) -> String) -> Sheet {
    let filler = Filler { copy, answers, usage };
    let mut entries = Vec::new();
    let mut people_done = false;
    for field in F413_FIELDS {
        match field.slot {
            Slot::RppsRang => {
                // Where they are all left empty, that is said once.
                let lines = if copy.bearer == Bearer::RppsRang { F413_RPPS_RANG } else { 1 };
                for line in 1..=lines {
                    entries.push(filler.entry(field, line));
                }
            }
            Slot::AdministratorCard
            | Slot::AdministratorLastName
            | Slot::AdministratorFirstName
            | Slot::AdministratorPhone
            | Slot::AdministratorEmail => {
                // The form is a table: a line a person.
                if !people_done {
                    people_done = true;
                    filler.administrators(&mut entries);
                }
            }
            _ => entries.push(filler.entry(field, 0)),
        }
    }
    Sheet {
        name: Some(filler.name()).filter(|name| !name.trim().is_empty()).map(str::to_owned),
        bearer: copy.bearer,
        number: copy.numbers.first().cloned(),
        part: copy.part,
        entries,
    }
}

struct Filler<'a> {
    copy: &'a Copy<'a>,
    answers: &'a Answers,
    usage: &'a dyn Fn(&[Service]) -> String,
}

/// A field before what always stands beside it is added.
struct Filled {
    content: Content,
    input: Option<String>,
    findings: Vec<Finding>,
}

impl Filled {
    fn empty() -> Self {
        Self { content: Content::Empty, input: None, findings: Vec::new() }
    }

    /// A line of a type that is not ordered.
    fn of_no_use() -> Self {
        Self { findings: vec![Finding::info(topics::EMPTY_TYPE).from_source(FORM)], ..Self::empty() }
    }

    fn text(text: String, input: impl Into<String>, findings: Vec<Finding>) -> Self {
        let content = if text.is_empty() { Content::Empty } else { Content::Text(text) };
        Self { content, input: Some(input.into()), findings }
    }
}

impl Filler<'_> {
    fn entry(&self, field: &'static FormField, line: usize) -> Entry {
        let filled = self.filled(field, line);
        self.finished(field, line, filled)
    }

    fn finished(&self, field: &'static FormField, line: usize, mut filled: Filled) -> Entry {
        let remarks =
            F413_REMARKS.iter().filter(|row| row.slot == field.slot && self.holds(row, &filled.content));
        // Said once, beside the first line of a table.
        if line < 2 {
            let said = remarks.map(|row| Finding::new(row.topic, row.severity).from_sources(row.sources));
            filled.findings.extend(said);
        }
        Finding::gravest_first(&mut filled.findings, &|_| 0);
        Entry { field, line, content: filled.content, input: filled.input, findings: filled.findings }
    }

    fn holds(&self, row: &super::FormRemark, content: &Content) -> bool {
        (row.roles.is_empty() || self.answers.role.is_some_and(|role| row.roles.contains(&role)))
            && (row.sectors.is_empty() || self.copy.entity.is_of(row.sectors))
            && !self.copy.entity.is_of(row.not_sectors)
            && (row.bearers.is_empty() || row.bearers.contains(&self.copy.bearer))
            && (!row.filled || *content != Content::Empty)
    }

    fn filled(&self, field: &FormField, line: usize) -> Filled {
        let (copy, answers) = (self.copy, self.answers);
        match field.slot {
            Slot::StructureName => self.structure_name(),
            Slot::Finess => match copy.bearer {
                Bearer::Ej | Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => {
                    self.number(IdentifierKind::Finess, 1)
                }
                Bearer::Siret | Bearer::RppsRang => Filled::empty(),
            },
            Slot::Siret if copy.bearer == Bearer::Siret => self.number(IdentifierKind::Siret, 1),
            Slot::RppsRang if copy.bearer == Bearer::RppsRang => self.number(IdentifierKind::RppsRang, line),
            Slot::Siret | Slot::RppsRang => Filled::empty(),
            Slot::RoleLegalRepresentative => self.role(Role::RepresentantLegal),
            Slot::RoleMandataire => self.role(Role::Mandataire),
            Slot::RoleTitulaire => self.role(Role::Titulaire),
            Slot::Usage => self.usage(field),
            Slot::Editor => {
                self.wanted(field, "editor", &answers.editor, people::line, topics::MISSING_ADVISED)
            }
            Slot::Solution => self.solution(field),
            Slot::Box => Filled {
                content: Content::Tick(copy.orders(field.products)),
                input: None,
                findings: Vec::new(),
            },
            Slot::SslDomain => self.server(field, true),
            Slot::SslServer => self.server(field, false),
            Slot::ServerMailDomain => self.mail_domain(field, OF_MAIL_SERVER),
            Slot::ProMailDomain => self.mail_domain(field, OF_MAIL_PERSON),
            Slot::Terms | Slot::Date | Slot::Stamp | Slot::Signature => Filled::empty(),
            _ => self.person(field, "signatory", &answers.signatory),
        }
    }

    /// The structure whose number is written: a site of its own name, else its legal entity.
    fn name(&self) -> &str {
        let of_site =
            self.copy.site.filter(|_| self.copy.bearer == Bearer::Et).and_then(|site| site.name.as_deref());
        let of_entity = self.copy.entity.source.name.as_deref();
        of_site.filter(|name| !name.trim().is_empty()).or(of_entity).unwrap_or_default()
    }

    fn structure_name(&self) -> Filled {
        let mut found = Vec::new();
        let name = people::line(self.name(), &mut found);
        if name.is_empty() {
            found.push(Finding::error(topics::MISSING_NAME).from_source(FORM));
        }
        Filled::text(name, format!("profile.legalEntities[{}].name", self.copy.entity.index), found)
    }

    fn number(&self, kind: IdentifierKind, line: usize) -> Filled {
        let number = line.checked_sub(1).and_then(|at| self.copy.numbers.get(at));
        let mut found = Vec::new();
        match number {
            Some(number) => found.extend(identifiers::report(kind, number).findings),
            // Of RPPS-rang the first is due, the others are there or not.
            None if line == 1 => {
                let said = Finding::error(topics::MISSING_NUMBER).from_source(FORM);
                found.push(said.with("number", Value::Term(number_term(self.copy.bearer))));
            }
            None => {}
        }
        Filled::text(number.cloned().unwrap_or_default(), "profile", found)
    }

    fn role(&self, role: Role) -> Filled {
        let mut findings = Vec::new();
        if self.answers.role.is_none() && role == Role::RepresentantLegal {
            findings.push(Finding::error(topics::MISSING_ROLE).from_source(FORM));
        }
        Filled {
            content: Content::Tick(self.answers.role == Some(role)),
            input: Some("signatory.role".to_owned()),
            findings,
        }
    }

    /// A field that must, or should, be filled.
    fn wanted(
        &self,
        field: &FormField,
        input: &str,
        typed: &str,
        read: fn(&str, &mut Vec<Finding>) -> String,
        missing: vocabulary::Topic,
    ) -> Filled {
        let mut found = Vec::new();
        if typed.trim().is_empty() {
            let said =
                if missing == topics::MISSING { Finding::error(missing) } else { Finding::warning(missing) };
            found.push(said.with("field", field.label).from_source(FORM));
            return Filled::text(String::new(), input, found);
        }
        let text = read(typed, &mut found);
        Filled::text(text, input, found)
    }

    fn person(&self, field: &FormField, input: &str, person: &Person) -> Filled {
        let at = |name: &str| format!("{input}.{name}");
        let must =
            |name: &str, typed: &str, read| self.wanted(field, &at(name), typed, read, topics::MISSING);
        match field.slot {
            Slot::SignatoryLastName | Slot::AdministratorLastName => {
                must("lastName", &person.last_name, people::name)
            }
            Slot::SignatoryFirstName | Slot::AdministratorFirstName => {
                must("firstName", &person.first_name, people::name)
            }
            Slot::SignatoryPhone | Slot::AdministratorPhone => must("phone", &person.phone, people::phone),
            Slot::SignatoryCard | Slot::AdministratorCard => {
                must("cardNumber", &person.card_number, people::card)
            }
            _ if person.email.trim().is_empty() => must("email", "", people::line),
            _ => {
                let mut found = Vec::new();
                let text = people::email(&person.email, person, &mut found);
                Filled::text(text, at("email"), found)
            }
        }
    }

    fn administrators(&self, entries: &mut Vec<Entry>) {
        let of_table = |slot: Slot| {
            matches!(
                slot,
                Slot::AdministratorCard
                    | Slot::AdministratorLastName
                    | Slot::AdministratorFirstName
                    | Slot::AdministratorPhone
                    | Slot::AdministratorEmail
            )
        };
        let nobody = [Person::default()];
        let given = &self.answers.administrators;
        let people: &[Person] = if given.is_empty() { &nobody } else { given };
        for (at, person) in people.iter().enumerate() {
            let line = at.saturating_add(1);
            for field in F413_FIELDS.iter().filter(|field| of_table(field.slot)) {
                let input = format!("administrators[{at}]");
                let mut filled = self.person(field, &input, person);
                if field.slot == Slot::AdministratorCard {
                    if given.is_empty() {
                        filled.findings =
                            vec![Finding::error(topics::ADMINISTRATOR_MISSING).from_source(FORM)];
                    }
                    let own = CardNumber::parse(&person.card_number);
                    let mut before =
                        people.iter().take(at).map(|other| CardNumber::parse(&other.card_number));
                    if own.is_some() && before.any(|other| other == own) {
                        filled.findings.push(Finding::error(topics::ADMINISTRATOR_TWICE));
                    }
                } else if given.is_empty() {
                    filled.findings.clear();
                }
                entries.push(self.finished(field, line, filled));
            }
        }
    }

    fn usage(&self, field: &FormField) -> Filled {
        if !self.answers.usage.trim().is_empty() {
            return self.wanted(field, "usage", &self.answers.usage, people::line, topics::MISSING);
        }
        let proposed = (self.usage)(&self.copy.services());
        self.proposed(field, "usage", proposed, topics::MISSING)
    }

    fn solution(&self, field: &FormField) -> Filled {
        if !self.answers.solution.trim().is_empty() {
            return self.wanted(
                field,
                "solution",
                &self.answers.solution,
                people::line,
                topics::MISSING_ADVISED,
            );
        }
        self.proposed(field, "solution", self.copy.software.join(", "), topics::MISSING_ADVISED)
    }

    fn proposed(&self, field: &FormField, input: &str, text: String, missing: vocabulary::Topic) -> Filled {
        let mut filled = self.wanted(field, input, &text, people::line, missing);
        if filled.content != Content::Empty {
            filled.findings.push(Finding::info(topics::PROPOSED));
        }
        filled
    }

    /// One of the two lines for servers; the other is left empty.
    fn server(&self, field: &FormField, is_domain: bool) -> Filled {
        if !self.copy.orders(&[Product::ServSsl]) {
            return Filled::of_no_use();
        }
        let planned = domains::servers(&self.copy.certificates);
        let typed = self.answers.domain.trim();
        let proposal = domains::server_domain_proposed(&planned);
        let is_typed = !typed.is_empty();
        let (text, scope) = match (is_typed, self.answers.scope, proposal) {
            (true, Scope::OfPlan, _) => (typed.to_owned(), Scope::Server),
            (true, scope, _) => (typed.to_owned(), scope),
            (false, _, Some(proposed)) => proposed,
            (false, scope, None) => (String::new(), scope),
        };
        let mut found = Vec::new();
        if text.is_empty() {
            if !is_domain {
                let said = Finding::error(topics::MISSING_DOMAIN).with("field", field.label);
                found.push(said.from_source(FORM));
            }
            return Filled {
                content: Content::Empty,
                input: Some("domain.value".to_owned()),
                findings: found,
            };
        }
        if is_domain != (scope == Scope::Domain) {
            found.push(Finding::info(topics::EMPTY_OTHER_LINE).from_source(FORM));
            return Filled { content: Content::Empty, input: None, findings: found };
        }
        let written = domains::server(&text, scope, &planned, &mut found);
        if !is_typed {
            found.push(Finding::info(topics::PROPOSED));
        }
        Filled::text(written, "domain.value", found)
    }

    fn mail_domain(&self, field: &FormField, products: &[Product]) -> Filled {
        if !self.copy.orders(products) {
            return Filled::of_no_use();
        }
        let of_box: Vec<_> =
            self.copy.certificates.iter().copied().filter(|one| products.contains(&one.product)).collect();
        let planned = domains::addresses(&of_box);
        let typed = self.answers.mail_domain.trim();
        let text = if typed.is_empty() {
            domains::mail_domain_proposed(&planned).unwrap_or_default()
        } else {
            typed.to_owned()
        };
        let mut found = Vec::new();
        if text.is_empty() {
            found.push(Finding::error(topics::MISSING).with("field", field.label).from_source(FORM));
            return Filled::text(text, "mailDomain", found);
        }
        let written = domains::mail(&text, &planned, &mut found);
        if typed.is_empty() {
            found.push(Finding::info(topics::PROPOSED));
        }
        Filled::text(written, "mailDomain", found)
    }
}
