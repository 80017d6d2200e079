// Of the refusals of the corpus, nearly all are shown numbers; none that is true is; and looking changes nothing.
import { beforeAll, describe, expect, test } from 'vitest';
import { Illustrator, concerns } from '../../../../src/proof/refute/diagnose.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { type Case, cases, library } from '../../../support/corpus.js';

const refused = cases().filter((c) => c.kind === 'reject');
const axioms = library().statements.find((f) => f.path === 'theorems/axioms.weft')!;
const needs = (c: Case): boolean => c.statements.every((f) => !/^import /m.test(f.text));

describe('the corpus without the library', () => {
  const alone = refused.filter(needs);
  const files = [axioms, ...alone.flatMap((c) => c.statements), ...alone.flatMap((c) => c.proofs)];
  const texts = new Map(files.map((f) => [f.path, f.text]));
  let found: Library;
  let numbers: Illustrator;
  beforeAll(() => {
    found = checkLibrary(
      alone.flatMap((c) => c.statements),
      alone.flatMap((c) => c.proofs),
    );
    numbers = new Illustrator(found, texts);
  });
  test('has equations that are refused, each with a counterexample', () => {
    const concerned = found.diagnostics.filter(concerns);
    expect(alone.length).toBeGreaterThanOrEqual(3);
    expect(concerned.length).toBeGreaterThanOrEqual(5);
    const none = concerned.filter((d) => numbers.of(d) === undefined);
    expect(none.map((d) => `${d.file} ${d.fact._tag}`)).toEqual([]);
  });
  test('has the same verdicts before and after', () => {
    const verdicts = (): string => JSON.stringify(found.theorems.map((t) => [t.name, t.status, t.code]));
    const before = verdicts();
    found.diagnostics.forEach((d) => numbers.of(d));
    expect(verdicts()).toBe(before);
  });
  test('has refusals that are no equations, which are left alone', () => {
    const others = found.diagnostics.filter((d) => !concerns(d));
    expect(others.map((d) => numbers.of(d)).filter((i) => i !== undefined)).toEqual([]);
  });
});

describe('many failing theorems', () => {
  const n = 120;
  const text = Array.from(
    { length: n },
    (_, i) => `theorem t${i} {A, f : A * A -> A, g : A -> A} (x y : A)
  given a : (x y z : A) : f(f(x, y), z) = f(x, f(y, z))
  given b : (x : A) : g(g(g(x))) = x
  : g(f(x, y)) = f(g(x), f(g(y), ${i === 0 ? 'y' : 'x'}))\n`,
  ).join('');
  const proofs = Array.from({ length: n }, (_, i) => `proof t${i}\n  ?\nqed\n`).join('');
  const files = [
    { path: 'theorems/t.weft', text },
    { path: 'proofs/t.weft', text: proofs },
  ] as const;
  const found = checkLibrary([files[0]], [files[1]]);
  const texts = new Map(files.map((f) => [f.path, f.text]));
  test('share one amount of work, and each is asked about once', () => {
    const work = 3_000_000;
    const numbers = new Illustrator(found, texts, work);
    const first = found.diagnostics.map((d) => numbers.of(d));
    expect(first.length).toBe(n);
    // one search may end a little below nothing
    expect(numbers.rest).toBeGreaterThan(-work / 10);
    expect(numbers.rest).toBeLessThan(work / 2);
    const rest = numbers.rest;
    expect(found.diagnostics.map((d) => numbers.of(d))).toEqual(first);
    expect(numbers.rest).toBe(rest);
  });
  test('and none is looked at where no work is left', () => {
    const numbers = new Illustrator(found, texts, 0);
    expect(found.diagnostics.filter((d) => numbers.of(d))).toEqual([]);
  });
});
