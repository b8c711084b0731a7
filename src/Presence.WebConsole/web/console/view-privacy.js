// Block list, allow list, mode, and who is interested.

import { canonical, domainOf } from './addresses.js';
import { button, byId, element, setText, syncList } from './dom.js';

const states = {
  active: 'sees your presence', pending: 'waits for your consent', waiting: 'gave up waiting',
  blocked: 'blocked: sees you offline',
};

export class PrivacyView {
  #client;
  #say;

  constructor(client, { say }) {
    this.#client = client;
    this.#say = say;
    client.privacy.onChange(() => this.draw());
    byId('privacy-mode').onchange = event => this.#try(client.privacy.setMode(event.target.value));
    byId('privacy-form').onsubmit = event => this.#submit(event);
    this.draw();
  }

  draw() {
    const { privacy } = this.#client;
    for (const choice of byId('privacy-mode').querySelectorAll('input')) choice.checked = choice.value === privacy.mode;
    const waiting = byId('privacy-waiting');
    waiting.hidden = privacy.pending.length === 0;
    setText(waiting, privacy.pending.length === 0 ? '' : `${privacy.pending.length} waiting`);
    this.#drawList('blocked-list', privacy.blocked.map(who => [who, '', [['Unblock', () => privacy.unblock(who)]]]));
    this.#drawList('allowed-list', privacy.allowed.map(who => [who, '', [['Take off', () => privacy.unallow(who)]]]));
    this.#drawList('watchers-list', privacy.watchers.map(
      ({ who, state }) => [who, states[state] ?? state, this.#answers(who, state)]));
    this.#drawList('queries-list', privacy.queries.map(
      ({ who, n, last, denied }) => [who, askedText(n, denied, last), []]));
  }

  #answers(who, state) {
    const { privacy } = this.#client;
    if (state === 'pending') return [['Accept', () => privacy.approve(who)], ['Refuse', () => privacy.deny(who)]];
    return state === 'active' ? [['Block', () => privacy.block(who)]] : [];
  }

  #drawList(id, lines) {
    const list = byId(id);
    if (lines.length === 0) lines = [['Nobody', '', []]];
    syncList(list, lines, ([who, what]) => `${who} ${what}`, ([who, what, actions]) => element('li', {},
      element('span', { className: 'name' }, who),
      element('span', { className: 'state' }, what),
      element('span', { className: 'actions' }, ...actions.map(([label, act]) =>
        button(label, () => this.#try(act()), { ariaLabel: `${label} ${who}` })))), () => {});
  }

  async #submit(event) {
    event.preventDefault();
    const typed = byId('privacy-address').value.trim();
    // A whole domain is a principal as well.
    const who = typed.startsWith('*@') ? typed.toLowerCase() : canonical(typed, domainOf(this.#client.address));
    if (who === null) return this.#say(new Error('That is no address. One looks like bob@localhost.'));
    const { privacy } = this.#client;
    const doing = event.submitter?.value === 'allow' ? privacy.allow(who) : privacy.block(who);
    if (await this.#try(doing)) byId('privacy-form').reset();
    this.draw();
    return undefined;
  }

  async #try(doing) {
    try {
      await doing;
      return true;
    } catch (fault) {
      this.#say(fault);
      return false;
    }
  }
}

function askedText(count, denied, last) {
  const refused = denied === undefined || denied === '0' ? '' : `, ${denied} refused`;
  const latest = last === undefined ? '' : `, last ${new Date(last).toLocaleString()}`;
  return `${count} ${count === '1' ? 'question' : 'questions'}${refused}${latest}`;
}
