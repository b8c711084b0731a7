// What can go wrong, told apart by class: a refusal costs one request, a broken frame costs the connection.

/** A request was refused. Programs decide by `code` and `reason`, people read the message. */
export class Refusal extends Error {
  /** @param frame the final response. */
  constructor(frame) {
    const said = frame.params.get('text');
    super(said ?? `${frame.code} ${frame.reason}`);
    this.name = 'Refusal';
    this.code = frame.code;
    this.reason = frame.reason;
    this.params = frame.params;
  }
}

/** The peer broke the rules of framing, of event numbers or of SCRAM. The connection is over. */
export class ProtocolFault extends Error {
  constructor(message) {
    super(message);
    this.name = 'ProtocolFault';
  }
}

/** The connection, or the session, is no more. `isFinal` tells that coming back by oneself would be wrong. */
export class Disconnected extends Error {
  constructor(reason, { isFinal = false, retry = 0 } = {}) {
    super(reason);
    this.name = 'Disconnected';
    this.reason = reason;
    this.isFinal = isFinal;
    this.retry = retry;
  }
}
