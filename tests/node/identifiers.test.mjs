// parseIdentifier on the vectors of the rules' sources.

import assert from "node:assert/strict";
import test from "node:test";
import { assertPlain, load } from "./support.mjs";

const { parseIdentifier } = await load();

const VALID = {
  finess: "010000016 010780195 540002698 350005179 750712184 970100012 980501506 2A0000014 2A0023271 2B0000012",
  siren: "187512751 732829320",
  siret: "18751275100020 73282932000074 26010004500012",
  rpps: "10002813839 99700218896",
  "rpps-rang": "99700024450014 99700367909006",
  "structure-id": "1750712184 318751275100020 499700024450014",
};

for (const [kind, numbers] of Object.entries(VALID)) {
  test(`valid ${kind}`, () => {
    for (const number of numbers.split(" ")) {
      const report = parseIdentifier(kind, number);
      assertPlain(report);
      assert.equal(report.kind, kind);
      assert.equal(report.valid, true, `${number}: ${JSON.stringify(report.findings)}`);
      assert.equal(report.canonical, number);
    }
  });
}

const INVALID = [
  ["finess", "010000017", "check-key"],
  ["finess", "2A0000015", "check-key"],
  ["finess", "01000001", "length"],
  ["finess", "01000001!", "charset"],
  ["finess", "", "length"],
  ["siren", "187512752", "check-key"],
  ["finess", "187512751", "look-alike"],
];

for (const [kind, text, code] of INVALID) {
  test(`${kind} ${JSON.stringify(text)}: ${code}`, () => {
    const report = parseIdentifier(kind, text);
    assert.equal(report.valid, false);
    assert.ok(!("canonical" in report));
    const codes = report.findings.map((finding) => finding.code);
    assert.ok(codes.includes(code), `${codes}`);
    for (const finding of report.findings) assert.ok(finding.title.length > 5);
  });
}

test("spaces and case are forgiven, test numbers are told", () => {
  assert.equal(parseIdentifier("finess", " 2a 000 0014 ").canonical, "2A0000014");
  const report = parseIdentifier("finess", "0B0152872");
  assert.equal(report.valid, true);
  assert.equal(report.facts.environment, "test");
  assert.ok(report.findings.some(({ code, severity }) => code === "test-identifier" && severity === "warning"));
});

test("a SIRET whose key is wrong is a warning: some exact ones are", () => {
  const report = parseIdentifier("siret", "18751275100021");
  assert.equal(report.valid, true);
  assert.deepEqual(report.findings.map(({ code, severity }) => `${code} ${severity}`), ["check-key warning"]);
});

test("a megabyte of noise is only an identifier that is too long", () => {
  for (const kind of Object.keys(VALID).concat("fqdn", "email", "mail-domain", "card-number", "adeli")) {
    const report = parseIdentifier(kind, "é7 ".repeat(350_000));
    assert.equal(report.valid, false, kind);
    assert.ok(JSON.stringify(report).length < 5000, `${kind} repeats what it was given`);
  }
});
