// The first screen, before anything is asked; and what a browser without WebAssembly shows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { SITE } from "../harness/paths.mjs";

export default [
  {
    name: "the page opens calmly",
    viewports: ["wide", "narrow"],
    schemes: ["light", "dark"],
    async run(t) {
      await t.open();
      await t.page.getByRole("heading", { level: 1, name: "Que voulez-vous faire ?" }).waitFor();
      assert.equal(await t.page.locator("html").getAttribute("lang"), "fr");
      await t.screen("accueil");
      t.noRequests();
    },
  },
  {
    name: "without WebAssembly it says what to ask for",
    viewports: ["wide", "narrow"],
    wasm: false,
    async run(t) {
      await t.open("", "refused");
      const refusal = t.page.locator("#wasm-refused");
      await refusal.waitFor();
      assert.match(await refusal.innerText(), /service informatique/);
      assert.equal(await t.page.locator("#boot-failed").isVisible(), false);
      await t.screen("sans-wasm");
    },
  },
  {
    name: "a module that does not come is said, not waited for",
    async run(t) {
      t.expectErrors(/did not start|Failed to load resource/);
      await t.page.route(/\.wasm$/, (route) => route.abort());
      await t.open("", "failed");
      assert.match(await t.page.locator("#boot-failed").innerText(), /Rechargez/);
    },
  },
  lateScreens("do not arrive", (route) => route.abort()),
  lateScreens("are of another build", async (route) => {
    const body = await readFile(join(SITE, basename(route.request().url())));
    // The last byte is of the signature.
    body[body.length - 1] ^= 1;
    await route.fulfill({ body, contentType: "application/wasm" });
  }),
];

/** What comes after the first screens ends as `end` says, once: the page tells, and asks for it again. */
function lateScreens(what, end) {
  return {
    name: `the later screens ${what}: said, and asked for again`,
    viewports: ["wide", "narrow"],
    async run(t) {
      t.expectErrors(/Failed to load resource|later-/);
      // Over https the service worker has them meanwhile.
      t.overPlainHttp();
      await t.page.route(/later-.*\.wasm$/, end);
      await t.open();
      await t.page.getByRole("heading", { level: 1, name: "Que voulez-vous faire ?" }).waitFor();
      await t.page.getByRole("navigation", { name: "Parcours" }).getByRole("link", { name: "J'ai reçu un fichier" }).click();
      await t.page.getByRole("heading", { level: 1, name: "Cet écran n'est pas arrivé" }).waitFor();
      await t.page.getByText("Une partie du programme manque").waitFor();
      await t.screen("ecran-pas-arrive");
      await t.page.unroute(/later-.*\.wasm$/);
      await t.page.getByRole("button", { name: "Réessayer" }).click();
      const heading = t.page.getByRole("heading", { level: 1, name: "Vérifier" });
      await heading.waitFor();
      assert.equal(await heading.evaluate((h1) => document.activeElement === h1), true, "the title has the focus");
    },
  };
}
