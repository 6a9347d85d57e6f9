// The portal guides hold the examples as they are run elsewhere, word for word, in both languages.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { npm, read } from "./support.mjs";

const root = join(npm, "../..");
const BLOCK = /^<!-- file: (\S+) -->\n```\w*\n([^]*?)\n```$/gm;

/** The blocks of a guide that are files, as `[path, text]`. */
function blocks(guide) {
  return [...String(read(root, "docs", guide)).matchAll(BLOCK)].map(([, path, text]) => [path, text]);
}

const guides = ["portail.md", "portal.md"];

for (const guide of guides) {
  test(`${guide} holds its examples as they are`, () => {
    const found = blocks(guide);
    assert.equal(found.length, 13);
    for (const [path, text] of found) {
      const file = String(read(root, path));
      // The policy is one line of a file of ours; examples are whole files.
      const holds = path.startsWith("web/embed/examples/") ? file.trimEnd() === text : file.includes(`"${text}"`);
      assert.ok(holds, `${path} is not as ${guide} has it`);
    }
  });
}

test("the guides show the same examples and tell the same codes", () => {
  const [french, english] = guides.map((guide) => blocks(guide));
  assert.deepEqual(french, english);
  const codes = (guide) => [...String(read(root, "docs", guide)).matchAll(/^\| (`[a-z-]+`[^|]*) \|/gm)].map(([, codes]) => codes);
  assert.deepEqual(codes("portail.md"), codes("portal.md"));
});
