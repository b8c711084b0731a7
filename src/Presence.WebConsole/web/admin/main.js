// The page for operators: the token, then what the node tells, again and again.

import { byId, element, setText, syncList } from '../console/dom.js';
import { Api, inPath } from './api.js';
import { SessionsView } from './sessions.js';
import { StatisticsView } from './statistics.js';
import { UsersView } from './users.js';

const PACE = 3000;
const ALERT_LASTS = 8000;

let alertTimer = 0;

/** Tells what came of something. */
function say(text, isFault = false) {
  const alert = byId('alert');
  alert.hidden = false;
  alert.classList.toggle('success', !isFault);
  setText(alert, text);
  clearTimeout(alertTimer);
  alertTimer = setTimeout(() => alert.hidden = true, ALERT_LASTS);
}

class Desk {
  #api;
  #statistics = new StatisticsView();
  #sessions;
  #users;

  constructor(api) {
    this.#api = api;
    const act = (doing, said) => this.#act(doing, said);
    this.#sessions = new SessionsView(api, act);
    this.#users = new UsersView(api, act);
    byId('explain-form').onsubmit = event => {
      event.preventDefault();
      act(() => this.#explain());
    };
    byId('drain').onclick = () => {
      if (confirm('Send everybody away, and take nobody until the node is started again?'))
        act(() => api.post('drain'), left => `All are told to leave; ${left.open} connections are still open.`);
    };
    // Loading the page anew forgets the token.
    byId('leave').onclick = () => location.reload();
  }

  async open() {
    await this.#load();
    await this.#users.load();
    setInterval(() => byId('refresh').checked && !document.hidden && this.#refresh(), PACE);
  }

  async #load() {
    const [stats, domains] = await Promise.all(
      [this.#api.get('stats'), this.#api.get('domains'), this.#sessions.load()]);
    this.#statistics.draw(stats);
    drawDomains(domains);
  }

  #refresh() {
    return this.#load().catch(fault => {
      setText(byId('node-state'), fault.message);
      byId('node-state').dataset.state = 'offline';
    });
  }

  /** Does something, tells it, and shows the node as it is then. False if it failed. */
  async #act(doing, said) {
    try {
      const result = await doing();
      if (said !== undefined) say(typeof said === 'string' ? said : said(result));
      await this.#load();
      await this.#users.load();
      return true;
    } catch (fault) {
      say(fault.message, true);
      return false;
    }
  }

  async #explain() {
    const [asker, user] = ['explain-asker', 'explain-user'].map(id => inPath(byId(id).value.trim()));
    const { lines } = await this.#api.get(`explain?asker=${asker}&user=${user}`);
    byId('explain-list').replaceChildren(
      ...lines.flatMap(({ subject, text }) => [element('dt', {}, subject), element('dd', {}, text)]));
  }
}

function drawDomains({ hosted, peers }) {
  const since = peer => peer.since === null ? '' : ` since ${new Date(peer.since).toLocaleString()}`;
  const lines = [
    ...hosted.map(domain => [domain, 'hosted here']),
    ...peers.map(peer => [peer.domain, peer.state + since(peer)]),
  ];
  syncList(byId('domains-list'), lines, ([domain]) => domain,
    () => element('li', {}, element('span', { className: 'name' }), element('span', { className: 'state' })),
    (line, texts) => texts.forEach((text, at) => setText(line.children[at], text)));
}

byId('login-form').onsubmit = async event => {
  event.preventDefault();
  try {
    const desk = new Desk(new Api(byId('login-token').value.trim()));
    await desk.open();
    byId('login-token').value = '';
    byId('login').hidden = true;
    byId('app').hidden = false;
    byId('sessions-user').focus();
  } catch (fault) {
    setText(byId('login-state'), fault.status === 401 ? 'That is not the token of this node.' : fault.message);
  }
};
byId('login-token').focus();
