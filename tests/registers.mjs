// Made-up FINESS registers, in the layouts of the official files: none of these structures exists.

import { gzipSync } from "node:zlib";

/** A number that passes its key: department (two characters), a zero, five digits of ours. */
export function finess(department, serial) {
  const start = `${department}0${String(serial).padStart(5, "0")}`;
  const digits = [...start.replace("A", "1").replace("B", "2")].map(Number);
  // Luhn: from the right, the key being last, every second digit is doubled.
  const sum = digits.reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0);
  return `${start}${(10 - (sum % 10)) % 10}`;
}

/** Legal entities and their sites. */
export const HOSPITAL = { number: finess("59", 78001), name: "CENTRE HOSPITALIER DES ESSAIS", city: "59300 VALENCIENNES", department: "59", status: "13", siren: "265900012" };
export const LABORATORY = { number: finess("69", 4001), name: "SELAS BIOLOGIE DU PLATEAU", city: "69005 LYON", department: "69", status: "95", siren: "520000011" };
export const PHARMACY = { number: finess("13", 2001), name: "SARL PHARMACIE DES TILLEULS", city: "13005 MARSEILLE", department: "13", status: "72", siren: "520000029" };
export const CLINIC = { number: finess("2A", 2), name: "SA CLINIQUE DU MAQUIS", city: "20000 AJACCIO", department: "2A", status: "73", siren: "520000037" };
export const IMAGING = { number: finess("75", 6001), name: "GIE IMAGERIE DES QUAIS", city: "75013 PARIS", department: "75", status: "93", siren: "520000045" };
export const ENTITIES = [HOSPITAL, LABORATORY, PHARMACY, CLINIC, IMAGING];

const site = (entity, serial, name, short, city, category, label, espic = "") => ({
  entity,
  number: finess(entity.department, serial),
  name,
  short,
  city,
  category,
  label,
  espic,
  siret: `${entity.siren}${String(serial % 100_000).padStart(5, "0")}`,
});
export const MAIN_SITE = site(HOSPITAL, 1, "CENTRE HOSPITALIER DES ESSAIS - SITE SAINT-JOSEPH", "CH DES ESSAIS ST JOSEPH", "59300 VALENCIENNES", "355", "Centre Hospitalier (C.H.)", "1");
export const PLATEAU = site(LABORATORY, 11, "LABORATOIRE DE BIOLOGIE MÉDICALE DU PLATEAU", "LBM DU PLATEAU", "69005 LYON", "611", "Laboratoire de Biologie Médicale");
export const OFFICINE = site(PHARMACY, 21, "PHARMACIE DES TILLEULS", "PHIE DES TILLEULS", "13005 MARSEILLE", "620", "Pharmacie d'Officine");
export const SITES = [
  MAIN_SITE,
  site(HOSPITAL, 2, "EHPAD LES ÉRABLES", "EHPAD LES ERABLES", "59300 VALENCIENNES", "500", "Etablissement d'hébergement pour personnes âgées dépendantes", ""),
  site(HOSPITAL, 3, "SOINS DE SUITE DU CHÂTEAU", "SSR DU CHATEAU", "59199 BRUILLE ST AMAND", "109", "Etablissement de santé privé autorisé en SSR", "1"),
  PLATEAU,
  site(LABORATORY, 12, "LABORATOIRE DE BIOLOGIE MÉDICALE DE LA CÔTE", "LBM DE LA COTE", "69004 LYON", "611", "Laboratoire de Biologie Médicale"),
  OFFICINE,
  site(CLINIC, 31, "CLINIQUE DU MAQUIS", "CLINIQUE DU MAQUIS", "20000 AJACCIO", "365", "Etablissement de Soins Pluridisciplinaire", "0"),
  site(IMAGING, 41, "IMAGERIE DES QUAIS", "IMAGERIE DES QUAIS", "75013 PARIS", "699", "Entité Ayant Autorisation", ""),
];

const DATE = "2026-05-12";
const lines = (head, rows) => [head, ...rows].map((line) => `${line}\n`).join("");

/** The extract of the sites, as text. */
export const sites = ({ date = DATE, of = SITES } = {}) =>
  lines(
    `finess;etalab;93;${date}`,
    of.map((one) => {
      const [city, department] = [one.city, one.entity.department];
      return `structureet;${one.number};${one.entity.number};${one.short};${one.name};;;1;R;DES ESSAIS;;;001;${department};;${city};0100000000;;${one.category};${one.label};;;${one.siret};;;;${one.espic};;2001-01-01;;2026-01-01;`;
    }),
  );

/** The extract of the legal entities. */
export const entities = ({ date = DATE } = {}) =>
  lines(
    `finess;etalab;91;${date}`,
    ENTITIES.map(({ number, name, city, department, status, siren }) => `structureej;${number};${name};;;1;R;DES ESSAIS;;;;001;${city};${department};;0100000000;${status};;;;${siren};;2001-01-01`),
  );

/** FINESS+ structures, as the daily file has them; one site is closed. */
export const structures = ({ date = DATE } = {}) => {
  const address = (city) => [{ codePostal: city.slice(0, 5), ligneAcheminement: city.slice(6), cogCommune: city.slice(0, 5) }];
  return JSON.stringify({
    schemaVersion: "v1.0.0",
    generatedAt: `${date}T02:00:00.123Z`,
    gcc: [],
    gco: [],
    pmej: ENTITIES.map((entity) => ({
      informationsGeneralesPMEJ: { denominationPm: entity.name, denominationLonguePmSmsse: entity.name, numFinessPm: entity.number, siren: entity.siren, statutJuridique: entity.status },
      adresse: address(entity.city),
      ege: SITES.filter((one) => one.entity === entity).map((one) => ({
        informationsGeneralesEGE: { nomEgeCourt: one.short, nomEgeLong: one.name, numFinessEge: one.number, espic: one.espic === "" ? [] : [one.espic], siret: one.siret },
        categorieentiteGeographiqueExercice: one.category,
        adresse: address(one.city),
        etatObjet: one.category === "109" ? "I" : "A",
      })),
      etatObjet: "A",
    })),
  });
};

const utf8 = (text) => new TextEncoder().encode(text);
const latin1 = (text) => Uint8Array.from(Buffer.from(text, "latin1"));
const gzip = (bytes) => Uint8Array.from(gzipSync(bytes));

/** Both extracts, as today's users give them. */
export const extracts = (options) => [utf8(sites(options)), utf8(entities(options))];

/** Files that are no register, and what they are refused as. */
export const BAD = {
  "empty": { bytes: new Uint8Array(), code: "not-a-register" },
  "a web page": { bytes: utf8("<!DOCTYPE html><html><body>Téléchargement</body></html>"), code: "not-a-register" },
  "another table": { bytes: utf8("nom;prenom;ville\nDurand;Anne;Lyon\n"), code: "not-a-register" },
  "another JSON": { bytes: utf8('{"features":[{"id":1}],"type":"FeatureCollection"}'), code: "not-a-register" },
  "a truncated gzip": { bytes: gzip(utf8(sites())).subarray(0, 300), code: "register-truncated" },
  "JSON of another encoding": { bytes: latin1(structures()), code: "register-encoding" },
  "UTF-16": { bytes: Uint8Array.from([0xff, 0xfe, ...Buffer.from(sites(), "utf16le")]), code: "register-encoding" },
};

export { gzip, latin1, utf8 };
