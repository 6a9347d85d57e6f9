// The example for Node, as its reader runs it: the package installed from its tarball, a request, a certificate, a kit.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { npm } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "estampille-node-"));
after(() => rmSync(folder, { recursive: true }));
const PASSPHRASE = "Grange-48-Coquelicot";

function run(program, args, env = {}) {
  const done = spawnSync(program, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  return { status: done.status, said: done.stdout, complaint: done.stderr };
}

function demand(program, args, env) {
  const { status, said, complaint } = run(program, args, env);
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${complaint}`);
  return said;
}

test("the package installs from its tarball, without a network", () => {
  const [{ filename }] = JSON.parse(demand("npm", ["pack", npm, "--json", "--loglevel=error"]));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  demand("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`]);
  copyFileSync(join(npm, "../../web/embed/examples/node/certificats.mjs"), join(folder, "certificats.mjs"));
});

test("a request, then the certificate that came back and its kit", () => {
  const example = (...args) => ["certificats.mjs", ...args];
  const phrase = { PHRASE_SECRETE: PASSPHRASE };
  assert.match(demand("node", example("demande"), phrase), /^CN=INSI-AUTO,OU=1750712184,/);
  demand("openssl", ["req", "-verify", "-noout", "-in", "insi-auto.csr"]);
  demand("openssl", ["pkey", "-noout", "-check", "-in", "insi-auto.key", "-passin", `pass:${PASSPHRASE}`]);

  demand("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/C=FR/O=Essai/CN=AC", "-days", "30", "-keyout", "ac.key", "-out", "ac.pem"]);
  demand("openssl", ["x509", "-req", "-in", "insi-auto.csr", "-CA", "ac.pem", "-CAkey", "ac.key", "-set_serial", "0x51AB", "-days", "20", "-out", "recu.cer"]);
  const said = demand("node", example("kit", "recu.cer"), phrase);
  assert.match(said, /^ok: /m, "its key is known as its own");
  assert.match(said, /^(error|warning): /m, "an authority of ours is no authority");
  assert.equal(readFileSync(join(folder, "kit.zip")).subarray(0, 2).toString(), "PK");
});

test("what cannot be done is said with its code", () => {
  const wrong = run("node", ["certificats.mjs", "kit", "recu.cer"], { PHRASE_SECRETE: "autre chose" });
  assert.equal(wrong.status, 1);
  assert.match(wrong.complaint, /^wrong-passphrase: /);
  const none = run("node", ["certificats.mjs", "kit", "ac.key"], { PHRASE_SECRETE: PASSPHRASE });
  assert.match(none.complaint, /^not-a-certificate: /);
});
