// The page of samples/browser, opened from the disk by two people who name each other.

import { Browser, tell, url } from './browser.mjs';

const page = new URL('../../../samples/browser/presence.html', import.meta.url).href;
const server = `${url.replace('http:', 'ws:')}/pip`;

async function logIn(browser, me, password, peer) {
  const opened = await browser.open(page);
  for (const [label, text] of [['Server', server], ['Your address', me], ['Password', password], ['Whom', peer]])
    await opened.getByLabel(label).fill(text);
  await opened.getByRole('button', { name: 'Log in' }).click();
  return opened;
}

const browser = await Browser.start();
const stranger = await logIn(browser, 'grace@localhost', 'wrong', 'henry@localhost');
await stranger.getByText('the server says 435 auth-failed').waitFor();
const grace = await logIn(browser, 'grace@localhost', 'wonderland', 'henry@localhost');
await grace.getByText('not known yet').waitFor();
const henry = await logIn(browser, 'henry@localhost', 'builder', 'grace@localhost');
await grace.getByText('henry@localhost is online').waitFor();
await henry.getByText('grace@localhost is online').waitFor();
tell('they see each other');

for (const [from, to, text] of [[grace, henry, 'Grüße <i>aus</i> Zürich'], [henry, grace, 'Thank you 🚆']]) {
  await from.getByLabel('Message').fill(text);
  await from.getByRole('button', { name: 'Send' }).click();
  await to.getByText(`@localhost: ${text}`).waitFor();
}
tell('they have talked');

await henry.close();
await grace.getByText('henry@localhost is offline').waitFor();
tell('henry has gone');
await browser.close();
