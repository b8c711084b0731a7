// One frame to or from octets (docs/protocol/framing.md). A WebSocket message holds exactly one, so nothing is waited
// for.

import { ProtocolFault } from './errors.js';
import { join, octetsOf, textOf } from './octets.js';
import { readTokens, writeTokens } from './values.js';

const LF = 0x0a;
const CR = 0x0d;
const CLOSING_BRACE = 0x7d;
const EOL = octetsOf('\r\n');

const LENGTH = / \{(0|[1-9][0-9]{0,9})\}$/;
const NUMBER = /^[1-9][0-9]{0,17}$/;
const VERB = /^[A-Z]{3,8}$/;

/**
 * Reads the one frame that these octets are.
 * @returns one of
 *   { kind: 'response', code, tag, reason, params, body },
 *   { kind: 'event', verb, seq, target, params, body },
 *   { kind: 'request', verb, tag, target, params, body }
 * with `body` a Uint8Array, or null if there is none, which is not the same as an empty one.
 */
export function readFrame(octets) {
  const { line, body } = cut(octets);
  const tokens = readTokens(line);
  if (tokens === null || tokens.words.length < 2) throw new ProtocolFault('malformed tokens');
  const { words: [first, second, third = null, ...surplus], params } = tokens;
  if (surplus.length > 0) throw new ProtocolFault('more than one target');
  if (/^[1-5][0-9]{2}$/.test(first) && third !== null)
    return { kind: 'response', code: Number(first), tag: numberOf(second), reason: third, params, body };
  if (!VERB.test(first)) throw new ProtocolFault('neither a verb nor a code');
  return second.startsWith('#')
    ? { kind: 'event', verb: first, seq: numberOf(second.slice(1)), target: third, params, body }
    : { kind: 'request', verb: first, tag: numberOf(second), target: third, params, body };
}

/** The octets of a request. `params` is an object, `body` a Uint8Array or null. */
export const writeRequest = (verb, tag, target, params, body = null) =>
  write(writeTokens(target === null ? [verb, tag] : [verb, tag, target], params), body);

/** The octets of `ACK #seq`, which covers all events up to that one. */
export const writeAck = seq => write(`ACK #${seq}`, null);

/** The octets of a response, which a client gives to PING only. */
export const writeResponse = (code, tag, reason) => write(`${code} ${tag} ${reason}`, null);

function write(line, body) {
  if (body === null) return octetsOf(line + '\r\n');
  return join(octetsOf(`${line} {${body.length}}\r\n`), body, EOL);
}

/** Line and body. Framing is decided here, by octets, before any token is read (F7). */
function cut(octets) {
  const end = octets.indexOf(LF);
  if (end < 0) throw new ProtocolFault('no line end');
  const lineEnd = end > 0 && octets[end - 1] === CR ? end - 1 : end;
  const lineOctets = octets.subarray(0, lineEnd);
  if (lineOctets.some(octet => octet < 0x20 || octet === 0x7f)) throw new ProtocolFault('a control octet');
  const line = textOf(lineOctets);
  if (line === null) throw new ProtocolFault('the line is not UTF-8');
  if (lineOctets[lineEnd - 1] !== CLOSING_BRACE) {
    if (/[{}]/.test(line) || end + 1 !== octets.length) throw new ProtocolFault('a stray brace, or surplus octets');
    return { line, body: null };
  }
  const length = LENGTH.exec(line);
  const control = length === null ? '' : line.slice(0, length.index);
  if (length === null || /[{}]/.test(control)) throw new ProtocolFault('a bad length');
  const bodyEnd = end + 1 + Number(length[1]);
  const rest = octets.subarray(bodyEnd);
  const isEnded = rest.length === 1 ? rest[0] === LF : rest.length === 2 && rest[0] === CR && rest[1] === LF;
  if (!isEnded) throw new ProtocolFault('the body has another length');
  // A copy: the caller may keep it longer than the message that it came in.
  return { line: control, body: octets.slice(end + 1, bodyEnd) };
}

function numberOf(text) {
  if (text !== '0' && !NUMBER.test(text)) throw new ProtocolFault('a bad number');
  return Number(text);
}
