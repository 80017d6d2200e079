// A sample of the fuzz with a fresh seed; `npm run trust` tries the whole. And cases whose outcome is known, so that the oracle is seen to tell them apart.
import { describe, expect, test } from 'vitest';
import { extremes } from './extremes.js';
import { part as fuel } from './fuel.js';
import { type Case, tried } from './outcome.js';
import { caseOf, part } from './part.js';
import { Trial } from './trial.js';

const seed = Date.now() % 100_000;
const named = (family: string, name: string): Case => extremes[family]!.find((e) => e.name === name)!.case;

describe('fuzz', () => {
  test(`every case is answered with a verdict or a code (seed ${seed})`, async () => {
    const { figures, failures } = await part({ full: false, seed });
    expect(failures).toEqual([]);
    const value = (name: string): number => figures.find((f) => f.name === name)?.value ?? 0;
    expect(value('cases')).toBeGreaterThan(500);
    expect(value('grammar: read')).toBe(value('grammar: cases'));
    expect(value('grammar: stated')).toBeGreaterThan(value('grammar: cases') / 3);
    expect(value('grammar: reached a tactic or a rule')).toBeGreaterThan(0);
    expect(value('certificates: read')).toBeGreaterThan(0);
    expect(value('array files: cases')).toBeGreaterThan(200);
  }, 240_000);
  test(`a sample of the towers is answered within its limits (seed ${seed})`, async () => {
    const { figures, failures } = await fuel({ full: false, seed });
    expect(failures).toEqual([]);
    expect(figures.find((f) => f.name === 'towers tried')?.value ?? 0).toBeGreaterThan(8);
  }, 240_000);
  test('a case is made again by its seed and number', () => {
    for (const name of [
      'random characters',
      'token soup',
      'real files, changed',
      'grammar',
      'array files',
      'certificates',
    ])
      expect(caseOf(name, 7, 3)).toEqual(caseOf(name, 7, 3));
  });
});

describe('the oracle', () => {
  test.each([
    ['deep', 'nested parentheses', 'declined', 'nested parentheses at the limit', 'proved'],
    ['deep', 'nested lets', 'declined', 'nested folds, 60', 'proved'],
    ['wide', '60 factors (a+b)', 'declined', '13 factors (a+b)', 'proved'],
    ['wide', 'a product of 10,000 axes', 'declined', 'position over 12 factors (a+b)', 'proved'],
    ['wide', '14 axes (a+b), mapped', 'declined', '300 givens', 'rejected'],
    ['shared', 'definitions that double, exp, 60', 'declined', 'lets that double, 60', 'rejected'],
    ['shared', 'squares of squares of 1/3, 60', 'declined', 'lets that square, 60', 'rejected'],
    ['shared', 'tensors that double, 60', 'declined', 'a copy tower, 60', 'rejected'],
    ['shared', 'cases on 24 wires', 'declined', 'cases on 8 wires', 'proved'],
    ['huge', '10^100000 by digits', 'declined', '1e999', 'rejected'],
  ])(
    '%s: %s is %s, %s is %s',
    (family, large, first, small, second) => {
      expect(tried(named(family, large)).verdict).toBe(first);
      expect(tried(named(family, large)).codes).toContain('E-BUDGET');
      expect(tried(named(family, small)).verdict).toBe(second);
    },
    60_000,
  );
  test('a process that does not answer, or ends, is seen', async () => {
    const trial = new Trial({ seconds: 0.05, megabytes: 200 });
    expect((await trial.try(named('wide', '300 axes of one array, mapped')))._tag).toBe('Hang');
    await trial.close();
  });
});
