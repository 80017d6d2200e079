// Each check of the core is needed, and each is covered by a named test: with the check removed from a copy, tests of
// test/unit/core/conditions fail, and they are named. Each of those tests notices the removal of some check.
import { afterAll, describe, expect, test } from 'vitest';
import { core } from '../../../support/door.js';
import { coreMutants, failures, killers, namedTests, survives, survivors } from './core.js';

describe('a core without one of its checks', () => {
  const mutants = coreMutants();
  const noticed = new Map<string, readonly string[]>();

  test('the checks are found', () => {
    expect(mutants.filter((m) => m.text.includes('refuse')).length).toBeGreaterThan(40);
    expect(mutants.length).toBeGreaterThan(90);
    for (const [text] of survivors)
      expect(
        mutants.some((m) => m.text.includes(text)),
        text,
      ).toBe(true);
  });
  test('the whole core passes', () => {
    expect(failures(core)).toEqual([]);
  });
  test('the names are those of tests', () => {
    expect(new Set(namedTests).size).toBe(namedTests.length);
  });
  for (const m of mutants) {
    const label = `${m.file}:${m.at} ${m.text}`;
    test(`${label}${survives(m) ? ' (survives)' : ''}`, async () => {
      const names = await killers(m);
      noticed.set(label, names);
      expect(names.length > 0, names.join('\n')).toBe(!survives(m));
    });
  }
  test('every named test notices a removal', () => {
    const idle = namedTests.filter((n) => ![...noticed.values()].some((names) => names.includes(n)));
    expect(noticed.size).toBe(mutants.length);
    expect(idle).toEqual([]);
  });
  afterAll(() => {
    const killed = [...noticed.values()].filter((names) => names.length > 0);
    const single = killed.filter((names) => names.length === 1).length;
    console.info(
      `${noticed.size} checks removed, ${killed.length} noticed (${single} by one test alone), ${namedTests.length} named tests`,
    );
  });
});
