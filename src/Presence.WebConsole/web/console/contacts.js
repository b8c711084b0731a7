// The contact list: kept at the server as `contacts/<address>`, and a subscription to the presence of each.

import { Disconnected } from '../pip/errors.js';
import { readItems } from '../pip/items.js';
import { octetsOf } from '../pip/octets.js';
import { partsOf } from './addresses.js';
import { Observable } from './observable.js';

const EXPIRES = 86_400;
const RENEWAL = 3600 * 1000;
const LIST = '~/contacts';
const OWN = 'self';

export class Contacts extends Observable {
  #link;
  #me;
  #byAddress = new Map();
  #ids = new Map();
  #renewal = null;

  /** What others see of me: composed of all my devices. */
  self = { status: 'offline', note: '' };

  constructor(link, me) {
    super();
    this.#link = link;
    this.#me = me;
  }

  /** All contacts: who is there first, then by name. */
  get all() {
    const rank = contact => contact.status === 'offline' || contact.state !== 'active' ? 1 : 0;
    return [...this.#byAddress.values()].sort((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address));
  }

  get(address) {
    return this.#byAddress.get(address) ?? null;
  }

  async load() {
    this.#renewal = setInterval(() => this.subscribeAll(), RENEWAL);
    const list = await this.#link.ask('GET', LIST).catch(fault => {
      if (fault.code === 404) return null;
      throw fault;
    });
    for (const { words: [path] } of list === null ? [] : readItems(list.body)) this.#put(addressIn(path));
    this.changed();
    await this.subscribeAll();
  }

  unload() {
    clearInterval(this.#renewal);
  }

  /**
   * Asks for all subscriptions (again): each answer comes with the present value, so this repairs whatever was amiss.
   */
  async subscribeAll() {
    await Promise.all([this.#watchMyself(), ...[...this.#byAddress.values()].map(contact => this.#subscribe(contact))]);
  }

  async add(address) {
    await this.#link.ask('SET', `${LIST}/${address}`, { val: '' });
    await this.#subscribe(this.#put(address));
  }

  async remove(address) {
    const id = await this.#idOf(address);
    this.#byAddress.delete(address);
    this.#link.watches.remove(id);
    this.#ids.delete(id);
    this.changed();
    await this.#link.ask('DEL', `${LIST}/${address}`);
    await this.#link.ask('UNSUB', id).catch(ignoreUnknown);
  }

  /** A NOTIFY: a value, a new state, or both. */
  take({ target, params }) {
    const id = params.get('id');
    const [, property] = partsOf(target);
    if (id === OWN) {
      if (property in this.self) this.self[property] = params.get('val') ?? '';
      return this.changed();
    }
    const contact = this.get(this.#ids.get(id));
    if (contact === null) return;
    if (params.has('state')) this.#changeState(contact, params.get('state'), params.get('why'));
    if (property === 'status') {
      contact.status = params.get('val') ?? 'offline';
      contact.since = params.has('t') ? new Date(params.get('t')) : null;
    }
    if (property === 'note') contact.note = params.get('val') ?? '';
    this.changed();
  }

  #put(address) {
    const made = { address, id: null, status: 'offline', note: '', since: null, state: 'asking' };
    if (!this.#byAddress.has(address)) this.#byAddress.set(address, made);
    this.changed();
    return this.#byAddress.get(address);
  }

  async #subscribe(contact) {
    // Known from the second time on: then the question goes out at once.
    const id = contact.id ??= await this.#idOf(contact.address);
    this.#ids.set(id, contact.address);
    this.#link.watches.add(id, contact.address);
    try {
      const answer = await this.#link.ask('SUB', contact.address, { id, expires: EXPIRES });
      // A NOTIFY may have told the newer state already, but never a lower one.
      if (contact.state !== 'active') contact.state = answer.params.get('state');
    } catch (fault) {
      if (fault instanceof Disconnected) return;
      if (fault.code === undefined) throw fault;
      contact.state = fault.code === 404 ? 'gone' : 'refused';
      this.#link.watches.remove(id);
    }
    this.changed();
  }

  async #watchMyself() {
    // For this session only: nobody else should have to renew it.
    await this.#link.ask('SUB', '~', { id: OWN, scope: 'session', expires: EXPIRES }).catch(fault => {
      if (!(fault instanceof Disconnected)) throw fault;
    });
  }

  #changeState(contact, state, why) {
    contact.state = state;
    if (state !== 'terminated') return;
    contact.status = 'offline';
    contact.state = why === 'rejected' ? 'refused' : 'asking';
    // All other reasons are worth another try; the server answers `refused` or `gone` if it is in vain.
    if (why !== 'rejected' && why !== 'unsub') this.#subscribe(contact);
  }

  /** The id must be the same at all devices of the user, or each would have a subscription of its own. */
  async #idOf(address) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', octetsOf(address)));
    return 'c' + Array.from(hash.subarray(0, 12), octet => octet.toString(16).padStart(2, '0')).join('');
  }
}

const addressIn = path => path.replace(/^contacts\//, '');

function ignoreUnknown(fault) {
  if (fault.code !== 481) throw fault;
}
