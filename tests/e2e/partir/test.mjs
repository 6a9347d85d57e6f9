// A hand that does not wait: the screen is left while something is computed, and come back to.
import assert from "node:assert/strict";

import { Workshop } from "../harness/openssl.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, heading, report } = walk;

export default [
  {
    name: "the key screen is left while the key is made",
    async run(t) {
      await walk.toInsiKey(t);
      await walk.here(t).check();
      await button(t, "key.propose").click();
      await t.page.evaluate(([make, back]) => {
        const press = (name) => [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === name).click();
        press(make);
        setTimeout(() => press(back), 20);
      }, [said("key.make"), said("common.back")]);
      await heading(t, "plan.title").waitFor();
      await t.page.waitForTimeout(1_500);
      await walk.toKey(t, "INSI-MANU");
      // Either it was finished, and waits to be kept, or it can be begun again.
      await button(t, "key.make").or(walk.section(t, "key.save-title")).first().waitFor();
      t.noRequests();
    },
  },
  {
    name: "the key screen is left while the key is read back",
    async run(t) {
      await walk.toInsiKey(t);
      const phrase = await walk.makeKey(t);
      const key = await walk.saveKey(t);
      await t.choose(walk.fileInput(t, "key.file"), [key]);
      const place = walk.section(t, "key.verify-title");
      await place.getByText(key.name, { exact: true }).waitFor();
      await place.getByLabel(exactly(said("key.passphrase"))).fill(phrase);
      await t.page.evaluate(([verify, back]) => {
        const press = (name) => [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === name).click();
        press(verify);
        setTimeout(() => press(back));
      }, [said("key.verify"), said("common.back")]);
      await heading(t, "plan.title").waitFor();
      await t.page.waitForTimeout(1_500);
      await walk.toKey(t, "INSI-MANU");
      await walk.section(t, "key.save-title").waitFor();
      t.noRequests();
    },
  },
  {
    name: "the check is left while it goes on, and a second file comes while the first is checked",
    async run(t) {
      await t.open("#/verifier");
      await Workshop.use(async (shop) => {
        const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
        shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/C=FR/CN=essai", "-keyout", "k.pem", "-out", "r.csr"]);
        const bytes = shop.certify("r.csr", authority, "c");
        const many = (prefix) => Array.from({ length: 10 }, (_, n) => ({ name: `${prefix}${n}.cer`, bytes }));
        await t.drop(walk.dropZone(t, "check.drop"), many("a"));
        await t.drop(walk.dropZone(t, "check.drop"), many("b"));
        await t.page.getByRole("link", { name: exactly(said("frame.fleet")) }).click();
        await heading(t, "fleet.title").waitFor();
        await walk.toCheck(t);
        const last = t.page.locator(".dropped li").filter({ hasText: "b9.cer" });
        await last.waitFor();
        await report(t, "a0.cer").waitFor();
        assert.equal(await t.page.locator("section.report").count(), 1, "one certificate, in twenty files");
        await walk.toCheck(t);
        await report(t, "a0.cer").waitFor();
        assert.equal(await last.count(), 1);
      });
      t.noRequests();
    },
  },
  {
    name: "a screen is left before the files dropped on it are read",
    async run(t) {
      await t.open("#/verifier");
      // As slow as a file on a network drive can be.
      await t.page.evaluate(() => {
        const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = async function slowly() {
          await new Promise((resolve) => setTimeout(resolve, 400));
          return read.call(this);
        };
      });
      for (const [zone, away, title] of [["check.drop", "frame.fleet", "fleet.title"], ["fleet.drop", "frame.received", "check.title"]]) {
        await t.drop(walk.dropZone(t, zone), [{ name: "essai.cer", bytes: Buffer.from("rien") }]);
        await t.page.getByRole("link", { name: exactly(said(away)) }).click();
        await heading(t, title).waitFor();
        await t.page.waitForTimeout(700);
        t.noRequests();
      }
    },
  },
  {
    name: "the door of the screen one is on changes nothing",
    async run(t) {
      await t.open("#/verifier");
      await t.drop(t.page.getByRole("contentinfo"), [{ name: "essai.cer", bytes: Buffer.from("rien") }]);
      await t.page.locator(".dropped li").waitFor();
      await walk.toCheck(t);
      assert.equal(await t.page.locator(".dropped li").count(), 1);
      t.noRequests();
    },
  },
];
