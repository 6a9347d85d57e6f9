import { defineConfig } from "vite";

export default defineConfig({
  // `vite dev` would put the package into one file, away from the .wasm and the worker that stand beside it.
  optimizeDeps: { exclude: ["estampille"] },
});
