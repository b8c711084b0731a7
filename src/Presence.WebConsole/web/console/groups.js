// Groups that this user wrote with or belongs to. The protocol has no list of one's groups, so it is kept as a property
// of the user, where his other devices find it too.

import { readItems } from '../pip/items.js';
import { Observable } from './observable.js';

const LIST = '~/x.console.groups';

export class Groups extends Observable {
  #link;
  #byAddress = new Map();

  constructor(link) {
    super();
    this.#link = link;
  }

  get all() {
    return [...this.#byAddress.values()];
  }

  get(address) {
    return this.#byAddress.get(address) ?? null;
  }

  async load() {
    const list = await this.#link.ask('GET', LIST).catch(fault => {
      if (fault.code === 404) return null;
      throw fault;
    });
    const addresses = (list?.params.get('val') ?? '').split(',').filter(one => one !== '');
    for (const address of addresses) this.#put(address, 'member');
    this.changed();
  }

  async join(address) {
    const answer = await this.#link.ask('JOIN', address);
    this.#put(address, answer.params.get('state') ?? 'member');
    await this.#save();
  }

  async create(address) {
    await this.#link.ask('CREATE', address, { join: 'ask' });
    this.#put(address, 'owner');
    await this.#save();
  }

  async leave(address) {
    await this.#link.ask('LEAVE', address);
    await this.#forget(address);
  }

  /** Who belongs to it, as { who, role }. */
  async members(address) {
    const answer = await this.#link.ask('MEMBERS', address);
    return readItems(answer.body).map(
      ({ words: [who], params }) => ({ who, role: params.get('role') ?? params.get('state') }));
  }

  admit = (address, who) => this.#link.ask('APPROVE', address, { who });
  turnAway = (address, who) => this.#link.ask('DENY', address, { who });

  /** A MEMBER event about myself. */
  take(address, state) {
    if (state === 'left' || state === 'removed' || state === 'denied' || state === 'banned' || state === 'gone')
      return this.#forget(address);
    this.#put(address, state);
    return this.#save();
  }

  #put(address, state) {
    this.#byAddress.set(address, { address, state });
    this.changed();
  }

  #forget(address) {
    this.#byAddress.delete(address);
    this.changed();
    return this.#save();
  }

  #save() {
    return this.#link.ask('SET', LIST, { val: [...this.#byAddress.keys()].join(',') });
  }
}
