// Which kernels are run: for every stream a few choices of tiles, made once, so that many cases share few pipelines. Invariant: the first choice is
// the default one, the second has tiles of one element; the others are drawn from the seed. Both ends of the ragged tile occur.
import * as E from 'fp-ts/lib/Either.js';
import { type ExtractError, type Extracted, extract } from '../../../src/kernel/extract/extract.js';
import type { Target } from '../../../src/kernel/emit/emit.js';
import { random } from '../../support/ir/run.js';
import { SEED } from './asked.js';
import { library } from './library.js';

export { SEED };
export const RUNS = Number(process.env['WEFT_RUNS'] ?? 9);
/** Choices of tiles for each stream. */
export const CHOICES = Number(process.env['WEFT_CHOICES'] ?? 3);

export interface Choice {
  readonly tiles: Readonly<Record<string, number>>;
  readonly ragged: 'first' | 'last';
  /** how many elements a lane holds */
  readonly perLane?: Readonly<Record<string, number>>;
  /** how many lanes lie along the streamed axis */
  readonly lanes?: Readonly<Record<string, number>>;
  /** axes that are multiples of their tiles */
  readonly whole?: readonly string[];
}

export function axesOf(name: string): readonly string[] {
  const info = library().streams.get(name)!;
  const result = info.spec.cod.leaves.flatMap((l) => l.axes.map((e) => e.terms[0]!.vars[0]!.name));
  return [...new Set([info.axis.name, ...(result.length === 0 ? ['batch'] : result)])];
}

/** The axes that are summed over inside: loops, which a tile cuts in two. */
export function innerAxes(name: string): readonly string[] {
  const outer = axesOf(name);
  return [...library().streams.get(name)!.names.axes.keys()].filter((a) => !outer.includes(a));
}

/**
 * Tiles of the streamed axis and of the axes of the result, and of inner axes but in the first choice; ragged first and last by turns. In the drawn
 * ones lanes share every other tile of the result, and every other inner axis is a multiple of its tile.
 */
const chosen = new Map<string, readonly Choice[]>();
export function choices(name: string): readonly Choice[] {
  const known = chosen.get(name) ?? drawn(name);
  chosen.set(name, known);
  return known;
}

function drawn(name: string): readonly Choice[] {
  const next = random(SEED ^ [...name].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt(0), 7));
  const axes = [...axesOf(name), ...innerAxes(name)];
  const flip = next() < 0.5;
  const draw = (i: number): Choice => {
    const size = (): number => (i === 0 ? 0 : i === 1 ? 1 : 2 + Math.floor(next() * 7));
    const tiles = Object.fromEntries(axes.map((a) => [a, size()] as const).filter(([, n]) => n > 0));
    const ragged = (i % 2 === 0) === flip ? 'last' : 'first';
    const lanes = ragged === 'first' ? lanesFor(name, i, next) : {};
    return i < 2 ? { tiles, ragged, ...lanes } : { tiles, ragged, ...lanes, ...shares(name, tiles, next) };
  };
  return Array.from({ length: CHOICES }, (_, i) => {
    let choice = draw(i);
    while (i > 1 && isTooLarge(name, choice)) choice = draw(i);
    return choice;
  });
}

/** Few lanes along the streamed axis, so that small sizes give each something; where nobody says in the first choice. */
function lanesFor(name: string, i: number, next: () => number): Pick<Choice, 'lanes'> {
  const { axis } = library().streams.get(name)!;
  const lanes = { [axis.name]: [1, 2, 4, 8][Math.floor(next() * 4)]! };
  return i > 0 && takesLanes(name) ? { lanes } : {};
}
/** Whether several lanes can lie along the axis that is streamed. */
export function takesLanes(name: string): boolean {
  const { axis } = library().streams.get(name)!;
  return E.isRight(extracted(name, 'host', { tiles: {}, ragged: 'first', lanes: { [axis.name]: 2 } }));
}

/** What a target refuses for its memory is drawn again: every other refusal is a failure of the test that extracts it. */
function isTooLarge(name: string, choice: Choice): boolean {
  const made = extracted(name, 'wgsl', choice);
  return E.isLeft(made) && made.left._tag === 'Memory';
}

/** The axes of the result whose tiles lanes can share. */
export const sharedAxes = (name: string): readonly string[] =>
  axesOf(name).filter((a) => a !== library().streams.get(name)!.axis.name && a !== 'batch' && inTiles(name, a));

/** Whether the result's tiles along an axis are blocks: not where a loop or a state runs over it too, or some result lacks it. */
function inTiles(name: string, axis: string): boolean {
  const made = extracted(name, 'host', { tiles: {}, ragged: 'first' });
  return E.isRight(made) && made.right.theorem.scheduled.uses.some((u) => u.name === axis && u._tag === 'Grouped');
}

function shares(
  name: string,
  tiles: Readonly<Record<string, number>>,
  next: () => number,
): Required<Pick<Choice, 'perLane' | 'whole'>> {
  const divisors = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
  const one = (n: number): number => divisors(n)[Math.floor(next() * divisors(n).length)]!;
  const perLane = sharedAxes(name).flatMap((a) => (next() < 0.5 ? [[a, one(tiles[a]!)] as const] : []));
  return { perLane: Object.fromEntries(perLane), whole: innerAxes(name).filter(() => next() < 0.5) };
}

export function extracted(name: string, target: Target, choice: Choice): E.Either<ExtractError, Extracted> {
  const { tiles, ragged, perLane = {}, lanes = {}, whole = [] } = choice;
  const sizes = (of: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(of));
  return extract(library(), name, target, { tiles: sizes(tiles), ragged, perLane: sizes(perLane), lanes: sizes(lanes), whole: new Set(whole) });
}
