// Les fichiers du paquet sont déposés tels quels dans /estampille/.
import init, { FinessRegister } from "/estampille/index.js";

const element = (id) => document.getElementById(id);
const say = (text) => (element("etat").textContent = text);
let register;
let work;

// Les fichiers sont lus par morceaux, dans un worker : aucun n'est jamais entier en mémoire.
element("fichiers").addEventListener("change", async (event) => {
  const files = [...event.target.files];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const before = register;
  work = new AbortController();
  element("arreter").disabled = false;
  try {
    const progress = (bytes) => say(`Lecture : ${Math.floor((100 * bytes) / total)} %`);
    register = await FinessRegister.build(files, progress, { signal: work.signal });
    // L'ancien registre reste tant que le nouveau n'est pas là.
    before?.free();
    element("recherche").disabled = false;
    const { et, ej } = register.size;
    say(`Registre du ${register.date} : ${et} établissements, ${ej} entités juridiques.`);
  } catch (error) {
    say(`${error.message} (${error.code})`);
  }
  element("arreter").disabled = true;
});

element("arreter").addEventListener("click", () => work.abort());

element("recherche").addEventListener("input", async (event) => {
  const query = event.target.value;
  const found = await register.search(query, { limit: 10 });
  // Une réponse plus ancienne que ce qui est tapé ne s'affiche pas.
  if (query === event.target.value) element("structures").replaceChildren(...found.map(line));
});

function line({ number, kind, name, city }) {
  const item = document.createElement("li");
  item.textContent = `${name}, ${city ?? ""} : FINESS ${kind === "ej" ? "juridique" : "géographique"} ${number}`;
  return item;
}

try {
  await init();
  say("Prêt.");
} catch (error) {
  say(`${error.message} (${error.code})`);
}
