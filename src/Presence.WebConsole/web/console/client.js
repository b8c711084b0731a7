// What the views work with: the link to the server and the parts of the model, and which event goes to which part.

import { Disconnected } from '../pip/errors.js';
import { Link } from '../pip/link.js';
import { Contacts } from './contacts.js';
import { Conversations } from './conversations.js';
import { Groups } from './groups.js';
import { Observable } from './observable.js';
import { Privacy } from './privacy.js';

const GRACE = 20;

/** Whether and how we are connected; `text` is for people. */
class Connection extends Observable {
  isOnline = false;
  missedSince = null;
  retryIn = 0;
  ended = null;
}

export class Client {
  connection = new Connection();
  /** Those who ask to join a group of mine, as { group, who }. */
  applicants = [];

  #status = 'online';

  constructor({ url, address, account, endpoint }) {
    this.address = address;
    this.endpoint = endpoint;
    // take: a page that is loaded again is the same device, even if the server has not noticed the end of the old one.
    const bind = { ep: endpoint, show: 'online', copy: 'yes', grace: GRACE, take: 'yes', caps: 'text/plain' };
    this.link = new Link({
      url, account, bind,
      onEvent: frame => this.#take(frame),
      onState: (state, detail) => this.#follow(state, detail),
    });
    this.contacts = new Contacts(this.link, address);
    this.conversations = new Conversations(this.link, address);
    this.privacy = new Privacy(this.link, address);
    this.groups = new Groups(this.link);
  }

  async start() {
    await this.link.start();
    await Promise.all([this.contacts.load(), this.privacy.load(), this.groups.load()]);
  }

  stop() {
    this.contacts.unload();
    this.link.stop();
  }

  /**
   * Sets the status of this device. The user's status is composed of all devices; written to the user itself it would
   * stay when this page is closed.
   */
  async setStatus(status) {
    this.#status = status;
    await this.link.ask('SET', `~/ep/${this.endpoint}/status`, { val: status });
  }

  /** The note belongs to the user and stays until it is changed. */
  async setNote(note) {
    if (note === '') await this.link.ask('DEL', '~/note').catch(ignoreMissing);
    else await this.link.ask('SET', '~/note', { val: note });
  }

  #take(frame) {
    const { verb, target, params } = frame;
    if (verb === 'NOTIFY') this.contacts.take(frame);
    else if (verb === 'MSG') this.conversations.takeMessage(frame);
    else if (verb === 'RECEIPT') this.conversations.takeReceipt(frame);
    else if (verb === 'WATCHER') this.#run(this.privacy.load());
    else if (verb === 'MEMBER') this.#takeMember(target, params.get('who'), params.get('state'));
  }

  #takeMember(group, who, state) {
    if (who === this.address) return this.#run(this.groups.take(group, state));
    this.applicants = this.applicants.filter(one => one.group !== group || one.who !== who);
    if (state === 'pending') this.applicants.push({ group, who });
    this.groups.changed();
    return undefined;
  }

  #follow(state, detail) {
    const { connection } = this;
    connection.isOnline = state === 'online';
    connection.retryIn = state === 'offline' ? detail.retryIn : 0;
    connection.ended = state === 'ended' ? detail.reason : null;
    if (state === 'ended') this.contacts.unload();
    // RESUME loses nothing. A new session could not be told what was sent meanwhile.
    if (state === 'online' && detail.how === 'rebound') {
      connection.missedSince = detail.lostAt;
      this.#run(this.#restore());
    }
    connection.changed();
  }

  /** A new session knows nothing of what the old one showed, nor of what it watched for itself. */
  async #restore() {
    if (this.#status !== 'online') await this.setStatus(this.#status);
    await this.contacts.subscribeAll();
    await this.privacy.load();
  }

  /** For what nobody waits for: a fault is shown, but the end of the link is told elsewhere. */
  #run(promise) {
    promise.catch(fault => {
      if (!(fault instanceof Disconnected)) this.onFault(fault);
    });
  }

  onFault = () => {};
}

function ignoreMissing(fault) {
  if (fault.code !== 404) throw fault;
}
