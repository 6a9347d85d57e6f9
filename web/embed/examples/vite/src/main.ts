import init, {
  assemble,
  checkCertificate,
  createCsr,
  identify,
  type EstampilleError,
  type Finding,
  type Subject,
} from "estampille";

const subject: Subject = {
  organization: "PHARMACIE DES TROIS PONTS",
  department: "Paris (75)",
  structureId: "1750712184",
  commonName: "INSI-AUTO",
};

const input = (id: string) => document.getElementById(id) as HTMLInputElement;
const say = (text: string) => (document.getElementById("etat")!.textContent = text);

async function run(work: () => Promise<string>): Promise<void> {
  try {
    say(await work());
  } catch (error) {
    const { message, code } = error as EstampilleError;
    say(`${message} (${code})`);
  }
}

document.getElementById("demande")!.addEventListener("submit", (event) => {
  event.preventDefault();
  void run(async () => {
    const request = await createCsr({ product: "ORG_AUTH_CLI", subject, passphrase: input("phrase").value });
    save(`${request.fileStem}.key`, request.privateKeyPem);
    save(`${request.fileStem}.csr`, request.csrPem);
    return `Demande faite : ${request.subjectRfc4514}`;
  });
});

document.getElementById("verification")!.addEventListener("submit", (event) => {
  event.preventDefault();
  void run(async () => {
    const [certificate, privateKey] = await Promise.all([bytes("certificat"), bytes("cle")]);
    const passphrase = input("phrase-cle").value;
    const report = await checkCertificate({ certificate, privateKey, passphrase, expected: { commonName: subject.commonName } });
    document.getElementById("constats")!.replaceChildren(...report.findings.filter(({ severity }) => severity !== "ok").map(line));
    const kit = await assemble({ certificate, privateKey, passphrase, outputPassphrase: passphrase });
    save("kit.zip", kit.zip);
    return report.headline;
  });
});

function line({ severity, title }: Finding): HTMLElement {
  const item = document.createElement("li");
  item.className = severity;
  item.textContent = title;
  return item;
}

async function bytes(id: string): Promise<Uint8Array> {
  const [file] = input(id).files ?? [];
  return new Uint8Array(await file!.arrayBuffer());
}

function save(name: string, content: string | Uint8Array): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content as BlobPart]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

void run(async () => {
  await init();
  // Fait venir dès maintenant ce qui tourne en arrière-plan : ensuite, plus aucune requête.
  await identify("");
  return "Prêt.";
});
