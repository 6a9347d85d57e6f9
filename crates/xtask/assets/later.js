// Loads the second part of the page's module, which shares memory and table with the first. The first asks for it by
// this function's name (`web/app/src/later.rs`) and is called back.
import { initSync } from "./app.js";

const SIGNATURE = "__SIGNATURE__";

let address;
let loading;

/** Says where the part is, when it is not beside this script. */
export function laterIsAt(url) {
  address = url;
}

export function __wasm_split_load_later(callback, data) {
  loading ??= load();
  loading
    .then(
      () => true,
      (error) => {
        // What failed once is tried again when it is asked for again.
        loading = undefined;
        console.warn("estampille:", error);
        return false;
      },
    )
    .then((arrived) => initSync().__indirect_function_table.get(callback)(data, arrived));
}

async function load() {
  // Written out, so that bundlers see the file.
  const response = await fetch(address ?? new URL("__FILE__", import.meta.url));
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  // A server that does not know the type has the right file all the same.
  const module = await WebAssembly.compile(await response.arrayBuffer());
  const [section] = WebAssembly.Module.customSections(module, "estampille");
  const found = section === undefined ? "none of ours" : new TextDecoder().decode(section);
  if (found !== SIGNATURE) throw new Error(`the WebAssembly is ${found}, not ${SIGNATURE}: reload, or deploy all files together`);
  await WebAssembly.instantiate(module, { __wasm_split: initSync() });
}
