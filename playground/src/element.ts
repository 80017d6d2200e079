// Elements of the page. Invariant: text is text: nothing that a user, a link or a Worker says is read as markup, but the pictures that Weft draws, which stand in a shadow of their own. Knows no panel.

type Child = Node | string;
type Attributes = Readonly<Record<string, string>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** What the page's own markup holds under an id. */
export function byId<E extends HTMLElement>(id: string, kind: abstract new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** A picture: an SVG text of Weft's, parsed as XML; its style does not reach the page. */
export function picture(svg: string, label: string): HTMLElement {
  const host = element('div', { class: 'picture', role: 'img', 'aria-label': `${label} as a diagram`, tabindex: '0' });
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed.tagName !== 'svg') return element('p', { class: 'quiet' }, 'The picture cannot be shown.');
  host.attachShadow({ mode: 'open' }).append(document.importNode(parsed, true));
  return host;
}

/** Gives what comes last to `then`, once nothing came for a while. */
export function debounced<A extends unknown[]>(milliseconds: number, then: (...args: A) => void): (...args: A) => void {
  let timer: number | undefined;
  return (...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => then(...args), milliseconds);
  };
}
