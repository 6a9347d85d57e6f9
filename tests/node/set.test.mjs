// Many files at once, as a Node program checks them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { load, read } from "./support.mjs";

const seeds = fileURLToPath(new URL("../cases/hostile/seeds", import.meta.url));
const seed = (name) => new Uint8Array(read(seeds, name));
const { checkSet } = await load();

/** One certificate under three forms, its key and request, a file that is none of these. */
const FILES = [
  { name: "recu.cer", bytes: seed("certificate.der") },
  { name: "recu.p12", bytes: seed("legacy-3des.p12") },
  { name: "cle.key", bytes: seed("key-aes-256-cbc.pem") },
  { name: "demande.csr", bytes: seed("request.pem") },
  { name: join("sous", "erreur.cer"), bytes: new TextEncoder().encode("<!DOCTYPE html><title>Session expirée</title>") },
];
const AT = "2026-11-25T12:00:00Z";

test("each file is named, and the certificate has its key and request", async () => {
  const steps = [];
  const report = await checkSet(FILES, {
    at: AT,
    passphrases: ["azerty"],
    trustAnchors: [seed("authority.pem")],
    onProgress: (done, total) => steps.push([done, total]),
  });
  const [first, ...others] = report.items;
  assert.equal(first.name, "recu.cer");
  assert.equal(first.csrFile, "demande.csr");
  assert.ok(["recu.p12", "cle.key"].includes(first.keyFile), first.keyFile);
  assert.equal(first.report.certificate.commonName, "INSI-AUTO");
  const matches = first.report.findings.find((finding) => finding.code === "key-matches-private-key");
  assert.equal(matches.severity, "ok");
  assert.equal(typeof matches.title, "string");
  assert.ok(others.every((item) => item.report === undefined));
  assert.deepEqual(new Set(report.items.map((item) => item.name)), new Set(FILES.map((file) => file.name)));
  assert.equal(others.at(-1).findings[0].code, "html-page");
  assert.deepEqual(Object.keys(report).sort(), ["findings", "items", "verdict"]);
  assert.equal(report.verdict, "warn");
  const [done, total] = steps.at(-1);
  assert.equal(done, total);
  assert.ok(steps.length <= 101 && steps.every(([step], at) => at === 0 || step >= steps[at - 1][0]));
});

test("what a plan asks for and nobody brought is told", async () => {
  const certificates = [
    { id: "a", product: "ORG_AUTH_CLI", commonName: { rule: "exact", value: "INSI-AUTO" }, structureId: "1750712184" },
    { id: "m", product: "ORG_AUTH_CLI", commonName: { rule: "exact", value: "INSI-MANU" }, structureId: "1750712184" },
  ];
  const { items, findings } = await checkSet(FILES.slice(0, 1), { at: AT, plan: { certificates } });
  assert.equal(items[0].planned, "a");
  assert.deepEqual(findings.map((finding) => finding.code), ["missing-certificate"]);
  assert.match(findings[0].title, /INSI-MANU/);
});

test("nothing given is no error, and a wrong word is one with its field", async () => {
  assert.deepEqual(await checkSet([]), { items: [], findings: [], verdict: "pass" });
  const plan = { certificates: [{ id: "a", product: "ORG" }] };
  await assert.rejects(checkSet([], { plan }), { code: "invalid-input", field: "plan.certificates[0].product" });
  await assert.rejects(checkSet([], { at: "demain" }), { code: "invalid-input", field: "at" });
});
