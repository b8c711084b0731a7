// Requests of one tag space that wait for their final response. They outlive a connection: after RESUME the same octets
// go out again under the same tags, and the server answers from its reply cache what it has executed already.

import { Refusal } from './errors.js';
import { writeRequest } from './frame.js';

const TOO_FAST = 429;

export class Requests {
  #waiting = new Map();
  #next = 1;

  /** @param send takes the octets of a request; it may drop them while there is no connection. */
  constructor(send) {
    this.send = send;
  }

  /** Sends a request; gives its final response if its code is below 400, and throws a Refusal else. */
  ask(verb, target = null, params = {}, body = null) {
    return new Promise((resolve, reject) => this.#begin({ verb, target, params, body, resolve, reject }));
  }

  /** Takes a response. One that nobody waits for is the second answer to a request that was repeated. */
  answer(frame) {
    const request = this.#waiting.get(frame.tag);
    if (request === undefined || frame.code < 200) return;
    if (frame.code === TOO_FAST) {
      // Nothing was executed, and the tag may be used again.
      setTimeout(() => this.#again(frame.tag), 1000 * Number(frame.params.get('retry') ?? 1));
      return;
    }
    this.#waiting.delete(frame.tag);
    if (frame.code < 400) request.resolve(frame);
    else request.reject(new Refusal(frame));
  }

  /** The session goes on: what has no answer is sent again as it was. `next` is one above the highest tag received. */
  repeat(next) {
    this.#next = Math.max(this.#next, next);
    for (const request of this.#waiting.values()) this.send(request.octets);
  }

  /**
   * There is a new session, whose tags begin anew. Whether the old one executed what has no answer is unknown, so all
   * of it is sent once more. That does no harm: SEND is recognised by its `mid`, SUB by its `id`, and the rest says how
   * things shall be, not how they shall change.
   */
  startAnew(firstTag) {
    const requests = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#next = firstTag;
    for (const request of requests) this.#begin(request);
  }

  /** Nobody will answer any more. */
  abandon(reason) {
    const requests = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const request of requests) request.reject(reason);
  }

  #again(tag) {
    const request = this.#waiting.get(tag);
    if (request !== undefined) this.send(request.octets);
  }

  #begin(request) {
    const tag = this.#next++;
    request.octets = writeRequest(request.verb, tag, request.target, request.params, request.body);
    this.#waiting.set(tag, request);
    this.send(request.octets);
  }
}
