// Chromium and Firefox ESR of the system, started by playwright-core 1.58.2.
//
// Firefox does not emulate the colour scheme nor switch WebAssembly off for one context: such settings are preferences,
// so that each combination is a browser of its own, started when first needed and kept for the cases that follow.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, firefox } from "playwright-core";

export const BROWSERS = ["chromium", "firefox"];

const FILES = {
  chromium: [process.env.ESTAMPILLE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"],
  firefox: [process.env.ESTAMPILLE_FIREFOX, "/usr/bin/firefox-esr"],
};

/** A name that is not this computer's own: over plain http it has no secure context, as an intranet's. */
export const INTRANET = "intranet.test";

const QUIET_CHROMIUM = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
  `--host-resolver-rules=MAP ${INTRANET} 127.0.0.1`,
];

const QUIET_FIREFOX = {
  "app.update.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.security.https_first": false,
  "dom.security.https_first_schemeless": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.localDomains": INTRANET,
  "toolkit.telemetry.enabled": false,
};

function executable(name) {
  const path = FILES[name].find((file) => file && existsSync(file));
  if (!path) throw new Error(`${name} is not installed: \`cargo xtask doctor\` says how to get it`);
  return path;
}

/** The browsers of one name, one for each combination of settings. */
export class Browsers {
  #name;
  #started = new Map();

  constructor(name) {
    this.#name = name;
  }

  get name() {
    return this.#name;
  }

  /** @returns {Promise<{browser, downloads: string}>} the browser for these settings, and where it saves files. */
  async get({ scheme, wasm, reducedMotion }) {
    // Chromium emulates what it can for each context: only WebAssembly needs another process.
    const settings = this.#name === "chromium" ? { wasm } : { scheme, wasm, reducedMotion };
    const key = JSON.stringify(settings);
    const running = await this.#started.get(key)?.catch(() => undefined);
    if (running?.browser.isConnected()) return running;
    // Not started yet, or gone in the case before, which failed for it: the next ones get a new one.
    if (running) await rm(running.downloads, { recursive: true, force: true });
    this.#started.set(key, this.#start(settings));
    return this.#started.get(key);
  }

  async #start({ scheme, wasm, reducedMotion }) {
    const executablePath = executable(this.#name);
    const downloads = await mkdtemp(join(tmpdir(), "estampille-downloads-"));
    if (this.#name === "chromium") {
      const args = [...QUIET_CHROMIUM];
      if (process.getuid?.() === 0) args.push("--no-sandbox");
      if (!wasm) args.push("--js-flags=--jitless");
      return { browser: await chromium.launch({ executablePath, args }), downloads };
    }
    const firefoxUserPrefs = {
      ...QUIET_FIREFOX,
      "browser.download.dir": downloads,
      "browser.download.folderList": 2,
      "browser.download.useDownloadDir": true,
      "browser.download.always_ask_before_handling_new_types": false,
      "browser.download.alwaysOpenPanel": false,
      "browser.helperApps.deleteTempFileOnExit": false,
      // Lets a test read what was copied, which Firefox otherwise asks a person about.
      "dom.events.testing.asyncClipboard": true,
      "pdfjs.disabled": true,
      "javascript.options.wasm": wasm,
      "ui.systemUsesDarkTheme": scheme === "dark" ? 1 : 0,
      "ui.prefersReducedMotion": reducedMotion ? 1 : 0,
    };
    return { browser: await firefox.launch({ channel: "moz-firefox", executablePath, firefoxUserPrefs }), downloads };
  }

  async close() {
    for (const started of this.#started.values()) {
      const { browser, downloads } = await started.catch(() => ({}));
      await browser?.close().catch(() => {});
      if (downloads) await rm(downloads, { recursive: true, force: true });
    }
  }
}
