// The package itself, as a page uses it: modules and worker as they are published.

/** @param {{base: string}} where the package is served */
export async function load(base) {
  const estampille = await import(`${base}index.js`);
  await estampille.default();
  return estampille;
}

/** `checkSet`: everything the others do here, and the whole profile check with its sentences. */
export function setChecker(estampille) {
  return async ({ root, intermediate, leaves }, at) => {
    const files = leaves.map((bytes, number) => ({ name: `${number}.cer`, bytes }));
    files.push({ name: "intermediate.cer", bytes: intermediate });
    const report = await estampille.checkSet(files, { at, trustAnchors: [root] });
    const of = (item, code) => item.report.findings.find((finding) => finding.code === code)?.severity;
    return report.items
      .filter((item) => item.report)
      .map((item) => ({
        // A given authority is a warning at best; "error" is a signature that leads nowhere.
        trusted: of(item, "chain-trusted") === "warning" && item.report.chain.length === 3,
        inTime: of(item, "validity") === "ok",
        usage: item.report.certificate.keyUsage.join(),
        sha256: item.report.certificate.sha256,
      }));
  };
}
