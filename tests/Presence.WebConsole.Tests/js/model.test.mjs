import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './modules.mjs';

const { Contacts } = await from('console/contacts.js');
const { Conversations } = await from('console/conversations.js');
const { Privacy } = await from('console/privacy.js');
const { canonical } = await from('console/addresses.js');
const { Watches } = await from('pip/watches.js');

const ME = 'alice@localhost';
const octets = text => new TextEncoder().encode(text);

/** What the model asks, and the answers that the test gives: parameters, a body, or a refusal. */
function fakeLink(answer = () => ({})) {
  const asked = [];
  return {
    asked,
    watches: new Watches(),
    async ask(verb, target, params = {}, body = null) {
      asked.push({ verb, target, params, body });
      const { code, text, ...values } = answer(verb, target, params);
      if (code !== undefined) throw Object.assign(new Error(`refused ${code}`), { code });
      return { params: new Map(Object.entries(values)), body: text === undefined ? null : octets(text) };
    },
  };
}

const message = (mid, params = {}, target = '~') => ({
  target, body: octets(params.text ?? 'hi'),
  params: new Map(Object.entries({ from: 'bob@localhost', mid, type: 'text/plain', ...params, text: undefined })
    .filter(([, value]) => value !== undefined)),
});

test('addresses are taken as people type them', () => {
  assert.equal(canonical('alice', 'localhost'), 'alice@localhost');
  assert.equal(canonical(' pip:Bob@B.Example ', 'localhost'), 'bob@b.example');
  assert.equal(canonical('bob@bücher.example', 'localhost'), 'bob@xn--bcher-kva.example');
  for (const bad of ['', '@b.example', 'a@b@c', 'a b@c', 'a/b@c', 'bob@', 'x=y@c'])
    assert.equal(canonical(bad, 'localhost'), null, bad);
});

test('a message that comes twice is shown once', () => {
  const conversations = new Conversations(fakeLink(), ME);
  conversations.takeMessage(message('m1'));
  conversations.takeMessage(message('m1'));
  const { messages, unread } = conversations.with('bob@localhost');
  assert.deepEqual([messages.length, unread], [1, 1]);
});

test('only plain text is shown; what else comes is named', () => {
  const conversations = new Conversations(fakeLink(), ME);
  conversations.takeMessage(message('m1', { type: 'text/html', text: '<script>alert(1)</script>' }));
  conversations.takeMessage({ ...message('m2'), body: Uint8Array.from([0xff]) });
  for (const { text } of conversations.with('bob@localhost').messages) assert.match(text, /^A message of type text\//);
});

test('a message is told as seen when it was, and once', () => {
  const link = fakeLink();
  const conversations = new Conversations(link, ME);
  conversations.takeMessage(message('m1', { want: 'delivered,displayed' }));
  conversations.takeMessage(message('m2'));
  assert.equal(link.asked.length, 0);
  conversations.markRead('bob@localhost');
  conversations.markRead('bob@localhost');
  const told = link.asked.map(({ verb, target, params }) => [verb, target, params.mid]);
  assert.deepEqual(told, [['RECEIPT', 'bob@localhost', 'm1']]);
});

test('nothing is told of a request, a group or a copy', () => {
  const link = fakeLink();
  const conversations = new Conversations(link, ME);
  const want = 'displayed';
  conversations.takeMessage(message('m1', { want, request: 'yes' }));
  conversations.takeMessage(message('m2', { want }, 'chess@localhost'));
  conversations.takeMessage(message('m3', { want, from: ME }, 'carol@localhost'));
  for (const { address } of conversations.all) conversations.markRead(address);
  assert.deepEqual(link.asked, []);
  assert.ok(conversations.with('bob@localhost').isRequest);
  assert.equal(conversations.with('carol@localhost').unread, 0);
});

test('a receipt that overtakes the answer stands, and delivered never takes the place of displayed', async () => {
  let answer = () => {};
  const link = fakeLink();
  link.ask = (verb, target, params) => new Promise(resolve => answer = () => resolve({ params }));
  const conversations = new Conversations(link, ME);
  const sending = conversations.send('bob@localhost', 'hi');
  const [sent] = conversations.with('bob@localhost').messages;
  const receipt = disp => conversations.takeReceipt(
    { target: 'bob@localhost', params: new Map([['mid', sent.mid], ['disp', disp]]) });
  receipt('displayed');
  receipt('delivered');
  answer();
  await sending;
  assert.equal(sent.state, 'displayed');
});

test('a message that is refused says so', async () => {
  const conversations = new Conversations(fakeLink(() => ({ code: 480 })), ME);
  await conversations.send('bob@localhost', 'hi');
  const [sent] = conversations.with('bob@localhost').messages;
  assert.deepEqual([sent.state, sent.fault.code], ['failed', 480]);
});

test('typing is told now and then, and never makes a message', () => {
  const link = fakeLink();
  const conversations = new Conversations(link, ME);
  conversations.tellTyping('bob@localhost');
  conversations.tellTyping('bob@localhost');
  assert.equal(link.asked.length, 1);
  conversations.takeMessage(message('m1', { type: link.asked[0].params.type }));
  assert.equal(conversations.with('bob@localhost').messages.length, 0);
});

async function watching(answer) {
  const link = fakeLink((verb, target, params) => verb === 'GET' ? { code: 404 } : answer(verb, target, params));
  const contacts = new Contacts(link, ME);
  await contacts.load();
  await contacts.add('bob@localhost');
  contacts.unload();
  const { id } = link.asked.find(({ verb, target }) => verb === 'SUB' && target === 'bob@localhost').params;
  const notify = (property, params) => contacts.take(
    { target: `bob@localhost/${property}`, params: new Map(Object.entries({ id, ...params })) });
  return { link, contacts, notify, bob: contacts.get('bob@localhost') };
}

test('a contact waits for consent, is shown, and is asked for again when the time is over', async () => {
  const { link, bob, notify } = await watching(() => ({ state: 'pending' }));
  assert.equal(bob.state, 'pending');
  notify('status', { state: 'active', val: 'away', ver: '1' });
  notify('note', { val: 'by the lake', ver: '2' });
  assert.deepEqual([bob.state, bob.status, bob.note], ['active', 'away', 'by the lake']);
  notify('note', { ver: '3', why: 'deleted' });
  assert.equal(bob.note, '');
  const before = link.asked.length;
  notify('status', { state: 'terminated', why: 'timeout' });
  assert.deepEqual(link.asked.slice(before).map(({ verb }) => verb), ['SUB']);
  assert.equal(bob.status, 'offline');
});

test('who was refused is not asked for again', async () => {
  const { link, bob, notify } = await watching(() => ({ state: 'active' }));
  const before = link.asked.length;
  notify('status', { state: 'terminated', why: 'rejected' });
  assert.equal(link.asked.length, before);
  assert.equal(bob.state, 'refused');
});

test('an address that is not there is a contact all the same, and says so', async () => {
  const { bob, link } = await watching((verb, target) => verb === 'SUB' && target !== '~' ? { code: 404 } : {});
  assert.equal(bob.state, 'gone');
  assert.equal(link.watches.syncBody(), null);
});

test('one line for each watcher, and none for myself', async () => {
  const privacy = new Privacy(fakeLink(verb => verb === 'LISTS'
    ? { mode: 'except', text: 'mallory@localhost list=block mode=polite\r\nbob@localhost list=allow\r\n' }
    : {
      text: 'bob@localhost what=sub state=active\r\nbob@localhost what=sub state=pending\r\n' +
        `${ME} what=sub state=active\r\nanon what=query n=3 last=2026-11-22T06:10:14.000Z\r\n`,
    }), ME);
  await privacy.load();
  assert.deepEqual([privacy.blocked, privacy.allowed, privacy.pending],
    [['mallory@localhost'], ['bob@localhost'], ['bob@localhost']]);
  assert.deepEqual([privacy.watchers.length, privacy.queries[0].n], [1, '3']);
});
