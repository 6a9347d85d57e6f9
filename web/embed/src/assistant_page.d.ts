/** The page as a module: `web/app` as wasm-bindgen writes it. What it exports is in `web/app/src/guest.rs`. */

export default function load(input: { module_or_path: unknown }): Promise<unknown>;

export function hostWorker(url: unknown, atelier?: string, others?: { later: string; forge: string }, greffe?: string): void;

/** Says how to get the second part of the module, when it is not beside this script. */
export function laterFrom(compile: () => Promise<WebAssembly.Module>): void;

export class Guest {
  constructor(element: HTMLElement, listener: (type: string, detail: unknown) => void);
  set(name: string, value: string | undefined): void;
  profile: unknown;
  free(): void;
}
