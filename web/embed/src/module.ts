/**
 * A WebAssembly module of ours, compiled but not run: what is not ours, or of another version, is refused before, and
 * another may be given then.
 */

import type { ModuleInput } from "./api.js";
import { refusal } from "./errors.js";
import { isNode, readBeside } from "./node.js";
import { VERSION } from "./version.js";

/**
 * Fetches (an address), reads (bytes) or takes (a module) what `input` is, which must be our module of this name: that of
 * its script.
 *
 * @throws EstampilleError `wasm-refused` or `module-not-loaded`, with the `cause`.
 */
export async function compiled(
  input: ModuleInput | Promise<ModuleInput>,
  name: "assistant" | "atelier" | "estampille_core" | "forge" | "greffe",
): Promise<WebAssembly.Module> {
  try {
    const module = await compile(await input);
    const [found, wanted] = [signatureOf(module), `${name} ${VERSION}`];
    if (found !== wanted) throw new Error(`the WebAssembly is ${found}, not ${wanted}: reload, or deploy all files together`);
    return module;
  } catch (cause) {
    throw refusal((await isForbidden()) ? "wasmRefused" : "notLoaded", cause);
  }
}

/** The module that `input` is or leads to, whatever it is a module of. */
export async function compile(input: unknown): Promise<WebAssembly.Module> {
  if (input instanceof WebAssembly.Module) return input;
  if (isBytes(input)) return WebAssembly.compile(input);
  const file = isNode() ? fileOf(input) : undefined;
  if (file !== undefined) return WebAssembly.compile(await readBeside(file));
  const response = await responseTo(input);
  const place = response.url === "" ? "the response given" : response.url;
  if (!response.ok) throw new Error(`${place}: ${response.status} ${response.statusText}`);
  const type = response.headers.get("Content-Type") ?? "";
  if (type === "application/wasm") return WebAssembly.compileStreaming(response);
  if (type.startsWith("text/html")) throw new Error(`${place} is a web page, not WebAssembly`);
  // A server that does not know the type has the right file all the same.
  return WebAssembly.compile(await response.arrayBuffer());
}

function responseTo(input: unknown): Response | Promise<Response> {
  if (typeof Response !== "undefined" && input instanceof Response) return input;
  const isRequest = typeof Request !== "undefined" && input instanceof Request;
  if (typeof input === "string" || input instanceof URL || isRequest) return fetch(input);
  throw new TypeError("neither an address, a response, bytes nor a module");
}

/** In Node, what is on the disk is not fetched. */
function fileOf(input: unknown): URL | undefined {
  const isUrl = input instanceof URL || (typeof input === "string" && input.startsWith("file:"));
  const url = isUrl ? new URL(input) : undefined;
  return url?.protocol === "file:" ? url : undefined;
}

/** As `crates/xtask/src/wasm.rs` writes it. */
function signatureOf(module: WebAssembly.Module): string {
  const [section] = WebAssembly.Module.customSections(module, "estampille");
  return section === undefined ? "none of ours" : new TextDecoder().decode(section);
}

/** A policy may hide WebAssembly or only refuse to compile: the empty module tells both. */
async function isForbidden(): Promise<boolean> {
  try {
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    return false;
  } catch {
    return true;
  }
}

/** Bytes of any realm. */
export function isBytes(value: unknown): value is BufferSource {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}
