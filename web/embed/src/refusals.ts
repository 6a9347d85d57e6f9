/**
 * The two sentences that are shown where no WebAssembly runs, and which therefore cannot come from `crates/messages`: with
 * those of `web/app/index.html`, the only ones outside it. French first.
 */

/** What can be said before anything runs. */
export interface Refusals {
  /** WebAssembly is forbidden: to be forwarded to the IT department as it is. */
  wasmRefused: string;
  /** A file is not there, is another one, or is of another version. */
  notLoaded: string;
}

export const refusals: Record<"fr" | "en", Refusals> = {
  fr: {
    wasmRefused:
      "Ce navigateur refuse WebAssembly, dont cette page a besoin pour lire et préparer vos certificats sur votre poste. " +
      "Demandez à votre service informatique d’autoriser WebAssembly pour cette adresse (dans Edge et Chrome, la stratégie " +
      "« DefaultJavaScriptJitSetting » ou le mode de sécurité renforcée ; dans Firefox, le réglage « javascript.options.wasm » ; " +
      "sur le serveur de la page, « script-src 'wasm-unsafe-eval' » dans l’en-tête Content-Security-Policy), ou ouvrez la page " +
      "dans un autre navigateur à jour. Rien n’a été envoyé ni enregistré.",
    notLoaded:
      "Une partie du programme n’a pas été chargée : un de ses fichiers manque, n’est pas arrivé entier ou n’est pas de la même version. " +
      "Rechargez la page ; si cela se reproduit, signalez-le à la personne qui la met à votre disposition : tous les fichiers " +
      "sont à déposer ensemble. Rien n’a été envoyé ni enregistré.",
  },
  en: {
    wasmRefused:
      "This browser refuses WebAssembly, which this page needs to read and prepare your certificates on your computer. " +
      "Ask your IT department to allow WebAssembly for this address (in Edge and Chrome, the policy “DefaultJavaScriptJitSetting” " +
      "or enhanced security mode; in Firefox, the setting “javascript.options.wasm”; on the page’s server, " +
      "“script-src 'wasm-unsafe-eval'” in the Content-Security-Policy header), or open the page in another up-to-date browser. " +
      "Nothing was sent or saved.",
    notLoaded:
      "Part of the program could not be loaded: one of its files is missing, did not arrive whole or is not of the same version. " +
      "Reload the page; if it happens again, report it to the person who provides it: all the files go there together. " +
      "Nothing was sent or saved.",
  },
};

/** In the language the page says it is in; French where it says nothing, as everywhere in the package. */
export function said(refusal: keyof Refusals): string {
  const { document } = globalThis as { document?: Document };
  const isEnglish = document?.documentElement?.lang.toLowerCase().startsWith("en") === true;
  return refusals[isEnglish ? "en" : "fr"][refusal];
}
