// Attacks on the core from outside, a sample; `npm run trust` tries all. test/unit/core/forge.test.ts has the first of them one by one.
import { describe, expect, test } from 'vitest';
import { K, controls, genuine, k, passed, uses } from './attack.js';
import { part } from './part.js';

const seed = Date.now() % 1000;

describe('forgery', () => {
  test('every door that is attacked accepts a genuine theorem, and the judge sees it', () => {
    expect(controls()).toEqual(Object.keys(uses));
    expect(passed(genuine)).toContain('isThm');
    expect(passed(genuine)).toContain('symmetry');
  });
  test(`nothing passes for a theorem that the core did not make (seed ${seed})`, async () => {
    const { figures, failures } = await part({ full: false, seed });
    expect(failures).toEqual([]);
    const value = (name: string): number => figures.find((f) => f.name === name)!.value;
    expect(value('attacks tried')).toBeGreaterThan(600);
    expect(value('attacks refused')).toBe(value('attacks tried'));
    expect(figures.filter((f) => f.name.startsWith('attacks: ')).every((f) => f.value > 10)).toBe(true);
  });
});

describe('what a prototype answers is not read', () => {
  const polluted = <A>(value: unknown, action: () => A): A => {
    Object.defineProperty(Object.prototype, '0', { value, configurable: true, writable: true });
    try {
      return action();
    } finally {
      Reflect.deleteProperty(Object.prototype, '0');
    }
  };
  test('as the leading summand of the empty axis', () => {
    const summand = { vars: [], tail: undefined };
    expect(polluted(summand, () => K.first(K.zero, k.R))._tag).toBe('Left');
    expect(polluted(summand, () => K.first(K.one, k.R))._tag).toBe('Right');
  });
  test('as the memory of a transformation', () => {
    let first: unknown;
    const lying = Object.assign(new Map<unknown, unknown>(), { has: () => true, get: (n: unknown) => (first ??= n) });
    const [f, g] = [k.map(k.ax('polluted'), k.op('exp')), k.map(k.ax('polluted'), k.op('sqrt'))];
    expect(polluted(lying, () => K.structural(f, g))._tag).toBe('Left');
    expect(polluted(lying, () => K.structural(f, f))._tag).toBe('Right');
  });
});
