//! FINESS+ files of any size, to the schema and in the proportions of the real one: made chunk by chunk, never kept.

// A test and an example take their own part of this.
#![allow(dead_code)]

use std::fmt::Write as _;

/// Writes a file of at least `octets`, in pieces, each once.
pub(crate) struct Plus {
    octets: u64,
    written: u64,
    entity: u32,
    state: State,
    random: u64,
}

enum State {
    Head,
    Entities,
    Ended,
}

const FIRST: [&str; 8] = [
    "CENTRE HOSPITALIER",
    "CLINIQUE",
    "EHPAD",
    "PHARMACIE",
    "LABORATOIRE",
    "IME",
    "SSIAD",
    "MAISON DE SANTÉ",
];
const CATEGORY: [&str; 8] = ["355", "365", "500", "620", "611", "183", "354", "603"];
const SECOND: [&str; 12] = [
    "SAINT LOUIS",
    "DU PARC",
    "LES TILLEULS",
    "DE L'ÉGLISE",
    "SAINTE CLAIRE",
    "DES ESSAIS",
    "DU VIEUX PORT",
    "BEL AIR",
    "NOTRE DAME",
    "JEAN MOULIN",
    "DE LA CÔTE",
    "DU CHÂTEAU",
];
const CITY: [(&str, &str, &str); 6] = [
    ("75012", "PARIS", "75112"),
    ("69003", "LYON", "69383"),
    ("13005", "MARSEILLE", "13205"),
    ("20200", "BASTIA", "2B033"),
    ("97400", "SAINT DENIS", "97411"),
    ("01440", "VIRIAT", "01451"),
];
const STATUS: [&str; 6] = ["13", "95", "61", "72", "91", "14"];

impl Plus {
    pub(crate) fn new(octets: u64) -> Self {
        Self { octets, written: 0, entity: 0, state: State::Head, random: 0x9e37_79b9_7f4a_7c15 }
    }

    /// The next piece; empty once the file ended.
    pub(crate) fn next(&mut self, out: &mut String) {
        out.clear();
        match self.state {
            State::Head => {
                out.push_str("{\n  \"schemaVersion\" : \"v1.0.0\",\n  \"generatedAt\" : \"2026-09-01T02:00:00.123Z\",\n  \"gcc\" : [ ],\n  \"gco\" : [ ],\n  \"pmej\" : [ ");
                self.state = State::Entities;
            }
            State::Entities if self.written >= self.octets => {
                out.push_str(" ]\n}\n");
                self.state = State::Ended;
            }
            State::Entities => {
                for _ in 0..16 {
                    self.entity(out);
                }
            }
            State::Ended => {}
        }
        self.written += out.len() as u64;
    }

    /// What the file holds so far.
    pub(crate) fn entities(&self) -> u32 {
        self.entity
    }

    fn entity(&mut self, out: &mut String) {
        if self.entity > 0 {
            out.push_str(", ");
        }
        self.entity += 1;
        let number = self.entity;
        let status = self.pick(&STATUS);
        let (postcode, city, commune) = *self.pick(&CITY);
        let _ = write!(
            out,
            "{{\n    \"informationsGeneralesPMEJ\" : {{\n      \"pmSmsseId\" : \"{number}\",\n      \"codeApe\" : \"86.10Z\",\n      \"dateCreation\" : \"2001-01-01\",\n      \"denominationLonguePmSmsse\" : \"{0} {1} {number}\",\n      \"denominationPm\" : \"{0} {1}\",\n      \"numFinessPm\" : \"{2}\",\n      \"siren\" : \"{3:09}\",\n      \"statutJuridique\" : \"{status}\",\n      \"typePersonneMorale\" : \"01\"\n    }},\n",
            self.pick(&FIRST),
            self.pick(&SECOND),
            finess('0', number),
            number
        );
        self.address(out, postcode, city, commune);
        self.events(out, 3);
        out.push_str("    \"ege\" : [ ");
        for place in 0..1 + self.below(3) {
            if place > 0 {
                out.push_str(", ");
            }
            self.site(out, number * 4 + u32::try_from(place).unwrap_or_default());
        }
        let _ = write!(
            out,
            " ],\n    \"etatObjet\" : \"{}\",\n    \"dateDerniereMaj\" : \"2021-10-18 00:00:00\"\n  }}",
            self.open()
        );
    }

    fn site(&mut self, out: &mut String, number: u32) {
        let kind = self.below(FIRST.len());
        let (postcode, city, commune) = *self.pick(&CITY);
        let name = format!("{} {}", FIRST.get(kind).copied().unwrap_or_default(), self.pick(&SECOND));
        let _ = write!(
            out,
            "{{\n      \"informationsGeneralesEGE\" : {{\n        \"egeId\" : \"{number}\",\n        \"dateOuverture\" : \"1990-01-01\",\n        \"datePremiereAutorisation\" : \"1990-01-01\",\n        \"nomEgeCourt\" : \"{name}\",\n        \"nomEgeLong\" : \"{name} {city} {number}\",\n        \"numFinessEge\" : \"{}\",\n        \"espic\" : [ \"{}\" ],\n        \"siret\" : \"{:014}\"\n      }},\n      \"categorieentiteGeographiqueExercice\" : \"{}\",\n      \"modefixationtarifaire\" : \"07\",\n      \"typeBudget\" : [ \"01\" ],\n",
            finess('1', number),
            self.below(2),
            u64::from(number) * 100_000 + 17,
            CATEGORY.get(kind).copied().unwrap_or_default(),
        );
        self.address(out, postcode, city, commune);
        let events = 4 + self.below(8);
        self.events(out, events);
        let _ = write!(
            out,
            "      \"roleEge\" : [ ],\n      \"etatObjet\" : \"{}\",\n      \"dateDerniereMaj\" : \"2021-10-18 00:00:00\"\n    }}",
            self.open()
        );
    }

    fn address(&mut self, out: &mut String, postcode: &str, city: &str, commune: &str) {
        let _ = write!(
            out,
            "    \"adresse\" : [ {{\n      \"usageAdresse\" : \"02\",\n      \"numeroVoie\" : \"{}\",\n      \"typeVoie\" : \"AV\",\n      \"libelleVoie\" : \"DES ESSAIS\",\n      \"cogCommune\" : \"{commune}\",\n      \"ligneAcheminement\" : \"{city}\",\n      \"ligneQuatre\" : \"62 AVENUE DES ESSAIS\",\n      \"codePostal\" : \"{postcode}\",\n      \"coordonneesGeographique\" : {{\n        \"coordonneeX\" : \"6570414.61\",\n        \"coordonneeY\" : \"873766.07\",\n        \"directionLatitude\" : \"46.211257\",\n        \"directionLongitude\" : \"5.254203\",\n        \"cleInInteropBAN\" : \"01053_1950_00062\",\n        \"scoreBAN\" : \"0.9723536363636361\"\n      }}\n    }} ],\n    \"contact\" : [ {{\n      \"typeContact\" : {{\n        \"roleContact\" : \"01\"\n      }},\n      \"telecom\" : {{\n        \"telephone\" : \"0100000000\"\n      }}\n    }} ],\n    \"engagement\" : [ ],\n",
            self.below(200)
        );
    }

    fn events(&mut self, out: &mut String, count: usize) {
        out.push_str("    \"evenement\" : [ ");
        for place in 0..count {
            let _ = write!(
                out,
                "{}{{\n      \"evenementId\" : \"{}\",\n      \"dateEnregistrement\" : \"2023-03-15 11:21:01\",\n      \"dateEvenement\" : \"1956-11-16\",\n      \"etatObjet1\" : \"003\",\n      \"identifiantObjet1\" : \"{}\",\n      \"systemeMaitre\" : \"01\",\n      \"typeObjet1\" : \"EG\",\n      \"codeEvenement\" : \"003\"\n    }}",
                if place > 0 { ", " } else { "" },
                self.below(1_000_000),
                self.below(1_000_000)
            );
        }
        out.push_str(" ],\n");
    }

    fn open(&mut self) -> char {
        if self.below(5) < 3 { 'A' } else { 'I' }
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let place = self.below(list.len());
        list.get(place).unwrap_or(&list[0])
    }

    /// splitmix64.
    fn below(&mut self, bound: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed >> 33) % bound as u64).unwrap_or_default()
    }
}

/// Nine digits: entities and sites never share one.
fn finess(first: char, number: u32) -> String {
    format!("{first}{:08}", number)
}
