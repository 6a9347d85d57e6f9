// Loading: nothing before init, once whatever the number of calls, and again after a failure.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "node:test";
import { load, npm, ofVersion, read, refused, wasm } from "./support.mjs";

const before = Object.getOwnPropertyNames(globalThis).sort();
const policies = [];
globalThis.trustedTypes = { createPolicy: (name) => policies.push(name) };
const estampille = await import(join(npm, "index.js"));
const { refusals } = await import(join(npm, "refusals.js"));

/** The lengths of what is compiled meanwhile. */
async function compiledDuring(run) {
  const { compile } = WebAssembly;
  const sizes = [];
  WebAssembly.compile = (bytes) => {
    sizes.push(bytes.byteLength);
    return compile(bytes);
  };
  try {
    await run();
  } finally {
    WebAssembly.compile = compile;
  }
  return sizes;
}

test("importing does nothing, and calls before init are refused", async () => {
  assert.deepEqual(Object.getOwnPropertyNames(globalThis).filter((name) => name !== "trustedTypes").sort(), before);
  assert.deepEqual(policies, [], "no policy is made by an import");
  await refused(() => estampille.version(), "not-initialised");
  await refused(() => estampille.setLocale("en"), "not-initialised");
  await refused(() => estampille.recommend({}), "not-initialised");
  await refused(() => estampille.createCsr({}), "not-initialised");
  await refused(() => estampille.checkSet([]), "not-initialised");
});

const core = wasm("estampille_bg.wasm");
const page = (status, type) => new Response("<!doctype html><title>404</title>", { status, headers: { "Content-Type": type } });
const throwing = {
  get module_or_path() {
    throw new Error("a getter of the caller's");
  },
};

/** What is given for the module, and what the cause says. */
const WRONG = [
  ["eight octets", { module_or_path: new Uint8Array(8) }, /CompileError/],
  ["an empty module", { module_or_path: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) }, /none of ours/],
  ["half of it", { module_or_path: core.subarray(0, core.length / 2) }, /CompileError/],
  ["another module of ours", { module_or_path: wasm("forge_bg.wasm") }, /is forge 0/],
  ["one of another version", { module_or_path: ofVersion(core, "0.0.9") }, /is estampille_core 0\.0\.9, not estampille_core 0\.1\.0/],
  ["a web page", { module_or_path: page(200, "text/html; charset=utf-8") }, /is a web page/],
  ["a page that is not found", { module_or_path: page(404, "text/html") }, /404/],
  ["a page as WebAssembly", { module_or_path: page(200, "application/wasm") }, /CompileError/],
  ["a page as bytes", { module_or_path: page(200, "application/octet-stream") }, /CompileError/],
  ["a promise that fails", () => ({ module_or_path: Promise.reject(new Error("offline")) }), /offline/],
  ["a number", { module_or_path: 5 }, /neither an address/],
  ["an object", { module_or_path: {} }, /neither an address/],
  ["a file that is not there", { module_or_path: pathToFileURL(join(npm, "no.wasm")) }, /ENOENT/],
  ["a getter that throws", throwing, /a getter/],
];

for (const [what, input, why] of WRONG) {
  test(`${what} in place of the module is refused, and another may be given then`, async () => {
    const error = await refused(() => estampille.default(typeof input === "function" ? input() : input), "module-not-loaded");
    assert.equal(error.message, refusals.fr.notLoaded);
    assert.match(String(error.cause), why);
    await refused(() => estampille.version(), "not-initialised");
  });
}

test("where WebAssembly is forbidden, the error is the paragraph for the IT department", async () => {
  const real = globalThis.WebAssembly;
  const { message } = new real.CompileError("disallowed by embedder");
  const forbidding = { compile: () => Promise.reject(new real.CompileError(message)), Module: class {}, CompileError: real.CompileError };
  for (const WebAssembly of [undefined, forbidding]) {
    globalThis.WebAssembly = WebAssembly;
    try {
      const error = await refused(() => estampille.default({ module_or_path: core }), "wasm-refused");
      assert.equal(error.message, refusals.fr.wasmRefused);
      assert.ok(error.cause);
      globalThis.document = { documentElement: { lang: "en-GB" } };
      assert.equal((await refused(() => estampille.default({ module_or_path: core }), "wasm-refused")).message, refusals.en.wasmRefused);
    } finally {
      delete globalThis.document;
      globalThis.WebAssembly = real;
    }
  }
});

test("a place of the worker that is none is refused, and another may be given then", async () => {
  for (const worker_path of [5, {}, [], true, Symbol("x")]) {
    await refused(() => estampille.default({ module_or_path: core, worker_path }), "invalid-input", "worker_path");
  }
  await refused(() => estampille.version(), "not-initialised");
});

test("concurrent calls load the module once", async () => {
  const input = { module_or_path: core, worker_path: wasm("atelier_bg.wasm") };
  const compiled = await compiledDuring(async () => {
    await Promise.all([estampille.default(input), estampille.default(input), estampille.default()]);
    await load();
  });
  assert.deepEqual(compiled, [core.byteLength]);
});

test("the version is the package's", () => {
  assert.equal(estampille.version(), JSON.parse(read(npm, "package.json")).version);
});

test("the element's module does nothing where there is no document", async () => {
  const { defineAssistant, ...others } = await import(join(npm, "assistant.js"));
  assert.equal(typeof defineAssistant, "function");
  assert.deepEqual(Object.keys(others), []);
});

test("only what the contract names is exported", () => {
  assert.deepEqual(Object.keys(estampille).sort(), [
    "FinessRegister",
    "assemble",
    "checkCertificate",
    "checkSet",
    "createCsr",
    "default",
    "identify",
    "inspectCsr",
    "parseIdentifier",
    "prepareF413",
    "recommend",
    "renewalCalendar",
    "serverCommands",
    "setLocale",
    "version",
  ]);
});

test("the bytes of the second module, given to init, are used; the third is loaded when it is asked for", async () => {
  const size = (name) => wasm(name).byteLength;
  const loaded = await compiledDuring(async () => {
    for (const engine of ["auto", "wasm", "wasm"]) {
      const bundle = await estampille.createCsr({
        product: "ORG_AUTH_CLI",
        subject: { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" },
        engine,
        allowPlainKey: true,
      });
      assert.equal(bundle.engine, engine === "auto" ? "webcrypto" : engine);
    }
  });
  assert.deepEqual(loaded, ["atelier_bg.wasm", "atelier_later.wasm", "forge_bg.wasm"].map(size));
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
