// The options of `extract`, `run` and `check` as a program gives them: from any value to a schedule, or to nothing but a refusal. Invariant: what is not known is refused, never ignored; an
// option means what it means on the command line. Knows no streams.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { clean, listed, quoted, shortened } from '../language/print/clean.js';
import { near } from '../language/elaborate/scope.js';
import { nearest } from '../diagnostic/message.js';
import type { Target } from '../kernel/ir/program.js';
import { refuse } from '../diagnostic/refused.js';

export interface ExtractOptions {
  readonly target: Target;
  /** tile sizes by axis */
  readonly tiles?: Readonly<Record<string, number>> | undefined;
  /** how many elements of a tile one lane holds, by axis */
  readonly perLane?: Readonly<Record<string, number>> | undefined;
  /** how many lanes lie along the streamed axis; none by default */
  readonly lanes?: Readonly<Record<string, number>> | undefined;
  /** inner axes that are multiples of their tiles */
  readonly whole?: readonly string[] | undefined;
  /** where the ragged tile of the streamed axis stands; default: first */
  readonly ragged?: 'first' | 'last' | undefined;
  /** whether one number counts all blocks, for grids that are longer in a dimension than a device takes; default: false */
  readonly fold?: boolean | undefined;
  /** sizes by axis of the arrays to come, where they are known: tiles that are not named suit them; the kernel is right for all others too */
  readonly sizes?: Readonly<Record<string, number>> | undefined;
}

/** What `extract` of extract/extract.ts takes. */
export interface Schedule {
  readonly target: Target;
  readonly tiles: ReadonlyMap<string, number>;
  readonly perLane: ReadonlyMap<string, number>;
  readonly lanes: ReadonlyMap<string, number>;
  readonly whole: ReadonlySet<string>;
  readonly ragged: 'first' | 'last';
  readonly fold: boolean;
  readonly sizes: ReadonlyMap<string, number>;
}

/** An object as a literal makes it: of a Map, or of what an object inherits, nothing would be read. */
function isPlain(u: unknown): u is object {
  if (typeof u !== 'object' || u === null) return false;
  const from: unknown = Object.getPrototypeOf(u);
  return from === null || Object.getPrototypeOf(from) === null;
}
const record = t.record(t.string, t.number);
const sizes = new t.Type<Record<string, number>>(
  'sizes by axis',
  (u): u is Record<string, number> => isPlain(u) && record.is(u),
  (u, c) => (isPlain(u) ? record.validate(u, c) : t.failure(u, c)),
  t.identity,
);
const FIELDS = {
  target: t.keyof({ wgsl: null, cuda: null, host: null }),
  tiles: t.union([sizes, t.undefined]),
  perLane: t.union([sizes, t.undefined]),
  lanes: t.union([sizes, t.undefined]),
  whole: t.union([t.readonlyArray(t.string), t.undefined]),
  ragged: t.union([t.keyof({ first: null, last: null }), t.undefined]),
  fold: t.union([t.boolean, t.undefined]),
  sizes: t.union([sizes, t.undefined]),
};
const options = t.intersection([
  t.type({ target: FIELDS.target }),
  t.partial({
    tiles: FIELDS.tiles,
    perLane: FIELDS.perLane,
    lanes: FIELDS.lanes,
    whole: FIELDS.whole,
    ragged: FIELDS.ragged,
    fold: FIELDS.fold,
    sizes: FIELDS.sizes,
  }),
]);

const WANTED: Readonly<Record<keyof typeof FIELDS, string>> = {
  target: "'wgsl', 'cuda' or 'host'",
  tiles: 'sizes by axis, such as { q: 32, k: 16 }',
  perLane: 'sizes by axis, such as { q: 8 }',
  lanes: 'sizes by axis, such as { n: 32 }',
  whole: "names of axes, such as ['d']",
  ragged: "'first' or 'last'",
  fold: 'true or false',
  sizes: 'sizes by axis, such as { e: 38 }',
};
const NAMES = Object.keys(FIELDS) as readonly (keyof typeof FIELDS)[];

const shown = (value: unknown): string => {
  try {
    return shortened(JSON.stringify(value) ?? String(value), 80);
  } catch {
    return typeof value;
  }
};

/** The fields of an object of options, in words: what a value of each is. */
type Fields = Readonly<Record<string, { readonly type: t.Mixed; readonly wanted: string }>>;

/** The first field that is not what it should be. */
function fault(value: object, fields: Fields): never {
  const of = value as Record<string, unknown>;
  const wrong = Object.keys(fields).find((n) => E.isLeft(fields[n]!.type.decode(of[n]))) ?? '';
  return refuse(
    `the option ${quoted(wrong)} cannot be ${shown(of[wrong])}`,
    `give ${fields[wrong]?.wanted ?? 'another'}`,
  );
}

/** Refuses what is no object, has an option that there is not, or one of another kind. */
function demandFields(value: unknown, fields: Fields, example: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`the options cannot be ${shown(value)}`, `give an object such as ${example}`);
  const names = Object.keys(fields);
  const unknown = Object.keys(value as object).find((k) => !names.includes(k));
  if (unknown !== undefined)
    refuse(
      `there is no option ${quoted(unknown)}`,
      nearest(near(unknown, names).map(quoted), `the options are ${listed(names.map(clean))}`),
    );
  if (names.some((n) => E.isLeft(fields[n]!.type.decode((value as Record<string, unknown>)[n]))))
    fault(value as object, fields);
}

const orUndefined = (type: t.Mixed): t.Mixed => t.union([type, t.undefined]);
/** A GPU that `openGpu` made: an object, whatever it has. */
const RUN: Fields = {
  check: { type: FIELDS.fold, wanted: 'true or false' },
  elements: { type: FIELDS.fold, wanted: 'true or false' },
  gpu: { type: orUndefined(t.UnknownRecord), wanted: 'what `openGpu()` resolves to' },
  sizes: { type: FIELDS.tiles, wanted: 'sizes by axis, such as { b: 4 }' },
};
const CHECK: Fields = {
  axioms: { type: orUndefined(t.literal('library')), wanted: "'library', or leave it out" },
  only: { type: orUndefined(t.readonlyArray(t.string)), wanted: "names, such as ['mine']" },
};

export const demandRunOptions = (value: unknown): void => demandFields(value, RUN, '{ check: true }');
export const demandCheckOptions = (value: unknown): void =>
  demandFields(value, CHECK, "{ axioms: 'library', only: ['mine'] }");

const EXTRACT: Fields = Object.fromEntries(NAMES.map((n) => [n, { type: FIELDS[n], wanted: WANTED[n] }]));

/** The schedule that a value asks for; whatever it is, a Schedule or a refusal. */
export function optionsOf(value: unknown): Schedule {
  demandFields(value, EXTRACT, "{ target: 'wgsl' }");
  const decoded = options.decode(value);
  if (E.isLeft(decoded)) return fault(value, EXTRACT);
  const { target, tiles, perLane, lanes, whole, ragged, fold, sizes: known } = decoded.right;
  return {
    target,
    tiles: new Map(Object.entries(tiles ?? {})),
    perLane: new Map(Object.entries(perLane ?? {})),
    lanes: new Map(Object.entries(lanes ?? {})),
    whole: new Set(whole ?? []),
    ragged: ragged ?? 'first',
    fold: demandFoldable(fold ?? false, target),
    sizes: new Map(Object.entries(known ?? {})),
  };
}

/** The host counts blocks itself: there is nothing to fold. */
export function demandFoldable(fold: boolean, target: Target): boolean {
  if (fold && target === 'host')
    refuse('the host has no grid to fold', 'leave the option out, or choose the target wgsl or cuda');
  return fold;
}
