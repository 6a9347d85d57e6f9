// OpenSSL as the judge of what the page makes, and as the maker of what the page must judge.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that goes when the journey ends, and the tools run in it. */
export class Workshop {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "estampille-e2e-"));
  }

  static async use(work) {
    const workshop = new Workshop();
    try {
      return await work(workshop);
    } finally {
      rmSync(workshop.folder, { recursive: true, force: true });
    }
  }

  write(name, content) {
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  read(name) {
    return readFileSync(join(this.folder, name));
  }

  /** The names of the files it holds. */
  names() {
    return readdirSync(this.folder);
  }

  /** Unpacks an archive of the folder beside itself. */
  unpack(name) {
    const { ok, complaint } = this.#run("unzip", ["-q", "-o", name], "");
    assert.ok(ok, `unzip ${name}: ${complaint}`);
  }

  /** Runs openssl; `{ ok, output, complaint }`. */
  ask(args, input = "") {
    return this.#run("openssl", args, input);
  }

  /** Runs openssl, which must succeed; what it said. */
  demand(args, input = "") {
    const { ok, output, complaint } = this.ask(args, input);
    assert.ok(ok, `openssl ${args.join(" ")}: ${complaint}`);
    return output.toString();
  }

  /** One line as a person would type it, in a session without a terminal: passphrases are then read from `input`. */
  shellLine(line, input = "") {
    const { ok, output, complaint } = this.#run("setsid", ["-w", "sh", "-c", line], input);
    assert.ok(ok, `${line}: ${output}${complaint}`);
  }

  #run(program, args, input) {
    const done = spawnSync(program, args, { cwd: this.folder, input, maxBuffer: 1 << 26 });
    assert.ok(!done.error, `${program}: ${done.error?.message}`);
    return { ok: done.status === 0, output: done.stdout, complaint: done.stderr.toString() };
  }

  /** The DER of a PEM request or certificate. */
  der(kind, name) {
    this.demand([kind, "-in", name, "-outform", "DER", "-out", `${name}.der`]);
    return this.read(`${name}.der`);
  }

  /** A private key of this folder, encrypted with 2,048 rounds of PBKDF2, as DER. */
  der8(name) {
    this.demand(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-iter", "2048", "-in", name, "-passout", "pass:x", "-outform", "DER", "-out", `${name}.p8`]);
    return this.read(`${name}.p8`);
  }

  /** The subject OpenSSL itself writes for these attributes, in this order, as DER. */
  subjectOf(attributes) {
    const lines = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    this.write("expected.cnf", ["[req]", "prompt=no", "utf8=yes", "string_mask=utf8only", "distinguished_name=dn", "[dn]", ...lines, ""].join("\n"));
    this.demand(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "expected.key", "-config", "expected.cnf", "-out", "expected.csr"]);
    return requestParts(this.der("req", "expected.csr")).subject;
  }

  /** An authority of this name with a key of its own, made up: `{ name, key }`, file names of the folder. */
  authority(stem, subject) {
    this.demand([
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-utf8", "-days", "3650", "-subj", subject],
      ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
      ...["-keyout", `${stem}.key`, "-out", `${stem}.pem`],
    ]);
    return { name: `${stem}.pem`, key: `${stem}.key` };
  }

  /** A certificate for a request, signed by an authority of this folder; its PEM. */
  certify(request, authority, stem) {
    this.write(
      "leaf.ext",
      ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature,keyEncipherment", "extendedKeyUsage=clientAuth", ""].join("\n"),
    );
    this.demand([
      ...["x509", "-req", "-in", request, "-CA", authority.name, "-CAkey", authority.key, "-CAcreateserial"],
      ...["-days", "1000", "-sha256", "-extfile", "leaf.ext", "-out", `${stem}.pem`],
    ]);
    return this.read(`${stem}.pem`);
  }
}

/** The parts of a PKCS#10 request: `{ subject, attributes }` as DER, `attributes` empty when there are none. */
export function requestParts(der) {
  const [info] = children(der, elementAt(der, 0));
  const [, subject, , attributes] = children(der, info);
  return { subject: der.subarray(subject.start, subject.end), attributes: attributes ? der.subarray(attributes.body, attributes.end) : Buffer.alloc(0) };
}

function elementAt(der, start) {
  let [length, body] = [der[start + 1], start + 2];
  if (length & 0x80) {
    const size = length & 0x7f;
    [length, body] = [der.readUIntBE(body, size), body + size];
  }
  return { start, body, end: body + length };
}

function children(der, { body, end }) {
  const found = [];
  for (let at = body; at < end; at = found.at(-1).end) found.push(elementAt(der, at));
  return found;
}
