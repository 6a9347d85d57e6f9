// createCsr with both engines, judged by OpenSSL; serverCommands.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { assertPlain, file, finding, load, openssl, refused } from "./support.mjs";

const { checkCertificate, createCsr, inspectCsr, serverCommands } = await load();

const PASSPHRASE = "Grange-été-48-Coquelicot€";
const SUBJECT = {
  department: "Paris (75)",
  organization: "HÔPITAL D'ESSAI",
  structureId: "1750712184",
  commonName: "INSI-AUTO",
};
const REQUEST = { product: "ORG_AUTH_CLI", subject: SUBJECT, passphrase: PASSPHRASE };

const subjectOf = (csr) =>
  String(openssl(["req", "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb", "-in", csr])).trim();
const publicKeyOf = (...args) =>
  createHash("sha256").update(openssl([...args, "-outform", "DER"])).digest("hex");

for (const engine of ["webcrypto", "wasm", "auto"]) {
  test(`${engine}: OpenSSL verifies the request and opens the key`, async () => {
    const bundle = await createCsr({ ...REQUEST, engine });
    assertPlain(bundle);
    assert.equal(bundle.engine, engine === "auto" ? "webcrypto" : engine);
    assert.ok(bundle.csrDer instanceof Uint8Array);

    const csr = file(`${engine}.csr`, bundle.csrPem);
    openssl(["req", "-verify", "-noout", "-in", csr]);
    assert.equal(subjectOf(csr), "subject=CN=INSI-AUTO,OU=1750712184,O=HÔPITAL D'ESSAI,ST=Paris (75),C=FR");
    assert.deepEqual(openssl(["req", "-in", csr, "-outform", "DER"]), Buffer.from(bundle.csrDer));
    assert.match(String(openssl(["req", "-noout", "-text", "-in", csr])), /2048 bit[^]*sha256WithRSAEncryption/);

    const key = file(`${engine}.key`, bundle.privateKeyPem);
    assert.match(bundle.privateKeyPem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    const open = ["pkey", "-in", key, "-passin", "env:PASSPHRASE"];
    openssl([...open, "-noout", "-check"], { passphrase: PASSPHRASE });
    assert.throws(() => openssl([...open, "-noout"], { passphrase: "Grange-ete-48-Coquelicot€" }));
    const parse = String(openssl(["asn1parse", "-in", key]));
    for (const part of ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0"]) {
      assert.ok(parse.includes(part), `${part} in\n${parse}`);
    }

    // One key, three readers: the request, the key file, and what the bundle says.
    assert.equal(publicKeyOf("req", "-pubkey", "-noout", "-in", csr).length, 64);
    const pubout = openssl([...open, "-pubout", "-outform", "DER"], { passphrase: PASSPHRASE });
    assert.equal(createHash("sha256").update(pubout).digest("hex"), bundle.publicKeySha256);
    const report = await inspectCsr(bundle.csrPem);
    assert.equal(report.publicKey.sha256, bundle.publicKeySha256);
    assert.equal(report.signatureValid, true);
    assert.equal(report.subjectRfc4514, bundle.subjectRfc4514);
  });
}

test("the subject's string types are those of real certificates", async () => {
  const { csrPem } = await createCsr(REQUEST);
  const { subject } = await inspectCsr(csrPem);
  assert.deepEqual(subject, [
    ["C", "FR", "PrintableString"],
    ["ST", "Paris (75)", "UTF8String"],
    ["O", "HÔPITAL D'ESSAI", "UTF8String"],
    ["OU", "1750712184", "UTF8String"],
    ["CN", "INSI-AUTO", "UTF8String"],
  ]);
});

test("the minimal subject holds the common name alone", async () => {
  const { csrPem } = await createCsr({ ...REQUEST, minimalSubject: true });
  assert.equal(subjectOf(file("minimal.csr", csrPem)), "subject=CN=INSI-AUTO");
});

test("a server's request names it and its other names, the common name first", async () => {
  const { csrPem } = await createCsr({
    product: "SERV_SSL",
    subject: { ...SUBJECT, commonName: "dpi.chu-exemple.fr" },
    dnsNames: ["autre.chu-exemple.fr", "dpi.chu-exemple.fr"],
    passphrase: PASSPHRASE,
    key: { algorithm: "rsa", bits: 3072 },
  });
  const text = String(openssl(["req", "-noout", "-text", "-in", file("server.csr", csrPem)]));
  assert.match(text, /DNS:dpi\.chu-exemple\.fr, DNS:autre\.chu-exemple\.fr\n/);
  assert.match(text, /3072 bit/);
});

for (const engine of ["webcrypto", "wasm"]) {
  test(`${engine}: OpenSSL's keys are used again, in clear or encrypted`, async () => {
    const clear = String(openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]));
    const expected = createHash("sha256")
      .update(openssl(["pkey", "-pubout", "-outform", "DER"], { input: clear }))
      .digest("hex");
    // What subtle does by itself, what it leaves to the atelier (192 bits), and another pseudo-random function.
    const ciphers = [["aes-256-cbc"], ["aes-192-cbc"], ["aes-128-cbc", "-v2prf", "hmacWithSHA512"]];
    const files = ciphers.map(([cipher, ...more]) =>
      openssl(["pkcs8", "-topk8", "-v2", cipher, ...more, "-passout", "env:PASSPHRASE"], {
        passphrase: PASSPHRASE,
        input: clear,
      }),
    );
    for (const encrypted of files) {
      const key = { privateKey: new Uint8Array(encrypted), passphrase: PASSPHRASE };
      const bundle = await createCsr({ ...REQUEST, engine, key });
      assert.equal(bundle.publicKeySha256, expected);
      finding(bundle, "key-reused");
      openssl(["req", "-verify", "-noout", "-in", file("reused.csr", bundle.csrPem)]);
      await refused(
        () => createCsr({ ...REQUEST, engine, key: { ...key, passphrase: "non" } }),
        "wrong-passphrase",
        "key.passphrase",
      );
    }
    const traditional = String(openssl(["rsa", "-traditional"], { input: clear }));
    for (const privateKey of [clear, traditional, new TextEncoder().encode(clear)]) {
      const bundle = await createCsr({ ...REQUEST, engine, key: { privateKey } });
      assert.equal(bundle.publicKeySha256, expected);
    }
  });
}

test("a caller's bytes are left as they were", async () => {
  const pem = openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
  const privateKey = new Uint8Array(pem);
  await createCsr({ ...REQUEST, engine: "wasm", key: { privateKey } });
  assert.deepEqual(Buffer.from(privateKey), pem);
});

test("a key in clear must be asked for", async () => {
  const { passphrase, ...request } = REQUEST;
  await refused(() => createCsr(request), "passphrase-required", "passphrase");
  const { privateKeyPem } = await createCsr({ ...request, allowPlainKey: true });
  assert.match(privateKeyPem, /^-----BEGIN PRIVATE KEY-----\n/);
  openssl(["pkey", "-noout", "-check"], { input: privateKeyPem });
});

test("near misses of the INSi names are refused", async () => {
  for (const commonName of ["INSI_AUTO", "insi-auto", "INSI AUTO", "INSI-MANUEL", "INSIAUTO", "INSI"]) {
    const subject = { ...SUBJECT, commonName };
    await refused(() => createCsr({ ...REQUEST, subject }), "insi-name", "subject.commonName");
  }
});

test("calls side by side do not disturb each other", async () => {
  const engines = ["wasm", "webcrypto", "wasm"];
  const bundles = await Promise.all(engines.map((engine) => createCsr({ ...REQUEST, engine })));
  assert.deepEqual(bundles.map(({ engine }) => engine), engines);
  assert.equal(new Set(bundles.map(({ publicKeySha256 }) => publicKeySha256)).size, 3);
});

test("no secret in an error", async () => {
  const privateKey = String(openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]));
  const error = await refused(
    () => createCsr({ ...REQUEST, key: { privateKey } }),
    "unsupported-key-algorithm",
    "key.privateKey",
  );
  const told = JSON.stringify([error.message, { ...error }]);
  assert.ok(!told.includes(PASSPHRASE) && !told.includes(privateKey.slice(40, 60)));
});

test("serverCommands gives the three ways", () => {
  const commands = serverCommands({ product: "ORG_AUTH_CLI", subject: SUBJECT });
  assertPlain(commands);
  assert.ok(commands.openssl.config.includes("INSI-AUTO"));
  assert.match(commands.openssl.commands, /openssl req/);
  assert.match(commands.certreq.inf, /\[NewRequest\]/);
  assert.match(commands.certreq.commands, /certreq/);
  assert.match(commands.keytool.commands, /keytool/);
});

test("a certificate made for the request is known as its own", async () => {
  const bundle = await createCsr(REQUEST);
  const csr = file("own.csr", bundle.csrPem);
  const authority = file("authority.key", openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]));
  const root = file(
    "root.pem",
    openssl(["req", "-x509", "-key", authority, "-subj", "/C=FR/O=Essai/CN=AC d'essai", "-utf8", "-days", "30"]),
  );
  const certificate = String(
    openssl(["x509", "-req", "-in", csr, "-CA", root, "-CAkey", authority, "-set_serial", "0x51AB", "-days", "20"]),
  );
  const report = await checkCertificate({
    certificate,
    csr: bundle.csrPem,
    privateKey: bundle.privateKeyPem,
    passphrase: PASSPHRASE,
    trustAnchors: [openssl(["x509", "-in", root])],
  });
  assertPlain(report);
  assert.equal(finding(report, "key-matches-csr").severity, "ok");
  assert.equal(finding(report, "key-matches-private-key").severity, "ok");
  // A given anchor never makes an IGC-Santé certificate.
  assert.equal(finding(report, "chain-trusted").severity, "warning");
  assert.equal(report.certificate.publicKeySha256, bundle.publicKeySha256);

  const other = await createCsr({ ...REQUEST, engine: "webcrypto" });
  const mismatch = await checkCertificate({ certificate, csr: other.csrPem });
  assert.equal(finding(mismatch, "key-matches-csr").severity, "error");
  assert.equal(mismatch.verdict, "fail");
});
