// `stream` on algorithms of no list: each verdict is right, what is found is proved as the whole library is, and is extracted. Spelled
// otherwise, an algorithm has the same verdict and the same size of state.
import * as E from 'fp-ts/lib/Either.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFolder, loadBeside } from '../../../../src/project/project.js';
import { extractMessage } from '../../../../src/diagnostic/extract.js';
import { extract } from '../../../../src/kernel/extract/extract.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { type Listed, type Row, asked, listed, solve } from '../../../report/bench/stream/run.js';
import { type Variant, variants } from './spelling.js';

const text = readFileSync(join(import.meta.dirname, 'unseen.weft'), 'utf8');
const all = asked(text);

describe('algorithms of no list', () => {
  let bench: Listed;
  const rows = new Map<string, Row>();
  beforeAll(() => {
    bench = listed(text);
    for (const a of all) rows.set(a.name, solve(bench, a));
  }, 300_000);

  test('are twenty, of every strength', () => {
    const count = (w: string): number => all.filter((a) => a.wanted === w).length;
    expect(all.length).toBeGreaterThanOrEqual(20);
    for (const w of ['commutative', 'mergeable', 'foldable', 'two-pass', 'refused'])
      expect(count(w)).toBeGreaterThanOrEqual(2);
    expect(all.filter((a) => a.outputs).length).toBeGreaterThanOrEqual(4);
  });
  test.each(all.map((a) => [a.name, a] as const))('%s', (name, a) => {
    const { answer } = rows.get(name)!;
    expect(answer.verdict).toBe(a.wanted);
    expect(answer.outputs).toBe(a.outputs);
    expect(answer.evidence.ranks.table.length).toBeGreaterThan(0);
    if (answer.verdict === 'refused') expect(answer.found).toBeUndefined();
  });
  test('what is found is proved from its texts alone, and becomes kernels', () => {
    const found = [...rows.values()].flatMap((r) => (r.answer.found ? [r] : []));
    const of = (part: 'theorems' | 'proofs'): string => found.map((r) => r.answer.found![part]).join('\n');
    const own = text.replaceAll('../weft/theorems/', '');
    const sources = loadBeside(packageFolder, join(packageFolder, 'theorems/separation.weft'), [
      'proofs/separation.weft',
    ]);
    const library = checkLibrary(
      [...sources.statements, { path: 'theorems/unseen.weft', text: `${own}\n${of('theorems')}` }],
      [...sources.proofs, { path: 'proofs/unseen.weft', text: `import "separation.weft"\n${of('proofs')}` }],
    );
    const mine = library.theorems.filter((t) => t.file === 'theorems/unseen.weft');
    expect(mine.length).toBeGreaterThan(2 * found.length);
    expect(mine.filter((t) => t.status !== 'proved').map((t) => t.name)).toEqual([]);
    const refusals = found.flatMap((r) => {
      const kernel = extract(library, `${r.name}-found`, 'wgsl', { tiles: new Map(), ragged: 'first' });
      return E.isLeft(kernel) ? [`${r.name}: ${extractMessage(kernel.left).headline}`] : [];
    });
    expect(refusals).toEqual([]);
  }, 300_000);
});

/** Spellings on which the verdict once depended: [definition, verdict, size of the state]. */
const pinned = [
  // a sign on what is the same for all terms of the inner sum
  [
    'def n-1 [n] (h : R[n]) : R := (fold i:n (s = 0) (sum j:n ((-((-(h[j] - h[i])) * -(-h[j] + h[i]))))) + s)',
    'commutative',
    2,
  ],
  // one lemma for both loops, of which the outer one matches first
  [
    'def n-2 [n] (u : R[n]) : R := (fold i:n (s = 0) (fold j:n (s = 0) (-((-u[j] + u[i]) * -(-u[j] + u[i]))) + s) + s)',
    'commutative',
    2,
  ],
  // a name behind a sign
  [
    'def n-3 [n] (x : R[n]) : R := let (m, k, p) = fold i:n (m = first x, k = 0, p = 0) (if 0 < (-m + x[i]) then (x[i], p, (1 + p)) else (m, k, (1 - -p))) in k',
    'mergeable',
    3,
  ],
] as const;

describe('another spelling', () => {
  const seed = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000);
  const families = variants(seed, 5);
  let bench: Listed;
  beforeAll(() => {
    bench = listed(
      `import "../weft/theorems/separation.weft"\n${[...families.flatMap((f) => f.spellings.map((s) => s.text)), ...pinned.map(([t]) => t)].join('\n')}`,
    );
  }, 300_000);
  test.each(families.map((f): [string, Variant] => [f.name, f]))(
    '%s has the same verdict and state',
    (_, { spellings, wanted }) => {
      const seen = spellings.map(({ name, axis }) => {
        const { answer } = solve(bench, { name, axis, wanted, outputs: false, hand: undefined });
        return `${answer.verdict} ${answer.found?.state.length} ${answer.evidence.ranks.fold}`;
      });
      expect(new Set(seen).size, `seed ${seed}: ${seen.join('; ')}\n${spellings.map((s) => s.text).join('\n')}`).toBe(
        1,
      );
      expect(seen[0]!.startsWith(wanted)).toBe(true);
    },
    300_000,
  );
  test.each(pinned.map(([text, wanted, size], i) => [`n-${i + 1}`, wanted, size, text] as const))(
    '%s, on which it once depended, is %s with %i parts',
    (name, wanted, size) => {
      const { answer } = solve(bench, { name, axis: 'n', wanted, outputs: false, hand: undefined });
      expect([answer.verdict, answer.found?.state.length]).toEqual([wanted, size]);
    },
  );
});
