// Sizes, inputs and functions for the variables of a random diagram. Invariant: everything is a function of the seed; each
// function of a morphism variable depends on every input and on its place, so that a permuted index shows.
import type * as Door from '../../../src/core/index.js';
import {
  type Environment,
  type MorphismFunction,
  type NumArray,
  shapesOf,
} from '../../../src/run/reference/evaluate.js';
import { core as K, must } from '../../support/door.js';
import { variables } from './object.js';

export type Regime = 'distinct' | 'with ones' | 'empty' | 'equal';

/** Sizes of x, y, z and of the possibly empty t, u. */
// prettier-ignore
const table: Readonly<Record<Regime, readonly (readonly number[])[]>> = {
  distinct:    [[2, 3, 5, 4, 1], [3, 2, 4, 1, 5], [4, 3, 2, 5, 1]],
  'with ones': [[1, 3, 2, 4, 2], [2, 1, 3, 1, 0], [1, 1, 1, 1, 1]],
  empty:       [[2, 3, 4, 0, 1], [3, 2, 1, 2, 0], [2, 3, 1, 0, 0]],
  equal:       [[2, 2, 2, 2, 2], [3, 3, 3, 3, 3]],
};
export const regimes = Object.keys(table) as Regime[];

export function sizesOf(regime: Regime, seed: number): ReadonlyMap<Door.AxisVar, number> {
  const row = table[regime][seed % table[regime].length]!;
  return new Map(variables.map((v, i) => [v, row[i]!]));
}

function noise(seed: number): () => number {
  let s = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((s ^ (s >>> 13)) >>> 0) / 2 ** 32;
  };
}

const isBoolean = (l: Door.Leaf): boolean => l.base._tag === 'Boolean';

export function inputsOf(object: Door.Obj, sizes: ReadonlyMap<Door.AxisVar, number>, seed: number): NumArray[] {
  const next = noise(seed);
  return shapesOf(sizes, object).map((shape, leaf) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const value = (): number => (isBoolean(object.leaves[leaf]!) ? (next() < 0.5 ? 0 : 1) : next() * 4 - 2);
    return { shape, data: Float64Array.from({ length }, value) };
  });
}

/** A number in [-1, 1) for each pair of places: cheap, since it is taken for every pair. */
const weight = (out: number, at: number): number => ((out * 7919 + at * 104729 + out * at * 31) % 2003) / 1001.5 - 1;

/** sin of a weighted sum of all inputs, another one for each output element. */
function meaning(h: Door.MorphismVar, shapes: (axes: readonly number[]) => number[][]): MorphismFunction {
  const salt = [...h.name].reduce((s, c) => s * 31 + c.charCodeAt(0), h.dom.id);
  return (axes, inputs) => {
    let out = 0;
    return shapes(axes).map((shape, leaf) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const element = (): number => {
        out++;
        let sum = axes.reduce((acc, n, i) => acc + Math.sin(3.1 * n + i), Math.cos(salt + out));
        let at = 0;
        for (const x of inputs) for (const value of x.data) sum += weight(out, ++at) * value;
        return isBoolean(h.cod.leaves[leaf]!) ? (sum > 0 ? 1 : 0) : Math.sin(sum);
      };
      return { shape, data: Float64Array.from({ length }, element) };
    });
  };
}

export function worldOf(term: Door.Term, sizes: ReadonlyMap<Door.AxisVar, number>): Environment {
  const { morphisms } = must(K.variables(term));
  const given = (h: Door.MorphismVar, axes: readonly number[]): number[][] =>
    shapesOf(new Map([...sizes, ...h.binders.map((b, i) => [b, axes[i]!] as const)]), h.cod);
  return { sizes, morphisms: new Map([...morphisms].map((h) => [h, meaning(h, (axes) => given(h, axes))])) };
}

/** The first place where two answers differ by more than rounding. */
export function difference(xs: readonly NumArray[], ys: readonly NumArray[]): string | undefined {
  for (const [leaf, x] of xs.entries()) {
    const y = ys[leaf]!;
    if (x.shape.join() !== y.shape.join()) return `leaf ${leaf}: shape ${x.shape.join()} and ${y.shape.join()}`;
    for (let i = 0; i < x.data.length; i++)
      if (!close(x.data[i]!, y.data[i]!)) return `leaf ${leaf} element ${i}: ${x.data[i]} and ${y.data[i]}`;
  }
  return undefined;
}
const close = (p: number, q: number): boolean =>
  Object.is(p, q) ||
  p === q ||
  (Number.isNaN(p) && Number.isNaN(q)) ||
  Math.abs(p - q) <= 1e-7 * Math.max(1e-3, Math.abs(p), Math.abs(q));
