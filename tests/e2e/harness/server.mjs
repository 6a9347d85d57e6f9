// The built page on 127.0.0.1, with the headers of `cargo xtask serve` (one file holds them).
// The files are read once, so that a build during the tests does not change what is tested.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";

import { HEADERS, SITE } from "./paths.mjs";

export const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

async function readSite() {
  const entries = await readdir(SITE, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error("dist/site is not built: run `cargo xtask build`");
  });
  const files = new Map();
  for (const entry of entries.filter((e) => e.isFile())) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    files.set(`/${relative(SITE, path).split(sep).join("/")}`, await readFile(path));
  }
  files.set("/", files.get("/index.html"));
  return files;
}

async function siteHeaders() {
  const lines = (await readFile(HEADERS, "utf8")).trim().split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
}

/**
 * @param port to be there again where one was before; any free one otherwise
 * @returns {Promise<{base: string, port: number, requests: string[], files: Map<string, Buffer>, close: () => Promise<void>}>}
 * `requests` grows as they come; what is put into `files`, by path, is served from then on.
 */
export async function startServer({ port = 0 } = {}) {
  const [files, headers] = await Promise.all([readSite(), siteHeaders()]);
  const requests = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://local").pathname;
    requests.push(path);
    const body = files.get(path);
    const type = path === "/" ? TYPES[".html"] : (TYPES[extname(path)] ?? "application/octet-stream");
    response.writeHead(body ? 200 : 404, { ...headers, "Content-Type": body ? type : "text/plain" });
    response.end(request.method === "HEAD" ? undefined : (body ?? "404"));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const taken = server.address().port;
  return {
    base: `http://127.0.0.1:${taken}/`,
    port: taken,
    requests,
    files,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
