// The page: log in, then the views. Which view is shown on a small screen is all that is decided here.

import { Secret } from '../pip/scram.js';
import { canonical, domainOf, localOf } from './addresses.js';
import { Client } from './client.js';
import { byId, setText } from './dom.js';
import { ChatView } from './view-chat.js';
import { MeView } from './view-me.js';
import { PeopleView } from './view-people.js';
import { PrivacyView } from './view-privacy.js';
import { faultText } from './words.js';

const ENDPOINT = 'presence.endpoint';
const ALERT_LASTS = 12_000;

let domain = 'localhost';
let alertTimer = 0;

function say(fault) {
  const alert = byId('alert');
  alert.hidden = false;
  setText(alert, faultText(fault));
  clearTimeout(alertTimer);
  alertTimer = setTimeout(() => alert.hidden = true, ALERT_LASTS);
}

/** A page that is loaded again is the same device; another tab is another one. */
function endpointName() {
  const known = sessionStorage.getItem(ENDPOINT);
  const name = known ?? `web-${crypto.randomUUID().slice(0, 8)}`;
  sessionStorage.setItem(ENDPOINT, name);
  return name;
}

async function logIn(event) {
  event.preventDefault();
  const address = canonical(byId('login-address').value, domain);
  if (address === null) return setText(byId('login-state'), 'That is no address.');
  const button = byId('login-button');
  button.disabled = true;
  setText(byId('login-state'), 'Logging in …');
  try {
    await begin(address, new Secret(byId('login-password').value));
    byId('login-password').value = '';
    setText(byId('login-state'), '');
  } catch (fault) {
    setText(byId('login-state'), faultText(fault));
    byId('login-password').select();
  } finally {
    button.disabled = false;
  }
  return undefined;
}

async function begin(address, secret) {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = new Client({
    url: `${scheme}//${location.host}/pip`,
    address,
    account: { domain: domainOf(address), user: localOf(address), secret },
    endpoint: endpointName(),
  });
  client.onFault = say;
  try {
    await client.start();
  } catch (fault) {
    // Otherwise a session would stay that nobody sees.
    client.stop();
    throw fault;
  }
  openApp(client);
}

function openApp(client) {
  const chat = new ChatView(client, { say });
  const people = new PeopleView(client, {
    say,
    open(address) {
      people.current = address;
      people.draw();
      show('chat');
      chat.open(address);
    },
  });
  new PrivacyView(client, { say });
  // The page holds messages of this user: loading it anew is the surest way to forget them.
  const leave = () => {
    client.stop();
    location.reload();
  };
  new MeView(client, { say, leave });
  for (const tab of document.querySelectorAll('.tabs button')) tab.onclick = () => show(tab.dataset.view);
  byId('chat-back').onclick = () => show('people');
  addEventListener('online', () => client.link.probe());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.link.probe());
  addEventListener('pagehide', () => client.stop());
  addEventListener('pageshow', shown => shown.persisted && location.reload());
  byId('login').hidden = true;
  byId('app').hidden = false;
  show('people');
  byId('add-address').focus();
}

/** On a wide screen people and conversation stand side by side; on a phone one of the views has it all. */
function show(view) {
  byId('panes').dataset.view = view;
  for (const tab of document.querySelectorAll('.tabs button')) {
    const isCurrent = tab.dataset.view === (view === 'chat' ? 'people' : view);
    if (isCurrent) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  if (view === 'privacy') byId('privacy').focus();
}

async function prepare() {
  if (!isSecureContext) {
    byId('login-button').disabled = true;
    setText(byId('login-state'), 'Browsers allow a login with a password only over https, or on the same machine.');
    return;
  }
  byId('login-form').onsubmit = logIn;
  const health = await fetch('/healthz').then(answer => answer.json()).catch(() => null);
  domain = health?.domain ?? location.hostname;
  byId('login-hint').replaceChildren(`A bare name belongs to ${domain}.`);
  byId('login-address').focus();
}

await prepare();
