// @peculiar/x509 2, in the two ways a page would use it.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

function usage(certificate) {
  const found = certificate.getExtension(x509.KeyUsagesExtension);
  return found && found.usages & x509.KeyUsageFlags.digitalSignature ? "digitalSignature" : "";
}

async function sha256(certificate) {
  const digest = new Uint8Array(await certificate.getThumbprint("SHA-256"));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

const isInTime = (certificate, at) => certificate.notBefore <= at && at <= certificate.notAfter;

/** Its chain builder for each certificate, which verifies the signatures on the way. */
export async function chainBuilder({ root, intermediate, leaves }, at) {
  const date = new Date(at);
  const trusted = new x509.X509Certificate(root);
  const above = new x509.X509Certificate(intermediate);
  return Promise.all(
    leaves.map(async (der) => {
      const leaf = new x509.X509Certificate(der);
      const builder = new x509.X509ChainBuilder({ certificates: [above, trusted] });
      const [chain, digest] = await Promise.all([builder.build(leaf), sha256(leaf)]);
      const top = chain[chain.length - 1];
      const inTime = chain.every((certificate) => isInTime(certificate, date));
      return { trusted: chain.length === 3 && top.equal(trusted), inTime, usage: usage(leaf), sha256: digest };
    }),
  );
}

/** By hand, as lean as it can be: the authorities once, then one signature a certificate with the key imported once. */
export async function byHand({ root, intermediate, leaves }, at) {
  const date = new Date(at);
  const trusted = new x509.X509Certificate(root);
  const above = new x509.X509Certificate(intermediate);
  const isAnchored =
    (await trusted.verify({ date })) && (await above.verify({ date, publicKey: await trusted.publicKey.export() }));
  const publicKey = await above.publicKey.export();
  return Promise.all(
    leaves.map(async (der) => {
      const leaf = new x509.X509Certificate(der);
      const names = leaf.issuer === above.subject;
      const [verified, digest] = await Promise.all([leaf.verify({ publicKey, signatureOnly: true }), sha256(leaf)]);
      return {
        trusted: isAnchored && names && verified,
        inTime: isInTime(leaf, date),
        usage: usage(leaf),
        sha256: digest,
      };
    }),
  );
}
