// inspectCsr on requests that OpenSSL made.

import assert from "node:assert/strict";
import test from "node:test";
import { assertPlain, derOf, finding, load, openssl, refused } from "./support.mjs";

const { inspectCsr } = await load();

const request = (subject, ...more) =>
  String(openssl(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "-", "-utf8", "-subj", subject, ...more]));
const csrOf = (text) => /-----BEGIN CERTIFICATE REQUEST-----[^]+-----END CERTIFICATE REQUEST-----/.exec(text)[0];

const GOOD = csrOf(request("/C=FR/ST=Paris (75)/O=HOPITAL/OU=1750712184/CN=INSI-AUTO"));

test("what OpenSSL wrote is read", async () => {
  const report = await inspectCsr(GOOD);
  assertPlain(report);
  assert.equal(report.subjectRfc4514, "CN=INSI-AUTO,OU=1750712184,O=HOPITAL,ST=Paris (75),C=FR");
  assert.deepEqual(report.publicKey.algorithm, "RSA");
  assert.equal(report.publicKey.bits, 2048);
  assert.equal(report.signatureAlgorithm, "sha256WithRSAEncryption");
  assert.equal(report.signatureValid, true);
  assert.deepEqual(report.dnsNames, []);
  assert.equal(finding(report, "csr-signature").severity, "ok");
});

test("PEM, DER and PEM among other things give the same report", async () => {
  const reports = await Promise.all(
    [GOOD, derOf(GOOD), new TextEncoder().encode(`du texte\r\n${GOOD.replaceAll("\n", "\r\n")}`)].map((csr) =>
      inspectCsr(csr),
    ),
  );
  assert.deepEqual(reports[1], reports[0]);
  assert.deepEqual(reports[2], reports[0]);
});

test("an altered request does not keep its signature", async () => {
  const der = derOf(GOOD);
  const at = der.indexOf("INSI-AUTO");
  der[at + 8] = "A".charCodeAt(0);
  const report = await inspectCsr(der);
  assert.equal(report.signatureValid, false);
  assert.equal(finding(report, "csr-signature").severity, "error");
  assert.equal(report.verdict, "fail");
});

test("names asked for are listed, expectations are judged", async () => {
  const csr = csrOf(
    request("/C=FR/ST=Paris (75)/O=HOPITAL/OU=1750712184/CN=a.exemple.fr", "-addext", "subjectAltName=DNS:a.exemple.fr,DNS:b.exemple.fr"),
  );
  const report = await inspectCsr(csr, { product: "SERV_SSL", dnsNames: ["a.exemple.fr", "b.exemple.fr"] });
  assert.deepEqual(report.dnsNames, ["a.exemple.fr", "b.exemple.fr"]);
  const other = await inspectCsr(csr, { structureId: "1010780054" });
  assert.equal(finding(other, "structure-id").severity, "error");
  assert.equal(other.verdict, "fail");
});

test("elliptic curves and short keys are named, not refused", async () => {
  const curve = csrOf(
    String(
      openssl(["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "-", "-subj", "/CN=x"]),
    ),
  );
  const report = await inspectCsr(curve);
  assert.equal(report.publicKey.algorithm, "EC");
  assert.equal(report.signatureValid, true);
  // Whether the platform takes one is not known.
  assert.equal(finding(report, "key-strength").severity, "warning");
  const short = csrOf(
    String(openssl(["req", "-new", "-newkey", "rsa:1024", "-nodes", "-keyout", "-", "-subj", "/CN=x"])),
  );
  assert.equal(finding(await inspectCsr(short), "key-strength").severity, "error");
});

test("what is no request is refused", async () => {
  const certificate = String(openssl(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=x"]));
  for (const csr of ["", "du texte", new Uint8Array(0), new Uint8Array(50_000), GOOD.slice(0, 400), certificate]) {
    await refused(() => inspectCsr(csr), "not-a-csr", "csr");
  }
});
