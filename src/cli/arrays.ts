// Arrays from and to .npy files, and numbers from the command line. Invariant: an output file is written whole; it replaces no file
// but an .npy file, none of the inputs and no other output. Knows no kernels.
import * as E from 'fp-ts/lib/Either.js';
import { type NpyArray, type NpyError, firstNaN, firstNonFinite, npyPieces, readNpy } from '../run/npy/npy.js';
import { quoted } from '../language/print/clean.js';
import { npyMessage } from '../diagnostic/run.js';
import type { InputArray, OutputArray } from '../run/launch/launch.js';
import { Refused, reasonOf, refuse } from '../diagnostic/refused.js';
import { type Place, demandApart, isAt, placeOf } from './place.js';
import { isStandardInput, reading } from './source.js';
import { firstBytes, writeWhole } from './write.js';

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
  let decoded: E.Either<NpyError, NpyArray>;
  try {
    decoded = reading(path, readNpy);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse(
      `${quoted(path)} for ${quoted(wire)} cannot be read: ${reasonOf(error)}`,
      'check its name and its permissions',
    );
  }
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
function givenOf(text: string): Given {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || value === '') refuse(`${quoted(text)} is no input`, 'write --in WIRE=FILE.npy, or --in WIRE=NUMBER');
  if (!isNumber(value)) return { name, path: value, value: readArray(name, value) };
  if (!Number.isFinite(Number(value)))
    refuse(`${quoted(value)} is too large a number`, 'a theorem speaks of real numbers');
  if (Number(value) === 0 && /[1-9]/.test(value.replace(/e.*/i, '')))
    refuse(`${quoted(value)} is too small a number: it would be 0`, 'write 0 where 0 is meant');
  return { name, path: undefined, value: { shape: [], data: Float64Array.of(Number(value)) } };
}

/** `--in`, each wire once, standard input at most once. */
export function givenInputs(texts: readonly string[]): readonly Given[] {
  const names = texts.map((t) => t.slice(0, Math.max(0, t.indexOf('='))));
  const twice = names.find((n, i) => n !== '' && names.indexOf(n) < i);
  if (twice !== undefined) refuse(`the wire ${quoted(twice)} is given twice`, 'write each --in once');
  const standard = texts.filter((t, i) => isStandardInput(t.slice(names[i]!.length + 1)));
  if (standard.length > 1)
    refuse(
      `${quoted(standard[0]!)} and ${quoted(standard[1]!)} both read standard input`,
      'name a file for one of them',
    );
  return texts.map(givenOf);
}

const MAGIC = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]);

/** Refuses a place that may not be written, before anything is computed. */
function demandWritable(place: Place, inputs: readonly string[]): void {
  if (inputs.some((i) => isAt(place, i))) refuse(`${quoted(place.path)} is an input`, 'name another file with --out');
  if (place._tag === 'Stream' || place.stats === undefined) return;
  let start = Buffer.alloc(0);
  try {
    start = Buffer.from(firstBytes(place.real, MAGIC.length));
  } catch (error) {
    refuse(`${quoted(place.path)} cannot be replaced: ${reasonOf(error)}`, 'name another file with --out');
  }
  if (!start.equals(MAGIC))
    refuse(
      `${quoted(place.path)} exists and is not an .npy file`,
      'name another file with --out, or move that one away',
    );
}

/** `--out`, no two to one place. */
export function outputPlaces(paths: readonly string[], given: readonly Given[]): readonly Place[] {
  const inputs = given.flatMap((g) => (g.path === undefined ? [] : [g.path]));
  const places = paths.map((path) => placeOf(path, '--out'));
  demandApart(places, '--out');
  places.forEach((p) => demandWritable(p, inputs));
  return places;
}

export const writeArray = (place: Place, { shape, data }: OutputArray): void =>
  writeWhole(place, npyPieces({ dtype: 'f4', shape, data }));
