// Messages, by the person or group they are exchanged with. They are kept in this page only, and only as long as it is
// open.

import { octetsOf, textOf } from '../pip/octets.js';
import { Observable } from './observable.js';

const TEXT = 'text/plain;charset=utf-8';
const COMPOSING = 'application/im-iscomposing+xml';
const IS_COMPOSING = octetsOf('<?xml version="1.0" encoding="UTF-8"?>' +
  '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>active</state></isComposing>');
// How long one indication counts, and how seldom we send them, in milliseconds.
const TYPING_LASTS = 15_000;
const TYPING_PACE = 10_000;
// Of the oldest messages of a conversation more than this many are let go.
const MOST_MESSAGES = 1000;

export class Conversations extends Observable {
  #link;
  #me;
  #byAddress = new Map();
  #seen = new Set();

  constructor(link, me) {
    super();
    this.#link = link;
    this.#me = me;
  }

  get all() {
    return [...this.#byAddress.values()];
  }

  get unread() {
    return this.all.reduce((sum, conversation) => sum + conversation.unread, 0);
  }

  /** The conversation with an address; an empty one is made if there is none. */
  with(address) {
    const made = { address, messages: [], unread: 0, isRequest: false, typingUntil: 0, toldTyping: 0 };
    if (!this.#byAddress.has(address)) this.#byAddress.set(address, made);
    return this.#byAddress.get(address);
  }

  async send(address, text) {
    const conversation = this.with(address);
    const message = this.#append(conversation, {
      mid: crypto.randomUUID(), from: this.#me, text, time: new Date(), state: 'sending',
    });
    conversation.toldTyping = 0;
    const params = { mid: message.mid, type: TEXT, want: 'delivered,displayed' };
    try {
      await this.#link.ask('SEND', address, params, octetsOf(text));
      // A receipt may have overtaken the answer.
      if (message.state === 'sending') message.state = 'sent';
    } catch (fault) {
      message.state = 'failed';
      message.fault = fault;
    }
    this.changed();
  }

  /** Somebody types in the conversation: the other is told now and then. Whether it arrives matters to nobody. */
  tellTyping(address) {
    const conversation = this.with(address);
    const now = performance.now();
    if (conversation.toldTyping !== 0 && now - conversation.toldTyping < TYPING_PACE) return;
    conversation.toldTyping = now;
    this.#link.ask('SEND', address, { mid: crypto.randomUUID(), type: COMPOSING }, IS_COMPOSING)
      .catch(() => { /* refused, or gone: the message itself will tell */ });
  }

  /** A person has seen what is in the conversation: tells those senders who wanted to know. */
  markRead(address) {
    const conversation = this.with(address);
    if (conversation.unread === 0) return;
    conversation.unread = 0;
    for (const message of conversation.messages) {
      if (!message.wantsDisplayed) continue;
      message.wantsDisplayed = false;
      this.#link.ask('RECEIPT', message.from, { mid: message.mid, disp: 'displayed' })
        .catch(() => { /* the sender will not know, which is no loss of ours */ });
    }
    this.changed();
  }

  /** A MSG. */
  takeMessage({ target, params, body }) {
    const from = params.get('from');
    const type = params.get('type') ?? TEXT;
    const isCopy = from === this.#me;
    const address = target === '~' ? from : target;
    if (type.toLowerCase().startsWith(COMPOSING)) return isCopy ? undefined : this.#takeTyping(address);
    // The same message may be told by two sessions one after the other.
    const key = `${from} ${params.get('mid')}`;
    if (this.#seen.has(key)) return undefined;
    this.#seen.add(key);
    for (const one of address === '*' ? (params.get('to') ?? '').split(',') : [address])
      this.#takeOne(one, { from, type, params, body, isCopy });
    return undefined;
  }

  #takeOne(address, { from, type, params, body, isCopy }) {
    const conversation = this.with(address);
    const isRequest = params.get('request') === 'yes';
    if (isRequest) conversation.isRequest = true;
    if (!isCopy) conversation.unread++;
    conversation.typingUntil = 0;
    this.#append(conversation, {
      mid: params.get('mid'), from, text: shownText(type, body), isNotice: !isPlain(type),
      time: params.has('t') ? new Date(params.get('t')) : new Date(), state: isCopy ? 'sent' : '',
      wantsDisplayed: !isCopy && !isRequest && address === from && (params.get('want') ?? '').includes('displayed'),
    });
  }

  /** A RECEIPT: what became of a message of ours. Delivered never takes the place of displayed. */
  takeReceipt({ target, params }) {
    const message = this.with(target).messages.find(one => one.mid === params.get('mid'));
    if (message === undefined || message.state === 'displayed') return;
    message.state = params.get('disp');
    const code = params.get('code');
    if (code !== undefined) message.fault = { code: Number(code), message: `It failed (${code}).` };
    this.changed();
  }

  #takeTyping(address) {
    this.with(address).typingUntil = performance.now() + TYPING_LASTS;
    setTimeout(() => this.changed(), TYPING_LASTS);
    this.changed();
  }

  #append(conversation, message) {
    conversation.messages.push(message);
    if (conversation.messages.length > MOST_MESSAGES) conversation.messages.shift();
    this.changed();
    return message;
  }
}

const isPlain = type => /^text\/plain(;|$)/i.test(type);

/** Plain text as it is. Anything else, HTML above all, is named and not shown. */
function shownText(type, body) {
  const octets = body ?? new Uint8Array();
  const text = isPlain(type) ? textOf(octets) : null;
  return text ?? `A message of type ${type}, ${octets.length} octets. This page shows plain text only.`;
}
