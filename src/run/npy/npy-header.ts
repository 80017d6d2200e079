// The header of an .npy file: the text of a Python dict -> type, order and shape. Invariant: total; whatever the text, an answer or one error
// of the union. It does not know files or values.
import * as E from 'fp-ts/lib/Either.js';
import { type Kind, kindOf } from './npy-type.js';

export type HeaderError =
  | { readonly _tag: 'BrokenHeader'; readonly detail: string }
  | { readonly _tag: 'BadSize'; readonly size: string; readonly why: 'negative' | 'not whole' }
  | { readonly _tag: 'UnsupportedDtype'; readonly dtype: string };

export type Meta = { readonly kind: Kind; readonly fortran: boolean; readonly shape: readonly number[] };

const broken = (detail: string): E.Either<HeaderError, never> => E.left({ _tag: 'BrokenHeader', detail });

type Token = { readonly kind: 'string' | 'word' | 'number' | 'mark'; readonly text: string };

const TOKEN =
  /\s*(?:[uU]?'([^'\\]*)'|[uU]?"([^"\\]*)"|([A-Za-z_]+)|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)L?|([{}()[\],:]))/y;

const tokens = (text: string): Token[] | undefined => {
  const out: Token[] = [];
  const source = text.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < source.length;) {
    const found = TOKEN.exec(source);
    if (found === null) return undefined;
    const [, single, double, word, digits, mark] = found;
    if (word !== undefined) out.push({ kind: 'word', text: word });
    else if (digits !== undefined) out.push({ kind: 'number', text: digits });
    else if (mark !== undefined) out.push({ kind: 'mark', text: mark });
    else out.push({ kind: 'string', text: single ?? double ?? '' });
  }
  return out;
};

const isMark = (token: Token | undefined, text: string): boolean => token?.kind === 'mark' && token.text === text;

/** One value of the dict from token i on: its raw tokens, and where it ends (a comma or brace outside brackets). */
const valueEnd = (all: readonly Token[], from: number): number => {
  let depth = 0;
  let i = from;
  for (; i < all.length; i++) {
    if (depth === 0 && (isMark(all[i], ',') || isMark(all[i], '}'))) break;
    if (isMark(all[i], '(') || isMark(all[i], '[')) depth++;
    if (isMark(all[i], ')') || isMark(all[i], ']')) depth--;
  }
  return i;
};

/** The Python dict literal as key -> tokens, or undefined: `{'a': v, 'b': v, }`. */
const dict = (all: readonly Token[]): Map<string, readonly Token[]> | undefined => {
  const entries = new Map<string, readonly Token[]>();
  if (!isMark(all[0], '{')) return undefined;
  let i = 1;
  while (!isMark(all[i], '}')) {
    const key = all[i];
    if (key?.kind !== 'string' || entries.has(key.text) || !isMark(all[i + 1], ':')) return undefined;
    const end = valueEnd(all, i + 2);
    entries.set(key.text, all.slice(i + 2, end));
    if (!isMark(all[end], ',') && !isMark(all[end], '}')) return undefined;
    i = isMark(all[end], ',') ? end + 1 : end;
  }
  return i === all.length - 1 ? entries : undefined;
};

/** A tuple of sizes: `()`, `(3,)`, `(3, 4)`, `(3, 4,)`. `(3)` is a number in Python, not a tuple. */
const sizesIn = (value: readonly Token[]): string[] | undefined => {
  const inner = value.slice(1, -1);
  if (!isMark(value[0], '(') || !isMark(value.at(-1), ')') || value.length < 2) return undefined;
  const wellFormed = inner.every((t, i) => (i % 2 === 0 ? t.kind === 'number' : isMark(t, ',')));
  if (!wellFormed || inner.length === 1) return undefined;
  return inner.filter((t) => t.kind === 'number').map((t) => t.text);
};

const shapeOf = (value: readonly Token[]): E.Either<HeaderError, number[]> => {
  const sizes = sizesIn(value);
  if (sizes === undefined) return broken('shape is not a tuple of sizes');
  const fraction = sizes.find((s) => !/^[+-]?\d+$/.test(s));
  if (fraction !== undefined) return E.left({ _tag: 'BadSize', size: fraction, why: 'not whole' });
  const negative = sizes.find((s) => Number(s) < 0);
  if (negative !== undefined) return E.left({ _tag: 'BadSize', size: negative, why: 'negative' });
  return E.right(sizes.map((s) => Math.abs(Number(s)))); // -0 is 0
};

export const parseMeta = (text: string): E.Either<HeaderError, Meta> => {
  const entries = dict(tokens(text) ?? []);
  if (entries === undefined) return broken('not a Python dict of strings');
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => entries.get(key));
  if (descr === undefined || order === undefined || shape === undefined || entries.size !== 3)
    return broken('its keys are not descr, fortran_order and shape');
  const fortran = order.length === 1 && order[0]!.kind === 'word' ? order[0]!.text : '';
  if (fortran !== 'True' && fortran !== 'False') return broken('fortran_order is not True or False');
  const sizes = shapeOf(shape);
  if (E.isLeft(sizes)) return sizes;
  const dtype = descr.map((t) => t.text).join('');
  const kind = descr.length === 1 && descr[0]!.kind === 'string' ? kindOf(dtype) : undefined;
  if (kind === undefined) return E.left({ _tag: 'UnsupportedDtype', dtype });
  return E.right({ kind, fortran: fortran === 'True', shape: sizes.right });
};
