// The npm package in a portal's page, by a plain <script type="module">: on a plain host, under a strict policy, and on
// hosts that serve it wrongly.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { STRICT, withHost } from "../harness/host.mjs";
import { NPM, root } from "../harness/paths.mjs";
import { usePortal } from "../harness/portal.mjs";

const EXAMPLE = join(root, "web/embed/examples/portail");

/** Opens an empty page of the host and runs `program` in it, with the package as `estampille`. */
async function inPage(t, program, argument) {
  await t.page.goto(`${t.base}vide.html`);
  return t.page.evaluate(program, argument);
}

/** What init answers to the page: `{ code, message, cause }`, or "loaded". */
const initSays = async (input) => {
  const { default: init } = await import("/estampille/index.js");
  return init(input).then(
    () => "loaded",
    ({ name, code, message, cause }) => ({ name, code, message, cause: String(cause) }),
  );
};

/** What the first call that needs the worker answers. */
const workSays = async () => {
  const { default: init, identify } = await import("/estampille/index.js");
  await init();
  const answer = await identify("").then(
    () => "done",
    ({ name, code, message, cause }) => ({ name, code, message, cause: String(cause) }),
  );
  return { answer, alive: globalThis.workers?.filter(({ ended }) => !ended).length };
};

/** Keeps a list of the workers that are started, and whether they were ended. */
async function countWorkers(t) {
  await t.page.addInitScript(() => {
    globalThis.workers = [];
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        globalThis.workers.push(this);
      }
      terminate() {
        this.ended = true;
        super.terminate();
      }
    };
  });
}

async function cut(name) {
  const bytes = await readFile(join(NPM, name));
  return bytes.subarray(0, bytes.length / 2);
}

/** A module of the version before. */
async function old(name) {
  const bytes = Buffer.from(await readFile(join(NPM, name)));
  const version = JSON.parse(await readFile(join(NPM, "package.json"), "utf8")).version;
  assert.equal(bytes.subarray(-version.length).toString(), version, "the module ends with its version");
  bytes.write("0".repeat(version.length), bytes.length - version.length);
  return bytes;
}

const HTML = "<!doctype html><title>Portail</title>";

/** What a host answers in place of a module, and what the cause says (of half a module, Firefox: "out of memory"). */
const WRONG = [
  ["nothing", async () => ({ status: 404, type: "text/html", body: HTML }), /404/],
  ["a web page", async () => ({ type: "text/html; charset=utf-8", body: HTML }), /web page|CompileError/],
  ["a web page that says it is WebAssembly", async () => ({ type: "application/wasm", body: HTML }), /CompileError/],
  ["half of it", async (name) => ({ type: "application/wasm", body: await cut(name) }), /CompileError|out of memory/],
  ["that of another version", async (name) => ({ type: "application/wasm", body: await old(name) }), / 00000, not /],
  ["another one", async () => ({ type: "application/wasm", body: await readFile(join(NPM, "forge_bg.wasm")) }), /is forge/],
];

export default [
  {
    name: "a plain page makes a request, checks a certificate and assembles a kit",
    async run(t) {
      await withHost(t, { folder: EXAMPLE }, (host) => usePortal(t, () => host.requests));
    },
  },
  {
    name: "the same under a strict policy, with nothing to report",
    async run(t) {
      await withHost(t, { folder: EXAMPLE, policy: STRICT }, async (host) => {
        await usePortal(t, () => host.requests);
        assert.deepEqual(host.reports, [], "violations");
        assert.ok(host.requests.includes("/estampille/atelier-worker.js"), "there was a worker");
        // Without crypto.subtle, or when it is not wanted, the third module comes under the same policy.
        const engine = await t.page.evaluate(async () => {
          const { createCsr } = await import("/estampille/index.js");
          const subject = { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" };
          return (await createCsr({ product: "ORG_SIGN", subject, engine: "wasm", allowPlainKey: true })).engine;
        });
        assert.equal(engine, "wasm");
        assert.deepEqual(host.reports, [], "violations");
        t.assertCalm();
      });
    },
  },
  {
    name: "an import alone asks for its own files, makes no policy and leaves no trace",
    async run(t) {
      await withHost(t, { policy: STRICT }, async (host) => {
        await t.page.addInitScript(() => {
          globalThis.policies = [];
          const factory = globalThis.trustedTypes;
          if (!factory) return;
          const create = factory.createPolicy.bind(factory);
          factory.createPolicy = (name, rules) => {
            globalThis.policies.push(name);
            return create(name, rules);
          };
        });
        await countWorkers(t);
        const seen = await inPage(t, async () => {
          const names = () => Object.getOwnPropertyNames(globalThis).sort().join();
          const before = names();
          const estampille = await import("/estampille/index.js");
          const imported = { same: names() === before, policies: globalThis.policies.length, workers: globalThis.workers.length };
          await estampille.default();
          await Promise.all([estampille.identify(""), estampille.identify("")]);
          return { imported, policies: globalThis.policies, workers: globalThis.workers.length, types: Boolean(globalThis.trustedTypes) };
        });
        assert.deepEqual(seen.imported, { same: true, policies: 0, workers: 0 });
        assert.deepEqual(seen.policies, seen.types ? ["estampille"] : []);
        assert.equal(seen.workers, 1);
        const fetched = host.requests.filter((path) => path.endsWith(".wasm"));
        assert.deepEqual(fetched, ["/estampille/estampille_bg.wasm", "/estampille/atelier_bg.wasm", "/estampille/atelier_later.wasm"]);
        assert.deepEqual(host.reports, []);
      });
    },
  },
  {
    name: "work that is stopped frees its worker, and the next call has another",
    async run(t) {
      await withHost(t, {}, async () => {
        await countWorkers(t);
        const seen = await inPage(t, async () => {
          const { default: init, createCsr, identify } = await import("/estampille/index.js");
          await init();
          await identify("");
          const subject = { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" };
          const request = { product: "ORG_SIGN", subject, engine: "wasm", key: { bits: 4096 }, allowPlainKey: true };
          const work = new AbortController();
          const long = createCsr(request, { signal: work.signal, onProgress: () => work.abort(new Error("changed my mind")) });
          const error = await long.catch((error) => error);
          const ended = globalThis.workers.map((worker) => worker.ended === true);
          const after = await identify("");
          const again = await createCsr(request, { signal: work.signal }).catch(({ code }) => code);
          return { ...{ code: error.code, name: error.name, cause: String(error.cause), ended, again }, container: after.container, count: globalThis.workers.length };
        });
        assert.deepEqual(seen, {
          ...{ code: "aborted", name: "EstampilleError", cause: "Error: changed my mind", ended: [true], again: "aborted" },
          ...{ container: "empty", count: 2 },
        });
      });
    },
  },
  ...WRONG.map(([what, answer, why]) => ({
    name: `${what} in place of the first module is told, and the right one may come then`,
    async run(t) {
      t.expectErrors(/404|Failed to load resource/);
      const path = "/estampille/estampille_bg.wasm";
      await withHost(t, { replace: { [path]: await answer("estampille_bg.wasm") } }, async (host) => {
        const said = await inPage(t, initSays);
        assert.deepEqual([said.name, said.code], ["EstampilleError", "module-not-loaded"]);
        assert.match(said.message, /Rechargez la page/);
        assert.match(said.cause, why);
        delete host.replace[path];
        assert.equal(await t.page.evaluate(initSays), "loaded");
      });
    },
  })),
  ...WRONG.map(([what, answer, why]) => ({
    name: `${what} in place of the second module is told, its worker ends, and the right one may come then`,
    async run(t) {
      t.expectErrors(/404|Failed to load resource/);
      const path = "/estampille/atelier_bg.wasm";
      await countWorkers(t);
      await withHost(t, { replace: { [path]: await answer("atelier_bg.wasm") } }, async (host) => {
        const { answer: said, alive } = await inPage(t, workSays);
        assert.deepEqual([said.name, said.code], ["EstampilleError", "module-not-loaded"]);
        assert.match(said.message, /[Rr]echargez la page/);
        assert.match(said.cause, why);
        assert.equal(alive, 0, "no worker stays behind");
        delete host.replace[path];
        assert.deepEqual(await t.page.evaluate(workSays), { answer: "done", alive: 1 });
      });
    },
  })),
  {
    name: "a worker that is not there, or is a web page, is told",
    async run(t) {
      t.expectErrors(/404|Failed to load resource|MIME|script/i);
      const path = "/estampille/atelier-worker.js";
      await countWorkers(t);
      await withHost(t, {}, async (host) => {
        for (const answer of [{ status: 404, body: HTML, type: "text/html" }, { body: HTML, type: "text/html" }]) {
          host.replace[path] = answer;
          const { answer: said, alive } = await inPage(t, workSays);
          assert.deepEqual([said.name, said.code, alive], ["EstampilleError", "module-not-loaded", 0]);
          assert.match(said.cause, /atelier-worker\.js|rror/);
        }
        const said = await t.page.evaluate(async () => {
          const { default: init } = await import("/estampille/index.js?autre");
          const refused = (worker_path) => init({ worker_path }).then(() => "loaded", ({ code, field }) => `${code} ${field}`);
          return [await refused("https://example.org/w/"), await refused("http://["), await refused("data:text/javascript,1"), await refused(5)];
        });
        assert.deepEqual(said, Array(4).fill("invalid-input worker_path"));
      });
    },
  },
  {
    name: "a server that does not know the type of WebAssembly serves it all the same",
    async run(t) {
      const body = (name) => readFile(join(NPM, name));
      const replace = Object.fromEntries(
        await Promise.all(
          ["estampille_bg.wasm", "atelier_bg.wasm", "atelier_later.wasm"].map(async (name) => [`/estampille/${name}`, { body: await body(name), type: "application/octet-stream" }]),
        ),
      );
      await withHost(t, { replace }, async () => {
        assert.equal((await inPage(t, workSays)).answer, "done");
      });
    },
  },
  {
    name: "files of the package in another folder are found there",
    async run(t) {
      const names = ["estampille_bg.wasm", "atelier-worker.js", "atelier_bg.wasm", "atelier_later.wasm"];
      const replace = Object.fromEntries(
        await Promise.all(names.map(async (name) => [`/ailleurs/${name}`, { body: await readFile(join(NPM, name)), type: name.endsWith(".js") ? "text/javascript" : "application/wasm" }])),
      );
      await withHost(t, { policy: STRICT, replace }, async (host) => {
        const container = await inPage(t, async () => {
          const { default: init, identify } = await import("/estampille/index.js");
          await init({ module_or_path: fetch("/ailleurs/estampille_bg.wasm"), worker_path: "/ailleurs/" });
          return (await identify("")).container;
        });
        assert.equal(container, "empty");
        const asked = host.requests.filter((path) => names.some((name) => path.endsWith(name)));
        assert.deepEqual(asked, names.map((name) => `/ailleurs/${name}`));
        assert.deepEqual(host.reports, []);
      });
    },
  },
  {
    name: "a policy that forbids WebAssembly is told for the IT department, in the page's language",
    async run(t) {
      t.expectErrors(/Content-Security-Policy|Content Security Policy|wasm|WebAssembly|blocked/i);
      await withHost(t, { policy: STRICT.replace(" 'wasm-unsafe-eval'", "") }, async (host) => {
        const said = await inPage(t, initSays);
        assert.deepEqual([said.name, said.code], ["EstampilleError", "wasm-refused"]);
        assert.match(said.message, /service informatique.*'wasm-unsafe-eval'/s);
        await t.page.evaluate(() => (document.documentElement.lang = "en"));
        assert.match((await t.page.evaluate(initSays)).message, /IT department.*'wasm-unsafe-eval'/s);
        assert.match(host.reports.join(), /wasm/, "such a policy reports, and we would see it");
      });
    },
  },
  {
    name: "a browser without WebAssembly is told for the IT department",
    wasm: false,
    async run(t) {
      await withHost(t, { policy: STRICT }, async () => {
        const said = await inPage(t, initSays);
        assert.deepEqual([said.name, said.code], ["EstampilleError", "wasm-refused"]);
        assert.match(said.message, /service informatique/);
      });
    },
  },
  {
    name: "a policy that does not allow our Trusted Types is told when the worker is needed",
    async run(t) {
      t.expectErrors(/Content-Security-Policy|Content Security Policy|Trusted|trusted-types/i);
      await withHost(t, { policy: STRICT.replace("trusted-types estampille", "trusted-types portail") }, async () => {
        const said = await inPage(t, async () => {
          const { default: init, identify, recommend, version } = await import("/estampille/index.js");
          await init();
          const code = (error) => error.code;
          return {
            types: Boolean(globalThis.trustedTypes),
            version: version(),
            plan: (() => { try { return recommend({}); } catch (error) { return error.code; } })(),
            work: await identify("").then(() => "done", code),
          };
        });
        assert.deepEqual([said.plan, said.work], ["invalid-profile", said.types ? "module-not-loaded" : "done"]);
      });
    },
  },
];
