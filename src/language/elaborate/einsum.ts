// einsum "q d, k d -> q k": letters are axis names; the output lists what is kept, the rest is summed.
import { type Axis, type Obj, rational, real } from '../point/build.js';
import { fail } from '../point/error.js';
import { type Binding, type Expr, at, letIn, mapOver, scanOver, tuple, wire } from '../point/point.js';
import { literal, op } from './operator.js';
import { type Env, type Typed, lookUp } from './scope.js';
import { expectObject, typed } from './type.js';
import type { Span } from '../syntax/span.js';
import type { Name } from '../syntax/tree.js';

export interface Einsum {
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly axes: ReadonlyMap<string, Axis>;
  readonly span: Span;
}

export function einsumOf(env: Env, { name: text, span }: Name): Einsum {
  const sides = text.split('->');
  if (sides.length !== 2) fail({ _tag: 'Einsum', text, name: undefined }, span);
  const letters = (part: string): readonly string[] => part.split(/\s+/).filter((l) => l !== '');
  const operands = sides[0]!.split(',').map(letters);
  const output = letters(sides[1]!);
  const used = new Set(operands.flat());
  const extra = output.find((l, i) => !used.has(l) || output.indexOf(l) !== i);
  if (extra !== undefined) fail({ _tag: 'Einsum', text, name: extra }, span);
  const axes = new Map([...used].map((l): [string, Axis] => [l, lookUp('axis', env.names.axes, l, span)]));
  return { operands, output, axes, span };
}

/** The objects of the operands. */
export const operandObjects = ({ operands, axes }: Einsum): readonly Obj[] =>
  operands.map((letters) => real(...letters.map((l) => axes.get(l)!)));

const operandName = (i: number): string => `·${i}`;
export const operandWires = (einsum: Einsum): readonly Binding[] =>
  operandObjects(einsum).map((object, i) => ({ name: operandName(i), object }));

/** The contraction of wires ·0, ·1, …: an array over the output of sums of products. */
export function contraction({ operands, output, axes }: Einsum): Typed {
  const factors = operands.map((letters, i) => letters.reduce<Expr>((e, l) => at(e, l), wire(operandName(i))));
  const product = factors.reduce((a, b) => op('mul', a, b));
  const summed = [...axes.keys()].filter((l) => !output.includes(l));
  const total = summed.reduceRight((e, l) => sumOver(l, axes.get(l)!, e), product);
  const array = output.reduceRight((e, l) => mapOver(l, axes.get(l)!, e), total);
  return typed(array, real(...output.map((l) => axes.get(l)!)));
}

function sumOver(index: string, axis: Axis, body: Expr): Expr {
  const state = { name: '·s', object: real(), init: literal(rational(0n)) };
  return scanOver(index, axis, [state], op('add', wire('·s'), body));
}

export function einsumApplied(einsum: Einsum, args: readonly (Typed & { readonly span: Span })[]): Typed {
  const wires = operandWires(einsum);
  if (args.length !== wires.length)
    fail({ _tag: 'Arity', what: 'einsum', expected: wires.length, found: args.length }, einsum.span);
  args.forEach((a, i) => expectObject(wires[i]!.object, a.object, a.span));
  const { expr, object } = contraction(einsum);
  return typed(letIn(wires, tuple(...args.map((a) => a.expr)), expr), object);
}
