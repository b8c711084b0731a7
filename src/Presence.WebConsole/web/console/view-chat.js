// One conversation.

import { button, byId, element, setText, syncList } from './dom.js';
import { shownStatus } from './view-people.js';
import { faultText, timeText } from './words.js';

export class ChatView {
  #client;
  #say;
  #address = null;
  #drafts = new Map();

  constructor(client, { say }) {
    this.#client = client;
    this.#say = say;
    const redraw = () => this.draw();
    for (const part of [client.conversations, client.contacts, client.privacy, client.groups]) part.onChange(redraw);
    byId('chat-form').onsubmit = event => this.#send(event);
    byId('chat-text').onkeydown = event => this.#onKey(event);
    byId('chat-text').oninput = () => this.#tellTyping();
    document.addEventListener('visibilitychange', redraw);
    this.draw();
  }

  open(address) {
    const text = byId('chat-text');
    if (this.#address !== null) this.#drafts.set(this.#address, text.value);
    this.#address = address;
    text.value = this.#drafts.get(address) ?? '';
    text.disabled = false;
    byId('chat-send').disabled = false;
    byId('chat-log').replaceChildren();
    byId('chat-actions').replaceChildren();
    this.draw();
    text.focus();
  }

  draw() {
    if (this.#address === null) return;
    const { conversations, contacts, groups } = this.#client;
    const conversation = conversations.with(this.#address);
    const contact = contacts.get(this.#address);
    const group = groups.get(this.#address);
    setText(byId('chat-title'), this.#address);
    setText(byId('chat-status'), this.#statusLine(contact, group));
    setText(byId('chat-typing'), conversation.typingUntil > performance.now() ? `${this.#address} is typing …` : '');
    this.#drawActions(contact, group, conversation);
    this.#drawLog(conversation, group !== null);
    if (this.#isSeen()) conversations.markRead(this.#address);
  }

  #statusLine(contact, group) {
    if (group !== null) return `Group. You are: ${group.state}.`;
    if (contact === null) return 'Not among your contacts.';
    const { text, note } = shownStatus(contact);
    const since = contact.state === 'active' && contact.since !== null ? ` since ${timeText(contact.since)}` : '';
    return note === '' ? text + since : `${text}${since} · ${note}`;
  }

  #drawActions(contact, group, conversation) {
    const { contacts, privacy, groups } = this.#client;
    const address = this.#address;
    const isBlocked = privacy.isBlocked(address);
    const actions = group !== null
      ? [['Members', () => this.#showMembers(address)], ['Leave', () => groups.leave(address)]]
      : [
        ...(conversation.isRequest ? [['Accept messages', () => this.#accept(conversation)]] : []),
        contact === null
          ? ['Add to contacts', () => contacts.add(address)]
          : ['Remove contact', () => contacts.remove(address)],
        isBlocked ? ['Unblock', () => privacy.unblock(address)] : ['Block', () => privacy.block(address)],
      ];
    syncList(byId('chat-actions'), actions, ([label]) => label, ([label]) => button(label, null),
      (made, [, act]) => made.onclick = () => this.#try(act()));
  }

  #drawLog(conversation, isGroup) {
    const log = byId('chat-log');
    const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const mine = message => message.from === this.#client.address;
    syncList(log, conversation.messages, message => `${message.from} ${message.mid}`,
      message => makeMessage(message, mine(message), isGroup),
      (row, message) => setText(row.querySelector('.fate'), mine(message) ? fateText(message) : ''));
    if (wasAtEnd) log.scrollTop = log.scrollHeight;
  }

  async #accept(conversation) {
    await this.#client.privacy.approve(conversation.address);
    conversation.isRequest = false;
    this.draw();
  }

  async #showMembers(address) {
    const members = await this.#client.groups.members(address);
    this.#say({ message: `${address}: ${members.map(({ who, role }) => `${who} (${role})`).join(', ')}` });
  }

  #send(event) {
    event.preventDefault();
    const text = byId('chat-text');
    const words = text.value.trim();
    if (words === '' || this.#address === null) return;
    text.value = '';
    this.#client.conversations.send(this.#address, words);
    byId('chat-log').scrollTop = byId('chat-log').scrollHeight;
  }

  /** To one person; in a group it would be noise. */
  #tellTyping() {
    const { conversations, groups } = this.#client;
    if (groups.get(this.#address) === null) conversations.tellTyping(this.#address);
  }

  #onKey(event) {
    // While an input method is composing, Enter chooses a character and sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId('chat-form').requestSubmit();
  }

  /** A message counts as read when its conversation is on the screen of a page that is looked at. */
  #isSeen() {
    return document.visibilityState === 'visible' && byId('chat').checkVisibility();
  }

  async #try(doing) {
    try {
      await doing;
    } catch (fault) {
      this.#say(fault);
    }
  }
}

function makeMessage(message, isMine, isGroup) {
  const author = isMine ? 'You' : message.from;
  return element('li', { className: isMine ? 'message mine' : 'message' },
    element('p', { className: 'author' + (isGroup && !isMine ? '' : ' only-read') }, author),
    element('p', { className: message.isNotice ? 'text notice' : 'text', dir: 'auto' }, message.text),
    element('p', { className: 'meta' },
      element('time', { dateTime: message.time.toISOString() }, timeText(message.time)), ' ',
      element('span', { className: 'fate' })));
}

const fates = { sending: 'sending …', sent: 'sent', delivered: 'delivered', displayed: 'seen' };

const fateText = message => fates[message.state] ?? `not sent: ${faultText(message.fault ?? new Error('unknown'))}`;
