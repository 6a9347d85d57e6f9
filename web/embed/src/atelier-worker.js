// The worker's end of the atelier, and, in a worker of its own, of the greffe. The page's end is
// crates/browser/src/atelier/queue.rs; what can be called is in crates/atelier/src/calls.rs and crates/greffe/src/calls.rs.
//
// First comes { serves, module, others, version }: which of the two, where its WebAssembly is, and what it loads later,
// when they are not beside this script, and the page's version, which it must have. Then, one at a time, { id, call, locale, args }. Answered by { ready: version } or
// { lost: why } once, then by { id, value } or { id, refusal }, with { id, done, total } before it while something long is
// done; { lost } again when a module broke, { outdated: why } when the second part or the third module is not there, or not of the page's version.

/** @type {Promise<unknown> | undefined} */
let loading;
let version;

self.onmessage = async ({ data }) => {
  if (loading === undefined) {
    version = data.version;
    others = data.others ?? {};
    const isAtelier = data.serves !== "greffe";
    // Without crypto.subtle the third module will be needed, perhaps when the network is gone. Should it not come now,
    // what needs it asks again.
    const forge = !isAtelier || self.crypto?.subtle ? undefined : loadForge().catch(() => {});
    loading = Promise.all([isAtelier ? loadAtelier(data.module) : loadGreffe(data.module), forge]);
    await loading.then(
      () => self.postMessage({ ready: version }),
      (error) => self.postMessage({ lost: String(error) }),
    );
    return;
  }
  const { id, call, locale, args } = data;
  try {
    const [dispatch] = await loading;
    const tell = (done, total) => self.postMessage({ id, done, total });
    const value = await dispatch(call, locale, args, tell, forge);
    // Bytes go, and leave no second copy: an index has ten megabytes.
    self.postMessage({ id, value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    // A use case's error is a plain object with its code. Anything else is a fault of the module, which must not be
    // used again.
    const isRefusal = typeof error?.code === "string" && !(error instanceof Error);
    self.postMessage(isRefusal ? { id, refusal: error } : { lost: String(error) });
  }
};

async function loadAtelier(at) {
  const module = compile(at ?? new URL("./atelier_bg.wasm", import.meta.url));
  // On its way at once, so that nothing is asked of the network later; only what needs it waits for it, or fails with it.
  const later = compile(others.later ?? new URL("./atelier_later.wasm", import.meta.url));
  later.catch(() => {});
  const atelier = await import("./atelier.js");
  atelier.laterFrom(() => later, (error) => self.postMessage({ outdated: String(error) }));
  return started(atelier, await module, "atelier");
}

async function loadGreffe(at) {
  const module = compile(at ?? new URL("./greffe_bg.wasm", import.meta.url));
  return started(await import("./greffe.js"), await module, "greffe");
}

/** Runs a module; what calls it is returned. */
async function started(script, module, name) {
  const fault = faultOf(module, name);
  if (fault) throw fault;
  await script.default({ module_or_path: module });
  return script.dispatch;
}

/** Addresses, or modules: `later` is the second part of the atelier. */
let others = {};
/** @type {Promise<typeof import("./forge.js")> | undefined} */
let forging;

function loadForge() {
  forging ??= Promise.all([
    import("./forge.js"),
    compile(others.forge ?? new URL("./forge_bg.wasm", import.meta.url)),
  ]).then(async ([forge, module]) => {
    const fault = faultOf(module, "forge");
    if (fault) {
      self.postMessage({ outdated: fault });
      throw fault;
    }
    await forge.default({ module_or_path: module });
    return forge;
  });
  forging.catch(() => (forging = undefined));
  return forging;
}

/** @param {string | URL | BufferSource | WebAssembly.Module} at */
async function compile(at) {
  if (at instanceof WebAssembly.Module) return at;
  if (typeof at !== "string" && !(at instanceof URL)) return WebAssembly.compile(at);
  const response = await fetch(at);
  if (!response.ok) throw new Error(`${response.status} for ${at}`);
  // A server that gives it another type has the right file perhaps; a web page in its place does not compile.
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** What is wrong with a module: it must be the one of this name and of the page's version, as crates/xtask/src/wasm.rs signs it. */
function faultOf(module, name) {
  const [section] = WebAssembly.Module.customSections(module, "estampille");
  const found = section === undefined ? "none of ours" : new TextDecoder().decode(section);
  const wanted = `${name} ${version}`;
  return found === wanted ? undefined : `the WebAssembly is ${found}, not ${wanted}: reload, or deploy all files together`;
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
    if (typeof error !== "string") self.postMessage({ lost: String(error) });
    throw error;
  }
}
