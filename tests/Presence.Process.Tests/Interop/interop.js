// Tries a node with npm's @grpc/grpc-js. Prints "ok NAME" a check; any other end is a failure.
//
// usage: node interop.js HOST:PORT PROTOS ADMIN-TOKEN, where PROTOS is the folder of presence/v1, alice (password wonderland) and
// bob (builder) exist and take bodies of 4 MiB, and the packages are found by NODE_PATH.
'use strict';
const assert = require('node:assert/strict');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [server, protos, token] = process.argv.slice(2);
const MIB = 1024 * 1024;
const PATIENCE = 30_000;
const run = Date.now().toString(36);
const insecure = grpc.credentials.createInsecure();
const options = { 'grpc.max_receive_message_length': 8 * MIB };

const read = (...files) => loader.loadSync(files, { keepCase: true, longs: Number, includeDirs: [protos, __dirname] });
const { presence: { v1 } } = grpc.loadPackageDefinition(read('presence/v1/presence.proto', 'presence/v1/admin.proto'));
const known = read('known.proto');
const presence = new v1.Presence(server, insecure, options);
const operator = new v1.Admin(server, insecure);

function metadata(authorization, more = {}) {
  const result = new grpc.Metadata();
  result.set('authorization', authorization);
  for (const [name, value] of Object.entries(more)) result.set(name, value);
  return result;
}

const basic = (name, password) => metadata(`Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
const alice = basic('alice@localhost', 'wonderland');
const bob = basic('bob@localhost', 'builder');
const admin = metadata(`Bearer ${token}`);
const soon = (milliseconds = PATIENCE) => ({ deadline: Date.now() + milliseconds });

// A unary call as a promise.
const ask = (client, method, request, who, options = soon()) => new Promise((resolve, reject) =>
  client[method](request, who, options, (error, answer) => (error ? reject(error) : resolve(answer))));

async function refused(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error.code > 0, error.stack);
    return error;
  }
  throw new assert.AssertionError({ message: 'it was not refused' });
}

// The messages of a stream, one by one.
const reader = (stream) => {
  const messages = stream[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await messages.next();
    return done ? null : value;
  };
};

const all = async (next) => {
  const messages = [];
  for (let message = await next(); message; message = await next()) messages.push(message);
  return messages;
};

const sessions = async (user) =>
  (await all(reader(operator.ListSessions({ user }, admin, soon())))).filter((session) => !session.parked);

// Takes all messages up to this one: what is not taken is offered to the next endpoint.
const acknowledge = (who, { cursor }) => ask(presence, 'AckMessages', { cursor }, who);

// Asks again and again, for what the node notices a moment later; every answer is a round trip.
async function until(condition) {
  for (let n = 0; n < 10_000; n++) {
    if (await condition()) return;
  }
  throw new assert.AssertionError({ message: 'it did not come' });
}

// The google.rpc.ErrorInfo of an error.
function details(error) {
  const [packed] = error.metadata.get('grpc-status-details-bin');
  const status = decode('Status', packed);
  assert.equal(status.code, error.code);
  assert.match(status.details[0].type_url, /google\.rpc\.ErrorInfo$/);
  return decode('ErrorInfo', status.details[0].value);
}

// A client of the services that known.proto has messages for.
function generic(service, name, request, answer, streams) {
  const type = (which) => known[`interop.${which}`];
  const Client = grpc.makeGenericClientConstructor({
    [name]: {
      path: `/${service}/${name}`, ...streams,
      requestSerialize: type(request).serialize, responseDeserialize: type(answer).deserialize,
      requestDeserialize: type(request).deserialize, responseSerialize: type(answer).serialize,
    },
  }, service);
  return new Client(server, insecure);
}

const decode = (type, octets) => known[`interop.${type}`].deserialize(octets);

const checks = {
  async 'unary-calls'() {
    await ask(presence, 'Approve', { who: 'bob@localhost' }, alice);
    await ask(presence, 'Approve', { who: 'alice@localhost' }, bob);
    await ask(presence, 'SetStatus', { status: 'away', note: 'tea' }, alice);
    const told = await ask(presence, 'GetPresence', { addresses: ['alice@localhost', 'bob@elsewhere.example'] }, bob);
    assert.deepEqual(told.presence.map((one) => one.status || ''), ['away', '']);
    assert.equal(told.presence[1].code, 502);
  },

  async 'server-streaming'() {
    const watch = presence.WatchPresence({ places: ['alice@localhost/status'] }, bob, soon());
    const next = reader(watch);
    const value = async () => {
      for (let update = await next(); update; update = await next()) if (update.change) return update.change.value;
    };
    assert.equal(await value(), 'away');
    await ask(presence, 'SetStatus', { status: 'busy' }, alice);
    assert.equal(await value(), 'busy');
    watch.cancel();
    assert.equal((await refused(all(next))).code, grpc.status.CANCELLED);
  },

  async 'client-streaming'() {
    const inbox = presence.ReceiveMessages({ endpoint: 'many' }, bob, soon());
    const next = reader(inbox);
    assert.equal((await next()).ready.endpoint, 'many');
    const result = await new Promise((resolve, reject) => {
      const sending = presence.SendMessages(alice, soon(), (error, answer) => (error ? reject(error) : resolve(answer)));
      for (let n = 0; n < 20; n++) {
        sending.write({ to: ['bob@localhost'], message_id: `${run}-${n}`, body: Buffer.from(`${n}`) });
      }
      sending.end({ to: ['nobody@elsewhere.example'], message_id: 'lost', body: Buffer.from('?') });
    });
    assert.deepEqual(result.outcomes.map((one) => one.code), [...Array(20).fill(202), 502]);
    let received;
    for (let n = 0; n < 20; n++) {
      received = await next();
      assert.equal(received.message.body.toString(), `${n}`);
    }
    await acknowledge(bob, received);
    inbox.cancel();
    await refused(all(next));
  },

  async 'bidirectional-streaming'() {
    const session = presence.Session(alice, soon());
    const next = reader(session);
    const answer = async () => (await next()).response;
    assert.equal((await answer()).code, 220);
    session.write({ tag: 1, bind: { endpoint: 'desk', show: 'online' } });
    assert.ok((await answer()).bind.session);
    session.write({ tag: 1, ping: {} });
    assert.equal((await answer()).code, 200);
    session.write({ tag: 2, quit: {} });
    assert.deepEqual((await all(next)).map((frame) => frame.response.code), [221]);
  },

  async deadlines() {
    const watch = presence.WatchPresence({ places: ['alice@localhost'] }, bob, soon(500));
    assert.equal((await refused(all(reader(watch)))).code, grpc.status.DEADLINE_EXCEEDED);
    await until(async () => (await sessions('bob@localhost')).length === 0);
    const late = await refused(ask(presence, 'GetProperty', {}, bob, soon(-1)));
    assert.equal(late.code, grpc.status.DEADLINE_EXCEEDED);
    assert.equal((await ask(presence, 'GetProperty', {}, bob)).code, 200);
  },

  async cancellation() {
    const watch = presence.WatchPresence({ places: ['alice@localhost'] }, bob, soon());
    const next = reader(watch);
    await next();
    assert.equal((await sessions('bob@localhost')).length, 1);
    watch.cancel();
    assert.equal((await refused(all(next))).code, grpc.status.CANCELLED);
    await until(async () => (await sessions('bob@localhost')).length === 0);
  },

  async 'large-messages'() {
    const inbox = presence.ReceiveMessages({ endpoint: 'large' }, bob, soon());
    const next = reader(inbox);
    await next();
    const body = Buffer.alloc(4 * MIB, 'presence');
    const sent = await ask(presence, 'SendMessage', {
      to: ['bob@localhost'], message_id: `${run}-large`, type: 'application/octet-stream', body }, alice);
    assert.equal(sent.code, 202);
    const received = await next();
    assert.ok(received.message.body.equals(body));
    await acknowledge(bob, received);
    inbox.cancel();
    await refused(all(next));
    for (const octets of [4 * MIB + 1, 6 * MIB]) {
      const request = { to: ['bob@localhost'], message_id: `${run}-over`, body: Buffer.alloc(octets) };
      assert.equal((await refused(ask(presence, 'SendMessage', request, alice))).code, grpc.status.RESOURCE_EXHAUSTED);
    }
  },

  async metadata() {
    const who = metadata(alice.get('authorization')[0], { 'x-trace': '7', 'x-octets-bin': Buffer.from([0, 255]) });
    const call = presence.GetProperty({}, who, soon(), () => {});
    const headers = await new Promise((resolve) => call.on('metadata', resolve));
    assert.ok(headers.get('date').length, headers);
    const zipped = new v1.Presence(server, insecure, { 'grpc.default_compression_algorithm': 2 });
    assert.equal((await ask(zipped, 'GetProperty', {}, alice)).code, 200);
    zipped.close();
  },

  async 'error-details'() {
    for (const who of [basic('alice@localhost', 'wrong'), basic('nobody@localhost', 'x'), admin]) {
      const error = await refused(ask(presence, 'GetProperty', {}, who));
      assert.deepEqual([error.code, error.details], [grpc.status.UNAUTHENTICATED, '435 auth-failed']);
      assert.deepEqual(details(error), { reason: 'auth-failed', domain: 'pip', metadata: { code: '435' } });
    }
    const error = await refused(ask(presence, 'SetProperty', { place: '~/note', value: 'x', if_version: 1 }, alice));
    const info = details(error);
    assert.deepEqual([error.code, info.reason, info.metadata.code], [grpc.status.ABORTED, 'version-mismatch', '412']);
    assert.ok(Number(info.metadata.ver) > 1);
  },

  async reflection() {
    const client = generic('grpc.reflection.v1.ServerReflection', 'ServerReflectionInfo', 'ReflectionRequest',
      'ReflectionAnswer', { requestStream: true, responseStream: true });
    const call = client.ServerReflectionInfo(soon());
    call.write({ list_services: '*' });
    call.end({ file_containing_symbol: 'presence.v1.Presence' });
    const [listed, described] = await all(reader(call));
    const names = listed.services.service.map((service) => service.name);
    for (const name of ['presence.v1.Presence', 'presence.v1.Admin', 'grpc.health.v1.Health']) assert.ok(names.includes(name));
    assert.ok(described.files.file.some((file) => file.includes('presence/v1/presence.proto')));
    client.close();
  },

  async health() {
    const unary = { requestStream: false, responseStream: false };
    const client = generic('grpc.health.v1.Health', 'Check', 'HealthRequest', 'HealthAnswer', unary);
    assert.equal((await ask(client, 'Check', {}, new grpc.Metadata())).status, 1);
    client.close();
  },

  async administration() {
    const session = presence.Session(bob, soon());
    const next = reader(session);
    await next();
    session.write({ tag: 1, bind: { endpoint: 'kicked' } });
    await next();
    assert.deepEqual((await sessions('bob@localhost')).map((one) => one.transport), ['grpc']);
    const kick = { user: 'bob@localhost', endpoint: 'kicked' };
    assert.equal((await ask(operator, 'Kick', kick, admin)).count, 1);
    const error = await refused(all(next));
    assert.deepEqual([error.code, details(error).reason], [grpc.status.ABORTED, 'deactivated']);
    assert.equal((await refused(ask(operator, 'Kick', kick, alice))).code, grpc.status.UNAUTHENTICATED);
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok ${name}`);
  }
  presence.close();
  operator.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
