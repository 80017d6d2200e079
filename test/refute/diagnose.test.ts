// Of the refusals of the corpus, nearly all are shown numbers; none that is true is; and looking changes nothing.
import { beforeAll, describe, expect, test } from 'vitest';
import { concerns, illustrate } from '../../src/refute/diagnose.js';
import type { Library } from '../../src/script/check.js';
import { checkLibrary } from '../../src/script/check.js';
import { type Case, cases, library } from '../corpus/load.js';

const refused = cases().filter((c) => c.kind === 'reject');
const axioms = library().statements.find((f) => f.path === 'theorems/axioms.weft')!;
const needs = (c: Case): boolean => c.statements.every((f) => !/^import /m.test(f.text));

describe('the corpus without the library', () => {
  const alone = refused.filter(needs);
  const files = [axioms, ...alone.flatMap((c) => c.statements), ...alone.flatMap((c) => c.proofs)];
  const texts = new Map(files.map((f) => [f.path, f.text]));
  let found: Library;
  beforeAll(() => {
    found = checkLibrary(
      alone.flatMap((c) => c.statements),
      alone.flatMap((c) => c.proofs),
    );
  });
  test('has equations that are refused, each with a counterexample', () => {
    const concerned = found.diagnostics.filter(concerns);
    expect(alone.length).toBeGreaterThanOrEqual(3);
    expect(concerned.length).toBeGreaterThanOrEqual(5);
    const none = concerned.filter((d) => illustrate(d, found, texts) === undefined);
    expect(none.map((d) => `${d.file} ${d.fact._tag}`)).toEqual([]);
  });
  test('has the same verdicts before and after', () => {
    const verdicts = (): string => JSON.stringify(found.theorems.map((t) => [t.name, t.status, t.code]));
    const before = verdicts();
    found.diagnostics.forEach((d) => illustrate(d, found, texts));
    expect(verdicts()).toBe(before);
  });
  test('has refusals that are no equations, which are left alone', () => {
    const others = found.diagnostics.filter((d) => !concerns(d));
    expect(others.map((d) => illustrate(d, found, texts)).filter((i) => i !== undefined)).toEqual([]);
  });
});
