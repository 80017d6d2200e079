/**
 * Text that may be shown on a terminal. Invariant: what `clean` returns has no control, direction-changing or invisible character
 * and no line end, and as many UTF-16 units as it was given, so that columns keep their meaning. Knows no facts.
 */

// C0 and C1 controls, DEL, line and paragraph separators, direction marks and overrides, zero-width characters, the byte order mark
const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
];
const unit = (code: number): string => String.raw`\u`.concat(code.toString(16).padStart(4, '0'));
// and whatever Unicode calls a control, a format, a surrogate without its other half, or no character at all, in any plane
const unsafe = new RegExp(String.raw`[${ranges.map(([a, b]) => `${unit(a)}-${unit(b)}`).join('')}]|\p{C}`, 'gu');

const picture = (c: string): string => {
  const code = c.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd'.repeat(c.length);
};

/** One line of text from anywhere, made visible. */
export const clean = (text: string): string => text.replace(unsafe, picture);

/** The same, with what is not visible spelled out. */
export const escaped = (text: string): string =>
  text.replace(unsafe, (c) =>
    c
      .split('')
      .map((u) => unit(u.charCodeAt(0)))
      .join(''),
  );

/** The same, of a length that a person reads. */
export const shortened = (text: string, limit: number): string => {
  const visible = clean(text);
  return visible.length <= limit ? visible : `${visible.slice(0, limit - 1)}…`;
};

/** A name or a word of the user, quoted. */
export const quoted = (name: string): string => `\`${shortened(name, 80)}\``;

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a`, `b` and `c` */
export function listed(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}
