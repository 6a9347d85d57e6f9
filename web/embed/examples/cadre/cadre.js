// Dans le cadre : tout se passe ici, hors de portée des scripts du portail. La clé et la phrase secrète n'en sortent pas.
import init, { assemble, checkCertificate, createCsr, identify } from "/estampille/index.js";

const hosts = document.documentElement.dataset.hotes.split(" ");
const element = (id) => document.getElementById(id);
const say = (text) => (element("etat").textContent = text);

/** Le portail qui s'est présenté, et ce qu'il a dit de la structure. */
let host;
let subject;

addEventListener("message", ({ origin, source, data }) => {
  // Ni un autre site, ni une autre fenêtre que celle qui nous contient.
  if (!hosts.includes(origin) || source !== parent || data?.type !== "estampille-structure") return;
  host = origin;
  const { organization, department, structureId, commonName } = data;
  subject = { organization, department, structureId, commonName };
  say("Prêt.");
});

/** Ce que le portail apprend : jamais une clé, jamais une phrase secrète. */
const tell = (type, detail) => parent.postMessage({ type, ...detail }, host);

async function run(work) {
  try {
    say(await work());
  } catch ({ message, code, field }) {
    say(message);
    if (host) tell("estampille-error", { code, field });
  }
}

element("demande").addEventListener("submit", (event) => {
  event.preventDefault();
  run(async () => {
    const request = await createCsr({ product: "ORG_AUTH_CLI", subject, passphrase: element("phrase").value });
    save(`${request.fileStem}.key`, request.privateKeyPem);
    save(`${request.fileStem}.csr`, request.csrPem);
    const { csrPem, publicKeySha256, subjectRfc4514 } = request;
    tell("estampille-csr", { csrPem, publicKeySha256, subjectRfc4514, product: "ORG_AUTH_CLI" });
    return `Demande faite : ${subjectRfc4514}`;
  });
});

element("verification").addEventListener("submit", (event) => {
  event.preventDefault();
  run(async () => {
    const [certificate, privateKey] = await Promise.all([bytes("certificat"), bytes("cle")]);
    const passphrase = element("phrase-cle").value;
    const report = await checkCertificate({ certificate, privateKey, passphrase });
    tell("estampille-check", { report });
    element("constats").replaceChildren(...report.findings.filter(({ severity }) => severity !== "ok").map(line));
    const kit = await assemble({ certificate, privateKey, passphrase, outputPassphrase: passphrase });
    save("kit.zip", kit.zip);
    return report.headline;
  });
});

function line({ severity, title }) {
  const item = document.createElement("li");
  item.className = severity;
  item.textContent = title;
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
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

run(async () => {
  await init();
  await identify("");
  // Le seul message qui part vers n'importe qui : il ne dit rien d'autre que « j'écoute ».
  parent.postMessage({ type: "estampille-ready" }, "*");
  return "En attente du portail…";
});
