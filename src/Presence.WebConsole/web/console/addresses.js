// Addresses as people type them, brought into the form that is on the wire as far as a page can. The server decides.

/** The canonical form of `local@domain`, or null. A bare name belongs to `domain`. */
export function canonical(typed, domain) {
  const text = typed.trim().replace(/^pip:/, '');
  const [local, host = domain, ...surplus] = text.split('@');
  if (surplus.length > 0 || !/^[^\s\/%={}]{1,64}$/u.test(local) || !host) return null;
  try {
    // The browser knows IDNA: the host of a URL is the A-label in lower case.
    const { hostname } = new URL(`http://${host}`);
    return hostname === '' ? null : `${local.normalize('NFKC').toLowerCase().normalize('NFC')}@${hostname}`;
  } catch {
    return null;
  }
}

export const localOf = address => address.slice(0, address.indexOf('@'));
export const domainOf = address => address.slice(address.indexOf('@') + 1);

/** Node and path of a place: `bob@localhost/status` gives `['bob@localhost', 'status']`. */
export function partsOf(place) {
  const slash = place.indexOf('/');
  return slash < 0 ? [place, ''] : [place.slice(0, slash), place.slice(slash + 1)];
}
