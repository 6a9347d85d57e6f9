// Real certificates and register rows, which are not part of the project: `ESTAMPILLE_REAL_DATA`, or ../shared/fixtures
// beside the checkout. A test that goes without them says so.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./paths.mjs";

const FOLDER = process.env.ESTAMPILLE_REAL_DATA ?? join(root, "../shared/fixtures");

const told = new Set();

function absent(what, instead) {
  if (!told.has(what)) console.log(`  !!  ${what} is not at ${FOLDER} (ESTAMPILLE_REAL_DATA): ${instead}`);
  told.add(what);
}

/** A real certificate as `{ name, bytes }`; undefined where there are none, and then the output says what was not proved. */
export function realCertificate(name) {
  const path = join(FOLDER, "igc-sante", `${name}.pem`);
  if (existsSync(path)) return { name: path.slice(path.lastIndexOf("/") + 1), bytes: readFileSync(path) };
  absent("the folder of real certificates", "the cases that need one proved nothing");
  return undefined;
}

/** Calls `check` with the real certificates of these names, or says loudly that it could not. */
export async function withReal(names, check) {
  const files = names.map(realCertificate);
  if (files.every(Boolean)) await check(...files);
}

/** The extract of 2021 as a file a person gives; undefined where it is absent, and then the output says what was not proved. */
export function realRegister() {
  const path = join(FOLDER, "finess/etalab-cs1100502-rebuilt-2021-01-08.csv.gz");
  if (existsSync(path)) return { name: "etalab-cs1100502-stock-20210108-0434.csv.gz", bytes: readFileSync(path) };
  absent("the extract of the FINESS register", "the journey through it proved nothing");
  return undefined;
}

/** A town laboratory of the register: `{ et, name, department }`; a made-up one where the register is absent. */
export function laboratory() {
  const path = join(FOLDER, "finess/finess-et-2021-01-08-sample.csv");
  if (existsSync(path)) {
    const rows = readFileSync(path, "utf8").split("\n").map((line) => line.split(";"));
    const column = (name) => rows[0].indexOf(name);
    const found = rows.find((row) => row[column("categetab")] === "611" && row[column("codepostal")].startsWith("06"));
    if (found) return { et: found[column("nofinesset")], name: found[column("rs")], department: "Alpes-Maritimes (06)" };
  }
  absent("the FINESS register", "a made-up laboratory stands in");
  return { et: "590049011", name: "LABORATOIRE DES TROIS PONTS", department: "Nord (59)" };
}
