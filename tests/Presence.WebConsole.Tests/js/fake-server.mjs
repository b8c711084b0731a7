// A server for tests, with one account: greets, logs in by SCRAM-SHA-256, and hands all other requests to the test.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { from } from './modules.mjs';

const { readFrame } = await from('pip/frame.js');

const SALT = Buffer.from('000102030405060708090a0b', 'hex');
const ITERATIONS = 4096;
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();
const base64 = text => Buffer.from(text).toString('base64');
const textOf = data => Buffer.from(data, 'base64').toString();

export class FakeServer {
  /** One for each connection, the latest last. */
  connections = [];
  password = 'wonderland';
  /** Gives the frames that a request after the login is answered with. */
  onRequest = () => [];

  /** What takes the place of WebSocket. */
  get Socket() {
    const server = this;
    return class { constructor(url, protocol) { server.connections.push(new Connection(server, this, protocol)); } };
  }

  get current() {
    return this.connections.at(-1);
  }
}

class Connection {
  /** All frames of the client, as { verb, tag or seq, target, params, body }. */
  received = [];
  #waiting = [];

  constructor(server, socket, protocol) {
    this.server = server;
    this.socket = socket;
    this.protocol = protocol;
    socket.send = octets => this.#take(readFrame(octets));
    socket.close = () => this.cut();
    setTimeout(() => {
      socket.onopen();
      this.say('220 0 ready v=1.0 id=fake');
    });
  }

  /** Sends one frame; each message comes in a turn of its own, as in a browser. */
  say(frame) {
    setTimeout(() => this.socket?.onmessage({ data: frame.includes('\r\n') ? frame : frame + '\r\n' }));
  }

  cut() {
    const socket = this.socket;
    this.socket = null;
    if (socket !== null) setTimeout(() => socket.onclose());
  }

  /** The first frame that fits, now or later. */
  until(fits) {
    const there = this.received.find(fits);
    return there !== undefined ? Promise.resolve(there)
      : new Promise(resolve => this.#waiting.push(frame => fits(frame) && resolve(frame)));
  }

  #take(frame) {
    this.received.push(frame);
    const answers = frame.kind !== 'request' ? []
      : frame.verb === 'HELLO' ? [`200 ${frame.tag} ok v=1.0 auth=SCRAM-SHA-256,PLAIN`]
      : frame.verb === 'AUTH' ? [this.#authenticate(frame)]
      : this.server.onRequest(frame, this);
    for (const answer of answers) this.say(answer);
    for (const waiting of [...this.#waiting]) waiting(frame);
  }

  #authenticate({ tag, target, params }) {
    const message = textOf(params.get('data'));
    if (target !== '*') {
      this.bare = message.slice('n,,'.length);
      const nonce = /r=[^,]+/.exec(message)[0] + randomBytes(6).toString('hex');
      this.first = `${nonce},s=${SALT.toString('base64')},i=${ITERATIONS}`;
      return `310 ${tag} continue data=${base64(this.first)}`;
    }
    const withoutProof = message.slice(0, message.indexOf(',p='));
    const auth = `${this.bare},${this.first},${withoutProof}`;
    const salted = pbkdf2Sync(this.server.password, SALT, ITERATIONS, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const signature = hmac(createHash('sha256').update(clientKey).digest(), auth);
    const proof = Buffer.from(clientKey.map((octet, at) => octet ^ signature[at])).toString('base64');
    if (!message.endsWith(`,p=${proof}`)) return `435 ${tag} auth-failed`;
    const verdict = 'v=' + hmac(hmac(salted, 'Server Key'), auth).toString('base64');
    return `200 ${tag} ok user=alice@localhost data=${base64(verdict)}`;
  }
}
