// checkCertificate on real certificates.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { assertPlain, derOf, finding, load, needs, openssl, read, realData, refused } from "./support.mjs";

const { checkCertificate } = await load();
const folder = join(realData, "igc-sante/end-entity");
const present = needs(folder);
const names = present.skip ? [] : readdirSync(folder).filter((name) => name.endsWith(".pem"));

test("the real certificates are there", present, () => assert.ok(names.length > 30));

for (const name of names) {
  test(name, async () => {
    const pem = String(read(folder, name));
    const der = derOf(pem);
    const input = join(folder, name);
    const start = Date.parse(String(openssl(["x509", "-noout", "-startdate", "-in", input])).split("=")[1]);
    const at = new Date(start + 24 * 3600 * 1000).toISOString();
    const report = await checkCertificate({ certificate: pem, at });
    assertPlain(report);

    const hash = (kind) => createHash(kind).update(der).digest("hex");
    assert.equal(report.certificate.sha256, hash("sha256"));
    assert.equal(report.certificate.sha1, hash("sha1"));
    const validity = finding(report, "validity");
    assert.notEqual(validity.severity, "error", validity.title);

    const chain = finding(report, "chain-trusted");
    if (name.startsWith("legacy-") || withoutKey(name)) {
      assert.equal(chain.severity, "error");
      assert.equal(report.verdict, "fail");
      // No verified signature, no environment: names prove nothing.
      if (withoutKey(name)) assert.equal(report.certificate.environment, "unknown");
    } else {
      assert.notEqual(chain.severity, "error", JSON.stringify(chain));
      assert.equal(report.certificate.environment, name.startsWith("test-") ? "test" : "production");
      assert.ok(report.chain.length >= 2);
    }

    // Not begun, over, and altered.
    const early = await checkCertificate({ certificate: der, at: new Date(start - 1000).toISOString() });
    assert.equal(finding(early, "validity").severity, "error");
    const late = await checkCertificate({ certificate: der, at: "2049-01-01" });
    assert.equal(finding(late, "validity").severity, "error");
    der[der.length - 1] ^= 1;
    const altered = await checkCertificate({ certificate: der, at });
    assert.equal(finding(altered, "chain-trusted").severity, "error");
    assert.equal(altered.verdict, "fail");
  });
}

/** Issued by an authority of which no certificate was found: its key cannot be pinned. */
function withoutKey(name) {
  return name.startsWith("test-fo-ps-");
}

test("what is no certificate is refused", async () => {
  for (const certificate of ["", "du texte", new Uint8Array(0), new Uint8Array(1_000_000).fill(0x30)]) {
    await refused(() => checkCertificate({ certificate }), "not-a-certificate", "certificate");
  }
});
