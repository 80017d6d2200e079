/**
 * The forward error bound of a kernel, derived from its IR and evaluated on the data at hand: the IR is run in binary64, statement by statement in
 * its own order, and beside every number runs a bound of how far the target's execution of the same statements can be off. Invariant: the
 * bound holds for every execution that the target's specification allows (arithmetic.ts), including underflow, fused multiply-adds and comparisons
 * that rounding may turn; where nothing can be said it is infinite. The rules are forward-rules.ts, the text that is run forward-text.ts.
 *
 * It bounds the distance to the exact value of the IR's own diagram, which by the theorem is that of the statement. It does not know the statement.
 */
import { type AxisVar, type Kernel } from '../ir/kernel.js';
import { type Ring, sizeOf } from '../ir/position.js';
import { ARITHMETIC, type Format } from './arithmetic.js';
import { ForwardText } from './forward-text.js';
import { type Rules, rules } from './forward-rules.js';
import type { Target } from './program.js';

/** One output: the kernel's numbers in binary64, and for each how far an execution can be from the exact one. */
export interface Forward {
  readonly values: Float64Array;
  readonly bound: Float64Array;
}
type Arrays = readonly ArrayLike<number>[];
type Run = (R: Rules, N: readonly number[], I: Arrays, V: Arrays, E: Arrays) => void;
interface Compiled {
  readonly axes: readonly AxisVar[];
  readonly run: Run;
}

/** Covers the binary64 arithmetic on the errors themselves, and the exact value's distance to the one computed beside them. */
const WIDER = 1 + 2 ** -20;

const compiled = { exact: new WeakMap<Kernel, Compiled>(), narrow: new WeakMap<Kernel, Compiled>() };
function compile(kernel: Kernel, narrow: boolean): Compiled {
  const memo = narrow ? compiled.narrow : compiled.exact;
  const known = memo.get(kernel);
  if (known) return known;
  const text = new ForwardText(kernel, narrow);
  const made: Compiled = { run: new Function('R', 'N', 'I', 'V', 'E', text.text()) as Run, axes: text.axes };
  memo.set(kernel, made);
  return made;
}

const made = new Map<string, Rules>();
function rulesOf(target: Target, format: Format): Rules {
  const key = `${target} ${format}`;
  const found = made.get(key) ?? rules(ARITHMETIC[target], format, format === 'f32' && target !== 'host');
  made.set(key, found);
  return found;
}
const inexact = (x: ArrayLike<number>): boolean => x instanceof Float64Array && x.some((v) => Math.fround(v) !== v);

/**
 * The outputs of a validated kernel with their bounds. Inputs are the numbers before they are stored in the format: f32, or f16 or bf16 with f32
 * accumulation; what rounding them does, and rounding the outputs, is in the bound.
 */
export function forward(
  kernel: Kernel,
  sizes: ReadonlyMap<AxisVar, number>,
  inputs: Arrays,
  target: Target,
  format: Format = 'f32',
): readonly Forward[] {
  const { axes, run } = compile(kernel, format !== 'f32' || inputs.some(inexact));
  const ring: Ring<number> = { zero: 0, size: (v) => sizes.get(v)!, add: (x, y) => x + y, mul: (x, y) => x * y };
  const outputs = kernel.outputs.map((o): Forward => {
    const n = o.axes.reduce((product, a) => product * sizeOf(ring, a), 1);
    return { values: new Float64Array(n), bound: new Float64Array(n).fill(Infinity) };
  });
  run(
    rulesOf(target, format),
    axes.map((a) => sizes.get(a)!),
    inputs,
    outputs.map((o) => o.values),
    outputs.map((o) => o.bound),
  );
  for (const { bound } of outputs) for (let i = 0; i < bound.length; i++) bound[i] = widened(bound[i]!);
  return outputs;
}
const widened = (e: number): number => (e >= 0 ? e * WIDER : Infinity);
