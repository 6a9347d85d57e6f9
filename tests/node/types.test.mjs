// What TypeScript says to those who use the package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { npm } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "estampille-types-"));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules"));
symlinkSync(npm, join(folder, "node_modules/estampille"));
const tsc = join(npm, "../../node_modules/typescript/bin/tsc");

/** What tsc says of a program that imports the package. */
function compile(program, ...options) {
  writeFileSync(join(folder, "program.ts"), program);
  const strict = ["--noEmit", "--strict", "--target", "es2022", ...options, "program.ts"];
  const { stdout } = spawnSync(process.execPath, [tsc, ...strict], { cwd: folder, encoding: "utf8" });
  return stdout;
}

const PROGRAM = `
  import init, { checkCertificate, createCsr, parseIdentifier, recommend, type CheckReport, type EstampilleError } from "estampille";
  export async function run(): Promise<string[]> {
    await init({ module_or_path: new Uint8Array(8), worker_path: new URL("https://exemple.fr/w.js") });
    const valid: boolean = parseIdentifier("finess", "750712184").valid;
    const plan = recommend({ sector: "officine", legalEntities: [], instances: [] });
    try {
      const { csrPem } = await createCsr({ product: "ORG_SIGN", subject: { commonName: "x" }, engine: "wasm" });
      const report: CheckReport = await checkCertificate({ certificate: csrPem, at: "2026-11-20" });
      return [report.headline, String(valid), plan.bearer];
    } catch (error) {
      return [(error as EstampilleError).code];
    }
  }
`;

for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
  test(`a program compiles (${resolution})`, () => {
    assert.equal(compile(PROGRAM, "--module", module, "--moduleResolution", resolution), "");
  });
}

test("what does not exist yet, or is misspelt, does not compile", () => {
  const wrong = [
    [`import { checkSets } from "estampille"; checkSets([]);`, /no exported member named .checkSets.|no exported member .checkSets./],
    [`import { parseIdentifier } from "estampille"; parseIdentifier("FINESS", "1");`, /not assignable/],
    [`import { createCsr } from "estampille"; createCsr({ product: "ORG_SIGN" });`, /missing/],
  ];
  for (const [program, told] of wrong) {
    assert.match(compile(program, "--module", "nodenext", "--moduleResolution", "nodenext"), told);
  }
});
