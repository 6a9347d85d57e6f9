// assemble: the kit of a certificate and its key, judged by OpenSSL.

import assert from "node:assert/strict";
import test from "node:test";
import { assertPlain, derOf, file, finding, load, openssl, refused } from "./support.mjs";

const { assemble } = await load();
const KEY = "phrase de la clé";
const KIT = "tuile-verger-ombre-sapin-canal";

openssl(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=AC ESSAI", "-keyout", "ca.key", "-out", "ca.pem"]);
openssl(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/C=FR/O=ESSAI/CN=INSI-AUTO", "-keyout", "clair.key", "-out", "r.csr"]);
openssl(["x509", "-req", "-in", "r.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20", "-out", "c.pem"]);
openssl(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", "clair.key", "-passout", "env:PASSPHRASE", "-out", "garde.key"], { passphrase: KEY });
const [certificate, chain, privateKey] = ["c.pem", "ca.pem", "garde.key"].map((name) => Buffer.from(String(openssl(["base64", "-A", "-in", name])), "base64"));
const input = { certificate, privateKey, passphrase: KEY, chain: [chain], outputPassphrase: KIT };

test("OpenSSL opens what comes back, and the key is the one that was given", async () => {
  const kit = await assemble(input);
  assertPlain(kit);
  file("kit.p12", kit.pkcs12);
  const inside = String(openssl(["pkcs12", "-in", "kit.p12", "-passin", "env:PASSPHRASE", "-nodes"], { passphrase: KIT }));
  const publicOf = (text) => String(openssl(["pkey", "-pubout"], { input: text }));
  assert.equal(publicOf(inside), String(openssl(["pkey", "-in", "clair.key", "-pubout"])));
  file("kit.key", kit.encryptedPrivateKeyPem);
  openssl(["pkey", "-in", "kit.key", "-passin", "env:PASSPHRASE", "-noout"], { passphrase: KIT });
  assert.deepEqual(derOf(kit.fullChainPem), derOf(certificate));
  assert.deepEqual([...kit.zip.subarray(0, 2)], [...Buffer.from("PK")]);
  assert.ok(kit.truststoreJks.length > 100);
});

test("without a chain the kit is made, and says so", async () => {
  const kit = await assemble({ ...input, chain: undefined, profile: "legacy" });
  assert.equal(finding(kit, "chain-missing").severity, "warning");
  assert.equal(kit.truststoreJks, undefined);
});

test("what cannot be done says where", async () => {
  await refused(() => assemble({ ...input, passphrase: "une autre" }), "wrong-passphrase", "passphrase");
  await refused(() => assemble({ ...input, profile: "legacy", outputPassphrase: "été et hiver" }), "passphrase-charset", "outputPassphrase");
  const other = openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
  await refused(() => assemble({ ...input, privateKey: other }), "key-mismatch", "privateKey");
  await refused(() => assemble({ ...input, privateKey: undefined }), "private-key-required", "privateKey");
  await refused(() => assemble({ outputPassphrase: KIT }), "invalid-input", "certificate");
});
