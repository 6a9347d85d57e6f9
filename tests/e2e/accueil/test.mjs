// The first screen, before anything is asked; and what a browser without WebAssembly shows.
import assert from "node:assert/strict";

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
];
