// « Vérifier vous-même »: what the page says of itself is what is found from outside.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import { SITE } from "../harness/paths.mjs";
import { withReal } from "../harness/real-data.mjs";
import { exactly, heading } from "../harness/walk.mjs";
import { said } from "../harness/texts.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const der = (pem) => Buffer.from(pem.toString().replaceAll(/-----[^-]+-----/g, ""), "base64");

export default [
  {
    name: "the count, the build and the authorities can be compared with what is outside",
    viewports: ["wide", "narrow"],
    schemes: ["light", "dark"],
    run: (t) =>
      withReal(["ca/prod-ac-elementaire-organisations"], async (authority) => {
        await t.open();
        await t.page.getByRole("button", { name: exactly(said("proof.title")) }).click();
        await heading(t, "proof.title").waitFor();
        await t.page.locator("[data-sha256]").first().waitFor();
        assert.equal(await t.page.locator("[data-requests]").getAttribute("data-requests"), "0");
        const module = (await readdir(SITE)).find((name) => /^app-.*\.wasm$/.test(name));
        const shown = (await t.page.locator("main code").first().innerText()).replaceAll(/\s/g, "");
        assert.equal(shown, sha256(await readFile(join(SITE, module))));
        assert.equal(await t.page.locator(`[data-sha256="${sha256(der(authority.bytes))}"]`).count(), 1, "the real authority's fingerprint");
        await t.screen("preuve");
        t.noRequests();
      }),
  },
];
