// The race check sees a barrier wherever it stands, first in a body too: there the interpreter itself passes over it (detect.ts). Each text without a race
// has a twin that has one.
import { describe, expect, it } from 'vitest';
import { emit } from '../../../src/kernel/emit/emit.js';
import { program } from '../../../src/kernel/extract/program.js';
import { type KernelProgram, inputsOf } from '../../../src/kernel/ir/program.js';
import { extracted } from '../../target/kernels/pool.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import { smallChoice } from '../mutation/kernel/subject.js';
import { type Detected, detect } from './detect.js';
import { withoutBarrier } from './texts.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const BARRIER = 'workgroupBarrier();';

/** Three lanes; in each of two turns each lane writes its word and then reads its neighbour's. */
const turns = (opening: string): string => `
var<workgroup> words : array<f32, 3>;
@group(0) @binding(0) var<storage, read> given : array<f32>;
@group(0) @binding(1) var<storage, read_write> out : array<f32>;

@compute @workgroup_size(3)
fn main(@builtin(local_invocation_id) lane : vec3<u32>) {
  let i = lane.x;
  var sum = 0.0;
  for (var t = 0u; t < 2u; t++) {
    ${opening}
    words[i] = given[t * 3u + i];
    workgroupBarrier();
    sum = sum + words[(i + 1u) % 3u];
  }
  out[i] = sum;
}
`;
/** A barrier under a condition. */
const under = (condition: string): string => `
@group(0) @binding(0) var<storage, read> given : array<f32>;
@group(0) @binding(1) var<storage, read_write> out : array<f32>;

@compute @workgroup_size(3)
fn main(@builtin(local_invocation_id) lane : vec3<u32>) {
  let i = lane.x;
  if (${condition}) {
    workgroupBarrier();
    out[i] = given[i];
  }
  out[i] = given[i];
}
`;

const found = (text: string): Detected => {
  const made: KernelProgram = {
    target: 'wgsl',
    entry: 'main',
    text,
    params: [],
    paramValues: [],
    buffers: [
      { name: 'given', access: 'read', elements: 6 },
      { name: 'out', access: 'read_write', elements: 3 },
    ],
    workgroup: [3, 1, 1],
    grid: [1, 1, 1],
  };
  return detect(made, [Float32Array.from([1, 2, 4, 8, 16, 32])]);
};

describe('a barrier that stands first', () => {
  it.each([
    ['alone', BARRIER],
    ['after a comment', `// all lanes { wait\n    // here\n    ${BARRIER}`],
    ['in a body of its own', `{ ${BARRIER} }`],
    ['after a statement', `let n = t; ${BARRIER}`],
  ])('orders the turns of a loop: %s', (_, opening) => {
    const { races, errors, outputs } = found(turns(opening));
    expect([races, errors]).toEqual([[], []]);
    expect([...outputs[0]!]).toEqual([18, 36, 9]);
    const bare = found(turns(opening.replace(BARRIER, '')));
    expect(bare.races).not.toEqual([]);
    expect(bare.races.every((r) => r.startsWith('words: read'))).toBe(true);
  });

  it('is missed by the lanes that a condition keeps out', () => {
    expect(found(under('i < 3u'))).toMatchObject({ races: [], errors: [] });
    expect(found(under('i < 2u')).errors.join()).toContain('Barrier divergence');
  });

  it('is needed in a kernel, and is seen', () => {
    const { emitted } = get(extracted('gradient-of-queries', 'wgsl', smallChoice('gradient-of-queries', 'last')));
    const { text } = get(emit('wgsl', emitted.validated));
    const opening = [...text.matchAll(/workgroupBarrier\(\);/g)].flatMap(({ index }, n) =>
      text.slice(0, index).trimEnd().endsWith('{') ? [n] : [],
    );
    expect(opening).toHaveLength(1);
    const made = get(program(get(emit('wgsl', emitted.validated)), { batch: 1, k: 6, d: 4, e: 2, q: 3 }));
    const next = random(SEED);
    const inputs = inputsOf(made).map((b) => Float32Array.from({ length: b.elements }, () => 0.25 + next()));
    expect(detect(made, inputs), `WEFT_SEED=${SEED}`).toMatchObject({ races: [], errors: [] });
    const bare = detect({ ...made, text: withoutBarrier(made.text, opening[0]!) }, inputs);
    expect(bare.races, `WEFT_SEED=${SEED}`).not.toEqual([]);
  }, 120_000);
});
