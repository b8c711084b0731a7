// The sessions of the node, what waits for each, and the button that ends it.

import { button, byId, element, setText, syncList } from '../console/dom.js';
import { inPath } from './api.js';

const MOST = 200;

export class SessionsView {
  #api;
  #act;
  #user = '';

  /** @param act does something and shows what comes of it. */
  constructor(api, act) {
    this.#api = api;
    this.#act = act;
    byId('sessions-form').onsubmit = event => {
      event.preventDefault();
      this.#user = byId('sessions-user').value.trim();
      act(() => this.load());
    };
  }

  async load() {
    const only = this.#user === '' ? '' : `&user=${inPath(this.#user)}`;
    const { sessions, total } = await this.#api.get(`sessions?limit=${MOST}${only}`);
    setText(byId('sessions-count'), `${sessions.length} of ${total}`);
    syncList(byId('sessions-list'), sessions, session => session.id, session => this.#make(session), update);
  }

  #make({ id, user, endpoint }) {
    const end = () => {
      if (confirm(`End the session of ${user} at ${endpoint}?`))
        this.#act(() => this.#api.remove(`sessions/${inPath(id)}`), `The session of ${user} has ended.`);
    };
    const cells = ['', '', '', '', '', 'number', 'number', 'number'].map(className => element('td', { className }));
    return element('tr', {}, ...cells,
      element('td', {}, button('End', end, { ariaLabel: `End the session of ${user} at ${endpoint}` })));
  }
}

function update(row, session) {
  const { user, endpoint, isParked, transport, remote, since, watches, queue } = session;
  const texts = [
    user, endpoint, isParked ? 'lost, may resume' : transport, remote, new Date(since).toLocaleTimeString(),
    `${watches}`, `${queue.events}`, `${queue.octets}`,
  ];
  texts.forEach((text, at) => setText(row.cells[at], text));
}
