// A structure that contradicts itself: the page says what, and keeps what was typed.
import assert from "node:assert/strict";

import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding } = walk;

const obstacle = (t, key) => t.page.getByRole("alert").filter({ hasText: holding(said(key)) });

export default [
  {
    name: "one number for two sites is told at once, and mended where it was typed",
    async run(t) {
      const lab = await walk.toStructure(t);
      await button(t, "structure.add-site").click();
      await t.page.waitForFunction(() => document.activeElement?.id.startsWith("site-"));
      const numbers = field(t, "structure.finess-et");
      await numbers.nth(1).fill(lab.et);
      await button(t, "common.continue").click();
      const told = obstacle(t, "invalid-profile.number-twice.action");
      await told.waitFor();
      assert.ok(plain(await told.innerText()).replaceAll(" ", "").includes(lab.et), "the number is named");
      await heading(t, "structure.title").waitFor();
      await t.screen("numero-double");

      await told.getByRole("button", { name: exactly(said("plan.correct")) }).click();
      await t.page.waitForFunction(() => document.activeElement?.id.startsWith("et-"));
      assert.equal(await field(t, "structure.name").inputValue(), lab.name);
      assert.equal(await numbers.first().inputValue(), lab.et);
      await numbers.nth(1).fill("");
      await told.waitFor({ state: "detached" });
      await walk.toSoftware(t, ["insi-manu"], "SGL Hexa");
      await walk.toPlan(t);
      await t.page.locator("ol.certificates > li").first().waitFor();
      t.noRequests();
    },
  },
  {
    name: "the same number as legal entity and as site is told in words",
    async run(t) {
      await t.open("#/structure");
      await walk.sector(t, "etablissement-public").check();
      await t.page.getByRole("radio", { name: holding(said("structure.contract-et")) }).check();
      await field(t, "structure.finess-ej").fill("590049011");
      // Outside the Ségur it is the contract's number that counts: the page then asks for the site's too.
      await walk.toSoftware(t, ["psig"], "SGL Hexa");
      await t.page.goBack();
      await field(t, "structure.finess-et").fill("590049011");
      await button(t, "common.continue").click();
      const told = obstacle(t, "invalid-profile.number-ej-and-et.action");
      await told.waitFor();
      assert.ok(plain(await told.innerText()).includes(said("invalid-profile.number-ej-and-et.title", { number: "590049011" })));

      // An address typed by hand shows the same, and the way back.
      await t.page.evaluate(() => { location.hash = "#/commande"; });
      await t.page.getByRole("heading", { name: exactly(said("plan.cannot")) }).waitFor();
      await obstacle(t, "invalid-profile.number-ej-and-et.action").waitFor();
      await t.screen("commande-impossible");
      await button(t, "plan.edit-software").click();
      assert.equal(await field(t, "software.name").inputValue(), "SGL Hexa");
      t.noRequests();
    },
  },
];
