// One stream under one schedule: extracted, validated and printed for the targets, run, and compared with the statement under the forward bound of the
// kernel. Invariant: a refusal is a fact with a code; whatever throws, and whatever is over its bound, is a failure. It does not know how streams are made.
import * as E from 'fp-ts/lib/Either.js';
import { type ExtractError, type Extracted, extract } from '../../../src/kernel/extract/extract.js';
import { runHost } from '../../../src/run/device/host.js';
import type { Options } from '../../../src/kernel/schedule/schedule.js';
import type { Library } from '../../../src/proof/script/check.js';
import type { Case } from '../../target/kernels/case.js';
import { type Run, type Text, measure, textFor } from '../../target/kernels/property.js';
import type { Target } from '../../../src/kernel/emit/emit.js';
import { type Expr, children, pick } from './expression.js';
import { type Program, exprsOf, parts } from './program.js';

export interface Schedule {
  readonly tiles: Readonly<Record<string, number>>;
  readonly ragged: 'first' | 'last';
  /** how many elements of a result's tile a lane holds */
  readonly perLane?: Readonly<Record<string, number>>;
  /** inner axes that are multiples of their tiles */
  readonly whole?: readonly string[];
}

export type Runners = Partial<Readonly<Record<Target, Run>>>;
export const HOST: Runners = { host: runHost };

export interface Failure {
  readonly _tag: 'Failed';
  /** what a smaller failure must share */
  readonly key: string;
  readonly detail: string;
}
export type Made =
  | { readonly _tag: 'Made'; readonly kernel: Extracted }
  | { readonly _tag: 'Refused'; readonly code: string; readonly where: string }
  | Failure;
export type Ran =
  { readonly _tag: 'Ran'; readonly ratio: number; readonly target: Target } | { readonly _tag: 'Unbounded' } | Failure;

export function codeOf(e: ExtractError): string {
  switch (e._tag) {
    case 'Lower':
      return `Lower ${e.error.code}`;
    case 'Invalid':
      return `Invalid ${e.error.code}`;
    case 'Memory':
      return `Memory ${e.error.level}`;
    case 'Schedule':
      return `Schedule ${e.fact._tag}`;
    default:
      return e._tag;
  }
}

const measured = (e: Expr): readonly string[] => [
  ...(e._tag === 'Size' || e._tag === 'Position' ? [e.axis] : []),
  ...children(e).flatMap(measured),
];
const bound = (e: Expr): readonly string[] => [...(e._tag === 'Inner' ? [e.axis] : []), ...children(e).flatMap(bound)];

/**
 * What says no, and may: an axis of the result whose size or position is read, or that is summed over as well, is not woven; a state over an axis that is no
 * axis of the result has no place; a block may not fit the target.
 */
export function isKnown(code: string, p: Program): boolean {
  const along = [p.kept, p.outputs].flatMap((a) => (a ? [a.body] : []));
  const all = [...p.finals, ...along, ...p.components.flatMap(exprsOf)];
  const inResult = (axes: readonly string[]): boolean => axes.some((a) => p.result.includes(a));
  if (code.startsWith('Schedule ')) return inResult([...all.flatMap(measured), ...all.flatMap(bound)]);
  if (code === 'Lower L-STATE')
    return p.components.some((c) => parts(c).some((x) => x.axes.some((a) => !p.result.includes(a))));
  return code === 'Memory private' || code === 'Memory workgroup';
}

const place = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 400) : String(error);
const failed = (key: string, detail: string): Failure => ({ _tag: 'Failed', key, detail });

export function made(library: Library, p: Program, target: Target, schedule: Schedule): Made {
  const found = extracted(library, p.name, target, schedule);
  return found._tag === 'Refused' && !isKnown(found.code, p) ? failed(`refused: ${found.code}`, found.where) : found;
}

export const optionsOf = ({ tiles, ragged, perLane = {}, whole = [] }: Schedule): Options => ({
  tiles: new Map(Object.entries(tiles)),
  ragged,
  perLane: new Map(Object.entries(perLane)),
  whole: new Set(whole),
});

/** Whatever the refusal. */
export function extracted(library: Library, name: string, target: Target, { tiles, ragged }: Schedule): Made {
  try {
    const found = extract(library, name, target, { tiles: new Map(Object.entries(tiles)), ragged });
    if (E.isRight(found)) return { _tag: 'Made', kernel: found.right };
    const code = codeOf(found.left);
    const { error } = found.left as { readonly error?: { readonly where?: string } };
    return { _tag: 'Refused', code, where: error?.where ?? '' };
  } catch (error) {
    return failed('extraction throws', place(error));
  }
}

export const textsFor = (kernel: Extracted, runners: Runners): readonly Text[] =>
  (Object.entries(runners) as [Target, Run][]).map(([target, run]) => textFor(kernel, target, run));

/** Every text on the same inputs. */
export async function ran(texts: readonly Text[], c: Case): Promise<readonly Ran[]> {
  try {
    const found = await measure(texts, c);
    if (!found) return [{ _tag: 'Unbounded' }];
    return found.map(({ target, off }): Ran => {
      const { ratio } = off;
      return ratio <= 1
        ? { _tag: 'Ran', ratio, target }
        : failed(`${target}: over its bound`, `${ratio} times its bound`);
    });
  } catch (error) {
    const why = place(error);
    return [failed(/^Error: (\w+): \{"_tag":"(\w+)"/.exec(why)?.slice(1).join(': ') ?? 'running throws', why)];
  }
}

// ---- random schedules and sizes ----------------------------------------------------------------------------------------

/** Tiles of most axes; lanes share some of those of the result, and some inner axes are multiples of theirs. */
export function schedule(next: () => number, axes: readonly string[], result: readonly string[]): Schedule {
  const all = result.length === 0 ? [...axes, 'batch'] : axes;
  const drawn = all.flatMap((a) => (next() < 0.85 ? [[a, 1 + Math.floor(next() * 9)] as const] : []));
  const ragged = next() < 0.5 ? 'first' : 'last';
  const each = drawn.flatMap(([a, n]) =>
    result.includes(a) && next() < 0.4 ? [[a, pick(next, divisors(n))] as const] : [],
  );
  const inner = drawn.flatMap(([a]) => (a === 'n' || a === 'batch' || result.includes(a) ? [] : [a]));
  const whole = inner.filter(() => next() < 0.3);
  return { tiles: Object.fromEntries(drawn), ragged, perLane: Object.fromEntries(each), whole };
}
const divisors = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);

/** Without what its tiles, made smaller, no longer have. */
export const fitting = ({ tiles, ragged, perLane = {}, whole = [] }: Schedule): Schedule => ({
  tiles,
  ragged,
  perLane: Object.fromEntries(Object.entries(perLane).filter(([a, k]) => (tiles[a] ?? 1) % k === 0 && a in tiles)),
  whole: whole.filter((a) => a in tiles),
});

const ELEMENTS = 6000;

/** Sizes around the borders of tiles, pairwise distinct but for 1; few enough elements for the reference. */
export function sizes(next: () => number, axes: readonly string[], { tiles, whole = [] }: Schedule): Case {
  const used = new Set<number>();
  let left = ELEMENTS;
  const one = (axis: string): number => {
    const b = tiles[axis] ?? 4;
    if (whole.includes(axis)) return b * pick(next, [1, 1, 2, 3]);
    let n = Math.max(
      1,
      pick(next, [1, b - 1, b, b + 1, 2 * b + 1, 1 + Math.floor(next() * 12), 1 + Math.floor(next() * 12)]),
    );
    while (n > 1 && used.has(n)) n += 1;
    n = Math.max(1, Math.min(n, Math.floor(left)));
    used.add(n);
    left /= n;
    return n;
  };
  const own = Object.fromEntries([...axes].sort(() => next() - 0.5).map((a) => [a, one(a)]));
  const leading = pick(next, [[], [], [2], [3], [2, 2]]);
  return { sizes: own, leading, seed: Math.floor(next() * 1e9), scale: pick(next, [0.5, 1, 2]) };
}
/** Every size 1, or as small as the schedule takes. */
export const onesFor = (axes: readonly string[], seed: number, { tiles, whole = [] }: Schedule): Case => ({
  sizes: Object.fromEntries(axes.map((a) => [a, whole.includes(a) ? tiles[a]! : 1])),
  leading: [],
  seed,
  scale: 1,
});
