// A portal made with Vite and TypeScript: the package is installed from its tarball, then `vite dev` and `vite build`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { STRICT, withHost } from "../harness/host.mjs";
import { NPM, root } from "../harness/paths.mjs";
import { usePortal } from "../harness/portal.mjs";

const run = promisify(execFile);

let installed;

/** The example as a portal's team would have it: installed once for both browsers, gone when the tests end. */
function project() {
  installed ??= install();
  return installed;
}

async function install() {
  const folder = mkdtempSync(join(tmpdir(), "estampille-vite-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, "web/embed/examples/vite"), folder, { recursive: true });
  const npm = (...args) => run("npm", args, { cwd: folder });
  const { stdout } = await npm("pack", NPM, "--json", "--loglevel=error");
  // Not `npm ci`: the lock holds no tool of another platform.
  await npm("install", "--no-save", "--prefer-offline", `./${JSON.parse(stdout)[0].filename}`);
  return folder;
}

const vite = async (folder) => import(pathToFileURL(join(folder, "node_modules/vite/dist/node/index.js")));

let built;

/** tsc, then Vite, as `npm run build` does. */
function build(folder) {
  built ??= run("npm", ["run", "build"], { cwd: folder });
  return built;
}

export default [
  {
    name: "vite dev",
    timeout: 180_000,
    async run(t) {
      const folder = await project();
      const { createServer } = await vite(folder);
      // Each browser has a server of its own, which must not share what it prepares.
      const cacheDir = join(folder, `.vite-${t.browserName}`);
      const server = await createServer({ root: folder, cacheDir, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
      const requests = [];
      server.httpServer.on("request", ({ url }) => requests.push(url));
      try {
        await server.listen();
        t.base = `http://127.0.0.1:${server.httpServer.address().port}/`;
        await usePortal(t, () => requests);
        assert.ok(requests.some((url) => url.includes("/node_modules/estampille/atelier-worker.js")), `${requests}`);
      } finally {
        await server.close();
      }
    },
  },
  {
    name: "vite build, then files behind a strict policy",
    timeout: 180_000,
    async run(t) {
      const folder = await project();
      await build(folder);
      await withHost(t, { folder: join(folder, "dist"), policy: STRICT }, async (host) => {
        await usePortal(t, () => host.requests);
        assert.deepEqual(host.reports, [], "violations");
        const outside = host.requests.filter((path) => path.startsWith("/estampille/"));
        assert.deepEqual(outside, [], "all comes from what Vite wrote");
      });
    },
  },
];
