// In the single file, put in the place of the page's `fetch`: nothing is fetched, all is inside.
//
// It also makes the worker's address: a blob, since a page opened from a disk has no files beside it that its browser
// would let it read. The page's end is crates/browser/src/inlined.rs.
import { answer } from "./unpack.js";

const files = {};
for (const element of document.querySelectorAll("script[data-file]")) {
  files[element.dataset.file] = element.textContent;
  element.remove();
}
const { [WORKER]: worker, ...others } = files;
const ofWorker = Object.fromEntries(Object.entries(others).filter(([name]) => !OF_PAGE.split(" ").includes(name)));

const address = URL.createObjectURL(
  new Blob([`self.estampilleFiles=${JSON.stringify(ofWorker)};\n`, worker], { type: "text/javascript" }),
);
// Not a plain name: an element's id could then stand for it.
globalThis[Symbol.for("estampille.worker")] = address;

export const fetch = (file) => answer(others, file);
