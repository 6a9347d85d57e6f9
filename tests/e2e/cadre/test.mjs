// Around every screen: language, appearance, steps, addresses, the guard, the footer; and the page before it runs.
import assert from "node:assert/strict";

import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding } = walk;

const html = (t) => t.page.locator("html");

const steps = (t) => t.page.getByRole("navigation", { name: exactly(said("frame.steps")) });

const STEPS = ["structure", "software", "plan", "key", "platform", "check", "finish"];

/** Whether the page would ask before being left: the question itself is the browser's, and cannot be read everywhere. */
const asksBeforeLeaving = (t) => t.page.evaluate(() => !globalThis.dispatchEvent(new Event("beforeunload", { cancelable: true })));

/** The words between tags, as a person reads them. */
const words = (markup) => plain(markup.replace(/<[^>]*>/g, " ").replaceAll("&amp;", "&").replaceAll("’", "'"));

const all = (markup, pattern) => [...markup.matchAll(pattern)].map((found) => words(found[1]));

export default [
  {
    name: "the page before it runs says what it says after",
    async run(t) {
      const markup = await (await fetch(t.base)).text();
      const main = markup.slice(markup.indexOf("<main"), markup.indexOf("</main>"));
      const still = {
        brand: words(/class="brand"[^>]*>(.*?)<\/(?:p|button)>/s.exec(markup)[1]),
        promise: words(/class="promise"[^>]*>(.*?)<\/p>/s.exec(markup)[1]),
        heading: all(main, /<h1[^>]*>(.*?)<\/h1>/gs),
        lead: all(main, /class="lead"[^>]*>(.*?)<\/p>/gs),
        doors: all(main, /class="door-title"[^>]*>(.*?)<\/span>/gs),
        means: all(main, /class="door-means"[^>]*>(.*?)<\/span>/gs),
      };
      await t.open();
      const texts = async (selector) => (await t.page.locator(selector).allInnerTexts()).map((text) => words(text));
      const live = {
        brand: (await texts(".brand"))[0],
        promise: (await texts(".promise"))[0],
        heading: await texts("main h1"),
        lead: await texts("main .lead"),
        doors: await texts("main .door-title"),
        means: await texts("main .door-means"),
      };
      assert.deepEqual(still, live);
      assert.deepEqual(live.heading, [said("home.title")]);
      assert.equal(live.doors.length, 3);
    },
  },
  {
    name: "the language changes everywhere and back, and is told to the browser",
    viewports: ["wide", "narrow"],
    async run(t) {
      await t.open();
      const other = (locale) => t.page.getByRole("button", { name: exactly(said("frame.other-language", {}, locale)) });
      assert.notEqual(await other("fr").getAttribute("lang"), "fr", "a button in another language says which");
      await other("fr").click();
      await t.page.getByRole("heading", { level: 1, name: exactly(said("home.title", {}, "en")) }).waitFor();
      assert.equal(await html(t).getAttribute("lang"), "en");
      assert.match(await t.page.title(), holding(said("home.title", {}, "en")));
      assert.equal(await t.page.getByText(said("frame.independent")).count(), 0);
      await t.page.getByText(exactly(said("frame.independent", {}, "en"))).waitFor();
      await t.screen("anglais");
      await other("en").click();
      await heading(t, "home.title").waitFor();
      assert.equal(await html(t).getAttribute("lang"), "fr");
      t.noRequests();
    },
  },
  {
    name: "the appearance follows the computer until it is chosen",
    schemes: ["light", "dark"],
    async run(t) {
      await t.open();
      const ground = () => t.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const lightness = async () => (await ground()).match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
      const tool = (theme) => button(t, `frame.theme-${theme}`);
      assert.equal((await lightness()) > 127, t.scheme === "light", "as the computer says");
      await tool("auto").click();
      assert.ok((await lightness()) > 127, "light");
      await tool("light").click();
      assert.ok((await lightness()) < 127, "dark");
      await t.axe();
      await tool("dark").click();
      assert.equal((await lightness()) > 127, t.scheme === "light", "as the computer says again");
    },
  },
  {
    name: "steps, addresses and the back button agree",
    async run(t) {
      await t.open();
      assert.equal(await steps(t).count(), 0, "the doors are no step");
      await walk.toStructure(t);
      const current = () => steps(t).locator('[aria-current="step"]').first().innerText();
      const named = (step) => holding(said(`frame.step-${step}`));
      assert.match(await current(), named("structure"));
      await walk.toSoftware(t, ["insi-manu"]);
      await walk.toPlan(t);
      assert.match(await current(), named("plan"));
      assert.equal(await steps(t).getByRole("listitem").count(), STEPS.length);
      await walk.toKey(t, "INSI-MANU");
      assert.match(await current(), named("key"));
      assert.match(t.page.url(), /#\/cle\//);
      assert.ok(!decodeURIComponent(t.page.url()).includes("LBM"), "nothing typed is in the address");

      await steps(t).getByRole("button", { name: named("software") }).click();
      await heading(t, "software.title").waitFor();
      await t.page.goBack();
      await heading(t, "generate.title").waitFor();
      await t.page.goBack();
      await heading(t, "plan.title").waitFor();
      await t.page.evaluate(() => { location.hash = "#/parc"; });
      await heading(t, "fleet.title").waitFor();
      assert.match(await t.page.title(), holding(said("fleet.title")));
      for (const [path, title] of [["verifier", "check.title"], ["finaliser", "finish.title"]]) {
        await t.page.evaluate((path) => { location.hash = `#/${path}`; }, path);
        await heading(t, title).waitFor();
        assert.equal(await steps(t).count(), 0, `${path} is a journey of its own as long as nothing was ordered`);
        await t.page.goBack();
        await heading(t, "fleet.title").waitFor();
      }
      await t.page.goBack();
      await heading(t, "plan.title").waitFor();
      await t.page.locator("header .brand").click();
      await heading(t, "home.title").waitFor();
      t.noRequests();
    },
  },
  {
    name: "an address without what it needs leads to where it is asked",
    async run(t) {
      await t.open("#/cle/org-auth-cli-insi-manu");
      await t.page.getByRole("heading", { level: 1 }).waitFor();
      for (const [hash, key] of [["#/commande", "plan.title"], ["#/plateforme/x", "home.title"], ["#/n-importe-quoi", "home.title"], ["#/verifier", "check.title"]]) {
        await t.page.evaluate((hash) => { location.hash = hash; }, hash);
        await heading(t, key).waitFor();
      }
    },
  },
  {
    name: "the page asks before being left only while a key or its request is not kept",
    async run(t) {
      await walk.toInsiKey(t);
      assert.equal(await asksBeforeLeaving(t), false, "before the key");
      const phrase = await walk.makeKey(t);
      assert.equal(await asksBeforeLeaving(t), true, "with a key that is nowhere else");
      if (t.browserName === "chromium") {
        const asked = t.page.waitForEvent("dialog");
        await t.page.evaluate(() => { setTimeout(() => location.reload()); });
        const dialog = await asked;
        assert.equal(dialog.type(), "beforeunload");
        await dialog.dismiss();
      }
      const key = await walk.saveKey(t);
      assert.equal(await asksBeforeLeaving(t), true, "a download may have been blocked: it must be read back first");
      await walk.readBack(t, key, `${phrase}x`);
      await t.page.getByText(exactly(said("key.wrong-passphrase"))).waitFor();
      assert.equal(await asksBeforeLeaving(t), true, "after wrong words");
      await walk.readBack(t, undefined, phrase);
      await walk.verified(t);
      assert.equal(await asksBeforeLeaving(t), true, "the request is nowhere else");
      await walk.saveRequest(t);
      assert.equal(await asksBeforeLeaving(t), false, "once both are kept");
    },
  },
  {
    name: "the footer says how old the rules are, whose the tool is, and what was asked of the network",
    viewports: ["wide", "narrow"],
    async run(t) {
      await t.open();
      const footer = t.page.getByRole("contentinfo");
      await footer.getByText(exactly(said("frame.independent"))).waitFor();
      const text = plain(await footer.innerText());
      assert.match(text, new RegExp(`${said("frame.rules")} \\d{1,2}(er)? \\p{L}+ 20\\d\\d`, "u"));
      assert.ok(text.includes(said("frame.version")));
      // The counter looks every two seconds.
      await t.page.waitForTimeout(2_300);
      assert.ok(plain(await footer.innerText()).includes(said("frame.requests", { count: 0 })));
      assert.equal(await t.page.getByText(said("frame.insecure")).count(), 0, "this computer's own address is safe");
      await t.page.evaluate(() => fetch("./boot.js"));
      await footer.getByText(exactly(said("frame.requests", { count: 1 }))).waitFor();
    },
  },
];
