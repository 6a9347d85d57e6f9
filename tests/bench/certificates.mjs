// The certificates of the bench: a root and an intermediate authority with RSA 4096 keys, and leaves with RSA 2048 ones
// that imitate a TEST ORG_AUTH_CLI. Every octet follows from a seed, so that each machine measures the same certificates.
import { checkPrimeSync, createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { bitString, boolean, explicit, integer, name, nothing, octetString, oid, sequence, time, tlv } from "./der.mjs";

const SHA256_RSA = sequence(oid("1.2.840.113549.1.1.11"), nothing());
const ROOT = ["C=FR", "O=ESSAI", "CN=AC RACINE DU BANC D'ESSAI"];
const INTERMEDIATE = ["C=FR", "O=ESSAI", "CN=AC DU BANC D'ESSAI"];

/** @returns {Promise<{root: Buffer, intermediate: Buffer, leaves: Buffer[]}>} kept in `file` once made. */
export async function certificates(count, file) {
  if (existsSync(file)) {
    const kept = JSON.parse(await readFile(file, "utf8"));
    if (kept.leaves.length === count) {
      const read = (text) => Buffer.from(text, "base64");
      return { root: read(kept.root), intermediate: read(kept.intermediate), leaves: kept.leaves.map(read) };
    }
  }
  const made = make(count);
  await mkdir(dirname(file), { recursive: true });
  const text = (der) => der.toString("base64");
  const kept = { root: text(made.root), intermediate: text(made.intermediate), leaves: made.leaves.map(text) };
  await writeFile(file, JSON.stringify(kept));
  return made;
}

function make(count) {
  const top = rsaKey("root");
  const below = rsaKey("intermediate");
  const authority = (subject, issuer, key, signer, serial) =>
    certificate({ subject, issuer, key: spki(key), signer, serial, until: "2045-06-01T08:00:00Z", extensions: [
      extension("2.5.29.19", true, sequence(boolean(true))),
      extension("2.5.29.15", true, bitString(Buffer.from([0x06]), 1)),
      policy("2.5.29.32.0"),
    ] });
  const leaf = (number) =>
    certificate({
      subject: ["C=FR", "ST=Paris (75)", "O=HOPITAL D'ESSAI", "OU=10B0152872", `CN=Application ${number}`],
      issuer: INTERMEDIATE,
      key: rsaSpki(modulus(`leaf ${number}`)),
      signer: below,
      serial: octets(`serial ${number}`, 16),
      until: "2028-06-01T08:00:00Z",
      extensions: [
        extension("2.5.29.19", false, sequence()),
        extension("2.5.29.15", true, bitString(Buffer.from([0x80]), 7)),
        extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.2"))),
        policy("1.2.250.1.213.1.7.2.1.1.1.1"),
        extension("1.2.250.1.71.1.2.5", false, octetString(Buffer.from([0x83]))),
      ],
    });
  return {
    root: authority(ROOT, ROOT, top, top, octets("root serial", 16)),
    intermediate: authority(INTERMEDIATE, ROOT, below, top, octets("intermediate serial", 16)),
    leaves: Array.from({ length: count }, (_, number) => leaf(number)),
  };
}

function certificate({ subject, issuer, key, signer, serial, until, extensions }) {
  const number = Buffer.from(serial);
  number[0] &= 0x7f;
  const identifiers = [
    extension("2.5.29.14", false, octetString(digest(key))),
    extension("2.5.29.35", false, sequence(tlv(0x80, digest(spki(signer))))),
  ];
  const signed = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(number),
    SHA256_RSA,
    name(issuer),
    sequence(time("2025-06-01T08:00:00Z"), time(until)),
    name(subject),
    key,
    explicit(3, sequence(...extensions, ...identifiers)),
  );
  return sequence(signed, SHA256_RSA, bitString(sign("sha256", signed, signer)));
}

const extension = (type, critical, value) =>
  sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));

const policy = (type) => extension("2.5.29.32", false, sequence(sequence(oid(type))));

const digest = (octets) => createHash("sha1").update(octets).digest();

/** As many octets as one likes, the same for the same label. */
function octets(label, count) {
  const blocks = [];
  for (let block = 0; block * 32 < count; block += 1) {
    blocks.push(createHash("sha256").update(`estampille bench ${label} ${block}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, count);
}

/** A number of 2048 bits that nobody knows the factors of: a leaf of the bench never signs. */
function modulus(label) {
  const number = Buffer.from(octets(label, 256));
  number[0] |= 0x80;
  number[255] |= 1;
  return number;
}

const rsaSpki = (number) =>
  sequence(
    sequence(oid("1.2.840.113549.1.1.1"), nothing()),
    bitString(sequence(integer(number), integer(Buffer.from([1, 0, 1])))),
  );

const spki = (privateKey) => createPublicKey(privateKey).export({ type: "spki", format: "der" });

/** An RSA 4096 key whose primes follow from the label: it protects nothing. */
function rsaKey(label) {
  const e = 65537n;
  const [p, q] = [prime(`${label} p`, e), prime(`${label} q`, e)];
  const d = inverse(e, (p - 1n) * (q - 1n));
  const jwk = { kty: "RSA", e: text(e), n: text(p * q), d: text(d), p: text(p), q: text(q) };
  const exponents = { dp: text(d % (p - 1n)), dq: text(d % (q - 1n)), qi: text(inverse(q, p)) };
  return createPrivateKey({ key: { ...jwk, ...exponents }, format: "jwk" });
}

function prime(label, e) {
  for (let attempt = 0; ; attempt += 1) {
    const number = Buffer.from(octets(`${label} ${attempt}`, 256));
    // Both highest bits, so that the product has 4096; odd.
    number[0] |= 0xc0;
    number[255] |= 1;
    const candidate = BigInt(`0x${number.toString("hex")}`);
    if ((candidate - 1n) % e !== 0n && checkPrimeSync(candidate)) return candidate;
  }
}

function inverse(a, modulus) {
  let [r, next, s, following] = [a % modulus, modulus, 1n, 0n];
  while (next > 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [s, following] = [following, s - quotient * following];
  }
  return ((s % modulus) + modulus) % modulus;
}

function text(number) {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex").toString("base64url");
}
