// The frames of docs/protocol/examples.md as octets. A line is `C: [ 26] GET 3 …`, with the octets of the whole frame
// in brackets; lines of its body follow behind `|`.

import { readFileSync } from 'node:fs';

const PAGE = new URL('../../../docs/protocol/examples.md', import.meta.url);
const FRAME = /^[CScsmn]: +\[ *(\d+)\] (.*)$/;
const BODY = /^ +\| (.*)$/;

/** All frames whose octets the page tells in full, as { text, octets }. */
export function exampleFrames() {
  const frames = [];
  let open = null;
  for (const line of readFileSync(PAGE, 'utf8').split('\n')) {
    const [, length, head] = FRAME.exec(line) ?? [];
    const [, body] = BODY.exec(line) ?? [];
    if (head !== undefined) frames.push(open = { length: Number(length), lines: [head] });
    else if (body !== undefined && open !== null) open.lines.push(body);
    else open = null;
  }
  return frames.map(toOctets).filter(frame => frame !== null);
}

/** Null for the few that are printed otherwise: typed with a bare LF, or broken on purpose. */
function toOctets({ length, lines }) {
  for (const text of [lines.join('\r\n') + '\r\n', lines.map(line => line + '\r\n').join('') + '\r\n']) {
    const octets = new TextEncoder().encode(text);
    if (octets.length === length) return { text, octets };
  }
  return null;
}
