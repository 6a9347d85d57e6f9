// A host's own site that serves the npm package beside its pages, under the headers it has chosen.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, relative, sep } from "node:path";

import { NPM } from "./paths.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** As the contract has it: what the package must live with, and be silent under. */
export const STRICT =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types estampille";

/** Where violations are reported; a host that sends a policy adds it. */
const REPORTS = "/rapports";

async function filesOf(folder, at) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error(`${folder} is not there: run \`cargo xtask package\``);
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(files.map(async (file) => [`${at}${relative(folder, file).split(sep).join("/")}`, { body: await readFile(file) }]));
}

/** An empty page, for tests that are programs. */
const BLANK = '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Hôte</title><link rel="icon" href="/icone.svg">';
const ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/**
 * Serves `folder`, an empty page at `/vide.html`, and the package in `/estampille/`.
 *
 * @param policy its Content-Security-Policy, on every answer
 * @param replace what it answers instead, by path: `{ body, type, status, policy }`
 * @returns `requests` and `reports` grow as they come; `replace` may change
 */
export async function startHost({ folder, policy, replace = {} } = {}) {
  const files = new Map([
    ["/vide.html", { body: BLANK }],
    ["/icone.svg", { body: ICON }],
    ...(await filesOf(NPM, "/estampille/")),
    ...(folder ? await filesOf(folder, "/") : []),
  ]);
  const [requests, reports] = [[], []];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://local");
    if (pathname === REPORTS) {
      let text = "";
      for await (const chunk of request) text += chunk;
      reports.push(text);
      response.writeHead(204).end();
      return;
    }
    requests.push(pathname);
    const path = pathname === "/" ? "/index.html" : pathname;
    const found = replace[path] ?? files.get(path);
    const headers = { "Content-Type": found?.type ?? (found ? (TYPES[extname(path)] ?? "application/octet-stream") : "text/html") };
    const stated = found?.policy ?? policy;
    if (stated) headers["Content-Security-Policy"] = `${stated}; report-uri ${REPORTS}`;
    response.writeHead(found?.status ?? (found ? 200 : 404), { ...headers, "Cache-Control": "no-store" });
    response.end(found?.body ?? "<!doctype html><title>404</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}/`,
    requests,
    reports,
    replace,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gives `work` a host for as long as it runs; the journey is then that host's. */
export async function withHost(t, options, work) {
  const host = await startHost(options);
  t.base = host.base;
  try {
    await work(host);
  } finally {
    await host.close();
  }
}
