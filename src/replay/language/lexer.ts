/**
 * The text of a statement file as tokens, and the one error of this reader. Invariant: every character belongs to a token, a comment or
 * blank space, and every token knows its place. It does not know the grammar, but which words are no names.
 */
import { Refusal } from '../logic/refusal.js';

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export class ReadError extends Refusal {
  constructor(
    readonly place: Place,
    reason: string,
    declined = false,
  ) {
    super(`${place.path}:${place.line}:${place.column}: ${reason}`, declined);
  }
}

export const fail = (place: Place, reason: string): never => {
  throw new ReadError(place, reason);
};
export const exhausted = (place: Place, reason: string): never => {
  throw new ReadError(place, reason, true);
};

export interface Token extends Place {
  readonly kind: 'name' | 'word' | 'number' | 'string' | 'symbol' | 'end';
  readonly text: string;
  /** nothing but blank space and comments stands before it on its line */
  readonly first: boolean;
}

const CHARACTERS = 1_000_000;
const DIGITS = 1_000;
const BRACKETS = 100;

const WORDS = new Set(
  `import sort def axiom theorem stream over given for let in if then else fold scan map not and or true false exp log sqrt recip
   first repeat position size split concat tile flatten einsum fun id copy del swap diag exchange const add mul neg lt select`.split(
    /\s+/,
  ),
);

/** What may stand nowhere, comments included: controls but tab and the ends of lines, directions, other ends of lines, NBSP, half a pair. */
const STRAY = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff`;

const SHAPES: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', new RegExp(`(?:[ \\t\\n]|\\r\\n|--[^\\n${STRAY}]*)+`, 'uy')],
  ['name', /[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9]))*/y],
  ['number', /[0-9]+(?:\.[0-9]+)?(?:[eE]-?[0-9]{1,3})?(?![A-Za-z0-9_'])/y],
  ['string', /"[ !#-[\]-~]*"/y],
  ['symbol', /:=|->|=>|==|<=|>=|\+\+|[()[\]{},;:+\-*/=<>?]/y],
];

const scan = (text: string, at: number): readonly [Token['kind'] | 'blank', string] | undefined => {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return [kind === 'name' && WORDS.has(found) ? 'word' : kind, found];
  }
  return undefined;
};

/** `U+00A0` for what is not seen or not ASCII, else the sign. */
const named = (text: string, at: number): string => {
  const code = text.codePointAt(at) ?? 0;
  return code > 0x20 && code < 0x7f
    ? String.fromCodePoint(code)
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
};

/** A byte order mark at the start is no part of the text. */
export const tokens = (path: string, whole: string): readonly Token[] => {
  const text = whole.replace(/^\ufeff/, '');
  const found: Token[] = [];
  let [line, start, first, open] = [1, 0, true, 0];
  if (text.length > CHARACTERS) exhausted({ path, line, column: 1 }, 'the file has more than a million characters');
  for (let at = 0; at < text.length;) {
    const place = { path, line, column: at - start + 1 };
    const [kind, piece] =
      scan(text, at) ?? fail(place, `no word, number or sign of the language begins with ${named(text, at)}`);
    if (kind === 'number' && piece.length > DIGITS) exhausted(place, 'the number is too long');
    if (kind === 'symbol') open += /[([{]/.test(piece) ? 1 : /[)\]}]/.test(piece) ? -1 : 0;
    if (open > BRACKETS) exhausted(place, `brackets are nested more than ${BRACKETS} deep`);
    if (kind !== 'blank') found.push({ ...place, kind, text: piece, first });
    first = kind === 'blank' && (first || piece.includes('\n'));
    line += piece.split('\n').length - 1;
    if (piece.includes('\n')) start = at + piece.lastIndexOf('\n') + 1;
    at += piece.length;
  }
  found.push({ path, line, column: text.length - start + 1, kind: 'end', text: 'the end of the file', first: true });
  return found;
};
