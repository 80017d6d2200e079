// Arrays as NumPy's .npy files: bytes <-> shape and values, float32 or float64 (halves and integers where float32 has them exactly).
// Invariant: decoding is total; whatever the bytes, the answer is an array whose shape matches its data, or one error of the closed
// union below. It does not know files, wires, or whether a NaN is welcome (`firstNonFinite` tells the caller where one is).
import * as E from 'fp-ts/lib/Either.js';
import { type HeaderError, parseMeta } from './npy-header.js';
import { type Kind, convert, isLittleEndian, isPlain } from './npy-type.js';

export type NpyArray =
  | { readonly dtype: 'f4'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'f8'; readonly shape: readonly number[]; readonly data: Float64Array };

export type NpyError =
  | { readonly _tag: 'BadMagic' }
  | { readonly _tag: 'BadVersion'; readonly major: number; readonly minor: number }
  | HeaderError
  | { readonly _tag: 'FortranOrder' }
  | { readonly _tag: 'NotExact'; readonly index: number; readonly value: string }
  | { readonly _tag: 'ZeroSize'; readonly shape: readonly number[] }
  | { readonly _tag: 'TooLarge'; readonly shape: readonly number[] }
  | { readonly _tag: 'TruncatedData'; readonly expected: number; readonly found: number }
  | { readonly _tag: 'TrailingBytes'; readonly expected: number; readonly found: number | undefined };

type Header = { readonly text: string; readonly dataAt: number };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGN = 64;
/** Far longer than the header of any array: what claims more is no array. */
const LONGEST_HEADER = 1 << 20;

const broken = (detail: string): E.Either<NpyError, never> => E.left({ _tag: 'BrokenHeader', detail });

/** Finds the header: its length takes 2 bytes in version 1, 4 in versions 2 and 3; version 3 is UTF-8. */
const readHeader = (source: Source): E.Either<NpyError, Header> => {
  const start = take(source, 8);
  if (start.length < 8 || MAGIC.some((b, i) => start[i] !== b)) return E.left({ _tag: 'BadMagic' });
  const [major, minor] = [start[6]!, start[7]!];
  if (major < 1 || major > 3 || minor !== 0) return E.left({ _tag: 'BadVersion', major, minor });
  const lengthBytes = take(source, major === 1 ? 2 : 4);
  if (lengthBytes.length < (major === 1 ? 2 : 4)) return broken("the file ends inside the header's length");
  const length = lengthBytes.reduceRight((n, b) => n * 256 + b, 0);
  if (length > LONGEST_HEADER) return broken(`its length is ${length} bytes`);
  const bytes = take(source, length);
  if (bytes.length < length) return broken('the file ends inside the header');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes);
  return E.right({ text, dataAt: start.length + lengthBytes.length + length });
};

/** What an array is read from, in order: `read` fills what it is given as far as there is something. */
export interface Source {
  /** all bytes that there are, where that is known */
  readonly size?: number | undefined;
  readonly read: (into: Uint8Array) => number;
}

/** Exactly so many bytes, or fewer where the source ends. */
const take = (source: Source, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, source.read(bytes));
};

/** Bytes read at once, and elements written at once: an array has more bytes than a view of bytes may have. */
const PIECE = 1 << 24;

/** The values, in pieces. */
const fill = (source: Source, kind: Kind, out: Float32Array | Float64Array, piece: number): NpyError | undefined => {
  const expected = out.length * kind.bytes;
  const ended = (found: number): NpyError => ({ _tag: 'TruncatedData', expected, found });
  for (let at = 0; at < expected;) {
    const length = Math.min(piece, expected - at);
    if (isPlain(kind)) {
      const found = source.read(new Uint8Array(out.buffer, at, length));
      if (found < length) return ended(at + found);
      at += length;
      continue;
    }
    const bytes = take(source, length);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % kind.bytes));
    const inexact = convert(kind, whole, out, at / kind.bytes);
    if (inexact) return { _tag: 'NotExact', ...inexact };
    if (bytes.length < length) return ended(at + bytes.length);
    at += bytes.length;
  }
  return undefined;
};

/** An array of one axis, all others of size 1, lies the same way in both orders. */
const isOrdered = (shape: readonly number[]): boolean => shape.filter((n) => n > 1).length > 1;

/** Room for the values, or undefined where the machine has none. */
const room = (kind: Kind, count: number): Float32Array | Float64Array | undefined => {
  try {
    return kind.type === 'f' && kind.bytes === 8 ? new Float64Array(count) : new Float32Array(count);
  } catch {
    return undefined;
  }
};

/** The array that a source holds, to its end; in pieces of so many bytes, a multiple of 8. */
export const readNpy = (source: Source, piece = PIECE): E.Either<NpyError, NpyArray> => {
  const header = readHeader(source);
  if (E.isLeft(header)) return header;
  const meta = parseMeta(header.right.text);
  if (E.isLeft(meta)) return meta;
  const { kind, fortran, shape } = meta.right;
  if (fortran && isOrdered(shape)) return E.left({ _tag: 'FortranOrder' });
  if (shape.includes(0)) return E.left({ _tag: 'ZeroSize', shape });
  const count = shape.reduce((n, size) => n * size, 1);
  const expected = count * kind.bytes;
  if (!Number.isSafeInteger(expected)) return E.left({ _tag: 'TooLarge', shape });
  const known = source.size === undefined ? undefined : source.size - header.right.dataAt;
  if (known !== undefined && known < expected) return E.left({ _tag: 'TruncatedData', expected, found: known });
  if (known !== undefined && known > expected) return E.left({ _tag: 'TrailingBytes', expected, found: known });
  const data = room(kind, count);
  if (data === undefined) return E.left({ _tag: 'TooLarge', shape });
  const fault = fill(source, kind, data, piece);
  if (fault) return E.left(fault);
  const rest = take(source, 1).length;
  if (rest > 0) return E.left({ _tag: 'TrailingBytes', expected, found: undefined });
  return E.right(data instanceof Float32Array ? { dtype: 'f4', shape, data } : { dtype: 'f8', shape, data });
};

/** The same, of bytes in hand. */
export const decodeNpy = (bytes: Uint8Array): E.Either<NpyError, NpyArray> => {
  let at = 0;
  const read = (into: Uint8Array): number => {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    at += piece.length;
    return piece.length;
  };
  return readNpy({ size: bytes.length, read });
};

const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** The header of an array: version 1, or 2 where the header needs it; data starts at a multiple of 64. */
const headerOf = (array: NpyArray): Uint8Array => {
  const meta = `{'descr': '<${array.dtype}', 'fortran_order': False, 'shape': ${shapeText(array.shape)}, }`;
  const long = meta.length + ALIGN + 10 > 0xffff;
  const start = long ? 12 : 10;
  const dataAt = Math.ceil((start + meta.length + 1) / ALIGN) * ALIGN;
  const bytes = new Uint8Array(dataAt);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, long ? 2 : 1, 0]);
  if (long) view.setUint32(8, dataAt - start, true);
  else view.setUint16(8, dataAt - start, true);
  bytes.set(new TextEncoder().encode(`${meta.padEnd(dataAt - start - 1)}\n`), start);
  return bytes;
};

/** Little-endian bytes of some values, on a machine of either order. */
const bytesOf = (data: Float32Array | Float64Array): Uint8Array => {
  const own = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isLittleEndian) return own;
  const turned = Uint8Array.from(own);
  for (let i = 0; i < turned.length; i += data.BYTES_PER_ELEMENT)
    turned.subarray(i, i + data.BYTES_PER_ELEMENT).reverse();
  return turned;
};

/** The bytes of an array whose shape matches its data, in pieces of so many elements. */
export function* npyPieces(array: NpyArray, piece = PIECE): Generator<Uint8Array> {
  yield headerOf(array);
  for (let at = 0; at < array.data.length; at += piece) yield bytesOf(array.data.subarray(at, at + piece));
}

/** The same, in one. */
export const encodeNpy = (array: NpyArray): Uint8Array => {
  const pieces = [...npyPieces(array)];
  const bytes = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
  pieces.reduce((at, p) => (bytes.set(p, at), at + p.length), 0);
  return bytes;
};

/** Where the first value is that fails, as an index into the data in C order; -1 if there is none. */
const firstWhere = (data: Float32Array | Float64Array, isFault: (v: number) => boolean): number => {
  for (let i = 0; i < data.length; i++) if (isFault(data[i]!)) return i;
  return -1;
};

/** Where the first NaN or infinity stands, as an index into the data in C order; -1 if there is none. */
export const firstNonFinite = (data: Float32Array | Float64Array): number =>
  firstWhere(data, (v) => !Number.isFinite(v));

/** Where the first NaN stands; -1 if there is none. */
export const firstNaN = (data: Float32Array | Float64Array): number => firstWhere(data, Number.isNaN);
