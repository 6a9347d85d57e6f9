// Written by `cargo xtask build`: the only script that index.html names.
// It starts the page, or shows the paragraph that says why it cannot.
const show = (id) => {
  const paragraph = document.getElementById(id);
  if (paragraph) paragraph.hidden = false;
};

// A policy may hide WebAssembly or only refuse to compile: the empty module tells both.
const webAssemblyWorks = () => {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
};

if (webAssemblyWorks()) {
  const bytes = fetch(new URL("__WASM__", import.meta.url));
  import("__JS__")
    .then((page) => page.default({ module_or_path: bytes }))
    .catch((error) => {
      console.error(error);
      show("boot-failed");
    });
} else {
  show("wasm-refused");
}
