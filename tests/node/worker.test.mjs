// The page's end of the worker, with threads of Node as workers and a stand-in for Trusted Types: one call at a time,
// nothing left behind, crashes survived, one policy that lets our own script through and nothing else.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker as Thread } from "node:worker_threads";
import { npm, openssl, ofVersion, refused, wasm } from "./support.mjs";

const policies = [];
globalThis.trustedTypes = {
  createPolicy(name, rules) {
    policies.push({ name, rules });
    return { createScriptURL: (url) => ({ trusted: rules.createScriptURL(url) }) };
  },
};

/** Runs a worker's script in a thread, behind the browser's interface. */
const SHIM = `
  import { parentPort, workerData } from "node:worker_threads";
  globalThis.self = { crypto, postMessage: (message, transfer) => parentPort.postMessage(message, transfer) };
  await import(workerData);
  parentPort.on("message", (data) => self.onmessage({ data }));
`;
const started = [];
globalThis.Worker = class extends EventTarget {
  sent = [];
  unanswered = 0;
  mostUnanswered = 0;
  constructor(url, options) {
    super();
    assert.equal(options.type, "module");
    assert.ok(url.trusted, "the address did not come from the policy");
    this.thread = new Thread(new URL(`data:text/javascript,${encodeURIComponent(SHIM)}`), { workerData: url.trusted });
    this.thread.on("message", (data) => {
      if (Object(data) === data && ("value" in data || "refusal" in data)) this.unanswered -= 1;
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    this.thread.on("error", () => this.dispatchEvent(new Event("error", { cancelable: true })));
    started.push(this);
  }
  postMessage(message, transfer) {
    if ("call" in message) {
      this.unanswered += 1;
      this.mostUnanswered = Math.max(this.unanswered, this.mostUnanswered);
      this.sent.push(message);
    }
    this.thread.postMessage(message, transfer);
  }
  terminate() {
    this.ended = true;
    this.thread.terminate();
  }
};
after(() => Promise.all(started.map(({ thread }) => thread.terminate())));

const core = await import(join(npm, "estampille_core.js"));
await core.default({ module_or_path: wasm("estampille_bg.wasm") });

/** What the worker loads when it needs it. */
const OTHERS = { later: wasm("atelier_later.wasm"), forge: wasm("forge_bg.wasm") };

/** From here on, the worker is this script. */
function host(script) {
  const url = script.startsWith("data:") ? script : pathToFileURL(join(npm, script)).href;
  core.hostWorker(url, wasm("atelier_bg.wasm"), OTHERS);
  started.length = 0;
}
const REQUEST = {
  product: "ORG_SIGN",
  subject: { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" },
  engine: "wasm",
  passphrase: "Grange-48-Coquelicot",
};
const request = () => core.call("createCsr", [{ ...REQUEST }], undefined);

test("calls share one worker, one at a time, and leave nothing behind", async () => {
  host("atelier-worker.js");
  const bundles = await Promise.all([request(), request(), request()]);
  for (const { csrPem } of bundles) openssl(["req", "-verify", "-noout"], { input: csrPem });
  assert.equal(new Set(bundles.map(({ publicKeySha256 }) => publicKeySha256)).size, 3);
  assert.equal(started.length, 1);
  const [{ sent, mostUnanswered }] = started;
  assert.equal(mostUnanswered, 1);
  assert.deepEqual(sent.map(({ call }) => call), ["createCsr", "createCsr", "createCsr"]);
});

test("bytes are transferred: this side has none of them any more", async () => {
  host("atelier-worker.js");
  const { privateKeyPem } = await request();
  const privateKey = new TextEncoder().encode(privateKeyPem);
  const passphrase = new TextEncoder().encode(REQUEST.passphrase);
  await core.call("createCsr", [{ ...REQUEST, key: { privateKey, passphrase } }], undefined);
  assert.equal(privateKey.byteLength, 0);
  assert.equal(passphrase.byteLength, 0);
});

test("progress is told while a key is made in software", async () => {
  host("atelier-worker.js");
  const told = [];
  await core.call("createCsr", [{ ...REQUEST }], (done, total) => told.push([done, total]));
  assert.ok(told.length > 0);
  assert.ok(told.every(([done, total]) => Number.isInteger(done) && total > 0));
});

test("a worker that does not start is unavailable, and asked for again", async () => {
  host("no-such-worker.js");
  await refused(request, "module-not-loaded");
  await refused(request, "module-not-loaded");
  assert.equal(started.length, 2);
  assert.ok(started.every(({ ended }) => ended));
});

const workerAt = pathToFileURL(join(npm, "atelier-worker.js")).href;

test("a second module that is none, is cut, or is of another version is not used, and its worker ends", async () => {
  const whole = wasm("atelier_bg.wasm");
  const wrong = [
    [new Uint8Array(8), /CompileError/],
    [Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), /none of ours/],
    [wasm("forge_bg.wasm"), /is forge 0/],
    [new TextEncoder().encode("<!doctype html><title>404</title>"), /CompileError/],
    [whole.subarray(0, whole.length / 2), /CompileError/],
    [ofVersion(whole, "0.0.9"), /atelier 0\.0\.9, not atelier 0/],
  ];
  for (const [bytes, why] of wrong) {
    started.length = 0;
    core.hostWorker(workerAt, bytes, OTHERS);
    const error = await refused(request, "module-not-loaded");
    assert.match(String(error.cause), why);
    assert.deepEqual(started.map(({ ended }) => ended), [true]);
  }
});

test("a worker's script from before an update says nothing of its version: it is not used", async () => {
  const old = "self.onmessage = () => self.postMessage({ ready: true });";
  host(`data:text/javascript,${encodeURIComponent(old)}`);
  const error = await refused(request, "module-not-loaded");
  assert.match(error.cause.message, /version none/);
});

test("a third module of another version is not used", async () => {
  started.length = 0;
  core.hostWorker(workerAt, wasm("atelier_bg.wasm"), { ...OTHERS, forge: ofVersion(wasm("forge_bg.wasm"), "0.0.9") });
  const error = await refused(request, "module-not-loaded");
  assert.match(error.cause.message, /forge 0\.0\.9, not forge 0/);
  assert.deepEqual(started.map(({ ended }) => ended), [true]);
});

test("a second part that is none, is cut, or is of another build is not used", async () => {
  const whole = wasm("atelier_later.wasm");
  const other = Uint8Array.from(whole);
  // The last byte is of the signature, which names the build of the first part.
  other[other.length - 1] ^= 1;
  const wrong = [
    [new Uint8Array(8), /CompileError/],
    [Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), /none of ours/],
    [wasm("forge_bg.wasm"), /is forge 0/],
    [whole.subarray(0, whole.length / 2), /CompileError/],
    [other, /is atelier_later .*, not atelier_later/],
  ];
  for (const [later, why] of wrong) {
    started.length = 0;
    core.hostWorker(workerAt, wasm("atelier_bg.wasm"), { ...OTHERS, later });
    const error = await refused(request, "module-not-loaded");
    assert.match(error.cause.message, why);
    assert.deepEqual(started.map(({ ended }) => ended), [true]);
  }
});

test("the address that a caller's policy made is used as it is", async () => {
  started.length = 0;
  core.hostWorker({ trusted: workerAt }, wasm("atelier_bg.wasm"), OTHERS);
  assert.ok((await request()).csrPem);
  assert.equal(started.length, 1);
});

test("work that is stopped ends its worker, and the next call gets another", async () => {
  host("atelier-worker.js");
  let stop;
  const stopped = new Promise((resolve) => (stop = resolve));
  const long = core.call("createCsr", [{ ...REQUEST, key: { bits: 4096 } }], () => stop(), stopped);
  const behind = request();
  await refused(() => long, "aborted");
  assert.equal(started[0].ended, true);
  assert.ok((await behind).csrPem);
  assert.deepEqual(started.map(({ ended }) => ended), [true, undefined]);
});

test("without the third module, what needs no RSA in software is done all the same", async () => {
  core.hostWorker(pathToFileURL(join(npm, "atelier-worker.js")).href, wasm("atelier_bg.wasm"), { ...OTHERS, forge: new Uint8Array(8) });
  await refused(request, "engine-unavailable");
  const { csrPem } = await core.call("createCsr", [{ ...REQUEST, engine: "webcrypto" }], undefined);
  openssl(["req", "-verify", "-noout"], { input: csrPem });
});

test("a worker that dies fails one call, and the next gets another worker", async () => {
  const dies = `
    let isFirst = true;
    self.onmessage = ({ data }) => {
      if (!isFirst) throw new Error("dies");
      isFirst = false;
      self.postMessage({ ready: data.version });
    };`;
  host(`data:text/javascript,${encodeURIComponent(dies)}`);
  await refused(request, "engine-failed");
  await refused(request, "engine-failed");
  assert.equal(started.length, 2);
  host("atelier-worker.js");
  assert.ok((await request()).csrPem);
});

test("answers that nobody asked for are not heard", async () => {
  const talks = `
    self.onmessage = ({ data }) => {
      if (data.version) self.postMessage({ ready: data.version });
      for (const noise of [null, 1, {}, { id: 999, value: 9 }, { id: "x" }]) self.postMessage(noise);
      if (data.id) self.postMessage({ id: data.id, refusal: { code: "wrong-passphrase", field: "passphrase", title: "La phrase secrète n’ouvre pas la clé." } });
    };`;
  host(`data:text/javascript,${encodeURIComponent(talks)}`);
  await refused(request, "wrong-passphrase", "passphrase");
});

test("one policy, and nothing but our own scripts", () => {
  assert.deepEqual(policies.map(({ name }) => name), ["estampille"]);
  const { createScriptURL } = policies[0].rules;
  for (const url of ["https://example.org/x.js", "./atelier-worker.js?x", "", "data:text/javascript,1"]) {
    assert.throws(() => createScriptURL(url), TypeError, url);
  }
  const own = pathToFileURL(join(npm, "atelier-worker.js")).href;
  assert.equal(createScriptURL(own), own);
});
