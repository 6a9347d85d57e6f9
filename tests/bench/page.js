// What runs in the browser: the same certificates through each library, in turns.
import { load, setChecker } from "./peers/estampille.js";
import * as pkijs from "./peers/pkijs.js";
import * as x509 from "./peers/x509.js";

/** The moment of every check. */
const AT = "2026-11-20T09:00:00Z";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function timed(work) {
  const started = performance.now();
  const value = await work();
  return { time: performance.now() - started, value };
}

/** Every library must have found the same of every certificate, or its time means nothing. */
function agree(name, found, reference) {
  const wrong = found.find((one) => !one.trusted || !one.inTime || one.usage !== "digitalSignature");
  if (found.length !== reference.size || wrong) {
    throw new Error(`${name}: ${found.length} certificates, ${JSON.stringify(wrong)}`);
  }
  for (const { sha256 } of found) if (!reference.has(sha256)) throw new Error(`${name}: fingerprint ${sha256}`);
}

async function fingerprints(leaves) {
  const digests = await Promise.all(leaves.map((der) => crypto.subtle.digest("SHA-256", der)));
  const hex = (digest) => Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, "0")).join("");
  return new Set(digests.map(hex));
}

/** The longest time for which the page could not have answered. */
function watchLongestTask() {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  });
  observer.observe({ type: "longtask" });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const entry of observer.takeRecords()) longest = Math.max(longest, entry.duration);
    observer.disconnect();
    return longest;
  };
}

/** @returns for each library: median milliseconds, all runs, longest task of the main thread. */
export async function sets({ root, intermediate, leaves }, runs) {
  const estampille = await load("/npm/");
  const libraries = [
    ["Estampille checkSet", setChecker(estampille)],
    ["PKI.js chain engine", pkijs.chainEngine],
    ["PKI.js by hand", pkijs.byHand],
    ["@peculiar/x509 chain builder", x509.chainBuilder],
    ["@peculiar/x509 by hand", x509.byHand],
  ].filter(([name]) => name !== "Estampille checkSet" || typeof estampille.checkSet === "function");
  const warm = { root, intermediate, leaves: leaves.slice(0, 100) };
  const [few, all] = [await fingerprints(warm.leaves), await fingerprints(leaves)];
  for (const [name, check] of libraries) {
    for (let turn = 0; turn < 2; turn += 1) agree(name, await check(warm, AT), few);
  }
  const results = new Map(libraries.map(([name]) => [name, { times: [], longestTask: 0 }]));
  for (let run = 0; run < runs; run += 1) {
    // Another one first each time, so that none always follows the same.
    const order = [...libraries.slice(run % libraries.length), ...libraries.slice(0, run % libraries.length)];
    for (const [name, check] of order) {
      // What the one before left behind is not this one's.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const longestTask = watchLongestTask();
      const { time, value } = await timed(() => check({ root, intermediate, leaves }, AT));
      const result = results.get(name);
      result.longestTask = Math.max(result.longestTask, await longestTask());
      agree(name, value, all);
      result.times.push(time);
    }
  }
  return Array.from(results, ([name, result]) => ({ name, ...result, median: median(result.times) }));
}

/** One certificate at a time. */
export async function single({ root, intermediate, leaves }, count) {
  const estampille = await load("/npm/");
  const times = [];
  for (let number = 0; number < count; number += 1) {
    const certificate = leaves[number % leaves.length];
    const input = { certificate, chain: [intermediate], trustAnchors: [root], at: AT };
    times.push((await timed(() => estampille.checkCertificate(input))).time);
  }
  return median(times.slice(times.length >> 1));
}

const SUBJECT = { department: "Paris (75)", organization: "HOPITAL D'ESSAI", structureId: "10B0152872", commonName: "INSI-AUTO" };

/** What a request costs beyond the key: from a key at hand, and against the browser's own generateKey and exportKey. */
export async function request(count) {
  const estampille = await load("/npm/");
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const asked = { product: "ORG_AUTH_CLI", subject: SUBJECT, allowPlainKey: true };
  const { privateKeyPem } = await estampille.createCsr(asked);
  const times = { existing: [], created: [], bare: [] };
  for (let turn = 0; turn < count; turn += 1) {
    const existing = { ...asked, key: { privateKey: privateKeyPem } };
    times.existing.push((await timed(() => estampille.createCsr(existing))).time);
    times.created.push((await timed(() => estampille.createCsr(asked))).time);
    const bare = async () => {
      const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      await crypto.subtle.exportKey("pkcs8", pair.privateKey);
      await crypto.subtle.exportKey("spki", pair.publicKey);
    };
    times.bare.push((await timed(bare)).time);
  }
  return { existing: median(times.existing), created: median(times.created), bare: median(times.bare) };
}
