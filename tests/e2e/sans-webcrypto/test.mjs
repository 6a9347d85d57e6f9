// A page of an intranet, over plain http, has no `crypto.subtle`: keys and signatures are computed by the second module.
import assert from "node:assert/strict";

import { Workshop, requestParts } from "../harness/openssl.mjs";
import { withReal } from "../harness/real-data.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, report } = walk;

/** The modules of the worker, fetched again by the one that follows one that was stopped. */
const ATELIER = [/^\/(atelier|forge)[\w-]*\.(js|wasm)$/];


/** From now on, notes how long the page was busy at a stretch; the longest, in milliseconds, when asked. */
const watchPulse = (t) =>
  t.page.evaluate(() => {
    let [last, longest] = [performance.now(), 0];
    globalThis.longestPause = () => Math.round(longest);
    setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last - 10);
      last = now;
    }, 10);
  });

const cancel = (t) => button(t, "common.cancel");

export default [
  {
    name: "the key is made in the worker, the page stays alive, and OpenSSL approves",
    timeout: 150_000,
    async run(t) {
      t.overPlainHttp();
      const lab = await walk.toInsiKey(t);
      assert.equal(await t.page.evaluate(() => globalThis.crypto.subtle), undefined);
      await walk.here(t).check();
      await button(t, "key.propose").click();
      const phrase = await field(t, "key.passphrase").inputValue();
      await watchPulse(t);
      await button(t, "key.make").click();
      await walk.made(t);
      const key = await walk.saveKey(t);
      await walk.readBack(t, key, `${phrase}x`);
      await t.page.getByText(exactly(said("key.wrong-passphrase"))).waitFor();
      await walk.readBack(t, undefined, phrase);
      await walk.verified(t);
      await t.page.getByText(exactly(said("key.engine-wasm"))).waitFor();
      console.log(`        [${t.browserName}] longest pause of the page while the worker made and read a key: ${await t.page.evaluate(() => globalThis.longestPause())} ms`);
      const request = await walk.saveRequest(t);
      await Workshop.use((shop) => {
        shop.write("r.csr", request.bytes);
        shop.write("r.key", key.bytes);
        assert.match(shop.ask(["req", "-in", "r.csr", "-verify", "-noout"]).complaint, /verify OK/);
        const expected = { C: "FR", ST: lab.department, O: lab.name, OU: `1${lab.et}`, CN: "INSI-MANU" };
        assert.equal(requestParts(shop.der("req", "r.csr")).subject.toString("hex"), shop.subjectOf(expected).toString("hex"));
        assert.equal(shop.demand(["pkey", "-in", "r.key", "-passin", `pass:${phrase}`, "-pubout"]), shop.demand(["req", "-in", "r.csr", "-noout", "-pubkey"]));
      });
      t.noRequests();
    },
  },
  {
    name: "a long computation shows that it goes on, and can be stopped and begun again",
    timeout: 150_000,
    async run(t) {
      t.overPlainHttp();
      await walk.toInsiKey(t);
      // Long enough to be stopped.
      await t.page.getByText(exactly(said("generate.advanced"))).click();
      await t.page.getByRole("radio", { name: /^4096/ }).check();
      await walk.here(t).check();
      await button(t, "key.propose").click();
      const phrase = await field(t, "key.passphrase").inputValue();
      await button(t, "key.make").click();
      await t.page.getByRole("progressbar", { name: exactly(said("key.making")) }).waitFor();
      await t.page.getByText(exactly(said("key.making-slow"))).waitFor();
      await t.page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0);
      await cancel(t).click();
      await t.page.getByRole("progressbar").waitFor({ state: "detached" });
      assert.equal(await walk.section(t, "key.save-title").count(), 0, "no key after it was stopped");
      assert.equal(await field(t, "key.passphrase").inputValue(), phrase, "the words are still there");
      await t.page.getByRole("radio", { name: /^2048/ }).check();
      await button(t, "key.make").click();
      await walk.made(t);
      t.noRequests({ allow: ATELIER });
    },
  },
  {
    name: "signatures are verified too",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (certificate) => {
        t.overPlainHttp();
        await t.page.clock.setFixedTime(new Date("2026-11-20T12:00:00Z"));
        await t.open("#/verifier");
        await t.choose(walk.fileInput(t, "check.drop"), [certificate]);
        await report(t, certificate.name).waitFor();
        assert.equal(await finding(report(t, certificate.name), "chain-trusted").and(t.page.locator(".ok")).count(), 1);
        t.noRequests();
      }),
  },
];
