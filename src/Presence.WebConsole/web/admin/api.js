// Administration over HTTP (docs/operations/README.md). The token is held by this object and nowhere else.

export class AdminFault extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'AdminFault';
    this.status = status;
  }
}

export class Api {
  #token;

  constructor(token) {
    this.#token = token;
  }

  get = path => this.#ask('GET', path);
  post = (path, body) => this.#ask('POST', path, body);
  put = (path, body) => this.#ask('PUT', path, body);
  remove = path => this.#ask('DELETE', path);

  /** The answer as an object, or null if it has no body. Throws AdminFault with the sentence of the server. */
  async #ask(method, path, body) {
    const answer = await fetch(`/admin/${path}`, {
      method,
      // Answers are about now; none may come from a cache.
      cache: 'no-store',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch(() => {
      throw new AdminFault(0, 'The node does not answer.');
    });
    const text = await answer.text();
    const content = text === '' ? null : JSON.parse(text);
    if (!answer.ok) throw new AdminFault(answer.status, content?.detail ?? `The node says ${answer.status}.`);
    return content;
  }
}

/** An address as part of a path. */
export const inPath = encodeURIComponent;
