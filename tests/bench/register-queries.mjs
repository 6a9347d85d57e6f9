// What people would type to find structures of the extract, made from it by rules: words of the name with and without accents,
// the city, other orders, unfinished words, numbers, abbreviations. As crates/finess/tests/support/queries.rs, for peers too.
import { gunzipSync } from "node:zlib";

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const words = (name, count) => {
  const telling = plain(name)
    .split(" ")
    .filter((word) => word.length > 2 && !["les", "des", "sur"].includes(word));
  return telling.length === 0 ? undefined : telling.slice(0, count).join(" ");
};

const SHORT = [
  ["centre hospitalier", "ch"],
  ["laboratoire de biologie medicale", "lbm"],
  ["saint", "st"],
  ["sainte", "ste"],
  ["docteur", "dr"],
];

const RULES = [
  ({ name, city }) => `${name} ${city}`,
  ({ name, city }) => `${plain(name)} ${plain(city)}`,
  ({ name, city }) => words(name, 2) && `${words(name, 2)} ${plain(city)}`,
  ({ name, city }) => words(name, 3) && `${words(name, 3)} ${plain(city).slice(0, Math.max(4, city.length >> 1))}`,
  ({ name, city }) => words(name, 3) && `${plain(city)} ${words(name, 3)}`,
  ({ name, city }) => `${plain(name).split(" ").reverse().join(" ")} ${plain(city)}`,
  ({ name, city }) => {
    const short = SHORT.reduce((text, [long, short]) => text.replace(new RegExp(`\\b${long}\\b`, "g"), short), plain(name));
    return short === plain(name) ? undefined : `${short} ${plain(city)}`;
  },
  ({ name, postcode }) => words(name, 3) && `${words(name, 3)} ${postcode}`,
  ({ name, city }) => {
    const all = plain(name).split(" ");
    const last = all.pop();
    return all.length > 1 && last.length > 3 ? `${plain(city)} ${all.join(" ")} ${last.slice(0, 3)}` : undefined;
  },
  ({ number }) => number.slice(0, 8),
  ({ number }) => number,
  ({ siret }) => siret || undefined,
];

/** `count` queries spread over the whole register and over all rules: `[text, number]`. */
export function queries(gzipped, count) {
  const rows = [];
  for (const line of gunzipSync(gzipped).toString("utf8").split("\n")) {
    if (!line.startsWith("structureet;")) continue;
    const fields = line.split(";");
    const routing = /^(\d{5}) (.*?)(?: CEDEX.*)?$/.exec(fields[15] ?? "");
    const name = fields[4] || fields[3];
    if (routing === null || plain(name) === "") continue;
    rows.push({ number: fields[1], name, city: routing[2], postcode: routing[1], siret: fields[22] ?? "" });
  }
  const step = Math.max(1, Math.floor(rows.length / count));
  const made = [];
  for (let turn = 0; made.length < count && turn * step < rows.length; turn += 1) {
    const row = rows[turn * step];
    for (let offset = 0; offset < RULES.length; offset += 1) {
      const text = RULES[(turn + offset) % RULES.length](row);
      if (text) {
        made.push([text, row.number]);
        break;
      }
    }
  }
  return made;
}
