// Arrays as NumPy's .npy files: bytes <-> shape and values (f4 and f8, little-endian, C order).
// Invariant: decoding is total; whatever the bytes, the answer is an array whose shape matches its data, or one error of the closed
// union below. It does not know files, wires, or whether a NaN is welcome (`firstNonFinite` tells the caller where one is).
import * as E from 'fp-ts/lib/Either.js';

export type NpyArray =
  | { readonly dtype: 'f4'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'f8'; readonly shape: readonly number[]; readonly data: Float64Array };

export type NpyError =
  | { readonly _tag: 'BadMagic' }
  | { readonly _tag: 'BadVersion'; readonly major: number; readonly minor: number }
  | { readonly _tag: 'BrokenHeader'; readonly detail: string }
  | { readonly _tag: 'FortranOrder' }
  | { readonly _tag: 'UnsupportedDtype'; readonly dtype: string }
  | { readonly _tag: 'ZeroSize'; readonly shape: readonly number[] }
  | { readonly _tag: 'TooLarge'; readonly shape: readonly number[] }
  | { readonly _tag: 'TruncatedData'; readonly expected: number; readonly found: number }
  | { readonly _tag: 'TrailingBytes'; readonly expected: number; readonly found: number };

type Header = { readonly text: string; readonly dataAt: number };
type Meta = { readonly descr: string; readonly fortran: boolean; readonly shape: readonly number[] };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGN = 64;
const ITEM = { f4: 4, f8: 8 } as const;

const broken = (detail: string): E.Either<NpyError, never> => E.left({ _tag: 'BrokenHeader', detail });

/** Finds the header: its length takes 2 bytes in version 1, 4 in versions 2 and 3; version 3 is UTF-8. */
const readHeader = (bytes: Uint8Array): E.Either<NpyError, Header> => {
  if (bytes.length < 8 || MAGIC.some((b, i) => bytes[i] !== b)) return E.left({ _tag: 'BadMagic' });
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if (major < 1 || major > 3 || minor !== 0) return E.left({ _tag: 'BadVersion', major, minor });
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) return broken("the file ends inside the header's length");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) return broken('the file ends inside the header');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length));
  return E.right({ text, dataAt: start + length });
};

type Token = { readonly kind: 'string' | 'word' | 'number' | 'mark'; readonly text: string };

const TOKEN = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|([A-Za-z_]+)|(\d+)L?|([{}()[\],:]))/y;

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
const shapeOf = (value: readonly Token[]): number[] | undefined => {
  const inner = value.slice(1, -1);
  if (!isMark(value[0], '(') || !isMark(value.at(-1), ')') || value.length < 2) return undefined;
  const wellFormed = inner.every((t, i) => (i % 2 === 0 ? t.kind === 'number' : isMark(t, ',')));
  if (!wellFormed || inner.length === 1) return undefined;
  return inner.filter((t) => t.kind === 'number').map((t) => Number(t.text));
};

const parseMeta = (text: string): E.Either<NpyError, Meta> => {
  const entries = dict(tokens(text) ?? []);
  if (entries === undefined) return broken('not a Python dict of strings');
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => entries.get(key));
  if (descr === undefined || order === undefined || shape === undefined || entries.size !== 3)
    return broken('its keys are not descr, fortran_order and shape');
  const fortran = order.length === 1 && order[0]!.kind === 'word' ? order[0]!.text : '';
  if (fortran !== 'True' && fortran !== 'False') return broken('fortran_order is not True or False');
  const sizes = shapeOf(shape);
  if (sizes === undefined) return broken('shape is not a tuple of sizes');
  const dtype = descr.length === 1 && descr[0]!.kind === 'string' ? descr[0]!.text : undefined;
  if (dtype === undefined) return E.left({ _tag: 'UnsupportedDtype', dtype: descr.map((t) => t.text).join('') });
  return E.right({ descr: dtype, fortran: fortran === 'True', shape: sizes });
};

const dtypeOf = (descr: string): 'f4' | 'f8' | undefined =>
  descr === '<f4' ? 'f4' : descr === '<f8' ? 'f8' : undefined;

/** Values from little-endian bytes, on a machine of either order. */
const values = (dtype: 'f4' | 'f8', bytes: Uint8Array, count: number): Float32Array | Float64Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = dtype === 'f4' ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = dtype === 'f4' ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true);
  return out;
};

export const decodeNpy = (bytes: Uint8Array): E.Either<NpyError, NpyArray> => {
  const header = readHeader(bytes);
  if (E.isLeft(header)) return header;
  const meta = parseMeta(header.right.text);
  if (E.isLeft(meta)) return meta;
  const { descr, fortran, shape } = meta.right;
  const dtype = dtypeOf(descr);
  if (dtype === undefined) return E.left({ _tag: 'UnsupportedDtype', dtype: descr });
  if (fortran) return E.left({ _tag: 'FortranOrder' });
  if (shape.includes(0)) return E.left({ _tag: 'ZeroSize', shape });
  const count = shape.reduce((n, size) => n * size, 1);
  const [expected, found] = [count * ITEM[dtype], bytes.length - header.right.dataAt];
  if (!Number.isSafeInteger(expected)) return E.left({ _tag: 'TooLarge', shape });
  if (found < expected) return E.left({ _tag: 'TruncatedData', expected, found });
  if (found > expected) return E.left({ _tag: 'TrailingBytes', expected, found });
  const data = values(dtype, bytes.subarray(header.right.dataAt), count);
  return E.right(data instanceof Float32Array ? { dtype: 'f4', shape, data } : { dtype: 'f8', shape, data });
};

const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** The bytes of an array whose shape matches its data: version 1, or 2 where the header needs it; data starts at a multiple of 64. */
export const encodeNpy = (array: NpyArray): Uint8Array => {
  const meta = `{'descr': '<${array.dtype}', 'fortran_order': False, 'shape': ${shapeText(array.shape)}, }`;
  const long = meta.length + ALIGN + 10 > 0xffff;
  const start = long ? 12 : 10;
  const dataAt = Math.ceil((start + meta.length + 1) / ALIGN) * ALIGN;
  const bytes = new Uint8Array(dataAt + array.data.length * ITEM[array.dtype]);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, long ? 2 : 1, 0]);
  if (long) view.setUint32(8, dataAt - start, true);
  else view.setUint16(8, dataAt - start, true);
  bytes.set(new TextEncoder().encode(`${meta.padEnd(dataAt - start - 1)}\n`), start);
  array.data.forEach((v, i) =>
    array.dtype === 'f4' ? view.setFloat32(dataAt + 4 * i, v, true) : view.setFloat64(dataAt + 8 * i, v, true),
  );
  return bytes;
};

/** Where the first NaN or infinity stands, as an index into the data in C order; -1 if there is none. */
export const firstNonFinite = (data: Float32Array | Float64Array): number => data.findIndex((v) => !Number.isFinite(v));

/** Where the first NaN stands; -1 if there is none. */
export const firstNaN = (data: Float32Array | Float64Array): number => data.findIndex((v) => Number.isNaN(v));
