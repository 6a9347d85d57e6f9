// What a person does in the pages of web/embed/examples, which are the guide's: a request, then the certificate and a kit.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { Workshop, requestParts } from "./openssl.mjs";

const PASSPHRASE = "Grange-48-Coquelicot";
const SUBJECT = { C: "FR", ST: "Paris (75)", O: "PHARMACIE DES TROIS PONTS", OU: "1750712184", CN: "INSI-AUTO" };

const state = (t, text) => t.page.waitForFunction((text) => document.getElementById("etat")?.textContent.includes(text), text);

/** Opens the page and uses it to its end; `asked` gives all requests so far, none of which may come after the load. */
export async function usePortal(t, asked = () => []) {
  const requests = [];
  t.page.on("request", (request) => {
    if (/^https?:/.test(request.url())) requests.push(request.url());
  });
  await t.page.goto(t.base);
  await state(t, "Prêt.");
  const [loaded, loadedByPage] = [asked().length, requests.length];
  assert.ok(loadedByPage > 3, "the requests of the page are seen");

  await Workshop.use(async (shop) => {
    await t.page.locator("#phrase").fill(PASSPHRASE);
    const files = await t.downloads(() => t.page.locator("#demande button:not([type=button])").click(), 2);
    await state(t, "CN=INSI-AUTO,OU=1750712184");
    const file = (ending) => files.find(({ name }) => name.endsWith(ending));
    assert.match(file(".key").bytes.toString(), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    shop.write("demande.csr", file(".csr").bytes);
    shop.demand(["req", "-verify", "-noout", "-in", "demande.csr"]);
    const { subject } = requestParts(shop.der("req", "demande.csr"));
    assert.equal(subject.toString("hex"), shop.subjectOf(SUBJECT).toString("hex"));

    const certificate = shop.certify("demande.csr", shop.authority("ac", "/C=FR/O=Essai/CN=AC d'essai"), "recu");
    await t.choose(t.page.locator("#certificat"), [{ name: "recu.cer", bytes: certificate }]);
    await t.choose(t.page.locator("#cle"), [file(".key")]);
    await t.page.locator("#phrase-cle").fill(PASSPHRASE);
    const kit = await t.download(() => t.page.locator("#verification button").click());
    await t.page.locator("#constats li.error").first().waitFor();
    assert.equal(kit.bytes.subarray(0, 2).toString(), "PK");
    shop.write("kit.zip", kit.bytes);
    const p12 = unzip(shop, "kit.zip").find((name) => name.endsWith(".p12"));
    shop.demand(["pkcs12", "-in", p12, "-passin", `pass:${PASSPHRASE}`, "-nokeys"]);
  });

  assert.deepEqual(asked().slice(loaded), [], "requests the server saw after load");
  assert.deepEqual(requests.slice(loadedByPage), [], "requests the page made after load");
  t.assertCalm();
}

/** Unpacks an archive of the folder there; the names of its files. */
export function unzip(shop, name) {
  const run = (...args) => execFileSync("unzip", [...args, name], { cwd: shop.folder, encoding: "utf8" });
  run("-q", "-o");
  return run("-Z1").trim().split("\n");
}
