/** Where the modules other than the first run: in workers, or inline where there are no workers. */

import { refusal } from "./errors.js";
import { compile, compiled, isBytes } from "./module.js";
import { isNode } from "./node.js";

/** `dispatch` of the second or the fourth module, which is loaded on first use. */
export type Dispatch = (
  call: string,
  locale: string,
  args: unknown[],
  progress: (done: number, total: number) => void,
) => Promise<unknown>;

export type Host =
  /** `modules` say where the WebAssembly is when a bundler may have put it elsewhere than beside the worker. */
  | { kind: "worker"; url: string; modules: [] | [atelier: string, others: { later: string; forge: string }, greffe: string] }
  | { kind: "inline"; atelier: Dispatch; greffe: Dispatch };

/** Nothing is loaded yet. */
export function atelierOf(path: string | URL | BufferSource | undefined): Host {
  if (isNode() || typeof Worker === "undefined") {
    return { kind: "inline", atelier: inline(() => loadAtelier(path)), greffe: inline(loadGreffe) };
  }
  if (path === undefined || isBytes(path)) {
    // Written out, so that bundlers see the files.
    const worker = new URL("./atelier-worker.js", import.meta.url);
    const atelier = new URL("./atelier_bg.wasm", import.meta.url);
    const later = new URL("./atelier_later.wasm", import.meta.url);
    const forge = new URL("./forge_bg.wasm", import.meta.url);
    const greffe = new URL("./greffe_bg.wasm", import.meta.url);
    return { kind: "worker", url: worker.href, modules: [atelier.href, { later: later.href, forge: forge.href }, greffe.href] };
  }
  const url = new URL(path, globalThis.location.href);
  // A folder, or the worker's script itself.
  const worker = url.pathname.endsWith("/") ? new URL("atelier-worker.js", url) : url;
  return { kind: "worker", url: worker.href, modules: [] };
}

function inline(load: () => Promise<Dispatch>): Dispatch {
  let loading: Promise<Dispatch> | undefined;
  return async (call, locale, args, progress) => {
    loading ??= load();
    let dispatch;
    try {
      dispatch = await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
    return dispatch(call, locale, args, progress);
  };
}

async function loadAtelier(path: string | URL | BufferSource | undefined): Promise<Dispatch> {
  const beside = new URL("./atelier_bg.wasm", import.meta.url);
  const module = await compiled(isBytes(path) ? path : file(path, beside), "atelier");
  const atelier = await import("./atelier.js");
  await atelier.default({ module_or_path: module });
  let why: unknown;
  atelier.laterFrom(
    () => compile(new URL("./atelier_later.wasm", import.meta.url)),
    (error) => (why = error),
  );
  return async (call, locale, args, progress) => {
    why = undefined;
    try {
      return await atelier.dispatch(call, locale, args, progress, forge);
    } catch (error) {
      throw why === undefined ? error : refusal("notLoaded", why);
    }
  };
}

async function loadGreffe(): Promise<Dispatch> {
  const greffe = await import("./greffe.js");
  await greffe.default({ module_or_path: await compiled(new URL("./greffe_bg.wasm", import.meta.url), "greffe") });
  return greffe.dispatch;
}

type Forge = typeof import("./forge.js");
let forging: Promise<Forge> | undefined;

/** What the second module asks of the third. Its errors are texts: crates/browser/src/wire.rs. */
async function forge(operation: string, parts: unknown[], progress: unknown): Promise<Uint8Array> {
  forging ??= loadForge();
  let module;
  try {
    module = await forging;
  } catch {
    forging = undefined;
    throw "engine-unavailable";
  }
  return module.dispatch(operation, parts, progress);
}

async function loadForge(): Promise<Forge> {
  const beside = new URL("./forge_bg.wasm", import.meta.url);
  const forge = await import("./forge.js");
  await forge.default({ module_or_path: await compiled(beside, "forge") });
  return forge;
}

/** In Node a text is a path, as everywhere in Node, unless it is a URL. */
function file(path: string | URL | undefined, beside: URL): URL {
  return path === undefined ? beside : new URL(path, beside);
}
