/** A part of the model. Views ask to be told after it has changed; several changes of one turn are told once. */
export class Observable {
  #listeners = new Set();
  #isTelling = false;

  onChange(listener) {
    this.#listeners.add(listener);
  }

  changed() {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
