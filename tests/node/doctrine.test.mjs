// recommend on the worked cases.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { assertPlain, design, load, needs, read } from "./support.mjs";

const { recommend } = await load();
const path = join(design, "doctrine-cases.json");
const present = needs(path);
const [, ...cases] = present.skip ? [] : JSON.parse(read(path));

test("the worked cases are there", present, () => assert.ok(cases.length > 5));

for (const { name, profile, expect } of cases) {
  test(name, () => {
    const plan = recommend(profile);
    assertPlain(plan);
    assert.equal(plan.bearer, expect.bearer);
    assert.deepEqual(plan.certificates.map(line).sort(), [...expect.certificates].sort());
    const notices = plan.notices.map(({ code }) => code);
    for (const code of expect.notices) assert.ok(notices.includes(code), `${code} among ${notices}`);
    for (const [bearer, when, recommended] of expect.options ?? []) {
      const fits = (option) =>
        option.bearer === bearer && option.when === when && option.recommended === recommended;
      assert.ok(plan.options.some(fits), `${bearer} ${when} among ${JSON.stringify(plan.options)}`);
    }
    assert.match(plan.rulesDate, /^\d{4}-\d\d-\d\d$/);
    assert.equal(plan.platformCards.length, plan.certificates.length);
    assert.ok(plan.steps.length > 0);
  });
}

/** As the cases spell a certificate. */
function line({ product, bearer, legalEntity, site, instance, commonName }) {
  const name = commonName.value ?? commonName.rule;
  return [product, bearer, legalEntity, site ?? "-", instance, name].join(" ");
}
