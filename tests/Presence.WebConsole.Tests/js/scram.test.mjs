import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { from } from './modules.mjs';

const { ScramExchange, Secret, preparePassword } = await from('pip/scram.js');
const { ProtocolFault } = await from('pip/errors.js');

const octets = text => new TextEncoder().encode(text);
const text = bytes => new TextDecoder().decode(bytes);
const noOffer = { mechanisms: [], bindings: [] };

const vector = {
  serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  clientFinal: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,' +
    'p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
};
const exchange = (secret = new Secret('pencil')) =>
  new ScramExchange({ user: 'user', secret, offer: noOffer, nonce: 'rOprNGfwEbeRWgbNEkqO' });

test('the vector of RFC 7677', async () => {
  const scram = exchange();
  assert.equal(text(scram.first()), 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  assert.equal(text(await scram.final(octets(vector.serverFirst))), vector.clientFinal);
  await scram.verify(octets(vector.serverFinal));
});

test('the vector of E1, with the lists that h covers', async () => {
  const scram = new ScramExchange({
    user: 'alice', secret: new Secret('pencil'), nonce: 'fyko+d2lbbFgONRv9qkxdawL', header: 'p=tls-server-end-point,,',
    binding: new Uint8Array(createHash('sha256').update('stand-in for the DER server certificate').digest()),
    offer: {
      mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'PLAIN', 'EXTERNAL', 'OAUTHBEARER'],
      bindings: ['tls-server-end-point'],
    },
  });
  const challenge = 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=EBESExQVFhcYGRobHB0eHw==,i=10000,' +
    'h=BFYGiM6BgmeOQU1FvgyW+5P+xxOxX5sgwyiecPIV99c=,t=0304';
  assert.equal(text(scram.first()), 'p=tls-server-end-point,,n=alice,r=fyko+d2lbbFgONRv9qkxdawL');
  assert.match(text(await scram.final(octets(challenge))), /,p=DkilA1wy\/BBFDHOaEDpJCLtJPT6dMoYw62RchzUKZRU=$/);
  await scram.verify(octets('v=2viaXOhTnR9ifOweyB5jNf7hv599gW0fEmdX4wMuGrI='));
});

test('a shortened list of mechanisms is noticed', async () => {
  const scram = new ScramExchange({
    user: 'alice', secret: new Secret('pencil'), nonce: 'abc', offer: { mechanisms: ['SCRAM-SHA-256'], bindings: [] },
  });
  const h = createHash('sha256').update('SCRAM-SHA-256\x1eSCRAM-SHA-256-PLUS').digest('base64');
  await assert.rejects(scram.final(octets(`r=abcdef,s=EBESExQVFhc=,i=4096,h=${h}`)), ProtocolFault);
});

test('a server that does not know the account is found out', async () => {
  const scram = exchange();
  await assert.rejects(scram.verify(octets(vector.serverFinal)), ProtocolFault, 'before there is anything to compare');
  await scram.final(octets(vector.serverFirst));
  await assert.rejects(scram.verify(octets('v=AAAA')), ProtocolFault);
  await assert.rejects(scram.verify(octets('e=other-error')), ProtocolFault);
});

test('nonce, salt and iterations of the server must be in order', async () => {
  const ours = 'r=rOprNGfwEbeRWgbNEkqO';
  for (const bad of ['', 'r=other,s=EBES,i=4096', `${ours},s=EBES,i=4096`, `${ours}x,s=,i=4096`, `${ours}x,s=E,i=4096`,
    `${ours}x,s=EBES,i=1`, `${ours}x,s=EBES,i=99999999`])
    await assert.rejects(exchange().final(octets(bad)), ProtocolFault, bad);
});

test('without the password the derived key still serves, but for another salt it does not', async () => {
  const secret = new Secret('pencil');
  await exchange(secret).final(octets(vector.serverFirst));
  secret.forgetPassword();
  assert.equal(text(await exchange(secret).final(octets(vector.serverFirst))), vector.clientFinal);
  assert.equal(await exchange(secret).final(octets(vector.serverFirst.replace('W22Z', 'AAAA'))), null);
});

test('passwords are prepared as the server prepares them', () => {
  assert.equal(preparePassword('a\u00a0b'), 'a b');
  assert.equal(preparePassword('I\u00adX'), 'IX');
  assert.equal(preparePassword('\u00aa'), 'a');
  assert.equal(preparePassword('e\u0301'), '\u00e9');
});

test('a name is escaped', () => {
  const scram = new ScramExchange({ user: 'a,b=c', secret: new Secret('x'), offer: noOffer, nonce: 'n' });
  assert.equal(text(scram.first()), 'n,,n=a=2Cb=3Dc,r=n');
});
