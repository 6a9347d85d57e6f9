// The npm package's FINESS register in a portal's page, under a strict policy: a worker of its own, on first need.
import assert from "node:assert/strict";

import { join } from "node:path";

import { STRICT, withHost } from "../harness/host.mjs";
import { root } from "../harness/paths.mjs";
import { registerFiles, registerIndex } from "../harness/register.mjs";
import { said } from "../harness/texts.mjs";
import { BAD, HOSPITAL, PLATEAU, SITES, extracts, gzip } from "../../registers.mjs";

/** Bytes cross to the page as lists of numbers. */
const given = () => extracts().map((bytes) => [...gzip(bytes)]);

const open = async (t) => {
  await t.page.goto(`${t.base}vide.html`);
  await t.page.evaluate(() => {
    const { Worker } = globalThis;
    globalThis.workers = [];
    globalThis.Worker = class extends Worker {
      constructor(url, options) {
        super(url, options);
        globalThis.workers.push({ worker: this, name: options.name });
      }
    };
  });
};

export default [
  {
    name: "a portal builds the register from files, streams and bytes, saves and loads it",
    async run(t) {
      await withHost(t, { policy: STRICT }, async (host) => {
        await open(t);
        const seen = await t.page.evaluate(async ({ files, plateau, hospital }) => {
          const { default: init, FinessRegister, identify } = await import("/estampille/index.js");
          await init();
          const bytes = files.map((file) => Uint8Array.from(file));
          const told = [];
          const register = await FinessRegister.build([new File([bytes[0]], "etalab.csv.gz"), new Blob([bytes[1]]).stream()], (octets) => told.push(octets));
          const found = await register.search("lbm plat");
          const index = await register.save();
          register.free();
          const gone = await register.get(plateau).catch(({ code }) => code);
          const again = await FinessRegister.load(index);
          // Another worker's death takes no register with it.
          await identify("");
          const stop = new AbortController();
          const { createCsr } = await import("/estampille/index.js");
          const work = createCsr({ product: "ORG_SIGN", subject: { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "X" }, engine: "wasm", allowPlainKey: true }, { signal: stop.signal }).catch(({ code }) => code);
          setTimeout(() => stop.abort(), 5);
          const stopped = await work;
          const sites = await again.sites(hospital);
          const damaged = await FinessRegister.load(index.subarray(1)).catch(({ code, message }) => ({ code, message }));
          return { told, size: again.size, date: again.date, first: found[0].number, gone, stopped, sites: sites.length, damaged, workers: globalThis.workers.map(({ name }) => name) };
        }, { files: given(), plateau: PLATEAU.number, hospital: HOSPITAL.number });
        assert.deepEqual(seen.size, { ej: 5, et: SITES.length });
        assert.equal(seen.date, "2026-05-12");
        assert.equal(seen.first, PLATEAU.number);
        assert.equal(seen.told.length, 2);
        assert.equal(seen.gone, "register-gone");
        assert.equal(seen.stopped, "aborted");
        assert.equal(seen.sites, 3);
        assert.equal(seen.damaged.code, "bad-index");
        assert.deepEqual([...new Set(seen.workers)], ["estampille-greffe", "estampille-atelier"]);
        const fetched = host.requests.filter((path) => /greffe/.test(path));
        assert.deepEqual(fetched, ["/estampille/greffe_bg.wasm"], "once, and on first need");
        assert.deepEqual(host.reports, []);
      });
    },
  },
  {
    name: "the guide's example: files, a search, a file that is none",
    async run(t) {
      await withHost(t, { policy: STRICT, folder: join(root, "web/embed/examples/registre") }, async (host) => {
        await t.page.goto(t.base);
        const state = (text) => t.page.locator("#etat").filter({ hasText: text }).waitFor();
        await state("Prêt.");
        await t.choose(t.page.locator("#fichiers"), registerFiles());
        await state("Registre du 2026-05-12 : 8 établissements, 5 entités juridiques.");
        await t.page.locator("#recherche").fill("lbm plat");
        await t.page.locator("#structures li").filter({ hasText: PLATEAU.number }).waitFor();
        await t.choose(t.page.locator("#fichiers"), [{ name: "page.html", bytes: Buffer.from(BAD["a web page"].bytes) }]);
        await state("(not-a-register)");
        await t.page.locator("#recherche").fill("essais");
        await t.page.locator("#structures li").filter({ hasText: HOSPITAL.number }).waitFor();
        assert.deepEqual(host.reports, []);
      });
    },
  },
  {
    name: "the element loads the index its host serves, and takes a structure",
    async run(t) {
      const html = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Portail</title><link rel="icon" href="icone.svg"></head>
        <body><main><h1>Portail</h1><estampille-assistant journey="choisir" register="registre/finess.index"></estampille-assistant></main><script type="module" src="portail.js"></script></body></html>`;
      const script = 'import { defineAssistant } from "./estampille/assistant.js"; await defineAssistant();';
      const replace = {
        "/index.html": { body: html },
        "/portail.js": { body: script },
        "/registre/finess.index": { body: await registerIndex(), type: "application/octet-stream" },
      };
      await withHost(t, { policy: STRICT, replace }, async (host) => {
        await t.page.goto(t.base);
        await t.page.getByRole("button", { name: said("register.load") }).click();
        await t.page.getByRole("combobox", { name: said("register.search") }).fill("lbm plat");
        await t.page.getByRole("option").filter({ hasText: PLATEAU.name }).click();
        await t.page.getByRole("button", { name: said("register.take"), exact: true }).click();
        await t.page.locator("#porteur").waitFor();
        const profile = await t.page.evaluate(() => document.querySelector("estampille-assistant").profile);
        assert.equal(profile.sector, "lbm-ville");
        assert.equal(profile.legalEntities[0].sites[0].finessEt, PLATEAU.number);
        assert.deepEqual(host.reports, []);
      });
    },
  },
  {
    name: "a missing fourth module is told, and asked for again",
    async run(t) {
      t.expectErrors(/greffe|404/);
      const path = "/estampille/greffe_bg.wasm";
      await withHost(t, { policy: STRICT, replace: { [path]: { status: 404, type: "text/html", body: "<!doctype html>" } } }, async () => {
        await open(t);
        const seen = await t.page.evaluate(async (files) => {
          const { default: init, FinessRegister, parseIdentifier } = await import("/estampille/index.js");
          await init();
          const build = () => FinessRegister.build(files.map((file) => Uint8Array.from(file))).catch(({ code, cause }) => ({ code, cause: String(cause) }));
          return { first: await build(), second: await build(), valid: parseIdentifier("finess", "750712184").valid };
        }, given());
        for (const answer of [seen.first, seen.second]) {
          assert.equal(answer.code, "module-not-loaded");
          assert.match(answer.cause, /404/);
        }
        assert.equal(seen.valid, true);
      });
    },
  },
];
