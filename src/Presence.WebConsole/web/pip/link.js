// The session of a user, kept up over any number of connections: it comes back by itself, resumes where it was, or
// begins anew and says that something may have been missed.

import { Disconnected, ProtocolFault, Refusal } from './errors.js';
import { writeAck } from './frame.js';
import { isHopeless, logIn } from './login.js';
import { Requests } from './requests.js';
import { Watches } from './watches.js';
import { Wire } from './wire.js';

const AGENT = 'presence-console/0.1';
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
// A wire that was silent for so long is asked for life, and given up if nothing comes.
const SILENCE = 30_000;
const PATIENCE = 10_000;

export class Link {
  #options;
  #wire = null;
  #session = null;
  #isStopped = false;
  #attempts = 0;
  #wake = null;
  #lostAt = null;
  #lifeTimer = null;

  /** Requests of the session. They wait while there is no connection. */
  requests = new Requests(octets => this.#wire?.send(octets));

  watches = new Watches();

  /**
   * @param options
   *   url, account { domain, user, secret };
   *   bind: the parameters of BIND;
   *   onEvent(frame): an event, each one exactly once;
   *   onState(state, detail): 'online' { how: 'bound' | 'resumed' | 'rebound', lostAt }, 'offline' { reason, retryIn },
   *     'ended' { reason };
   *   Socket, random: for tests.
   */
  constructor(options) {
    this.#options = { Socket: undefined, random: Math.random, ...options };
  }

  /** Logs in and binds. The first attempt is not repeated: a person waits for it and can see what is wrong. */
  async start() {
    await this.#connect();
    this.#watchLife();
  }

  ask(verb, target, params, body) {
    return this.requests.ask(verb, target, params, body);
  }

  /** Ends session and endpoint in good order, as far as there is still a connection. */
  stop() {
    const reason = new Disconnected('stopped', { isFinal: true });
    this.#isStopped = true;
    clearInterval(this.#lifeTimer);
    this.#wake?.();
    this.requests.ask('QUIT').catch(() => { /* nobody waits for it */ });
    this.requests.abandon(reason);
    this.#wire?.end(reason);
  }

  /**
   * The network has come back, or the page is looked at again: tries at once, or finds out whether the wire still
   * lives.
   */
  probe() {
    if (this.#wake !== null) this.#wake();
    else if (this.#wire !== null && this.#session !== null) this.#askForLife();
  }

  async #connect() {
    const { url, account, Socket } = this.#options;
    const wire = await Wire.open(url, Socket);
    try {
      const login = await logIn(wire, account, AGENT);
      await this.#enter(wire, login.requests);
    } catch (fault) {
      // Ours to tell, not #lost's.
      if (wire === this.#wire) this.#wire = null;
      wire.end(fault);
      throw fault;
    }
  }

  /**
   * RESUME if there is a session to go on with, else BIND. Events follow the answer at once, each in a message of its
   * own; what stands behind an `await` runs before the next message is taken.
   */
  async #enter(wire, before) {
    if (this.#isStopped) throw new Disconnected('stopped', { isFinal: true });
    const old = this.#session;
    if (old !== null && await this.#resume(wire, before, old)) return;
    const bound = await before.ask('BIND', null, this.#options.bind);
    this.#session = { sid: bound.params.get('sid'), key: bound.params.get('key'), seen: 0 };
    this.#attach(wire);
    this.requests.startAnew(1);
    this.#sync();
    this.#online(old === null ? 'bound' : 'rebound');
  }

  /** False if the session is gone. */
  async #resume(wire, before, session) {
    try {
      const answer = await before.ask('RESUME', session.sid, { key: session.key, seen: session.seen });
      session.key = answer.params.get('key') ?? session.key;
      this.#attach(wire);
      this.requests.repeat(Number(answer.params.get('next')));
      this.#online('resumed');
      return true;
    } catch (fault) {
      if (fault instanceof Refusal && fault.code === 410) return false;
      throw fault;
    }
  }

  #attach(wire) {
    this.#wire = wire;
    const onFrame = frame => frame.kind === 'event' ? this.#take(frame) : this.requests.answer(frame);
    wire.attach(onFrame, reason => this.#lost(wire, reason));
  }

  /** After a new session: only what is newer than what we hold is told, and what has ended. */
  #sync() {
    const body = this.watches.syncBody();
    if (body === null) return;
    this.ask('SYNC', null, { type: 'text/pip-sync' }, body)
      .catch(() => { /* the next refresh of each subscription tells its value all the same */ });
  }

  #online(how) {
    this.#attempts = 0;
    const lostAt = this.#lostAt;
    this.#lostAt = null;
    this.#options.onState('online', { how, lostAt });
  }

  #take(frame) {
    const session = this.#session;
    // A replayed event that was processed before the connection broke.
    if (frame.seq <= session.seen) return;
    const before = Number(frame.params.get('prev') ?? frame.seq - 1);
    if (before > session.seen) throw new ProtocolFault(`event ${frame.seq} came without ${before}`);
    session.seen = frame.seq;
    if (frame.verb !== 'NOTIFY' || this.watches.note(frame)) this.#options.onEvent(frame);
    // At once, and not by a timer: browsers stop the timers of hidden pages, and a message that is not acknowledged
    // fails.
    this.#wire.send(writeAck(frame.seq));
  }

  #lost(wire, reason) {
    if (wire !== this.#wire || this.#isStopped) return;
    this.#wire = null;
    this.#lostAt ??= new Date();
    if (reason.isFinal) this.#end(reason);
    else this.#comeBack(reason);
  }

  async #comeBack(reason) {
    let last = reason;
    while (!this.#isStopped) {
      await this.#pause(last);
      if (this.#isStopped) return;
      try {
        await this.#connect();
        return;
      } catch (fault) {
        if (this.#isStopped) return;
        if (fault.isFinal || isHopeless(fault)) return this.#end(fault);
        last = fault;
      }
    }
  }

  /** Full jitter: a thousand clients of a gateway that restarts must not come back in step. */
  async #pause(reason) {
    const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempts++);
    const retryIn = Math.max(this.#options.random() * ceiling, (reason.retry ?? 0) * 1000);
    this.#options.onState('offline', { reason: reason.reason ?? reason.message, retryIn });
    await new Promise(resolve => {
      const timer = setTimeout(resolve, retryIn);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  #end(reason) {
    this.#isStopped = true;
    clearInterval(this.#lifeTimer);
    this.requests.abandon(reason);
    this.#options.onState('ended', { reason: reason.reason ?? reason.message });
  }

  #watchLife() {
    this.#lifeTimer = setInterval(() => {
      if (this.#wire !== null && performance.now() - this.#wire.lastHeard > SILENCE) this.#askForLife();
    }, SILENCE / 2);
  }

  #askForLife() {
    const wire = this.#wire;
    const asked = performance.now();
    this.ask('PING').catch(() => { /* then the wire is gone, which is what was asked */ });
    setTimeout(() => {
      if (wire === this.#wire && wire.lastHeard < asked) wire.end(new Disconnected('no answer'));
    }, PATIENCE);
  }
}
