// Whatever a caller passes: an EstampilleError with its code and, where it can be known, its field. Never a raw
// exception, and the module goes on.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import test from "node:test";
import vm from "node:vm";
import { ANY, load, refused } from "./support.mjs";

const { checkCertificate, createCsr, inspectCsr, parseIdentifier, recommend, serverCommands } = await load();

const SUBJECT = { structureId: "1750712184", organization: "X", department: "Paris (75)", commonName: "DPI" };
const REQUEST = { product: "ORG_AUTH_CLI", subject: SUBJECT, passphrase: "Grange-48-Coquelicot" };
const PROFILE = {
  sector: "officine",
  contract: "et",
  legalEntities: [{ id: "ej", sites: [{ id: "s", finessEt: "750712184" }] }],
  instances: [{ id: "lgo", name: "LGO", services: ["dmp"] }],
};

const throwing = (name, rest = {}) =>
  Object.defineProperty({ ...rest }, name, {
    enumerable: true,
    get() {
      throw new Error("a getter of the caller's");
    },
  });
const cyclic = (rest) => {
  const object = { ...rest };
  object.self = object;
  return object;
};
const proxy = new Proxy({}, { ownKeys: () => assert.fail("a trap"), get: () => assert.fail("a trap") });
const noise = randomBytes(1024 * 1024);

/** [what, call, code, field] */
const TABLE = [
  ["no kind", () => parseIdentifier(), "invalid-input", "kind"],
  ["a number as kind", () => parseIdentifier(5, "750712184"), "invalid-input", "kind"],
  ["an unknown kind", () => parseIdentifier("FINESS", "750712184"), "invalid-input", "kind"],
  ["a megabyte of kind", () => parseIdentifier("x".repeat(1 << 20), "1"), "invalid-input", "kind"],
  ["a number as text", () => parseIdentifier("finess", 750712184), "invalid-input", "text"],
  ["null as text", () => parseIdentifier("finess", null), "invalid-input", "text"],
  ["a symbol as text", () => parseIdentifier("finess", Symbol("x")), "invalid-input", "text"],

  ["no profile", () => recommend(), "invalid-profile", undefined],
  ["null as profile", () => recommend(null), "invalid-profile", undefined],
  ["a text as profile", () => recommend("officine"), "invalid-profile", undefined],
  ["an empty profile", () => recommend({}), "invalid-profile", "sector"],
  ["a number as sector", () => recommend({ ...PROFILE, sector: 3 }), "invalid-profile", "sector"],
  ["an unknown sector", () => recommend({ ...PROFILE, sector: "pharmacie" }), "invalid-profile", "sector"],
  ["entities that are no list", () => recommend({ ...PROFILE, legalEntities: {} }), "invalid-profile", "legalEntities"],
  ["a site's name that is a number", () => recommend({ ...PROFILE, legalEntities: [{ id: "ej", sites: [{ id: "s", name: 4 }] }] }), "invalid-profile", "legalEntities[0].sites[0].name"],
  ["a service that is null", () => recommend({ ...PROFILE, instances: [{ id: "a", name: "A", services: ["dmp", null] }] }), "invalid-profile", "instances[0].services[1]"],
  ["a list as profile", () => recommend([]), "invalid-profile", "sector"],
  ["a site that is a list", () => recommend({ ...PROFILE, legalEntities: [{ id: "ej", sites: [["s"]] }] }), "invalid-profile", "legalEntities[0].sites[0]"],
  ["an instance that is a Date", () => recommend({ ...PROFILE, instances: [new Date()] }), "invalid-profile", "instances[0]"],
  ["a profile with a getter that throws", () => recommend(throwing("sector", PROFILE)), "invalid-profile", "sector"],
  ["a cycle in a profile", () => recommend({ ...PROFILE, legalEntities: cyclic({}) }), "invalid-profile", ANY],
  ["a proxy as profile", () => recommend(proxy), "invalid-profile", undefined],

  ["no request", () => createCsr(), "invalid-input", undefined],
  ["an empty request", () => createCsr({}), "invalid-input", "product"],
  ["a list as request", () => createCsr([]), "invalid-input", "product"],
  ["an unknown product", () => createCsr({ ...REQUEST, product: "ORG" }), "invalid-input", "product"],
  ["no subject", () => createCsr({ ...REQUEST, subject: undefined }), "invalid-input", "subject"],
  ["a text as subject", () => createCsr({ ...REQUEST, subject: "CN=x" }), "invalid-input", "subject"],
  ["a number as common name", () => createCsr({ ...REQUEST, subject: { ...SUBJECT, commonName: 1 } }), "invalid-input", "subject.commonName"],
  ["a function as common name", () => createCsr({ ...REQUEST, subject: { ...SUBJECT, commonName: () => "x" } }), "invalid-input", "subject.commonName"],
  ["a common name that throws", () => createCsr({ ...REQUEST, subject: throwing("commonName", SUBJECT) }), "invalid-input", "subject.commonName"],
  ["an odd size", () => createCsr({ ...REQUEST, key: { bits: 2048.5 } }), "invalid-input", "key.bits"],
  ["a size as text", () => createCsr({ ...REQUEST, key: { bits: "2048" } }), "invalid-input", "key.bits"],
  ["a size that is not offered", () => createCsr({ ...REQUEST, key: { bits: 1024 } }), "unsupported-key-size", "key.bits"],
  ["an infinite size", () => createCsr({ ...REQUEST, key: { bits: Infinity } }), "invalid-input", "key.bits"],
  ["an unknown engine", () => createCsr({ ...REQUEST, engine: "openssl" }), "invalid-input", "engine"],
  ["names that are no list", () => createCsr({ ...REQUEST, product: "SERV_SSL", dnsNames: "a.fr" }), "invalid-input", "dnsNames"],
  ["a truth that is a text", () => createCsr({ ...REQUEST, minimalSubject: "yes" }), "invalid-input", "minimalSubject"],
  ["a key that is a number", () => createCsr({ ...REQUEST, key: { privateKey: 1 } }), "invalid-input", "key.privateKey"],
  ["a key that is noise", () => createCsr({ ...REQUEST, key: { privateKey: noise } }), "not-a-private-key", "key.privateKey"],
  ["a key that is empty", () => createCsr({ ...REQUEST, key: { privateKey: "" } }), "not-a-private-key", "key.privateKey"],
  ["a key that is a list", () => createCsr({ ...REQUEST, key: [] }), "invalid-input", "key"],
  ["a key that is null", () => createCsr({ ...REQUEST, key: { privateKey: null } }), "invalid-input", "key.privateKey"],
  ["a key that is undefined", () => createCsr({ ...REQUEST, key: { privateKey: undefined } }), "invalid-input", "key.privateKey"],
  ["commands with a key that is null", () => serverCommands({ ...REQUEST, key: { privateKey: null } }), "invalid-input", "key.privateKey"],
  ["a list as subject", () => createCsr({ ...REQUEST, subject: [] }), "invalid-input", "subject"],
  ["a Map as subject", () => createCsr({ ...REQUEST, subject: new Map(Object.entries(SUBJECT)) }), "invalid-input", "subject"],
  ["a Date as subject", () => createCsr({ ...REQUEST, subject: new Date() }), "invalid-input", "subject"],
  ["bytes as subject", () => createCsr({ ...REQUEST, subject: new Uint8Array(3) }), "invalid-input", "subject"],
  ["commands for nothing", () => serverCommands(), "invalid-input", undefined],
  ["commands for a number", () => serverCommands({ product: "ORG_SIGN", subject: 1 }), "invalid-input", "subject"],

  ["no csr", () => inspectCsr(), "invalid-input", "csr"],
  ["a number as csr", () => inspectCsr(1), "invalid-input", "csr"],
  ["noise as csr", () => inspectCsr(noise), "not-a-csr", "csr"],
  ["an expectation that is a text", () => inspectCsr("x", "ORG_SIGN"), "invalid-input", "expected"],
  ["a list as expectation", () => inspectCsr("x", []), "invalid-input", "expected"],
  ["an expected number", () => inspectCsr("x", { commonName: 1 }), "invalid-input", "expected.commonName"],

  ["no input", () => checkCertificate(), "invalid-input", undefined],
  ["no certificate", () => checkCertificate({}), "invalid-input", "certificate"],
  ["a certificate that is an object", () => checkCertificate({ certificate: {} }), "invalid-input", "certificate"],
  ["noise as certificate", () => checkCertificate({ certificate: noise }), "not-a-certificate", "certificate"],
  ["a chain that is no list", () => checkCertificate({ certificate: "x", chain: 1 }), "invalid-input", "chain"],
  ["a chain of numbers", () => checkCertificate({ certificate: "x", chain: ["x", 2] }), "invalid-input", "chain[1]"],
  ...[[], new Date(), new Map([["certificate", "x"]]), new Uint8Array(4), new ArrayBuffer(4), new DataView(new ArrayBuffer(4)), Promise.resolve({}), vm.runInNewContext("[]")].map(
    (input) => [`${Object.prototype.toString.call(input)} as input`, () => checkCertificate(input), "invalid-input", "certificate"],
  ),
  ["a list as expectation of a certificate", () => checkCertificate({ certificate: "x", expected: ["ORG_SIGN"] }), "invalid-input", "expected"],
  ["a Map as expectation", () => checkCertificate({ certificate: "x", expected: new Map() }), "invalid-input", "expected"],
  ["bytes as expectation", () => checkCertificate({ certificate: "x", expected: new Uint16Array(1) }), "invalid-input", "expected"],
  ["a moment that is none", () => checkCertificate({ certificate: "x", at: "hier" }), "invalid-input", "at"],
  ["a moment that is a Date", () => checkCertificate({ certificate: "x", at: new Date() }), "invalid-input", "at"],
];

for (const [what, call, code, field] of TABLE) {
  test(what, async () => {
    const error = await refused(call, code, field);
    assert.ok(!error.message.includes("a getter of the caller's"));
  });
}

test("absent, undefined and null are the same for what is optional", () => {
  const plans = [undefined, null].map((absent) =>
    recommend({ ...PROFILE, hostHospital: absent, administrator: absent, on: absent }),
  );
  assert.deepEqual(plans[0], recommend(PROFILE));
  assert.deepEqual(plans[1], plans[0]);
});

test("instances of classes and values of another realm are read", () => {
  class Profile {
    #sector = "officine";
    get sector() {
      return this.#sector;
    }
    contract = PROFILE.contract;
    legalEntities = PROFILE.legalEntities;
    instances = PROFILE.instances;
    method() {}
  }
  assert.deepEqual(recommend(new Profile()), recommend(PROFILE));
  assert.deepEqual(recommend(vm.runInNewContext(`(${JSON.stringify(PROFILE)})`)), recommend(PROFILE));
});

test("bytes are those of the moment of the call", async () => {
  const { csrDer, privateKeyPem } = await createCsr(REQUEST);
  const buffers = [Uint8Array.from(csrDer), Buffer.from(csrDer), Uint8Array.from(csrDer).buffer];
  for (const buffer of buffers) {
    const inspected = inspectCsr(buffer);
    new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength).fill(0);
    assert.equal((await inspected).signatureValid, true);
  }
  const key = Buffer.from(privateKeyPem);
  const made = createCsr({ ...REQUEST, key: { privateKey: key, passphrase: REQUEST.passphrase } });
  key.fill(0);
  assert.equal((await made).publicKeySha256, (await inspectCsr(csrDer)).publicKey.sha256);
});

test("what an address should be is said in words that agree", async () => {
  const instances = [{ ...PROFILE.instances[0], email: "pas une adresse" }];
  const error = await refused(() => recommend({ ...PROFILE, instances }), "invalid-profile", ANY);
  assert.match(error.message, /adresse électronique/u);
  assert.doesNotMatch(error.message, /\bun adresse/u);
});

test("what shares its parts too often is refused in good time", async () => {
  let sites = "x";
  for (let level = 0; level < 11; level += 1) sites = Array(50).fill(sites);
  const started = performance.now();
  await refused(() => recommend({ ...PROFILE, sites }), "invalid-profile", ANY);
  assert.ok(performance.now() - started < 5000);
});

test("a thousand failures leave the module as it was", async () => {
  for (let time = 0; time < 1000; time += 1) {
    assert.throws(() => recommend(throwing("sector")));
    assert.throws(() => recommend({ sector: 1 }));
    await assert.rejects(createCsr({ product: 1 }));
  }
  assert.equal(parseIdentifier("finess", "750712184").valid, true);
  assert.ok((await createCsr(REQUEST)).csrPem);
});
