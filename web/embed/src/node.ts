/** What only Node needs, kept out of bundlers' sight. */

/** Node, Bun or Deno without a page; not a bundler's shim of `process`. */
export function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: unknown } } };
  return typeof process?.versions?.node === "string" && typeof (globalThis as { document?: unknown }).document === "undefined";
}

/** The bytes of a file of the package. */
export async function readBeside(url: URL): Promise<BufferSource> {
  // Not a literal: a bundler for browsers would try to resolve it.
  const name = "node:fs/promises";
  const files = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
    readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  };
  return files.readFile(url);
}
