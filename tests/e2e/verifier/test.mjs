// A file comes back from the platform: what it is, whether it is theirs, whether it will work.
import assert from "node:assert/strict";

import { Workshop } from "../harness/openssl.mjs";
import { withReal } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, holding, report } = walk;

/** A day on which some of the real certificates are valid and others are over. */
const THE_DAY = new Date("2026-11-20T12:00:00Z");

const zone = (t) => walk.dropZone(t, "check.drop");

async function openCheck(t) {
  await t.page.clock.setFixedTime(THE_DAY);
  await t.open("#/verifier");
  await walk.heading(t, "check.title").waitFor();
}

/** Drops files and waits for the report on the first; `{ place, verdict, headline }`. */
async function check(t, files) {
  await t.drop(zone(t), files);
  return reported(t, files[0].name);
}

async function reported(t, name) {
  const place = report(t, name);
  await place.waitFor();
  return {
    place,
    verdict: await place.getAttribute("data-verdict"),
    headline: plain(await place.getByRole("heading", { level: 2 }).innerText()),
  };
}

const another = (t) => button(t, "check.again").click();

/** The severity and title of the finding of this code; also of a folded one. */
async function told(place, code) {
  const one = finding(place, code).first();
  const title = await one.locator(".finding-title").evaluate((element) => {
    const shown = element.cloneNode(true);
    for (const hidden of shown.querySelectorAll(".visually-hidden")) hidden.remove();
    return shown.textContent;
  });
  return { severity: (await one.getAttribute("class")).split(" ")[1], title: plain(title) };
}

/** A key, its certificate by a made-up authority, and the authority. */
function homemade(shop, stem, authority) {
  shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", "/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=INSI-MANU", "-keyout", `${stem}.key`, "-out", `${stem}.csr`]);
  return { name: `${stem}.cer`, bytes: shop.certify(`${stem}.csr`, authority, stem) };
}

const MADE_UP = "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI";
const LOOK_ALIKE = "/C=FR/O=ASIP-SANTE/OU=0002 187512751/OU=IGC-SANTE TEST/CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS";

export default [
  {
    name: "real certificates get the verdict a careful person would give",
    run: (t) =>
      withReal(
        [
          "end-entity/test-el-org-auth-cli-hemadialyse-2025",
          "end-entity/legacy-test-classe4-serv-ssl-cpxservices-tra-asipsante-fr-2015",
          "end-entity/test-el-ps-auth-med-cs-rpps0052352-2025",
          "end-entity/test-el-org-auth-cli-insi-auto-2021",
        ],
        async (good, former, person, expired) => {
          await openCheck(t);
          const one = await check(t, [good]);
          assert.notEqual(one.verdict, "fail");
          assert.ok(one.headline.startsWith(said("headline.product.title", { product: "ORG AUTH_CLI", name: "Hemadialyse" })), one.headline);
          assert.ok(one.headline.includes(said("headline.not-compared.title")), one.headline);
          assert.ok(one.headline.includes("17 mars 2028"), one.headline);
          assert.ok(one.headline.includes(said("headline.revocation-not-checked.title")), one.headline);
          assert.equal((await told(one.place, "chain-trusted")).severity, "ok");
          await t.page.getByRole("status").getByText(exactly(one.headline)).waitFor({ state: "attached" });

          await another(t);
          const two = await check(t, [former]);
          assert.equal(two.verdict, "fail");
          assert.equal((await told(two.place, "chain-trusted")).title, said("chain-trusted.former-pki.title"));

          await another(t);
          const three = await check(t, [person]);
          assert.ok([said("end-entity.card.title"), said("end-entity.person-instead.title")].includes((await told(three.place, "end-entity")).title));

          await another(t);
          const four = await check(t, [expired]);
          assert.equal(four.verdict, "fail");
          assert.ok(four.headline.startsWith(said("headline.refused.title")), four.headline);
          assert.equal((await told(four.place, "validity")).title, plain(said("validity.expired.title", { until: "1er décembre 2024" })));
          assert.equal((await told(four.place, "chain-trusted")).severity, "ok", "expired, but truly theirs");
          t.noRequests();
        },
      ),
  },
  {
    name: "« yours » is said of the certificate of the key made here, and of no other",
    async run(t) {
      await t.page.clock.setFixedTime(new Date());
      await walk.toInsiKey(t);
      const phrase = await walk.makeKey(t);
      await walk.readBack(t, await walk.saveKey(t), phrase);
      await walk.verified(t);
      const request = await walk.saveRequest(t);
      await Workshop.use(async (shop) => {
        const authority = shop.authority("ca", MADE_UP);
        shop.write("r.csr", request.bytes);
        const ours = { name: "retire.cer", bytes: shop.certify("r.csr", authority, "r") };
        const other = homemade(shop, "autre", authority);

        await button(t, "commands.to-platform").click();
        await button(t, "card.next").click();
        const first = await check(t, [ours]);
        assert.equal((await told(first.place, "key-matches-csr")).severity, "ok");
        assert.equal((await told(first.place, "chain-trusted")).title, said("chain-trusted.unknown-authority.title"));
        assert.equal(first.verdict, "fail");
        for (const code of ["common-name", "structure-id"]) assert.equal((await told(first.place, code)).severity, "ok", code);

        await another(t);
        const second = await check(t, [other]);
        assert.equal(second.verdict, "fail");
        assert.ok(!second.headline.includes(said("headline.theirs.title")), second.headline);
        assert.equal(await finding(second.place, "key-matches-csr").and(t.page.locator(".ok")).count(), 0);
      });
      t.noRequests();
    },
  },
  {
    name: "an authority of the right name with another key is refused, also when it comes along",
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const authority = shop.authority("faux", LOOK_ALIKE);
        const leaf = homemade(shop, "feuille", authority);
        const alone = await check(t, [leaf]);
        assert.equal(alone.verdict, "fail");
        assert.equal((await told(alone.place, "chain-trusted")).severity, "error");
        assert.ok([said("chain-trusted.look-alike.title"), said("chain-trusted.signature-invalid.title")].includes((await told(alone.place, "chain-trusted")).title));

        await t.drop(zone(t), [{ name: "chaine.cer", bytes: shop.read("faux.pem") }]);
        await t.page.locator(".dropped li").filter({ hasText: "chaine.cer" }).getByText(holding(said("check.kind-authority"))).first().waitFor();
        await finding(report(t, leaf.name), "chain-trusted").getByText(holding(said("chain-trusted.look-alike.title"))).waitFor();
        const together = await reported(t, leaf.name);
        assert.equal(together.verdict, "fail");
        assert.equal((await told(together.place, "chain-trusted")).title, said("chain-trusted.look-alike.title"));
        assert.equal(await together.place.getByRole("button", { name: exactly(said("check.renew")) }).count(), 0, "nobody renews a forgery");
        assert.ok(together.headline.startsWith(said("headline.refused.title")), together.headline);
      });
      t.noRequests();
    },
  },
  {
    name: "the key tells: its certificate, another's, a locked one",
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const authority = shop.authority("ca", MADE_UP);
        const [mine, other] = [homemade(shop, "mien", authority), homemade(shop, "autre", authority)];

        const mismatch = await check(t, [mine, { name: "autre.key", bytes: shop.read("autre.key") }]);
        assert.equal(mismatch.verdict, "fail");
        const why = await told(mismatch.place, "key-matches-private-key");
        assert.deepEqual(why, { severity: "error", title: said("key-matches-private-key.mismatch.title") });
        assert.match(mismatch.headline, /n'est pas celui de votre clé/);

        await another(t);
        const match = await check(t, [mine, { name: "mien.key", bytes: shop.read("mien.key") }]);
        assert.equal((await told(match.place, "key-matches-private-key")).severity, "ok");

        await another(t);
        shop.demand(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", "mien.key", "-passout", "pass:bonne phrase", "-out", "chiffree.key"]);
        await check(t, [mine, { name: "chiffree.key", bytes: shop.read("chiffree.key") }]);
        const phrase = field(t, "check.passphrase");
        const matches = finding(report(t, mine.name), "key-matches-private-key");
        await phrase.fill("mauvaise phrase");
        await phrase.press("Tab");
        await matches.getByText(holding(said("key-matches-private-key.locked.title"))).waitFor();
        assert.equal(await phrase.inputValue(), "mauvaise phrase");
        await phrase.fill("bonne phrase");
        await phrase.press("Tab");
        await report(t, mine.name).locator(`.finding.ok[data-code="key-matches-private-key"]`).waitFor({ state: "attached" });
      });
      t.noRequests();
    },
  },
  {
    name: "on a small screen the answer comes into sight, also when no certificate was read",
    async run(t) {
      await t.page.setViewportSize({ width: 320, height: 640 });
      await openCheck(t);
      const inSight = async (place) => {
        const { top, bottom } = await place.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return { top, bottom };
        });
        assert.ok(top >= 0 && top < 560 && bottom > top, `from ${top} to ${bottom}`);
      };
      await t.drop(zone(t), [{ name: "retour.cer", bytes: Buffer.from("<html><title>Session expirée</title></html>") }]);
      const none = t.page.getByRole("heading", { level: 2, name: exactly(said("check.no-certificate", { count: 1 })) });
      await none.waitFor();
      await t.page.getByText(holding(said("html-page.title", { title: "Session expirée" }))).first().waitFor();
      await inSight(none);
      await another(t);
      await Workshop.use(async (shop) => {
        const authority = shop.authority("ca", MADE_UP);
        const mine = homemade(shop, "mien", authority);
        await t.page.evaluate(() => scrollTo(0, 0));
        const one = await check(t, [mine]);
        await inSight(one.place.getByRole("heading", { level: 2 }));
      });
      t.noRequests();
    },
  },
  {
    name: "a file dropped anywhere on the page is checked, also in English",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (good) => {
        await t.page.clock.setFixedTime(THE_DAY);
        await t.open();
        await t.drop(t.page.locator("footer"), [good]);
        await walk.heading(t, "check.title").waitFor();
        const french = await reported(t, good.name);
        await t.page.getByRole("button", { name: exactly(said("frame.other-language")) }).click();
        await t.page.getByRole("heading", { level: 1, name: exactly(said("check.title", {}, "en")) }).waitFor();
        await report(t, good.name).getByText(holding(said("headline.revocation-not-checked.title", {}, "en"))).first().waitFor();
        assert.notEqual((await reported(t, good.name)).headline, french.headline);
        t.noRequests();
      }),
  },
];
