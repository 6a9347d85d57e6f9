// From the first screen to the archive, in one go: what every way of delivering the page must be able to do.
import assert from "node:assert/strict";

import { Workshop } from "./openssl.mjs";
import { said } from "./texts.mjs";
import * as walk from "./walk.mjs";

const { button, exactly, field, heading, holding, report } = walk;

const KIT_PHRASE = "tuile-verger-ombre-sapin-canal";

/** A key is made, saved and read back, its request judged and certified, the certificate checked, a kit assembled. */
export async function wholeJourney(t) {
  await walk.toInsiKey(t);
  const phrase = await walk.makeKey(t);
  const key = await walk.saveKey(t);
  await walk.readBack(t, key, phrase);
  await walk.verified(t);
  const request = await walk.saveRequest(t);

  await Workshop.use(async (shop) => {
    shop.write("r.csr", request.bytes);
    assert.match(shop.ask(["req", "-in", "r.csr", "-verify", "-noout"]).complaint, /verify OK/);
    const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
    const certificate = { name: "recu.pem", bytes: shop.certify("r.csr", authority, "recu") };

    await walk.toCheck(t);
    await t.drop(walk.dropZone(t, "check.drop"), [certificate, key, { name: "ca.pem", bytes: shop.read("ca.pem") }]);
    const place = report(t, certificate.name).first();
    await place.waitFor();
    // Ours it is, whoever signed it: the request made a moment ago proves it.
    assert.equal(await place.getAttribute("data-verdict"), "fail", "an authority nobody knows");
    const install = ["check.install-anyway", "check.install"].map((name) => place.getByRole("button", { name: exactly(said(name)) }));
    await install[0].or(install[1]).click();
    await heading(t, "finish.title").waitFor();

    await t.page.getByRole("radio", { name: holding(said("kit-target.nginx-apache")) }).first().check();
    await field(t, "finish-kit.opening").fill(phrase);
    await field(t, "finish-kit.passphrase").fill(KIT_PHRASE);
    await button(t, "finish-kit.make").click();
    await t.page.getByRole("heading", { level: 2, name: exactly(said("finish-ready.title")) }).waitFor();
    const zip = await t.download(() => button(t, "finish-ready.save-zip").click());
    shop.write("kit.zip", zip.bytes);
    shop.unpack("kit.zip");
    const p12 = shop.names().find((name) => name.endsWith(".p12"));
    shop.demand(["pkcs12", "-in", p12, "-passin", `pass:${KIT_PHRASE}`, "-nodes", "-out", "dedans.pem"]);
    assert.equal(shop.demand(["pkey", "-in", "dedans.pem", "-pubout"]), shop.demand(["req", "-in", "r.csr", "-noout", "-pubkey"]));
  });
  t.noRequests();
}
