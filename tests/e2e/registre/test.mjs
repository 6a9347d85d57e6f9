// The FINESS register in the page: read, searched and taken over; by keyboard; what is no register; kept and forgotten.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { BAD, HOSPITAL, IMAGING, LABORATORY, MAIN_SITE, OFFICINE, PLATEAU, SITES, structures } from "../../registers.mjs";
import { SINGLE } from "../harness/paths.mjs";
import { realRegister } from "../harness/real-data.mjs";
import { find, giveRegister, options, problem, registerFiles, registerIndex, searchField, toRegister } from "../harness/register.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, fileInput, heading, holding } = walk;

/** What the register is read by, which comes when it is first needed. */
const GREFFE = [/^\/(greffe[\w-]*|atelier-worker)\.(js|wasm)$/];
const grouped = (number) => `${number.slice(0, 2)} ${number.slice(2, 5)} ${number.slice(5)}`;
const finding = (t, code) => t.page.locator(`.field-report [data-code="${code}"]`);
const text = async (locator) => plain(await locator.innerText());

/** The page as `cargo xtask build` makes it where there is an index. */
async function withServed(t, { status = 200, body } = {}) {
  await t.page.route(t.base, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(/name="estampille-register" content="[^"]*"/, 'name="estampille-register" content="./finess.index"');
    await route.fulfill({ response, body: html });
  });
  await t.page.context().route("**/finess.index", (route) => route.fulfill({ status, body, contentType: "application/octet-stream" }));
}

const bad = ([name, { bytes, code }]) => ({
  name: `${name}: the page says what it is, and the register that was loaded stays`,
  async run(t) {
    await t.open();
    await toRegister(t);
    await giveRegister(t);
    await t.page.getByText(exactly(said("register.other"))).click();
    await t.choose(fileInput(t, "register.file"), [{ name: "fichier", bytes: Buffer.from(bytes) }]);
    await problem(t).waitFor();
    assert.ok((await text(problem(t))).length > 20, code);
    await searchField(t).fill("lbm plateau");
    await options(t).filter({ hasText: PLATEAU.name }).waitFor();
    t.noRequests({ allow: GREFFE });
  },
});

export default [
  {
    name: "three letters, the right FINESS, the plan: without a mouse",
    viewports: ["wide", "narrow"],
    timeout: 90_000,
    async run(t) {
      await t.open();
      await t.tabTo(t.page.getByRole("button", { name: holding(said("home.order")) }));
      await t.page.keyboard.press("Enter");
      await heading(t, "structure.title").waitFor();
      await t.screen("registre-absent");
      await t.choose(fileInput(t, "register.file"), registerFiles());
      // The field has the focus once the register is there.
      await t.page.waitForFunction(() => document.activeElement?.id === "structure-cherchee");
      await t.page.keyboard.type("til");
      await options(t).first().waitFor();
      assert.equal(await searchField(t).getAttribute("aria-expanded"), "true");
      assert.equal(await searchField(t).getAttribute("aria-activedescendant"), null);
      await t.screen("registre-liste");
      const numbers = await options(t).evaluateAll((all) => all.map(({ id }) => id));
      const wanted = numbers.indexOf(`structure-${OFFICINE.number}`);
      assert.ok(wanted >= 0, `${OFFICINE.number} among ${numbers}`);
      for (let at = 0; at <= wanted; at += 1) await t.page.keyboard.press("ArrowDown");
      assert.equal(await searchField(t).getAttribute("aria-activedescendant"), `structure-${OFFICINE.number}`);
      assert.equal(await options(t).nth(wanted).getAttribute("aria-selected"), "true");
      // Round, and back.
      await t.page.keyboard.press("ArrowUp");
      await t.page.keyboard.press("ArrowDown");
      await t.page.keyboard.press("Enter");
      assert.equal(await searchField(t).getAttribute("aria-expanded"), "false");
      await button(t, "register.take").waitFor();
      const card = t.page.locator(".structure-card");
      assert.ok((await text(card)).includes(grouped(OFFICINE.number)));
      assert.ok((await text(card)).includes(OFFICINE.entity.name), "its legal entity");
      assert.ok((await text(card)).includes(said("sector.officine")));
      await t.screen("registre-fiche");
      await t.tabTo(button(t, "register.take"));
      await t.page.keyboard.press("Enter");
      await t.page.waitForFunction(() => document.activeElement?.id === "porteur");
      assert.ok((await text(t.page.locator("#porteur"))).includes(grouped(OFFICINE.number)), "which number, and why");
      assert.equal(await walk.sector(t, "officine").isChecked(), true);
      assert.equal(await field(t, "structure.finess-et").inputValue(), OFFICINE.number);
      assert.equal(await field(t, "structure.name").inputValue(), OFFICINE.name);
      await finding(t, "finess-kind").waitFor();
      await t.screen("registre-repris");
      await t.tabTo(button(t, "common.continue"));
      await t.page.keyboard.press("Enter");
      await heading(t, "software.title").waitFor();
      await t.tabTo(field(t, "software.name"));
      await t.page.keyboard.type("LGO");
      await t.tabTo(walk.service(t, "dmp"));
      await t.page.keyboard.press("Space");
      await t.tabTo(button(t, "common.continue"));
      await t.page.keyboard.press("Enter");
      await heading(t, "plan.title").waitFor();
      assert.ok((await text(t.page.locator("main"))).includes(grouped(OFFICINE.number)));
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "a legal entity is shown with its sites, and one of them is taken; another joins it",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      await find(t, LABORATORY.number);
      await t.page.locator(".its-sites li").first().waitFor();
      assert.equal(await t.page.locator(".its-sites li").count(), 2);
      await t.screen("registre-entite");
      await t.page.getByRole("button", { name: exactly(said("register.take-named", { name: PLATEAU.name })) }).click();
      await t.page.locator("#porteur").waitFor();
      assert.equal(await walk.sector(t, "lbm-ville").isChecked(), true);
      await t.page.getByRole("button", { name: exactly(said("register.take-named", { name: SITES[4].name })) }).click();
      await t.page.waitForFunction(() => document.querySelectorAll("fieldset.site").length === 2);
      const numbers = await t.page.locator("[id^=et-site]:is(input)").evaluateAll((all) => all.map(({ value }) => value));
      assert.deepEqual(numbers, [PLATEAU.number, SITES[4].number]);
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "a sector the register does not tell is asked, with the reason",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      await find(t, SITES.find(({ entity }) => entity === IMAGING).number);
      await t.page.locator('.structure-card [data-code="sector-to-choose"]').waitFor();
      await button(t, "register.take").click();
      assert.equal(await t.page.locator("input[name=secteur]:checked").count(), 0);
      await walk.sector(t, "radiologie-ville").check();
      assert.equal(await field(t, "structure.name").inputValue(), "IMAGERIE DES QUAIS");
    },
  },
  {
    name: "a number that is typed is held against the register: the legal entity's where the site's is wanted",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      await walk.sector(t, "lbm-ville").check();
      const et = field(t, "structure.finess-et");
      await et.fill(LABORATORY.number);
      const wrong = finding(t, "finess-kind").filter({ hasText: PLATEAU.number });
      await wrong.waitFor();
      assert.ok(plain(await wrong.innerText()).includes(said("finess-kind.entity-main-site.title")));
      assert.equal(await et.getAttribute("aria-invalid"), "true");
      assert.ok(!(await text(t.page.locator("#porteur"))).includes(grouped(LABORATORY.number)), "a wrong number is not promised");
      await t.screen("registre-numero-ej");
      await et.fill(PLATEAU.number);
      await finding(t, "finess-kind").filter({ hasText: PLATEAU.name }).waitFor();
      assert.equal(await et.getAttribute("aria-invalid"), "false");
      await et.fill("750712184");
      await finding(t, "finess-not-in-register").waitFor();
      await walk.sector(t, "etablissement-public").check();
      const ej = field(t, "structure.finess-ej");
      await ej.fill(MAIN_SITE.number);
      await finding(t, "finess-kind").filter({ hasText: HOSPITAL.number }).waitFor();
      t.noRequests({ allow: GREFFE });
    },
  },
  ...Object.entries(BAD).map(bad),
  {
    name: "sites without the names of their entities, an old file, a closed structure: said beside the search",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t, registerFiles({ date: "2021-01-08" }).slice(0, 1));
      const said_ = (code) => t.page.locator(`.register > [data-code="${code}"], .register [data-code="${code}"]`).first();
      await said_("register-without-entities").waitFor();
      await said_("register-outdated").waitFor();
      await t.screen("registre-ancien");
      await giveRegister(t, [{ name: "finess-structures.json", bytes: Buffer.from(structures()) }]);
      await said_("register-without-entities").waitFor({ state: "detached" });
      await find(t, SITES[2].number);
      assert.ok((await text(t.page.locator(".structure-card h3"))).includes(said("register.closed")));
    },
  },
  {
    name: "the reading is told and stopped; what was loaded before stays",
    async run(t) {
      // Each piece of a file takes its time, as that of a slow disk.
      await t.page.addInitScript(() => {
        const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = async function arrayBuffer() {
          await new Promise((resolve) => setTimeout(resolve, this.size > 1000 ? 150 : 0));
          return read.call(this);
        };
      });
      await t.open();
      await toRegister(t);
      const [small] = registerFiles();
      const long = { name: "long.csv", bytes: Buffer.concat(Array(4000).fill(small.bytes)) };
      await t.choose(fileInput(t, "register.file"), [long]);
      await button(t, "register.stop").waitFor();
      await t.page.waitForFunction(() => document.querySelector(".register progress").value > 5);
      await t.screen("registre-lecture");
      await button(t, "register.stop").click();
      await button(t, "register.stop").waitFor({ state: "detached" });
      assert.equal(await searchField(t).count(), 0);
      await giveRegister(t);
      await t.page.getByText(exactly(said("register.other"))).click();
      await t.choose(fileInput(t, "register.file"), [long]);
      await button(t, "register.stop").click();
      await searchField(t).fill("lbm plateau");
      await options(t).filter({ hasText: PLATEAU.name }).waitFor();
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "in English, what was already said is said again",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      await find(t, PLATEAU.number);
      await t.page.getByRole("button", { name: "English" }).click();
      await t.page.getByText(said("register-read.title", { sites: 8, entities: 5 }, "en").slice(0, 15)).first().waitFor();
      await t.page.locator(".structure-card").getByText(said("sector-proposed.category.title", {}, "en")).waitFor();
    },
  },
  {
    name: "kept when it is asked for, there again after a reload, and forgotten",
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      const more = t.page.locator(".register details summary").filter({ hasText: plain(said("register.keep")) });
      await more.click();
      await button(t, "register.keep").click();
      await t.page.getByText(exactly(said("register.kept"))).first().waitFor();
      await t.page.waitForFunction(() => document.activeElement?.id === "oublier-registre");
      await t.screen("registre-garde");
      const index = await t.download(() => button(t, "register.save").click());
      assert.equal(index.bytes.subarray(0, 8).toString(), "ESTFINES");
      await t.page.reload();
      await t.opened();
      await searchField(t).waitFor();
      assert.ok((await text(t.page.locator(".register-date"))).includes("12 mai 2026"));
      await button(t, "register.forget").click();
      await more.waitFor();
      await t.page.waitForFunction(() => document.activeElement?.id === "garder-registre");
      await t.page.reload();
      await t.opened();
      await t.page.getByRole("heading", { name: exactly(said("register.title")) }).waitFor();
      assert.equal(await searchField(t).count(), 0);
      // The index that was saved opens as the files do.
      await giveRegister(t, [index]);
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "no room to keep it: said, and the register stays",
    browsers: ["chromium"],
    async run(t) {
      await t.open();
      await toRegister(t);
      await giveRegister(t);
      const session = await t.page.context().newCDPSession(t.page);
      await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(t.page.url()).origin, quotaSize: 1 });
      await t.page.locator(".register details summary").filter({ hasText: plain(said("register.keep")) }).click();
      await button(t, "register.keep").click();
      await problem(t).waitFor();
      assert.ok((await text(problem(t))).includes(said("register-not-kept.quota.title")));
      await searchField(t).fill("lbm plateau");
      await options(t).first().waitFor();
    },
  },
  {
    name: "an index that the host serves is loaded by a button",
    async run(t) {
      await withServed(t, { body: await registerIndex() });
      await t.open();
      await toRegister(t);
      await t.screen("registre-fourni");
      await button(t, "register.load").click();
      await find(t, "lbm plateau");
      t.noRequests({ allow: [...GREFFE, /^\/finess\.index$/] });
    },
  },
  ...[
    ["not there", () => ({ status: 404, body: "absent" }), "register-not-served.title"],
    ["damaged", (index) => ({ body: index.subarray(0, index.length - 9) }), "bad-index.title"],
    ["of another version", (index) => ({ body: Buffer.concat([index.subarray(0, 8), Buffer.of(index[8] + 1), index.subarray(9)]) }), "bad-index.version.title"],
  ].map(([what, answer, key]) => ({
    name: `an index that the host should serve is ${what}: said, and the file may be given`,
    async run(t) {
      t.expectErrors(/404/);
      await withServed(t, answer(await registerIndex()));
      await t.open();
      await toRegister(t);
      await button(t, "register.load").click();
      await problem(t).waitFor();
      assert.ok((await text(problem(t))).includes(said(key)), await text(problem(t)));
      await giveRegister(t);
    },
  })),
  {
    name: "the real extract: three words, a hospital among ninety-five thousand sites, and the page answers meanwhile",
    async run(t) {
      const file = realRegister();
      if (file === undefined) return;
      await t.open();
      await toRegister(t);
      await t.page.evaluate(() => {
        // The longest time between two turns of the page.
        globalThis.longest = 0;
        let last = performance.now();
        setInterval(() => {
          globalThis.longest = Math.max(globalThis.longest, performance.now() - last);
          last = performance.now();
        }, 5);
      });
      await giveRegister(t, [file]);
      const longest = await t.page.evaluate(() => globalThis.longest);
      assert.ok(longest < 1000, `the page stood still for ${longest} ms`);
      await t.page.locator('.register [data-code="register-outdated"]').waitFor();
      await find(t, "ch valenciennes");
      assert.match(await text(t.page.locator(".structure-card")), /VALENCIENNES/);
      assert.ok((await text(t.page.locator(".structure-card"))).includes(said("sector.etablissement-public")));
      await t.screen("registre-reel");
      t.noRequests({ allow: GREFFE });
    },
  },
  {
    name: "in the single file too, which says whose storage it is",
    async run(t) {
      const folder = await mkdtemp(join(tmpdir(), "estampille-registre-"));
      try {
        const path = join(folder, "estampille.html");
        await copyFile(SINGLE, path);
        t.useFile(pathToFileURL(path).href);
        await t.open();
        await toRegister(t);
        assert.equal(await button(t, "register.load").count(), 0);
        await giveRegister(t);
        await find(t, "lbm plateau");
        const more = t.page.locator(".register details summary").filter({ hasText: plain(said("register.keep")) });
        await more.click();
        await t.page.getByText(exactly(said("register.keep-disk"))).waitFor();
        await button(t, "register.keep").click();
        await t.page.getByText(exactly(said("register.kept"))).first().waitFor();
        await button(t, "register.forget").click();
        await more.waitFor();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];
