// SCRAM-SHA-256 (RFC 5802, RFC 7677) with the Web Crypto of the browser. Web Crypto exists in secure contexts only:
// over https, and over http on this machine. The password never leaves the page, and not even a proof of it that could
// be replayed; the server has to prove in turn that it knows the account.

import { ProtocolFault } from './errors.js';
import { fromBase64, join, octetsOf, textOf, toBase64 } from './octets.js';

const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 1_000_000;
const HASH_BITS = 256;

const sha256 = async octets => new Uint8Array(await crypto.subtle.digest('SHA-256', octets));

async function hmac(key, octets) {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, octets));
}

/**
 * RFC 4013 with NFKC, as the server prepares passwords too: every kind of space is a space, what shows nothing is
 * nothing.
 */
export function preparePassword(password) {
  return password
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/gu, '')
    .normalize('NFKC');
}

/**
 * What logs in again after the connection was lost. It holds the password until the first login, then only what was
 * derived from it for this account: that opens nothing else, should the same password be used elsewhere.
 */
export class Secret {
  #password;
  #salted = new Map();

  constructor(password) {
    this.#password = preparePassword(password);
  }

  /** The salted password, or null if the account has a new salt since the password was forgotten. */
  async salted(salt, iterations) {
    const name = `${iterations},${toBase64(salt)}`;
    if (!this.#salted.has(name) && this.#password !== null)
      this.#salted.set(name, await this.#derive(salt, iterations));
    return this.#salted.get(name) ?? null;
  }

  forgetPassword() {
    this.#password = null;
  }

  async #derive(salt, iterations) {
    const key = await crypto.subtle.importKey('raw', octetsOf(this.#password), 'PBKDF2', false, ['deriveBits']);
    const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
    return new Uint8Array(await crypto.subtle.deriveBits(derivation, key, HASH_BITS));
  }
}

/** The client's side of one exchange: `first`, `final`, `verify`, in this order. */
export class ScramExchange {
  #header;
  #binding;
  #bare;
  #nonce;
  #secret;
  #offer;
  #serverSignature = null;

  /**
   * @param user the local part of the address.
   * @param secret a Secret.
   * @param offer { mechanisms, bindings }: the lists of HELLO; the server signs what it has offered.
   * @param nonce base64; random unless a test gives it.
   * @param header the GS2 header. A page cannot see the certificate of its connection: no channel binding, `n`.
   * @param binding octets of the channel binding; for vectors only.
   */
  constructor({ user, secret, offer, nonce = randomNonce(), header = 'n,,', binding = new Uint8Array() }) {
    this.#header = header;
    this.#binding = binding;
    this.#nonce = nonce;
    this.#bare = `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
    this.#secret = secret;
    this.#offer = offer;
  }

  /** client-first, as octets. */
  first() {
    return octetsOf(this.#header + this.#bare);
  }

  /** client-final for this server-first, or null if the secret has no password for this salt any more. */
  async final(serverFirst) {
    const text = textOf(serverFirst) ?? '';
    const { r: nonce = '', s = '', i = '', h } = attributes(text);
    const salt = fromBase64(s);
    const iterations = Number(i);
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length)
      throw new ProtocolFault('the nonce of the server does not continue ours');
    if (salt === null || salt.length === 0 || !(iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS))
      throw new ProtocolFault('salt or iterations of the server are out of range');
    if (h !== undefined && h !== await hashOfOffer(this.#offer))
      throw new ProtocolFault('the list of mechanisms was changed on the way');
    const salted = await this.#secret.salted(salt, iterations);
    return salted === null ? null : this.#answer(salted, text, nonce);
  }

  /** Throws unless the server has proven that it knows the account. Only then is it known to be the right one. */
  async verify(serverFinal) {
    const { v = '' } = attributes(textOf(serverFinal) ?? '');
    if (this.#serverSignature === null || v !== toBase64(this.#serverSignature))
      throw new ProtocolFault('the server does not know the account');
  }

  async #answer(salted, serverFirst, nonce) {
    const withoutProof = `c=${toBase64(join(octetsOf(this.#header), this.#binding))},r=${nonce}`;
    const authMessage = octetsOf(`${this.#bare},${serverFirst},${withoutProof}`);
    const clientKey = await hmac(salted, octetsOf('Client Key'));
    const signature = await hmac(await sha256(clientKey), authMessage);
    const proof = clientKey.map((octet, at) => octet ^ signature[at]);
    this.#serverSignature = await hmac(await hmac(salted, octetsOf('Server Key')), authMessage);
    return octetsOf(`${withoutProof},p=${toBase64(proof)}`);
  }
}

/** The `h` of server-first: the offered lists, sorted and joined as in XEP-0474. */
async function hashOfOffer({ mechanisms, bindings }) {
  const joined = list => [...list].sort().join('\x1e');
  const text = joined(mechanisms) + (bindings.length === 0 ? '' : '\x1f' + joined(bindings));
  return toBase64(await sha256(octetsOf(text)));
}

const attributes = text => Object.fromEntries(
  text.split(',').map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));

const randomNonce = () => toBase64(crypto.getRandomValues(new Uint8Array(18)));
