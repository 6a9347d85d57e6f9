/** Where the second and the third module run: in a worker, or inline where there are no workers. */

import { compiled, isBytes } from "./module.js";
import { isNode } from "./node.js";

/** `dispatch` of the second module, which is loaded on first use. */
export type Dispatch = (
  call: string,
  locale: string,
  args: unknown[],
  progress: (done: number, total: number) => void,
) => Promise<unknown>;

export type Host =
  /** `module` and `forge` say where the WebAssembly is when a bundler may have put it elsewhere than beside the worker. */
  { kind: "worker"; url: string; module: string | undefined; forge: string | undefined } | { kind: "inline"; dispatch: Dispatch };

/** Nothing is loaded yet. */
export function atelierOf(path: string | URL | BufferSource | undefined): Host {
  if (isNode() || typeof Worker === "undefined") return { kind: "inline", dispatch: inline(path) };
  if (path === undefined || isBytes(path)) {
    // Written out, so that bundlers see the files.
    const worker = new URL("./atelier-worker.js", import.meta.url);
    const module = new URL("./atelier_bg.wasm", import.meta.url);
    const forge = new URL("./forge_bg.wasm", import.meta.url);
    return { kind: "worker", url: worker.href, module: module.href, forge: forge.href };
  }
  const url = new URL(path, globalThis.location.href);
  // A folder, or the worker's script itself.
  const worker = url.pathname.endsWith("/") ? new URL("atelier-worker.js", url) : url;
  return { kind: "worker", url: worker.href, module: undefined, forge: undefined };
}

function inline(path: string | URL | BufferSource | undefined): Dispatch {
  let loading: Promise<typeof import("./atelier.js")> | undefined;
  return async (call, locale, args, progress) => {
    loading ??= load(path);
    let atelier;
    try {
      atelier = await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
    return atelier.dispatch(call, locale, args, progress, forge);
  };
}

async function load(path: string | URL | BufferSource | undefined): Promise<typeof import("./atelier.js")> {
  const beside = new URL("./atelier_bg.wasm", import.meta.url);
  const module = await compiled(isBytes(path) ? path : file(path, beside), "atelier");
  const atelier = await import("./atelier.js");
  await atelier.default({ module_or_path: module });
  return atelier;
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
