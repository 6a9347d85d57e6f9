// What goes wrong in real life: the wrong file in the wrong place, numbers that contradict themselves, a hand on the
// back button. The page says it, goes on, and keeps what was typed.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import { Workshop } from "../harness/openssl.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding, report } = walk;

const HTML = Buffer.from("<!doctype html><html><title>Erreur 403</title><p>Votre session a expiré.</p></html>");
const BROKEN_PEM = Buffer.from("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUCé§ù\n-----END CERTIFICATE-----\n");

/** Beyond what the page reads, in octets. */
const TOO_MANY = 25 * 1024 * 1024;

/** `{ name, bytes, kind }`: what is dropped, and what the page must call it. */
function wrongFiles(shop) {
  shop.demand(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=essai", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "k.pem", "-out", "c.pem"]);
  shop.demand(["pkcs12", "-export", "-in", "c.pem", "-inkey", "k.pem", "-passout", "pass:essai", "-out", "c.p12"]);
  return [
    { name: "vide.cer", bytes: Buffer.alloc(0), kind: "empty-file.title" },
    { name: "bruit.cer", bytes: randomBytes(1 << 20), kind: "unknown-file.title" },
    { name: "page.cer", bytes: HTML, kind: "html-page.title" },
    { name: "notice.pdf", bytes: Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n"), kind: "pdf-document.title" },
    { name: "certificat.p12", bytes: shop.read("c.p12"), kind: "check.kind-encrypted-key" },
    { name: "coupe.pem", bytes: BROKEN_PEM, kind: "broken-pem.title" },
    { name: "cle.pem", bytes: shop.read("k.pem"), kind: "check.kind-key" },
  ];
}

const listed = (t, name) => t.page.locator(".dropped li").filter({ hasText: name });

const choice = (t, key) => t.page.getByRole("radio", { name: holding(said(key)) });

export default [
  {
    name: "each wrong file is named, and the page goes on",
    async run(t) {
      await t.open("#/verifier");
      const zone = walk.dropZone(t, "check.drop");
      await Workshop.use(async (shop) => {
        const files = wrongFiles(shop);
        await t.drop(zone, files);
        for (const { name, kind } of files) {
          await listed(t, name).getByText(holding(said(kind))).first().waitFor();
        }
        assert.equal(await t.page.locator("section.report.pass, section.report.warn").count(), 0, "no verdict on what is no certificate");
        for (const [name, what] of [["page.cer", "html-page.action"], ["vide.cer", "empty-file.action"], ["certificat.p12", "container-locked.action"]]) {
          await listed(t, name).getByText(holding(said(what))).first().waitFor();
        }

        await t.drop(zone, [{ name: "enorme.cer", zeros: TOO_MANY }]);
        await t.page.getByText(exactly(said("common.too-big", { name: "enorme.cer" }))).first().waitFor();
        assert.equal(await listed(t, "enorme.cer").count(), 0);

        await t.page.getByRole("button", { name: exactly(said("check.forget", { name: "vide.cer" })) }).click();
        await listed(t, "vide.cer").waitFor({ state: "detached" });
        await t.drop(zone, [{ name: "bon.cer", bytes: shop.read("c.pem") }]);
        await report(t, "bon.cer").waitFor();
      });
      await t.screen("fichiers");
      t.noRequests();
    },
  },
  {
    name: "wrong files at every other door",
    async run(t) {
      const named = (name) => ({ name, bytes: HTML });
      await t.open();
      await t.drop(walk.dropZone(t, "check.drop"), [named("accueil.cer")]);
      await heading(t, "check.title").waitFor();
      await listed(t, "accueil.cer").waitFor();

      await t.page.getByRole("link", { name: exactly(said("frame.fleet")) }).click();
      await heading(t, "fleet.title").waitFor();
      await t.drop(walk.dropZone(t, "fleet.drop"), [named("parc.cer"), { name: "vide.cer", bytes: Buffer.alloc(0) }]);
      await t.page.getByText(/parc\.cer/).waitFor();
      assert.equal(await t.page.locator("table tbody tr").count(), 0);
      t.noRequests();
    },
  },
  {
    name: "wrong files while a key is being kept",
    async run(t) {
      await walk.toInsiKey(t);
      const phrase = await walk.makeKey(t);
      const key = await walk.saveKey(t);
      const place = walk.section(t, "key.verify-title");
      for (const bytes of [Buffer.alloc(0), randomBytes(1 << 20), HTML, BROKEN_PEM]) {
        await walk.readBack(t, { name: "autre.key", bytes }, phrase);
        await place.getByText(exactly(said("key.not-a-key", { name: key.name }))).waitFor();
        await t.choose(walk.fileInput(t, "key.file"), [key]);
        await place.getByText(key.name, { exact: true }).waitFor();
      }
      await t.drop(walk.dropZone(t, "key.file"), [{ name: "enorme.key", zeros: TOO_MANY }]);
      await place.getByText(exactly(said("common.too-big", { name: "enorme.key" }))).waitFor();
      await walk.readBack(t, key, phrase);
      await walk.verified(t);
      t.noRequests();
    },
  },
  {
    name: "a question left unanswered keeps one on the screen, and says why",
    async run(t) {
      await t.open("#/structure");
      await button(t, "common.continue").click();
      await t.page.getByRole("alert").getByText(exactly(said("structure.missing-sector"))).waitFor();
      await walk.sector(t, "lbm-hospitalier").check();
      await button(t, "common.continue").click();
      await t.page.getByRole("alert").getByText(exactly(said("structure.missing-host"))).waitFor();
      await choice(t, "sector.etablissement-public").last().check();
      await button(t, "common.continue").click();
      await heading(t, "software.title").waitFor();
      await button(t, "common.continue").click();
      await t.page.getByRole("alert").getByText(exactly(said("software.missing-service"))).waitFor();
    },
  },
  {
    name: "nothing typed is lost by the language, the back button, or a passphrase half typed",
    async run(t) {
      const lab = await walk.toStructure(t);
      await walk.toSoftware(t, ["insi-manu", "dmp"], "SGL Hexa");
      await t.page.goBack();
      await heading(t, "structure.title").waitFor();
      assert.equal(await field(t, "structure.name").inputValue(), lab.name);
      await t.page.goForward();
      await heading(t, "software.title").waitFor();
      assert.equal(await field(t, "software.name").inputValue(), "SGL Hexa");
      await walk.toPlan(t);
      await walk.toKey(t, "INSI-MANU");
      await field(t, "generate.line-st").fill("Nord (59)");
      await walk.here(t).check();
      await field(t, "key.passphrase").fill("une phrase qui est longue assez");
      await t.page.getByRole("button", { name: exactly(said("frame.other-language")) }).click();
      const english = (key) => t.page.getByLabel(exactly(said(key, {}, "en")));
      await english("key.passphrase").waitFor();
      assert.equal(await english("key.passphrase").inputValue(), "une phrase qui est longue assez");
      assert.equal(await english("generate.line-st").inputValue(), "Nord (59)");
      await t.page.goBack();
      await t.page.getByRole("heading", { level: 1, name: exactly(said("plan.title", {}, "en")) }).waitFor();
      await t.page.goForward();
      await english("generate.line-st").waitFor();
      assert.equal(await english("generate.line-st").inputValue(), "Nord (59)");
      t.noRequests();
    },
  },
];
