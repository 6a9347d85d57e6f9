const cadre = document.getElementById("estampille");
const etat = document.getElementById("etat");

// L'origine d'un cadre isolé est « null » : c'est la fenêtre qui dit que le message vient de lui, et elle seule le reçoit.
const dire = (message) => cadre.contentWindow.postMessage(message, "*");

addEventListener("message", ({ source, data }) => {
  if (source !== cadre.contentWindow) return;
  switch (data.type) {
    case "estampille-ready":
      dire({ type: "estampille-set", name: "journey", value: "choisir" });
      dire({ type: "estampille-set", name: "locked", value: "sector structureId" });
      dire({
        type: "estampille-profile",
        profile: {
          sector: "officine",
          legalEntities: [
            { id: "ej1", name: "PHARMACIE DES TROIS PONTS", sites: [{ id: "site1", finessEt: "750712184", main: true }] },
          ],
        },
      });
      break;
    case "estampille-plan":
      etat.textContent = `Certificats à commander : ${data.detail.certificates.length}`;
      break;
    case "estampille-csr":
      etat.textContent = `Demande prête : ${data.detail.subjectRfc4514}`;
      break;
  }
});
