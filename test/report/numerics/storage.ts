// f16 and bf16 storage with f32 accumulation, simulated: inputs are rounded to the format, the f32 kernel runs, outputs are rounded as they are
// stored. Invariant: what is compared with is the statement on the numbers before rounding, under the forward bound with both roundings in it. No
// text is emitted for these formats: this tests the bound's model of them, not an emitter.
import { type Format, rounded } from '../../../src/run/rounding/arithmetic.js';
import { forward } from '../../../src/run/rounding/forward.js';
import type { Within } from '../../../src/run/rounding/within.js';
import { type Case, expected, inDomain, judge, prepare } from '../../target/kernels/case.js';
import { type Text, outputsOf } from '../../target/kernels/property.js';

export async function stored(t: Text, c: Case, format: Exclude<Format, 'f32'>): Promise<Within | undefined> {
  const { kernel } = t;
  const before = prepare(kernel, c);
  if (!inDomain(kernel, before)) return undefined;
  const narrow = (x: number): number => rounded(x, format);
  const inputs = before.inputs.map((data) => data.map(narrow));
  const found = await outputsOf(t, { ...before, inputs }, c.seed);
  const bounds = forward(kernel.emitted.validated.kernel, before.sizes, before.inputs, kernel.target, format);
  if (!bounds.some((b) => b.bound.some((e) => e < Infinity))) return undefined;
  return judge(
    expected(kernel, before),
    bounds,
    found.map((out) => out.map(narrow)),
  );
}
