// Characters that may stand nowhere in a source, comments included: what a person sees would not be what is read. Invariant: offsets
// are those of the text given. Knows nothing of the grammar, nor what is said about a character.

/** What to write instead of a character. */
export type Instead = 'space' | 'line' | 'nothing';

export interface Stray {
  readonly at: number;
  readonly length: number;
  readonly code: number;
  readonly instead: Instead;
}

/** Refused everywhere. The rest of C0 and C1 is to be left out, a separator of lines is LF, a non-breaking space a space. */
const lines = String.raw`\r(?!\n)|[\u000b\u000c\u0085\u2028\u2029]`;
const controls = String.raw`[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]`;
const directions = String.raw`[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]`;
const broken = String.raw`[\ud800-\udfff]`;
const everywhere = new RegExp(`(${lines})|(\\u00a0)|${controls}|${directions}|${broken}`, 'u');

/** Refused where a token should stand: what shows as blank, and what does not show at all. */
const blank = /^(?:[\p{Zs}\u3164\u115f\u1160\u2800]|(\p{Cf}|\p{Co}|\p{Cn}|[\u034f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]))/u;

/** The first character of a text that may not stand in it. */
export function stray(text: string): Stray | undefined {
  const found = everywhere.exec(text);
  if (!found) return undefined;
  const instead = found[1] === undefined ? (found[2] === undefined ? 'nothing' : 'space') : 'line';
  return { at: found.index, length: 1, code: found[0].charCodeAt(0), instead };
}

/** The character at a place where nothing fits, if it cannot be seen. */
export function unseen(text: string, at: number): Stray | undefined {
  const found = blank.exec(text.slice(at, at + 2));
  if (!found || found[0] === ' ') return undefined;
  const code = found[0].codePointAt(0)!;
  return { at, length: found[0].length, code, instead: found[1] === undefined ? 'space' : 'nothing' };
}

const mark = '\ufeff';
/** The text without the byte order mark at its start. */
export const unmarked = (text: string): string => (text.startsWith(mark) ? text.slice(1) : text);
/** The same, with a space for the mark, so that places stay. */
export const spaced = (text: string): string => (text.startsWith(mark) ? ` ${text.slice(1)}` : text);

/** The same, with spaces for comments, so that places stay. Two dashes in the string of an import or of an einsum are the string's; a quoted phrase may have a comment. */
export const uncommented = (text: string): string =>
  text.replace(/(\b(?:import|einsum)(?:\s|--[^\n]*\n)*)("[^"\n]*")|--[^\n]*/g, (found, gap?: string, path?: string) =>
    gap === undefined ? ' '.repeat(found.length) : gap.replace(/--[^\n]*/g, (c) => ' '.repeat(c.length)) + path!,
  );
