/**
 * The face of the npm package: loads the core module, guards what callers pass, and types it all by the public
 * contract. Nothing happens until `init` is called.
 */

import type * as contract from "./api.js";
import * as core from "./estampille_core.js";
import { call, callAtelier, failure, loaded } from "./calls.js";
import { atelierOf } from "./host.js";
import { isNode, readBeside } from "./node.js";
import { whole } from "./set.js";

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
  FileReport,
  Finding,
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
  try {
    const module = await (input?.module_or_path ?? besideThis());
    await core.default({ module_or_path: module });
  } catch (cause) {
    throw failure("module-not-loaded", "The WebAssembly module could not be loaded.", { cause });
  }
  const host = atelierOf(input?.worker_path);
  if (host.kind === "inline") core.hostInline(host.dispatch);
  else core.hostWorker(host.url, host.module, host.forge);
  loaded();
}

function besideThis(): URL | Promise<BufferSource> {
  // Written out, so that bundlers see the file.
  const url = new URL("./estampille_bg.wasm", import.meta.url);
  return isNode() ? readBeside(url) : url;
}

export const version: typeof contract.version = () => call("version") as string;

export const setLocale: typeof contract.setLocale = (locale) => call("setLocale", locale) as void;

export const parseIdentifier: typeof contract.parseIdentifier = (kind, text) =>
  call("parseIdentifier", kind, text) as contract.IdentifierReport;

export const recommend: typeof contract.recommend = (profile) => call("recommend", profile) as contract.Plan;

export const serverCommands: typeof contract.serverCommands = (request) =>
  call("serverCommands", request) as ReturnType<typeof contract.serverCommands>;

export const createCsr: typeof contract.createCsr = (request) =>
  callAtelier("createCsr", [request]) as Promise<contract.CsrBundle>;

export const inspectCsr: typeof contract.inspectCsr = (csr, expected) =>
  callAtelier("inspectCsr", [csr, expected]) as Promise<contract.CsrReport>;

export const checkCertificate: typeof contract.checkCertificate = (input) =>
  callAtelier("checkCertificate", [input]) as Promise<contract.CheckReport>;

export const identify: typeof contract.identify = (file, passphrase) =>
  callAtelier("identify", [file, passphrase]) as Promise<contract.FileReport>;

export const checkSet: typeof contract.checkSet = async (files, options) => {
  const report = await callAtelier("checkSet", [files, options], () => options?.onProgress);
  return whole(report as Parameters<typeof whole>[0]);
};

export const assemble: typeof contract.assemble = (input) =>
  callAtelier("assemble", [input]) as Promise<contract.Kit>;

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
  | "createCsr"
  | "serverCommands"
  | "inspectCsr"
  | "checkCertificate"
  | "checkSet"
  | "assemble"
  | "identify"
  | "renewalCalendar"
>;
type Keeping<Contract, Package extends Contract> = Package;

/** This module as a type; where tsc proves that it keeps the contract. */
export type Estampille = Keeping<Existing, typeof import("./index.js")>;
