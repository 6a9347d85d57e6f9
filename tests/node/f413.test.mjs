// The form F413, as a Node program prepares it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./support.mjs";

const { prepareF413, setLocale } = await load();

const PERSON = { cardNumber: "2000000001", lastName: "LÉVÊQUE", firstName: "Anaïs", phone: "0386939393", email: "certificats@ch-nevers.fr" };
const INPUT = {
  profile: {
    sector: "etablissement-public",
    legalEntities: [{ id: "e", name: "CENTRE HOSPITALIER", finessEj: "750712184", sites: [] }],
    instances: [{ id: "i", name: "DPI", services: ["dmp", "serveur-web"], fqdn: "ms.ch-nevers.fr" }],
  },
  signatory: { ...PERSON, role: "representant-legal" },
  administrators: [{ ...PERSON, cardNumber: "2000000002", lastName: "MARTIN" }],
  usage: "",
  editor: "Exemple",
};

test("a sheet for the form, every field judged, and its file", async () => {
  const { sheets, findings, pdf } = await prepareF413(INPUT);
  assert.equal(sheets.length, 1);
  const [sheet] = sheets;
  assert.match(sheet.title, /CENTRE HOSPITALIER, 750712184/);
  const value = (label) => sheet.fields.find((field) => field.label === label)?.value;
  assert.equal(value("FINESS"), "750712184");
  assert.equal(value("ou N° SIRET"), "");
  assert.equal(value("Précisions sur l'usage des certificats et sur votre projet"), "Authentification et signature sur le DMP, serveur web");
  assert.equal(value("SSL_SERVEUR : OU Certificat restreint au serveur suivant"), "ms.ch-nevers.fr");
  for (const { section, label, value, findings } of sheet.fields) {
    assert.deepEqual([typeof section, typeof label, typeof value, Array.isArray(findings)], ["string", "string", "string", true]);
  }
  const all = [...findings, ...sheet.fields.flatMap((field) => field.findings)];
  assert.deepEqual(all.filter(({ severity }) => severity === "error"), []);
  assert.ok(findings.some(({ code }) => code === "f413-several-types"));
  assert.ok(pdf instanceof Uint8Array);
  assert.equal(Buffer.from(pdf.subarray(0, 8)).toString("latin1"), "%PDF-1.7");
});

test("in English the advice changes, the words on the form do not", async () => {
  setLocale("en");
  try {
    const { sheets } = await prepareF413({ ...INPUT, administrators: [] });
    const card = sheets[0].fields.find((field) => field.findings.some(({ code }) => code === "f413-administrator-missing"));
    assert.equal(card.label, "N° de carte");
    assert.match(card.findings.find(({ code }) => code === "f413-administrator-missing").title, /Declare/);
  } finally {
    setLocale("fr");
  }
});

test("what cannot be done names its field", async () => {
  const refusal = (input) => prepareF413(input).then(() => assert.fail("prepared"), ({ name, code, field }) => [name, code, field]);
  const error = (code, field) => ["EstampilleError", code, field];
  assert.deepEqual(await refusal({ ...INPUT, signatory: { role: "maire" } }), error("invalid-input", "signatory.role"));
  assert.deepEqual(await refusal({ ...INPUT, profile: {} }), error("invalid-profile", "profile.sector"));
  assert.deepEqual(await refusal({ ...INPUT, signatory: 3 }), error("invalid-input", "signatory"));
  assert.deepEqual(await refusal({ ...INPUT, administrators: [[]] }), error("invalid-input", "administrators[0]"));
  assert.equal((await refusal(undefined))[1], "invalid-input");
});
