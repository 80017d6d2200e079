// Arrays from and to .npy files, and numbers from the command line. Invariant: an output file is written whole; it replaces no file
// but an .npy file, and none of the inputs. Knows no kernels.
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { decodeNpy, encodeNpy, firstNaN, firstNonFinite } from '../codec/npy.js';
import { quoted } from '../diagnostic/clean.js';
import { npyMessage } from '../diagnostic/run.js';
import type { InputArray, OutputArray } from './launch.js';
import { Refused, reasonOf, refuse, writeWhole } from './output.js';

/** The place of an element in an array: (2, 17) */
export function indicesOf(shape: readonly number[], at: number): string {
  const found: number[] = [];
  let rest = at;
  for (const n of [...shape].reverse()) {
    found.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return `(${found.join(', ')})`;
}

function readArray(wire: string, path: string): InputArray {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return refuse(
      `${quoted(path)} for ${quoted(wire)} cannot be read: ${reasonOf(error)}`,
      'check its name and its permissions',
    );
  }
  const decoded = decodeNpy(bytes);
  if (E.isLeft(decoded)) {
    const m = npyMessage(decoded.left);
    throw new Refused({ ...m, headline: `${quoted(path)} for ${quoted(wire)}: ${m.headline}` }, 3);
  }
  const { shape, data } = decoded.right;
  const at = firstNonFinite(data);
  if (at >= 0) {
    const what = firstNaN(data) === at ? 'NaN' : 'an infinity';
    refuse(
      `${quoted(path)} for ${quoted(wire)} has ${what} at ${indicesOf(shape, at)}`,
      'a theorem speaks of real numbers: clean the data first',
    );
  }
  return { shape, data };
}

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);

export interface Given {
  readonly name: string;
  /** undefined: a number */
  readonly path: string | undefined;
  readonly value: InputArray;
}

/** `q=Q.npy`, or `eps=1e-6` */
export function givenOf(text: string): Given {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || value === '') refuse(`${quoted(text)} is no input`, 'write --in WIRE=FILE.npy, or --in WIRE=NUMBER');
  if (!isNumber(value)) return { name, path: value, value: readArray(name, value) };
  if (!Number.isFinite(Number(value)))
    refuse(`${quoted(value)} is too large a number`, 'a theorem speaks of real numbers');
  return { name, path: undefined, value: { shape: [], data: Float64Array.of(Number(value)) } };
}

function startsAsNpy(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(6);
    readSync(file, bytes, 0, 6, 0);
    return bytes.equals(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]));
  } finally {
    closeSync(file);
  }
}

/** Refuses a path that may not be written, before anything is computed. */
export function demandWritable(path: string, inputs: readonly (string | undefined)[]): void {
  if (!existsSync(path)) return;
  const real = realpathSync(path);
  if (inputs.some((i) => i !== undefined && realpathSync(i) === real))
    refuse(`${quoted(path)} is an input`, 'name another file with --out');
  try {
    if (startsAsNpy(path)) return;
  } catch (error) {
    refuse(`${quoted(path)} cannot be replaced: ${reasonOf(error)}`, 'name another file with --out');
  }
  refuse(`${quoted(path)} exists and is no .npy file`, 'name another file with --out, or move that one away');
}

export const writeArray = (path: string, { shape, data }: OutputArray): void =>
  writeWhole(path, encodeNpy({ dtype: 'f4', shape, data }));
