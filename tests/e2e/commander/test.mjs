// The main job: a real town laboratory, from the first screen to a key that is kept and a request that OpenSSL approves.
import assert from "node:assert/strict";

import { Workshop, requestParts } from "../harness/openssl.mjs";
import { laboratory } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding } = walk;

/** The number with its last digit, the check digit, changed. */
const misspelt = (number) => number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);

async function describeStructure(t, lab) {
  await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
  await heading(t, "structure.title").waitFor();
  await walk.sector(t, "lbm-ville").check();
  await t.page.getByText(exactly(said("structure.contract-implicit"))).waitFor();
  await field(t, "structure.name").fill(lab.name);

  const number = field(t, "structure.finess-et");
  await number.fill(misspelt(lab.et));
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  const report = t.page.locator(`#${(await number.getAttribute("aria-describedby")).split(" ").at(-1)}`);
  await report.getByText(/./).first().waitFor();
  assert.ok(await report.locator("[data-code]").count(), "what is wrong stands under the field");
  const [below, above] = [await report.boundingBox(), await number.boundingBox()];
  assert.ok(below.y >= above.y + above.height, "the finding is not under its field");

  await number.fill(`${lab.et.slice(0, 2)} ${lab.et.slice(2, 5)} ${lab.et.slice(5)}`);
  await report.getByText(exactly(said("structure.valid"))).waitFor();
  assert.equal(await number.getAttribute("aria-invalid"), "false");
}

async function readPlan(t, lab) {
  const bearer = said("plan.bearer", { bearer: said("bearer.et-site-principal") });
  await t.page.getByText(exactly(bearer)).waitFor();
  await t.page.getByRole("heading", { name: exactly(said("plan.certificates", { count: 3 })) }).waitFor();
  const certificates = t.page.locator("ol.certificates > li");
  assert.equal(await certificates.count(), 3);
  const texts = (await certificates.allInnerTexts()).map(plain);
  assert.ok(texts.every((text) => text.includes(`1${lab.et}`)), "each certificate bears the site's number");
  assert.ok(texts.some((text) => text.includes("INSI-MANU") && text.includes(said("plan.name-imposed"))));
  assert.equal(await t.page.locator("aside").getByText(exactly(said("plan.summary-count", { count: 3 }))).count(), 1);
}

/** Wrong words, another key, a file that is no key: each is told, and nothing is lost. */
async function readBackWithMistakes(t, key, phrase) {
  const check = walk.section(t, "key.verify-title");
  const named = { name: key.name };
  await walk.readBack(t, key, `${phrase}x`);
  await check.getByText(exactly(said("key.wrong-passphrase"))).waitFor();
  assert.ok(await check.getByText(key.name, { exact: true }).isVisible(), "the file is still there");
  assert.equal(await t.page.getByText(said("key.csr-locked")).isVisible(), true, "no request before the key is kept");

  const other = await Workshop.use((shop) => {
    shop.demand(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-aes256", "-pass", `pass:${phrase}`, "-out", "other.key"]);
    return shop.read("other.key");
  });
  await walk.readBack(t, { name: "autre.key", bytes: other }, phrase);
  await check.getByText(exactly(said("key.wrong-key", named))).waitFor();

  await walk.readBack(t, { name: "notes.txt", bytes: Buffer.from("bonjour") }, phrase);
  await check.getByText(exactly(said("key.not-a-key", named))).waitFor();

  await walk.readBack(t, key, phrase);
  await walk.verified(t);
}

/** OpenSSL's word on the request and the key. */
function judge(lab, request, key, phrase) {
  return Workshop.use((shop) => {
    shop.write("r.csr", request.bytes);
    shop.write("r.key", key.bytes);
    assert.match(shop.ask(["req", "-in", "r.csr", "-verify", "-noout"]).complaint, /verify OK/);

    const { subject, attributes } = requestParts(shop.der("req", "r.csr"));
    const expected = { C: "FR", ST: lab.department, O: lab.name, OU: `1${lab.et}`, CN: "INSI-MANU" };
    assert.deepEqual(subject.toString("hex"), shop.subjectOf(expected).toString("hex"), "the subject, byte by byte");
    const types = shop.demand(["asn1parse", "-inform", "DER", "-in", shop.write("subject.der", subject)]).match(/\w+STRING/g);
    assert.deepEqual(types, ["PRINTABLESTRING", "UTF8STRING", "UTF8STRING", "UTF8STRING", "UTF8STRING"]);
    assert.equal(attributes.length, 0, "an ORG request asks for no extension");
    assert.match(shop.demand(["req", "-in", "r.csr", "-noout", "-text"]), /Public-Key: \(2048 bit\)[^]*Signature Algorithm: sha256WithRSAEncryption/);

    const [ours, theirs] = [
      shop.demand(["pkey", "-in", "r.key", "-passin", `pass:${phrase}`, "-pubout"]),
      shop.demand(["req", "-in", "r.csr", "-noout", "-pubkey"]),
    ];
    assert.equal(ours, theirs, "the key is the request's");
    assert.equal(shop.ask(["pkey", "-in", "r.key", "-passin", `pass:${phrase}x`, "-noout"]).ok, false, "another phrase must not open it");
    const parameters = shop.demand(["asn1parse", "-in", "r.key"]);
    for (const word of ["PBES2", "PBKDF2", "0927C0", "hmacWithSHA256", "aes-256-cbc"]) assert.ok(parameters.includes(word), word);
  });
}

async function readPlatformCard(t, request) {
  await button(t, "commands.to-platform").click();
  await heading(t, "card.title").waitFor();
  const row = t.page.locator(".platform-row").filter({ has: t.page.getByText("INSI-MANU", { exact: true }) }).first();
  await row.getByRole("button", { name: holding(said("common.copy")) }).click();
  await row.getByText(exactly(said("common.copied"))).waitFor();
  assert.equal(await t.clipboard(), "INSI-MANU");
  const again = await t.download(() => t.page.getByRole("button", { name: exactly(said("common.download")) }).click());
  assert.deepEqual([again.name, again.bytes.toString()], [request.name, request.bytes.toString()]);
}

export default [
  {
    name: "a laboratory goes from its sector to a kept key and a request OpenSSL approves",
    async run(t) {
      const lab = laboratory();
      await t.open();
      await describeStructure(t, lab);
      await walk.toSoftware(t, ["dmp", "insi-manu"]);
      await walk.toPlan(t);
      await readPlan(t, lab);
      await walk.toKey(t, "INSI-MANU");
      assert.equal(await field(t, "generate.line-cn").getAttribute("readonly"), "", "the imposed name is locked");
      assert.equal(await field(t, "generate.line-st").inputValue(), lab.department);

      const phrase = await walk.makeKey(t);
      assert.equal(phrase.split("-").length, 6);
      const key = await walk.saveKey(t);
      assert.match(key.name, /INSI-MANU.*\.key$/i);
      await readBackWithMistakes(t, key, phrase);
      const request = await walk.saveRequest(t);
      await judge(lab, request, key, phrase);
      await readPlatformCard(t, request);
      t.noRequests();
    },
  },
  {
    name: "the key read back as pasted text, and the request copied as text",
    async run(t) {
      await walk.toInsiKey(t);
      const phrase = await walk.makeKey(t);
      const save = walk.section(t, "key.save-title");
      await save.getByText(exactly(said("common.as-text"))).click();
      const pem = await save.getByRole("textbox").inputValue();
      assert.match(pem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
      const check = walk.section(t, "key.verify-title");
      await check.locator("summary").click();
      await check.getByRole("textbox", { name: exactly(said("key.paste")) }).fill(pem);
      await walk.readBack(t, undefined, phrase);
      await walk.verified(t);
      const request = walk.section(t, "key.csr-title");
      await request.getByText(exactly(said("common.as-text"))).click();
      await request.getByRole("button", { name: holding(said("common.copy")) }).first().click();
      assert.match(await t.clipboard(), /^-----BEGIN CERTIFICATE REQUEST-----[^]*-----END CERTIFICATE REQUEST-----\s*$/);
      t.noRequests();
    },
  },
  {
    name: "a weak passphrase is refused in words, before any key is made",
    async run(t) {
      await walk.toInsiKey(t);
      await walk.here(t).check();
      await field(t, "key.passphrase").fill("azerty");
      await t.page.getByText(exactly(said("key.strength-0"))).or(t.page.getByText(exactly(said("key.strength-1")))).first().waitFor();
      await button(t, "key.make").click();
      await t.page.getByText(exactly(said("key.too-weak"))).waitFor();
      assert.equal(await field(t, "key.passphrase").inputValue(), "azerty");
      assert.equal(await walk.section(t, "key.save-title").count(), 0);
    },
  },
];
