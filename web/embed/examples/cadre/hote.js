// Dans la page du portail : il dit ce qu'il sait de la structure, et reçoit ce qui est public.
const frame = document.getElementById("cadre");
const { origin } = new URL(frame.src);

addEventListener("message", (event) => {
  if (event.origin !== origin || event.source !== frame.contentWindow) return;
  const { type, ...detail } = event.data;
  if (type === "estampille-ready") {
    const structure = {
      organization: "PHARMACIE DES TROIS PONTS",
      department: "Paris (75)",
      structureId: "1750712184",
      commonName: "INSI-AUTO",
    };
    frame.contentWindow.postMessage({ type: "estampille-structure", ...structure }, origin);
  }
  // estampille-csr { csrPem, publicKeySha256, subjectRfc4514, product }, estampille-check { report }, estampille-error
  document.getElementById("recu").textContent += `${JSON.stringify({ type, ...detail })}\n`;
});
