/**
 * The face of the npm package: loads the core module, guards what callers pass, and types it all by the public
 * contract. Nothing happens until `init` is called.
 */

import type * as contract from "./api.js";
import * as core from "./estampille_core.js";
import { askGreffe, call, callAtelier, loaded } from "./calls.js";
import { refusal } from "./errors.js";
import { atelierOf, type Host } from "./host.js";
import { compiled, isBytes } from "./module.js";
import { isOfThisOrigin, scriptUrl } from "./policy.js";
import { whole } from "./set.js";

export { FinessRegister } from "./register.js";

export type {
  AssembleInput,
  Bearer,
  BearerOption,
  CertificateSummary,
  CheckCode,
  CheckInput,
  CheckReport,
  CsrBundle,
  CsrReport,
  CsrRequest,
  EstampilleError,
  Expected,
  F413Input,
  FileReport,
  Finding,
  FinessHit,
  IdentifierKind,
  IdentifierReport,
  Kit,
  LegalEntity,
  ModuleInput,
  OrderProfile,
  Plan,
  PlannedCertificate,
  PlatformCard,
  Product,
  RegisterSource,
  Sector,
  Service,
  SetReport,
  Severity,
  Site,
  SoftwareInstance,
  Source,
  Step,
  Subject,
  Verdict,
} from "./api.js";

type Init = typeof contract.default;
type InitInput = Parameters<Init>[0];

let loading: Promise<void> | undefined;

/** Loads the module once: calls during and after the first share its result; a failed one may be tried again. */
const init: Init = (input) => {
  loading ??= load(input).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
};
export default init;

async function load(input: InitInput): Promise<void> {
  const { module, worker } = read(input);
  // Written out, so that bundlers see the file.
  const compiledModule = await compiled(module ?? new URL("./estampille_bg.wasm", import.meta.url), "estampille_core");
  try {
    await core.default({ module_or_path: compiledModule });
  } catch (cause) {
    throw refusal("notLoaded", cause);
  }
  const host = hostAt(worker);
  if (host.kind === "inline") core.hostInline(host.atelier, host.greffe);
  else {
    const [atelier, others, greffe] = host.modules;
    core.hostWorker(scriptUrl(host.url), atelier, others, greffe);
  }
  loaded();
}

/** Reading may run the caller's code. */
function read(input: InitInput) {
  try {
    return { module: input?.module_or_path, worker: input?.worker_path ?? undefined };
  } catch (cause) {
    throw refusal("notLoaded", cause);
  }
}

function hostAt(worker: NonNullable<InitInput>["worker_path"]): Host {
  try {
    const isAddress = typeof worker === "string" || worker instanceof URL;
    if (isAddress || worker === undefined || isBytes(worker)) {
      const host = atelierOf(worker);
      // A package on another origin does all that needs no worker; an address that was given is a mistake.
      if (host.kind === "inline" || !isAddress || isOfThisOrigin(host.url)) return host;
    }
  } catch {
    // No address at all.
  }
  throw core.refusal("worker_path", false);
}

export const version: typeof contract.version = () => call("version") as string;

export const setLocale: typeof contract.setLocale = (locale) => call("setLocale", locale) as void;

export const parseIdentifier: typeof contract.parseIdentifier = (kind, text) =>
  call("parseIdentifier", kind, text) as contract.IdentifierReport;

export const recommend: typeof contract.recommend = (profile) => call("recommend", profile) as contract.Plan;

export const serverCommands: typeof contract.serverCommands = (request) =>
  call("serverCommands", request) as ReturnType<typeof contract.serverCommands>;

export const prepareF413: typeof contract.prepareF413 = (input) =>
  askGreffe("prepareF413", input) as ReturnType<typeof contract.prepareF413>;

/** How long work is followed and stopped: beside what the contract asks for. */
export interface WorkOptions {
  /** Told while it goes on: of a key made in software, the numbers tried and those expected (finding primes is luck). */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops the work and frees its worker: rejects with "aborted", whose `cause` is the signal's reason. */
  signal?: AbortSignal | undefined;
}

export const createCsr = (request: contract.CsrRequest, options?: WorkOptions): Promise<contract.CsrBundle> =>
  callAtelier("createCsr", [request], options) as Promise<contract.CsrBundle>;

export const inspectCsr: typeof contract.inspectCsr = (csr, expected) =>
  callAtelier("inspectCsr", [csr, expected]) as Promise<contract.CsrReport>;

export const checkCertificate = (input: contract.CheckInput, options?: WorkOptions): Promise<contract.CheckReport> =>
  callAtelier("checkCertificate", [input], options) as Promise<contract.CheckReport>;

export const identify: typeof contract.identify = (file, passphrase) =>
  callAtelier("identify", [file, passphrase]) as Promise<contract.FileReport>;

export const checkSet = async (
  files: Parameters<typeof contract.checkSet>[0],
  options?: Parameters<typeof contract.checkSet>[1] & WorkOptions,
): Promise<contract.SetReport> => {
  const report = await callAtelier("checkSet", [files, options], options);
  return whole(report as Parameters<typeof whole>[0]);
};

export const assemble = (input: contract.AssembleInput, options?: WorkOptions): Promise<contract.Kit> =>
  callAtelier("assemble", [input], options) as Promise<contract.Kit>;

export const renewalCalendar: typeof contract.renewalCalendar = (certificates) =>
  call("renewalCalendar", certificates) as string;

/** What exists so far of the contract. */
type Existing = Pick<
  typeof contract,
  | "default"
  | "version"
  | "setLocale"
  | "parseIdentifier"
  | "recommend"
  | "prepareF413"
  | "createCsr"
  | "serverCommands"
  | "inspectCsr"
  | "checkCertificate"
  | "checkSet"
  | "assemble"
  | "identify"
  | "renewalCalendar"
  | "FinessRegister"
>;
type Keeping<Contract, Package extends Contract> = Package;

/** This module as a type; where tsc proves that it keeps the contract. */
export type Estampille = Keeping<Existing, typeof import("./index.js")>;
