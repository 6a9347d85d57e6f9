// The harness itself: each of its questions must be able to answer no, in both browsers.
import assert from "node:assert/strict";

/** The page does something it must not; the harness must say so in words that fit `pattern`. */
const notices = (name, misdeed, question, pattern) => ({
  name,
  async run(t) {
    await t.open();
    await t.page.evaluate(misdeed);
    await assert.rejects(async () => question(t), (error) => pattern.test(error.message));
    t.forget();
  },
});

/** Until the browser has told us, or for two seconds. */
async function calmAfterAWhile(t) {
  for (let tries = 0; tries < 20; tries += 1) {
    t.noRequests();
    await t.page.waitForTimeout(100);
  }
}

const save = (files) => {
  for (const [name, text] of files) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
  }
};

export default [
  notices("notices a console error", () => console.error("so"), calmAfterAWhile, /console: so/),
  notices("notices an exception", () => void setTimeout(() => { throw new Error("so"); }), calmAfterAWhile, /exception: .*so/),
  notices("notices a foreign request", () => void fetch("http://127.0.0.1:9/x").catch(() => {}), calmAfterAWhile, /connect-src/),
  notices("notices a request after load", () => void fetch("./boot.js"), calmAfterAWhile, /requests after load/),
  notices("notices a missing file", () => void fetch("./absent.txt"), calmAfterAWhile, /requests after load|404/),
  notices(
    "notices markup given to innerHTML",
    () => void setTimeout(() => { document.querySelector("main").innerHTML = "<p>so</p>"; }),
    calmAfterAWhile,
    /require-trusted-types-for|TrustedHTML/,
  ),
  notices(
    "notices a page wider than the screen",
    () => document.querySelector("main").append(Object.assign(document.createElement("pre"), { textContent: "so".repeat(900) })),
    (t) => t.noSideScroll(),
    /wider than|beside the screen/,
  ),
  notices(
    "notices what axe finds",
    () => document.querySelector("main").append(document.createElement("img"), document.createElement("input")),
    (t) => t.axe(),
    /image-alt/,
  ),
  {
    name: "receives what is saved",
    async run(t) {
      await t.open();
      const one = await t.download(() => t.page.evaluate(save, [["clé.key", "secret"]]));
      assert.deepEqual([one.name, one.bytes.toString()], ["clé.key", "secret"]);
      const two = await t.download(() => t.page.evaluate(save, [["a.p12", "a"]]));
      assert.deepEqual([two.name, two.bytes.toString()], ["a.p12", "a"]);
    },
  },
  {
    name: "drops files and walks by keyboard",
    async run(t) {
      await t.open();
      await t.page.evaluate(() => {
        const [button, zone] = [document.createElement("button"), document.createElement("output")];
        button.textContent = "zone";
        zone.addEventListener("drop", async (event) => {
          event.preventDefault();
          zone.textContent = `${event.dataTransfer.files[0].name}: ${await event.dataTransfer.files[0].text()}`;
        });
        document.querySelector("main").append(button, zone);
      });
      await t.drop(t.page.locator("output").last(), [{ name: "é.cer", bytes: Buffer.from("octets") }]);
      await t.page.getByText("é.cer: octets").waitFor();
      await t.tabTo(t.page.getByRole("button", { name: "zone" }));
    },
  },
  {
    name: "chooses files and reads what was copied",
    async run(t) {
      await t.open();
      await t.page.evaluate(() => {
        const [input, zone, button] = ["input", "output", "button"].map((name) => document.createElement(name));
        input.type = "file";
        input.multiple = true;
        input.setAttribute("aria-label", "fichier");
        input.addEventListener("change", async () => {
          const texts = [...input.files].map(async (file) => `${file.name}: ${await file.text()}`);
          zone.textContent = (await Promise.all(texts)).join(", ");
        });
        button.textContent = "copier";
        button.addEventListener("click", () => navigator.clipboard.writeText("copié é"));
        document.querySelector("main").append(input, zone, button);
      });
      const files = ["a", "b"].map((name) => ({ name: `${name}.cer`, bytes: Buffer.from(name) }));
      await t.choose(t.page.getByLabel("fichier", { exact: true }), files);
      await t.page.getByText("a.cer: a, b.cer: b").waitFor();
      await t.page.getByRole("button", { name: "copier" }).click();
      assert.equal(await t.clipboard(), "copié é");
    },
  },
];
