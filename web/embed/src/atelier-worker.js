// The worker's end of the atelier. The page's end is crates/browser/src/atelier/queue.rs; what they say to each
// other is in crates/browser/src/wire.rs.
//
// First comes { module }: where the WebAssembly is, when it is not beside this script. Then, one at a time,
// { id, operation, parts }. Answered by { ready } or { lost } once, then by { id, bytes } or { id, error }, with
// { id, candidates, expected } before it while a key is made; { lost } again when the module broke.

import load, { dispatch } from "./atelier.js";

/** @type {Promise<unknown> | undefined} */
let loading;

self.onmessage = async ({ data }) => {
  if (loading === undefined) {
    loading = load({ module_or_path: data.module });
    await loading.then(
      () => self.postMessage({ ready: true }),
      () => self.postMessage({ lost: true }),
    );
    return;
  }
  const { id, operation, parts } = data;
  try {
    await loading;
    const bytes = dispatch(operation, parts, (candidates, expected) =>
      self.postMessage({ id, candidates, expected }),
    );
    // Transferred: the only copy of a key goes to the page.
    self.postMessage({ id, bytes }, [bytes.buffer]);
  } catch (error) {
    // An engine's error is a text. Anything else is a fault of the module, which must not be used again.
    self.postMessage(typeof error === "string" ? { id, error } : { lost: true });
  }
};
