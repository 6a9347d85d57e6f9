/** From a caller's values to the module's, and its errors back. */

import type { EstampilleError } from "./api.js";
import * as core from "./estampille_core.js";
import { Unreadable, isOtherObject, plain } from "./plain.js";
import { CHECK, EXPECTED, PROFILE, REQUEST, type Shape } from "./shapes.js";

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
  const parameters = parametersOf.get(target) ?? [];
  const copies = values.map((value, index) => {
    const { name, shape } = parameters[index] ?? {};
    // The whole input is not an object: as with an empty one, the error names the first field that is missing.
    if (name === undefined && shape !== undefined && isOtherObject(value)) return {};
    try {
      return plain(value, shape);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const path = [name ?? "", error.path].filter((part) => part !== "").join(".");
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

/** A parameter: its name where it is part of a field's path, which a single object that is the whole input is not. */
interface Parameter {
  name?: string;
  shape?: Shape;
}

const parametersOf = new Map<unknown, Parameter[]>([
  [core.setLocale, [{ name: "locale" }]],
  [core.parseIdentifier, [{ name: "kind" }, { name: "text" }]],
  [core.inspectCsr, [{ name: "csr" }, { name: "expected", shape: EXPECTED }]],
  [core.recommend, [{ shape: PROFILE }]],
  [core.createCsr, [{ shape: REQUEST }]],
  [core.serverCommands, [{ shape: REQUEST }]],
  [core.checkCertificate, [{ shape: CHECK }]],
]);
