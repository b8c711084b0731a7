// Bodies of lines (text/pip-props, text/pip-who, text/pip-acl, text/pip-sync): the tokens of frames, one item a line.

import { octetsOf, textOf } from './octets.js';
import { readTokens, writeTokens } from './values.js';

/**
 * The items of a body as { words, params }. An item that cannot be read is left out: newer servers may write others.
 */
export function readItems(body) {
  const text = body === null ? '' : textOf(body) ?? '';
  return text.split(/\r?\n/).filter(line => line !== '').map(readTokens).filter(item => item !== null);
}

/** @param items pairs of words and parameters. */
export const writeItems = items =>
  octetsOf(items.map(([words, params]) => writeTokens(words, params) + '\r\n').join(''));
