// A key is lost, or somebody else has it: what to do, in which order, to be ticked and printed.
import assert from "node:assert/strict";

import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, heading, holding } = walk;

const door = (t, word) => t.page.getByRole("radio", { name: holding(said(`lost.${word}-means`)) });

const step = (t, name) => t.page.locator(".checklist li").filter({ has: t.page.getByText(exactly(said(`lost-key.${name}.title`))) });

async function order(t) {
  const titles = await t.page.locator(".checklist h3 label").allInnerTexts();
  return (name) => titles.map(plain).indexOf(said(`lost-key.${name}.title`));
}

export default [
  {
    name: "a copied key is revoked first, a lost one last, and what is not confirmed says so",
    async run(t) {
      await t.open("#/cle-perdue");
      await heading(t, "lost.title").waitFor();
      assert.equal(await t.page.locator(".checklist").count(), 0);
      await door(t, "copied").check();
      await t.page.getByRole("status").getByText(exactly(said("lost.steps-copied"))).waitFor({ state: "attached" });
      const copied = await order(t);
      assert.ok(copied("revoke-now") === 0 && copied("which") < copied("new-key") && copied("new-key") < copied("order"));
      assert.ok(plain(await step(t, "no-code").innerText()).includes(said("lost.unconfirmed")));
      assert.ok((await step(t, "revoke-now").innerText()).includes("https://pfc.eservices.esante.gouv.fr"));
      assert.ok((await step(t, "tell-ans").innerText()).includes("monserviceclient.certificats@esante.gouv.fr"));
      assert.ok(plain(await step(t, "who").innerText()).includes(said("who.mandataire")));

      await step(t, "revoke-now").getByRole("checkbox").check();
      await t.page.getByRole("status").getByText(holding(said("lost.done", { done: 1, total: await t.page.locator(".checklist li > h3").count() }))).first().waitFor();

      await door(t, "lost").check();
      const lost = await order(t);
      assert.equal(lost("search"), 0);
      assert.ok(lost("renew") >= 0 && lost("renew") < lost("revoke-then"));
      assert.equal(await t.page.locator(".checklist input:checked").count(), 0);
      await t.page.getByRole("button", { name: exactly(said("frame.other-language")) }).click();
      await t.page.getByText(exactly(said("lost-key.search.title", {}, "en"))).waitFor();
      t.noRequests();
    },
  },
  {
    name: "reached from Vérifier, by keyboard, and ready for paper",
    browsers: ["chromium"],
    async run(t) {
      await t.open("#/cle-perdue");
      await t.tabTo(door(t, "copied"));
      await t.page.keyboard.press("Space");
      await t.page.locator(".checklist").waitFor();
      await t.tabTo(step(t, "which").getByRole("checkbox"));
      await t.page.keyboard.press("Space");
      assert.ok(await step(t, "which").getByRole("checkbox").isChecked());
      await t.page.emulateMedia({ media: "print" });
      assert.ok(await step(t, "order").isVisible());
      assert.equal(await door(t, "copied").isVisible(), false);
      assert.equal(await button(t, "lost.print").isVisible(), false);
      await t.screenshot("papier");
      await t.page.emulateMedia({ media: "screen" });
    },
  },
  {
    name: "the screen",
    viewports: ["wide", "narrow"],
    schemes: ["light", "dark"],
    browsers: ["chromium"],
    async run(t) {
      await t.open("#/cle-perdue");
      await t.screen("portes");
      for (const word of ["lost", "copied"]) {
        await door(t, word).check();
        await t.page.locator(".checklist").waitFor();
        await t.screen(word === "lost" ? "perdue" : "copiee");
      }
    },
  },
];
