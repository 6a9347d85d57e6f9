// The worker's end of the atelier. The page's end is crates/browser/src/atelier/queue.rs; what can be called is in
// crates/atelier/src/calls.rs.
//
// First comes { module }: where the WebAssembly is, when it is not beside this script. Then, one at a time,
// { id, call, locale, args }. Answered by { ready } or { lost } once, then by { id, value } or { id, refusal }, with
// { id, done, total } before it while something long is done; { lost } again when the module broke.

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
  const { id, call, locale, args } = data;
  try {
    await loading;
    const tell = (done, total) => self.postMessage({ id, done, total });
    self.postMessage({ id, value: await dispatch(call, locale, args, tell) });
  } catch (error) {
    // A use case's error is a plain object with its code. Anything else is a fault of the module, which must not be
    // used again.
    const isRefusal = typeof error?.code === "string" && !(error instanceof Error);
    self.postMessage(isRefusal ? { id, refusal: error } : { lost: true });
  }
};
