// Random streams through the whole compiler; small failures of the past; and that the comparison can fail. WEFT_SEED repeats a run, WEFT_CORPUS=1
// writes what fails, made small, into the corpus.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { get } from '../../support/ir/dsl.js';
import { random } from '../../support/ir/run.js';
import { SEED } from '../../target/kernels/pool.js';
import { textFor } from '../../target/kernels/property.js';
import { runHost } from '../../../src/run/device/host.js';
import { entries, outcomes, parsed, written } from './corpus.js';
import { isProved, libraryWith } from './library.js';
import { part } from './part.js';
import { type Program, proof, statement } from './program.js';
import { program } from './random.js';
import { read } from './expression.js';
import { shrunk } from './shrink.js';
import { HOST, extracted, made, onesFor, ran, sizes, textsFor } from './trial.js';

const x = { name: 'x', axes: ['q', 'n'] };
const y = { name: 'y', axes: ['q'] };
const s0 = { name: 's0', axes: ['q'] };
/** sum over n of (x - y) x, by y */
const KNOWN: Program = {
  name: 'known',
  axes: ['q', 'n'],
  result: ['q'],
  wires: [x, y],
  components: [
    {
      _tag: 'Sum',
      name: 's0',
      axes: ['q'],
      body: {
        _tag: 'Binary',
        form: 'mul',
        left: { _tag: 'Binary', form: 'sub', left: read(x), right: read(y) },
        right: read(x),
      },
    },
  ],
  finals: [{ _tag: 'Binary', form: 'mul', left: read(s0), right: read(y) }],
  inlined: true,
  laws: 'mergeable',
};
const SCHEDULE = { tiles: { q: 2, n: 3 }, ragged: 'first' } as const;
const CASES = [
  onesFor(['q', 'n'], 5, SCHEDULE),
  sizes(random(9), ['q', 'n'], SCHEDULE),
  { sizes: { q: 5, n: 7 }, leading: [], seed: 3, scale: 1 },
];

describe('random streams', () => {
  it('are proved, and their kernels compute them', async () => {
    const { failures } = await part({ full: false, seed: SEED });
    expect(failures.join('\n'), `WEFT_SEED=${SEED}`).toBe('');
  }, 240_000); // a stream over many axes takes long to validate, and a failure to make small
  it('are the same for the same seed', () => {
    const one = (seed: number): string => statement(program(random(seed), 'p'));
    expect(one(SEED)).toBe(one(SEED));
    expect(new Set([1, 2, 3, 4, 5, 6].map(one)).size).toBe(6);
  });
});

describe('the corpus', () => {
  const all = entries();
  const library = libraryWith(all.map((e) => e.source));
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = get(await openGpu());
  });
  afterAll(() => gpu.close());
  it('is there', () => {
    expect(all.length).toBeGreaterThan(0);
  });
  it.each(all.map((e) => [e.name, e] as const))('%s', async (name, e) => {
    expect(parsed(name, written(e))).toEqual(e);
    expect(isProved(library, name)).toBe(true);
    const found = extracted(library, name, 'wgsl', e.schedule);
    if (found._tag !== 'Made') return expect(found).toMatchObject({ code: e.expect });
    expect(e.expect).toBe('runs');
    const results = await outcomes(e, textsFor(found.kernel, { ...HOST, wgsl: gpu.run }), random(SEED));
    expect(results[0]).toMatchObject({ _tag: 'Ran' });
    expect(
      results.filter((r) => r._tag === 'Failed'),
      `WEFT_SEED=${SEED}`,
    ).toEqual([]);
  });
});

describe('a wrong kernel', () => {
  const library = libraryWith([{ statement: statement(KNOWN), proof: proof(KNOWN) }]);
  const kernelOf = (): ReturnType<typeof made> => made(library, KNOWN, 'host', SCHEDULE);
  it('is found and made small, and the right one runs', async () => {
    const found = kernelOf();
    if (found._tag !== 'Made') throw new Error(JSON.stringify(found));
    for (const c of CASES)
      expect(await ran([textFor(found.kernel, 'host', runHost)], c)).toMatchObject([{ _tag: 'Ran' }]);
    // every difference is taken as a sum
    const spoil = (text: string): string => text.replace(/ - (?=[a-z])/g, ' + ');
    const attempt: Parameters<typeof shrunk>[2] = async (lib, s) => {
      const m = made(lib, s.program, 'host', s.schedule);
      if (m._tag !== 'Made') return undefined;
      const wrong = { ...m.kernel, emitted: { ...m.kernel.emitted, text: spoil(m.kernel.emitted.text) } };
      for (const c of s.cases)
        for (const r of await ran([textFor(wrong, 'host', runHost)], c)) if (r._tag === 'Failed') return r;
      return undefined;
    };
    const start = { program: KNOWN, schedule: SCHEDULE, cases: CASES };
    const failure = await attempt(library, start);
    expect(failure, found.kernel.text).toMatchObject({ key: 'host: over its bound' });
    const small = await shrunk(start, failure!, attempt);
    expect(small.cases).toHaveLength(1);
    expect(Object.values(small.cases[0]!.sizes).every((n) => n === 1)).toBe(true);
    expect(statement(small.program).length).toBeLessThan(statement(KNOWN).length);
  });
});

describe('a law that does not hold', () => {
  it('is not proved by the script, and the one that holds is', () => {
    const wrong = statement({ ...KNOWN, name: 'wrong' }).replace('s0[q] + ', 's0[q] - ');
    const library = libraryWith([
      { statement: wrong, proof: proof({ ...KNOWN, name: 'wrong' }) },
      { statement: statement(KNOWN), proof: proof(KNOWN) },
    ]);
    expect(isProved(library, 'wrong')).toBe(false);
    expect(isProved(library, 'known')).toBe(true);
    expect(extracted(library, 'wrong', 'host', SCHEDULE)).toMatchObject({ code: 'NotProved' });
  });
});
