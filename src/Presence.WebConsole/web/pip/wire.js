// One WebSocket that carries frames. It knows nothing of sessions, but for PING, which must be answered at any time.

import { Disconnected, ProtocolFault } from './errors.js';
import { readFrame, writeResponse } from './frame.js';
import { octetsOf } from './octets.js';

const SUBPROTOCOL = 'pip.1';
const CLOSE_NORMAL = 1000;

export class Wire {
  #socket;
  #onFrame = () => {};
  #onClose = () => {};
  #ended = null;

  /** When the last octet came, by performance.now(): a wire that is silent for too long is dead. */
  lastHeard = performance.now();

  /**
   * Connects; resolves when the WebSocket is open. `Socket` is the WebSocket of the browser unless a test gives
   * another.
   */
  static open(url, Socket = WebSocket) {
    return new Promise((resolve, reject) => {
      const wire = new Wire(new Socket(url, SUBPROTOCOL));
      wire.#socket.onopen = () => resolve(wire);
      wire.#onClose = reject;
    });
  }

  constructor(socket) {
    this.#socket = socket;
    // Bodies that are no UTF-8 come as binary messages; as a Blob they could not be read in order.
    socket.binaryType = 'arraybuffer';
    socket.onmessage = message => this.#take(message.data);
    socket.onclose = () => this.end(new Disconnected('connection lost'));
  }

  /** Who takes frames, and who is told, once, why the wire has ended. */
  attach(onFrame, onClose) {
    this.#onFrame = onFrame;
    this.#onClose = onClose;
    if (this.#ended !== null) onClose(this.#ended);
  }

  get isOpen() {
    return this.#ended === null;
  }

  /** Sends one frame. On a wire that has ended nothing happens: whoever waits for an answer is told by `onClose`. */
  send(octets) {
    if (this.#ended === null) this.#socket.send(octets);
  }

  /** Ends the wire for this reason. Later reasons do not count: what was first is what was wrong. */
  end(reason) {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.#socket.close(CLOSE_NORMAL);
    this.#onClose(reason);
  }

  #take(data) {
    if (this.#ended !== null) return;
    this.lastHeard = performance.now();
    try {
      this.#dispatch(readFrame(typeof data === 'string' ? octetsOf(data) : new Uint8Array(data)));
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.end(fault);
    }
  }

  #dispatch(frame) {
    if (frame.kind === 'request') this.send(writeResponse(200, frame.tag, 'pong'));
    else if (frame.kind === 'response' && frame.tag === 0 && frame.code >= 400) this.end(closing(frame));
    else this.#onFrame(frame);
  }
}

/** What a closing notice of the server means for those who would come back. */
function closing(frame) {
  const isFinal = frame.reason === 'replaced' || frame.reason === 'deactivated' || frame.reason === 'wrong-host';
  return new Disconnected(frame.reason, { isFinal, retry: Number(frame.params.get('retry') ?? 0) });
}
