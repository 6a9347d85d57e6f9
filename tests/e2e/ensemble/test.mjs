// The real day: several certificates, keys and containers with names that tell nothing, a revocation list, and files made
// to do harm.
import assert from "node:assert/strict";

import { Workshop } from "../harness/openssl.mjs";
import { withReal } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, heading, holding, report } = walk;

const zone = (t) => walk.dropZone(t, "check.drop");
const listed = (t, name) => t.page.locator(".dropped li").filter({ hasText: name });
const headline = async (place) => plain(await place.getByRole("heading", { level: 2 }).innerText());

const SUBJECT = "/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=";

/** Three keys with their certificates and requests, by one made-up authority. */
function order(shop) {
  const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
  for (const [stem, name] of [["1", "INSI-AUTO"], ["2", "INSI-MANU"], ["3", "Proxy DMP"]]) {
    shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", `${SUBJECT}${name}`, "-keyout", `${stem}.key`, "-out", `${stem}.csr`]);
    shop.certify(`${stem}.csr`, authority, stem);
  }
  shop.demand(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", "2.key", "-passout", "pass:la bonne phrase", "-out", "2-chiffree.key"]);
  shop.demand(["pkcs12", "-export", "-in", "3.pem", "-inkey", "3.key", "-certfile", "ca.pem", "-passout", "pass:la bonne phrase", "-out", "3.p12"]);
  return (name, from) => ({ name, bytes: shop.read(from) });
}

/** A text of `count` certificates, all the same. */
const many = (pem, count) => Buffer.concat(Array.from({ length: count }, () => pem));

/** SEQUENCE in SEQUENCE, `depth` times. */
function nested(depth) {
  let bytes = Buffer.from([0x05, 0x00]);
  for (let level = 0; level < depth; level += 1) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    bytes = Buffer.concat([Buffer.from([0x30, 0x84]), length, bytes]);
  }
  return bytes;
}

/** An encrypted key whose number of rounds is 2³¹ − 1. */
function endless(shop) {
  const der = shop.der8("2.key");
  const rounds = Buffer.from([0x02, 0x02, 0x08, 0x00]);
  const at = der.indexOf(rounds);
  assert.ok(at > 0, "openssl writes 2048 rounds");
  const longer = Buffer.concat([der.subarray(0, at), Buffer.from([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff]), der.subarray(at + 4)]);
  // The lengths around it grow by two.
  for (const position of lengthsBefore(longer, at)) longer.writeUInt16BE(longer.readUInt16BE(position) + 2, position);
  for (const position of shortLengthsBefore(longer, at)) longer[position] += 2;
  return longer;
}

/** Where the two-octet lengths of the SEQUENCEs that hold `at` stand. */
function lengthsBefore(der, at) {
  return [2].filter((position) => position < at && der[1] === 0x82);
}

/** Where the one-octet lengths of the SEQUENCEs that hold `at` stand. */
function shortLengthsBefore(der, at) {
  const found = [];
  let position = 4;
  while (position < at) {
    const [tag, length] = [der[position], der[position + 1]];
    if (tag !== 0x30) {
      position += 2 + length;
    } else if (position + 2 + length + 2 > at && length < 0x80) {
      found.push(position + 1);
      position += 2;
    } else {
      position += 2 + length;
    }
  }
  return found;
}

export default [
  {
    name: "each certificate finds its key, whatever the names; the words are asked again until they open",
    timeout: 120_000,
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const file = order(shop);
        await t.drop(zone(t), [
          file("certificat (1).cer", "1.pem"),
          file("certificat (2).cer", "2.pem"),
          file("nouveau.p12", "3.p12"),
          file("cle-a.key", "2-chiffree.key"),
          file("cle-b.key", "1.key"),
          file("copie de certificat (1).cer", "1.pem"),
          { name: "retour.cer", bytes: Buffer.from("<html><title>Session expirée</title></html>") },
        ]);
        const first = report(t, "certificat (1).cer");
        await first.waitFor();
        await first.getByText(holding(said("check.with-key", { name: "cle-b.key" }))).waitFor();
        await t.page.getByText(holding(said("duplicate-file.title", { name: "INSI-AUTO", count: 2 }))).first().waitFor();
        await listed(t, "retour.cer").getByText(holding(said("html-page.title", { title: "Session expirée" }))).waitFor();

        const phrase = field(t, "check.passphrase");
        await phrase.fill("une autre phrase");
        await phrase.press("Enter");
        await t.page.getByRole("alert").getByText(holding(said("key-locked.wrong.title"))).first().waitFor();
        assert.equal(await phrase.inputValue(), "une autre phrase", "nothing typed is lost");
        await phrase.fill("la bonne phrase");
        await phrase.press("Enter");
        await phrase.waitFor({ state: "detached" });
        await report(t, "certificat (2).cer").getByText(holding(said("check.with-key", { name: "cle-a.key" }))).waitFor();
        await report(t, "nouveau.p12").waitFor();
        await t.screen("ensemble");

        // The alarms of what was checked.
        const saved = await t.download(() => first.getByRole("button", { name: exactly(said("check.alarm")) }).click());
        const calendar = saved.bytes.toString();
        assert.equal(saved.name, said("common.calendar-file"));
        assert.match(calendar, /^BEGIN:VCALENDAR\r\n/);
        assert.equal(calendar.match(/BEGIN:VALARM/g).length, 3);
        assert.ok(calendar.includes("INSI-AUTO"));
        for (const stem of ["1", "2", "3"]) assert.ok(!calendar.includes(shop.read(`${stem}.key`).toString().split("\n")[3]));
      });
      t.noRequests();
    },
  },
  {
    name: "a key that is another certificate's is told, and leads to what to do",
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const file = order(shop);
        await t.drop(zone(t), [file("recu.cer", "1.pem"), file("ancienne.key", "3.key")]);
        const place = report(t, "recu.cer");
        await place.waitFor();
        const told = finding(place, "key-matches-private-key");
        await told.getByText(holding(said("key-matches-private-key.mismatch.title"))).waitFor();
        await told.getByRole("button", { name: exactly(said("check.lost-key")) }).click();
        await heading(t, "lost.title").waitFor();
        await t.screen("cle-perdue");
      });
      t.noRequests();
    },
  },
  {
    name: "a revocation list judges: revoked, not revoked, too old",
    run: (t) =>
      withReal(
        [
          "end-entity/test-el-org-sign-tomwsrevoque-henix-asipsante-fr-2019",
          "end-entity/test-el-org-sign-tomws-henix-asipante-fr-2019",
          "crl/test-ac-elementaire-organisations-20190627.crl",
        ],
        async (revoked, valid, list) => {
          await t.page.clock.setFixedTime(new Date("2019-06-29T12:00:00Z"));
          await t.open("#/verifier");
          await t.drop(zone(t), [revoked, valid, list]);
          await report(t, revoked.name).waitFor();
          await finding(report(t, revoked.name), "revocation").and(t.page.locator(".error")).first().waitFor();
          assert.match(await headline(report(t, revoked.name)), /^Révoqué le /);
          assert.equal(await report(t, valid.name).locator('.finding.ok[data-code="revocation"]').count(), 1);
          assert.ok(!(await headline(report(t, valid.name))).includes(said("headline.revocation-not-checked.title")));
          await listed(t, list.name).getByText(holding(said("check.kind-crl"))).waitFor();

          await t.page.clock.setFixedTime(new Date("2019-08-01T12:00:00Z"));
          await button(t, "check.again").click();
          await t.drop(zone(t), [valid, list]);
          await report(t, valid.name).waitFor();
          assert.equal(await report(t, valid.name).locator('.finding.ok[data-code="revocation"]').count(), 0, "an old list proves nothing");
          t.noRequests();
        },
      ),
  },
  {
    name: "files made to do harm are refused, and the page goes on",
    timeout: 120_000,
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const file = order(shop);
        const bundle = many(shop.read("1.pem"), 10_000);
        await t.drop(zone(t), [
          { name: "dix-mille.pem", bytes: bundle },
          { name: "profond.der", bytes: nested(20_000) },
          { name: "sans-fin.key", bytes: endless(shop) },
        ]);
        await listed(t, "profond.der").waitFor();
        await report(t, "dix-mille.pem").waitFor({ timeout: 60_000 });
        const phrase = field(t, "check.passphrase");
        if (await phrase.isVisible()) {
          await phrase.fill("peu importe");
          await phrase.press("Enter");
        }
        await listed(t, "sans-fin.key").getByText(holding(said("key-derivation-rounds.title"))).first().waitFor();
        await button(t, "check.again").click();
        await t.drop(zone(t), [file("bon.cer", "1.pem")]);
        await report(t, "bon.cer").waitFor();
      });
      t.noRequests();
    },
  },
];
