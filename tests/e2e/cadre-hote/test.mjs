// The package in a sandboxed frame of another origin, which speaks to the hosts of its list and to nobody else.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { STRICT, startHost, withHost } from "../harness/host.mjs";
import { root } from "../harness/paths.mjs";
import { PASSPHRASE, usePortal } from "../harness/portal.mjs";

const EXAMPLE = join(root, "web/embed/examples/cadre");
const example = (name) => readFile(join(EXAMPLE, name), "utf8");
const html = (body) => ({ body, type: "text/html; charset=utf-8" });

/** The example on two origins: `frame` has `host` in its list, and says by its policy that nobody else may show it. */
async function withFrame(t, { ancestors } = {}, work) {
  await withHost(t, { folder: EXAMPLE, policy: "default-src 'self'; frame-src http://127.0.0.1:* blob:" }, async (host) => {
    const hostOrigin = new URL(host.base).origin;
    const policy = ancestors === undefined ? STRICT : `${STRICT}; frame-ancestors ${ancestors(hostOrigin)}`;
    const frame = await startHost({ folder: EXAMPLE, policy });
    try {
      frame.replace["/cadre.html"] = html((await example("cadre.html")).replace(/data-hotes="[^"]*"/, `data-hotes="${hostOrigin} https://recette.exemple.fr"`));
      const page = (await example("hote.html")).replace("https://estampille.exemple.fr/", frame.base);
      host.replace["/hote.html"] = html(page);
      await work(host, frame, page);
    } finally {
      await frame.close();
    }
  });
}

export default [
  {
    name: "a request, a certificate and a kit, of which the host learns what is public",
    async run(t) {
      await withFrame(t, { ancestors: (origin) => origin }, async (host, frame) => {
        t.alsoOurs(frame.base);
        await usePortal(t, () => [...host.requests, ...frame.requests], { path: "hote.html", inside: t.page.frameLocator("#cadre") });
        const told = await t.page.locator("#recu").textContent();
        const messages = told.trim().split("\n").map((line) => JSON.parse(line));
        assert.deepEqual(messages.map(({ type }) => type), ["estampille-ready", "estampille-csr", "estampille-check"]);
        assert.match(messages[1].csrPem, /BEGIN CERTIFICATE REQUEST/);
        assert.ok(!told.includes("PRIVATE KEY") && !told.includes(PASSPHRASE), "no secret leaves the frame");
        assert.deepEqual([...host.reports, ...frame.reports], []);
      });
    },
  },
  {
    name: "a host that is not in the list is not heard, and learns nothing",
    async run(t) {
      await withFrame(t, {}, async (host, frame, page) => {
        t.alsoOurs(frame.base);
        const foreign = await startHost({ folder: EXAMPLE });
        try {
          foreign.replace["/hote.html"] = html(page);
          t.alsoOurs(host.base);
          t.base = foreign.base;
          await t.page.goto(`${foreign.base}hote.html`);
          const state = t.page.frameLocator("#cadre").locator("#etat");
          await state.filter({ hasText: "En attente du portail" }).waitFor();
          // hote.js has said what a host of the list would say; here it is again, and some nonsense.
          await t.page.evaluate(() => {
            const { contentWindow } = document.getElementById("cadre");
            const structure = { organization: "X", department: "Paris (75)", structureId: "1750712184", commonName: "DPI" };
            for (const message of [{ type: "estampille-structure", ...structure }, null, 1, "estampille-structure", { type: {} }]) {
              contentWindow.postMessage(message, "*");
            }
          });
          await t.page.waitForTimeout(500);
          assert.equal(await state.textContent(), "En attente du portail…");
          const learnt = (await t.page.locator("#recu").textContent()).trim();
          assert.equal(learnt, '{"type":"estampille-ready"}', "nothing but that there is a frame");
        } finally {
          await foreign.close();
        }
      });
    },
  },
  {
    name: "nonsense of a host of the list changes nothing, and a message from beside is not the host's",
    async run(t) {
      await withFrame(t, {}, async (host, frame) => {
        t.alsoOurs(frame.base);
        await t.page.goto(`${t.base}hote.html`);
        const inside = t.page.frameLocator("#cadre");
        await inside.locator("#etat").filter({ hasText: "Prêt." }).waitFor();
        await t.page.evaluate(() => {
          const { contentWindow } = document.getElementById("cadre");
          for (const message of [null, undefined, 5, [], { type: "estampille-csr" }, new Uint8Array(3)]) contentWindow.postMessage(message, "*");
          // Of the same origin as the host, but not the window that holds the frame.
          const beside = document.createElement("iframe");
          beside.src = "/vide.html";
          document.body.append(beside);
          return new Promise((resolve) => beside.addEventListener("load", resolve));
        });
        const other = t.page.frames().find((one) => one.url().endsWith("/vide.html"));
        await other.evaluate(() => parent.document.getElementById("cadre").contentWindow.postMessage({ type: "estampille-structure", commonName: "INTRUS" }, "*"));
        await t.page.waitForTimeout(300);
        await inside.locator("#phrase").fill(PASSPHRASE);
        await inside.locator("#demande button").click();
        await inside.locator("#etat").filter({ hasText: "CN=INSI-AUTO,OU=1750712184" }).waitFor();
      });
    },
  },
];
