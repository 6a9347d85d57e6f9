// The key made on the server: the commands are copied from the page and run as they are, and what they made is read.
import assert from "node:assert/strict";

import { Workshop, requestParts } from "../harness/openssl.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, finding, heading, holding } = walk;

/** Asked twice by openssl, which reads the words from standard input when it has no terminal (`setsid`). */
const TYPED = "correct horse battery\ncorrect horse battery\n";

const tool = (t, name) => t.page.getByRole("radio", { name: exactly(said(`commands.${name}`)) });

/** The blocks shown: the file (`{ name, text }`, if the tool wants one) and the commands. */
async function blocks(t) {
  const boxes = t.page.locator(".text-block").filter({ visible: true });
  const found = { commands: "" };
  for (const box of await boxes.all()) {
    const name = plain(await box.locator(".text-block-name").innerText());
    const text = await box.getByRole("textbox").inputValue();
    if (name === said("commands.run")) found.commands = text;
    else found.file = { name: name.replace(/^Fichier /, ""), text };
  }
  assert.ok(found.commands, "the page gives commands");
  return found;
}

/** Runs the openssl commands of the page, unchanged; the request they made. */
async function runOpenssl(t, shop) {
  await tool(t, "openssl").check();
  const { file, commands } = await blocks(t);
  shop.write(file.name, file.text);
  for (const line of commands.split("\n").filter((line) => line.trim())) shop.shellLine(line, TYPED);
  const name = file.name.replace(/\.cnf$/, ".csr");
  assert.match(shop.read(file.name.replace(/\.cnf$/, ".key")).toString(), /BEGIN ENCRYPTED PRIVATE KEY/);
  return { name, bytes: shop.read(name) };
}

const zone = (t) => walk.dropZone(t, "commands.csr-file");
const inspection = (t) => t.page.locator("section").filter({ has: zone(t) }).last();

async function judged(t, request) {
  await t.drop(zone(t), [request]);
}

export default [
  {
    name: "the openssl commands make the request the page expects",
    async run(t) {
      const lab = await walk.toInsiKey(t);
      await walk.there(t).check();
      await Workshop.use(async (shop) => {
        const request = await runOpenssl(t, shop);
        const expected = { C: "FR", ST: lab.department, O: lab.name, OU: `1${lab.et}`, CN: "INSI-MANU" };
        const { subject } = requestParts(shop.der("req", request.name));
        assert.equal(subject.toString("hex"), shop.subjectOf(expected).toString("hex"));

        // The name of another service, on the same key: it would be refused by the service, so it is refused here.
        shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "o.key", "-utf8", "-subj", `/C=FR/ST=${lab.department}/O=${lab.name}/OU=1${lab.et}/CN=INSI-AUTO`, "-out", "o.csr"]);
        await judged(t, { name: "autre.csr", bytes: shop.read("o.csr") });
        await finding(inspection(t), "common-name").first().waitFor();
        assert.ok(await inspection(t).locator(".finding.error").count(), "an error, not a remark");
        assert.equal(await t.page.getByText(said("commands.good")).count(), 0);

        await judged(t, request);
        await inspection(t).getByText(exactly(said("commands.good"))).waitFor();
        assert.equal(await inspection(t).locator(".finding.error").count(), 0);

        await button(t, "commands.to-platform").click();
        await heading(t, "card.title").waitFor();
        const offered = await t.download(() => button(t, "common.download").click());
        assert.equal(offered.bytes.toString(), request.bytes.toString());
      });
      t.noRequests();
    },
  },
  {
    name: "keytool and certreq have their commands, with the same name",
    async run(t) {
      const lab = await walk.toInsiKey(t);
      await walk.there(t).check();
      await tool(t, "keytool").check();
      await t.page.getByText(exactly(said("commands.keytool-note"))).waitFor();
      const keytool = await blocks(t);
      assert.match(keytool.commands, /keytool .*-genkeypair/s);
      assert.match(keytool.commands, /-certreq/);
      const hexadecimal = (text) => Buffer.from(text).toString("hex");
      assert.ok(keytool.commands.toLowerCase().includes(hexadecimal("INSI-MANU")), "the name as the octets of a UTF8String");
      await tool(t, "certreq").check();
      await t.page.getByText(exactly(said("commands.certreq-note"))).waitFor();
      const certreq = await blocks(t);
      assert.match(certreq.commands, /certreq -new/);
      assert.match(certreq.file.name, /\.inf$/);
      assert.ok(certreq.file.text.includes(`OU=1${lab.et}`) && certreq.file.text.includes("CN=INSI-MANU"));
      t.noRequests();
    },
  },
  {
    name: "a server certificate with other names asks for them all, the main one first",
    async run(t) {
      const lab = await walk.toStructure(t);
      await walk.toSoftware(t, ["mssante-operateur"]);
      await field(t, "software.fqdn").fill("mss.laboratoire-essai.fr");
      await walk.toPlan(t);
      await walk.toKey(t, "mss.laboratoire-essai.fr");
      await field(t, "generate.dns").fill("imap.laboratoire-essai.fr\nsmtp.laboratoire-essai.fr");
      await walk.there(t).check();
      await Workshop.use(async (shop) => {
        const request = await runOpenssl(t, shop);
        const text = shop.demand(["req", "-in", request.name, "-noout", "-text"]);
        assert.match(text, /DNS:mss\.laboratoire-essai\.fr, DNS:imap\.laboratoire-essai\.fr, DNS:smtp\.laboratoire-essai\.fr/);
        assert.match(shop.demand(["req", "-in", request.name, "-noout", "-subject", "-nameopt", "RFC2253"]), new RegExp(`CN=mss.laboratoire-essai.fr,OU=1${lab.et}`));
        await judged(t, request);
        await inspection(t).getByText(exactly(said("commands.good"))).waitFor();
      });
      t.noRequests();
    },
  },
  {
    name: "a file that is no request is told apart",
    async run(t) {
      await walk.toInsiKey(t);
      await walk.there(t).check();
      const told = inspection(t).locator(".finding.error");
      await judged(t, { name: "rien.csr", bytes: Buffer.alloc(0) });
      await told.getByText(exactly(said("not-a-csr.title"))).waitFor();
      await t.choose(walk.fileInput(t, "commands.csr-file"), [{ name: "page.csr", bytes: Buffer.from("<!doctype html><title>Erreur 403</title>") }]);
      await told.getByText(exactly(said("not-a-csr.title"))).waitFor();
      await told.getByText(exactly(said("not-a-csr.action"))).waitFor();
      assert.equal(await t.page.getByText(said("commands.good")).count(), 0);
      assert.ok(await tool(t, "openssl").isVisible(), "the commands are still there");
    },
  },
];
