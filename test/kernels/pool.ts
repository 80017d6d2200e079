// Which kernels are run: for every stream a few choices of tiles, made once, so that many cases share few pipelines. Invariant: the first choice is
// the default one, the second has tiles of one element; the others are drawn from the seed. Both ends of the ragged tile occur.
import type * as E from 'fp-ts/lib/Either.js';
import { type ExtractError, type Extracted, extract } from '../../src/extract/extract.js';
import type { Target } from '../../src/emit/emit.js';
import { random } from '../lower/run.js';
import { library } from './library.js';

export const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
export const RUNS = Number(process.env['WEFT_RUNS'] ?? 9);
/** Choices of tiles for each stream. */
export const CHOICES = Number(process.env['WEFT_CHOICES'] ?? 3);

export interface Choice {
  readonly tiles: Readonly<Record<string, number>>;
  readonly ragged: 'first' | 'last';
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

/** Tiles of the streamed axis and of the axes of the result, and of inner axes but in the first choice; ragged first and last by turns. */
export function choices(name: string): readonly Choice[] {
  const next = random(SEED ^ [...name].reduce((h, c) => Math.imul(h, 31) + c.charCodeAt(0), 7));
  const axes = [...axesOf(name), ...innerAxes(name)];
  const flip = next() < 0.5;
  return Array.from({ length: CHOICES }, (_, i): Choice => {
    const size = (): number => (i === 0 ? 0 : i === 1 ? 1 : 2 + Math.floor(next() * 7));
    const tiles = Object.fromEntries(axes.map((a) => [a, size()] as const).filter(([, n]) => n > 0));
    return { tiles, ragged: (i % 2 === 0) === flip ? 'last' : 'first' };
  });
}

export function extracted(name: string, target: Target, { tiles, ragged }: Choice): E.Either<ExtractError, Extracted> {
  return extract(library(), name, target, { tiles: new Map(Object.entries(tiles)), ragged });
}
