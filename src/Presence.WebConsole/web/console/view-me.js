// My own status and note, and how the connection stands.

import { byId, setText } from './dom.js';
import { endingText, statusText, timeText } from './words.js';

export class MeView {
  #client;
  #hasNote = false;

  constructor(client, { say, leave }) {
    this.#client = client;
    client.contacts.onChange(() => this.draw());
    client.connection.onChange(() => this.#drawConnection());
    setText(byId('me-address'), client.address);
    byId('me-status').value = 'online';
    byId('me-status').onchange = event => client.setStatus(event.target.value).catch(say);
    byId('me-form').onsubmit = event => {
      event.preventDefault();
      client.setNote(byId('me-note').value.trim()).catch(say);
    };
    byId('logout').onclick = leave;
    this.draw();
    this.#drawConnection();
  }

  draw() {
    const { status, note } = this.#client.contacts.self;
    setText(byId('me-seen'), `Others see: ${statusText(status)}${note === '' ? '' : ` · ${note}`}`);
    // Once only: afterwards the field belongs to who types in it.
    if (this.#hasNote || note === '') return;
    this.#hasNote = true;
    byId('me-note').value = note;
  }

  #drawConnection() {
    const { isOnline, missedSince, retryIn, ended } = this.#client.connection;
    const state = byId('link-state');
    state.dataset.state = ended !== null ? 'ended' : !isOnline ? 'offline' : missedSince === null ? 'online' : 'missed';
    setText(state, ended !== null ? endingText(ended)
      : !isOnline ? `Connection lost. Trying again ${retryIn < 1500 ? 'now' : `in ${Math.round(retryIn / 1000)} s`} …`
      : missedSince === null ? 'Connected'
      : missedText(missedSince));
  }
}

const missedText = since => 'Connected again. '
  + `Messages sent to you between ${timeText(since)} and ${timeText(new Date())} may be missing.`;
