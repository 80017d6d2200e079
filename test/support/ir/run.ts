// Runs a lowered kernel on random sizes and compares it with the diagram's own float64 value. The seed is printed by the caller.
import * as E from 'fp-ts/lib/Either.js';
import { emit, type Emitted, type Target } from '../../../src/kernel/emit/emit.js';
import { axisSizes, program } from '../../../src/kernel/extract/program.js';
import type { AxisUse } from '../../../src/kernel/ir/kernel.js';
import { validate, type Validated } from '../../../src/kernel/validate/validate.js';
import { lower } from '../../../src/kernel/lower/lower.js';
import type { Scheduled } from '../../../src/kernel/ir/scheduled.js';
import { evaluate } from '../../../src/run/reference/evaluate.js';
import { inputsOf, type KernelProgram } from '../../../src/kernel/ir/program.js';
import { get } from './dsl.js';

export function validated(scheduled: Scheduled): Validated {
  return get(validate(get(lower(scheduled)), scheduled.rhs));
}

export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Axes that are multiples of their tiles, no smaller. */
export const fitting = (uses: readonly AxisUse[], sizes: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    uses.flatMap((u) => {
      if (u._tag === 'Lanes') return []; // as long as what they are of
      const n = sizes[u.name]!;
      if (u._tag === 'Held') return [[u.name, Math.min(n, u.most)] as const];
      return [[u.name, u._tag === 'Streamed' && !u.head ? Math.ceil(n / u.capacity) * u.capacity : n] as const];
    }),
  );

/** Pairwise distinct where the range allows. */
export function sizesFor(scheduled: Scheduled, next: () => number, most = 23): Record<string, number> {
  const used = new Set<number>();
  const pick = (): number => {
    for (let i = 0; ; i++) {
      const n = 1 + Math.floor(next() * most);
      if (!used.has(n) || i > 20) return (used.add(n), n);
    }
  };
  return fitting(scheduled.uses, Object.fromEntries(scheduled.uses.map((u) => [u.name, pick()])));
}

export interface Prepared {
  readonly emitted: Emitted;
  readonly program: KernelProgram;
  readonly inputs: Float32Array[];
  readonly expected: Float64Array;
}

export function prepare(
  scheduled: Scheduled,
  checked: Validated,
  target: Target,
  sizes: Record<string, number>,
  next: () => number,
): Prepared {
  const emitted = get(emit(target, checked));
  const made = get(program(emitted, sizes));
  const inputs = inputsOf(made).map((b, i) => {
    const isTruth = scheduled.rhs.dom.leaves[i]?.base._tag === 'Boolean';
    const isPlace = scheduled.wires[i]?.name === 'row'; // most of them in the table
    const one = (): number => (isPlace ? Math.floor(4 * next()) : isTruth ? Math.round(next()) : 4 * next() - 2);
    return Float32Array.from({ length: b.elements }, one);
  });
  if (scheduled.name.startsWith('normed')) inputs[3]![0] = 0.25;
  const values = axisSizes(checked.kernel, sizes);
  const shapes = scheduled.rhs.dom.leaves.map((leaf, i) => ({
    shape: leaf.axes.length === 0 ? [] : leaf.axes.map((a) => sizeOfAxis(a, values)),
    data: Float64Array.from(inputs[i]!),
  }));
  const result = evaluate(scheduled.rhs, { sizes: values }, shapes);
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return { emitted, program: made, inputs, expected: result.right[0]!.data };
}

function sizeOfAxis(
  e: { readonly terms: readonly { readonly vars: readonly unknown[]; readonly tail: unknown }[] },
  values: ReadonlyMap<unknown, number>,
): number {
  return e.terms.reduce(
    (n, m) =>
      n +
      m.vars.reduce<number>((p, v) => p * values.get(v)!, 1) * (m.tail ? sizeOfAxis(m.tail as typeof e, values) : 1),
    0,
  );
}

export function worst(found: Float32Array, expected: Float64Array): number {
  if (found.length !== expected.length) return Infinity;
  return found.reduce(
    (w, x, i) => Math.max(w, Number.isFinite(x) ? Math.abs(x - expected[i]!) / (1 + Math.abs(expected[i]!)) : Infinity),
    0,
  );
}
