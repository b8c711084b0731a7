import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './modules.mjs';

const { escapeValue, unescapeValue, readTokens, writeTokens } = await from('pip/values.js');
const { readItems, writeItems } = await from('pip/items.js');
const { fromBase64, textOf, toBase64 } = await from('pip/octets.js');

test('a value is read as it was written', () => {
  for (const value of ['', 'plain', 'In Zürich until Friday', '100 % {sure}', 'a\r\nb\tc\x7f', '%2520', '=,#~', '🚆'])
    assert.equal(unescapeValue(escapeValue(value)), value);
});

test('only what must be escaped is', () => {
  assert.equal(escapeValue('In Zürich = 50%'), 'In%20Zürich%20=%2050%25');
});

test('decoding happens once', () => assert.equal(unescapeValue('%2520'), '%20'));

test('bad escapes, bad UTF-8 and U+0000 are none', () => {
  for (const bad of ['%', '%4', '%zz', '%c3', '%C3', '%C3%28', '%00']) assert.equal(unescapeValue(bad), null);
  assert.throws(() => escapeValue('a\0b'), RangeError);
});

test('an empty value is not an absent one', () => {
  assert.equal(readTokens('SET 1 note=').params.get('note'), '');
  assert.equal(writeTokens(['SET', 1], { note: '', lang: null, type: undefined }), 'SET 1 note=');
});

test('a marked parameter has the same name', () => {
  assert.equal(readTokens('GET 1 !a=x').params.get('a'), 'x');
  assert.equal(readTokens('GET 1 a=x !a=y'), null);
});

test('items of a body are read, and what cannot be read is passed over', () => {
  const body = 'bob@b.example list=block mode=polite\r\nbad  line\r\n*@c.example list=allow\n';
  const items = readItems(new TextEncoder().encode(body)).map(item => [item.words[0], item.params.get('list')]);
  assert.deepEqual(items, [['bob@b.example', 'block'], ['*@c.example', 'allow']]);
  assert.equal(textOf(writeItems([[['bob1'], { ver: 7, at: 'b@c' }]])), 'bob1 ver=7 at=b@c\r\n');
  assert.deepEqual(readItems(null), []);
});

test('base64 is strict', () => {
  const octets = Uint8Array.from({ length: 256 }, (_, at) => at);
  assert.deepEqual(fromBase64(toBase64(octets)), octets);
  for (const bad of ['A', 'AA=', 'AAA', 'A===', 'AA-_', 'AAAA\n']) assert.equal(fromBase64(bad), null);
});
