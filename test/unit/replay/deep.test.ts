// Deep, wide and shared terms: an answer within the budget, in little time, without a deep stack; and "declined" where the budget ends.
import { beforeEach, describe, expect, test } from 'vitest';
import * as x from '../../../src/replay/logic/axis.js';
import { sameTerm } from '../../../src/replay/logic/equal.js';
import * as o from '../../../src/replay/logic/object.js';
import { fuelFor, Refusal } from '../../../src/replay/logic/refusal.js';
import { replay } from '../../../src/replay/replay.js';
import { definition, substitute } from '../../../src/replay/logic/substitute.js';
import * as t from '../../../src/replay/logic/term.js';
import { type Term } from '../../../src/replay/logic/term.js';
import { certificate, said } from './small.js';

const R = o.reals();
const n = x.ofVar(x.axisVar('n', undefined, false));
const Rn = o.reals(n);
const [neg, add] = [t.op('neg'), t.op('add')];
const v = (name: string): Term => t.variable(t.morphismVar(name, [], R, R), []);
const times = (count: number, start: Term, next: (f: Term) => Term): Term => {
  let f = start;
  for (let i = 0; i < count; i += 1) f = next(f);
  return f;
};
const within = (milliseconds: number, work: () => void): void => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(milliseconds);
};
const declines = (work: () => unknown): void => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).declined).toBe(true);
    return;
  }
  expect.fail('not declined');
};

beforeEach(() => fuelFor(1_000_000));

describe('depth', () => {
  const deep = 10_000;
  const left = times(deep, neg, (f) => t.compose(f, neg));
  const right = times(deep, neg, (f) => t.compose(neg, f));
  test('compositions to the left and to the right', () => {
    expect(sameTerm(left, right)).toBe(true);
    expect(
      sameTerm(
        left,
        times(deep + 1, neg, (f) => t.compose(neg, f)),
      ),
    ).toBe(false);
  });
  test('products of what has no outputs', () => {
    const [i, c] = [t.id(o.unit), t.tensor(t.constant({ n: 1n, d: 1n }), t.id(o.unit))];
    const gone = t.compose(c, t.del(R));
    expect(
      sameTerm(
        times(deep, gone, (f) => t.tensor(f, gone)),
        i,
      ),
    ).toBe(true);
    expect(
      sameTerm(
        times(deep, gone, (f) => t.tensor(gone, f)),
        i,
      ),
    ).toBe(true);
  });
  test('compositions and products in turn, under maps and loops', () => {
    const zig = (f: Term): Term => t.compose(t.tensor(t.id(o.unit), t.compose(neg, f)), neg);
    expect(sameTerm(times(5_000, neg, zig), left)).toBe(true);
    const under = (f: Term): Term => t.compose(t.map(n, neg), f);
    expect(
      sameTerm(
        times(3_000, t.map(n, neg), under),
        t.map(
          n,
          times(3_000, neg, (f) => t.compose(f, neg)),
        ),
      ),
    ).toBe(true);
  });
  test('substitution', () => {
    const f = times(deep, v('f'), (g) => t.compose(g, v('f')));
    const m = t.morphismVar('f', [], R, R);
    const image = substitute(f, { axes: new Map(), morphisms: new Map([[m, { binders: [], body: neg }]]) });
    expect(image).toBe(times(deep, neg, (g) => t.compose(g, neg)));
  });
  test('maps in maps are declined, where they are too deep for an array', () => {
    declines(() => times(deep, neg, (f) => t.map(n, f)));
    const some = times(40, neg, (f) => t.map(n, f));
    const other = times(40, neg, (f) => t.compose(t.map(n, f), t.map(n, t.id(f.cod))));
    expect(sameTerm(some, other)).toBe(true);
  });
  test('loops in loops', () => {
    const power = (count: number): x.Axis => Array.from({ length: count }, () => n).reduce((a, b) => x.product(a, b));
    const axis = power(30);
    const nested = (f: Term): Term => t.scan(n, R, f);
    const tower = times(30, t.compose(add, t.copy(R)), nested);
    const whole = t.scan(axis, R, t.compose(add, t.copy(R)));
    // the tiles of the tiles are the loops in the loops: both take R and 30 axes, or one of 30 factors
    const cut = (rest: number, axis30: x.Axis): Term =>
      rest === 1
        ? t.id(o.reals(axis30))
        : t.compose(t.tile(n, power(rest - 1), R), t.map(n, cut(rest - 1, power(rest - 1))));
    const inner = cut(30, axis);
    const before = t.compose(t.tensor(t.id(R), inner), tower);
    const after = t.compose(whole, t.tensor(t.id(R), inner));
    expect(sameTerm(before, after)).toBe(true);
    expect(
      sameTerm(
        before,
        t.compose(after, t.tensor(neg, t.id(after.cod.leaves[1] ? o.object([after.cod.leaves[1]]) : R))),
      ),
    ).toBe(false);
  });
});

describe('sharing', () => {
  const twice = t.compose(t.copy(R), add);
  test('200 copies take milliseconds', () => {
    within(500, () => {
      const straight = times(200, twice, (f) => t.compose(f, twice));
      const double = (f: Term): Term => t.compose(t.copy(R), t.compose(t.tensor(f, f), add));
      const tower = times(200, twice, double);
      expect(sameTerm(tower, straight)).toBe(true);
      expect(sameTerm(tower, times(201, twice, double))).toBe(false);
    });
  });
  test('200 copies of arrays, under a loop', () => {
    within(2_000, () => {
      const pair = t.compose(t.copy(Rn), t.map(n, add));
      const f = times(200, pair, (g) => t.compose(g, pair));
      const g = t.map(
        n,
        times(200, twice, (h) => t.compose(twice, h)),
      );
      expect(sameTerm(f, g)).toBe(true);
      const step = t.compose(t.tensor(f, t.id(Rn)), t.map(n, add));
      const other = t.compose(t.tensor(g, t.id(Rn)), t.map(n, add));
      expect(sameTerm(t.scan(n, Rn, step), t.scan(n, Rn, other))).toBe(true);
    });
  });
  test('definitions that double are declined, not run', () => {
    declines(() => {
      let d = definition('d0', [], [], [], neg);
      for (let i = 0; i < 60; i += 1) {
        const c = t.call(d, [], [], []);
        d = definition(`d${i + 1}`, [], [], [], t.compose(c, c));
      }
      sameTerm(t.call(d, [], [], []), neg);
    });
  });
  test('but not where sharing keeps them small', () => {
    let c: Term = twice;
    for (let i = 0; i < 60; i += 1) {
      const d = definition(`e${i}`, [], [], [], t.compose(t.copy(R), t.compose(t.tensor(c, c), add)));
      c = t.call(d, [], [], []);
    }
    within(500, () =>
      expect(
        sameTerm(
          c,
          times(60, twice, (f) => t.compose(f, twice)),
        ),
      ).toBe(true),
    );
  });
  test('axes and polynomials that explode are declined', () => {
    const two = x.sum(x.one, x.one);
    declines(() => Array.from({ length: 60 }, () => two).reduce((a, b) => x.product(a, b)));
    const vars = Array.from({ length: 20 }, (_, i) => x.ofVar(x.axisVar(`v${i}`, undefined, false)));
    const sums = vars.map((a) => x.sum(a, x.one));
    const product = t.size(sums.slice(0, 4).reduce((a, b) => x.product(a, b)));
    expect(sameTerm(product, t.size(sums.slice(0, 4).reduceRight((b, a) => x.product(b, a))))).toBe(true);
    const mul = (f: Term, g: Term): Term => t.compose(t.tensor(f, g), t.op('mul'));
    declines(() => sameTerm(sums.map((a) => t.size(a)).reduce(mul), t.size(n)));
    const q = t.constant({ n: 3n, d: 1n });
    declines(() =>
      sameTerm(
        times(40, q, (f) => t.compose(f, t.compose(t.copy(R), t.op('mul')))),
        q,
      ),
    );
  });
});

test('statements whose definitions double', () => {
  const defs = Array.from({ length: 60 }, (_, i) => `def d${i + 1} (x : R) : R := d${i}(x) + d${i}(x)`);
  const text = ['def d0 (x : R) : R := x', ...defs, 'theorem t (x : R) : d60(x) = d59(x) + d59(x)'].join('\n');
  const twice = ['o (R)', 't copy 0', 't op add', 't ; 0 1', ...Array.from({ length: 59 }, (_, i) => `t ; ${i + 2} 2`)];
  const proof = certificate([...twice, 's eq 61 61', 'qed 0']);
  within(1_000, () => {
    const said = replay([{ path: 't.cert', text: proof }], [{ path: 'a.weft', text }]);
    expect(said).toMatchObject([{ status: 'proved' }]);
  });
});

describe('wide records', () => {
  test.each<readonly [string, readonly string[]]>([
    ['leaves', [`o ${Array.from({ length: 100_000 }, () => '(R)').join(' ')}`]],
    ['copies of copies', ['o (R)', 't copy 0', ...Array.from({ length: 60 }, (_, i) => `t * ${i} ${i}`)]],
    ['sums', ['v "n" - +', 'a v 0', ...Array.from({ length: 60 }, (_, i) => `a + ${i} ${i}`)]],
    [
      'products of sums',
      ['v "n" - +', 'a v 0', 'a 1', 'a + 0 1', ...Array.from({ length: 60 }, (_, i) => `a * ${i + 2} ${i + 2}`)],
    ],
    ['a line', [`t op ${'x'.repeat(1_000_000)}`]],
  ])('%s are declined', (_what, records) => {
    within(5_000, () => expect(said(records)).toMatchObject({ declined: true }));
  });
});
