// The FINESS register as a program sees it: built from bytes, streams and blobs, saved, loaded, searched; what is no register.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { BAD, ENTITIES, HOSPITAL, IMAGING, LABORATORY, MAIN_SITE, PLATEAU, SITES, entities, extracts, gzip, latin1, sites, structures, utf8 } from "../registers.mjs";
import { assertPlain, load, needs, realData, refused } from "./support.mjs";

const estampille = await load();
const { FinessRegister } = estampille;

const numbers = (hits) => hits.map(({ number }) => number);
const streamOf = (bytes, size) => {
  let at = 0;
  const state = { cancelled: undefined, pulled: 0 };
  const stream = new ReadableStream(
    {
      pull(controller) {
        state.pulled += 1;
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      },
      cancel(reason) {
        state.cancelled = [reason];
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
};

test("both extracts make a register that knows sites, entities and which belongs to which", async () => {
  const register = await FinessRegister.build(extracts());
  assert.deepEqual(register.size, { ej: ENTITIES.length, et: SITES.length });
  assert.equal(register.date, "2026-05-12");
  const site = await register.get(MAIN_SITE.number);
  assertPlain(site);
  assert.deepEqual(
    { kind: site.kind, name: site.name, city: site.city, postcode: site.postcode, ej: site.ej, sector: site.sector, open: site.open, categoryCode: site.categoryCode },
    { kind: "et", name: MAIN_SITE.name, city: "VALENCIENNES", postcode: "59300", ej: HOSPITAL.number, sector: "etablissement-public", open: true, categoryCode: "355" },
  );
  assert.equal(site.sectorReason.code, "sector-proposed");
  const entity = await register.get(HOSPITAL.number);
  assert.deepEqual({ kind: entity.kind, name: entity.name, etCount: entity.etCount }, { kind: "ej", name: HOSPITAL.name, etCount: 3 });
  const imaging = await register.get(IMAGING.number);
  assert.equal(imaging.sector, undefined);
  assert.equal(imaging.sectorReason.code, "sector-to-choose");
  assert.deepEqual(numbers(await register.sites(LABORATORY.number)), numbers(SITES.filter((one) => one.entity === LABORATORY)).sort());
  assert.deepEqual(await register.sites(PLATEAU.number), []);
  assert.equal(await register.get("000000000"), undefined);
  register.free();
});

test("search takes three letters, accents or none, several words, parts of numbers, kinds and departments", async () => {
  const register = await FinessRegister.build(extracts());
  const first = async (query, options) => (await register.search(query, options))[0]?.number;
  assert.equal(await first("pla", { kind: "et" }), PLATEAU.number);
  assert.equal(await first("pla", { kind: "ej" }), LABORATORY.number);
  assert.equal(await first("laboratoire plateau lyo"), PLATEAU.number);
  assert.equal(await first("LBM plateau"), PLATEAU.number);
  assert.equal(await first("erab"), SITES[1].number);
  assert.equal(await first("ch essais st jos"), MAIN_SITE.number);
  assert.equal(await first(PLATEAU.number.slice(0, 8)), PLATEAU.number);
  assert.equal(await first("essais", { kind: "ej" }), HOSPITAL.number);
  assert.deepEqual(await register.search("essais", { department: "69" }), []);
  assert.equal((await register.search("laboratoire", { limit: 1 })).length, 1);
  await refused(() => register.search("x", { kind: "er" }), "invalid-input", "options.kind");
  await refused(() => register.search(5), "invalid-input", "query");
  await refused(() => register.search("x", []), "invalid-input", "options");
  register.free();
});

test("every kind of source gives the same register", async () => {
  const told = async (register) => Promise.all([...ENTITIES, ...SITES].map(({ number }) => register.get(number)));
  const first = await FinessRegister.build(extracts());
  const [wanted, hits] = [await first.save(), await told(first)];
  first.free();
  const [et, ej] = [utf8(sites()), utf8(entities())];
  const given = {
    "gzip": [gzip(et), gzip(ej)],
    "ISO-8859-1": [latin1(sites()), latin1(entities())],
    "blobs": [new Blob([et]), new Blob([gzip(ej)])],
    "streams of few bytes": [streamOf(et, 7).stream, streamOf(gzip(ej), 3).stream],
    "a buffer and a view": [et.buffer, new DataView(ej.buffer)],
  };
  for (const [name, sources] of Object.entries(given)) {
    const register = await FinessRegister.build(sources);
    assert.deepEqual(await register.save(), wanted, name);
    register.free();
  }
  const turned = await FinessRegister.build([ej, et]);
  assert.deepEqual(await told(turned), hits, "the other order");
  turned.free();
  const plus = await FinessRegister.build(new Blob([structures()]));
  assert.deepEqual(plus.size, { ej: ENTITIES.length, et: SITES.length });
  assert.equal((await plus.get(SITES[2].number)).open, false);
  plus.free();
});

test("an index is saved, and loads as it was; what was given stays the caller's", async () => {
  const sources = extracts();
  const register = await FinessRegister.build(sources);
  assert.deepEqual(sources, extracts(), "the caller's bytes are untouched");
  const index = await register.save();
  register.free();
  const kept = index.slice();
  const loaded = await FinessRegister.load(index);
  assert.deepEqual(index, kept);
  assert.deepEqual(loaded.size, { ej: ENTITIES.length, et: SITES.length });
  assert.equal((await loaded.search("lbm plateau"))[0].number, PLATEAU.number);
  assert.deepEqual(await loaded.save(), kept);
  loaded.free();
  await refused(() => loaded.get(PLATEAU.number), "register-gone");
  await refused(() => register.save(), "register-gone");
  register.free();
});

test("an index that is damaged, of another version or none at all is refused", async () => {
  const register = await FinessRegister.build(extracts());
  const index = await register.save();
  const damaged = index.slice();
  damaged[index.length - 40] ^= 1;
  for (const bytes of [damaged, index.subarray(0, index.length - 1), utf8(sites()), new Uint8Array()]) {
    await refused(() => FinessRegister.load(bytes), "bad-index", "index");
  }
  for (const none of [undefined, null, "index", {}, [1, 2]]) await refused(() => FinessRegister.load(none), "invalid-input", "index");
  assert.equal((await register.search("lbm plateau"))[0].number, PLATEAU.number, "what was loaded before stays");
  register.free();
});

test("progress is told, and what it throws ends nothing", async () => {
  const told = [];
  const sources = extracts();
  const register = await FinessRegister.build(sources, (bytes) => told.push(bytes));
  assert.deepEqual(told, [sources[0].length, sources[0].length + sources[1].length]);
  register.free();
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  const again = await FinessRegister.build(sources, () => {
    throw new Error("of the caller's");
  });
  assert.deepEqual(reported, ["of the caller's", "of the caller's"]);
  again.free();
});

test("the work stops when it is asked to, and the stream is told", async () => {
  const { stream, state } = streamOf(utf8(sites()), 64);
  const stop = new AbortController();
  let told = 0;
  const error = await refused(
    () =>
      FinessRegister.build(
        stream,
        () => {
          told += 1;
          if (told === 3) stop.abort("enough");
        },
        { signal: stop.signal },
      ),
    "aborted",
  );
  assert.equal(error.cause, "enough");
  assert.equal(told, 3);
  assert.ok(state.cancelled, "the stream goes on");
  assert.ok(state.pulled <= 5, `read ahead: ${state.pulled}`);
});

for (const [name, { bytes, code }] of Object.entries(BAD)) {
  test(`${name}: refused, with a sentence`, async () => {
    const error = await refused(() => FinessRegister.build([utf8(entities()), bytes]), code, "sources[1]");
    assert.match(error.message, /\p{L}{3}/u);
  });
}

test("what is no source is refused as what it is", async () => {
  await refused(() => FinessRegister.build([]), "register-without-source", "sources");
  for (const none of [undefined, null, 5, "etalab.csv", {}, new Date(), [[]]]) {
    await refused(() => FinessRegister.build(none), "invalid-input", "sources[0]");
  }
  const texts = new ReadableStream({ start: (controller) => (controller.enqueue("structureet"), controller.close()) });
  await refused(() => FinessRegister.build(texts), "invalid-input", "sources[0]");
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
  const error = await refused(() => FinessRegister.build([utf8(sites()), broken]), "invalid-input", "sources[1]");
  assert.equal(error.cause.message, "cut");
  const locked = streamOf(utf8(sites()), 64).stream;
  locked.getReader();
  await refused(() => FinessRegister.build(locked), "invalid-input", "sources[0]");
  await refused(() => new FinessRegister(), "invalid-input", "FinessRegister");
});

test("two registers stand side by side", async () => {
  const [small, large] = await Promise.all([FinessRegister.build(utf8(sites({ of: SITES.slice(0, 1) }))), FinessRegister.build(extracts())]);
  assert.equal(small.size.et, 1);
  assert.equal(large.size.et, SITES.length);
  assert.equal(await small.get(PLATEAU.number), undefined);
  assert.equal((await large.get(PLATEAU.number)).number, PLATEAU.number);
  small.free();
  large.free();
});

const real = join(realData, "finess/etalab-cs1100502-rebuilt-2021-01-08.csv.gz");
test("the extract of 2021 is read whole", needs(real), async () => {
  const bytes = readFileSync(real);
  const { stream } = streamOf(Uint8Array.from(bytes), 256 * 1024);
  const register = await FinessRegister.build(stream);
  assert.equal(register.size.et, 94_839);
  assert.equal(register.date, "2021-01-08");
  const [hit] = await register.search("ch valenciennes");
  assert.match(hit.name, /VALENCIENNES/);
  register.free();
});
