// What a test is given: the page, and the questions every screen must answer.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { INTRANET } from "./browsers.mjs";
import { collectDownloads } from "./downloads.mjs";
import { SCREENSHOTS } from "./paths.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PLAYWRIGHT_STYLE = /style-src-elem/;

/** A browser asks for these when it likes: what an installed page looks like, and whether there is a new version. */
const BROWSERS_OWN = /^\/(icon[\w-]*\.(svg|png)|favicon\.ico|manifest\.webmanifest|sw\.js)$/;

export class Journey {
  #one;
  #server;
  #downloads;
  #troubles = [];
  #allowed = [];
  #requests = [];
  #ours = [];
  #loaded = 0;
  #loadedByPage = 0;

  constructor({ one, page, context, server, downloads, browserName }) {
    this.#one = one;
    this.#server = server;
    this.#downloads = downloads;
    /** Playwright's page and context. */
    this.page = page;
    this.context = context;
    /** "chromium" or "firefox". */
    this.browserName = browserName;
    /** "wide" or "narrow", "light" or "dark". */
    this.viewport = one.viewport;
    this.scheme = one.scheme;
    /** The page's address. */
    this.base = server.base;
  }

  /** From now on the page is an intranet's, over plain http: no `crypto.subtle` in it nor in its worker, no clipboard. */
  overPlainHttp() {
    this.base = this.base.replace("127.0.0.1", INTRANET);
  }

  /** From now on the page is this server's, which the journey may change and stop. */
  use(server) {
    this.#server = server;
    this.base = server.base;
    this.#loaded = server.requests.length;
  }

  /** From now on the page is a file, opened with no server. */
  useFile(url) {
    this.base = url;
  }

  /** Another origin that the test itself serves: its requests are part of what is tested. */
  alsoOurs(base) {
    this.#ours.push(base);
  }

  /** Called by the harness: listens before anything is loaded. */
  async watch() {
    const { page } = this;
    this.#server.requests.length = 0;
    page.on("console", (message) => {
      if (message.type() === "error") this.#trouble(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#trouble(`exception: ${error?.message ?? error}`));
    page.on("crash", () => this.#trouble("the page crashed"));
    page.on("request", (request) => {
      if (/^https?:/.test(request.url())) this.#requests.push(request.url());
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.#trouble(`${response.status()} for ${response.url()}`);
    });
    // Firefox keeps these out of the page's console; as an error they reach us in both browsers.
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`Content-Security-Policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  #trouble(text) {
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.#troubles.push(text);
  }

  /** What went wrong so far, in the page's own words. */
  troubles() {
    return [...this.#troubles];
  }

  /** From now on, errors that fit `pattern` are part of what is tested. */
  expectErrors(pattern) {
    this.#allowed.push(pattern);
  }

  /** For the harness's own tests: what was noticed so far was expected. */
  forget() {
    this.#troubles.length = 0;
    this.#requests.length = 0;
    this.#server.requests.length = 0;
    this.#loaded = 0;
    this.#loadedByPage = 0;
  }

  /** No console error, exception, refusal by the Content-Security-Policy, missing file; nothing asked elsewhere. */
  assertCalm() {
    assert.deepEqual(this.#troubles, [], "the page complained");
    const elsewhere = this.#requests.filter((url) => ![this.base, ...this.#ours].some((base) => url.startsWith(base)));
    assert.deepEqual(elsewhere, [], "requests to another origin");
  }

  /**
   * Opens the page and waits until it runs, or says why it does not. `state`: "ready", "refused" or "failed". A page that
   * runs fetches its second module at once, and its browser then keeps all of it where it can: from then on nothing is
   * asked, which `noRequests` holds it to.
   */
  async open(path = "", state = "ready", options = {}) {
    await this.page.goto(this.base + path);
    await this.opened(state, options);
  }

  /** The same, for a page that is already on its way. */
  async opened(state = "ready", { whole = true } = {}) {
    await this.page.waitForFunction(() => document.documentElement.dataset.boot !== undefined);
    assert.equal(await this.page.evaluate(() => document.documentElement.dataset.boot), state);
    if (state === "ready" && whole) {
      await this.page.waitForFunction(() => document.documentElement.dataset.atelier === "ready");
      await this.page.waitForFunction(() => document.documentElement.dataset.offline !== undefined);
    }
    this.#loaded = this.#server.requests.length;
    this.#loadedByPage = this.#requests.length;
  }

  /**
   * Nothing was asked of any server since `open`, save what `allow` fits; nor of what the browser keeps of the page, which
   * no server would see.
   */
  noRequests({ allow = [] } = {}) {
    const asked = this.#requests.slice(this.#loadedByPage).map((url) => new URL(url).pathname);
    const since = [...new Set([...this.#server.requests.slice(this.#loaded), ...asked])];
    const fits = (path) => [BROWSERS_OWN, ...allow].some((pattern) => pattern.test(path));
    assert.deepEqual(since.filter((path) => !fits(path)), [], "requests after load");
    this.assertCalm();
  }

  /** axe-core finds nothing, in the whole page. */
  async axe() {
    // Colours on their way from one to the other are no colours.
    await this.page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    // Evaluated by the browser's own door: our policy refuses an added script, as it should.
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate(async () => (await globalThis.axe.run(document)).violations);
    const lines = violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(" ")} — ${n.failureSummary}`));
    assert.deepEqual(lines, [], "axe");
  }

  /** The page never needs a horizontal scroll bar. */
  async noSideScroll() {
    const found = await this.page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 0.5);
      return wide.map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${Math.round(e.getBoundingClientRect().right)} > ${width}`);
    });
    assert.deepEqual(found.slice(0, 10), [], `wider than ${this.#one.size.width} px`);
    const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px beside the screen`);
  }

  /** dist/screenshots/<browser>/<journey>-<name>-<viewport>-<scheme>.png, the whole page. */
  async screenshot(name) {
    const folder = join(SCREENSHOTS, this.browserName);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${this.#one.journey}-${name}-${this.viewport}-${this.scheme}.png`);
    // Playwright adds an empty style in Firefox, which our policy refuses: that one is not the page's doing.
    this.#allowed.push(PLAYWRIGHT_STYLE);
    await this.page.screenshot({ path, fullPage: true, caret: "initial" });
    await this.page.evaluate(() => undefined);
    this.#allowed.splice(this.#allowed.indexOf(PLAYWRIGHT_STYLE), 1);
    return path;
  }

  /** All that must hold for a screen at rest: accessible, not too wide, and a picture to look at. */
  async screen(name) {
    await this.noSideScroll();
    await this.axe();
    await this.screenshot(name);
  }

  /** Does `action` and returns the `count` files it saved, as `{ name, bytes }`. */
  downloads(action, count = 1) {
    return collectDownloads(this, this.#downloads, action, count);
  }

  /** Does `action` and returns the one file it saved. */
  async download(action) {
    return (await this.downloads(action, 1))[0];
  }

  /** Chooses files (`{ name, bytes, type? }`) in a file input, as its dialogue would. */
  choose(locator, files) {
    return locator.setInputFiles(files.map(({ name, bytes, type = "" }) => ({ name, mimeType: type, buffer: Buffer.from(bytes) })));
  }

  /** The text last copied. */
  async clipboard() {
    if (this.browserName === "chromium") {
      await this.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(this.base).origin });
    }
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Drops files (`{ name, bytes, type? }`, or `{ name, zeros }` for so many empty octets) on an element, as a hand would. */
  async drop(locator, files) {
    const plain = files.map(({ name, bytes = "", zeros = 0, type = "" }) => ({ name, type, zeros, base64: Buffer.from(bytes).toString("base64") }));
    await locator.evaluate((target, files) => {
      const transfer = new DataTransfer();
      for (const { name, type, zeros, base64 } of files) {
        const parts = [Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), new Uint8Array(zeros)];
        transfer.items.add(new File(parts, name, { type }));
      }
      for (const kind of ["dragenter", "dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }));
      }
    }, plain);
  }

  /** Presses Tab until `locator` has the focus, which must be visible; fails after `most` presses. */
  async tabTo(locator, most = 60) {
    for (let presses = 0; presses <= most; presses += 1) {
      if (await locator.evaluate((element) => element === element.getRootNode().activeElement)) {
        const seen = await locator.evaluate((element) => element.matches(":focus-visible") && getComputedStyle(element).outlineStyle !== "none");
        assert.ok(seen, "the focus is not visible");
        return;
      }
      await this.page.keyboard.press("Tab");
    }
    assert.fail(`not reached by ${most} presses of Tab: ${locator}`);
  }
}
