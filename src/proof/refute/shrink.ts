/**
 * A smaller counterexample from a larger one: fewer elements, then zeros, ones and small numbers. Invariant: what is returned was itself
 * found to differ; every step makes the instance smaller in one fixed order, so it ends. Knows no statements.
 */
import type { AxisVar, Leaf } from '../../core/index.js';
import type { Comparison } from './compare.js';
import { type Scalar, type Sizes, axisSize, countOf, isTruth } from './evaluate.js';
import { type Fraction, ONE, ZERO, fraction, sameFraction } from './field.js';
import type { Input, Inputs } from './random.js';

export type Differ = Comparison & { readonly _tag: 'Differ' };
export interface Found {
  readonly sizes: Sizes;
  readonly inputs: Inputs;
  readonly differ: Differ;
}
/** Both sides there, where the hypotheses hold; undefined where they do not differ, or no work is left: then no inputs are made. */
export type Test = (sizes: Sizes, inputs: () => Inputs) => Found | undefined;

export function shrunk(start: Found, leaves: readonly Leaf[], test: Test): Found {
  let best = start;
  for (;;) {
    const next = smallerValues(smallerSizes(best, leaves, test), test);
    if (next === best) return best;
    best = next;
  }
}

// ---- sizes ------------------------------------------------------------------------------------------------------------

function smallerSizes(found: Found, leaves: readonly Leaf[], test: Test): Found {
  let best = found;
  for (const v of found.sizes.keys())
    for (let n = v.maybeEmpty ? 0 : 1; n < best.sizes.get(v)!; n++) {
      const smaller = withSize(best, leaves, v, n, test);
      if (smaller) best = smaller;
    }
  return best;
}

/** The first elements, or the last: what differs may be at either end. */
function withSize(found: Found, leaves: readonly Leaf[], v: AxisVar, n: number, test: Test): Found | undefined {
  const sizes = new Map(found.sizes).set(v, n);
  for (const end of [false, true]) {
    const cutTo = (x: Input, i: number): Input => {
      const dims = leaves[i]!.axes.map((a) => axisSize(sizes, a));
      return cut(x, dims, end);
    };
    const smaller = test(sizes, () => found.inputs.map(cutTo));
    if (smaller) return smaller;
  }
  return undefined;
}

/** The corner of an array, no larger in any dimension. */
function cut(x: Input, dims: readonly number[], end: boolean): Input {
  const shift = x.dims.map((n, i) => (end ? n - dims[i]! : 0));
  const data = Array.from({ length: countOf(dims) }, (_, flat) => {
    let [rest, from, step] = [flat, 0, 1];
    for (let i = dims.length - 1; i >= 0; i--) {
      from += ((rest % dims[i]!) + shift[i]!) * step;
      rest = Math.floor(rest / dims[i]!);
      step *= x.dims[i]!;
    }
    return x.data[from]!;
  });
  return { dims, data };
}

// ---- values -----------------------------------------------------------------------------------------------------------

const whole = (n: bigint): Fraction => fraction(n);
/** How far from simple: 0, 1, -1, 2, -2, …, then halves, thirds. */
function weight(x: Scalar<Fraction>): bigint {
  if (isTruth(x)) return x ? 1n : 0n;
  const size = x.num < 0n ? -x.num : x.num;
  return 2n * size + 16n * (x.den - 1n) + (x.num < 0n ? 1n : 0n);
}

function simpler(x: Scalar<Fraction>): readonly Scalar<Fraction>[] {
  if (isTruth(x)) return x ? [false] : [];
  const near = [x.num / x.den, x.num / x.den + (x.num < 0n ? -1n : 1n), x.num / x.den / 2n].map(whole);
  const all = [ZERO, ONE, whole(-1n), whole(2n), whole(-2n), fraction(1n, 2n), ...near];
  const less = all.filter((y) => weight(y) < weight(x) && !sameFraction(x, y));
  return less.filter((y, i) => less.findIndex((z) => sameFraction(y, z)) === i);
}

function smallerValues(found: Found, test: Test): Found {
  let best = found;
  found.inputs.forEach((x, leaf) => {
    best = withLeaf(best, leaf, test);
    for (let i = 0; i < x.data.length; i++)
      for (const value of simpler(best.inputs[leaf]!.data[i]!)) {
        const { inputs } = best;
        const smaller = test(best.sizes, () => replaced(inputs, leaf, (v, j) => (i === j ? value : v)));
        if (!smaller) continue;
        best = smaller;
        break;
      }
  });
  return best;
}

/** All elements of one array at once. */
function withLeaf(found: Found, leaf: number, test: Test): Found {
  const { data } = found.inputs[leaf]!;
  if (data.length < 2 || data.every((v) => weight(v) === 0n)) return found;
  const zero = (v: Scalar<Fraction>): Scalar<Fraction> => (isTruth(v) ? false : ZERO);
  return test(found.sizes, () => replaced(found.inputs, leaf, zero)) ?? found;
}

const replaced = (inputs: Inputs, leaf: number, by: (v: Scalar<Fraction>, i: number) => Scalar<Fraction>): Inputs =>
  inputs.map((x, k) => (k === leaf ? { dims: x.dims, data: x.data.map(by) } : x));
