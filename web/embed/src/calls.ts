/** From a caller's values to the modules', and their errors back. */

import * as core from "./estampille_core.js";
import { failure } from "./errors.js";
import { Unreadable, isOtherObject, plain } from "./plain.js";
import { ASSEMBLE, CHECK, EXPECTED, F413, FILES, PROFILE, REQUEST, SET_OPTIONS, type Shape } from "./shapes.js";

let isLoaded = false;

/** The module is there: calls may pass. */
export function loaded(): void {
  isLoaded = true;
}

/** Answered at once by the first module. */
export type Immediate =
  | "parseIdentifier"
  | "recommend"
  | "renewalCalendar"
  | "serverCommands"
  | "setLocale"
  | "version";

/** Answered by the second module, in its worker. */
export type Deferred =
  | "assemble"
  | "checkCertificate"
  | "checkSet"
  | "createCsr"
  | "identify"
  | "inspectCsr";

/** Answered by the fourth module, in its worker, about a register it keeps. */
export type OfRegister = "registerGet" | "registerSearch" | "registerSites";

/** Answered by the fourth module, of what it is given. */
export type OfGreffe = "prepareF413";

/** Calls the first module with plain copies of `values`. */
export function call(name: Immediate, ...values: unknown[]): unknown {
  const target = core[name] as (...values: unknown[]) => unknown;
  return target(...copies(name, values));
}

/** Calls the second module; whatever is thrown becomes a rejection. `options` may hold an `onProgress` and a `signal`. */
export async function callAtelier(name: Deferred, values: unknown[], options?: unknown): Promise<unknown> {
  const copied = copies(name, values);
  const tell = teller(wish(options, "onProgress"));
  const signal = signalOf(wish(options, "signal"));
  if (signal === undefined) return core.call(name, copied, tell, undefined, false);
  if (signal.aborted) throw because(core.aborted(), signal);
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  signal.addEventListener("abort", stop);
  try {
    return await core.call(name, copied, tell, stopped, false);
  } catch (error) {
    throw because(error, signal);
  } finally {
    // A signal may live as long as the page.
    signal.removeEventListener("abort", stop);
  }
}

/** Calls the fourth module, about what it keeps under this number. */
export async function callGreffe(name: OfRegister, register: number, ...values: unknown[]): Promise<unknown> {
  return core.call(name, [register, ...copies(name, values)], undefined, undefined, true);
}

/** Calls the fourth module with plain copies of `values`. */
export async function askGreffe(name: OfGreffe, ...values: unknown[]): Promise<unknown> {
  return core.call(name, copies(name, values), undefined, undefined, true);
}

/** The same with values of our own: bytes are given away, not copied. */
export async function giveGreffe(name: string, ...values: unknown[]): Promise<unknown> {
  ready();
  return core.call(name, values, undefined, undefined, true);
}

/** What the caller says of how the work is done; reading it may run the caller's code. */
export function wish(options: unknown, name: string): unknown {
  try {
    return (options as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    throw core.refusal(`options.${name}`, false);
  }
}

/** Of any realm. */
export function signalOf(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) return undefined;
  if (Object.prototype.toString.call(value) !== "[object AbortSignal]") throw core.refusal("options.signal", false);
  return value as AbortSignal;
}

/** The caller's own reason goes with the error that says that the work was stopped. */
export function because(error: unknown, signal: AbortSignal): unknown {
  if ((error as { code?: unknown }).code !== "aborted") return error;
  return Object.defineProperty(error as Error, "cause", { value: signal.reason, configurable: true, writable: true });
}

/** Tells the caller how far the work is. What it throws then is reported where the platform can, and ends nothing. */
export function teller(tell: unknown): ((...at: number[]) => void) | undefined {
  if (typeof tell !== "function") return undefined;
  return (...at) => {
    try {
      tell(...at);
    } catch (error) {
      globalThis.reportError?.(error);
    }
  };
}

function ready(): void {
  if (!isLoaded) throw failure("not-initialised", "Call init() and wait for it first.");
}

function copies(name: keyof typeof PARAMETERS, values: unknown[]): unknown[] {
  ready();
  return values.map((value, index) => {
    const { field, shape } = PARAMETERS[name][index] ?? {};
    // The whole input is not an object: as with an empty one, the error names the first field that is missing.
    if (field === undefined && shape !== undefined && isOtherObject(value)) return {};
    try {
      return plain(value, shape);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const path = [field ?? "", error.path].filter((part) => part !== "").join(".");
      throw core.refusal(path.replaceAll(".[", "["), name === "recommend");
    }
  });
}

/** A parameter: its name where it is part of a field's path, which a single object that is the whole input is not. */
interface Parameter {
  field?: string;
  shape?: Shape | readonly [Shape];
}

const PARAMETERS: Record<Immediate | Deferred | OfGreffe | OfRegister, readonly Parameter[]> = {
  version: [],
  setLocale: [{ field: "locale" }],
  parseIdentifier: [{ field: "kind" }, { field: "text" }],
  recommend: [{ shape: PROFILE }],
  serverCommands: [{ shape: REQUEST }],
  assemble: [{ shape: ASSEMBLE }],
  createCsr: [{ shape: REQUEST }],
  inspectCsr: [{ field: "csr" }, { field: "expected", shape: EXPECTED }],
  checkCertificate: [{ shape: CHECK }],
  checkSet: [{ field: "files", shape: FILES }, { field: "options", shape: SET_OPTIONS }],
  identify: [{ field: "file" }, { field: "passphrase" }],
  renewalCalendar: [{ field: "certificates" }],
  prepareF413: [{ shape: F413 }],
  registerGet: [{ field: "number" }],
  registerSearch: [{ field: "query" }, { field: "options", shape: {} }],
  registerSites: [{ field: "ej" }],
};
