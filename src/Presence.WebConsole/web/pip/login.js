// From an open wire to an authenticated one: greeting, HELLO, AUTH (docs/protocol/sessions.md).

import { Disconnected, ProtocolFault, Refusal } from './errors.js';
import { fromBase64, toBase64 } from './octets.js';
import { Requests } from './requests.js';
import { ScramExchange } from './scram.js';

const MECHANISM = 'SCRAM-SHA-256';

/**
 * Logs in on a wire that was just opened.
 * @param account { domain, user, secret }: the local part in `user`, a Secret in `secret`.
 * @returns { requests, hello }: the tag space of this connection, for BIND or RESUME, and the answer to HELLO.
 */
export async function logIn(wire, { domain, user, secret }, agent) {
  const requests = new Requests(octets => wire.send(octets));
  await greeting(wire, requests);
  const hello = await requests.ask('HELLO', domain, { v: '1.0', role: 'client', agent });
  const offer = { mechanisms: listOf(hello, 'auth'), bindings: listOf(hello, 'cb') };
  if (!offer.mechanisms.includes(MECHANISM)) throw new ProtocolFault(`the server does not offer ${MECHANISM}`);
  await authenticate(requests, new ScramExchange({ user, secret, offer }));
  // From now on the derived keys suffice, until somebody changes the password.
  secret.forgetPassword();
  return { requests, hello };
}

/** The server speaks first. Until it has, nothing is sent: an overloaded one greets with 421 and closes. */
function greeting(wire, requests) {
  return new Promise((resolve, reject) => {
    let isGreeted = false;
    const onFrame = frame => {
      if (isGreeted) requests.answer(frame);
      else if (frame.kind === 'response' && frame.code === 220) resolve(isGreeted = true);
      else wire.end(new ProtocolFault('no greeting'));
    };
    wire.attach(onFrame, reason => {
      reject(reason);
      requests.abandon(reason);
    });
  });
}

async function authenticate(requests, exchange) {
  const challenge = await requests.ask('AUTH', MECHANISM, { data: toBase64(exchange.first()) });
  const final = await exchange.final(dataOf(challenge));
  if (final === null) throw new Disconnected('password-changed', { isFinal: true });
  await exchange.verify(dataOf(await requests.ask('AUTH', '*', { data: toBase64(final) })));
}

const listOf = (frame, name) => (frame.params.get(name) ?? '').split(',').filter(word => word !== '');

function dataOf(frame) {
  const octets = fromBase64(frame.params.get('data') ?? '');
  if (octets === null) throw new ProtocolFault('data is no base64');
  return octets;
}

/** True for what another attempt with the same words will meet again. */
export const isHopeless = fault => fault instanceof Refusal && (fault.code === 435 || fault.code === 426);
