// The form F413: from the plan to the PDF by keyboard, judged as it is typed; and by the npm package in a host's page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { STRICT, withHost } from "../harness/host.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

/** The page's own fourth module, loaded when it is needed. */
const GREFFE = [/^\/(atelier-worker|greffe)[\w-]*\.(js|wasm)$/];

const { button, exactly, heading, holding } = walk;

/** The question of this label, in the group of this heading. */
const question = (t, group, label) =>
  t.page.locator("fieldset.card").filter({ has: t.page.getByText(exactly(group)) }).getByLabel(exactly(said(label)));

const SIGNATORY = said("f413.signatory");
const FIRST = said("f413.administrator", { n: 1 });

async function toForm(t, services = ["dmp", "insi-manu"]) {
  const lab = await walk.toStructure(t);
  await walk.toSoftware(t, services);
  await walk.toPlan(t);
  await button(t, "f413.open").click();
  await heading(t, "f413.title").waitFor();
  await question(t, SIGNATORY, "f413.last-name").waitFor();
  return lab;
}

const PERSON = [
  ["f413.last-name", "LÉVÊQUE-D'ŒUVRE"],
  ["f413.first-name", "Anaïs"],
  ["f413.phone", "03 86 93 93 93"],
  ["f413.email", "certificats@labo-exemple.fr"],
  ["f413.card", "2000000001"],
];

/** What a person would select of the file. */
function textOf(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "estampille-f413-"));
  try {
    writeFileSync(join(folder, "f413.pdf"), bytes);
    return plain(execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", "f413.pdf", "-"], { cwd: folder, encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Values and labels of the sheet on the screen, in order. */
const shown = (t) =>
  t.page.locator(".sheet-fields > div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd > .wraps")?.textContent ?? ""]),
  );

export default [
  {
    name: "from the plan to the file by keyboard",
    viewports: ["wide", "narrow"],
    timeout: 120_000,
    async run(t) {
      const lab = await walk.toStructure(t);
      await walk.toSoftware(t, ["dmp", "insi-manu"]);
      await walk.toPlan(t);
      const open = button(t, "f413.open");
      await t.tabTo(open);
      await t.page.keyboard.press("Enter");
      await heading(t, "f413.title").waitFor();
      const role = t.page.getByRole("radio", { name: exactly(said("f413.role-legal")) });
      await role.waitFor();
      assert.equal(await t.page.getByRole("radio", { name: holding(said("f413.role-titulaire")) }).count(), 0, "no titulaire without RPPS-rang");
      await role.focus();
      await t.page.keyboard.press("Space");
      for (const [label, text] of PERSON) {
        await question(t, SIGNATORY, label).focus();
        await t.page.keyboard.insertText(text);
      }
      for (const [label, text] of PERSON) {
        await question(t, FIRST, label).focus();
        await t.page.keyboard.insertText(text.replace("2000000001", "2000000002"));
      }
      await t.page.getByLabel(exactly(said("f413.editor"))).fill("Éditeur d'exemple");
      assert.match(await t.page.getByLabel(exactly(said("f413.use-label"))).inputValue(), /DMP.*INSi/);
      await t.page.locator(".sheet").getByText("LÉVÊQUE-D'ŒUVRE").first().waitFor();
      await t.page.locator(".sheet").getByText("Éditeur d'exemple").waitFor();
      await t.screen("formulaire");

      const file = await t.download(async () => {
        await t.tabTo(button(t, "f413.pdf"));
        await t.page.keyboard.press("Enter");
      });
      assert.equal(file.name, `f413_${lab.et}.pdf`);
      const text = textOf(file.bytes);
      const rows = await shown(t);
      assert.ok(rows.length > 25, `${rows.length} fields`);
      let rest = text;
      for (const [label, value] of rows) {
        const wanted = plain(`${label} ${value}`);
        assert.ok(rest.includes(wanted), `« ${wanted} » is in the file, in its place`);
        rest = rest.slice(rest.indexOf(wanted) + wanted.length);
      }
      assert.ok(text.includes(lab.et) && text.includes("LÉVÊQUE-D'ŒUVRE"));
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "what is typed wrong is told beside its field, and stays when one goes to and fro",
    async run(t) {
      await toForm(t);
      const email = question(t, SIGNATORY, "f413.email");
      await question(t, SIGNATORY, "f413.last-name").fill("Martin");
      await email.fill("anne.martin@gmail.com");
      const said2 = (code) => t.page.locator(`.field [data-code="${code}"]`);
      await said2("f413-email").first().waitFor();
      assert.equal(await said2("f413-email").count(), 2, "a provider open to all, and a person's own mailbox");
      const phone = question(t, SIGNATORY, "f413.phone");
      await phone.fill("03 86 93");
      await said2("f413-phone").waitFor();
      assert.equal(await phone.getAttribute("aria-invalid"), "true");
      await t.page.getByRole("radio", { name: exactly(said("f413.role-mandataire")) }).check();
      await t.page.locator('fieldset [data-code="f413-role"]').first().waitFor();
      assert.equal(await t.page.locator('.field [data-code="f413-missing"]').count(), 0, "nobody is scolded before the end");
      await button(t, "f413.add").click();
      await t.page.getByText(exactly(said("f413.administrator", { n: 2 }))).waitFor();
      await t.page.waitForFunction(() => document.activeElement?.id === "f413-administrators-1--lastName");
      await t.page.keyboard.insertText("DURAND");
      await t.page.locator(".sheet").getByText("DURAND").waitFor();
      await t.screen("formulaire-fautes");

      await button(t, "f413.back").click();
      await heading(t, "plan.title").waitFor();
      await button(t, "f413.open").click();
      await heading(t, "f413.title").waitFor();
      await phone.waitFor();
      assert.equal(await phone.inputValue(), "03 86 93");
      assert.equal(await question(t, said("f413.administrator", { n: 2 }), "f413.last-name").inputValue(), "DURAND");
      await button(t, "f413.remove", { n: 2 }).click();
      await t.page.getByText(exactly(said("f413.administrator", { n: 2 }))).waitFor({ state: "detached" });
      await t.page.getByRole("button", { name: "English" }).click();
      await t.page.getByText(exactly(said("f413.signatory", {}, "en"))).waitFor();
      assert.equal(await t.page.locator(".sheet dt").first().textContent(), "Dénomination de la structure");
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "prepareF413 in a page of a portal, under a strict policy",
    async run(t) {
      await withHost(t, { policy: STRICT }, async () => {
        await t.page.goto(`${t.base}vide.html`);
        const answer = await t.page.evaluate(async () => {
          const { default: init, prepareF413 } = await import("/estampille/index.js");
          await init();
          const person = { cardNumber: "2000000001", lastName: "MARTIN", firstName: "Anne", phone: "0386939393", email: "certificats@ch.fr" };
          const { sheets, pdf } = await prepareF413({
            profile: {
              sector: "officine",
              legalEntities: [{ id: "e", name: "PHARMACIE", sites: [{ id: "s", finessEt: "750712184" }] }],
              instances: [{ id: "i", name: "LGO", services: ["insi-auto"] }],
            },
            signatory: { ...person, role: "titulaire" },
            administrators: [person],
            usage: "INSi",
          });
          const codes = sheets.flatMap(({ fields }) => fields).flatMap(({ findings }) => findings).filter(({ severity }) => severity === "error");
          return { titles: sheets.map(({ title }) => title), codes: codes.map(({ code }) => code), pdf: [...pdf] };
        });
        assert.equal(answer.titles.length, 1);
        assert.deepEqual(answer.codes, ["f413-role"]);
        assert.match(textOf(Buffer.from(answer.pdf)), /PHARMACIE.*750712184.*MARTIN/);
      });
    },
  },
];
