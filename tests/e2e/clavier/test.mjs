// Without a mouse, and by ear: everything is reached by keyboard, and what changes is said.
import assert from "node:assert/strict";

import { laboratory, withReal } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, heading, holding, report } = walk;

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

/** What a screen reader was told last. */
const announced = (t) => t.page.locator('p.visually-hidden[role="status"][aria-live="polite"]');

async function press(t, locator, key) {
  await t.tabTo(locator, 120);
  await t.page.keyboard.press(key);
}

/** The new screen begins at its heading, which has the focus. */
async function arrivedAt(t, key) {
  const title = heading(t, key);
  await title.waitFor();
  await t.page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.ok(await isFocused(title));
}

export default [
  {
    name: "from the doors to the plan without a mouse",
    async run(t) {
      const lab = laboratory();
      await t.open();
      await press(t, t.page.getByRole("button", { name: holding(said("home.order")) }), "Enter");
      await arrivedAt(t, "structure.title");

      // One stop for the whole group, arrows inside it.
      const first = t.page.getByRole("radio").first();
      await t.tabTo(first);
      const wanted = walk.sector(t, "lbm-ville");
      await t.page.keyboard.press("Space");
      for (let presses = 0; !(await wanted.isChecked()); presses += 1) {
        assert.ok(presses < 20, "the arrows do not reach the laboratory");
        await t.page.keyboard.press("ArrowDown");
      }
      await t.tabTo(field(t, "structure.name"));
      await t.page.keyboard.type(lab.name);
      await t.tabTo(field(t, "structure.finess-et"));
      await t.page.keyboard.type(lab.et);
      await press(t, button(t, "common.continue"), "Enter");
      await arrivedAt(t, "software.title");

      await t.tabTo(field(t, "software.name"));
      await t.page.keyboard.type("SGL");
      await press(t, walk.service(t, "insi-manu"), "Space");
      await press(t, button(t, "common.continue"), "Space");
      await arrivedAt(t, "plan.title");
      assert.ok(plain(await t.page.locator("ol.certificates").innerText()).includes("INSI-MANU"));
      t.noRequests();
    },
  },
  {
    name: "the skip link comes first, shows itself, and leads to the heading",
    viewports: ["wide", "narrow"],
    async run(t) {
      await t.open();
      const skip = t.page.getByRole("link", { name: exactly(said("frame.skip")) });
      await t.page.keyboard.press("Tab");
      assert.ok(await isFocused(skip), "not the first stop");
      await t.page.waitForTimeout(200);
      const box = await skip.boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0 && box.width > 40, "the link with the focus is not on the screen");
      await t.page.keyboard.press("Enter");
      assert.ok(await isFocused(heading(t, "home.title")));
    },
  },
  {
    name: "? opens the help, Escape closes it, and a question mark may still be typed",
    async run(t) {
      await t.open();
      const help = t.page.getByRole("dialog", { name: exactly(said("help.title")) });
      const opener = button(t, "frame.help");
      await press(t, opener, "Enter");
      await help.waitFor();
      await press(t, button(t, "help.close"), "Enter");
      assert.equal(await help.count(), 0);
      assert.ok(await isFocused(opener));

      await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
      await walk.sector(t, "lbm-ville").check();
      await field(t, "structure.name").focus();
      await t.page.keyboard.type("A?");
      assert.equal(await help.count(), 0);
      assert.equal(await field(t, "structure.name").inputValue(), "A?");
      await heading(t, "structure.title").focus();
      await t.page.keyboard.press("?");
      await help.waitFor();
      assert.ok(await help.evaluate((dialog) => dialog.contains(document.activeElement)), "the focus is in the dialogue");
      await t.axe();
      await t.screenshot("aide");
      await t.page.keyboard.press("Escape");
      await help.waitFor({ state: "detached" }).catch(() => help.waitFor({ state: "hidden" }));
      assert.ok(await isFocused(heading(t, "structure.title")), "the focus is back where it was");
    },
  },
  {
    name: "the verdict is said aloud, and its folded parts open by key",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (certificate) => {
        await t.page.clock.setFixedTime(new Date("2026-11-20T12:00:00Z"));
        await t.open("#/verifier");
        await t.tabTo(walk.fileInput(t, "check.drop"));
        await t.choose(walk.fileInput(t, "check.drop"), [certificate]);
        const place = report(t, certificate.name);
        await place.waitFor();
        const headline = plain(await place.getByRole("heading", { level: 2 }).innerText());
        await announced(t).getByText(exactly(headline)).waitFor({ state: "attached" });
        await press(t, place.locator("details.findings > summary"), "Enter");
        assert.ok(await finding(place, "chain-trusted").isVisible());
        await press(t, place.getByText(exactly(said("check.details"))), "Space");
        assert.ok(await place.getByText(exactly(said("check.serial"))).isVisible());
      }),
  },
  {
    name: "the key and its request are made and kept by keyboard",
    async run(t) {
      await walk.toInsiKey(t);
      await press(t, walk.there(t), "ArrowDown");
      assert.ok(await walk.here(t).isChecked());
      await press(t, button(t, "key.propose"), "Enter");
      const phrase = await field(t, "key.passphrase").inputValue();
      await press(t, button(t, "key.make"), "Enter");
      await walk.made(t);
      await announced(t).getByText(exactly(said("key.made"))).waitFor({ state: "attached" });
      const save = walk.section(t, "key.save-title").getByRole("button", { name: exactly(said("common.download")) });
      const key = await t.download(() => press(t, save, "Enter"));
      await t.tabTo(walk.fileInput(t, "key.file"));
      await t.choose(walk.fileInput(t, "key.file"), [key]);
      await t.tabTo(walk.section(t, "key.verify-title").getByLabel(exactly(said("key.passphrase"))));
      await t.page.keyboard.type(phrase);
      await press(t, button(t, "key.verify"), "Enter");
      await walk.verified(t);
      await announced(t).getByText(exactly(said("key.verified"))).waitFor({ state: "attached" });
    },
  },
];
