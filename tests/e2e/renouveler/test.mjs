// The same certificate again: same subject and product, a new key, never the old one.
import assert from "node:assert/strict";

import { Workshop } from "../harness/openssl.mjs";
import { withReal } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, heading, report } = walk;

const THE_DAY = new Date("2026-11-20T12:00:00Z");
const SUBJECT = "/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=INSI-AUTO";

const give = (t, file) => t.choose(walk.fileInput(t, "renew.drop"), [file]);

const line = (t, name) => t.page.locator(`.compare [data-field="${name}"]`);

/** An old certificate, and requests with its key and with another. */
function old(shop) {
  const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
  const request = (key, name) => shop.demand(["req", "-new", "-utf8", "-subj", SUBJECT, "-key", key, "-out", name]);
  for (const key of ["ancienne.key", "nouvelle.key"]) shop.demand(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key]);
  request("ancienne.key", "reprise.csr");
  request("nouvelle.key", "neuve.csr");
  const file = (name) => ({ name, bytes: shop.read(name) });
  return { certificate: { name: "ancien.cer", bytes: shop.certify("reprise.csr", authority, "a") }, reused: file("reprise.csr"), fresh: file("neuve.csr") };
}

export default [
  {
    name: "from the report to the key's screen, the fields filled in, and to the platform card",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (certificate) => {
        await t.page.clock.setFixedTime(THE_DAY);
        await t.open("#/verifier");
        await t.drop(walk.dropZone(t, "check.drop"), [certificate]);
        await report(t, certificate.name).getByRole("button", { name: exactly(said("check.renew")) }).click();
        await heading(t, "renew.title").waitFor();
        await finding(t.page.locator("main"), "renewal-in-time").waitFor();
        assert.match(plain(await line(t, "commonName").innerText()), /Hemadialyse identique|identique Hemadialyse/);
        assert.match(await line(t, "key").getAttribute("class"), /changed/);
        await button(t, "renew.make").click();
        await heading(t, "generate.title").waitFor();
        assert.equal(await field(t, "generate.line-cn").inputValue(), "Hemadialyse");
        const subject = await Workshop.use((shop) => {
          shop.write("c.pem", certificate.bytes);
          return shop.demand(["x509", "-in", "c.pem", "-noout", "-subject", "-nameopt", "sep_multiline,utf8"]);
        });
        const part = (name) => new RegExp(`^\\s*${name}=(.*)$`, "m").exec(subject)[1].trim();
        assert.equal(await field(t, "generate.line-o").inputValue(), part("O"));
        assert.equal(await field(t, "generate.line-st").inputValue(), part("ST"));
        assert.ok(plain(await t.page.locator(".identity-card").innerText()).includes(part("OU")));

        const phrase = await walk.makeKey(t);
        await walk.readBack(t, await walk.saveKey(t), phrase);
        await walk.verified(t);
        const request = await walk.saveRequest(t);
        await Workshop.use((shop) => {
          shop.write("r.csr", request.bytes);
          const again = shop.demand(["req", "-in", "r.csr", "-noout", "-subject", "-nameopt", "sep_multiline,utf8"]);
          assert.equal(again.trim(), subject.trim(), "the same subject");
        });
        await button(t, "commands.to-platform").click();
        await heading(t, "card.title").waitFor();
        const card = plain(await t.page.locator(".platform-rows").innerText());
        assert.ok(card.includes("Hemadialyse") && card.includes(part("OU")), card);
        await t.screen("plateforme");
        t.noRequests();
      }),
  },
  {
    name: "a request that takes up the old key is refused with the reason, a new one is read",
    async run(t) {
      await t.open("#/renouveler");
      await Workshop.use(async (shop) => {
        const { certificate, reused, fresh } = old(shop);
        await give(t, certificate);
        await button(t, "renew.make").click();
        await heading(t, "generate.title").waitFor();
        await walk.there(t).check();
        await t.choose(walk.fileInput(t, "commands.csr-file"), [reused]);
        await t.page.getByText(exactly(said("key-reused.renewal.title"))).first().waitFor();
        assert.equal(await t.page.getByText(exactly(said("commands.good"))).count(), 0);
        await t.choose(walk.fileInput(t, "commands.csr-file"), [fresh]);
        await t.page.getByText(exactly(said("commands.good"))).first().waitFor();
      });
    },
  },
  {
    name: "what is no certificate is said, and another file asked for",
    viewports: ["wide", "narrow"],
    schemes: ["light", "dark"],
    browsers: ["chromium"],
    async run(t) {
      await t.open("#/renouveler");
      await heading(t, "renew.title").waitFor();
      await t.screen("vide");
      await give(t, { name: "page.cer", bytes: Buffer.from("<!doctype html><title>Erreur</title>") });
      await t.page.locator("main .finding.error").waitFor();
      await Workshop.use(async (shop) => {
        await give(t, old(shop).certificate);
        await line(t, "key").waitFor();
        assert.equal(await t.page.locator("main .finding.error").count(), 0);
        await t.screen("compare");
      });
    },
  },
];
