// The sentences of the catalogue, so that a test asks for what the page should say and not for yesterday's words.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./paths.mjs";

const LINE = /^([\w-]+) = "((?:[^"\\]|\\.)*)"$/;

function read(locale) {
  const folder = join(root, "crates/messages/texts", locale);
  const texts = new Map();
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".toml"))) {
    let table = "";
    for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
      const header = /^\[([\w.-]+)\]$/.exec(line);
      if (header) table = header[1];
      const entry = LINE.exec(line);
      if (entry) texts.set(`${table}.${entry[1]}`, JSON.parse(`"${entry[2]}"`));
    }
  }
  return texts;
}

const CATALOGUE = { fr: read("fr"), en: read("en") };

/**
 * A sentence by its table and name, `"plan.bearer"`, with `{fact}` and `{count|one|many}` filled in.
 * A fact that is not given stays out: the sentence is cut before it, for a test that asks how it begins.
 */
export function said(key, facts = {}, locale = "fr") {
  const sentence = CATALOGUE[locale].get(key);
  if (sentence === undefined) throw new Error(`the catalogue (${locale}) has no ${key}`);
  let whole = "";
  for (const [, plain, name, one, many] of sentence.matchAll(/([^{]+)|\{(\w[\w-]*)(?:\|([^|}]*)\|([^}]*))?\}/g)) {
    if (plain !== undefined) whole += plain;
    else if (!(name in facts)) break;
    else if (many !== undefined) whole += facts[name] > 1 ? many : one;
    else whole += facts[name];
  }
  return plain(whole);
}

/** Spaces of every width as one: the page may keep French punctuation on its line. */
export const plain = (text) => text.replace(/\s+/g, " ").trim();
