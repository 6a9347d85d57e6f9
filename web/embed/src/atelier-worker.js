// The worker's end of the atelier. The page's end is crates/browser/src/atelier/queue.rs; what can be called is in
// crates/atelier/src/calls.rs.
//
// First comes { module, forge }: where the WebAssembly is, when it is not beside this script. Then, one at a time,
// { id, call, locale, args }. Answered by { ready } or { lost } once, then by { id, value } or { id, refusal }, with
// { id, done, total } before it while something long is done; { lost } again when a module broke.

import load, { dispatch } from "./atelier.js";

/** @type {Promise<unknown> | undefined} */
let loading;

self.onmessage = async ({ data }) => {
  if (loading === undefined) {
    forgeAt = data.forge;
    // Without crypto.subtle the third module will be needed, perhaps when the network is gone. Should it not come now,
    // what needs it asks again.
    const forge = self.crypto?.subtle ? undefined : loadForge().catch(() => {});
    loading = Promise.all([load({ module_or_path: data.module }), forge]);
    await loading.then(
      () => self.postMessage({ ready: true }),
      () => self.postMessage({ lost: true }),
    );
    return;
  }
  const { id, call, locale, args } = data;
  try {
    await loading;
    const tell = (done, total) => self.postMessage({ id, done, total });
    self.postMessage({ id, value: await dispatch(call, locale, args, tell, forge) });
  } catch (error) {
    // A use case's error is a plain object with its code. Anything else is a fault of the module, which must not be
    // used again.
    const isRefusal = typeof error?.code === "string" && !(error instanceof Error);
    self.postMessage(isRefusal ? { id, refusal: error } : { lost: true });
  }
};

let forgeAt;
/** @type {Promise<typeof import("./forge.js")> | undefined} */
let forging;

function loadForge() {
  forging ??= import("./forge.js").then(async (module) => {
    await module.default({ module_or_path: forgeAt });
    return module;
  });
  forging.catch(() => (forging = undefined));
  return forging;
}

/** What the atelier asks of the third module. Its errors are texts: crates/browser/src/wire.rs. */
async function forge(operation, parts, tell) {
  let module;
  try {
    module = await loadForge();
  } catch {
    throw "engine-unavailable";
  }
  try {
    return module.dispatch(operation, parts, tell);
  } catch (error) {
    if (typeof error !== "string") self.postMessage({ lost: true });
    throw error;
  }
}
