/** From a caller's values to the module's, and its errors back. */

import type { EstampilleError } from "./api.js";
import * as core from "./estampille_core.js";
import { Unreadable, plain } from "./plain.js";

let isLoaded = false;

/** The module is there: calls may pass. */
export function loaded(): void {
  isLoaded = true;
}

/** An error in the shape of the contract, for what the module itself cannot say: it is not there. */
export function failure(code: string, message: string, options?: ErrorOptions): EstampilleError {
  return Object.assign(new Error(message, options), { name: "EstampilleError", code } as const);
}

/** Calls the module with plain copies of `values`. */
export function call<Values extends unknown[], Result>(
  target: (...values: Values) => Result,
  ...values: unknown[]
): Result {
  if (!isLoaded) throw failure("not-initialised", "Call init() and wait for it first.");
  const names = parameters.get(target) ?? [];
  const copies = values.map((value, index) => {
    try {
      return plain(value);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const path = [names[index] ?? "", error.path].filter((part) => part !== "").join(".");
      throw core.refusal(path.replaceAll(".[", "["), target === (core.recommend as unknown));
    }
  });
  return target(...(copies as Values));
}

/** The same; whatever is thrown becomes a rejection. */
export async function callAsync<Values extends unknown[], Result>(
  target: (...values: Values) => Promise<Result>,
  ...values: unknown[]
): Promise<Result> {
  return call(target, ...values);
}

/** Names of the parameters that are part of a field's path. A single object is the whole input: it has none. */
const parameters = new Map<unknown, string[]>([
  [core.setLocale, ["locale"]],
  [core.parseIdentifier, ["kind", "text"]],
  [core.inspectCsr, ["csr", "expected"]],
]);
