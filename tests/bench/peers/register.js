// The register in each library: read the same file, index it, save it, load it, search it. Each gives the numbers it finds.
import { Charset, Index } from "flexsearch";
import MiniSearch from "minisearch";

/** `etalab-cs1100502`: names, city, number, SIRET, category of each site. */
async function rows(file) {
  const text = await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const rows = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith("structureet;")) continue;
    const fields = line.split(";");
    const [, number, , short, long] = fields;
    rows.push({ id: number, name: long || short, short, city: fields[15] ?? "", category: fields[19] ?? "", siret: fields[22] ?? "" });
  }
  return rows;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The package, in its worker. */
export async function estampille() {
  const { default: init, FinessRegister } = await import(/* @vite-ignore */ `${location.origin}/npm/index.js`);
  await init();
  return {
    name: "Estampille",
    build: async (file) => FinessRegister.build(file),
    save: (register) => register.save(),
    load: (index) => FinessRegister.load(index),
    search: async (register, query) => (await register.search(query, { limit: 10 })).map(({ number }) => number),
  };
}

/** As its documentation has it for search as one types: all words, the last one as a beginning. */
export function miniSearch() {
  const options = {
    fields: ["id", "name", "short", "city", "category", "siret"],
    processTerm: fold,
    searchOptions: { combineWith: "AND", prefix: (_, at, terms) => at === terms.length - 1, boost: { name: 2 } },
  };
  return {
    name: "MiniSearch",
    async build(file) {
      const index = new MiniSearch(options);
      index.addAll(await rows(file));
      return index;
    },
    save: async (index) => new TextEncoder().encode(JSON.stringify(index)),
    load: async (bytes) => MiniSearch.loadJSON(new TextDecoder().decode(bytes), options),
    search: async (index, query) => index.search(query).slice(0, 10).map(({ id }) => id),
  };
}

/** One text a site, each word by its beginnings, letters without accents. */
export function flexSearch() {
  const make = () => new Index({ tokenize: "forward", encoder: Charset.LatinDefault });
  return {
    name: "FlexSearch",
    async build(file) {
      const index = make();
      for (const { id, name, short, city, category, siret } of await rows(file)) index.add(id, `${id} ${name} ${short} ${city} ${category} ${siret}`);
      return index;
    },
    async save(index) {
      const parts = {};
      await index.export((key, data) => {
        parts[key] = data;
      });
      return new TextEncoder().encode(JSON.stringify(parts));
    },
    async load(bytes) {
      const index = make();
      for (const [key, data] of Object.entries(JSON.parse(new TextDecoder().decode(bytes)))) await index.import(key, data);
      return index;
    },
    search: async (index, query) => (await index.search(query, { limit: 10 })).map(String),
  };
}
