/**
 * Where the contract's inputs hold objects, and objects in lists. The module reads fields by their names: a list, a date
 * or bytes in such a place would pass for an object without any field, or with those that lists happen to have.
 */

import type { AssembleInput, CheckInput, checkSet, CsrRequest, Expected, F413Input, OrderProfile, Plan } from "./api.js";

/**
 * An object, and what its fields hold: other objects, lists of them, what must be there once it is named ("set"), or what
 * stays with the caller and is not copied ("kept").
 */
export type Shape = { readonly [field: string]: Shape | readonly [Shape] | "set" | "kept" };

export const EXPECTED = {} satisfies Held<Expected> & Shape;

export const CHECK = { expected: EXPECTED } satisfies Held<CheckInput> & Shape;

export const ASSEMBLE = {} satisfies Held<AssembleInput> & Shape;

/** A `privateKey` that is named and absent would make a new key in place of the one that was meant. */
export const REQUEST = { subject: {}, key: { privateKey: "set" as const } } satisfies Held<CsrRequest> & Shape;

export const PROFILE = {
  legalEntities: [{ sites: [{}] }],
  instances: [{}],
} satisfies Held<OrderProfile> & Shape;

export const F413 = {
  profile: PROFILE,
  signatory: {},
  administrators: [{}],
  domain: {},
} as const satisfies Held<F413Input> & Shape;

const SOURCES = { sources: [{}] } as const;

export const PLAN = {
  platformCards: [{ rows: [{ source: {} }] }],
  options: [SOURCES],
  certificates: [{ commonName: {}, ...SOURCES }],
  steps: [SOURCES],
  notices: [SOURCES],
} satisfies Held<Plan> & Shape;

export const FILES = [{}] as const satisfies Held<Parameters<typeof checkSet>[0]>;

export const SET_OPTIONS = { plan: PLAN, onProgress: "kept", signal: "kept" } as const satisfies Held<Parameters<typeof checkSet>[1]> & Shape;

/** What the contract says: tsc proves that no object is forgotten above. */
type Held<T> = T extends string | number | boolean | Uint8Array | Told | undefined
  ? never
  : T extends readonly (infer Item)[]
    ? IfNever<Held<Item>, never, readonly [Held<Item>]>
    : { readonly [Field in keyof T as IfNever<Held<T[Field]>, never, Field>]-?: Held<T[Field]> };

/** Who is told how far a call is. */
type Told = (done: number, total: number) => void;

type IfNever<T, Then, Else> = [T] extends [never] ? Then : Else;
