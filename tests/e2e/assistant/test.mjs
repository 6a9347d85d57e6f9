// <estampille-assistant> in a portal with a strict policy: the page in a shadow root, its events, its coming and going.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { STRICT, withHost } from "../harness/host.mjs";
import { Workshop } from "../harness/openssl.mjs";
import { NPM, root } from "../harness/paths.mjs";
import { laboratory } from "../harness/real-data.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding, report } = walk;

const PORTAL = `<!doctype html>
<html lang="fr">
  <head><meta charset="utf-8"><title>Portail d'essai</title><link rel="icon" href="icone.svg"><link rel="stylesheet" href="portal.css"><script type="module" src="portal.js"></script></head>
  <body><main><h1>Portail d'essai</h1><estampille-assistant></estampille-assistant></main></body>
</html>`;

const STYLE = `body { margin: 0; font: 16px/1.4 Georgia, serif; } main { max-width: 60rem; margin: auto; padding: 1rem; }
h1 { color: rgb(10, 20, 30); } .button { display: none; } estampille-assistant { --seal: rgb(120, 0, 90); }
estampille-assistant::part(footer) { display: none; }`;

/** What a portal writes; the events are kept for the test to read. */
const script = (options = "{}", more = "") => `import { defineAssistant } from "./estampille/assistant.js";
globalThis.told = [];
for (const type of ["plan", "csr", "check", "kit", "error"]) {
  document.addEventListener("estampille-" + type, (event) => globalThis.told.push({ type, detail: event.detail }));
}
globalThis.unhandled = [];
addEventListener("unhandledrejection", (event) => globalThis.unhandled.push(String(event.reason)));
globalThis.assistant = document.querySelector("estampille-assistant");
${more}
await defineAssistant(${options});
await defineAssistant();
document.documentElement.dataset.portal = "ready";`;

/** Opens a portal with a strict policy; waits until the page in it runs, and all it will ever ask for is there. */
async function portal(t, use, { js = script(), html = PORTAL, runs = true, files = {} } = {}) {
  const replace = { ...files, "/index.html": { body: html }, "/portal.css": { body: STYLE }, "/portal.js": { body: js } };
  await withHost(t, { policy: STRICT, replace }, async (host) => {
    await t.page.goto(host.base);
    await t.page.waitForFunction(() => document.documentElement.dataset.portal === "ready");
    if (runs) await t.page.locator('estampille-assistant .estampille[data-atelier="ready"]').waitFor();
    const asked = host.requests.length;
    const quiet = (allow = /^$/) => assert.deepEqual(host.requests.slice(asked).filter((path) => !allow.test(path)), [], "requests after load");
    await use(host, { quiet });
    assert.deepEqual(await t.page.evaluate(() => globalThis.unhandled), [], "unhandled rejections");
    assert.deepEqual(host.reports, [], "refusals by the policy");
  });
}

const told = (t, type) => t.page.evaluate((type) => globalThis.told.filter((one) => one.type === type).map((one) => one.detail), type);

const untilTold = (t, type, count = 1) =>
  t.page.waitForFunction(([type, count]) => globalThis.told.filter((one) => one.type === type).length >= count, [type, count]);

async function order(t) {
  const lab = laboratory();
  await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
  await heading(t, "structure.title").waitFor();
  await walk.sector(t, "lbm-ville").check();
  await field(t, "structure.name").fill(lab.name);
  await field(t, "structure.finess-et").fill(lab.et);
  await walk.toSoftware(t, ["insi-manu"]);
  await walk.toPlan(t);
  return lab;
}

export default [
  {
    name: "an order, a check and a kit under a strict policy; what is told holds no secret; the host's page is left alone",
    timeout: 120_000,
    run: (t) =>
      portal(t, async (host, { quiet }) => {
        const before = await t.page.evaluate(() => [location.href, history.length, document.title]);
        await order(t);
        await untilTold(t, "plan");
        const [plan] = await told(t, "plan");
        assert.equal(plan.certificates[0].commonName.value, "INSI-MANU");

        await walk.toKey(t, "INSI-MANU");
        const phrase = await walk.makeKey(t);
        const key = await walk.saveKey(t);
        assert.deepEqual(await told(t, "csr"), [], "not before the key is read back");
        await walk.readBack(t, key, phrase);
        await walk.verified(t);
        await untilTold(t, "csr");
        const [csr] = await told(t, "csr");
        assert.equal(csr.product, "ORG_AUTH_CLI");
        assert.match(csr.subjectRfc4514, /^CN=INSI-MANU,OU=/);

        await Workshop.use(async (shop) => {
          shop.write("r.csr", Buffer.from(csr.csrPem));
          const spki = shop.demand(["req", "-in", "r.csr", "-noout", "-pubkey"]);
          shop.write("pub.pem", Buffer.from(spki));
          shop.demand(["pkey", "-pubin", "-in", "pub.pem", "-outform", "DER", "-out", "pub.der"]);
          const { createHash } = await import("node:crypto");
          assert.equal(csr.publicKeySha256, createHash("sha256").update(shop.read("pub.der")).digest("hex"));
          const certificate = shop.certify("r.csr", shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI"), "c");
          await t.drop(t.page.locator("estampille-assistant .frame-header"), [{ name: "recu.cer", bytes: certificate }, { name: "cle.key", bytes: key.bytes }]);
          await report(t, "recu.cer").waitFor();
          await untilTold(t, "check");
          const unlock = field(t, "check.passphrase");
          await unlock.fill(phrase);
          await unlock.press("Enter");
          await unlock.waitFor({ state: "detached" });
          await report(t, "recu.cer").getByRole("button", { name: exactly(said("check.install-anyway")) }).click();
          await heading(t, "finish.title").waitFor();
          await kit(t, phrase);
          await untilTold(t, "kit");
        });
        const [made] = await told(t, "kit");
        assert.match(made.sha256, /^[0-9a-f]{64}$/);
        assert.ok(made.fileNames.some((name) => name.endsWith(".p12")), made.fileNames.join());

        const all = await t.page.evaluate(() => JSON.stringify(globalThis.told));
        assert.ok(!all.includes("PRIVATE KEY") && !all.includes(phrase), "no secret is told");
        assert.deepEqual(await t.page.evaluate(() => [location.href, history.length, document.title]), before);
        assert.equal(await t.page.evaluate(() => document.documentElement.dataset.theme), undefined);
        quiet();
      }),
  },
  {
    name: "attributes and profile: language, journey, fields that the host has settled; nonsense is told and changes nothing",
    run: (t) =>
      portal(
        t,
        async (host, { quiet }) => {
          const lab = laboratory();
          await heading(t, "structure.title").waitFor();
          assert.ok(await walk.sector(t, "lbm-ville").isChecked());
          assert.ok(await walk.sector(t, "lbm-ville").isDisabled());
          assert.equal(await field(t, "structure.finess-et").inputValue(), lab.et);
          assert.ok(!(await field(t, "structure.finess-et").isEditable()));
          await field(t, "structure.name").fill("Un autre nom");
          assert.equal(await t.page.evaluate(() => globalThis.assistant.profile.legalEntities[0].name), "Un autre nom");

          await t.page.evaluate(() => globalThis.assistant.setAttribute("lang", "en"));
          await t.page.getByRole("heading", { level: 1, name: holding(said("structure.title", {}, "en")) }).waitFor();
          await t.page.evaluate(() => globalThis.assistant.setAttribute("journey", "verifier"));
          await t.page.getByRole("heading", { level: 1, name: exactly(said("check.title", {}, "en")) }).waitFor();

          await t.page.evaluate(() => {
            const { assistant } = globalThis;
            assistant.setAttribute("lang", "tlh");
            assistant.setAttribute("theme", "<svg onload=alert(1)>");
            assistant.setAttribute("journey", "ailleurs");
            assistant.setAttribute("locked", "sector nonsense");
            assistant.profile = { legalEntities: "beaucoup" };
            assistant.profile = { sector: () => "un programme" };
          });
          const errors = await told(t, "error");
          assert.deepEqual(errors.map((error) => error.field), ["lang", "theme", "journey", "locked", "profile.legalEntities", "profile"]);
          assert.ok(errors.every((error) => error.code === "invalid-input"), JSON.stringify(errors));
          await t.page.getByRole("heading", { level: 1, name: exactly(said("check.title", {}, "en")) }).waitFor();

          await t.page.evaluate(() => globalThis.assistant.reset());
          await t.page.locator('estampille-assistant .estampille[data-atelier="ready"]').waitFor();
          await t.page.evaluate(() => globalThis.assistant.setAttribute("journey", "choisir"));
          assert.ok(!(await t.page.locator("estampille-assistant input[type=radio]:checked").first().isVisible().catch(() => false)));
          quiet();
        },
        {
          html: PORTAL.replace("<estampille-assistant>", '<estampille-assistant lang="fr" theme="dark" journey="choisir" locked="sector structureId">'),
          js: script("{}", `globalThis.assistant.profile = ${JSON.stringify({ sector: "lbm-ville", legalEntities: [{ id: "ej1", name: laboratory().name, sites: [{ id: "site1", finessEt: laboratory().et, main: true }] }] })};`),
        },
      ),
  },
  {
    name: "the host's style sheet sets colours and parts, and reaches nothing else",
    viewports: ["wide", "narrow"],
    run: (t) =>
      portal(t, async () => {
        const seen = await t.page.evaluate(() => {
          const root = globalThis.assistant.shadowRoot;
          const style = (selector) => getComputedStyle(root.querySelector(selector));
          return { door: style(".door").display, footer: style("footer").display, seal: style(".estampille").getPropertyValue("--seal"), font: style("h1").fontFamily, background: style(".estampille").backgroundColor };
        });
        assert.notEqual(seen.door, "none");
        assert.equal(seen.footer, "none");
        assert.equal(seen.seal, "rgb(120, 0, 90)");
        assert.match(seen.font, /Georgia/);
        await t.page.evaluate(() => globalThis.assistant.setAttribute("theme", "dark"));
        assert.notEqual(await t.page.evaluate(() => getComputedStyle(globalThis.assistant.shadowRoot.querySelector(".estampille")).backgroundColor), seen.background);
        await t.page.evaluate(() => globalThis.assistant.removeAttribute("theme"));
        await t.noSideScroll();
        await t.axe();
        // Firefox's pictures need a style of the driver's own, which this policy refuses and reports.
        if (t.browserName === "chromium") await t.screenshot("hote");
      }),
  },
  {
    name: "moved, the element keeps what was typed; removed in the middle of a key, it leaves nothing running",
    timeout: 90_000,
    run: (t) =>
      portal(t, async (host, { quiet }) => {
        await order(t);
        await t.page.evaluate(() => {
          const aside = document.body.appendChild(document.createElement("aside"));
          aside.append(globalThis.assistant);
        });
        await heading(t, "plan.title").waitFor();
        await walk.toKey(t, "INSI-MANU");
        await walk.here(t).check();
        await button(t, "key.propose").click();
        await button(t, "key.make").click();
        await t.page.evaluate(() => globalThis.assistant.remove());
        await t.page.waitForFunction(() => globalThis.assistant.shadowRoot.childElementCount === 0);
        assert.deepEqual(await told(t, "csr"), []);
        // Its guard went with it: nothing asks before the page is left.
        assert.equal(await t.page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true }))), true);

        for (let turn = 0; turn < 20; turn += 1) {
          await t.page.evaluate(() => document.body.append(globalThis.assistant));
          await heading(t, "home.title").waitFor();
          await t.page.evaluate(() => globalThis.assistant.remove());
          await t.page.waitForFunction(() => globalThis.assistant.shadowRoot.childElementCount === 0);
        }
        await t.page.evaluate(() => document.body.append(globalThis.assistant, document.createElement("estampille-assistant")));
        assert.equal(await t.page.getByRole("heading", { level: 1, name: holding(said("home.title")) }).count(), 2, "two in one page");
        // A worker that was ended in the middle of its work is started again.
        quiet(/\/atelier/);
      }),
  },
  {
    name: "beside the module in one page: one policy serves both",
    run: (t) =>
      portal(
        t,
        async (host, { quiet }) => {
          assert.equal(await t.page.evaluate(() => globalThis.container), "empty");
          quiet();
        },
        { js: script("{}", `const module = await import("./estampille/index.js"); await module.default(); globalThis.container = (await module.identify("")).container;`) },
      ),
  },
  {
    name: "the guide's example",
    run: (t) =>
      withHost(t, { folder: join(root, "web/embed/examples/element"), policy: STRICT }, async (host) => {
        await t.page.goto(host.base);
        await heading(t, "structure.title").waitFor();
        assert.ok(await walk.sector(t, "officine").isChecked());
        assert.equal(await field(t, "structure.finess-et").inputValue(), "750712184");
        await walk.toSoftware(t, ["insi-manu"], "LGO d'essai");
        await walk.toPlan(t);
        await t.page.locator("#etat").getByText(/^Certificats à commander : [1-9]/).waitFor();
        assert.deepEqual(host.reports, []);
        await t.screenshot("guide");
      }),
  },
  {
    name: "a wrong address of the module is told, and the page goes on",
    run: async (t) => {
      t.expectErrors(/404|assistant|wasm/i);
      await portal(
        t,
        async () => {
          await untilTold(t, "error");
          assert.deepEqual(await told(t, "error"), [{ code: "module-not-loaded" }]);
          await t.page.locator("estampille-assistant").getByRole("alert").waitFor();
        },
        { js: script('{ module_or_path: "./nowhere.wasm" }'), runs: false },
      );
    },
  },
  {
    name: "files in another folder are found there, the later screens too",
    run: async (t) => {
      const names = ["assistant_bg.wasm", "assistant_later.wasm", "atelier-worker.js", "atelier_bg.wasm", "atelier_later.wasm"];
      const files = Object.fromEntries(
        await Promise.all(names.map(async (name) => [`/ailleurs/${name}`, { body: await readFile(join(NPM, name)), type: name.endsWith(".js") ? "text/javascript" : "application/wasm" }])),
      );
      await portal(
        t,
        async (host) => {
          await t.page.locator("estampille-assistant").getByRole("link", { name: "J'ai reçu un fichier" }).click();
          await t.page.locator("estampille-assistant").getByRole("heading", { level: 1, name: "Vérifier" }).waitFor();
          const asked = host.requests.filter((path) => path.endsWith(".wasm"));
          assert.deepEqual(asked.slice(0, 2), ["/ailleurs/assistant_bg.wasm", "/ailleurs/assistant_later.wasm"]);
        },
        { js: script('{ module_or_path: "/ailleurs/assistant_bg.wasm", worker_path: "/ailleurs/" }'), files },
      );
    },
  },
  {
    name: "where WebAssembly is forbidden, the element says what to ask the IT department",
    wasm: false,
    run: (t) =>
      portal(
        t,
        async () => {
          await untilTold(t, "error");
          assert.deepEqual(await told(t, "error"), [{ code: "wasm-refused" }]);
          await t.page.locator("estampille-assistant").getByRole("alert").getByText(/service informatique/).waitFor();
        },
        { runs: false },
      ),
  },
];

/** A kit for a recent Windows, whose passphrase is the key's. */
async function kit(t, phrase) {
  await t.page.getByRole("radio").first().check();
  await field(t, "finish-kit.opening").fill(phrase);
  const words = t.page.locator("#phrase-du-kit");
  await words.fill(phrase);
  await button(t, "finish-kit.make").click();
  await t.page.locator("#kit-pret").waitFor();
}

