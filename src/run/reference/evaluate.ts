/**
 * The float64 reference: what a diagram means, on concrete arrays. Invariant: written from docs/reference/certificate.md, Terms, alone and shares no
 * code with the core's structural evaluator, so that each can test the other. Whole arrays are computed at once over all
 * woven axes (`batch`), in chunks of bounded size; the stack is explicit. Knows nothing of targets or files.
 *
 * An array has one dimension for each axis of its leaf; a composite axis is one dimension, a sum laid out as concatenation
 * and a product row-major. Booleans are 0 and 1. An object variable is an array of opaque numbers.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, MorphismVar, Obj, Term } from '../../core/index.js';
import { paths, variables } from '../../core/index.js';
import { type Apply, Machine } from './machine.js';
import type { Round } from './pointwise.js';
import { type Beside, type Layout, type View, fresh, packed, rowMajor, sizeOf } from './view.js';
import { exactView } from './wide-array.js';

export interface NumArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** h[n…] as a function: the sizes of n…, the inputs leaf by leaf; must answer with the leaves of its codomain. */
export type MorphismFunction = (axes: readonly number[], inputs: readonly NumArray[]) => readonly NumArray[];

export interface Environment {
  readonly sizes: ReadonlyMap<AxisVar, number>;
  readonly morphisms?: ReadonlyMap<MorphismVar, MorphismFunction>;
}

export type EvaluateError =
  | { readonly _tag: 'MissingSize'; readonly axis: AxisVar }
  | { readonly _tag: 'BadSize'; readonly axis: AxisVar; readonly size: number }
  | { readonly _tag: 'MissingMorphism'; readonly morphism: MorphismVar }
  | { readonly _tag: 'InputCount'; readonly expected: number; readonly found: number }
  | {
      readonly _tag: 'InputShape';
      readonly leaf: number;
      readonly expected: readonly number[];
      readonly found: readonly number[];
    }
  | {
      readonly _tag: 'MorphismShape';
      readonly morphism: MorphismVar;
      readonly expected: readonly (readonly number[])[];
    };

export function axisSize(sizes: ReadonlyMap<AxisVar, number>, e: Axis): number {
  return paths(e).reduce((n, path) => n + path.reduce((p, v) => p * sizes.get(v)!, 1), 0);
}
export const shapesOf = (sizes: ReadonlyMap<AxisVar, number>, object: Obj): number[][] =>
  object.leaves.map((l) => l.axes.map((a) => axisSize(sizes, a)));

/** The outputs of a term, leaf by leaf. */
export function evaluate(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
): E.Either<EvaluateError, readonly NumArray[]> {
  return E.map((views: readonly View[]) => views.map(toArray))(evaluateViews(term, env, inputs, 'nothing'));
}

/** The same with every result rounded, sums left to right: with Math.fround what a naive program in binary32 for the term would compute. */
export function evaluateRounded(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
  round: Round,
): E.Either<EvaluateError, readonly NumArray[]> {
  return E.map((views: readonly View[]) => views.map(toArray))(evaluateViews(term, env, inputs, 'nothing', round));
}

export function evaluateViews(
  term: Term,
  env: Environment,
  inputs: readonly NumArray[],
  beside: Beside,
  round?: Round,
  /** arrays of fewer numbers are computed at once, one operation after another (fused.ts) */
  fusedFrom?: number,
): E.Either<EvaluateError, readonly View[]> {
  const problem = unusable(term, env, inputs);
  if (problem) return E.left(problem);
  const views = inputs.map((x): View => {
    // an input may itself be rounded once, to the target's datatype
    const plain = { ...fresh([], 'nothing', 1), ...layoutOf(x.shape), data: x.data };
    if (beside === 'wide') return exactView(plain);
    return beside === 'magnitude' ? { ...plain, magnitude: x.data.map(Math.abs) } : plain;
  });
  const size = (e: Axis): number => axisSize(env.sizes, e);
  try {
    return E.right(new Machine(size, applying(env), beside, round, fusedFrom).run(term, views));
  } catch (error) {
    if (error instanceof ShapeError) return E.left(error.fact);
    throw error;
  }
}

const layoutOf = (dims: readonly number[]): Layout => ({ offset: 0, dims, strides: rowMajor(dims) });
const toArray = (v: View): NumArray => ({ shape: v.dims, data: packed(v).data });

function unusable(term: Term, env: Environment, inputs: readonly NumArray[]): EvaluateError | undefined {
  const known = variables(term);
  if (E.isLeft(known)) throw new Error('a term that the core made has variables');
  for (const axis of [...known.right.axes, ...known.right.signatureAxes]) {
    const size = env.sizes.get(axis);
    if (size === undefined) return { _tag: 'MissingSize', axis };
    if (!Number.isSafeInteger(size) || size < (axis.maybeEmpty ? 0 : 1)) return { _tag: 'BadSize', axis, size };
  }
  for (const morphism of known.right.morphisms)
    if (!env.morphisms?.has(morphism)) return { _tag: 'MissingMorphism', morphism };
  const shapes = shapesOf(env.sizes, term.dom);
  if (shapes.length !== inputs.length) return { _tag: 'InputCount', expected: shapes.length, found: inputs.length };
  for (const [leaf, expected] of shapes.entries()) {
    const { shape, data } = inputs[leaf]!;
    if (!sameShape(shape, expected) || data.length !== sizeOf(shape))
      return { _tag: 'InputShape', leaf, expected, found: shape };
  }
  return undefined;
}
const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

class ShapeError extends Error {
  constructor(readonly fact: EvaluateError) {
    super(fact._tag);
  }
}

/** Checks what a caller's function answers. */
function applying(env: Environment): Apply {
  return (h, axes, inputs, shapes) => {
    const outputs = env.morphisms!.get(h)!(axes, inputs);
    const fits =
      outputs.length === shapes.length &&
      outputs.every((y, i) => y.data.length === sizeOf(shapes[i]!) && sameShape(y.shape, shapes[i]!));
    if (!fits) throw new ShapeError({ _tag: 'MorphismShape', morphism: h, expected: shapes });
    return outputs.map((y) => y.data);
  };
}
