/**
 * The forward error bound of a kernel, derived from its IR and evaluated on the data at hand: the IR is run in binary64, statement by statement in
 * its own order, and beside every number runs a bound of how far the target's execution of the same statements can be off. Invariant: the
 * bound holds for every execution that the target's specification allows (arithmetic.ts), including underflow, fused multiply-adds and comparisons
 * that rounding may turn; where nothing can be said it is infinite. The rules are forward-rules.ts, the text that is run forward-text.ts.
 *
 * It bounds the distance to the exact value of the IR's own diagram, which by the theorem is that of the statement. It does not know the statement.
 */
import { type AxisVar, type Kernel } from '../../kernel/ir/kernel.js';
import { type Ring, sizeOf } from '../../kernel/ir/position.js';
import { ARITHMETIC, type Format } from './arithmetic.js';
import { Choices } from './choice.js';
import { ForwardText } from './forward-text.js';
import { type WideRules, WideText, wideRules } from './forward-wide.js';
import { type Rules, rules } from './forward-rules.js';
import type { Target } from '../../kernel/ir/program.js';
import { type Ball, reach } from '../reference/wide.js';

/** How one output is judged, from element `from` on. */
export interface Judging {
  /** for each element how far an execution can be from the exact one */
  readonly bound: ArrayLike<number>;
  /** of an output that is chosen by comparisons (an index): what an execution may choose, by flat index; none where that is not known */
  readonly candidates?: ReadonlyMap<number, readonly number[]> | undefined;
  /** the elements whose bound holds for exponents without limits alone, by flat index */
  readonly outOfRange?: ReadonlySet<number> | undefined;
  /** where the arrays of what is judged begin in these */
  readonly from: number;
}
/** One output: the kernel's numbers in binary64, and for each how far an execution can be from the exact one. */
export interface Forward extends Judging {
  readonly values: Float64Array;
  readonly bound: Float64Array;
}
/** The same for the elements from … on. */
export const judgingFrom = (f: Forward, from: number, length: number): Judging => ({
  ...f,
  bound: f.bound.subarray(from, from + length),
  from,
});

type Arrays = readonly ArrayLike<number>[];
type Candidates = readonly Map<number, readonly number[]>[];
type Run = (R: Rules, N: readonly number[], I: Arrays, V: Arrays, E: Arrays, C: Candidates, M: Set<number>) => void;
type Put = (output: number, at: number, x: Ball) => void;
type RunWide = (R: WideRules, N: readonly number[], I: Arrays, P: Put, M: ReadonlySet<number>) => void;
interface Compiled {
  readonly axes: readonly AxisVar[];
  readonly chosen: readonly boolean[];
  readonly run: Run;
  wide?: RunWide;
}

/** Covers the binary64 arithmetic on the errors themselves, and the exact value's distance to the one computed beside them. */
const WIDER = 1 + 2 ** -20;

const compiled = { exact: new WeakMap<Kernel, Compiled>(), narrow: new WeakMap<Kernel, Compiled>() };
function compile(kernel: Kernel, narrow: boolean): Compiled {
  const memo = narrow ? compiled.narrow : compiled.exact;
  const known = memo.get(kernel);
  if (known) return known;
  const text = new ForwardText(kernel, narrow);
  const run = new Function('R', 'N', 'I', 'V', 'E', 'C', 'M', text.text()) as Run;
  const made: Compiled = { run, axes: text.axes, chosen: new Choices(kernel).outputs(kernel) };
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
 * accumulation; what rounding them does, and rounding the outputs, is in the bound. `beyond`: where the target's range of exponents is left on the way, and
 * so nothing can be promised, the bound is that of exponents without limits.
 */
export function forward(
  kernel: Kernel,
  sizes: ReadonlyMap<AxisVar, number>,
  inputs: Arrays,
  target: Target,
  format: Format = 'f32',
  beyond = false,
): readonly Forward[] {
  const narrow = format !== 'f32' || inputs.some(inexact);
  const made = compile(kernel, narrow);
  const ring: Ring<number> = {
    zero: 0,
    one: 1,
    size: (v) => sizes.get(v)!,
    add: (x, y) => x + y,
    mul: (x, y) => x * y,
  };
  const numbers = made.axes.map((a) => sizes.get(a)!);
  const candidates = kernel.outputs.map(() => new Map<number, readonly number[]>());
  const outputs = kernel.outputs.map((o, i) => {
    const n = o.axes.reduce((product, a) => product * sizeOf(ring, a), 1);
    const bound = new Float64Array(n).fill(Infinity);
    return { values: new Float64Array(n), bound, from: 0, candidates: made.chosen[i] ? candidates[i] : undefined };
  });
  const lanes = new Set<number>();
  const [values, bounds] = [outputs.map((o) => o.values), outputs.map((o) => o.bound)];
  made.run(rulesOf(target, format), numbers, inputs, values, bounds, candidates, lanes);
  for (const bound of bounds) for (let i = 0; i < bound.length; i++) bound[i] = widened(bound[i]!);
  if (!beyond || lanes.size === 0) return outputs;
  const found = withoutLimits(kernel, made, narrow, (limited) =>
    wideRules(ARITHMETIC[target], format, format === 'f32' && target !== 'host', limited),
  )(numbers, inputs, bounds, lanes);
  return outputs.map((o, i) => ({ ...o, outOfRange: found[i] }));
}
const widened = (e: number): number => (e >= 0 ? e * WIDER : Infinity);

/** Bounds for exponents without an upper limit, and where there is none, without any: for the elements that have none. Which have one now. */
const withoutLimits =
  (kernel: Kernel, made: Compiled, narrow: boolean, rulesFor: (limited: boolean) => WideRules) =>
  (
    numbers: readonly number[],
    inputs: Arrays,
    bounds: readonly Float64Array[],
    lanes: ReadonlySet<number>,
  ): readonly Set<number>[] => {
    made.wide ??= new Function('R', 'N', 'I', 'P', 'M', new WideText(kernel, narrow).text()) as RunWide;
    const found = bounds.map(() => new Set<number>());
    for (const limited of [true, false]) {
      if (bounds.every((b) => b.every(Number.isFinite))) break;
      const put: Put = (output, at, x) => {
        const bound = widened(reach(x));
        if (Number.isFinite(bounds[output]![at]!) || !(bound < Infinity)) return;
        bounds[output]![at] = bound;
        found[output]!.add(at);
      };
      made.wide(rulesFor(limited), numbers, inputs, put, lanes);
    }
    return found;
  };
