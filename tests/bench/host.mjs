// What the benches share: a bundle of a page's script, and a server of it with the headers of the site.
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { HEADERS, root } from "../e2e/harness/paths.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The built package. */
export const npm = join(root, "dist/npm");

const TYPES = { ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };

/** The page, its bundle and the package, with the headers a site has, on a port of this machine. */
export async function serve(bundle) {
  const lines = (await readFile(HEADERS, "utf8")).trim().split("\n");
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  // Isolated, a page gets a finer clock.
  headers["Cross-Origin-Opener-Policy"] = "same-origin";
  headers["Cross-Origin-Embedder-Policy"] = "require-corp";
  const file = (path) => {
    if (path === "/") return Promise.resolve("<!doctype html><html lang=en><meta charset=utf-8><title>Bench</title><input type=file>");
    if (path === "/bench.js") return readFile(bundle);
    const name = /^\/npm\/([\w.-]+)$/.exec(path)?.[1];
    return name ? readFile(join(npm, name)) : Promise.reject(new Error("none"));
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://local").pathname;
    const body = await file(path).catch(() => undefined);
    const type = path === "/" ? TYPES[".html"] : (TYPES[extname(path)] ?? "text/plain");
    response.writeHead(body === undefined ? 404 : 200, { ...headers, "Content-Type": type });
    response.end(body ?? "404");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { stop, base: `http://127.0.0.1:${server.address().port}/` };
}

/** One script of this folder and all it imports, kept in `work`. */
export async function bundled(entry, work) {
  await mkdir(work, { recursive: true });
  const outfile = join(work, `bundle-${entry}`);
  await build({
    entryPoints: [join(here, entry)],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "error",
  });
  return outfile;
}

export const ms = (time) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;
