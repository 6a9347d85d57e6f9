// Every screen, wide and narrow, light and dark: no side scroll, nothing for axe, a picture to look at.
import assert from "node:assert/strict";

import { Workshop } from "../harness/openssl.mjs";
import { laboratory, realCertificate } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding, report } = walk;

/** The same day in every picture, and never before the certificates that the walk makes for itself. */
const THE_DAY = new Date(Math.max(Date.parse("2026-11-20T12:00:00Z"), Date.now() + 3_600_000));

// Every size and scheme in Chromium; in Firefox, whose schemes each need a browser of their own, each of both once.
const EVERYWHERE = [
  { browsers: ["chromium"], viewports: ["wide", "narrow"], schemes: ["light", "dark"] },
  { browsers: ["firefox"], viewports: ["wide"], schemes: ["light"] },
  { browsers: ["firefox"], viewports: ["narrow"], schemes: ["dark"] },
];

/** Opens what is folded, so that axe and the picture see it too. */
const unfold = (t) => t.page.locator("main details:not([open]) > summary").evaluateAll((all) => all.forEach((summary) => summary.click()));

/** Looks at every screen before complaining of any. */
async function look(t, walkThrough) {
  const faults = [];
  await walkThrough(async (name) => {
    await t.screenshot(name);
    for (const question of [() => t.noSideScroll(), () => t.axe()]) {
      await question().catch((error) => faults.push(`${name}: ${error.message}`));
    }
  });
  assert.deepEqual(faults, []);
  t.noRequests();
}

/** A certificate of no authority we know, as a `.cer`. */
const homemade = () =>
  Workshop.use((shop) => {
    const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
    shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", "/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=INSI AUTO", "-keyout", "k.pem", "-out", "r.csr"]);
    return { name: "recu.cer", bytes: shop.certify("r.csr", authority, "c") };
  });

const SCREENS = [
  {
    name: "choosing",
    run: (t) => look(t, async (screen) => {
      const lab = laboratory();
      await t.page.clock.setFixedTime(THE_DAY);
      await t.open();
      await heading(t, "home.title").waitFor();
      await screen("01-accueil");
      await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
      await heading(t, "structure.title").waitFor();
      await screen("02-structure-vide");
      await walk.sector(t, "lbm-ville").check();
      await field(t, "structure.name").fill(lab.name);
      await field(t, "structure.finess-et").fill(lab.et.slice(0, 8));
      await screen("03-structure-numero-faux");
      await field(t, "structure.finess-et").fill(lab.et);
      await walk.toSoftware(t, ["dmp", "insi-manu", "mssante-operateur"], "SGL d'essai");
      await screen("04-logiciels");
      await field(t, "software.fqdn").fill("mss.laboratoire-essai.fr");
      await walk.toPlan(t);
      await screen("05-commande");
      await unfold(t);
      await screen("06-commande-depliee");
    }),
  },
  {
    name: "generating",
    run: (t) => look(t, async (screen) => {
      await t.page.clock.setFixedTime(THE_DAY);
      await walk.toInsiKey(t);
      await screen("07-cle-choix");
      await walk.there(t).check();
      await t.page.getByText(exactly(said("commands.openssl-note"))).waitFor();
      await screen("08-cle-commandes");
      await walk.here(t).check();
      await button(t, "key.propose").click();
      await screen("09-cle-ici");
      const phrase = await field(t, "key.passphrase").inputValue();
      await button(t, "key.make").click();
      await walk.made(t);
      await screen("10-cle-faite");
      const key = await walk.saveKey(t);
      await walk.readBack(t, key, `${phrase}x`);
      await t.page.getByText(exactly(said("key.wrong-passphrase"))).waitFor();
      await screen("11-cle-mauvaise-phrase");
      await walk.readBack(t, undefined, phrase);
      await walk.verified(t);
      await screen("12-cle-gardee");
      await button(t, "commands.to-platform").click();
      await heading(t, "card.title").waitFor();
      await screen("13-plateforme");
    }),
  },
  {
    name: "checking and following",
    run: (t) => look(t, async (screen) => {
      await t.page.clock.setFixedTime(THE_DAY);
      const real = ["test-el-org-auth-cli-hemadialyse-2025", "test-el-org-sign-esignsante-2023"].map((name) => realCertificate(`end-entity/${name}`)).filter(Boolean);
      const bad = await homemade();
      const unknown = { name: "page.cer", bytes: Buffer.from("<!doctype html><title>Erreur 403</title>") };
      await t.open("#/verifier");
      await heading(t, "check.title").waitFor();
      await screen("14-verifier-vide");
      const give = (files) => t.choose(walk.fileInput(t, "check.drop"), files);
      if (real.length > 0) {
        await give([real[0]]);
        await report(t, real[0].name).waitFor();
        await screen("15-verifier-bon");
        await unfold(t);
        await screen("16-verifier-bon-deplie");
        await button(t, "check.again").click();
      }
      await give([bad]);
      await report(t, bad.name).waitFor();
      await screen("17-verifier-mauvais");
      await button(t, "check.again").click();
      await give([unknown]);
      await t.page.locator("main").getByText(holding(said("html-page.title", { title: "Erreur 403" }))).waitFor();
      await screen("18-verifier-inconnu");
      await button(t, "check.again").click();

      await t.page.getByRole("link", { name: exactly(said("frame.fleet")) }).click();
      await heading(t, "fleet.title").waitFor();
      await screen("19-parc-vide");
      await t.choose(walk.fileInput(t, "fleet.drop"), [...real, bad, unknown]);
      await t.page.getByRole("cell", { name: bad.name }).waitFor();
      assert.equal(await t.page.locator("tbody tr").count(), real.length + 1);
      assert.ok(plain(await t.page.locator("main").innerText()).includes(unknown.name));
      await screen("20-parc-rempli");
    }),
  },
];

export default SCREENS.flatMap((screen) => EVERYWHERE.map((where) => ({ ...where, timeout: 150_000, ...screen })));
