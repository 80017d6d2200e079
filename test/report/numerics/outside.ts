// Outside of a kernel's domain: inputs at which a denominator of the statement is 0. In the reals 1/0 = 0 by convention; floats do otherwise. Invariant:
// what is shown is what a header may say: the bound is infinite there, everything is written, nothing outside is, and no other row is spoilt.
import type { Case } from '../../target/kernels/case.js';
import { type Prepared, prepare } from '../../target/kernels/case.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';

/** Kernels with a condition that is left to the caller, and the wires that are 0 when it fails in the first element of the batch. */
export const OUTSIDE: readonly (readonly [kernel: string, zeros: readonly string[]])[] = [
  ['spherical-attention', ['q', 'eps']],
  ['l1-attention', ['q', 'eps']],
  ['relu-attention', ['q', 'eps']],
  ['sigmoid-attention', []], // its denominators are proved positive: the control
  ['rms-norm-linear', ['x', 'eps']],
  ['layer-norm-linear', ['x', 'eps']],
];

/** The first element of the batch outside, the second inside: an eps of 0 alone is inside. */
export function halfOutside(
  kernel: Extracted,
  zeros: readonly string[],
  seed: number,
): Prepared & { readonly case: Case } {
  const names = [...kernel.info.names.axes.keys()];
  const c: Case = {
    sizes: Object.fromEntries(names.map((n, i) => [n, 3 + 2 * i])),
    leading: [2],
    seed,
    scale: 1,
    // positive scores, so that the second element is inside
    ...(kernel.name === 'relu-attention' && { kind: 'offset' as const }),
  };
  const made = prepare(kernel, c);
  const inputs = kernel.info.wires.map((w, i) => {
    if (!zeros.includes(w.name)) return made.inputs[i]!;
    const own = made.inputs[i]!.slice();
    const scalar = w.object.leaves[0]!.axes.length === 0;
    return own.fill(0, 0, scalar ? own.length : own.length / 2);
  });
  const batch = made.batch.map((arrays, b) =>
    arrays.map((x, i) => {
      const n = x.data.length;
      const from = made.inputs[i]!.length === n ? 0 : b * n;
      return { shape: x.shape, data: Float64Array.from(inputs[i]!.subarray(from, from + n)) };
    }),
  );
  return { ...made, inputs, batch, case: c };
}
