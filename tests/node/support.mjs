// What the tests of the npm package share: the package itself, OpenSSL as a judge, real files, and no network.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built package. */
export const npm = join(root, "dist/npm");

export const read = (...path) => readFileSync(join(...path));
export const wasm = (name) => read(npm, name);

/** A module of ours as it would be if it were of another version (of as many characters). */
export function ofVersion(bytes, version) {
  const section = /\0.\x0aestampille[a-z_]+ ([0-9.]+)$/s.exec(Buffer.from(bytes).toString("latin1"));
  assert.ok(section, "the module ends with its version");
  assert.equal(section[1].length, version.length);
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, bytes.length - version.length), Buffer.from(version)]));
}

/** Whatever asks for the network fails the test that asked. */
const requests = [];
const refuse = (what) => (...args) => {
  requests.push(`${what} ${args[0]?.url ?? args[0]?.host ?? args[0]}`);
  throw new Error("the package asked for the network");
};
globalThis.fetch = refuse("fetch");
net.Socket.prototype.connect = refuse("connect");
after(() => assert.deepEqual(requests, [], "requests"));

/** The package, loaded as a Node program would. */
export async function load() {
  const estampille = await import(join(npm, "index.js"));
  await estampille.default();
  return estampille;
}

/** For errors whose field depends on how far the reading went. */
export const ANY = Symbol("any field");

/** That `run` throws, or rejects with, an error of the contract. */
export async function refused(run, code, field) {
  let error;
  try {
    await run();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, `${code} was expected, nothing was thrown`);
  assert.ok(error instanceof Error, `not an Error: ${String(error)}`);
  assert.deepEqual(
    { name: error.name, code: error.code, field: error.field },
    { name: "EstampilleError", code, field: field === ANY ? error.field : field },
    error.stack,
  );
  assert.ok(error.message.length > 3 && error.message.length < 800, `message: ${error.message}`);
  return error;
}

/** The finding with this code, which must be there once. */
export function finding(report, code) {
  const found = report.findings.filter((finding) => finding.code === code);
  assert.equal(found.length, 1, `${code} among ${report.findings.map((f) => `${f.code} ${f.severity}`)}`);
  return found[0];
}

/** Nothing but plain values: no Map, no class, no undefined. */
export function assertPlain(value, path = "result") {
  if (value === null) assert.fail(`${path} is null`);
  if (Array.isArray(value)) return value.forEach((item, index) => assertPlain(item, `${path}[${index}]`));
  if (value instanceof Uint8Array) return;
  if (typeof value === "object") {
    assert.equal(Object.getPrototypeOf(value), Object.prototype, `${path} is no plain object`);
    for (const [name, item] of Object.entries(value)) assertPlain(item, `${path}.${name}`);
    return;
  }
  assert.ok(["string", "number", "boolean"].includes(typeof value), `${path} is ${typeof value}`);
}

const folder = mkdtempSync(join(tmpdir(), "estampille-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file for OpenSSL and gives its path. */
export function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** What OpenSSL answers; throws when it refuses. The passphrase goes by a variable, not by the command line. */
export function openssl(args, { passphrase = "", input } = {}) {
  return execFileSync("openssl", args, {
    cwd: folder,
    env: { ...process.env, PASSPHRASE: passphrase },
    input,
    maxBuffer: 16 * 1024 * 1024,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Real certificates and register data, which are not part of the project. */
export const realData = process.env.ESTAMPILLE_REAL_DATA ?? join(root, "../shared/fixtures");
/** Worked cases, beside them. */
export const design = join(realData, "../design");

/** Options of a test that needs a path: skipped, with a clear message, where it is absent. */
export function needs(path) {
  return existsSync(path) ? {} : { skip: `${path} is absent (ESTAMPILLE_REAL_DATA names the real data)` };
}

/** DER of a PEM. */
export function derOf(pem) {
  const [, body] = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(String(pem));
  return Buffer.from(body, "base64");
}
