// The FINESS register beside its peers, each in a Chromium of its own, on the same extract and the same queries.
//
//   node tests/bench/register.mjs [--queries 1000] [--runs 3]
//   node tests/bench/register.mjs --large FILE      a file of any size, read in the worker: time and memory
//
// Called by `cargo xtask bench`. Needs dist/npm, the packages of this folder, and the real extract.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { Browsers } from "../e2e/harness/browsers.mjs";
import { root } from "../e2e/harness/paths.mjs";
import { bundled, ms, npm, serve } from "./host.mjs";
import { queries } from "./register-queries.mjs";

const { values } = parseArgs({
  options: {
    queries: { type: "string", default: "1000" },
    runs: { type: "string", default: "3" },
    large: { type: "string" },
    work: { type: "string", default: join(root, "target/xtask/bench") },
  },
});

const EXTRACT = join(process.env.ESTAMPILLE_REAL_DATA ?? join(root, "../shared/fixtures"), "finess/etalab-cs1100502-rebuilt-2021-01-08.csv.gz");
const LIBRARIES = ["estampille", "miniSearch", "flexSearch"];
const mega = (octets) => `${(octets / 1e6).toFixed(1)} MB`;

/** The memory of the page's process and its workers, where the system tells it. */
class Memory {
  static async of(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const memory = new Memory();
    memory.pids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
    // From now on the most is that of the work.
    for (const pid of memory.pids) await writeFile(`/proc/${pid}/clear_refs`, "5").catch(() => {});
    memory.before = await memory.read("VmRSS");
    return memory;
  }

  /** In octets, of all of them together. */
  async read(which) {
    const each = await Promise.all(
      this.pids.map(async (pid) => {
        const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
        return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
      }),
    );
    return each.reduce((sum, one) => sum + one, 0);
  }

  /** The most since, beyond what the empty page had. */
  async peak() {
    return (await this.read("VmHWM")) - this.before;
  }
}

/** Runs `work` in a page of a Chromium of its own, with a file in hand as a person gives one. */
async function inChromium(base, path, work) {
  const browsers = new Browsers("chromium");
  try {
    const { browser } = await browsers.get({ wasm: true });
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => console.error(`in the page: ${error.stack ?? error}`));
    await page.goto(base);
    await page.locator("input").setInputFiles(path);
    await page.evaluate(() => import("/bench.js"));
    const call = (name, ...given) =>
      page.evaluate(
        async ([name, given]) => {
          const bench = await import("/bench.js");
          const file = document.querySelector("input").files[0];
          return bench[name](...given.map((one) => (one === "the file" ? file : one)));
        },
        [name, given],
      );
    return await work(call, await Memory.of(browser), browser);
  } finally {
    await browsers.close();
  }
}

async function compare(base) {
  if (!existsSync(EXTRACT)) {
    console.log(`\nregister: ${EXTRACT} is absent (ESTAMPILLE_REAL_DATA names the real data): nothing to measure`);
    return;
  }
  const asked = queries(await readFile(EXTRACT), Number(values.queries));
  const runs = Number(values.runs);
  const results = [];
  for (const which of LIBRARIES) {
    const builds = [];
    let used;
    for (let run = 0; run < runs; run += 1) {
      const one = await inChromium(base, EXTRACT, async (call, memory) => {
        const built = await call("build", which, "the file");
        const peak = await memory.peak();
        // What is saved and loaded is measured once.
        used ??= await call("use", asked);
        return { ...built, peak };
      });
      builds.push(one);
    }
    builds.sort((a, b) => a.build - b.build);
    results.push({ ...builds[builds.length >> 1], peak: Math.max(...builds.map(({ peak }) => peak)), ...used });
  }
  console.log(`\nregister of 94,839 sites, ${asked.length} queries, each in a Chromium of its own, ${runs} builds, the median`);
  const heads = ["build", "load", "p50", "p95", "found", "first", "index", "memory", "longest task"];
  console.log("".padEnd(14) + heads.map((head) => head.padStart(13)).join(""));
  for (const one of results) {
    const columns = [ms(one.build), ms(one.load), ms(one.p50), ms(one.p95), `${(one.found * 100).toFixed(1)} %`, `${(one.first * 100).toFixed(1)} %`, mega(one.octets), mega(one.peak), ms(one.longest)];
    console.log(one.name.padEnd(14) + columns.map((column) => column.padStart(13)).join(""));
  }
  const ours = results.find(({ name }) => name === "Estampille");
  const over = [ours.build > 2000 && "build", ours.load > 100 && "load", ours.p95 > 5 && "search"].filter(Boolean);
  if (over.length > 0) console.log(`over budget: ${over.join(", ")}`);
  console.log("budgets: build 2 s, load 100 ms, p95 5 ms; found: among the first ten; memory: the most while building, beyond the empty page");
}

async function large(base, path) {
  await inChromium(base, path, async (call, memory) => {
    const seen = await call("large", "the file");
    const peak = await memory.peak();
    console.log(
      `\n${mega(seen.octets)} in ${seen.pieces} pieces: ${seen.size.ej} legal entities and ${seen.size.et} sites in ${(seen.time / 1000).toFixed(1)} s, ` +
        `memory ${mega(peak)} beyond the empty page (budget 300 MB), longest task of the page ${ms(seen.longest)}; a search ${ms(seen.search)}, ${seen.hits} found`,
    );
    if (peak > 300e6) process.exitCode = 1;
  });
}

if (!existsSync(join(npm, "index.js"))) {
  console.error("dist/npm is not built: run `cargo xtask package`");
  process.exit(2);
}
await mkdir(values.work, { recursive: true });
const { stop, base } = await serve(await bundled("register-page.js", values.work));
try {
  if (values.large === undefined) await compare(base);
  else await large(base, values.large);
} finally {
  stop();
}
