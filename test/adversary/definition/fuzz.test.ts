// Random definitions as kernels: what has a kernel computes what the definition says, within its bound; what has none is refused for a reason that is
// written here, and never because its kernel does not validate. WEFT_SEED repeats a run, WEFT_RUNS makes it longer.
import * as E from 'fp-ts/lib/Either.js';
import { expect, it } from 'vitest';
import { extract } from '../../../src/kernel/extract/extract.js';
import { random } from '../../support/ir/run.js';
import { libraryOf } from './library.js';
import { ratio } from './judge.js';
import { drawn } from './random.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const RUNS = Number(process.env['WEFT_RUNS'] ?? 40);
/** An output of a loop at another index than its own turn would need an array as long as the loop. */
const ALLOWED = ['L-SCAN'];

it('random definitions', async () => {
  const refusals: string[] = [];
  for (let i = 0; i < RUNS; i++) {
    const text = drawn(random(SEED + i));
    const said = JSON.stringify({ text, WEFT_SEED: SEED + i, WEFT_RUNS: 1 });
    const library = libraryOf(`import "../../../theorems/reductions.weft"\n${text}\n`);
    expect(
      library.diagnostics.filter((d) => d.severity === 'error'),
      said,
    ).toEqual([]);
    const made = extract(library, 'def:drawn', 'host', { tiles: new Map(), ragged: 'first' });
    if (E.isLeft(made)) {
      const code = made.left._tag === 'Lower' ? made.left.error.code : made.left._tag;
      expect(
        ALLOWED,
        `${said} ${JSON.stringify(made.left, (k, v: unknown) => (typeof v === 'bigint' || k === 'found' ? `${String(v)}`.slice(0, 80) : v))}`,
      ).toContain(code);
      refusals.push(code);
    } else
      for (let kind = 0; kind < 3; kind++) expect(await ratio(made.right, SEED + i, kind), said).toBeLessThanOrEqual(1);
  }
  expect(refusals.length).toBeLessThan(Math.max(3, RUNS / 4));
}, 600_000);
