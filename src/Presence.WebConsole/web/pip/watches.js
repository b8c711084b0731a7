// What this client watches and up to which version it knows it. The subscriptions belong to the user and survive the
// session; this record is what lets a new session ask for exactly what was missed (SYNC).

import { writeItems } from './items.js';

export class Watches {
  #held = new Map();

  /** Remembers a subscription that was asked for. */
  add(id, place) {
    if (!this.#held.has(id)) this.#held.set(id, { place, version: 0, byPlace: new Map() });
  }

  remove(id) {
    this.#held.delete(id);
  }

  /**
   * Notes a NOTIFY. False if it tells nothing new: across sessions the same value may come twice.
   * A watch of a container has a version for each property of it; the greatest is what SYNC asks with.
   */
  note({ target, params }) {
    const watch = this.#held.get(params.get('id'));
    const version = Number(params.get('ver') ?? 0);
    if (watch === undefined || version === 0 || params.has('state')) {
      if (watch !== undefined && version > watch.version) this.#advance(watch, target, version);
      return true;
    }
    if (version <= (watch.byPlace.get(target) ?? 0)) return false;
    this.#advance(watch, target, version);
    return true;
  }

  /** The body of SYNC, or null if nothing is watched. */
  syncBody() {
    if (this.#held.size === 0) return null;
    return writeItems([...this.#held].map(([id, { place, version }]) => [[id], { ver: version, at: place }]));
  }

  #advance(watch, target, version) {
    watch.byPlace.set(target, version);
    watch.version = Math.max(watch.version, version);
  }
}
