// Watches PEER, lets PEER watch back, sends one text and waits for one, over gRPC. See ../README.md.
'use strict';
const path = require('node:path');
const { promisify } = require('node:util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

if (process.argv.length !== 7) {
  console.error('usage: node client.js HOST:PORT USER PASSWORD PEER "text to send"');
  process.exit(1);
}
const [server, user, password, peer, text] = process.argv.slice(2);
const protos = path.join(__dirname, '../../src/Presence.Grpc.Contracts/Protos');
const definition = loader.loadSync('presence/v1/presence.proto', { keepCase: true, includeDirs: [protos] });
const { Presence } = grpc.loadPackageDefinition(definition).presence.v1;
const presence = new Presence(server, grpc.credentials.createInsecure());
const credentials = new grpc.Metadata();
credentials.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
const call = (method) => promisify(presence[method].bind(presence));

// Prints each status of the peer; is done when he was online for the first time and the text is sent.
async function watch(updates) {
  for await (const { change } of updates) {
    if (change?.value) console.log(`${peer} is ${change.value}`);
    if (change?.value === 'online') {
      await call('SendMessage')({ to: [peer], message_id: 'm1', body: Buffer.from(text) }, credentials);
      return;
    }
  }
}

// Prints messages; is done with the first one of the peer.
async function receive(messages) {
  for await (const { message, cursor } of messages) {
    if (message?.from === peer) {
      console.log(`${peer}: ${message.body}`);
      await call('AckMessages')({ cursor }, credentials);
      return;
    }
  }
}

async function main() {
  await call('Approve')({ who: peer }, credentials);
  // As long as this call runs the user is online, and messages come.
  const messages = presence.ReceiveMessages({ endpoint: 'node' }, credentials);
  const updates = presence.WatchPresence({ places: [`${peer}/status`] }, credentials);
  await Promise.all([receive(messages), watch(updates)]);
  presence.close();
}

main().then(() => process.exit(0), (error) => {
  console.error(error.message);
  process.exit(1);
});
