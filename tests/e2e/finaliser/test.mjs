// From a checked certificate to what a machine reads: the kit, its files, its commands, opened by other people's tools.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { Workshop } from "../harness/openssl.mjs";
import { withReal } from "../harness/real-data.mjs";
import { plain, said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { button, exactly, field, heading, holding, report } = walk;

const OURS = "/C=FR/ST=Nord (59)/O=LABORATOIRE D'ESSAI/OU=1590049011/CN=INSI-AUTO";
const KEY_PHRASE = "une bonne phrase";
const KIT_PHRASE = "tuile-verger-ombre-sapin-canal";

/** An authority of its own, a certificate by it, its key in clear and encrypted: files as `{ name, bytes }`. */
function material(shop) {
  const authority = shop.authority("ca", "/C=FR/O=AUTORITE D'ESSAI/CN=AC ESSAI");
  shop.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", OURS, "-keyout", "clair.key", "-out", "r.csr"]);
  const bytes = shop.certify("r.csr", authority, "recu");
  shop.demand(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", "clair.key", "-passout", `pass:${KEY_PHRASE}`, "-out", "garde.key"]);
  const file = (name) => ({ name, bytes: shop.read(name) });
  return { certificate: { name: "recu.pem", bytes }, key: file("garde.key"), chain: file("ca.pem"), file };
}

/** Checks the files, and goes on to install the first. */
async function toFinish(t, files) {
  await t.page.goto("about:blank");
  await t.open("#/verifier");
  await t.drop(walk.dropZone(t, "check.drop"), files);
  const place = report(t, files[0].name).first();
  await place.waitFor();
  await place.getByRole("button", { name: exactly(said("check.install-anyway")) }).or(place.getByRole("button", { name: exactly(said("check.install")) })).click();
  await heading(t, "finish.title").waitFor();
}

const machine = (t, word) => t.page.getByRole("radio", { name: holding(said(`kit-target.${word}`)) }).first();

const opening = (t) => field(t, "finish-kit.opening");
const protecting = (t) => field(t, "finish-kit.passphrase");
const make = (t) => button(t, "finish-kit.make").click();

const isFocused = (t, id) => t.page.waitForFunction((id) => document.activeElement?.id === id, id);

async function ready(t) {
  await t.page.getByRole("heading", { level: 2, name: exactly(said("finish-ready.title")) }).waitFor();
  await isFocused(t, "kit-pret");
}

/** Saves the archive and unpacks it into the workshop; the names it holds. */
async function unpack(t, shop) {
  const zip = await t.download(() => button(t, "finish-ready.save-zip").click());
  assert.match(zip.name, /^[\w.-]+\.zip$/);
  shop.write(zip.name, zip.bytes);
  run(shop, "unzip", ["-q", "-o", zip.name]);
  return run(shop, "unzip", ["-Z1", zip.name]).trim().split("\n");
}

function run(shop, program, args, input = "") {
  const done = spawnSync(program, args, { cwd: shop.folder, input, encoding: "utf8" });
  assert.equal(done.status, 0, `${program} ${args.join(" ")}: ${done.stdout}${done.stderr}`);
  return done.stdout + done.stderr;
}

const named = (names, ending) => names.find((name) => name.endsWith(ending));

const publicKey = (shop, args) => shop.demand([...args, "-pubout"]);

/** The fields are empty, and the phrases stand nowhere else. */
async function noSecret(t, ...secrets) {
  const found = await t.page.evaluate(async (secrets) => {
    const values = [...document.querySelectorAll("input, textarea")].map((element) => element.value);
    const bases = (await indexedDB.databases?.()) ?? [];
    const all = JSON.stringify([values, location.href, document.title, { ...localStorage }, { ...sessionStorage }, bases]) + document.body.innerText;
    return secrets.filter((secret) => all.includes(secret));
  }, secrets);
  assert.deepEqual(found, [], "a secret is still in the page");
}

export default [
  {
    name: "certificate and encrypted key: a wrong passphrase is asked again, the kit opens everywhere",
    async run(t) {
      await Workshop.use(async (shop) => {
        const { certificate, key, chain } = material(shop);
        await toFinish(t, [certificate, key, chain]);
        await machine(t, "nginx-apache").check();
        await t.page.getByText(holding(said("finish-chain.there"))).waitFor();

        await opening(t).fill("pas la bonne");
        await protecting(t).fill(KIT_PHRASE);
        await make(t);
        const problem = t.page.locator("#phrase-de-la-cle-avis [role=alert]");
        await problem.waitFor();
        assert.ok(plain(await problem.innerText()).includes(said("wrong-passphrase.title")), await problem.innerText());
        await isFocused(t, "phrase-de-la-cle");
        assert.equal(await opening(t).getAttribute("aria-invalid"), "true");
        assert.equal(await protecting(t).inputValue(), KIT_PHRASE, "what was typed well stays");

        await opening(t).fill(KEY_PHRASE);
        await make(t);
        await ready(t);
        await noSecret(t, KEY_PHRASE, KIT_PHRASE);

        const names = await unpack(t, shop);
        const [p12, pem, encrypted, jks] = [".p12", ".fullchain.pem", ".key", ".truststore.jks"].map((ending) => named(names, ending));
        shop.demand(["pkcs12", "-in", p12, "-passin", `pass:${KIT_PHRASE}`, "-nodes", "-out", "dedans.pem"]);
        const expected = publicKey(shop, ["pkey", "-in", "clair.key"]);
        assert.equal(publicKey(shop, ["pkey", "-in", "dedans.pem"]), expected);
        assert.equal(publicKey(shop, ["pkey", "-in", encrypted, "-passin", `pass:${KIT_PHRASE}`]), expected);
        assert.match(String(shop.read(encrypted)), /ENCRYPTED PRIVATE KEY/);
        shop.demand(["verify", "-CAfile", "ca.pem", pem]);
        assert.match(run(shop, "keytool", ["-list", "-keystore", jks, "-storetype", "JKS", "-storepass", KIT_PHRASE]), /trustedCertEntry/);
        const readme = named(names, ".txt");
        assert.ok(!String(shop.read(readme)).includes(KIT_PHRASE));

        // By itself, and as text, a file is the one of the archive.
        const row = t.page.locator(".kit-files li[data-role=full-chain]");
        const alone = await t.download(() => row.getByRole("button", { name: exactly(said("finish-ready.save-file", { name: pem })) }).click());
        assert.deepEqual(Buffer.from(alone.bytes), shop.read(pem));
        await row.getByText(exactly(said("common.as-text"))).click();
        assert.equal((await row.locator("textarea").inputValue()).trim(), String(shop.read(pem)).trim());

        // The commands are those of the machine; another machine has others, of the same kit.
        assert.equal(await t.page.locator('[data-tool="nginx"]').count(), 1);
        assert.ok((await t.page.locator('[data-tool="nginx"] textarea').first().inputValue()).includes(".pass"));
        await machine(t, "java").check();
        assert.equal(await t.page.locator('[data-tool="nginx"]').count(), 0);
        assert.match(await t.page.locator('[data-tool="java"] textarea').first().inputValue(), /^keytool -list/);
        await machine(t, "windows-server-2016").check();
        await t.page.getByText(holding(said("finish-ready.other-profile", { machine: said("kit-target.windows-server-2016") }))).waitFor();

        const alarm = await t.download(() => button(t, "check.alarm").click());
        assert.match(String(alarm.bytes), /^BEGIN:VCALENDAR\r\n/);
      });
      t.noRequests();
    },
  },
  {
    name: "the old form is said before and refused beside its field, then opened by OpenSSL's old provider",
    async run(t) {
      await Workshop.use(async (shop) => {
        const { certificate, chain, file } = material(shop);
        await toFinish(t, [certificate, file("clair.key"), chain]);
        await machine(t, "windows-server-2016").check();
        await t.page.getByText(exactly(said("finish-kit.legacy-ascii"))).waitFor();
        assert.equal(await opening(t).count(), 0, "a key in clear asks for no passphrase");
        await protecting(t).fill("été-hiver-neige-forêt-lac");
        await make(t);
        await t.page.locator(".kit-form").getByText(holding(said("passphrase-charset.title"))).waitFor();
        await isFocused(t, "phrase-du-kit");
        await protecting(t).fill(KIT_PHRASE);
        await field(t, "finish-kit.name").fill("Serveur DPI");
        await make(t);
        await ready(t);
        await t.page.locator(`.kit-ready [data-code="key-in-clear"]`).first().waitFor();
        const names = await unpack(t, shop);
        const text = shop.demand(["pkcs12", "-legacy", "-in", named(names, ".p12"), "-passin", `pass:${KIT_PHRASE}`, "-nodes"]);
        assert.match(text, /friendlyName: Serveur DPI/);
      });
    },
  },
  {
    name: "the platform's .p12 alone, and the key in the .p12 of another file",
    async run(t) {
      await Workshop.use(async (shop) => {
        const { certificate, chain, file } = material(shop);
        const export12 = (name, extra) => {
          shop.demand(["pkcs12", "-export", "-legacy", "-in", "recu.pem", "-inkey", "clair.key", ...extra, "-keypbe", "PBE-SHA1-3DES", "-passout", `pass:${KEY_PHRASE}`, "-out", name]);
          return file(name);
        };
        const platform = export12("plateforme.p12", ["-certpbe", "NONE", "-certfile", "ca.pem"]);
        await toFinish(t, [platform]);
        await machine(t, "java").check();
        await t.page.getByText(holding(said("finish-chain.there"))).waitFor();
        await opening(t).fill(KEY_PHRASE);
        await protecting(t).fill(KIT_PHRASE);
        await make(t);
        await ready(t);
        const names = await unpack(t, shop);
        const list = run(shop, "keytool", ["-list", "-v", "-keystore", named(names, ".p12"), "-storetype", "PKCS12", "-storepass", KIT_PHRASE]);
        assert.match(list, /PrivateKeyEntry/);
        assert.match(list, /Certificate chain length: 2|longueur.*: 2/i);

        const other = export12("autre.p12", ["-certpbe", "PBE-SHA1-3DES"]);
        await toFinish(t, [certificate, other, chain]);
        await machine(t, "other").check();
        await opening(t).fill(KEY_PHRASE);
        await protecting(t).fill(KIT_PHRASE);
        await make(t);
        await ready(t);
        assert.ok(named(await unpack(t, shop), ".ics"));
      });
    },
  },
  {
    name: "another certificate's key is refused, and the right one dropped beside it is taken",
    async run(t) {
      await Workshop.use(async (shop) => {
        const { certificate, key } = material(shop);
        shop.demand(["genpkey", "-algorithm", "RSA", "-aes-256-cbc", "-pass", `pass:${KEY_PHRASE}`, "-out", "autre.key"]);
        await toFinish(t, [certificate, { name: "autre.key", bytes: shop.read("autre.key") }]);
        await machine(t, "windows").check();
        await opening(t).fill(KEY_PHRASE);
        await protecting(t).fill(KIT_PHRASE);
        await make(t);
        await t.page.locator("#kit-refuse").getByText(exactly(said("key-mismatch.title"))).waitFor();
        await isFocused(t, "kit-refuse");
        await t.choose(walk.fileInput(t, "finish.other-key"), [key]);
        await t.page.locator("#phrase-de-la-cle-aide").getByText(/garde\.key/).waitFor();
        assert.equal(await opening(t).inputValue(), KEY_PHRASE, "nothing typed is lost");
        await make(t);
        await ready(t);
        await t.page.locator(`.kit-ready [data-code="chain-missing"]`).first().waitFor();
        await noSecret(t, KEY_PHRASE, KIT_PHRASE);
      });
    },
  },
  {
    name: "without its key: the certificate is brought to the server, whose own tools take it",
    async run(t) {
      await Workshop.use(async (shop) => {
        const { certificate, chain } = material(shop);
        await toFinish(t, [certificate, chain]);
        await machine(t, "nginx-apache").check();
        await t.page.getByText(exactly(said("finish-there.title"))).waitFor();
        await t.page.getByRole("radio", { name: holding(said("finish-there.stayed")) }).first().check();
        const commands = async (tool, label) => {
          await t.page.getByRole("radio", { name: exactly(said(`kit-there.${label}`)) }).check();
          return Promise.all((await t.page.locator(`[data-tool="${tool}"] textarea`).all()).map((area) => area.inputValue()));
        };
        const [authority] = await t.downloads(() => t.page.locator(".key-absent .kit-files button").first().click());
        shop.write(authority.name, authority.bytes);

        const openssl = await commands("openssl", "openssl");
        const stem = /-in (\S+)\.cer/.exec(openssl[0])[1];
        shop.write(`${stem}.cer`, certificate.bytes);
        shop.write(`${stem}.key`, shop.read("clair.key"));
        const sh = (line, input) => run(shop, "setsid", ["-w", "sh", "-e", "-c", line], input);
        sh(openssl[0]);
        const [one, two] = sh(openssl[1]).trim().split("\n");
        assert.equal(one, two);
        sh(openssl[2]);
        sh(`${openssl[3]} -passout pass:${KIT_PHRASE}`);
        assert.match(run(shop, "keytool", ["-list", "-keystore", `${stem}.p12`, "-storepass", KIT_PHRASE]), /PrivateKeyEntry/);

        // keytool: a key it made, the certificate of its request, its chain, in the order given.
        run(shop, "rm", [`${stem}.p12`]);
        run(shop, "keytool", ["-genkeypair", "-alias", stem, "-keyalg", "RSA", "-storetype", "PKCS12", "-keystore", `${stem}.p12`, "-storepass", KIT_PHRASE, "-dname", "CN=INSI-AUTO"]);
        run(shop, "keytool", ["-certreq", "-alias", stem, "-keystore", `${stem}.p12`, "-storepass", KIT_PHRASE, "-file", "k.csr"]);
        shop.write(`${stem}.cer`, shop.certify("k.csr", { name: "ca.pem", key: "ca.key" }, "k"));
        for (const line of await commands("java", "keytool")) {
          const said = line.split("\n").map((one) => `${one} -storepass ${KIT_PHRASE}`).join("\n");
          const answer = sh(said);
          if (line.includes("-list")) {
            assert.match(answer, /PrivateKeyEntry/);
            assert.match(answer, /Certificate chain length: 2/);
          }
        }
        const windows = await commands("windows", "windows");
        assert.match(windows.at(-1), /^certreq -accept -machine \.\\[\w.-]+\.cer$/);
        assert.match(windows[0], /^certutil -addstore -f Root /);
        await t.screen("sans-cle");
      });
    },
  },
  {
    name: "a real certificate: what is missing of its chain, where it is, dropped and compared",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025", "ca/test-ac-elementaire-organisations", "ca/test-ac-racine-elementaire", "ca/prod-ac-racine-elementaire"], async (leaf, authority, root, other) => {
        await t.page.clock.setFixedTime(new Date("2026-11-20T12:00:00Z"));
        await toFinish(t, [leaf]);
        await machine(t, "nginx-apache").check();
        const state = t.page.locator(".chain-state");
        await state.locator('[data-code="chain-missing"]').waitFor();
        assert.match(await state.innerText(), /Chaine_de_certification-IGC-Sante-TEST\.p7b/);
        await t.choose(walk.fileInput(t, "finish-chain.drop"), [{ name: "note.txt", bytes: Buffer.from("bonjour") }]);
        await state.locator(".finding.error").waitFor();
        // Also where it falls beside the zone: what was chosen here stays.
        await t.drop(t.page.locator("footer"), [root]);
        await t.choose(walk.fileInput(t, "finish-chain.drop"), [other, authority]);
        await state.getByText(holding(said("finish-chain.there"))).waitFor();
        // Remembered for the next certificate of the session.
        await walk.toCheck(t);
        await report(t, leaf.name).getByRole("button", { name: exactly(said("check.install")) }).click();
        await machine(t, "java").check();
        await state.getByText(holding(said("finish-chain.there"))).waitFor();
        t.noRequests();
      }),
  },
  {
    name: "passport and evidence: every spelling to copy, a sheet alone on the paper",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (leaf) => {
        await t.page.clock.setFixedTime(new Date("2026-11-20T12:00:00Z"));
        await t.open("#/verifier");
        await t.drop(walk.dropZone(t, "check.drop"), [leaf]);
        const place = report(t, leaf.name);
        await place.getByText(exactly(said("check.details"))).click();
        await place.getByText(exactly(said("passport.title"))).click();
        await place.locator(".spellings dt").first().waitFor();
        const spelled = plain(await place.locator(".spellings").innerText());
        await Workshop.use(async (shop) => {
          shop.write("c.pem", leaf.bytes);
          const subject = shop.demand(["x509", "-in", "c.pem", "-noout", "-subject", "-nameopt", "RFC2253"]).replace("subject=", "").trim();
          const serial = shop.demand(["x509", "-in", "c.pem", "-noout", "-serial"]).replace("serial=", "").trim().toLowerCase();
          assert.ok(spelled.includes(plain(subject)), `${subject} in ${spelled}`);
          assert.ok(spelled.replaceAll(" ", "").includes(serial.replace(/^0+/, "")), serial);
        });
        await place.getByText(exactly(said("evidence.open"))).click();
        await place.locator(".evidence-rows").first().waitFor();
        await t.page.evaluate(() => {
          globalThis.printed = undefined;
          globalThis.print = () => {
            globalThis.printed = { part: document.documentElement.dataset.print, sheets: document.querySelectorAll(".evidence.printed").length };
          };
        });
        await button(t, "evidence.print").click();
        await t.page.waitForFunction(() => globalThis.printed !== undefined);
        assert.deepEqual(await t.page.evaluate(() => globalThis.printed), { part: "fiche", sheets: 1 });
        assert.equal(await t.page.evaluate(() => document.documentElement.dataset.print), undefined);
        assert.match(plain(await place.locator(".evidence").innerText()), /Fiche de vérification/);
        await t.screen("passeport-et-fiche");
      }),
  },
  {
    name: "the screen",
    viewports: ["wide", "narrow"],
    schemes: ["light", "dark"],
    browsers: ["chromium"],
    timeout: 120_000,
    async run(t) {
      await t.open("#/finaliser");
      await heading(t, "finish.title").waitFor();
      await t.screen("vide");
      await Workshop.use(async (shop) => {
        const { certificate, key } = material(shop);
        await toFinish(t, [certificate, key]);
        await t.screen("question");
        await machine(t, "nginx-apache").check();
        await t.page.locator(".chain-state [data-code]").first().waitFor();
        await button(t, "key.propose").click();
        await make(t);
        await isFocused(t, "phrase-de-la-cle");
        await opening(t).fill("pas la bonne");
        await make(t);
        await t.page.locator("#phrase-de-la-cle-avis [role=alert]").waitFor();
        await t.screen("mauvaise-phrase");
        await opening(t).fill(KEY_PHRASE);
        await make(t);
        await ready(t);
        await t.screen("kit");
      });
    },
  },
];
