// Les fichiers du paquet sont déposés tels quels dans /estampille/.
import { defineAssistant } from "/estampille/assistant.js";

const assistant = document.querySelector("estampille-assistant");
const etat = document.getElementById("etat");

// Ce que le portail sait déjà de la structure ; le reste est demandé à la personne.
assistant.profile = {
  sector: "officine",
  legalEntities: [
    { id: "ej1", name: "PHARMACIE DES TROIS PONTS", sites: [{ id: "site1", finessEt: "750712184", main: true }] },
  ],
};

assistant.addEventListener("estampille-plan", ({ detail }) => {
  etat.textContent = `Certificats à commander : ${detail.certificates.length}`;
});
assistant.addEventListener("estampille-csr", ({ detail }) => {
  // La demande, jamais la clé : celle-ci est enregistrée par la personne.
  etat.textContent = `Demande prête : ${detail.subjectRfc4514}`;
});
assistant.addEventListener("estampille-check", ({ detail }) => {
  etat.textContent = detail.headline;
});
assistant.addEventListener("estampille-kit", ({ detail }) => {
  etat.textContent = `Kit enregistré : ${detail.fileNames.join(", ")}`;
});
assistant.addEventListener("estampille-error", ({ detail }) => {
  console.warn("estampille", detail.code, detail.field ?? "");
});

await defineAssistant();
