// The page in one file, opened from a disk: no server, no address to connect to.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { SINGLE } from "../harness/paths.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";
import { wholeJourney } from "../harness/whole.mjs";

const { exactly } = walk;

const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Puts the file, changed or not, in a folder as people name them, and hands it to the journey. */
async function fromStick(t, work, change = (html) => html) {
  const folder = await mkdtemp(join(tmpdir(), "estampille-clé USB "));
  try {
    await mkdir(join(folder, "À garder"));
    const path = join(folder, "À garder", "estampille (1).html");
    const html = change(await readFile(SINGLE, "utf8"));
    await writeFile(path, html);
    t.useFile(pathToFileURL(path).href);
    await work(html);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where browsers have `crypto.subtle` and the test wants them without: as the first thing the worker does. */
function withoutSubtle(html) {
  const mark = '<script type="text/plain" data-file="atelier-worker.js">';
  assert.equal(html.split(mark).length, 2);
  return html.replace(mark, `${mark}Object.defineProperty(self.crypto, "subtle", { value: undefined });`);
}

export default [
  {
    name: "a key, its request, a certificate and its kit, with no server at all",
    timeout: 120_000,
    run: (t) =>
      fromStick(t, async () => {
        await wholeJourney(t);
        assert.ok(t.page.url().startsWith("file:"));
        assert.equal(await t.page.evaluate(() => globalThis.isSecureContext && typeof crypto.subtle), "object");
      }),
  },
  {
    name: "the same in software, where a browser has no WebCrypto",
    timeout: 180_000,
    run: (t) => fromStick(t, () => wholeJourney(t), withoutSubtle),
  },
  {
    name: "it says what it is, and that nothing was asked",
    viewports: ["wide", "narrow"],
    run: (t) =>
      fromStick(t, async () => {
        await t.open();
        assert.equal(await t.page.locator("html").getAttribute("data-offline"), "single");
        const footer = t.page.getByRole("contentinfo");
        await footer.getByText(exactly(said("offline.inlined"))).waitFor();
        assert.equal(await t.page.getByText(said("frame.insecure")).count(), 0);
        // The counter looks every two seconds.
        await t.page.waitForTimeout(2_300);
        await footer.getByText(exactly(said("frame.requests", { count: 0 }))).waitFor();
        assert.equal(await t.page.locator("script[data-file]").count(), 0, "what was packed is not left in the page");
        await t.page.evaluate(() => { location.hash = "#/verifier"; });
        await walk.heading(t, "check.title").waitFor();
        // Not goBack: it waits for a load, which moving within a file is not in Firefox.
        await t.page.evaluate(() => history.back());
        await walk.heading(t, "home.title").waitFor();
        await t.screen("fichier");
        t.noRequests();
      }),
  },
  {
    name: "its policy allows its own script and style, and no connection",
    run: (t) =>
      fromStick(t, async (html) => {
        const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)[1];
        const style = /<style>(.*?)<\/style>/s.exec(html)[1];
        const script = /<script type="module">(.*?)<\/script>/s.exec(html)[1];
        assert.equal(
          policy,
          `default-src 'none'; script-src ${sha256(script)} 'wasm-unsafe-eval'; style-src ${sha256(style)}; img-src data:; ` +
            "worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; " +
            "require-trusted-types-for 'script'; trusted-types estampille",
        );
        assert.ok(html.indexOf("http-equiv") < html.indexOf("<style>"), "the policy holds for all that follows");
        const addresses = [...html.matchAll(/\s(?:src|href)=["'](?!data:)[^"']*/g)].map(([address]) => address);
        assert.deepEqual(addresses, [], "it names no file");

        await t.open();
        // What follows is refused, and said to be.
        t.expectErrors(/Content-Security-Policy|Content Security Policy|connect-src|script-src|TrustedScript|trusted/i);
        const refused = await t.page.evaluate(async () => {
          const errors = {};
          await fetch("http://127.0.0.1:9/x").catch((error) => { errors.fetch = error.name; });
          try {
            new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
          } catch (error) {
            errors.worker = error.name;
          }
          try {
            trustedTypes.createPolicy("another", { createScriptURL: (url) => url });
          } catch (error) {
            errors.policy = error.name;
          }
          try {
            trustedTypes.createPolicy("estampille", { createScriptURL: (url) => url });
          } catch (error) {
            errors.again = error.name;
          }
          const inline = document.createElement("script");
          try {
            inline.text = "globalThis.inline = true";
            document.head.append(inline);
          } catch (error) {
            errors.inline = error.name;
          }
          errors.inline ??= globalThis.inline === undefined ? "not run" : undefined;
          return errors;
        });
        assert.deepEqual(refused, { fetch: "TypeError", worker: "TypeError", policy: "TypeError", again: "TypeError", inline: "TypeError" });
      }),
  },
  {
    name: "unpacking does not hold up the page",
    browsers: ["chromium"],
    run: (t) =>
      fromStick(t, async () => {
        await t.page.addInitScript(() => {
          globalThis.longTasks = [];
          new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
        });
        // Of several times the calmest: a computer on which everything is tested at once has pauses of its own.
        let best = Infinity;
        for (let time = 0; time < 3; time += 1) {
          await t.page.goto("about:blank");
          const started = performance.now();
          await t.open();
          const took = performance.now() - started;
          const longest = Math.max(0, ...(await t.page.evaluate(() => globalThis.longTasks)));
          best = Math.min(best, longest);
          console.log(`        [${t.browserName}] the single file was whole after ${Math.round(took)} ms; longest task ${Math.round(longest)} ms`);
        }
        assert.ok(best <= 150, `${Math.round(best)} ms at a stretch`);
      }),
  },
  {
    name: "without WebAssembly it says what to ask for",
    wasm: false,
    run: (t) =>
      fromStick(t, async () => {
        await t.open("", "refused");
        assert.match(await t.page.locator("#wasm-refused").innerText(), /service informatique/);
      }),
  },
  {
    name: "a file that was cut short or altered is said, not waited for",
    async run(t) {
      t.expectErrors(/did not start/);
      const packed = /(<script type="text\/plain" data-file="app-[\w-]+\.wasm">)([^<]*)/;
      for (const damage of [(text) => text.slice(0, 4000), (text) => text.replaceAll("A", "B"), () => "", (text) => `${text}é`]) {
        await fromStick(
          t,
          async () => {
            await t.open("", "failed");
            assert.match(await t.page.locator("#boot-failed").innerText(), /Rechargez/);
          },
          (html) => html.replace(packed, (_, tag, text) => tag + damage(text)),
        );
      }
    },
  },
];
