/**
 * The axes of a kernel's arrays in sizes alone: polynomials in which rests, counts and lanes cancel, since r + t*b is n. Invariant: of every array of
 * a kernel whose uses cover its axis variables nothing but sizes is left; else it throws. It knows no text.
 */
import type { Axis, AxisVar } from '../../core/index.js';
import { type AxisUse, lanesOf } from '../ir/kernel.js';
import { type Ring, sizeOf } from '../ir/position.js';

/** A product of sizes, each the name of a use. */
export interface Product {
  readonly times: number;
  readonly sizes: readonly string[];
}

interface Term {
  readonly times: number;
  readonly atoms: readonly string[];
}
type Polynomial = readonly Term[];

/** An atom is what of the use is not known: its size, or a number that the host computes from it. */
const atom = (what: 'size' | 'count' | 'each' | 'lanes' | 'flag' | 'last', use: string): Polynomial => [
  { times: 1, atoms: [`${what} ${use}`] },
];
const constant = (times: number): Polynomial => (times === 0 ? [] : [{ times, atoms: [] }]);

/** Equal products are one, in the order in which they first stand. */
function collected(terms: Polynomial): Polynomial {
  const found = new Map<string, Term>();
  for (const { times, atoms } of terms) {
    const key = [...atoms].sort().join();
    const known = found.get(key);
    found.set(key, { times: times + (known?.times ?? 0), atoms: known?.atoms ?? atoms });
  }
  return [...found.values()].filter((t) => t.times !== 0);
}
const add = (x: Polynomial, y: Polynomial): Polynomial => collected([...x, ...y]);
const mul = (x: Polynomial, y: Polynomial): Polynomial =>
  collected(x.flatMap((a) => y.map((b) => ({ times: a.times * b.times, atoms: [...a.atoms, ...b.atoms] }))));
const minus = (x: Polynomial, y: Polynomial): Polynomial => add(x, mul(constant(-1), y));

/** What stands for the axis variables of a use. */
function ofUse(uses: readonly AxisUse[], u: AxisUse): readonly (readonly [AxisVar, Polynomial])[] {
  if (u._tag === 'Lanes') {
    const lanes = atom('lanes', u.name);
    return [
      [u.rest, minus(atom('size', u.of), mul(atom('each', u.of), lanes))],
      [u.axis, lanes],
    ];
  }
  if (!('capacity' in u)) return [[u.axis, atom('size', u.name)]];
  const [count, tile] = [atom('count', u.name), constant(u.capacity)];
  const length = atom(u._tag === 'Streamed' && lanesOf({ uses }, u.name) ? 'each' : 'size', u.name);
  const rest = minus(length, mul(tile, count));
  const known: (readonly [AxisVar, Polynomial])[] = [
    [u.count, count],
    [u.tile, tile],
  ];
  if (u._tag === 'Grouped') return [...known, [u.rest, rest]];
  if (!u.last) return u.head ? [...known, [u.head, rest]] : known;
  const [flag, last] = [atom('flag', u.name), atom('last', u.name)];
  const head = minus(rest, mul(flag, last));
  return [...known, [u.head!, head], [u.last.flag, flag], [u.last.rest, last]];
}

/** Of an axis that is a multiple of its tile, t*b is n. */
function whole(uses: readonly AxisUse[], { times, atoms }: Term): Product {
  let left = times;
  const sizes = atoms.map((a) => {
    const [what, name] = [a.slice(0, a.indexOf(' ')), a.slice(a.indexOf(' ') + 1)];
    if (what === 'size') return name;
    const use = uses.find((u) => u.name === name);
    if (what !== 'count' || use?._tag !== 'Streamed' || use.head) throw new Error(`an axis in pieces: ${a}`);
    left /= use.capacity;
    return name;
  });
  return { times: left, sizes };
}

/** How long an axis is: a sum of products of sizes. */
export function extentOf(uses: readonly AxisUse[], axis: Axis): readonly Product[] {
  const values = new Map(uses.flatMap((u) => ofUse(uses, u)));
  const ring: Ring<Polynomial> = {
    zero: constant(0),
    one: constant(1),
    size: (v) => values.get(v)!,
    add,
    mul,
  };
  return sizeOf(ring, axis).map((t) => whole(uses, t));
}
