// Whatever is passed to whatever function: an answer, or an EstampilleError; and work that its caller stops.

import assert from "node:assert/strict";
import test from "node:test";
import { extracts } from "../registers.mjs";
import { load, npm, refused } from "./support.mjs";

const estampille = await load();
const { createCsr, checkCertificate, checkSet, assemble, identify, parseIdentifier } = estampille;

const unhandled = [];
process.on("unhandledRejection", (error) => unhandled.push(error));

const throwing = () => {
  throw new Error("the caller's own");
};
const trap = new Proxy({}, { get: throwing, ownKeys: throwing, has: throwing, getPrototypeOf: throwing });
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const cycle = [];
cycle.push(cycle);
const holes = { length: 1e9 };

/** What no function asks for, at the first or at a later place. */
const NONSENSE = [
  ...[undefined, null, 0, NaN, -1, 1n, true, "", "x", "\ud800", Symbol("x"), () => "x", class {}],
  ...[[], [[]], [undefined], [null], Array(3), cycle, holes, {}, Object.create(null), new Map(), new Set(["x"]), new Date(NaN)],
  ...[new Error("x"), /x/, Promise.resolve(1), new WeakMap(), new Uint8Array(0), new Uint8Array(3), new Float64Array(2)],
  ...[new ArrayBuffer(4), new SharedArrayBuffer(4), new DataView(new ArrayBuffer(1)), trap, revoked.proxy],
  ...[{ get certificate() { return throwing(); } }, { subject: trap, product: trap, files: trap }, [trap], [{ name: "a", bytes: trap }]],
];

/** How an error of the contract looks; anything else is a raw exception. */
function assertContract(error, what) {
  assert.ok(error instanceof Error, `${what}: ${String(error)}`);
  assert.equal(error.name, "EstampilleError", `${what}: ${error.stack}`);
  assert.match(error.code, /^[a-z0-9]+(-[a-z0-9]+)*$/, what);
  assert.ok(error.field === undefined || typeof error.field === "string", what);
  assert.ok(error.message.length > 3 && !error.message.includes("the caller's own"), `${what}: ${error.message}`);
}

const { FinessRegister } = estampille;
const register = await FinessRegister.build(extracts());
const calls = [
  ...Object.entries(estampille).filter(([name]) => !["default", "FinessRegister"].includes(name)),
  ...["build", "load"].map((name) => [name, (...values) => FinessRegister[name](...values)]),
  ...["get", "search", "sites"].map((name) => [name, (...values) => register[name](...values)]),
];
const LATER = ["assemble", "build", "checkCertificate", "checkSet", "createCsr", "get", "identify", "inspectCsr", "load", "prepareF413", "search", "sites"];
const described = (value) => Object.prototype.toString.call(typeof value === "object" ? null : value).slice(8, -1);

for (const [name, call] of calls) {
  test(`${name} answers nonsense, or says what is wrong with it`, async () => {
    const before = JSON.stringify(parseIdentifier("finess", "750712184"));
    let refusals = 0;
    for (const [place, value] of NONSENSE.entries()) {
      for (const values of [[value], ["finess", value], [{}, value], [value, value, value]]) {
        const what = `${name}, value ${place} (${described(value)}) among ${values.length}`;
        try {
          const answer = call(...values);
          // What is thrown at once and what is rejected later are told by the kind of the function alone.
          const isPromise = answer instanceof Promise;
          assert.equal(isPromise, LATER.includes(name), what);
          await answer;
        } catch (error) {
          assertContract(error, what);
          refusals += 1;
        }
      }
    }
    assert.ok(name === "version" || refusals > 0, "something was refused");
    estampille.setLocale("fr");
    assert.equal(JSON.stringify(parseIdentifier("finess", "750712184")), before, "the module is as it was");
  });
}

const SUBJECT = { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" };
const SLOW = { product: "ORG_SIGN", subject: SUBJECT, engine: "wasm", key: { bits: 2048 }, allowPlainKey: true };

test("work is told, stopped with the caller's reason, and stops nothing else", async () => {
  const told = [];
  await createCsr(SLOW, { onProgress: (...at) => told.push(at) });
  assert.ok(told.length > 0 && told.every(([done, total]) => done >= 0 && total > 0));

  const work = new AbortController();
  const reason = { why: "another page" };
  const long = createCsr(SLOW, { signal: work.signal, onProgress: () => work.abort(reason) });
  const beside = createCsr({ ...SLOW, engine: "webcrypto" });
  const error = await refused(() => long, "aborted");
  assert.equal(error.cause, reason);
  assert.ok((await beside).csrPem);

  // Already stopped: nothing starts.
  for (const call of [() => createCsr(SLOW, { signal: work.signal }), () => checkSet([], { signal: work.signal }), () => checkCertificate({ certificate: "x" }, { signal: work.signal }), () => assemble({ certificate: "x", outputPassphrase: "Grange-48-Coquelicot" }, { signal: work.signal })]) {
    assert.equal((await refused(call, "aborted")).cause, reason);
  }
});

test("a signal that is never used leaves no listener behind", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args) => ((listeners += 1), addEventListener.apply(signal, args));
  signal.removeEventListener = (...args) => ((listeners -= 1), removeEventListener.apply(signal, args));
  await createCsr({ ...SLOW, engine: "auto" }, { signal });
  await refused(() => checkCertificate({ certificate: "x" }, { signal }), "not-a-certificate", "certificate");
  assert.equal(listeners, 0);
});

test("options that are nonsense are told by their name, and a teller that throws stops nothing", async () => {
  for (const signal of [5, "stop", {}, { aborted: true }, new EventTarget()]) {
    await refused(() => createCsr(SLOW, { signal }), "invalid-input", "options.signal");
    await refused(() => checkSet([], { signal }), "invalid-input", "options.signal");
  }
  await refused(() => createCsr(SLOW, { get signal() { return throwing(); } }), "invalid-input", "options.signal");
  await refused(() => createCsr(SLOW, trap), "invalid-input", "options.onProgress");
  assert.ok((await createCsr(SLOW, { onProgress: throwing })).csrPem);
});

test("nothing was rejected where nobody listened, and the module still works", async () => {
  await identify("");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(unhandled, [], npm);
});
