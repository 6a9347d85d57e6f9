// Browser tests of the built page, in Chromium and Firefox ESR side by side.
//
//   node tests/e2e/run.mjs [--only NAME]… [--in chromium|firefox]…
//
// Called by `cargo xtask test --browser`. A journey is a folder with a test.mjs; see README.md beside this file.
import { readdir, rm, mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { BROWSERS, Browsers } from "./harness/browsers.mjs";
import { expand } from "./harness/cases.mjs";
import { SCREENSHOTS, here } from "./harness/paths.mjs";
import { startServer } from "./harness/server.mjs";
import { runCase } from "./harness/case.mjs";

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, in: { type: "string", multiple: true } },
});

async function journeys() {
  const entries = await readdir(here, { withFileTypes: true });
  const names = entries.filter((e) => e.isDirectory() && existsSync(join(here, e.name, "test.mjs"))).map((e) => e.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, tests: (await import(`./${name}/test.mjs`)).default })),
  );
}

/** All the cases of one browser, one after the other; the failures. */
async function runIn(browserName, cases) {
  const server = await startServer();
  const browsers = new Browsers(browserName);
  const failures = [];
  try {
    for (const one of cases) {
      const started = performance.now();
      const error = await runCase(one, browsers, server);
      const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      console.log(`${error ? "FAIL" : "  ok"}  [${browserName}] ${one.title} (${time})`);
      if (error) {
        failures.push(`[${browserName}] ${one.title}`);
        console.log(`${error.stack ?? error}`.replace(/^/gm, "        "));
      }
    }
  } finally {
    await browsers.close();
    await server.close();
  }
  return failures;
}

// Playwright closes its browsers then, but would let the remaining cases fail one by one.
for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

const wanted = values.in ?? BROWSERS;
const unknown = wanted.filter((name) => !BROWSERS.includes(name));
if (unknown.length > 0) {
  console.error(`--in ${unknown}: the browsers are ${BROWSERS.join(", ")}`);
  process.exit(2);
}
const all = await journeys();
const plans = wanted.map((name) => [name, expand(all, name, values.only ?? [])]);
const count = plans.reduce((sum, [, cases]) => sum + cases.length, 0);
if (count === 0) {
  console.error(`no test fits --only ${values.only}; the journeys are ${all.map((j) => j.name).join(", ")}`);
  process.exit(2);
}
for (const name of wanted) {
  // A filtered run keeps the other screens.
  if (!values.only) await rm(join(SCREENSHOTS, name), { recursive: true, force: true });
  await mkdir(join(SCREENSHOTS, name), { recursive: true });
}

const results = await Promise.allSettled(plans.map(([name, cases]) => runIn(name, cases)));
const failures = results.flatMap((result, i) =>
  result.status === "fulfilled" ? result.value : [`[${wanted[i]}] ${result.reason?.stack ?? result.reason}`],
);
console.log(`\n${count - failures.length} of ${count} passed`);
for (const failure of failures) console.log(`  failed: ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);
