// The whole way without a mouse: three letters, the right FINESS, the plan, the F413, a key that is kept, a request.
import assert from "node:assert/strict";

import { OFFICINE } from "../../registers.mjs";
import { Workshop, requestParts } from "../harness/openssl.mjs";
import { options, registerFiles } from "../harness/register.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, fileInput, heading, holding } = walk;

/** The page's own fourth module, loaded when it is needed. */
const GREFFE = [/^\/(atelier-worker|greffe)[\w-]*\.(js|wasm)$/];

async function press(t, locator, key = "Enter") {
  await t.tabTo(locator, 150);
  await t.page.keyboard.press(key);
}

const SIGNATORY = [
  ["lastName", "TILLIER"],
  ["firstName", "Éloïse"],
  ["phone", "0495290000"],
  ["email", "pharmacie@exemple.fr"],
  ["cardNumber", "2000000001"],
];

async function fillPerson(t, path, people) {
  for (const [name, text] of people) {
    await t.tabTo(t.page.locator(`#f413-${path}-${name}`), 150);
    await t.page.keyboard.insertText(text);
  }
}

export default [
  {
    name: "three letters, the right FINESS, the plan, the F413, the key, the request: without a mouse",
    timeout: 180_000,
    async run(t) {
      await t.open();
      await press(t, t.page.getByRole("button", { name: holding(said("home.order")) }));
      await heading(t, "structure.title").waitFor();
      await t.choose(fileInput(t, "register.file"), registerFiles());
      await t.page.waitForFunction(() => document.activeElement?.id === "structure-cherchee");
      await t.page.keyboard.type("til");
      await options(t).first().waitFor();
      const numbers = await options(t).evaluateAll((all) => all.map(({ id }) => id));
      const wanted = numbers.indexOf(`structure-${OFFICINE.number}`);
      assert.ok(wanted >= 0, `${OFFICINE.number} among ${numbers}`);
      for (let at = 0; at <= wanted; at += 1) await t.page.keyboard.press("ArrowDown");
      await t.page.keyboard.press("Enter");
      await button(t, "register.take").waitFor();
      await press(t, button(t, "register.take"));
      await t.page.waitForFunction(() => document.activeElement?.id === "porteur");
      await press(t, button(t, "common.continue"));
      await heading(t, "software.title").waitFor();
      await t.tabTo(field(t, "software.name"));
      await t.page.keyboard.type("LGO");
      await press(t, walk.service(t, "insi-auto"), "Space");
      await press(t, button(t, "common.continue"));
      await heading(t, "plan.title").waitFor();

      await press(t, button(t, "f413.open"));
      await heading(t, "f413.title").waitFor();
      await t.page.locator("#f413-signatory-lastName").waitFor();
      await press(t, t.page.getByRole("radio", { name: exactly(said("f413.role-legal")) }), "Space");
      await fillPerson(t, "signatory", SIGNATORY);
      await fillPerson(t, "administrators-0-", SIGNATORY);
      await t.tabTo(t.page.locator("#f413-editor"), 150);
      await t.page.keyboard.insertText("Éditeur d'exemple");
      await t.page.locator(".sheet").getByText("Éditeur d'exemple").waitFor();
      const sheet = plain(await t.page.locator(".sheet").innerText());
      assert.ok(sheet.includes(OFFICINE.number) && sheet.includes(OFFICINE.name), sheet);
      assert.equal(await t.page.locator(".sheet .finding.error").count(), 0, "nothing to correct");
      await t.tabTo(button(t, "f413.pdf"), 150);
      const file = await t.download(() => t.page.keyboard.press("Enter"));
      assert.equal(file.bytes.subarray(0, 5).toString("latin1"), "%PDF-");
      await press(t, button(t, "f413.back"));
      await heading(t, "plan.title").waitFor();

      await press(t, t.page.getByRole("button", { name: holding(said("plan.prepare-for")) }).first());
      await heading(t, "generate.title").waitFor();
      await press(t, walk.there(t), "ArrowDown");
      await press(t, button(t, "key.propose"));
      const phrase = await field(t, "key.passphrase").inputValue();
      await press(t, button(t, "key.make"));
      await walk.made(t);
      const save = (key) => walk.section(t, key).getByRole("button", { name: exactly(said("common.download")) });
      const key = await t.download(() => press(t, save("key.save-title")));
      await t.tabTo(fileInput(t, "key.file"), 150);
      await t.choose(fileInput(t, "key.file"), [key]);
      await t.tabTo(walk.section(t, "key.verify-title").getByLabel(exactly(said("key.passphrase"))), 150);
      await t.page.keyboard.type(phrase);
      await press(t, button(t, "key.verify"));
      await walk.verified(t);
      const request = await t.download(() => press(t, save("key.csr-title")));
      await Workshop.use(async (shop) => {
        shop.write("demande.csr", request.bytes);
        shop.demand(["req", "-verify", "-noout", "-in", "demande.csr"]);
        const { subject } = requestParts(shop.der("req", "demande.csr"));
        assert.ok(subject.includes(Buffer.from(`1${OFFICINE.number}`)) && subject.includes(Buffer.from("INSI-AUTO")));
      });
      t.noRequests({ allow: GREFFE });
    },
  },
];
