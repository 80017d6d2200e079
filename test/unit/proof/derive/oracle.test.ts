// The oracle against what is known, planted states that it must refute, and what it must say that it does not see. The evidence of every
// refusal of the lists passes a checker of its own, and evidence that claims growth where there is none does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { streamRecord } from '../../../../src/diagnostic/stream.js';
import { type Answer, Candidate } from '../../../../src/proof/derive/candidate.js';
import { Oracle } from '../../../../src/proof/derive/oracle.js';
import { rankOf, singularValues } from '../../../../src/proof/derive/rank.js';
import { type Read, readTerm } from '../../../../src/proof/derive/read.js';
import { Symbols } from '../../../../src/proof/derive/sym.js';
import type { FunctionEntry } from '../../../../src/language/elaborate/scope.js';
import { type Listed, asked, listed, solve } from '../../../report/bench/stream/run.js';
import { type Printed, Subject, independent, objection } from './evidence.js';

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
def p-third [n] (x : R[n]) : R := sum n (x[n] * x[n] * x[n])
def p-weighted [n] (w x : R[n]) : R := sum n (w[n] * x[n]) / sum(w)
def p-weights-forgotten [n] (w x : R[n]) : R := sum n (w[n] * x[n]) / sum(w)
def p-discounted [n] (x : R[n]) : R := fold n (s = 0) 1/2 * s + x[n]
def p-mean [n] (x : R[n]) : R := sum(x) / size n
def p-range-of-ends [n] (x : R[n]) : R := first x - (fold n (s = 0) x[n])
def p-unordered-ends [n] (x : R[n]) : R * R := let (a, b) = (first x, fold n (s = 0) x[n]) in (a + b, a * b)
def p-switched [n] (p : B[n], x : R[n]) : R := if fold n (s = false) (s or p[n]) then sum(x) else 0 - sum(x)
def p-lost-flag [n] (p : B[n], x : R[n]) : R := sum(x)
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
  const judged = (result: string, state: string): Answer => {
    const { symbols, read } = oracleOf(result);
    const held = readTerm(symbols, entry(state).definition.body).outputs;
    const over = entry(result).definition.parameters.axes[0]!;
    return new Candidate(read.inputs, read.outputs, held, over, 1).judge(6);
  };
  test.each([
    ['p-variance', 'p-squares-alone', true],
    ['p-soft', 'p-soft-quotient', true],
    ['p-variance', 'p-total', true],
    ['p-third', 'p-sums', true],
    ['p-weighted', 'p-weights-forgotten', true],
    ['p-discounted', 'p-total', true],
    ['a-gini', 'p-sums', true],
    // it is flat: only the derivatives say so
    ['a-median-rank', 'p-sums', false],
  ])('%s from %s is refuted', (result, state, shown) => {
    const answer = judged(result, state);
    expect(answer._tag).toBe('Refuted');
    if (answer._tag !== 'Refuted') return;
    if (shown) expect(answer.witness).toBeDefined();
    if (!answer.witness) return;
    // by the reference evaluator: one state, two results
    const { first, second, length, results } = answer.witness;
    const over = entry(result).definition.parameters.axes[0]!;
    const of = new Subject(entry(result).definition, over);
    const cut = (arrays: typeof first): typeof first =>
      arrays.map(({ data }) => ({ shape: [length], data: data.slice(0, length) }));
    const holds = new Subject(entry(state).definition, over);
    const states = [first, second].map((a) => holds.values(cut(a), length, 0));
    states[0]!.forEach((x, k) => expect(states[1]![k]).toBeCloseTo(x, 8));
    const total = first[0]!.data.length;
    const seen = [first, second].map((a) => of.values(a, total, length));
    seen.forEach((v, i) => v.forEach((x, k) => expect(x).toBeCloseTo(results[i]![k]!, 6)));
    expect(Math.max(...seen[0]!.map((x, k) => Math.abs(x - seen[1]![k]!)))).toBeGreaterThan(1e-5);
  });
  test.each([
    ['p-variance', 'p-sums'],
    ['p-soft', 'p-soft-state'],
    ['p-total', 'p-total'],
  ])('%s from %s is not', (result, state) => expect(judged(result, state)._tag).toBe('Passed'));
  test.each([
    ['a sign', 'p-total', 'p-lost-sign'],
    ['an order', 'p-range-of-ends', 'p-unordered-ends'],
    ['a flag', 'p-switched', 'p-lost-flag'],
    ['a count', 'p-mean', 'p-mean'],
  ])('%s that is lost is not seen, and the answer says so', (_, result, state) => {
    const answer = judged(result, state);
    expect(answer._tag).toBe('Passed');
    if (answer._tag === 'Passed') expect(answer.unseen).toEqual(['sign', 'order', 'flag', 'count']);
  });
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

describe('what a state costs', () => {
  const economyOf = (name: string) => {
    const listing = asked(bench).find((a) => a.name === name)!;
    return solve(all, listing).answer.evidence.economy!;
  };
  test.each([
    ['a-pairwise-squares', 2, 0],
    ['a-slope', 4, 0],
    // the largest exponent is kept for floats alone
    ['a-logsumexp', 2, 1],
    // something is compared; a count; a flag
    ['a-max', 1, undefined],
    ['a-count', 1, undefined],
    ['a-any', 1, undefined],
    // it only folds: the fold rank counts
    ['a-ttt', 1, 0],
  ])('%s: %i numbers, %s too many', (name, numbers, redundant) => {
    const found = economyOf(name);
    expect([found.numbers, found.redundant]).toEqual([numbers, redundant]);
  });
  test('pairs become one pass', () => {
    const { before, after } = economyOf('a-pairwise-squares').cost;
    expect(before[1]! / before[0]!).toBeGreaterThan(3.5);
    expect(after[1]! / after[0]!).toBeLessThan(2.1);
  });
});

describe('refusals', () => {
  const refused = [...asked(bench), ...asked(unseen)].filter((a) => a.wanted === 'refused' || a.wanted === 'two-pass');
  const subject = (name: string, axis: string): Subject => {
    const { definition } = entry(name);
    return new Subject(
      definition,
      definition.parameters.axes.find((a) => a.name === axis)!,
    );
  };
  const answers = new Map<string, Printed>();
  test('there are some', () => expect(refused.length).toBeGreaterThanOrEqual(12));
  test.each(refused.map((a) => [a.name, a] as const))(
    'the evidence of %s holds',
    (name, a) => {
      const printed = JSON.parse(JSON.stringify(streamRecord(solve(all, a).answer))) as Printed;
      answers.set(name, printed);
      expect(printed.verdict).toBe(a.wanted);
      expect(objection(subject(name, a.axis), printed, 5)).toBeUndefined();
    },
    120_000,
  );
  test('two lists are shown wherever the rank grows', () => {
    const shown = [...answers].filter(([, a]) => a.evidence.witness).map(([name]) => name);
    expect(shown).toEqual(
      expect.arrayContaining(['a-gini', 'a-kernel-energy', 'a-ranks', 'pair-decay', 'a-gaussian-mean']),
    );
  });
  test('evidence that claims too much does not', () => {
    const variance = subject('p-variance', 'n');
    const table = [4, 8, 16].map((length) => ({ length, fold: length }));
    const claim: Printed = { verdict: 'refused', outputs: false, evidence: { ranks: { width: 1, table } } };
    expect(objection(variance, claim, 5)).toBe('the rank does not grow');
    expect(objection(variance, { ...claim, verdict: 'commutative' }, 5)).toBe('nothing is refused');
    expect(variance.rank(8, 5)).toBe(2);
    const kept = { ...claim, verdict: 'two-pass', outputs: true };
    expect(objection(subject('a-prefix-sum', 'n'), kept, 5)).toMatch(/do not move/);
  });
  test('nor do two lists that are not what they are said to be', () => {
    const { evidence } = answers.get('a-gini')!;
    const { first, second, length, results } = evidence.witness!;
    const gini = subject('a-gini', 'n');
    expect(gini.shows({ first, second, length, results })).toBe(true);
    const [x] = second as [(typeof second)[number]];
    const bent = [{ ...x, data: x.data.map((v, i) => (i === 0 ? v + 0.01 : v)) }];
    expect(gini.shows({ first, second: bent, length, results })).toBe(false);
    expect(gini.shows({ first, second: first, length, results: [results[0], results[0]] })).toBe(false);
    expect(gini.shows({ first, second, length, results: [results[1], results[0]] })).toBe(false);
    expect(gini.shows({ first, second, length: length - 1, results })).toBe(false);
  });
});
