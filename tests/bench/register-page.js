// What runs in the browser for the register: one library a page, so that memory is its own.
import { estampille, flexSearch, miniSearch } from "./peers/register.js";

const LIBRARIES = { estampille, miniSearch, flexSearch };

async function timed(work) {
  const started = performance.now();
  const value = await work();
  return [performance.now() - started, value];
}

function longestTask() {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  });
  observer.observe({ type: "longtask" });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return longest;
  };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Builds once. The register stays in the page, for the memory to be read. */
export async function build(which, file) {
  const library = await LIBRARIES[which]();
  const longest = longestTask();
  const [build, register] = await timed(() => library.build(file));
  globalThis.register = { library, register };
  return { name: library.name, build, longest: await longest() };
}

/** Then saves, loads what was saved, and searches; `queries` are `[text, number]`. */
export async function use(queries) {
  const { library, register } = globalThis.register;
  const index = await library.save(register);
  const octets = index.length;
  const [load, loaded] = await timed(() => library.load(index));
  for (const [text] of queries.slice(0, 50)) await library.search(loaded, text);
  const times = [];
  let [first, found] = [0, 0];
  const missed = [];
  for (const [text, number] of queries) {
    const [time, numbers] = await timed(() => library.search(loaded, text));
    times.push(time);
    if (numbers[0] === number) first += 1;
    if (numbers.includes(number)) found += 1;
    else missed.push(text);
  }
  times.sort((a, b) => a - b);
  return { octets, load, p50: at(times, 0.5), p95: at(times, 0.95), most: times.at(-1), first: first / queries.length, found: found / queries.length, missed: missed.slice(0, 12) };
}

/** Reads a file of any size, and gives it up. */
export async function large(file) {
  const { default: init, FinessRegister } = await import(/* @vite-ignore */ `${location.origin}/npm/index.js`);
  await init();
  const longest = longestTask();
  let pieces = 0;
  const [time, register] = await timed(() => FinessRegister.build(file, () => (pieces += 1)));
  globalThis.register = register;
  const [search, hits] = await timed(() => register.search("clinique saint louis paris"));
  return { octets: file.size, time, pieces, longest: await longest(), size: register.size, search, hits: hits.length };
}
