// Keeps the whole page for when the network or its server is missing. `cargo xtask build` fills in the two constants.
//
// It knows the files of the page and nothing else: whatever is asked besides goes to the network as if it were not
// there, and nothing that a person types, drops or makes ever comes here. The page's end is
// crates/browser/src/offline.rs.

const VERSION = "__VERSION__";

/** Each file of the page with its hash: the browser refuses one that differs, and with it the whole version. */
const FILES = __FILES__;

const SCOPE = self.registration.scope;
const OURS = `estampille ${SCOPE} `;
const CACHE = OURS + VERSION;
const KEPT = new Map(FILES.map(([path, integrity]) => [new URL(path, SCOPE).href, integrity]));

self.addEventListener("install", (event) => event.waitUntil(keep()));

self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const address = keptAddress(event.request);
  if (address !== undefined) event.respondWith(answer(address, event.request));
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(takeOver(event.source));
});

/** All the files, or none: a version that is not whole never takes the place of one that is. */
async function keep() {
  const cache = await caches.open(CACHE);
  if ((await cache.keys()).length === KEPT.size) return;
  const requests = [...KEPT].map(([address, integrity]) => new Request(address, { integrity, cache: "no-cache" }));
  try {
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** Serves the page that is open from now on, and gives up the versions before this one. */
async function begin() {
  // Another version's beginning may have removed what this one kept.
  await keep().catch(() => {});
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Under which address the answer is kept; nothing for what is not ours to answer. */
function keptAddress(request) {
  if (request.method !== "GET") return undefined;
  const url = new URL(request.url);
  url.hash = "";
  if (request.mode === "navigate") {
    url.search = "";
    if (url.href === `${SCOPE}index.html`) return SCOPE;
  }
  return KEPT.has(url.href) ? url.href : undefined;
}

async function answer(address, request) {
  // Storage may have been taken away under pressure.
  return (await caches.match(address, { cacheName: CACHE })) ?? fetch(request);
}

/**
 * The page that asks wants this version now. Its worker and its modules would change under every other page of ours
 * that is open, and one of them may hold a key that is saved nowhere.
 */
async function takeOver(asking) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const others = windows.filter(({ id, url }) => id !== asking?.id && url.startsWith(SCOPE)).length;
  if (others > 0) asking?.postMessage({ others });
  else await self.skipWaiting();
}
