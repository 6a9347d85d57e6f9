// A DER writer, as small as the certificates of the bench need it.

export function tlv(tag, ...parts) {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const octets = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length]), octets, content]);
}

export const sequence = (...parts) => tlv(0x30, ...parts);
export const set = (...parts) => tlv(0x31, ...parts);
export const octetString = (content) => tlv(0x04, content);
export const bitString = (content, unused = 0) => tlv(0x03, Buffer.from([unused]), content);
export const boolean = (value) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const nothing = () => tlv(0x05);
export const explicit = (number, content) => tlv(0xa0 | number, content);

/** A big-endian number, not negative. */
export function integer(octets) {
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start += 1;
  const content = octets.subarray(start);
  return tlv(0x02, content[0] & 0x80 ? Buffer.concat([Buffer.from([0]), content]) : content);
}

export function oid(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const groups = [first * 40 + second, ...rest].map((arc) => {
    const octets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift((left & 0x7f) | 0x80);
    return Buffer.from(octets);
  });
  return tlv(0x06, ...groups);
}

/** "2026-11-20T08:00:00Z" as a UTCTime, which years before 2050 are (RFC 5280, section 4.1.2.5). */
export const time = (moment) => tlv(0x17, Buffer.from(`${moment.replace(/\D/g, "").slice(2)}Z`));

const ATTRIBUTES = { C: "2.5.4.6", ST: "2.5.4.8", O: "2.5.4.10", OU: "2.5.4.11", CN: "2.5.4.3" };

/** "C=FR" and so on, in encoded order. */
export function name(parts) {
  return sequence(
    ...parts.map((part) => {
      const [type, ...value] = part.split("=");
      const text = tlv(type === "C" ? 0x13 : 0x0c, Buffer.from(value.join("=")));
      return set(sequence(oid(ATTRIBUTES[type]), text));
    }),
  );
}
