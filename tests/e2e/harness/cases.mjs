// From the tests of a journey to the cases to run: one for each combination of browser, viewport and scheme it names.

const VIEWPORTS = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } };
const SCHEMES = ["light", "dark"];

/** What a test says of itself beside `name` and `run`. */
const KNOWN = ["name", "run", "viewports", "schemes", "browsers", "wasm", "reducedMotion", "timeout"];

/**
 * @param journeys `{ name, tests }`, `tests` being an array of tests or one async function
 * @param only keeps the cases whose title holds one of these strings; all when empty
 */
export function expand(journeys, browserName, only) {
  const cases = journeys.flatMap(({ name: journey, tests }) => testsOf(journey, tests).flatMap((test) => casesOf(journey, test)));
  return cases
    .filter((one) => !one.browsers || one.browsers.includes(browserName))
    .filter((one) => only.length === 0 || only.some((text) => one.title.includes(text)));
}

function testsOf(journey, tests) {
  if (typeof tests === "function") return [{ name: journey, run: tests }];
  if (Array.isArray(tests) && tests.length > 0) return tests;
  throw new Error(`tests/e2e/${journey}/test.mjs must export by default a function or a list of tests`);
}

function casesOf(journey, test) {
  const unknown = Object.keys(test).filter((key) => !KNOWN.includes(key));
  if (unknown.length > 0 || !test.name || !test.run) {
    throw new Error(`tests/e2e/${journey}: a test has ${KNOWN.join(", ")}; not ${unknown.join(", ")}`);
  }
  const { viewports = ["wide"], schemes = ["light"], wasm = true, reducedMotion = false, timeout = 60_000 } = test;
  return viewports.flatMap((viewport) =>
    schemes.map((scheme) => {
      if (!VIEWPORTS[viewport] || !SCHEMES.includes(scheme)) throw new Error(`${journey}: ${viewport}, ${scheme}?`);
      const notes = [viewports.length > 1 && viewport, schemes.length > 1 && scheme].filter(Boolean);
      const title = `${journey} › ${test.name}${notes.length > 0 ? ` — ${notes.join(", ")}` : ""}`;
      return {
        ...{ journey, title, viewport, size: VIEWPORTS[viewport], scheme, wasm, reducedMotion, timeout },
        ...{ browsers: test.browsers, run: test.run },
      };
    }),
  );
}
