// The dossier: what was typed is saved in a file, and comes back when that file is dropped; bad files say what they are.
import assert from "node:assert/strict";

import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

/** The page's own fourth module, loaded when it is needed. */
const GREFFE = [/^\/(atelier-worker|greffe)[\w-]*\.(js|wasm)$/];

const { button, exactly, field, heading, holding } = walk;

const done = (t, code) => t.page.locator(`li[data-step="${code}"]`).getByRole("checkbox");
const lastName = (t) => t.page.locator("#f413-signatory-lastName");
const drop = (t, file) => t.drop(t.page.locator("body"), [file]);

/** An order with steps done and a form begun; its dossier. */
async function saved(t) {
  const lab = await walk.toStructure(t);
  await walk.toSoftware(t, ["dmp", "insi-manu"], "SGL de l'Évêché");
  await walk.toPlan(t);
  await t.tabTo(done(t, "annuaire-known"), 150);
  await t.page.keyboard.press("Space");
  await done(t, "administrator-card").check();
  await t.page.getByText(exactly(said("dossier.done-count", { done: 2, total: await t.page.locator("li[data-step]").count() }))).waitFor();
  await button(t, "f413.open").click();
  await lastName(t).fill("LÉVÊQUE");
  await button(t, "f413.back").click();
  await button(t, "dossier.title").click();
  await heading(t, "dossier.title").waitFor();
  await t.screen("dossier");
  const file = await t.download(() => button(t, "dossier.save").click());
  return { lab, file };
}

async function holds(t, lab) {
  await heading(t, "plan.title").waitFor();
  assert.ok(await done(t, "annuaire-known").isChecked() && await done(t, "administrator-card").isChecked());
  assert.equal(await done(t, "f413").isChecked(), false);
  const texts = (await t.page.locator("ol.certificates > li").allInnerTexts()).map(plain);
  assert.ok(texts.length > 1 && texts.every((text) => text.includes(`1${lab.et}`) && text.includes("SGL de l'Évêché")), texts.join("\n"));
  await button(t, "f413.open").click();
  await lastName(t).waitFor();
  assert.equal(await lastName(t).inputValue(), "LÉVÊQUE");
  await button(t, "f413.back").click();
  await button(t, "plan.edit-structure").click();
  await heading(t, "structure.title").waitFor();
  assert.equal(await field(t, "structure.name").inputValue(), lab.name);
}

export default [
  {
    name: "saved, reloaded, dropped: all is there",
    viewports: ["wide", "narrow"],
    timeout: 120_000,
    async run(t) {
      const { lab, file } = await saved(t);
      assert.match(file.name, /^dossier-[a-z0-9.-]+-\d{4}-\d{2}-\d{2}\.estampille\.json$/);
      const content = JSON.parse(file.bytes.toString());
      assert.deepEqual([content.format, content.version], ["estampille-dossier", 1]);
      assert.ok(!/passphrase|PRIVATE KEY|phrase secr/i.test(file.bytes.toString()), "no secret");

      await t.open();
      await drop(t, { name: "renommé.json", bytes: file.bytes });
      await holds(t, lab);

      // Over an order in progress, one is asked.
      await field(t, "structure.name").fill("AUTRE NOM");
      await drop(t, file);
      await t.page.locator('[data-code="dossier-opened"]').waitFor();
      await t.screen("dossier-remplacer");
      await button(t, "dossier.keep").click();
      await button(t, "f413.back").click();
      await heading(t, "plan.title").waitFor();
      await button(t, "plan.edit-structure").click();
      assert.equal(await field(t, "structure.name").inputValue(), "AUTRE NOM");
      await drop(t, file);
      await button(t, "dossier.replace-now").click();
      await holds(t, lab);
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "a file that is no dossier says what it is, and nothing is lost",
    async run(t) {
      const { lab, file } = await saved(t);
      const text = file.bytes.toString();
      const bad = [
        ["dossier-damaged", text.slice(0, text.length / 2)],
        ["dossier-future", text.replace('"version": 1', '"version": 9')],
        ["not-a-dossier.json", '{"nom": "autre chose"}'],
        ["not-a-dossier.register", '{"schemaVersion": "v1.0.0", "pmej": []}'],
        ["dossier-damaged.content", text.replace('"done": [', '"done": 3, "x": [')],
      ];
      for (const [key, content] of bad) {
        await drop(t, { name: "dossier.json", bytes: Buffer.from(content) });
        const alert = t.page.getByRole("alert").filter({ hasText: holding(said(`${key}.title`)) });
        await alert.waitFor();
        assert.ok(plain(await alert.innerText()).includes(said(`${key}.action`)), key);
      }
      await t.screen("dossier-abime");
      await button(t, "f413.back").click();
      await holds(t, lab);
      t.noRequests({ allow: GREFFE });
    },
  },
];
