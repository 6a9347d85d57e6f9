// One case: a context of its own, what the journey does, and what must hold for every page.
import { Journey } from "./journey.mjs";

/** @returns the error, if the case failed. */
export async function runCase(one, browsers, server) {
  let context;
  let journey;
  let timer;
  try {
    const { browser, downloads } = await browsers.get(one);
    const emulated = browsers.name === "chromium" ? { colorScheme: one.scheme, reducedMotion: one.reducedMotion ? "reduce" : "no-preference" } : {};
    context = await browser.newContext({ viewport: one.size, locale: "fr-FR", acceptDownloads: true, ...emulated });
    const page = await context.newPage();
    journey = new Journey({ one, page, context, server, downloads, browserName: browsers.name });
    await journey.watch();
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${one.timeout / 1000} s`)), one.timeout);
    });
    await Promise.race([one.run(journey), late]);
    journey.assertCalm();
    return undefined;
  } catch (error) {
    await journey?.screenshot("failure").catch(() => {});
    const seen = journey?.troubles() ?? [];
    if (seen.length > 0 && error instanceof Error) error.stack += `\nthe page also said:\n  ${seen.join("\n  ")}`;
    return error ?? new Error("failed without a reason");
  } finally {
    clearTimeout(timer);
    // A page that guards against being left must not keep the test waiting.
    await context?.close().catch(() => {});
  }
}
