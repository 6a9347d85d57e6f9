/**
 * A plain copy of what a caller passes: own data only, without getters that throw, proxies or cycles. The module may
 * then read it without running the caller's code, whose exceptions it could not catch, and after the call returned:
 * what the caller does with its objects and bytes since then changes nothing.
 */

import type { Shape } from "./shapes.js";

/** The contract's deepest value is five levels down. */
const DEEPEST = 12;
/** A profile of ten thousand sites has fifty thousand values. */
const MOST_VALUES = 1_000_000;

/** A value that cannot be copied, and where it is: `subject.commonName`, `instances[0].services`. */
export class Unreadable extends Error {
  constructor(readonly path: string) {
    super("unreadable value");
  }
}

/** Copies a value; where `shape` has an object, anything else but an object is unreadable. */
export function plain(value: unknown, shape?: Shape | readonly [Shape]): unknown {
  return copy(value, shape, "", 0, { values: 0 });
}

/** Whether a value that should be an object is another thing, such as a list, bytes or a date. */
export function isOtherObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    return Array.isArray(value) || isBuiltIn(value);
  } catch {
    return false;
  }
}

type Place = Shape | readonly [Shape] | "set" | "kept" | undefined;

function copy(value: unknown, place: Place, path: string, depth: number, budget: { values: number }): unknown {
  if (place === "kept") return undefined;
  if (place === "set" && (value === undefined || value === null)) throw new Unreadable(path);
  budget.values += 1;
  if (depth > DEEPEST || budget.values > MOST_VALUES) throw new Unreadable(path);
  switch (typeof value) {
    case "function":
    case "symbol":
      // Never what a field holds, and neither crosses to a worker. In their place, what no text, number or list is.
      if (isShape(place)) throw new Unreadable(path);
      return {};
    case "object":
      break;
    default:
      return value;
  }
  if (value === null) return value;
  const shape = isShape(place) ? place : undefined;
  if (shape !== undefined && isOtherObject(value)) throw new Unreadable(path);
  const octets = bytes(value, path);
  if (octets !== undefined) return octets;
  const down = (name: string | number, below: Place) => {
    const place = typeof name === "number" ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    return copy(read(value, name, place), below, place, depth + 1, budget);
  };
  if (guard(path, () => Array.isArray(value))) {
    const length = read(value, "length", path) as number;
    if (length > MOST_VALUES) throw new Unreadable(path);
    const item = Array.isArray(place) ? (place as readonly [Shape])[0] : undefined;
    return Array.from({ length }, (_, index) => down(index, item));
  }
  const names = guard(path, () => namesOf(value));
  const below = (name: string) => (shape !== undefined && Object.hasOwn(shape, name) ? shape[name] : undefined);
  return Object.fromEntries(names.map((name) => [name, down(name, below(name))]));
}

function isShape(place: Place): place is Shape {
  return typeof place === "object" && !Array.isArray(place);
}

/** Objects of the language or the page that hold their value elsewhere than in fields. */
function isBuiltIn(value: object): boolean {
  return Symbol.iterator in value || BUILT_IN.has(Object.prototype.toString.call(value));
}

const BUILT_IN = new Set(
  ["ArrayBuffer", "Blob", "Boolean", "DataView", "Date", "Error", "File", "Number", "Promise", "RegExp", "WeakMap", "WeakSet"].map(
    (name) => `[object ${name}]`,
  ),
);

/** Enumerable properties, inherited ones included, and accessors of classes. */
function namesOf(value: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = value; at !== null && !isObjectPrototype(at); at = Object.getPrototypeOf(at)) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name !== "__proto__" && (property.enumerable || property.get)) names.add(name);
    }
    if (names.size > MOST_VALUES) break;
  }
  return [...names];
}

/** Of any realm: a frame has its own. */
function isObjectPrototype(value: object): boolean {
  return Object.getPrototypeOf(value) === null && Object.hasOwn(value, "hasOwnProperty");
}

/** A copy of a view or a buffer of any realm, as a `Uint8Array` of ours. */
function bytes(value: object, path: string): Uint8Array | undefined {
  return guard(path, () => {
    if (ArrayBuffer.isView(value)) {
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
    }
    const tag = Object.prototype.toString.call(value);
    if (tag === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer).slice();
    return undefined;
  });
}

function read(value: object, name: string | number, path: string): unknown {
  return guard(path, () => (value as Record<string | number, unknown>)[name]);
}

/** Runs what may run the caller's code. */
function guard<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch {
    throw new Unreadable(path);
  }
}
