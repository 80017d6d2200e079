// A theorem checked again on its own comes out as it does in its library; what is changed is judged against what stands before it
// and nothing else.
import { beforeAll, describe, expect, it } from 'vitest';
import * as core from '../../../../src/core/index.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { type Change, type Rechecker, rechecker } from '../../../support/recheck.js';
import { must } from '../../../../src/proof/tactic/failure.js';
import { library } from '../../../support/corpus.js';

let whole: Library;
let again: Rechecker;

beforeAll(() => {
  const { statements, proofs } = library();
  whole = checkLibrary(statements, proofs);
  again = rechecker(whole, statements, proofs);
}, 240_000);

/** The status, and the codes of the errors. */
const outcome = (name: string, change: Change): string => {
  const { report, diagnostics } = again.recheck(name, change);
  const codes = diagnostics.flatMap((d) => (d.severity === 'error' ? [d.code] : []));
  return [report.status, ...codes].join(' ');
};
const sides = (thm: core.Thm) => {
  const { lhs, rhs, hypotheses } = must(core.sequent(thm));
  return [lhs.id, rhs.id, ...hypotheses.map((h) => h.id)];
};

describe('unchanged', () => {
  it('every theorem is proved again, the same', { timeout: 240_000 }, () => {
    const proved = whole.theorems.filter((t) => t.status === 'proved');
    expect(proved.length).toBeGreaterThan(170);
    expect([...again.names].sort()).toEqual(proved.map((t) => t.name).sort());
    const start = performance.now();
    for (const t of proved) {
      const statement = again.statementOf(t.name)!;
      const { report, law, diagnostics } = again.recheck(t.name, { statement, proof: again.proofOf(t.name)! });
      const { name, status, hypotheses, axioms, uses } = report;
      const { thm, ...rest } = t;
      expect({ name, status, hypotheses, axioms, uses }).toEqual({
        name: rest.name,
        status: rest.status,
        hypotheses: rest.hypotheses,
        axioms: rest.axioms,
        uses: rest.uses,
      });
      expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
      expect(sides(report.thm!)).toEqual(sides(thm!));
      expect([law!.lhs.id, law!.rhs.id]).toEqual(sides(thm!).slice(0, 2));
    }
    const ms = performance.now() - start;
    console.info(`rechecked ${proved.length} theorems in ${ms.toFixed(0)} ms, ${(ms / proved.length).toFixed(1)} each`);
  });
});

describe('a changed proof', () => {
  it('may use what was proved before', () => {
    expect(outcome('sum-zero', {})).toBe('proved');
    expect(outcome('max-one', { proof: 'proof max-one\n rewrite max2-idem\nqed' })).toBe('proved');
  });
  it('not itself, nor what comes later', () => {
    expect(outcome('sum-zero', { proof: 'proof sum-zero\n rewrite sum-zero\nqed' })).toBe('rejected E-SCOPE');
    expect(outcome('sum-add', { proof: 'proof sum-add\n rewrite sum-tile\nqed' })).toBe('rejected E-STATUS');
    expect(outcome('sum-tile', { proof: again.proofOf('sum-tile')! })).toBe('proved');
  });
  it('not by ring before the laws that ring rests on', () => {
    expect(outcome('ring-zero-mul', { proof: 'proof ring-zero-mul\n ring\nqed' })).toMatch(/^rejected E-S/);
    expect(outcome('gauge-comm', { proof: 'proof gauge-comm\n rewrite max2-comm\n ring\nqed' })).toBe('proved');
  });
  it('that proves no step, or a wrong one, fails', () => {
    expect(outcome('sum-from', { proof: 'proof sum-from\nqed' })).toBe('rejected E-EQ');
    expect(outcome('sum-from', { proof: 'proof sum-from\n ?\nqed' })).toBe('open');
    expect(outcome('sum-from', { proof: 'proof sum-from\n rewrite add-lt\nqed' })).toBe('rejected E-MATCH');
  });
  it('is one proof, of that theorem', () => {
    const own = again.proofOf('sum-add')!;
    expect(outcome('sum-add', { proof: `${own}\nproof sum-tile\n refl\nqed` })).toBe('open');
    expect(outcome('sum-add', { proof: again.proofOf('sum-from')! })).toBe('open');
    expect(outcome('sum-add', { proof: own.slice(0, -3) })).toBe('open E-SYNTAX');
    expect(outcome('sum-add', { proof: `-- twin\n${own}` })).toBe('proved');
  });
});

describe('a changed statement', () => {
  it('that is true by the same proof is proved, and is what was asked', () => {
    const statement = 'theorem max-one (y : R[1]) : max(y) = if true then first y else 0';
    const { report, law } = again.recheck('max-one', { statement });
    expect(report.status).toBe('proved');
    expect(sides(report.thm!)).toEqual([law!.lhs.id, law!.rhs.id]);
    expect(sides(report.thm!)[1]).not.toBe(sides(whole.proved.get('max-one')!.thm)[1]);
  });
  it('that is false is not proved', () => {
    const statement = 'theorem max-one (y : R[1]) : max(y) = max2(first y, 0)';
    expect(outcome('max-one', { statement })).toBe('rejected E-EQ');
  });
  it('sees no definition of its file that stands later', () => {
    const says = (side: string) => `theorem size-positive [n] () : (0 < ${side}) = true`;
    expect(outcome('size-positive', { statement: says('size n') })).toBe('proved');
    expect(outcome('size-positive', { statement: says('mean-of[n](repeat[n] 1)') })).toBe('rejected E-SCOPE');
    expect(outcome('size-positive', { statement: says('sum n (1)') })).not.toContain('E-SCOPE');
  });
  it('keeps its name and is one statement', () => {
    expect(outcome('max-one', { statement: 'theorem max-two (x : R[1]) : max(x) = first x' })).toBe('rejected E-SCOPE');
    const two = 'def f (x : R) : R := x\ntheorem max-one (x : R[1]) : max(x) = first x';
    expect(outcome('max-one', { statement: two })).toBe('rejected E-SCOPE');
    expect(outcome('max-one', { statement: 'axiom max-one (x : R[1]) : max(x) = first x' })).toBe('rejected E-SCOPE');
    expect(outcome('max-one', { statement: 'theorem max-one (x : R[1]) : max(x) = ' })).toBe('rejected E-SYNTAX');
    expect(outcome('max-one', { statement: 'theorem max-one (x : R[1]) : max(x) = x[1]' })).toMatch(/^rejected E-/);
  });
  it('of a stream states its laws as before', () => {
    const own = again.statementOf('mean.mergeable')!;
    expect(own).toBe(again.statementOf('mean'));
    expect(outcome('mean.mergeable', { statement: own })).toBe('proved');
    const wrong = own.replace("s + s'", "s - s'");
    expect(wrong).not.toBe(own);
    expect(outcome('mean.mergeable', { statement: wrong })).toBe('rejected E-EQ');
    expect(outcome('mean', { statement: wrong })).toBe('proved');
  });
});
