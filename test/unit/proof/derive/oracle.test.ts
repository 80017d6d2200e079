// The oracle against what is known, planted states that it must refute, and what it must say that it does not see. The evidence of every
// refusal of the lists passes a checker of its own, and evidence that claims growth where there is none does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Oracle } from '../../../../src/proof/derive/oracle.js';
import { rankOf, singularValues } from '../../../../src/proof/derive/rank.js';
import { type Read, readTerm } from '../../../../src/proof/derive/read.js';
import { Symbols } from '../../../../src/proof/derive/sym.js';
import type { FunctionEntry } from '../../../../src/language/elaborate/scope.js';
import { type Listed, asked, listed, solve } from '../../../report/bench/stream/run.js';
import { holds, independent, rankOf as again } from './evidence.js';

const bench = readFileSync(join(import.meta.dirname, '../../../report/bench/stream/algorithms.weft'), 'utf8');
const unseen = readFileSync(join(import.meta.dirname, 'unseen.weft'), 'utf8').replace(/^import .*$/m, '');
const planted = `
def p-variance [n] (x : R[n]) : R := let c = sum(x) / size n in sum n (square(x[n] - c)) / size n
def p-sums [n] (x : R[n]) : R * R := (sum(x), sum n (x[n] * x[n]))
def p-squares-alone [n] (x : R[n]) : R := let c = sum(x) / size n in sum n (square(x[n] - c))
def p-soft [n] (s v : R[n]) : R := sum n (exp(s[n]) * v[n]) / sum n (exp(s[n]))
def p-soft-state [n] (s v : R[n]) : R * R := (sum n (exp(s[n])), sum n (exp(s[n]) * v[n]))
def p-soft-quotient [n] (s v : R[n]) : R := sum n (exp(s[n]) * v[n]) / sum n (exp(s[n]))
def p-total [n] (x : R[n]) : R := sum(x)
def p-lost-sign [n] (x : R[n]) : R := square(sum(x))
def p-all-positive [n] (x : R[n]) : B := fold n (s = true) (s and 0 < x[n])
def p-last [n] (x : R[n]) : R := fold n (s = 0) x[n]
`;

let all: Listed;
const entry = (name: string): FunctionEntry =>
  all.library.statements.envs.get('theorems/asked-for.weft')!.functions.get(name)!;
function oracleOf(name: string): { readonly oracle: Oracle; readonly symbols: Symbols; readonly read: Read } {
  const symbols = new Symbols();
  const { definition } = entry(name);
  const read = readTerm(symbols, definition.body);
  return { oracle: new Oracle(read.inputs, read.outputs, definition.parameters.axes[0]!, 1), symbols, read };
}
beforeAll(() => {
  all = listed(`${bench}\n${unseen}\n${planted}`);
}, 300_000);

describe('ranks', () => {
  test.each([
    ['p-variance', 2, 2],
    ['p-soft', 2, 2],
    ['a-slope', 4, 4],
    ['a-affine', 1, 2],
    ['a-gla', 4, 6],
    ['a-delta', 4, 8],
    ['a-hmm', 2, 4],
    ['a-viterbi', 2, 3],
  ])('%s has fold rank %i and merge rank %i', (name, fold, merge) => {
    const ranks = oracleOf(name).oracle.ranks();
    expect([ranks.fold, ranks.merge]).toEqual([fold, merge]);
  });
  test('of a matrix agrees with elimination', () => {
    const rows = [
      [1, 2, 3],
      [2, 4, 6],
      [0, 1, 1],
      [1, 3, 4],
    ];
    expect(rankOf(rows.map((r) => Float64Array.from(r)))).toBe(2);
    expect(independent(rows)).toBe(2);
    expect(singularValues([Float64Array.of(3, 4)])[0]).toBeCloseTo(1);
  });
});

describe('planted states', () => {
  const candidate = (result: string, state: string): { readonly complete: boolean } => {
    const { oracle, symbols } = oracleOf(result);
    return oracle.candidate(readTerm(symbols, entry(state).definition.body).outputs, 6);
  };
  test.each([
    ['p-variance', 'p-squares-alone'],
    ['p-soft', 'p-soft-quotient'],
    ['a-median-rank', 'p-sums'],
    ['p-variance', 'p-total'],
  ])('%s from %s is refuted', (result, state) => expect(candidate(result, state).complete).toBe(false));
  test.each([
    ['p-variance', 'p-sums'],
    ['p-soft', 'p-soft-state'],
    ['p-total', 'p-total'],
  ])('%s from %s is not', (result, state) => expect(candidate(result, state).complete).toBe(true));
  test('a lost sign is not seen: a pass is no proof', () =>
    expect(candidate('p-total', 'p-lost-sign').complete).toBe(true));
  test('a flag has rank 0, and the verdict says that something is compared', () => {
    expect(oracleOf('p-all-positive').oracle.ranks().fold).toBe(0);
    const row = solve(all, {
      name: 'p-all-positive',
      axis: 'n',
      wanted: 'commutative',
      outputs: false,
      hand: undefined,
    });
    expect(row.answer.evidence.selects).toBe(true);
    expect(row.verdict).toBe('commutative');
  });
});

describe('refusals', () => {
  const refused = [...asked(bench), ...asked(unseen)].filter((a) => a.wanted === 'refused' && !a.outputs);
  test('there are some', () => expect(refused.length).toBeGreaterThanOrEqual(4));
  test.each(refused.map((a) => [a.name, a] as const))(
    'the evidence of %s holds',
    (name, a) => {
      const { answer } = solve(all, a);
      expect(answer.verdict).toBe('refused');
      const { definition } = entry(name);
      expect(holds(definition, definition.parameters.axes[0]!, answer.evidence.ranks, 5)).toBe(true);
    },
    120_000,
  );
  test('evidence that claims too much does not', () => {
    const { definition } = entry('p-variance');
    const claim = { width: 1, table: [4, 8, 16].map((length) => ({ length, fold: length })) };
    expect(holds(definition, definition.parameters.axes[0]!, claim, 5)).toBe(false);
    expect(again(definition, definition.parameters.axes[0]!, 8, 5)).toBe(2);
  });
});
