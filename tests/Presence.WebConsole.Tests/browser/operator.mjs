// The operator looks after the node while a person uses it.

import { Browser, examine, picture, tell, token } from './browser.mjs';
import { ConsolePage } from './console-page.mjs';

const browser = await Browser.start();
const person = await ConsolePage.logIn(browser, 'ivan@localhost', 'wonderland');
const page = await browser.open('/admin', { viewport: { width: 1120, height: 900 } });
page.on('dialog', question => question.accept());
const press = name => page.getByRole('button', { name, exact: true }).click();

await page.getByLabel('Token').fill('0123456789');
await press('Open');
await page.getByText('That is not the token of this node.').waitFor();
await page.getByLabel('Token').fill(token);
await press('Open');
await page.getByText('Serves', { exact: true }).waitFor();
tell('the token opens the page, another one does not');

await page.getByLabel('Only of one user').fill('ivan@localhost');
await press('Show');
const session = page.getByRole('row', { name: /^ivan@localhost/ });
await session.getByText('websocket').waitFor();
await page.getByText('hosted here').waitFor();
tell('sessions and domains are shown');

await page.getByLabel('New user').fill('judy@localhost');
await page.getByLabel('Password', { exact: true }).fill('sings-along');
await press('Add');
await page.getByText('judy@localhost is added.').waitFor();
await page.getByLabel('Find').fill('judy');
await page.getByRole('button', { name: 'Remove: judy@localhost' }).waitFor();
await page.getByLabel('Who looks').fill('judy@localhost');
await page.getByLabel('At whom', { exact: true }).fill('ivan@localhost');
await press('Explain');
await page.locator('#explain-list dt').first().waitFor();
await page.evaluate(() => scrollTo(0, 0));
await picture(page, 'admin');
await page.setViewportSize({ width: 390, height: 780 });
await picture(page, 'admin-phone');
await examine(page);
tell('a user is added, and what she sees of another is explained');

await session.getByRole('button').click();
await person.page.getByText('an administrator has ended the session').waitFor();
await session.waitFor({ state: 'detached' });
await page.getByRole('button', { name: 'Remove: judy@localhost' }).click();
await page.getByText('judy@localhost is removed.').waitFor();
tell('a session is ended, and a user removed');

// The wrong token is answered 401, which Chromium tells the console of the page.
await browser.close(/401 \(Unauthorized\)/);
