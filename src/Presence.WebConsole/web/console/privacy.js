// Who may see and reach me: block list, allow list, mode; who watches and who asks.

import { readItems } from '../pip/items.js';
import { Observable } from './observable.js';

export class Privacy extends Observable {
  #link;
  #me;

  mode = 'except';
  blocked = [];
  allowed = [];
  watchers = [];
  queries = [];

  constructor(link, me) {
    super();
    this.#link = link;
    this.#me = me;
  }

  /** Those who wait for a decision of mine. */
  get pending() {
    return this.watchers.filter(watcher => watcher.state === 'pending').map(watcher => watcher.who);
  }

  isBlocked(address) {
    return this.blocked.includes(address);
  }

  async load() {
    const [lists, watchers] = await Promise.all([
      this.#link.ask('LISTS', '~'),
      this.#link.ask('WATCHERS', '~', { what: 'sub,query' }),
    ]);
    const listed = readItems(lists.body).map(({ words: [who], params }) => ({ who, list: params.get('list') }));
    this.mode = lists.params.get('mode');
    this.blocked = listed.filter(entry => entry.list === 'block').map(entry => entry.who);
    this.allowed = listed.filter(entry => entry.list === 'allow').map(entry => entry.who);
    const items = readItems(watchers.body).map(({ words: [who], params }) => ({ who, ...Object.fromEntries(params) }));
    this.watchers = onePerson(items.filter(item => item.what === 'sub' && item.who !== this.#me));
    this.queries = items.filter(item => item.what === 'query');
    this.changed();
  }

  block = who => this.#change('BLOCK', who);
  unblock = who => this.#change('UNBLOCK', who);
  allow = who => this.#change('ALLOW', who);
  unallow = who => this.#change('UNALLOW', who);
  approve = who => this.#change('APPROVE', who);
  deny = who => this.#change('DENY', who);

  async setMode(mode) {
    await this.#link.ask('SET', '~/privacy/mode', { val: mode });
    await this.load();
  }

  async #change(verb, who) {
    await this.#link.ask(verb, '~', { who });
    await this.load();
  }
}

/** One line for each person, who may watch several properties: what waits for a decision stands for the rest. */
function onePerson(items) {
  const byPerson = new Map();
  for (const item of items) {
    if (!byPerson.has(item.who) || item.state === 'pending') byPerson.set(item.who, item);
  }
  return [...byPerson.values()];
}
