import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleFrames } from './examples.mjs';
import { from } from './modules.mjs';

const { readFrame, writeAck, writeRequest, writeResponse } = await from('pip/frame.js');
const { ProtocolFault } = await from('pip/errors.js');

const octets = text => new TextEncoder().encode(text);
const text = bytes => new TextDecoder().decode(bytes);
const breaks = (input, message) =>
  assert.throws(() => readFrame(typeof input === 'string' ? octets(input) : input), ProtocolFault, message);

test('every frame of the worked exchanges is read, and each request is written as it stood', () => {
  const broken = /^(SET 64|GET 66)/;
  const frames = exampleFrames().filter(frame => !broken.test(frame.text));
  assert.ok(frames.length > 130, `${frames.length} frames`);
  for (const example of frames) {
    const frame = readFrame(example.octets);
    if (frame.kind !== 'request' || example.text.includes(' !')) continue;
    const again = writeRequest(frame.verb, frame.tag, frame.target, Object.fromEntries(frame.params), frame.body);
    assert.equal(text(again), example.text);
  }
});

test('a body is counted in octets, not in characters', () => {
  const body = octets('Grüße 🚆');
  const frame = readFrame(writeRequest('SEND', 7, 'bob@b.example', { mid: 'm1' }, body));
  assert.deepEqual(frame.body, body);
  assert.match(text(writeRequest('SEND', 7, 'bob@b.example', { mid: 'm1' }, body)), / \{12\}\r\n/);
});

test('a body may hold anything, line ends and what looks like a frame too', () => {
  const body = Uint8Array.from([0, 13, 10, 123, 53, 125, 255, 254, 10]);
  assert.deepEqual(readFrame(writeRequest('SEND', 1, 'a@b', {}, body)).body, body);
});

test('an empty body is not the same as none', () => {
  assert.equal(readFrame(octets('GET 3 a@b\r\n')).body, null);
  assert.equal(readFrame(octets('SEND 3 a@b {0}\r\n\r\n')).body.length, 0);
});

test('LF and CR LF end a line alike', () => {
  assert.deepEqual(readFrame(octets('PING 3\n')), readFrame(octets('PING 3\r\n')));
  assert.equal(text(readFrame(octets('MSG #1 ~ from=a@b {2}\nhi\n')).body), 'hi');
});

test('the three shapes are told apart', () => {
  const response = readFrame(octets('412 7 version-mismatch ver=9\r\n'));
  assert.deepEqual(
    [response.kind, response.code, response.tag, response.reason], ['response', 412, 7, 'version-mismatch']);
  const event = readFrame(octets('NOTIFY #7 b@c/status id=x val=dnd\r\n'));
  assert.deepEqual([event.kind, event.verb, event.seq, event.target], ['event', 'NOTIFY', 7, 'b@c/status']);
  const request = readFrame(octets('PING 1\r\n'));
  assert.deepEqual([request.kind, request.verb, request.tag, request.target], ['request', 'PING', 1, null]);
});

test('what breaks the rules of framing is refused', () => {
  breaks('GET 3 a@b', 'no line end');
  breaks('GET 3 a@b {\r\n', 'a stray brace');
  breaks('GET 3 a{b c\r\n', 'a brace inside');
  breaks('SEND 3 a@b {2}\r\nhi', 'no end behind the body');
  breaks('SEND 3 a@b {2}\r\nhix\r\n', 'a longer body');
  breaks('SEND 3 a@b {4}\r\nhi\r\n', 'a shorter body');
  breaks('SEND 3 a@b {02}\r\nhi\r\n', 'a leading zero');
  breaks('SEND 3 a@b{2}\r\nhi\r\n', 'no space before the length');
  breaks('PING 3\r\nPING 4\r\n', 'two frames');
  breaks('GET 3 a@b\x07\r\n', 'a control octet');
  breaks('GET  3 a@b\r\n', 'two spaces');
  breaks('GET 3 a@b val=x val=y\r\n', 'a name twice');
  breaks('GET 3 a@b val=%zz\r\n', 'a bad escape');
  breaks(Uint8Array.from([71, 69, 84, 32, 51, 32, 0xff, 10]), 'bad UTF-8');
});

test('ACK and pong are written as the protocol has them', () => {
  assert.equal(text(writeAck(40)), 'ACK #40\r\n');
  assert.equal(text(writeResponse(200, 3, 'pong')), '200 3 pong\r\n');
});
