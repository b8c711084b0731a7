// The only place that makes elements. What others have written becomes text nodes and attributes and never markup; the
// content security policy (trusted types) would refuse markup anyway.

export const byId = id => document.getElementById(id);

/** An element. Properties are set as such; `dataset` and `aria` take objects; children are nodes or texts. */
export function element(tag, { dataset = {}, aria = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, dataset);
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

export const button = (label, onclick, properties = {}) =>
  element('button', { type: 'button', onclick, ...properties }, label);

/**
 * Makes the children of a list those of the items, and keeps the elements of items that were there before: focus and
 * the place that is scrolled to stay.
 * @param make gives the element of an item; update brings it up to date.
 */
export function syncList(list, items, keyOf, make, update) {
  const before = new Map([...list.children].map(child => [child.dataset.key, child]));
  const wanted = items.map(item => {
    const key = keyOf(item);
    const child = before.get(key) ?? make(item);
    child.dataset.key = key;
    before.delete(key);
    update(child, item);
    return child;
  });
  for (const gone of before.values()) gone.remove();
  wanted.forEach((child, at) => {
    if (list.children[at] !== child) list.insertBefore(child, list.children[at] ?? null);
  });
}

/** Sets a text only where it differs: live regions speak at every change. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
