/**
 * Scalar operators, folds and select over whole batches of balls (wide.ts). Invariant: a view of balls has its middles in `data`, their radii in
 * `magnitude` and their exponents in `exponent`; a dimension along which no argument changes is computed once. Knows nothing of terms.
 */
import type { Operator } from '../../core/index.js';
import { type View, fresh, relaid, spliced, walk } from './view.js';
import * as W from './wide.js';

type Rule = (x: W.Ball, y: W.Ball) => W.Ball;

// prettier-ignore
const RULES: Readonly<Record<Operator, Rule>> = {
  add: W.add, mul: W.mul, neg: W.neg, recip: W.recip, exp: W.exp, log: W.log, sqrt: W.sqrt,
  lt: W.lt, not: W.not, and: W.and, or: W.or, true: () => W.bit(true), false: () => W.bit(false),
};

const read = (v: View, i: number): W.Ball => ({ m: v.data[i]!, r: v.magnitude![i]!, k: v.exponent![i]! });
function write(v: View, i: number, x: W.Ball): void {
  v.data[i] = x.m;
  v.magnitude![i] = x.r;
  v.exponent![i] = x.k;
}

/** The array of balls around given numbers, exactly. */
export function exactView(v: View): View {
  const made = { ...fresh(v.dims, 'wide', 1) };
  v.data.forEach((x, i) => write(made, i, W.exactly(x)));
  return made;
}
export function oneBall(x: W.Ball): View {
  const made = fresh([], 'wide', 1);
  write(made, 0, x);
  return made;
}
export const ballAt = read;

/** An array to write into, of one element along the dimensions where every argument has stride 0, and the whole that shows it. */
export function still(dims: readonly number[], xs: readonly View[]): readonly [View, View] {
  const same = dims.map((n, i) => n > 0 && xs.every((x) => x.strides[i] === 0));
  const small = fresh(
    dims.map((n, i) => (same[i] ? 1 : n)),
    'wide',
    1,
  );
  return [small, relaid(small, { dims, strides: small.strides.map((s, i) => (same[i] ? 0 : s)) })];
}

/** A result for each element of the batch, from the arguments' elements there. */
function each(dims: readonly number[], xs: readonly View[], made: (at: readonly number[]) => W.Ball): View {
  const [into, result] = still(dims, xs);
  const loop = walk(into.dims, [into, ...xs]);
  const at = loop.steps.map(() => 0);
  loop.rows((offsets) => {
    for (let j = 0; j < at.length; j++) at[j] = offsets[j]!;
    for (let i = 0; i < loop.length; i++) {
      write(into, at[0]!, made(at));
      for (let j = 0; j < at.length; j++) at[j]! += loop.steps[j]!;
    }
  });
  return result;
}

export function pointwiseWide(name: Operator, batch: readonly number[], xs: readonly View[]): View {
  const rule = RULES[name];
  const [x, y] = xs;
  return each(batch, xs, (at) => rule(x ? read(x, at[1]!) : W.ZERO, y ? read(y, at[2]!) : W.ZERO));
}

/** The fold of a binary operator over dimension `at` of x, left to right. */
export function foldedWide(name: Operator, at: number, state: View, x: View): View {
  const [rule, n, step] = [RULES[name], x.dims[at]!, x.strides[at]!];
  const data = spliced(x, at, 1, [], []);
  return each(state.dims, [state, data], ([, s, from]) => {
    let sum = read(state, s!);
    for (let i = 0; i < n; i++) sum = rule(sum, read(x, from! + i * step));
    return sum;
  });
}

export function selectedWide(at: number, xs: readonly View[]): View[] {
  const n = (xs.length - 1) / 2;
  return xs.slice(1, n + 1).map((yes, i) => {
    const [no, rest] = [xs[n + 1 + i]!, yes.dims.slice(at)];
    const zeros = rest.map(() => 0);
    const condition = spliced(xs[0]!, at, 0, rest, zeros);
    return each(yes.dims, [condition, yes, no], ([, c, p, q]) =>
      W.select(read(condition, c!), read(yes, p!), read(no, q!)),
    );
  });
}
