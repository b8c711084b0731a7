// The connection of alice breaks: first the session waits for her, then it is gone.

import { Browser, tell } from './browser.mjs';
import { ConsolePage } from './console-page.mjs';

/** Stands between a page and the server: can cut the connection, and can spoil what the page sends. */
class Line {
  spoil = octets => octets;

  static async of(page) {
    const line = new Line();
    await page.routeWebSocket(/\/pip$/, socket => {
      line.socket = socket;
      const server = socket.connectToServer();
      socket.onMessage(octets => server.send(line.spoil(octets)));
    });
    return line;
  }

  cut = () => this.socket.close({ code: 3000, reason: 'cut by the story' });
}

const browser = await Browser.start();
const alice = new ConsolePage(await browser.open('/console/'));
const line = await Line.of(alice.page);
await alice.logIn('erin@localhost', 'wonderland');
const bob = await ConsolePage.logIn(browser, 'frank@localhost', 'builder');
await bob.add('erin@localhost');
await alice.accept('frank@localhost');
await bob.sees('erin@localhost', 'Online');
await alice.add('frank@localhost');
await bob.accept('erin@localhost');
await alice.sees('frank@localhost', 'Online');
await bob.open('erin@localhost');
tell('they see each other');

// Whoever cannot resume for the moment tries on; bob writes meanwhile, and her session takes it.
await line.cut();
await bob.write('Can you hear me?');
await alice.page.getByText('Connected', { exact: true }).waitFor();
await alice.open('frank@localhost');
await alice.reads('Can you hear me?');
await bob.reads('seen');
tell('alice has resumed and has missed nothing');

// A wrong key: for the server that session is not hers.
line.spoil = octets => {
  const text = octets.toString('latin1');
  if (!text.startsWith('RESUME ')) return octets;
  return Buffer.from(text.replace(/key=\S+/, 'key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'), 'latin1');
};
await line.cut();
await alice.page.getByText('may be missing').waitFor();
await bob.setStatus('busy');
await alice.sees('frank@localhost', 'Busy');
await alice.write('Now I can.');
await bob.reads('Now I can.');
tell('alice has a new session, knows what she may have missed, and goes on');

await browser.close();
