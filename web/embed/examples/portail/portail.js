// Les fichiers du paquet sont déposés tels quels dans /estampille/.
import init, { assemble, checkCertificate, createCsr, identify } from "/estampille/index.js";

// Ce que le portail sait déjà de la structure.
const structure = {
  organization: "PHARMACIE DES TROIS PONTS",
  department: "Paris (75)",
  structureId: "1750712184",
};

const element = (id) => document.getElementById(id);
const say = (text) => (element("etat").textContent = text);
let work = new AbortController();

element("demande").addEventListener("submit", async (event) => {
  event.preventDefault();
  work = new AbortController();
  element("arreter").disabled = false;
  try {
    const request = await createCsr(
      {
        product: "ORG_AUTH_CLI",
        subject: { ...structure, commonName: "INSI-AUTO" },
        passphrase: element("phrase").value,
      },
      { signal: work.signal, onProgress: (done, total) => say(`Recherche de la clé : ${done} essais sur ${total} attendus`) },
    );
    save(`${request.fileStem}.key`, request.privateKeyPem);
    save(`${request.fileStem}.csr`, request.csrPem);
    say(`Demande faite : ${request.subjectRfc4514}`);
  } catch (error) {
    say(`${error.message} (${error.code})`);
  }
  element("arreter").disabled = true;
});

element("arreter").addEventListener("click", () => work.abort());

element("verification").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const [certificate, privateKey] = await Promise.all([bytes("certificat"), bytes("cle")]);
    const passphrase = element("phrase-cle").value;
    const report = await checkCertificate({
      certificate,
      privateKey,
      passphrase,
      expected: { product: "ORG_AUTH_CLI", structureId: structure.structureId, commonName: "INSI-AUTO" },
    });
    element("constats").replaceChildren(...report.findings.filter(({ severity }) => severity !== "ok").map(line));
    const kit = await assemble({ certificate, privateKey, passphrase, outputPassphrase: passphrase });
    save("kit.zip", kit.zip);
    say(report.headline);
  } catch (error) {
    say(`${error.message} (${error.code})`);
  }
});

function line({ severity, title, action }) {
  const item = document.createElement("li");
  item.className = severity;
  item.textContent = action ? `${title}. ${action}` : title;
  return item;
}

async function bytes(id) {
  return new Uint8Array(await element(id).files[0].arrayBuffer());
}

function save(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  // Le navigateur a le temps de prendre le fichier.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

try {
  await init();
  // Fait venir dès maintenant ce qui tourne en arrière-plan : ensuite, plus aucune requête.
  await identify("");
  say("Prêt.");
} catch (error) {
  say(`${error.message} (${error.code})`);
}
