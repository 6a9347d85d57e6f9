// Written by `cargo xtask build`: the only script that index.html names.
// It starts the page, or shows the paragraph that says why it cannot.

// SHA-256 of the module, for whoever compares it with SHA256SUMS.
document.documentElement.dataset.build = "__BUILD__";

// Tests and style sheets read the state: "ready", "refused" or "failed".
const settle = (state, id) => {
  const paragraph = document.getElementById(id);
  if (paragraph) paragraph.hidden = false;
  document.documentElement.dataset.boot = state;
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
  // It may fail before the script is there to await it; it is reported below, not as an unhandled rejection.
  bytes.catch(() => {});
  import("__JS__")
    .then((page) => page.default({ module_or_path: bytes }).then(() => page.start()))
    .then(() => settle("ready"))
    .catch((error) => {
      console.error(`Estampille did not start: ${error}`);
      settle("failed", "boot-failed");
    });
} else {
  settle("refused", "wasm-refused");
}
