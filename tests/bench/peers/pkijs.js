// PKI.js 4, in the two ways a page would use it. Certificates are checked side by side, as `crypto.subtle` likes it.
import * as pkijs from "pkijs";

const DIGITAL_SIGNATURE = 0x80;

function usage(certificate) {
  const found = certificate.extensions?.find((extension) => extension.extnID === "2.5.29.15");
  const bits = found?.parsedValue?.valueBlock?.valueHexView?.[0] ?? 0;
  return bits & DIGITAL_SIGNATURE ? "digitalSignature" : "";
}

async function sha256(der) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

const isInTime = (certificate, at) => certificate.notBefore.value <= at && at <= certificate.notAfter.value;

/** Its chain engine for each certificate, as its documentation shows. */
export async function chainEngine({ root, intermediate, leaves }, at) {
  const checkDate = new Date(at);
  const trusted = pkijs.Certificate.fromBER(root);
  const above = pkijs.Certificate.fromBER(intermediate);
  return Promise.all(
    leaves.map(async (der) => {
      const leaf = pkijs.Certificate.fromBER(der);
      const engine = new pkijs.CertificateChainValidationEngine({
        trustedCerts: [trusted],
        certs: [above, leaf],
        checkDate,
      });
      const [{ result }, digest] = await Promise.all([engine.verify(), sha256(der)]);
      return { trusted: result, inTime: isInTime(leaf, checkDate), usage: usage(leaf), sha256: digest };
    }),
  );
}

/** By hand, as lean as it can be: the authorities once, then one signature a certificate with the key imported once. */
export async function byHand({ root, intermediate, leaves }, at) {
  const checkDate = new Date(at);
  const trusted = pkijs.Certificate.fromBER(root);
  const above = pkijs.Certificate.fromBER(intermediate);
  const isAnchored = (await above.verify(trusted)) && (await trusted.verify(trusted));
  const key = await above.getPublicKey();
  const algorithm = key.algorithm;
  return Promise.all(
    leaves.map(async (der) => {
      const leaf = pkijs.Certificate.fromBER(der);
      const names = leaf.issuer.isEqual(above.subject);
      const signature = leaf.signatureValue.valueBlock.valueHexView;
      const [verified, digest] = await Promise.all([
        crypto.subtle.verify(algorithm, key, signature, leaf.tbsView),
        sha256(der),
      ]);
      return {
        trusted: isAnchored && names && verified,
        inTime: isInTime(leaf, checkDate),
        usage: usage(leaf),
        sha256: digest,
      };
    }),
  );
}
