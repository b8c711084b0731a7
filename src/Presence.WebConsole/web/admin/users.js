// Accounts: add, change a password, remove; and all sessions of one.

import { button, byId, element, setText, syncList } from '../console/dom.js';
import { inPath } from './api.js';

// More would make the page slow; the field above the list narrows it.
const MOST = 200;

export class UsersView {
  #api;
  #act;
  #users = [];

  constructor(api, act) {
    this.#api = api;
    this.#act = act;
    byId('users-form').onsubmit = event => this.#submit(event);
    byId('users-filter').oninput = () => this.#draw();
  }

  async load() {
    this.#users = (await this.#api.get('users')).users;
    this.#draw();
  }

  #draw() {
    const part = byId('users-filter').value.trim().toLowerCase();
    const found = this.#users.filter(user => user.includes(part));
    const shown = found.slice(0, MOST);
    setText(byId('users-count'), `${shown.length} of ${this.#users.length}`);
    syncList(byId('users-list'), shown, user => user, user => this.#make(user), () => {});
  }

  #make(user) {
    const actions = [
      ['End sessions', () => this.#ask(
        `End all sessions of ${user}?`, () => this.#api.remove(`users/${inPath(user)}/sessions`),
        ended => `${ended.count} sessions of ${user} have ended.`)],
      ['Remove', () => this.#ask(
        `Remove ${user} for good?`, () => this.#api.remove(`users/${inPath(user)}`), () => `${user} is removed.`)],
    ];
    return element('li', {},
      element('span', { className: 'name' }, user), element('span', {}),
      element('span', { className: 'actions' }, ...actions.map(([label, act]) =>
        button(label, act, { ariaLabel: `${label}: ${user}` }))));
  }

  #ask(question, doing, said) {
    if (confirm(question)) this.#act(doing, said);
  }

  async #submit(event) {
    event.preventDefault();
    const address = byId('users-address').value.trim();
    const password = byId('users-password').value;
    const isDone = event.submitter?.value === 'password'
      ? await this.#act(
        () => this.#api.put(`users/${inPath(address)}/password`, { password }), `${address} has a new password.`)
      : await this.#act(() => this.#api.post('users', { address, password }), added => `${added.address} is added.`);
    if (isDone) byId('users-form').reset();
  }
}
