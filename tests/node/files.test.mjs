// identify, checkSet and renewalCalendar: whatever the files are, in whatever order.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import test from "node:test";
import { assertPlain, derOf, file, load, openssl, refused } from "./support.mjs";

const { checkCertificate, checkSet, identify, renewalCalendar, setLocale } = await load();

const PHRASE = "Grange-48-Coquelicot";

/** A key, its request and its certificate by a made-up authority, as paths and contents. */
function pair(stem, name, authority) {
  const subject = `/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=${name}`;
  const [key, csr] = [file(`${stem}.key`, ""), file(`${stem}.csr`, "")];
  openssl(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", subject, "-keyout", key, "-out", csr]);
  const extensions = file(`${stem}.ext`, "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n");
  const pem = openssl(["x509", "-req", "-in", csr, "-CA", authority.pem, "-CAkey", authority.key, "-CAcreateserial", "-days", "900", "-extfile", extensions]);
  return { key, csr, pem: pem.toString(), path: file(`${stem}.pem`, pem) };
}

function authority() {
  const [pem, key] = [file("ca.pem", ""), file("ca.key", "")];
  openssl(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3000", "-subj", "/C=FR/O=ESSAI/CN=AC ESSAI", "-keyout", key, "-out", pem]);
  return { pem, key };
}

const ca = authority();
const auto = pair("auto", "INSI-AUTO", ca);
const manu = pair("manu", "INSI-MANU", ca);
const keyOf = ({ key }) => openssl(["pkey", "-in", key]);
const p12 = openssl(["pkcs12", "-export", "-in", auto.path, "-inkey", auto.key, "-passout", "env:PASSPHRASE"], { passphrase: PHRASE });
const inClear = openssl(
  ["pkcs12", "-export", "-legacy", "-certpbe", "NONE", "-keypbe", "PBE-SHA1-3DES", "-in", auto.path, "-inkey", auto.key, "-passout", "env:PASSPHRASE"],
  { passphrase: PHRASE },
);
const p7b = openssl(["crl2pkcs7", "-nocrl", "-certfile", auto.path, "-outform", "DER"]);
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(auto.pem, "utf16le")]);

const FILES = [
  ["PEM", auto.pem, "pem", ["certificate"]],
  ["PEM in a message, CRLF", `Bonjour,\r\n\r\n${auto.pem.replaceAll("\n", "\r\n")}\r\nCordialement`, "pem", ["certificate"]],
  ["UTF-16", utf16, "pem", ["certificate"]],
  ["DER", derOf(auto.pem), "der", ["certificate"]],
  ["PKCS #7", p7b, "pkcs7", ["certificate"]],
  ["a request", openssl(["req", "-in", auto.csr]), "pem", ["csr"]],
  ["a key", keyOf(auto), "pem", ["private-key"]],
  ["an error page", "<!doctype html><html><title>Session expirée</title></html>", "html", []],
  ["an archive", Buffer.from("504b0304140000000000", "hex"), "zip", []],
  ["nothing", "", "empty", []],
  ["noise", randomBytes(5000), undefined, []],
  ["zeros", new Uint8Array(1_000_000), "unknown", []],
  ["depth", new Uint8Array(1_000_000).fill(0x30), undefined, []],
];

for (const [name, content, container, kinds] of FILES) {
  test(`identify: ${name}`, async () => {
    const report = await identify(content);
    assertPlain(report);
    if (container !== undefined) assert.equal(report.container, container);
    assert.deepEqual(report.items.map(({ kind }) => kind), kinds);
    assert.ok(report.items.every(({ der, label }) => der instanceof Uint8Array && der.length > 0 && label.length > 0));
    assert.ok(report.findings.length > 0 && report.findings.every(({ title }) => title.length > 0));
  });
}

test("identify: a PKCS #12 with and without its passphrase", async () => {
  const kinds = async (...values) => (await identify(...values)).items.map(({ kind }) => kind).sort();
  assert.deepEqual(await kinds(inClear), ["certificate", "encrypted-private-key"]);
  const closed = await identify(p12);
  assert.equal(closed.container, "pkcs12");
  assert.ok(closed.findings.some(({ code }) => code === "passphrase-needed"));
  assert.ok((await kinds(p12, PHRASE)).includes("certificate"));
  const wrong = await identify(p12, "autre");
  assert.ok(wrong.findings.some(({ code }) => code === "wrong-passphrase"));
});

test("a refused file says what it is", async () => {
  const error = await refused(() => checkCertificate({ certificate: "<html><title>Erreur 403</title>" }), "not-a-certificate", "certificate");
  assert.equal(error.findings[0].code, "html-page");
  assertPlain(error.findings);
});

test("a container is checked as its certificate", async () => {
  for (const certificate of [p7b, inClear]) {
    const { certificate: summary } = await checkCertificate({ certificate });
    assert.equal(summary.commonName, "INSI-AUTO");
  }
  const opened = await checkCertificate({ certificate: p12, passphrase: PHRASE });
  assert.equal(opened.findings.find(({ code }) => code === "key-matches-private-key").severity, "ok");
});

test("each certificate of a set finds its key, whatever the names", async () => {
  const encrypted = openssl(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", manu.key, "-passout", "env:PASSPHRASE"], { passphrase: PHRASE });
  const files = [
    { name: "a.cer", bytes: Buffer.from(auto.pem) },
    { name: "b.cer", bytes: derOf(manu.pem) },
    { name: "x.key", bytes: encrypted },
    { name: "y.key", bytes: keyOf(auto) },
    { name: "z.csr", bytes: openssl(["req", "-in", manu.csr]) },
    { name: "copie.cer", bytes: Buffer.from(auto.pem) },
    { name: "page.cer", bytes: Buffer.from("<html></html>") },
  ];
  const told = [];
  const report = await checkSet(files, { passphrases: ["non", PHRASE], onProgress: (done, total) => told.push([done, total]) });
  assertPlain(report);
  const [first, second] = ["a.cer", "b.cer"].map((name) => report.items.find((item) => item.name === name && item.report));
  assert.equal(first.keyFile, "y.key");
  assert.deepEqual([second.keyFile, second.csrFile], ["x.key", "z.csr"]);
  for (const { report } of [first, second]) {
    assert.equal(report.findings.find(({ code }) => code === "key-matches-private-key").severity, "ok");
  }
  assert.ok(report.findings.some(({ code }) => code === "duplicate-file"));
  assert.ok(report.items.some((item) => item.name === "page.cer" && item.findings.some(({ code }) => code === "html-page")));
  assert.ok(told.length > 0 && told.every(([done, total]) => done <= total));
  assert.deepEqual(told.at(-1)[0], told.at(-1)[1]);
});

test("a set against a plan: what is missing, what is not awaited", async () => {
  const certificates = ["INSI-AUTO", "Proxy"].map((value, index) => ({
    ...{ id: `c${index}`, product: "ORG_AUTH_CLI", bearer: "et", legalEntity: "ej", instance: "i", services: [], sources: [] },
    ...{ commonName: { rule: "exact", value }, structureId: "1590049011" },
  }));
  const plan = { bearer: "et", rulesDate: "2026-11-01", platformCards: [], options: [], certificates, steps: [], notices: [] };
  const report = await checkSet([{ name: "a.cer", bytes: Buffer.from(auto.pem) }, { name: "m.cer", bytes: Buffer.from(manu.pem) }], { plan });
  const codes = report.findings.map(({ code }) => code);
  assert.ok(codes.includes("missing-certificate") && codes.includes("unexpected-certificate"), codes);
});

test("a set of nothing, and of what is no set", async () => {
  const empty = await checkSet([]);
  assert.deepEqual(empty.items, []);
  await refused(() => checkSet("a.cer"), "invalid-input", "files");
  await refused(() => checkSet([{ name: 1, bytes: new Uint8Array() }]), "invalid-input", "files[0].name");
  await refused(() => checkSet([], { at: "demain" }), "invalid-input", "at");
});

test("alarms before certificates end", async () => {
  const calendar = renewalCalendar([auto.pem, derOf(manu.pem)]);
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
  assert.equal(calendar.match(/BEGIN:VEVENT/g).length, 2);
  assert.equal(calendar.match(/BEGIN:VALARM/g).length, 6);
  assert.ok(calendar.split("\r\n").every((line) => Buffer.byteLength(line) <= 75));
  setLocale("en");
  assert.notEqual(renewalCalendar([auto.pem]), calendar);
  setLocale("fr");
  assert.match(renewalCalendar([]), /^BEGIN:VCALENDAR/);
  await refused(() => renewalCalendar(["du texte"]), "not-a-certificate", "certificates[0]");
});
