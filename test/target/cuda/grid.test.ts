// Grids that are longer in a dimension than CUDA takes, executed on the CPU, whose launcher keeps CUDA's limits. Invariant: what is expected is
// computed here, from what attention is; outputs are poisoned by the runner.
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/kernel/extract/extract.js';
import { program } from '../../../src/kernel/extract/program.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { library } from '../kernels/library.js';
import { get } from '../../support/ir/dsl.js';

const HEADS = 65536;

describe('a grid of more than 65,535 blocks in y or z', () => {
  it('is refused by the launcher of the text that has three numbers, and runs as one number', async () => {
    const { emitted } = get(extract(library(), 'attention', 'cuda', { tiles: new Map([['q', 2]]), ragged: 'first' }));
    const sizes = { q: 1, k: 2, d: 1, e: 1, batch: HEADS };
    const [folded, fits] = [get(program(emitted, sizes)), get(program(emitted, { ...sizes, batch: 3 }))];
    const random = (n: number, s: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i * s));
    const [q, k, v] = [random(HEADS, 1.1), random(2 * HEADS, 1.7), random(2 * HEADS, 2.3)] as const;
    const runner = get(await openCudaCpu([folded, fits]));
    const unfolded = {
      ...folded,
      text: fits.text,
      params: fits.params,
      paramValues: [HEADS, ...fits.paramValues.slice(1)],
    };
    const refused = await runner.run(unfolded, [q, k, v]);
    expect(refused).toMatchObject({ _tag: 'Left', left: { _tag: 'KernelFault', fault: 'launch-configuration' } });
    const [found] = get(await runner.run(folded, [q, k, v]));
    const wanted = Array.from({ length: HEADS }, (_, h) => {
      const [a, b] = [Math.exp(q[h]! * k[2 * h]!), Math.exp(q[h]! * k[2 * h + 1]!)];
      return (a * v[2 * h]! + b * v[2 * h + 1]!) / (a + b);
    });
    expect(Math.max(...Array.from(found!, (x, h) => Math.abs(x - wanted[h]!)).slice(0, 60_000))).toBeLessThan(1e-5);
    expect(Math.max(...Array.from(found!, (x, h) => Math.abs(x - wanted[h]!)).slice(60_000))).toBeLessThan(1e-5);
    await runner.close();
  }, 300_000);
});
