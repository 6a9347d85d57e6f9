// The files inside the single file: raw DEFLATE in base64, as crates/xtask/src/single.rs packs them.

/** Answers as a server would for the file that an address ends with. `files` maps names to packed texts. */
export async function answer(files, address) {
  const name = new URL(address.url ?? address).pathname.slice(1);
  const packed = files[name];
  if (packed === undefined) return new Response(null, { status: 404, statusText: `${name} is not inside` });
  const unpacked = new DecompressionStream("deflate-raw");
  const writer = unpacked.writable.getWriter();
  // What fails here fails for the reader too, and is told there.
  for (const done of [writer.write(decode(packed)), writer.close()]) done.catch(() => {});
  const parts = [];
  // By hand: of a body that is a broken stream, Firefox complains where nobody can catch it.
  const reader = unpacked.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(new Blob(parts), { headers: { "Content-Type": type } });
}

function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // An iterator over a megabyte takes ten times as long.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
