// Octets and text. PIP counts octets, JavaScript counts UTF-16 units: nothing outside this file converts.

const encoder = new TextEncoder();
// ignoreBOM: a body that begins with U+FEFF keeps it; fatal: bad UTF-8 is an error and never a replacement character.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @returns {Uint8Array} the UTF-8 of a text; an unpaired surrogate becomes U+FFFD. */
export const octetsOf = text => encoder.encode(text);

/** The text of UTF-8 octets, or null if they are none. */
export function textOf(octets) {
  try {
    return decoder.decode(octets);
  } catch (fault) {
    if (fault instanceof TypeError) return null;
    throw fault;
  }
}

/** One array of several. */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const toBase64 = octets => btoa(Array.from(octets, octet => String.fromCharCode(octet)).join(''));

/** The octets of a base64 text, or null if it is none. */
export function fromBase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  return Uint8Array.from(atob(text), unit => unit.charCodeAt(0));
}
