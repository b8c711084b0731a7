import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeServer } from './fake-server.mjs';
import { from } from './modules.mjs';

const { Link } = await from('pip/link.js');
const { Secret } = await from('pip/scram.js');
const { readItems } = await from('pip/items.js');

const is = verb => frame => frame.verb === verb;

/** A link to a fake server, started; all events and states are kept. */
async function linked(onRequest = () => []) {
  const server = new FakeServer();
  const events = [];
  const states = [];
  let told = () => {};
  server.onRequest = (frame, connection) => {
    if (frame.verb === 'BIND') return [`200 ${frame.tag} ok ep=desk sid=s-1 key=k1 ttl=300`];
    if (frame.verb === 'PING') return [`200 ${frame.tag} pong`];
    return onRequest(frame, connection);
  };
  const link = new Link({
    url: 'ws://test/pip', Socket: server.Socket, random: () => 0, bind: { ep: 'desk' },
    account: { domain: 'localhost', user: 'alice', secret: new Secret('wonderland') },
    onEvent: frame => events.push(frame),
    onState: (state, detail) => {
      states.push({ state, ...detail });
      told();
    },
  });
  const until = fits => new Promise(resolve => {
    told = () => states.some(fits) && resolve(states.find(fits));
    told();
  });
  await link.start();
  return { server, link, events, states, until };
}

test('logs in, binds, and acknowledges what it has taken', async () => {
  const { server, link, events, states } = await linked();
  assert.equal(server.current.protocol, 'pip.1');
  assert.deepEqual(server.current.received.map(frame => frame.verb), ['HELLO', 'AUTH', 'AUTH', 'BIND']);
  assert.equal(states[0].how, 'bound');
  server.current.say('MSG #1 ~ from=bob@localhost mid=m1 type=text/plain {2}\r\nhi\r\n');
  const ack = await server.current.until(is('ACK'));
  assert.equal(ack.seq, 1);
  assert.equal(events[0].params.get('from'), 'bob@localhost');
  link.stop();
  assert.ok(server.current.received.some(is('QUIT')));
});

test('a wrong password is told at once', async () => {
  const server = new FakeServer();
  const link = new Link({
    url: 'ws://test/pip', Socket: server.Socket, bind: {}, onEvent() {}, onState() {},
    account: { domain: 'localhost', user: 'alice', secret: new Secret('rabbit') },
  });
  await assert.rejects(link.start(), { name: 'Refusal', code: 435 });
});

test('the server is answered when it asks for life', async () => {
  const { server, link } = await linked();
  server.current.say('PING 9');
  const pong = await server.current.until(frame => frame.kind === 'response');
  assert.deepEqual([pong.code, pong.tag, pong.reason], [200, 9, 'pong']);
  link.stop();
});

test('a refusal tells code and reason, and costs nothing else', async () => {
  const { link } = await linked(({ tag, verb }) => [verb === 'GET' ? `403 ${tag} forbidden` : `200 ${tag} ok ver=1`]);
  await assert.rejects(link.ask('GET', 'bob@localhost/status'), { code: 403, reason: 'forbidden' });
  assert.equal((await link.ask('SET', '~/note', { val: 'x' })).params.get('ver'), '1');
  link.stop();
});

test('a request that came too fast is sent again under its tag', async () => {
  let asked = 0;
  const tags = [];
  const { link } = await linked(({ tag }) => {
    tags.push(tag);
    return [asked++ === 0 ? `429 ${tag} slow-down retry=0` : `200 ${tag} ok`];
  });
  await link.ask('GET', '~/note');
  assert.equal(tags[0], tags[1]);
  link.stop();
});

test('after a loss it resumes: events come once, and a request without an answer goes out under its tag', async () => {
  let isFirst = true;
  const { server, link, events, until } = await linked(({ verb, tag, params }, connection) => {
    if (verb === 'RESUME') {
      assert.deepEqual([params.get('key'), params.get('seen')], ['k1', '2']);
      return [
        `200 ${tag} ok ep=desk sid=s-1 key=k2 ttl=300 next=2`,
        'MSG #2 ~ from=bob@localhost mid=m2 type=text/plain {1}\r\nb\r\n',
        'MSG #3 ~ from=bob@localhost mid=m3 type=text/plain {1}\r\nc\r\n',
      ];
    }
    if (!isFirst) return [`202 ${tag} accepted dup=yes`];
    isFirst = false;
    connection.cut();
    return [];
  });
  server.current.say('NOTIFY #1 bob@localhost/status id=x ver=1 val=away');
  server.current.say('MSG #2 ~ from=bob@localhost mid=m2 type=text/plain {1}\r\nb\r\n');
  await server.current.until(frame => frame.verb === 'ACK' && frame.seq === 2);
  const sent = link.ask('SEND', 'bob@localhost', { mid: 'q' }, new Uint8Array([104, 105]));
  assert.equal((await sent).params.get('dup'), 'yes');
  const back = await until(one => one.how === 'resumed');
  assert.ok(back.lostAt instanceof Date);
  await server.current.until(frame => frame.verb === 'ACK' && frame.seq === 3);
  assert.deepEqual(events.map(event => event.seq), [1, 2, 3]);
  const [before, after] = server.connections.map(one => one.received.find(is('SEND')).tag);
  assert.equal(before, after);
  link.stop();
});

test('when the session is gone it binds anew, syncs, and says since when something may be missing', async () => {
  const { server, link, events, until } = await linked(({ verb, tag }) =>
    [verb === 'RESUME' ? `410 ${tag} session-gone` : `200 ${tag} ok n=1`]);
  link.watches.add('b1', 'bob@localhost');
  server.current.say('NOTIFY #1 bob@localhost/status id=b1 ver=70 val=away');
  server.current.say('NOTIFY #2 bob@localhost/note id=b1 ver=50 val=x');
  await server.current.until(frame => frame.verb === 'ACK' && frame.seq === 2);
  server.current.cut();
  const back = await until(one => one.how === 'rebound');
  assert.ok(back.lostAt instanceof Date);
  const sync = await server.current.until(is('SYNC'));
  const [{ words, params }] = readItems(sync.body);
  assert.deepEqual([words[0], params.get('ver'), params.get('at')], ['b1', '70', 'bob@localhost']);
  // Told again what is known: dropped. What is newer: taken, under the numbers of the new session.
  server.current.say('NOTIFY #1 bob@localhost/status id=b1 ver=70 val=away');
  server.current.say('NOTIFY #2 bob@localhost/status id=b1 ver=71 val=online');
  await server.current.until(frame => frame.verb === 'ACK' && frame.seq === 2);
  assert.deepEqual(events.map(event => event.params.get('ver')), ['70', '50', '71']);
  link.stop();
});

test('what had no answer in a session that is gone is asked once more in the new one', async () => {
  const { server, link } = await linked(({ verb, tag }, connection) => {
    if (verb === 'RESUME') return [`410 ${tag} session-gone`];
    if (server.connections.length > 1) return [`202 ${tag} accepted`];
    connection.cut();
    return [];
  });
  const answer = await link.ask('SEND', 'bob@localhost', { mid: 'once' }, new Uint8Array([104]));
  assert.equal(answer.code, 202);
  assert.deepEqual(server.connections.map(one => one.received.find(is('SEND')).params.get('mid')), ['once', 'once']);
  link.stop();
});

test('an event that is missing is a fault of the connection, and RESUME brings it', async () => {
  const { server, link, events, until } = await linked(({ tag, params }) => {
    assert.equal(params.get('seen'), '1');
    return [
      `200 ${tag} ok ep=desk sid=s-1 ttl=300 next=1`,
      'MSG #2 ~ from=bob@localhost mid=m2 type=text/plain {1}\r\nb\r\n',
      'NOTIFY #5 bob@localhost/status id=x ver=2 val=away prev=2',
    ];
  });
  server.current.say('NOTIFY #1 bob@localhost/status id=x ver=1 val=away');
  server.current.say('NOTIFY #5 bob@localhost/status id=x ver=2 val=away prev=2');
  await until(one => one.how === 'resumed');
  await server.current.until(frame => frame.verb === 'ACK' && frame.seq === 5);
  assert.deepEqual(events.map(event => event.seq), [1, 2, 5]);
  link.stop();
});

test('who was replaced elsewhere stays away', async () => {
  const { server, link, until } = await linked();
  const waiting = link.ask('GET', '~/note');
  server.current.say('421 0 replaced');
  assert.equal((await until(one => one.state === 'ended')).reason, 'replaced');
  await assert.rejects(waiting, { name: 'Disconnected' });
  assert.equal(server.connections.length, 1);
});

test('a password that was changed meanwhile ends it', async () => {
  const { server, until } = await linked();
  server.password = 'looking-glass';
  server.current.cut();
  await until(one => one.state === 'ended');
  assert.equal(server.connections.length, 2);
});

test('a server that goes down is come back to', async () => {
  const { server, link, states, until } = await linked(({ tag }) => [`410 ${tag} session-gone`]);
  server.current.say('421 0 going-down');
  await until(one => one.how === 'rebound');
  assert.equal(states.find(one => one.state === 'offline').reason, 'going-down');
  link.stop();
});
