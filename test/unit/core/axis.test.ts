// The near-semiring of axes (docs/explanation/calculus.md, Axes): the laws that hold, the three that do not, sorts, and what reads as non-empty.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { core as K, kit, must, refused } from '../../support/door.js';

const k = kit(K);
const { plus, by } = k;
type Axis = Door.Axis;
const [a, b, c] = ['a', 'b', 'c'].map((n) => k.ax(n)) as [Axis, Axis, Axis];
const t = k.ax0('t');

const axis: fc.Arbitrary<Axis> = fc.letrec<{ axis: Axis }>((tie) => ({
  axis: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(a, b, c, t, K.zero, K.one),
    fc.tuple(tie('axis'), tie('axis')).map(([e, f]) => plus(e, f)),
    fc.tuple(tie('axis'), tie('axis')).map(([e, f]) => by(e, f)),
  ),
})).axis;

const law = (name: string, sides: (e: Axis, f: Axis, g: Axis) => readonly [Axis, Axis]): void =>
  test(name, () => {
    fc.assert(
      fc.property(axis, axis, axis, (e, f, g) => {
        const [l, r] = sides(e, f, g);
        expect(l).toBe(r);
      }),
      { numRuns: 200 },
    );
  });

describe('laws that hold', () => {
  law('(e+f)+g = e+(f+g)', (e, f, g) => [plus(plus(e, f), g), plus(e, plus(f, g))]);
  law('(e*f)*g = e*(f*g)', (e, f, g) => [by(by(e, f), g), by(e, by(f, g))]);
  law('1*e = e', (e) => [by(K.one, e), e]);
  law('e*1 = e', (e) => [by(e, K.one), e]);
  law('(e+f)*g = e*g + f*g', (e, f, g) => [by(plus(e, f), g), plus(by(e, g), by(f, g))]);
  law('0+e = e', (e) => [plus(K.zero, e), e]);
  law('e+0 = e', (e) => [plus(e, K.zero), e]);
  law('0*e = 0', (e) => [by(K.zero, e), K.zero]);
  law('e*0 = 0', (e) => [by(e, K.zero), K.zero]);
});

describe('laws that do not', () => {
  const sizes = { a: 2, b: 3, c: 5 } as Record<string, number>;
  const size = (e: Axis): number => K.paths(e).reduce((n, p) => n + p.reduce((m, v) => m * sizes[v.name]!, 1), 0);
  const not = (name: string, l: Axis, r: Axis): void =>
    test(name, () => {
      expect(l).not.toBe(r);
      expect(size(l)).toBe(size(r));
      expect(refused(K.compose(k.id(k.real(l)), k.id(k.real(r)))).code).toBe('E-TYPE');
      must(K.compose(k.id(k.real(l)), k.id(k.real(l))));
    });
  not('a+b = b+a', plus(a, b), plus(b, a));
  not('a*b = b*a', by(a, b), by(b, a));
  not('a*(b+c) = a*b + a*c', by(a, plus(b, c)), plus(by(a, b), by(a, c)));
  not('1+a = a+1', plus(K.one, a), plus(a, K.one));
  test('(1+1)*a = a+a is distributivity, a*(1+1) = a+a is not', () => {
    const two = plus(K.one, K.one);
    expect(by(two, a)).toBe(plus(a, a));
    expect(by(a, two)).not.toBe(plus(a, a));
  });
});

describe('axes are typed', () => {
  test('two variables of one size are two axes', () => {
    expect(refused(K.compose(k.id(k.real(a)), k.id(k.real(b)))).code).toBe('E-TYPE');
  });
  test('a variable that may be empty is another than one that may not', () => {
    expect(k.ax('n')).not.toBe(k.ax0('n'));
    expect(k.ax('n')).toBe(k.ax('n'));
  });
  test('a sort belongs to the variable', () => {
    expect(k.ax('q', 'Position')).not.toBe(k.ax('q'));
  });
});

describe('sorts', () => {
  const q = k.ax('q', 'Position');
  const p = k.ax('p', 'Position');
  const h = k.ax('h', 'Head');
  test('+ joins one sort', () => {
    expect(refused(K.sum(q, h))).toMatchObject({ code: 'E-TYPE', rule: '+' });
    must(K.sum(q, p));
  });
  test('literals have none', () => {
    must(K.sum(K.one, q));
    must(K.sum(q, K.one));
    must(K.sum(q, plus(K.one, K.one)));
  });
  test('e * f has the sort of f', () => {
    expect(K.sortOf(by(h, q))).toEqual({ any: false, name: 'Position' });
    must(K.sum(by(h, q), p));
    expect(refused(K.sum(by(q, h), p)).code).toBe('E-TYPE');
  });
  test('a substitution checks sums again', () => {
    const [x, y] = [k.v('x'), k.v('y')];
    const law = must(K.structural(must(K.size(plus(k.of(x), k.of(y)))), must(K.size(plus(k.of(x), k.of(y))))));
    expect(refused(K.instantiate(law, { axes: [[x, q], [y, h]] }))).toMatchObject({ code: 'E-TYPE', rule: '+' }); // prettier-ignore
    must(K.instantiate(law, { axes: [[x, q], [y, p]] })); // prettier-ignore
  });
});

describe('non-empty, read from the left', () => {
  const cases: readonly (readonly [string, Axis, boolean])[] = [
    ['a', a, true],
    ['t?', t, false],
    ['0', K.zero, false],
    ['1', K.one, true],
    ['1+t?', plus(K.one, t), true],
    ['t?+1', plus(t, K.one), false],
    ['0+a', plus(K.zero, a), true],
    ['a*b', by(a, b), true],
    ['a*t?', by(a, t), false],
    ['t?*a', by(t, a), false],
    ['a*(1+t?)', by(a, plus(K.one, t)), true],
    ['a*(t?+1)', by(a, plus(t, K.one)), false],
    ['(1+t?)*a', by(plus(K.one, t), a), true],
    ['a + t?*b', plus(a, by(t, b)), true],
  ];
  for (const [name, e, is] of cases)
    test(`${name}: ${is}`, () => {
      expect(K.nonEmpty(e)).toBe(is);
      expect(K.first(e, k.R)._tag).toBe(is ? 'Right' : 'Left');
    });
  test('what reads as non-empty is, at every size', () => {
    fc.assert(
      fc.property(axis, fc.nat(3), (e, n) => {
        const sizes = { a: 1, b: 2, c: 1, t: n } as Record<string, number>;
        if (K.nonEmpty(e))
          expect(K.paths(e).reduce((s, p) => s + p.reduce((m, v) => m * sizes[v.name]!, 1), 0)).toBeGreaterThan(0);
      }),
    );
  });
});
