// The single file in a sandboxed frame: the host settles and is told by messages, and reads nothing else.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { withHost } from "../harness/host.mjs";
import { Workshop } from "../harness/openssl.mjs";
import { root } from "../harness/paths.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, field, heading, holding } = walk;

const SANDBOX = "allow-scripts allow-downloads allow-modals allow-forms";

const portal = (src) => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Portail d'essai</title><link rel="icon" href="icone.svg"><script type="module" src="portal.js"></script></head>
<body><h1>Portail d'essai</h1><iframe id="cadre" title="Estampille" src="${src}" sandbox="${SANDBOX}" width="1100" height="900"></iframe></body></html>`;

/** What a portal writes: it speaks when the page listens, and keeps what it is told. */
const SCRIPT = `globalThis.told = [];
const cadre = document.getElementById("cadre");
addEventListener("message", (event) => {
  if (event.source !== cadre.contentWindow) return;
  globalThis.told.push(event.data);
  if (event.data.type === "estampille-ready") {
    const say = (message) => cadre.contentWindow.postMessage(message, "*");
    say({ type: "estampille-set", name: "journey", value: "choisir" });
    say({ type: "estampille-set", name: "theme", value: "violet" });
    say({ type: "estampille-profile", profile: { sector: "lbm-ville", legalEntities: [{ id: "ej1", name: "LBM D'ESSAI", sites: [{ id: "s1", finessEt: "590049011", main: true }] }] } });
  }
});`;

/** A portal with the single file beside it, which names the portal or another one. */
async function framed(t, isNamed, use, { folder } = {}) {
  const page = await readFile(join(root, "dist/estampille.html"), "utf8");
  const line = '<meta name="estampille-hosts" content="">';
  assert.ok(page.includes(line), "the line that an integrator fills in");
  const replace = folder ? {} : { "/index.html": { body: portal("estampille.html") }, "/portal.js": { body: SCRIPT } };
  await withHost(t, { folder, replace }, async (host) => {
    const names = ["https://ailleurs.example", ...(isNamed ? [new URL(host.base).origin] : [])];
    replace["/estampille.html"] = { body: page.replace(line, line.replace('""', `"${names.join(" ")}"`)) };
    await t.page.goto(host.base);
    if (!folder) await t.page.waitForFunction(() => globalThis.told.length > 0);
    await use(t.page.frameLocator("iframe"), { told: () => t.page.evaluate(() => globalThis.told), asked: () => [...host.requests] });
  });
}

/** The journey's steps, looked for inside the frame. */
const inside = (t, frame) => ({ page: frame, download: (action) => t.download(action), choose: (input, files) => t.choose(input, files) });

export default [
  {
    name: "a named host settles the structure and is told of the request; the key stays in the frame",
    timeout: 120_000,
    run: (t) =>
      framed(t, true, async (frame, { told, asked }) => {
        const f = inside(t, frame);
        await heading(f, "structure.title").waitFor();
        assert.ok(await walk.sector(f, "lbm-ville").isChecked());
        assert.equal(await field(f, "structure.finess-et").inputValue(), "590049011");
        assert.deepEqual((await told()).filter((one) => one.type === "estampille-error"), [{ type: "estampille-error", detail: { code: "invalid-input", field: "theme" } }]);
        const before = asked().length;
        await walk.toSoftware(f, ["insi-manu"]);
        await walk.toPlan(f);
        await walk.toKey(f, "INSI-MANU");
        const phrase = await walk.makeKey(f);
        const key = await walk.saveKey(f);
        await walk.readBack(f, key, phrase);
        await walk.verified(f);
        await t.page.waitForFunction(() => globalThis.told.some((one) => one.type === "estampille-csr"));
        const all = await told();
        const csr = all.find((one) => one.type === "estampille-csr").detail;
        await Workshop.use(async (shop) => {
          shop.write("r.csr", Buffer.from(csr.csrPem));
          assert.match(shop.demand(["req", "-in", "r.csr", "-noout", "-verify", "-subject"]), /INSI-MANU/);
        });
        assert.ok(all.some((one) => one.type === "estampille-plan"));
        const text = JSON.stringify(all);
        assert.ok(!text.includes("PRIVATE KEY") && !text.includes(phrase), "no secret is told");
        // The portal's own scripts cannot reach inside.
        assert.equal(await t.page.evaluate(() => {
          try {
            return document.getElementById("cadre").contentWindow.document.body.innerText;
          } catch (error) {
            return error.name;
          }
        }), "SecurityError");
        assert.deepEqual(asked().slice(before), [], "requests after load");
        assert.equal(await t.page.evaluate(() => history.length), 1 + (t.browserName === "firefox" ? 0 : 1));
      }),
  },
  {
    name: "the guide's example",
    run: (t) =>
      framed(
        t,
        true,
        async (frame) => {
          const f = inside(t, frame);
          await heading(f, "structure.title").waitFor();
          assert.ok(await walk.sector(f, "officine").isDisabled());
          await walk.toSoftware(f, ["insi-manu"], "LGO d'essai");
          await walk.toPlan(f);
          await t.page.locator("#etat").getByText(/^Certificats à commander : [1-9]/).waitFor();
          await t.screenshot("guide");
        },
        { folder: join(root, "web/embed/examples/isole") },
      ),
  },
  {
    name: "a host that is not named settles nothing and is told nothing",
    run: (t) =>
      framed(t, false, async (frame, { told }) => {
        const f = inside(t, frame);
        await heading(f, "home.title").waitFor();
        await f.page.getByRole("button", { name: holding(said("home.order")) }).click();
        await heading(f, "structure.title").waitFor();
        assert.ok(!(await walk.sector(f, "lbm-ville").isChecked()));
        assert.deepEqual(await told(), [{ type: "estampille-ready" }]);
        await button(f, "common.continue").click();
        assert.deepEqual(await told(), [{ type: "estampille-ready" }]);
      }),
  },
];
