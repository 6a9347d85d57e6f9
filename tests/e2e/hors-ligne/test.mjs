// The page kept by its browser: with no server, in a new version, in a broken one.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { Workshop } from "../harness/openssl.mjs";
import { startServer } from "../harness/server.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";
import { wholeJourney } from "../harness/whole.mjs";

const { button, exactly, holding } = walk;

const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

const LIST = /const FILES = (\[\[.*\]\]);/;
const VERSION = /const VERSION = "(\w+)";/;

const listOf = (server) => JSON.parse(LIST.exec(server.files.get("/sw.js").toString())[1]);

const onServer = (path) => (path === "./" ? "/" : path.slice(1));

/** A server of its own, which the journey may change and stop; it ends with the journey. */
async function withServer(t, work) {
  const server = await startServer();
  try {
    t.use(server);
    await work(server);
  } finally {
    await server.close().catch(() => {});
  }
}

/** What the next build would put there: another first page, and the service worker that knows it. */
function publish(server, mark, { lie } = {}) {
  const html = server.files.get("/").toString().replace(/ data-next="\w*"/, "").replace("<html ", `<html data-next="${mark}" `);
  server.files.set("/", Buffer.from(html));
  server.files.set("/index.html", Buffer.from(html));
  const list = listOf(server).map(([path]) => [path, integrity(server.files.get(onServer(path)))]);
  if (lie) list.find(([path]) => path === lie)[1] = integrity("something else");
  const script = server.files.get("/sw.js").toString();
  const version = createHash("sha256").update(mark).digest("hex").slice(0, 16);
  server.files.set("/sw.js", Buffer.from(script.replace(LIST, `const FILES = ${JSON.stringify(list)};`).replace(VERSION, `const VERSION = "${version}";`)));
  return version;
}

const offer = (t) => t.page.getByRole("region", { name: exactly(said("offline.region")) });

const build = (t) => t.page.locator("html").getAttribute("data-next");

/** Names of what is kept, and for each the addresses with the hashes of their content. */
const kept = (t) =>
  t.page.evaluate(async () => {
    const caches = {};
    for (const name of await globalThis.caches.keys()) {
      const cache = await globalThis.caches.open(name);
      caches[name] = {};
      for (const request of await cache.keys()) {
        const bytes = await (await cache.match(request)).arrayBuffer();
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
        caches[name][request.url] = `sha384-${btoa(String.fromCharCode(...hash))}`;
      }
    }
    return caches;
  });

const isReady = async (t) => assert.equal(await t.page.locator("html").getAttribute("data-offline"), "ready");

/** Another page of the same person, in the same browser. */
async function another(t) {
  const page = await t.context.newPage();
  await page.goto(t.base);
  await page.waitForFunction(() => document.documentElement.dataset.offline === "ready");
  return page;
}

/** A new version that `breakIt` keeps from being whole is tried and given up; the one before goes on, with no server too. */
const neverReplaces = (what, breakIt) => ({
  name: `${what} never replaces one that is whole`,
  run: (t) =>
    withServer(t, async (server) => {
      t.expectErrors(/404|integrity|digest|Failed to load resource|sw\.js/i);
      await t.open();
      const before = await kept(t);
      publish(server, "deux");
      breakIt(server);
      const asked = server.requests.length;
      await t.page.reload();
      await t.opened();
      // Until the browser has looked for the new version, and given it up.
      await waitUntil(() => server.requests.slice(asked).filter((path) => path !== "/sw.js").length > 3);
      await t.page.waitForFunction(async () => {
        const { installing, waiting } = await navigator.serviceWorker.getRegistration();
        return !installing && !waiting;
      });
      assert.equal(await offer(t).count(), 0);
      // A browser may try a second time of its own accord: what it keeps of that is gone in the end.
      await waitUntil(async () => isDeepStrictEqual(await kept(t), before));
      await server.close();
      await t.page.reload();
      await t.opened();
      assert.equal(await build(t), null);
    }),
});

export default [
  {
    name: "with its server stopped it opens again, and does everything",
    timeout: 150_000,
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        await isReady(t);
        await t.page.getByRole("contentinfo").getByText(exactly(said("offline.kept"))).waitFor();
        await server.close();
        await t.page.reload();
        await t.opened();
        assert.equal(await t.page.evaluate(() => fetch("./absent.txt").then(() => "answered", () => "no network")), "no network");
        t.forget();
        await wholeJourney(t);
        await isReady(t);
      }),
  },
  {
    name: "any address of the page opens without its server, under the same policy",
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        await server.close();
        for (const path of ["index.html#/verifier", "?depuis=intranet#/verifier", "#/verifier"]) {
          await t.page.goto("about:blank");
          await t.open(path);
          await walk.heading(t, "check.title").waitFor();
        }
        t.expectErrors(/connect-src|Content Security Policy/);
        assert.equal(await t.page.evaluate(() => fetch("http://127.0.0.1:9/x").catch((error) => error.name)), "TypeError");
      }),
  },
  {
    name: "the files of the page are kept, as they were built, and nothing else",
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        const expected = Object.fromEntries(listOf(server).map(([path, hash]) => [new URL(path, t.base).href, hash]));
        const version = VERSION.exec(server.files.get("/sw.js").toString())[1];
        const name = `estampille ${t.base} ${version}`;
        assert.deepEqual(await kept(t), { [name]: expected });
        // An index of the register, where one is built in, is asked for by few.
        const asked = [...server.files.keys()].filter((path) => path !== "/finess.index");
        const unlisted = asked.filter((path) => !(new URL(path, t.base).href in expected));
        assert.deepEqual(unlisted.sort(), ["/SHA256SUMS", "/index.html", "/integrity.json", "/sw.js"]);

        // After a whole use, and requests of all kinds, not one more.
        await wholeJourney(t);
        const answers = await t.page.evaluate(async () => [
          (await fetch("./boot.js?version=1")).status,
          (await fetch("./index.html", { method: "POST", body: "secret" })).status,
          (await fetch("./integrity.json")).status,
        ]);
        assert.deepEqual(answers, [200, 200, 200]);
        assert.deepEqual(server.requests.slice(-3), ["/boot.js", "/index.html", "/integrity.json"], "the network's, not ours");
        assert.deepEqual(await kept(t), { [name]: expected });
      }),
  },
  {
    name: "a new version is offered, waits, and comes when it is asked for",
    viewports: ["wide", "narrow"],
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        const before = Object.keys(await kept(t));
        assert.equal(before.length, 1);
        const version = publish(server, "deux");
        await t.page.reload();
        await t.opened();
        await offer(t).waitFor();
        assert.equal(await build(t), null, "the version that was there serves until it is asked for");
        assert.equal(Object.keys(await kept(t)).length, 2);
        await t.screen("nouvelle-version");

        await button(t, "offline.later").click();
        await offer(t).waitFor({ state: "detached" });
        await t.page.reload();
        await t.opened();
        await offer(t).waitFor();
        assert.equal(await build(t), null, "a reload alone changes nothing");

        await button(t, "offline.update-now").click();
        await t.page.waitForFunction(() => document.documentElement.dataset.next === "deux");
        await t.opened();
        assert.equal(await offer(t).count(), 0);
        assert.deepEqual(Object.keys(await kept(t)), [`estampille ${t.base} ${version}`], "the version before is given up");
        await server.close();
        await t.page.reload();
        await t.opened();
        assert.equal(await build(t), "deux");
      }),
  },
  {
    name: "a key that is saved nowhere keeps the new version waiting",
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        publish(server, "deux");
        // Opens the page again, now that there is a new version.
        await walk.toInsiKey(t);
        await offer(t).waitFor();
        const now = button(t, "offline.update-now");
        assert.equal(await now.isEnabled(), true);
        const phrase = await walk.makeKey(t);
        await offer(t).getByText(exactly(said("offline.unsaved"))).waitFor();
        assert.equal(await now.isEnabled(), false);
        await now.dispatchEvent("click");
        const key = await walk.saveKey(t);
        await walk.readBack(t, key, phrase);
        await walk.verified(t);
        assert.equal(await now.isEnabled(), false, "the request is nowhere else");
        await walk.saveRequest(t);
        await offer(t).getByText(exactly(said("offline.unsaved"))).waitFor({ state: "detached" });
        assert.equal(await build(t), null);
        await now.click();
        await t.page.waitForFunction(() => document.documentElement.dataset.next === "deux");
      }),
  },
  {
    name: "a new version never comes under another page that is open",
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        const other = await another(t);
        publish(server, "deux");
        await t.page.reload();
        await t.opened();
        await offer(t).waitFor();
        await button(t, "offline.update-now").click();
        await offer(t).getByText(exactly(said("offline.others", { count: 1 }))).waitFor();
        assert.equal(await build(t), null);
        assert.equal(await other.locator("html").getAttribute("data-boot"), "ready");
        await other.close();
        await button(t, "offline.update-now").click();
        await t.page.waitForFunction(() => document.documentElement.dataset.next === "deux");
      }),
  },
  neverReplaces("a new version with a missing file", (server) => server.files.delete("/atelier_bg.wasm")),
  neverReplaces("a new version whose file is another", (server) => server.files.set("/boot.js", Buffer.from("// other"))),
  neverReplaces("a new version with another hash", (server) => publish(server, "trois", { lie: "./atelier.js" })),
  {
    name: "a first version that is not whole is not kept, and the page works",
    run: (t) =>
      withServer(t, async (server) => {
        t.expectErrors(/404|integrity|digest|Failed to load resource|sw\.js/i);
        publish(server, "un", { lie: "./manifest.webmanifest" });
        await t.open();
        assert.equal(await t.page.locator("html").getAttribute("data-offline"), "failed");
        assert.deepEqual(await kept(t), {});
        assert.equal(await t.page.getByText(exactly(said("offline.kept"))).count(), 0);
        await t.drop(t.page.locator("main"), [{ name: "bonjour.txt", bytes: "bonjour" }]);
        await walk.heading(t, "check.title").waitFor();
      }),
  },
  {
    name: "over plain http nothing is kept, and nothing breaks",
    async run(t) {
      t.overPlainHttp();
      await t.open();
      assert.equal(await t.page.locator("html").getAttribute("data-offline"), "none");
      assert.equal(await t.page.getByText(exactly(said("offline.kept"))).count(), 0);
      t.noRequests();
    },
  },
  {
    name: "an old module with a new script is said, and mended by a reload",
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        const page = [...server.files.keys()].find((path) => /^\/app-.*_bg\.wasm$/.test(path));
        const atelier = "/atelier_bg.wasm";
        const good = new Map([page, atelier].map((path) => [path, server.files.get(path)]));
        const mend = () => good.forEach((bytes, path) => server.files.set(path, bytes));
        t.expectErrors(/did not start|integrity|digest|sw\.js/i);

        // Whole and sound, but of another build: what it is given by the script does not fit.
        server.files.set(page, good.get(atelier));
        await t.open("", "failed");
        assert.match(await t.page.locator("#boot-failed").innerText(), /Rechargez/);
        mend();
        await t.page.reload();
        await t.opened();
        await isReady(t);
      }),
  },
  {
    name: "an old module behind the page is said where it is needed, and mended by a reload",
    timeout: 120_000,
    run: (t) =>
      withServer(t, async (server) => {
        const [atelier, forge] = ["/atelier_bg.wasm", "/forge_bg.wasm"];
        const good = server.files.get(atelier);
        server.files.set(atelier, server.files.get(forge));
        await t.open("#/verifier", "ready", { whole: false });
        const bytes = await Workshop.use((shop) => {
          shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/C=FR/CN=essai", "-keyout", "a.key", "-out", "a.csr"]);
          return shop.certify("a.csr", shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI"), "recu");
        });
        const file = { name: "recu.pem", bytes };
        await t.drop(walk.dropZone(t, "check.drop"), [file]);
        await t.page.getByText(holding(said("module-not-loaded.title"))).first().waitFor();
        assert.match(plain(await t.page.locator("main").innerText()), holding(said("module-not-loaded.action")));
        assert.equal(await t.page.evaluate(() => document.documentElement.dataset.offline), undefined, "a page that is not whole is not kept");
        server.files.set(atelier, good);
        await t.page.reload();
        await t.opened();
        await t.drop(walk.dropZone(t, "check.drop"), [file]);
        await walk.report(t, file.name).waitFor();
        await isReady(t);
      }),
  },
  {
    name: "it can be installed, where browsers install pages",
    run: (t) =>
      withServer(t, async (server) => {
        await t.open();
        const link = await t.page.locator('link[rel="manifest"]').getAttribute("href");
        const manifest = JSON.parse(server.files.get(onServer(link)).toString());
        for (const { src, sizes, type } of manifest.icons.filter(({ type }) => type === "image/png")) {
          const png = server.files.get(onServer(src));
          assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src);
          assert.equal(type, "image/png");
        }
        assert.ok(manifest.icons.some(({ purpose }) => purpose === "maskable"));
        if (t.browserName === "chromium") {
          const protocol = await t.context.newCDPSession(t.page);
          const { errors } = await protocol.send("Page.getAppManifest");
          assert.deepEqual(errors, []);
          const { installabilityErrors } = await protocol.send("Page.getInstallabilityErrors");
          const inTests = ["in-incognito"];
          assert.deepEqual(installabilityErrors.filter(({ errorId }) => !inTests.includes(errorId)), []);
        }
        // The browser's offer, as Chromium makes it; a browser without a screen makes none.
        assert.equal(await button(t, "offline.install").count(), 0);
        await t.page.evaluate(() => {
          const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt: () => { globalThis.asked = true; } });
          globalThis.heldBack = !globalThis.dispatchEvent(event);
        });
        await button(t, "offline.install").click();
        assert.deepEqual(await t.page.evaluate(() => [globalThis.heldBack, globalThis.asked]), [true, true]);
        assert.equal(await button(t, "offline.install").count(), 0, "it serves once");
      }),
  },
];

async function waitUntil(holds) {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, "it did not happen within 20 s");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
