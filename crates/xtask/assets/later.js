// Loads the second part of a module, which shares memory and table with the first. The first asks for it by this
// function's name (`#[wasm_split(later, …)]`) and is called back.
import { initSync } from "./__SCRIPT__";

const SIGNATURE = "__SIGNATURE__";

let compile = async () => {
  // Written out, so that bundlers see the file.
  const response = await fetch(new URL("__FILE__", import.meta.url));
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  // A server that does not know the type has the right file all the same.
  return WebAssembly.compile(await response.arrayBuffer());
};
let tell = (error) => console.warn("estampille:", error);
let loading;

/** Says how to get the part, when it is not beside this script, and who is told why it was not had. */
export function laterFrom(newCompile, newTell = tell) {
  compile = newCompile;
  tell = newTell;
}

export function __wasm_split_load_later(callback, data) {
  loading ??= load();
  loading
    .then(
      () => true,
      (error) => {
        // What failed once is tried again when it is asked for again.
        loading = undefined;
        tell(error);
        return false;
      },
    )
    .then((arrived) => initSync().__indirect_function_table.get(callback)(data, arrived));
}

async function load() {
  const module = await compile();
  const [section] = WebAssembly.Module.customSections(module, "estampille");
  const found = section === undefined ? "none of ours" : new TextDecoder().decode(section);
  if (found !== SIGNATURE) throw new Error(`the WebAssembly is ${found}, not ${SIGNATURE}: reload, or deploy all files together`);
  await WebAssembly.instantiate(module, { __wasm_split: initSync() });
}
