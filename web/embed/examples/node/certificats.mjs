// node certificats.mjs demande            → insi-auto.key, insi-auto.csr
// node certificats.mjs kit certificat.cer → kit.zip
// La phrase secrète de la clé vient de la variable PHRASE_SECRETE.
import { readFile, writeFile } from "node:fs/promises";
import init, { assemble, checkCertificate, createCsr } from "estampille";

const [command, file] = process.argv.slice(2);
const passphrase = process.env.PHRASE_SECRETE;
if (!passphrase || !(command === "demande" || (command === "kit" && file))) {
  console.error("PHRASE_SECRETE=… node certificats.mjs demande | kit certificat.cer");
  process.exit(2);
}

await init();
try {
  if (command === "demande") {
    const request = await createCsr({
      product: "ORG_AUTH_CLI",
      subject: {
        organization: "PHARMACIE DES TROIS PONTS",
        department: "Paris (75)",
        structureId: "1750712184",
        commonName: "INSI-AUTO",
      },
      passphrase,
    });
    // « wx » : jamais par-dessus une clé, dont le certificat est peut-être déjà commandé.
    await writeFile("insi-auto.key", request.privateKeyPem, { mode: 0o600, flag: "wx" });
    await writeFile("insi-auto.csr", request.csrPem);
    console.log(request.subjectRfc4514);
  } else {
    const [certificate, privateKey] = await Promise.all([readFile(file), readFile("insi-auto.key")]);
    const report = await checkCertificate({ certificate, privateKey, passphrase, expected: { commonName: "INSI-AUTO" } });
    console.log(report.headline);
    for (const { severity, title } of report.findings) console.log(`${severity}: ${title}`);
    const kit = await assemble({ certificate, privateKey, passphrase, outputPassphrase: passphrase });
    await writeFile("kit.zip", kit.zip, { mode: 0o600 });
  }
} catch (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
