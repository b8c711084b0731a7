// Values of parameters: UTF-8 in which space, percent, braces and controls are written %XX (docs/protocol/framing.md).

import { octetsOf, textOf } from './octets.js';

const PERCENT = 0x25;
const hex = octet => octet >= 0x30 && octet <= 0x39 ? octet - 0x30 : octet >= 0x41 && octet <= 0x46 ? octet - 0x37 : -1;

/** A value as it stands on a line. Numbers are taken too. Throws RangeError for U+0000, which no value may hold. */
export function escapeValue(value) {
  const text = String(value);
  if (text.includes('\0')) throw new RangeError('a value holds no U+0000');
  // All of these are one octet in UTF-8, so their code is that octet.
  return text.replace(/[\x01-\x20%{}\x7f]/g, one =>
    '%' + one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));
}

/** A value from a line, decoded exactly once; null if an escape or the UTF-8 is bad. */
export function unescapeValue(text) {
  if (!text.includes('%')) return text;
  const octets = octetsOf(text);
  const decoded = new Uint8Array(octets.length);
  let length = 0;
  for (let at = 0; at < octets.length; at++) {
    let octet = octets[at];
    if (octet === PERCENT) {
      const high = hex(octets[at + 1]);
      const low = hex(octets[at + 2]);
      if (high < 0 || low < 0) return null;
      octet = high * 16 + low;
      if (octet === 0) return null;
      at += 2;
    }
    decoded[length++] = octet;
  }
  return textOf(decoded.subarray(0, length));
}

/** The tokens of a line as words and parameters; null if the line is malformed. `a=` and `!a=` are the same name. */
export function readTokens(line) {
  const words = [];
  const params = new Map();
  for (const token of line.split(' ')) {
    if (token === '') return null;
    const equals = token.indexOf('=');
    if (equals < 0) {
      words.push(token);
      continue;
    }
    const name = token.slice(token.startsWith('!') ? 1 : 0, equals);
    const value = unescapeValue(token.slice(equals + 1));
    if (value === null || params.has(name)) return null;
    params.set(name, value);
  }
  return { words, params };
}

/** Words and parameters as a line; parameters that are null or undefined are left out. */
export function writeTokens(words, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  return [...words, ...given.map(([name, value]) => `${name}=${escapeValue(value)}`)].join(' ');
}
