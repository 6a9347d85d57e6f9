/** The FINESS register as the contract has it: a handle on what the fourth module keeps in its worker. */

import type * as contract from "./api.js";
import type { FinessHit, RegisterSource } from "./api.js";
import * as core from "./estampille_core.js";
import { because, callGreffe, giveGreffe, signalOf, teller, wish } from "./calls.js";
import { isBytes } from "./module.js";

/** What is read of a file at a time, in octets: no file is ever whole in memory. */
const PIECE = 1 << 20;

/** As `crates/greffe` answers. */
interface Opened {
  register: number;
  size: { ej: number; et: number };
  date?: string;
}

/** What `new` takes up: only `build` and `load` make a register. */
let opened: Opened | undefined;

/** Frees what a caller let go of without saying so. */
const forgotten = new FinalizationRegistry<number>(free);

export class FinessRegister {
  readonly size: { readonly ej: number; readonly et: number };
  declare readonly date?: string;
  readonly #register: number;

  /** Made by `build` and `load` alone. */
  constructor() {
    if (opened === undefined) throw core.refusal("FinessRegister", false);
    this.size = Object.freeze(opened.size);
    if (opened.date !== undefined) this.date = opened.date;
    this.#register = opened.register;
    forgotten.register(this, opened.register, this);
    opened = undefined;
  }

  /** `options.signal` stops the work: rejects with "aborted", whose `cause` is the signal's reason. */
  static async build(
    sources: RegisterSource | RegisterSource[],
    onProgress?: (bytes: number) => void,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<FinessRegister> {
    const tell = teller(onProgress);
    const signal = signalOf(wish(options, "signal"));
    const goOn = () => {
      if (signal?.aborted === true) throw because(core.aborted(), signal);
    };
    goOn();
    const register = (await giveGreffe("registerBegin")) as number;
    try {
      for (const [index, source] of listed(sources).entries()) {
        for await (const piece of pieces(source, `sources[${index}]`)) {
          goOn();
          const octets = (await giveGreffe("registerFeed", register, piece)) as number;
          tell?.(octets);
        }
        await giveGreffe("registerEndSource", register);
      }
      goOn();
      return made(await giveGreffe("registerEnd", register));
    } catch (error) {
      free(register);
      throw error;
    }
  }

  static async load(index: Uint8Array): Promise<FinessRegister> {
    const bytes = copied(index);
    if (bytes === undefined) throw core.refusal("index", false);
    return made(await giveGreffe("registerLoad", bytes));
  }

  save(): Promise<Uint8Array> {
    return giveGreffe("registerSave", this.#register) as Promise<Uint8Array>;
  }

  async get(number: string): Promise<FinessHit | undefined> {
    return ((await callGreffe("registerGet", this.#register, number)) as FinessHit | null) ?? undefined;
  }

  sites(ej: string): Promise<FinessHit[]> {
    return callGreffe("registerSites", this.#register, ej) as Promise<FinessHit[]>;
  }

  search(query: string, options?: Parameters<contract.FinessRegister["search"]>[1]): Promise<FinessHit[]> {
    return callGreffe("registerSearch", this.#register, query, options) as Promise<FinessHit[]>;
  }

  free(): void {
    forgotten.unregister(this);
    free(this.#register);
  }
}

function made(answer: unknown): FinessRegister {
  opened = answer as Opened;
  return new FinessRegister();
}

function free(register: number): void {
  // Nobody waits for it: with its worker gone, the register is gone too.
  giveGreffe("registerFree", register).catch(() => {});
}

/** The files, of any realm; reading the list may run the caller's code. */
function listed(sources: unknown): unknown[] {
  try {
    return Array.isArray(sources) ? [...(sources as unknown[])] : [sources];
  } catch {
    throw core.refusal("sources", false);
  }
}

/** A file's octets, in pieces that are ours to give away; what cannot be read, or is no file, is refused as this field. */
async function* pieces(source: unknown, field: string): AsyncGenerator<Uint8Array> {
  try {
    switch (Object.prototype.toString.call(source)) {
      case "[object Blob]":
      case "[object File]":
        yield* ofBlob(source as Blob);
        return;
      case "[object ReadableStream]":
        yield* ofStream(source as ReadableStream<unknown>);
        return;
      default:
        yield* ofBytes(source);
    }
  } catch (cause) {
    // Why, as the platform or the caller's stream says it.
    const refusal = core.refusal(field, false) as Error;
    throw cause === NO_BYTES ? refusal : Object.assign(refusal, { cause });
  }
}

const NO_BYTES = Symbol("neither bytes, a blob nor a stream");

function* ofBytes(bytes: unknown): Generator<Uint8Array> {
  const view = viewOf(bytes);
  if (view === undefined) throw NO_BYTES;
  for (let at = 0; at < view.length; at += PIECE) yield view.slice(at, at + PIECE);
}

async function* ofBlob(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += PIECE) yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
}

async function* ofStream(stream: ReadableStream<unknown>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield* ofBytes(part.value);
  } finally {
    // Whoever fills it need not go on; a stream that has ended or broken has nothing more to stop.
    reader.cancel().catch(() => {});
  }
}

/** A copy of what is one piece. */
function copied(bytes: unknown): Uint8Array | undefined {
  try {
    return viewOf(bytes)?.slice();
  } catch {
    return undefined;
  }
}

/** A view on bytes of any realm, as a `Uint8Array` of ours. */
function viewOf(bytes: unknown): Uint8Array | undefined {
  if (!isBytes(bytes)) return undefined;
  return ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
}
