// Loading: nothing before init, once whatever the number of calls, and again after a failure.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { load, npm, read, refused, wasm } from "./support.mjs";

const before = Object.getOwnPropertyNames(globalThis).sort();
const estampille = await import(join(npm, "index.js"));

test("importing does nothing, and calls before init are refused", async () => {
  assert.deepEqual(Object.getOwnPropertyNames(globalThis).sort(), before);
  await refused(() => estampille.version(), "not-initialised");
  await refused(() => estampille.createCsr({}), "not-initialised");
});

test("a module that is none is refused, and another may be given then", async () => {
  await refused(() => estampille.default({ module_or_path: new Uint8Array(8) }), "module-not-loaded");
  await refused(
    () => estampille.default({ module_or_path: Promise.reject(new Error("offline")) }),
    "module-not-loaded",
  );
  await refused(() => estampille.version(), "not-initialised");
});

test("concurrent calls load the module once", async () => {
  const instantiate = WebAssembly.instantiate;
  let count = 0;
  WebAssembly.instantiate = (...args) => {
    // Node loads modules of its own in this way.
    if (args[0].byteLength === wasm("estampille_bg.wasm").byteLength) count += 1;
    return instantiate(...args);
  };
  try {
    const input = { module_or_path: wasm("estampille_bg.wasm"), worker_path: wasm("atelier_bg.wasm") };
    await Promise.all([estampille.default(input), estampille.default(input), estampille.default()]);
    await load();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  assert.equal(count, 1);
});

test("the version is the package's", () => {
  assert.equal(estampille.version(), JSON.parse(read(npm, "package.json")).version);
});

test("only what the contract names is exported", () => {
  assert.deepEqual(Object.keys(estampille).sort(), [
    "assemble",
    "checkCertificate",
    "checkSet",
    "createCsr",
    "default",
    "identify",
    "inspectCsr",
    "parseIdentifier",
    "recommend",
    "renewalCalendar",
    "serverCommands",
    "setLocale",
    "version",
  ]);
});

test("the bytes of the second module, given to init, are used; the third is loaded when it is asked for", async () => {
  const size = (name) => wasm(name).byteLength;
  const loaded = [];
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (...args) => {
    loaded.push(args[0].byteLength);
    return instantiate(...args);
  };
  try {
    for (const engine of ["auto", "wasm", "wasm"]) {
      const bundle = await estampille.createCsr({
        product: "ORG_AUTH_CLI",
        subject: { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" },
        engine,
        allowPlainKey: true,
      });
      assert.equal(bundle.engine, engine === "auto" ? "webcrypto" : engine);
      if (engine === "auto") assert.deepEqual(loaded, [size("atelier_bg.wasm")]);
    }
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  assert.deepEqual(loaded, [size("atelier_bg.wasm"), size("forge_bg.wasm")]);
});

test("texts follow the locale", async () => {
  const title = () => estampille.parseIdentifier("finess", "010000017").findings[0].title;
  const french = title();
  estampille.setLocale("en");
  const english = title();
  assert.notEqual(french, english);
  await refused(() => estampille.setLocale("de"), "invalid-input", "locale");
  assert.equal(title(), english, "a refused locale changes nothing");
  estampille.setLocale("fr");
  assert.equal(title(), french);
});
