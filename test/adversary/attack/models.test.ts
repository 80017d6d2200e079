// Every proved theorem of the library is true at numbers: at distinct sizes, at random ones, at the least, and at equal ones.
import { beforeAll, describe, expect, it } from 'vitest';
import { checkLibrary } from '../../../src/proof/script/check.js';
import type { TheoremReport } from '../../../src/proof/script/result.js';
import { library } from '../../support/corpus.js';
import { single, checked } from './attempt.js';
import { holds, regimes, stream } from './model.js';

const seed = Math.floor(Math.random() * 2 ** 31);
let theorems: readonly TheoremReport[];

beforeAll(() => {
  const { statements, proofs } = library();
  theorems = checkLibrary(statements, proofs).theorems.filter((t) => t.status === 'proved');
}, 240_000);

describe('the library at numbers', () => {
  it('has theorems', () => {
    expect(theorems.length).toBeGreaterThan(150);
    expect(theorems.filter((t) => t.hypotheses.length > 0).length).toBeGreaterThan(20);
  });
  it.each(Object.entries(regimes))('%s sizes', (name, sizes) => {
    let functions = 0;
    const vacuous: string[] = [];
    const failures = theorems.flatMap((t, i) => {
      const own = seed + 7919 * i;
      const outcome = holds(t.thm!, sizes(stream(own)), own);
      functions += outcome.functions;
      if (outcome.vacuous) vacuous.push(t.name);
      return outcome.failure === undefined ? [] : [`${t.name} (seed ${seed}, ${name}): ${outcome.failure}`];
    });
    expect(failures).toEqual([]);
    expect(functions).toBeGreaterThan(60);
    expect(vacuous.filter((n) => n !== 'lib-sum-full-tiles')).toEqual([]);
  });
  it('tells false theorems: those that rest on a false axiom', () => {
    const falsely = [
      'axiom a (x y : R) : x * y = x + y',
      'axiom a [n] (x : R[n]) : sum(x) = first x',
      'axiom a [m, n] (x : R[n], y : R[m]) : sum(x ++ y) = sum(x)',
      'axiom a {f : R -> R, g : R -> R} (x : R) : f(g(x)) = g(f(x))',
      'axiom a [n?] () : size n * size n = size n',
      'axiom a (x y : R) : (x < y) = (y < x)',
    ];
    for (const axiom of falsely) {
      const statement = `${axiom}\n${axiom.replace('axiom a', 'theorem bad')}`;
      const bad = checked(single(statement, 'apply a')).theorems.find((t) => t.name === 'bad')!;
      expect([bad.status, bad.axioms], axiom).toEqual(['proved', ['a']]);
      const outcomes = Object.values(regimes).map(
        (sizes, i) => holds(bad.thm!, sizes(stream(seed + i)), seed + i).failure,
      );
      expect(
        outcomes.some((f) => f !== undefined),
        `${axiom} (seed ${seed})`,
      ).toBe(true);
    }
  });
});
