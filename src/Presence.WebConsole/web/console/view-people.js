// The list of contacts and groups, and what waits for an answer.

import { canonical, domainOf } from './addresses.js';
import { button, byId, element, setText, syncList } from './dom.js';
import { statusText } from './words.js';

export class PeopleView {
  #client;
  #say;
  #open;

  /** @param open shows the conversation with an address; say tells people of a failure. */
  constructor(client, { open, say }) {
    this.#client = client;
    this.#open = open;
    this.#say = say;
    const redraw = () => this.draw();
    for (const part of [client.contacts, client.conversations, client.privacy, client.groups]) part.onChange(redraw);
    byId('add-form').onsubmit = event => this.#add(event);
    byId('group-form').onsubmit = event => this.#enterGroup(event);
    this.draw();
  }

  /** Whose conversation is shown. */
  current = null;

  draw() {
    const { contacts, groups } = this.#client;
    const syncRows = (id, rows) =>
      syncList(byId(id), rows, one => one.address, one => this.#makeRow(one.address), updatePerson);
    syncRows('contacts-list', this.#people());
    byId('contacts-empty').hidden = contacts.all.length > 0;
    syncRows('groups-list', groups.all.map(
      ({ address, state }) => this.#rowOf(address, { status: 'group', text: state })));
    this.#drawRequests();
    const { unread } = this.#client.conversations;
    const badge = byId('people-unread');
    badge.hidden = unread === 0;
    setText(badge, unread === 0 ? '' : `${unread} unread`);
    document.title = unread === 0 ? 'Presence' : `(${unread}) Presence`;
  }

  /** Contacts, and below them others with whom there is a conversation. */
  #people() {
    const { contacts, conversations, groups } = this.#client;
    const others = conversations.all.filter(
      one => contacts.get(one.address) === null && groups.get(one.address) === null && one.messages.length > 0);
    return [
      ...contacts.all.map(contact => this.#rowOf(contact.address, shownStatus(contact))),
      ...others.map(one => this.#rowOf(one.address, { status: 'stranger', text: 'Not a contact' })),
    ];
  }

  #rowOf(address, { status, text, note = '' }) {
    const { unread } = this.#client.conversations.with(address);
    return { address, status, text, note, unread, isCurrent: address === this.current };
  }

  #makeRow(address) {
    return element('li', {}, button('', () => this.#open(address), { className: 'person' }));
  }

  #drawRequests() {
    const { privacy, applicants } = this.#client;
    const cards = [
      ...privacy.pending.map(who => ({ who, key: who })),
      ...applicants.map(({ who, group }) => ({ who, group, key: `${who} ${group}` })),
    ];
    syncList(byId('requests-list'), cards, card => card.key, card => this.#makeRequest(card), () => {});
    byId('requests').hidden = cards.length === 0;
  }

  #makeRequest({ who, group }) {
    const { privacy, groups } = this.#client;
    const wish = group === undefined ? ' would like to see your presence.' : ` would like to join ${group}.`;
    const decided = deciding => this.#decide(deciding, group, who);
    const [accept, refuse] = group === undefined
      ? [() => privacy.approve(who), () => privacy.deny(who)]
      : [() => decided(groups.admit(group, who)), () => decided(groups.turnAway(group, who))];
    return element('li', { className: 'card' },
      element('p', {}, element('strong', {}, who), wish),
      element('div', { className: 'actions' },
        button('Accept', () => this.#try(accept()), { className: 'primary', ariaLabel: `Accept ${who}` }),
        button('Refuse', () => this.#try(refuse()), { ariaLabel: `Refuse ${who}` })));
  }

  async #decide(deciding, group, who) {
    await deciding;
    this.#client.applicants = this.#client.applicants.filter(one => one.group !== group || one.who !== who);
    this.#client.groups.changed();
  }

  async #add(event) {
    event.preventDefault();
    const address = this.#read('add-address');
    if (address !== null && await this.#try(this.#client.contacts.add(address))) byId('add-form').reset();
  }

  async #enterGroup(event) {
    event.preventDefault();
    const address = this.#read('group-address');
    if (address === null) return;
    const { groups } = this.#client;
    const entering = event.submitter?.value === 'create' ? groups.create(address) : groups.join(address);
    if (await this.#try(entering)) byId('group-form').reset();
  }

  #read(id) {
    const address = canonical(byId(id).value, domainOf(this.#client.address));
    if (address === null) this.#say(new Error('That is no address. One looks like bob@localhost.'));
    return address;
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

function updatePerson(row, { address, status, text, note, unread, isCurrent }) {
  const person = row.firstElementChild;
  if (isCurrent) person.setAttribute('aria-current', 'true');
  else person.removeAttribute('aria-current');
  // Rebuilt only when something differs, so that a screen reader in the middle of it is not thrown out.
  const seen = JSON.stringify([status, text, note, unread]);
  if (row.dataset.seen === seen) return;
  row.dataset.seen = seen;
  person.replaceChildren(
    element('span', { className: 'dot', dataset: { status }, aria: { hidden: 'true' } }),
    element('span', { className: 'who' },
      element('span', { className: 'name' }, address),
      element('span', { className: 'state' }, note === '' ? text : `${text} · ${note}`)),
    ...(unread === 0 ? [] : [badgeOf(unread)]));
}

const badgeOf = unread => element('span', { className: 'badge' },
  `${unread}`, element('span', { className: 'only-read' }, ' unread'));

/** The status of a contact as it is shown: that of the subscription, as long as no values flow. */
export function shownStatus(contact) {
  const status = contact.state === 'active' ? contact.status
    : contact.state === 'asking' ? 'pending' : contact.state;
  return { status, text: statusText(status), note: contact.state === 'active' ? contact.note : '' };
}
