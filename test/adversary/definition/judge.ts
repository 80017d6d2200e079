// Runs the kernel of a definition on random inputs and judges it by its forward bound. Invariant: sizes are pairwise distinct where they are not all
// one, outputs are poisoned by the runner; at least one element must have a bound. It knows no definition.
import * as E from 'fp-ts/lib/Either.js';
import { launch } from '../../../src/run/launch/device.js';
import { type Inputs, compare } from '../../../src/run/launch/launch.js';
import type { Axis } from '../../../src/core/index.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { sizeOf } from '../../../src/kernel/ir/position.js';
import type { Gpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';

export type Sizes = Readonly<Record<string, number>>;

export function sizesOf(kernel: Extracted, next: () => number, kind: number): Sizes {
  const axes = [...kernel.info.names.axes.keys()];
  const used = new Set<number>();
  const one = (): number => {
    let n = 1 + Math.floor(next() * 6);
    while (used.has(n)) n += 1;
    used.add(n);
    return n;
  };
  return Object.fromEntries(axes.map((a) => [a, kind === 0 ? 1 : kind === 1 ? 4 : one()]));
}

/** Numbers in [-1, 1]; truth values; rows that a table has, or one below and above it. */
export function inputsOf({ info }: Extracted, sizes: Sizes, next: () => number): Inputs {
  const ring = { zero: 0, one: 1, add: (x: number, y: number) => x + y, mul: (x: number, y: number) => x * y };
  const length = (e: Axis): number => sizeOf({ ...ring, size: (v) => sizes[v.name]! }, e);
  return Object.fromEntries(
    info.wires.map((w) => {
      const { base, axes } = w.object.leaves[0]!;
      const shape = axes.length === 0 ? [] : [2, ...axes.map(length)];
      const value = (): number => {
        if (base._tag === 'Boolean') return next() < 0.5 ? 0 : 1;
        return w.name === 'row' ? Math.floor(next() * (sizes['v']! + 2)) - 1 : 2 * next() - 1;
      };
      return [w.name, { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, value) }];
    }),
  );
}

/** The worst error over its bound, on one drawn case. */
export async function ratio(kernel: Extracted, seed: number, kind: number, gpu?: Gpu): Promise<number> {
  const next = random(seed);
  const sizes = sizesOf(kernel, next, kind);
  const inputs = inputsOf(kernel, sizes, next);
  const ran = await launch(kernel, inputs, { sizes, ...(gpu ? { gpu } : {}) });
  if (E.isLeft(ran)) throw new Error(JSON.stringify({ sizes, error: ran.left }));
  return get(compare(kernel, inputs, ran.right)).ratio;
}
