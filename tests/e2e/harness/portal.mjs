// What a person does in the pages of web/embed/examples, which are the guide's: a request, then the certificate and a kit.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { Workshop, requestParts } from "./openssl.mjs";

export const PASSPHRASE = "Grange-48-Coquelicot";
const SUBJECT = { C: "FR", ST: "Paris (75)", O: "PHARMACIE DES TROIS PONTS", OU: "1750712184", CN: "INSI-AUTO" };

/**
 * Opens the page and uses it to its end; `asked` gives all requests so far, none of which may come after the load.
 *
 * @param path of the page, when it is not the host's first
 * @param inside where in the page it takes place, when it is a frame
 */
export async function usePortal(t, asked, { path = "", inside = t.page } = {}) {
  const at = (selector) => inside.locator(selector);
  const state = (text) => at("#etat").filter({ hasText: text }).waitFor();
  const requests = [];
  t.page.on("request", (request) => {
    if (/^https?:/.test(request.url())) requests.push(request.url());
  });
  await t.page.goto(t.base + path);
  await state("Prêt.");
  const [loaded, loadedByPage] = [asked().length, requests.length];
  assert.ok(loadedByPage > 3, "the requests of the page are seen");

  await Workshop.use(async (shop) => {
    await at("#phrase").fill(PASSPHRASE);
    const files = await t.downloads(() => at("#demande button:not([type=button])").click(), 2);
    await state("CN=INSI-AUTO,OU=1750712184");
    const file = (ending) => files.find(({ name }) => name.endsWith(ending));
    assert.match(file(".key").bytes.toString(), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    shop.write("demande.csr", file(".csr").bytes);
    shop.demand(["req", "-verify", "-noout", "-in", "demande.csr"]);
    const { subject } = requestParts(shop.der("req", "demande.csr"));
    assert.equal(subject.toString("hex"), shop.subjectOf(SUBJECT).toString("hex"));

    const certificate = shop.certify("demande.csr", shop.authority("ac", "/C=FR/O=Essai/CN=AC d'essai"), "recu");
    await t.choose(at("#certificat"), [{ name: "recu.cer", bytes: certificate }]);
    await t.choose(at("#cle"), [file(".key")]);
    await at("#phrase-cle").fill(PASSPHRASE);
    const kit = await t.download(() => at("#verification button").click());
    await at("#constats li.error").first().waitFor();
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
