/** Errors in the shape of the contract, for what no module can say: it is not there. */

import type { EstampilleError } from "./api.js";
import { said, type Refusals } from "./refusals.js";

export function failure(code: string, message: string, options?: ErrorOptions): EstampilleError {
  return Object.assign(new Error(message, options), { name: "EstampilleError", code } as const);
}

const CODES: Record<keyof Refusals, string> = { wasmRefused: "wasm-refused", notLoaded: "module-not-loaded" };

/** What a person is told, and for the developer who looks why: the `cause`. */
export function refusal(refusal: keyof Refusals, cause: unknown): EstampilleError {
  return failure(CODES[refusal], said(refusal), { cause });
}
