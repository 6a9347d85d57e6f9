/**
 * `<estampille-assistant>`: the page of Estampille in a shadow root. It holds no rule: the module shows the page and tells
 * what happens; here is what an element has that a page has not, attributes, events, coming and going.
 */

import type * as contract from "./api.js";
import type { EstampilleAssistant, EstampilleError, EstampilleEvents, OrderProfile } from "./api.js";
import load, { Guest, hostWorker, laterFrom } from "./assistant_page.js";
import styles from "./assistant_styles.js";
import { compile, compiled } from "./module.js";
import { scriptUrl } from "./policy.js";
import { refusals } from "./refusals.js";

export type { EstampilleAssistant, EstampilleEvents, ModuleInput } from "./api.js";

type Define = typeof contract.defineAssistant;
type Input = NonNullable<Parameters<Define>[0]>;

const ATTRIBUTES = ["lang", "theme", "journey", "locked", "register"] as const;

/**
 * Defines the element, once for each name, and loads the module, once. Resolves when the element is defined: that the
 * module cannot be loaded is said by the element, on the page and by the event `estampille-error`.
 */
export const defineAssistant: Define = async (input = {}) => {
  const name = input.tagName ?? "estampille-assistant";
  if (customElements.get(name) === undefined) customElements.define(name, assistantClass(input));
};

let loading: Promise<void> | undefined;

/** The module: loaded by the first element that is shown, again after it failed. */
function loaded(input: Input): Promise<void> {
  loading ??= (async () => {
    // Written out, so that bundlers see the files.
    const beside = new URL("./assistant_bg.wasm", import.meta.url);
    const module_or_path = await compiled(input.module_or_path ?? beside, "assistant");
    await load({ module_or_path });
    const later = laterBeside(input.module_or_path);
    if (later !== undefined) laterFrom(() => compile(later));
    const { worker, modules } = workerFiles(input.worker_path);
    const [atelier, others, greffe] = modules;
    hostWorker(scriptUrl(worker), atelier, others, greffe);
  })();
  loading.catch(() => (loading = undefined));
  return loading;
}

/**
 * The module's second part, beside the first when its address was given. Not beside one that a bundler has renamed: it
 * renamed the second too, and knows where it is.
 */
function laterBeside(input: Input["module_or_path"]): URL | undefined {
  if (typeof input !== "string" && !(input instanceof URL)) return undefined;
  const first = new URL(input, globalThis.location.href);
  return first.pathname.endsWith("/assistant_bg.wasm") ? new URL("assistant_later.wasm", first) : undefined;
}

/** A folder, the worker's script itself, or what stands beside this file. */
function workerFiles(path: string | URL | undefined): { worker: string; modules: [] | [string, { later: string; forge: string }, string] } {
  if (path === undefined) {
    const worker = new URL("./atelier-worker.js", import.meta.url);
    const atelier = new URL("./atelier_bg.wasm", import.meta.url);
    const later = new URL("./atelier_later.wasm", import.meta.url);
    const forge = new URL("./forge_bg.wasm", import.meta.url);
    const greffe = new URL("./greffe_bg.wasm", import.meta.url);
    return { worker: worker.href, modules: [atelier.href, { later: later.href, forge: forge.href }, greffe.href] };
  }
  const url = new URL(path, globalThis.location.href);
  return { worker: (url.pathname.endsWith("/") ? new URL("atelier-worker.js", url) : url).href, modules: [] };
}

/** Made when it is asked for: outside a browser there is no `HTMLElement`. */
function assistantClass(input: Input): CustomElementConstructor {
  let sheet: CSSStyleSheet | undefined;

  return class Assistant extends HTMLElement implements EstampilleAssistant {
    static readonly observedAttributes = ATTRIBUTES;

    readonly #root = this.attachShadow({ mode: "open" });
    #guest: Guest | undefined;
    /** What the host gave before the page was there. */
    #given: Partial<OrderProfile> | undefined;
    /** Counts the times it came and went: what was begun before the last does not count. */
    #turn = 0;

    connectedCallback(): void {
      // A property set before the element was defined hides the accessor.
      if (Object.hasOwn(this, "profile")) {
        const { profile } = this;
        Reflect.deleteProperty(this, "profile");
        this.profile = profile;
      }
      this.#turn += 1;
      if (this.#guest === undefined) void this.#show(this.#turn);
    }

    disconnectedCallback(): void {
      this.#turn += 1;
      const turn = this.#turn;
      // An element that is only moved comes back at once, and keeps what was typed in it, and the key made.
      queueMicrotask(() => {
        if (turn === this.#turn) this.#end();
      });
    }

    attributeChangedCallback(name: string, _old: string | null, value: string | null): void {
      this.#guest?.set(name, value ?? undefined);
    }

    get profile(): Partial<OrderProfile> {
      return (this.#guest?.profile as Partial<OrderProfile> | undefined) ?? this.#given ?? {};
    }

    set profile(profile: Partial<OrderProfile> | undefined) {
      this.#given = profile;
      if (this.#guest !== undefined) this.#give(this.#guest);
    }

    reset(): void {
      this.#given = undefined;
      this.#turn += 1;
      const turn = this.#turn;
      // Not at once: it may be asked for by what the page is telling.
      queueMicrotask(() => {
        if (turn !== this.#turn) return;
        this.#end();
        if (this.isConnected) void this.#show(turn);
      });
    }

    async #show(turn: number): Promise<void> {
      if (sheet === undefined) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
      }
      this.#root.adoptedStyleSheets = [sheet];
      try {
        await loaded(input);
      } catch (error) {
        if (turn === this.#turn) this.#refuse(error as EstampilleError);
        return;
      }
      if (turn !== this.#turn) return;
      const place = document.createElement("div");
      place.className = "estampille";
      this.#root.replaceChildren(place);
      const guest = new Guest(place, (type: string, detail: unknown) => {
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      });
      this.#guest = guest;
      for (const name of ATTRIBUTES) {
        const value = name === "lang" ? this.#language() : this.getAttribute(name);
        if (value !== null) guest.set(name, value);
      }
      this.#give(guest);
    }

    #give(guest: Guest): void {
      const profile = this.#given;
      if (profile === undefined) return;
      try {
        // A copy, and a plain one: reading it runs no code of the host's later.
        guest.profile = structuredClone(profile);
      } catch {
        this.#tell({ code: "invalid-input", field: "profile" });
      }
    }

    #end(): void {
      const guest = this.#guest;
      this.#guest = undefined;
      guest?.free();
      this.#root.replaceChildren();
    }

    /** The page cannot be shown: why, and what to ask for. */
    #refuse(error: EstampilleError): void {
      const words = refusals[this.#language().toLowerCase().startsWith("en") ? "en" : "fr"];
      const paragraph = document.createElement("p");
      paragraph.setAttribute("role", "alert");
      paragraph.textContent = error.code === "wasm-refused" ? words.wasmRefused : words.notLoaded;
      const place = document.createElement("div");
      place.className = "estampille";
      place.append(paragraph);
      this.#root.replaceChildren(place);
      console.warn("estampille:", error);
      this.#tell({ code: error.code === "wasm-refused" ? error.code : "module-not-loaded" });
    }

    /** The element's own language, else that of what it stands in. */
    #language(): string {
      return this.getAttribute("lang") ?? this.closest<HTMLElement>("[lang]")?.lang ?? "fr";
    }

    #tell(detail: EstampilleEvents["estampille-error"]): void {
      this.dispatchEvent(new CustomEvent("estampille-error", { detail, bubbles: true, composed: true }));
    }
  };
}
