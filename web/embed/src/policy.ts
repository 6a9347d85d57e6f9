/**
 * The one Trusted Types policy of the package, `estampille`, for all its entries: a page that says
 * `trusted-types estampille` lets it be made once. It is made when the first address is asked for, and lets through the
 * addresses that were asked for here, which are those of our own scripts.
 */

/** What a policy makes of an address. */
export interface TrustedScriptURL {
  toString(): string;
}

interface Policy {
  createScriptURL(url: string): TrustedScriptURL;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const NAME = "estampille";

const ours = new Set<string>();
/** `undefined` before it is needed, `null` where there is none to be had. */
let policy: Policy | null | undefined;

/**
 * The address of a script of ours as a `TrustedScriptURL`; as it is where the browser has no Trusted Types, where the page
 * does not allow our policy, and when it is of another origin: a browser that enforces them then refuses it.
 */
export function scriptUrl(url: string): string | TrustedScriptURL {
  if (!isOfThisOrigin(url)) return url;
  ours.add(url);
  if (policy === undefined) policy = create();
  return policy?.createScriptURL(url) ?? url;
}

/** Whether the page's browser would start a worker from there: of the page's origin or of the page itself. */
export function isOfThisOrigin(text: string): boolean {
  const page = (globalThis as { location?: Location }).location;
  try {
    const url = new URL(text);
    // The origin of files is "null", as that of `data:`, whose scripts nobody vouches for.
    if (!["http:", "https:", "file:", "blob:"].includes(url.protocol)) return false;
    return url.origin === page?.origin || (url.protocol === "file:" && page?.protocol === "file:");
  } catch {
    return false;
  }
}

function create(): Policy | null {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  try {
    return trustedTypes?.createPolicy(NAME, { createScriptURL: check }) ?? null;
  } catch {
    return null;
  }
}

function check(url: string): string {
  if (!ours.has(url)) throw new TypeError("not a script of estampille");
  return url;
}
