// Estampille beside its peers, in the same run of the same Chromium.
//
//   node tests/bench/run.mjs [--certificates 1000] [--runs 5]
//
// Called by `cargo xtask bench`. Needs dist/npm and the packages of this folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { Browsers } from "../e2e/harness/browsers.mjs";
import { root } from "../e2e/harness/paths.mjs";
import { certificates } from "./certificates.mjs";
import { bundled, ms, npm, serve } from "./host.mjs";

const { values } = parseArgs({
  options: {
    certificates: { type: "string", default: "1000" },
    runs: { type: "string", default: "5" },
    /** Where certificates and bundle are kept. */
    work: { type: "string", default: join(root, "target/xtask/bench") },
  },
});
const count = Number(values.certificates);
const runs = Number(values.runs);
if (!(count > 0) || !(runs > 0)) {
  console.error("--certificates and --runs are numbers from 1");
  process.exit(2);
}

if (!existsSync(join(npm, "index.js"))) {
  console.error("dist/npm is not built: run `cargo xtask package`");
  process.exit(2);
}

/** Octets travel to the page as base64. */
async function prepare(page, made) {
  const text = (der) => der.toString("base64");
  await page.evaluate(
    (given) => {
      const octets = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      globalThis.given = {
        root: octets(given.root),
        intermediate: octets(given.intermediate),
        leaves: given.leaves.map(octets),
      };
    },
    { root: text(made.root), intermediate: text(made.intermediate), leaves: made.leaves.map(text) },
  );
}

function show(results) {
  const ours = results.find((result) => result.name.startsWith("Estampille"));
  console.log(`\n${`${count} certificates, signatures included`.padEnd(44)}${"median".padStart(10)}${"each".padStart(10)}${"ratio".padStart(8)}${"longest task".padStart(14)}`);
  for (const result of results) {
    const ratio = ours ? `${(result.median / ours.median).toFixed(1)} ×` : "";
    const columns = [ms(result.median).padStart(10), ms(result.median / count).padStart(10), ratio.padStart(8), ms(result.longestTask).padStart(14)];
    console.log(`${result.name.padEnd(44)}${columns.join("")}`);
  }
  if (!ours) return console.log("checkSet is not in the package: nothing to compare");
  const fastest = results.filter((result) => result !== ours).reduce((a, b) => (a.median < b.median ? a : b));
  const ratio = fastest.median / ours.median;
  console.log(`the fastest peer, ${fastest.name}, takes ${ratio.toFixed(1)} × as long (promised: 5 ×, aimed at: 10 ×)`);
}

const made = await certificates(count, join(values.work, `certificates-${count}.json`));
const { stop, base } = await serve(await bundled("page.js", values.work));
const browsers = new Browsers("chromium");
let failed = false;
try {
  const { browser } = await browsers.get({ wasm: true });
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => console.error(`in the page: ${error.stack ?? error}`));
  await page.goto(base);
  await prepare(page, made);
  const call = (name, argument) =>
    page.evaluate(
      async ([name, argument]) => {
        const bench = await import("/bench.js");
        return bench[name](...(name === "request" ? [argument] : [globalThis.given, argument]));
      },
      [name, argument],
    );
  console.log(`${browser.browserType().name()} ${browser.version()}, ${runs} runs each, medians`);
  show(await call("sets", runs));
  console.log(`\n${"checkCertificate, one leaf with its chain".padEnd(44)}${ms(await call("single", 100)).padStart(10)}   (budget 3 ms)`);
  const request = await call("request", 25);
  console.log(`${"createCsr, from a key at hand".padEnd(44)}${ms(request.existing).padStart(10)}   (budget 2 ms)`);
  console.log(`${"createCsr, new RSA 2048 key".padEnd(44)}${ms(request.created).padStart(10)}`);
  console.log(`${"generateKey and exportKey alone".padEnd(44)}${ms(request.bare).padStart(10)}   (making keys is luck: medians wander)`);
} catch (error) {
  failed = true;
  console.error(error.stack ?? error);
} finally {
  await browsers.close();
  stop();
}
process.exit(failed ? 1 : 0);
