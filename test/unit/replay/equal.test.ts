// Structural equality: the equations of the page, each as terms that are equal, and beside them terms that must not be.
import { describe, expect, test } from 'vitest';
import * as x from '../../../src/replay/logic/axis.js';
import { sameFunction, sameTerm } from '../../../src/replay/logic/equal.js';
import { type Expression } from '../../../src/replay/logic/expression.js';
import * as o from '../../../src/replay/logic/object.js';
import { rational } from '../../../src/replay/logic/rational.js';
import { definition } from '../../../src/replay/logic/substitute.js';
import * as t from '../../../src/replay/logic/term.js';
import { type Term } from '../../../src/replay/logic/term.js';

const axis = (name: string, empty = false) => x.ofVar(x.axisVar(name, undefined, empty));
const [n, m, k, e] = [axis('n'), axis('m'), axis('k'), axis('e', true)];
const { one, zero, sum, product } = x;
const R = o.reals();
const B = o.booleans();
const X = o.objectVar('X');
const RX = o.tensor(R, o.objectVar('X', m));
const { unit } = o;
const q = (a: number, b = 1) => t.constant(rational(BigInt(a), BigInt(b)));
const seq = (...terms: readonly Term[]): Term => terms.reduce(t.compose);
const par = (...terms: readonly Term[]): Term => terms.reduce(t.tensor);
const v = (name: string, dom: o.Obj, cod: o.Obj): Term => t.variable(t.morphismVar(name, [], dom, cod), []);
const [f, g, h] = [v('f', X, RX), v('g', RX, R), v('h', X, X)];
const [add, mul, neg] = [t.op('add'), t.op('mul'), t.op('neg')];
const at = (a: x.Axis, A: o.Obj) => o.weave(a, A);
const binary = v('b', o.tensor(R, R), R);

const equal = (name: string, pairs: readonly (readonly [Term, Term])[]): void =>
  test(name, () =>
    pairs.forEach(([a, b], i) => {
      expect(a.dom === b.dom && a.cod === b.cod, `${i} is of one type`).toBe(true);
      expect(sameTerm(a, b), `${i}`).toBe(true);
      expect(sameTerm(b, a), `${i} turned`).toBe(true);
    }),
  );
const different = (name: string, pairs: readonly (readonly [Term, Term])[]): void =>
  test(name, () =>
    pairs.forEach(([a, b], i) => {
      expect(a.dom === b.dom && a.cod === b.cod, `${i} is of one type`).toBe(true);
      expect(sameTerm(a, b), `${i}`).toBe(false);
    }),
  );

describe('1 composition and product', () => {
  equal('category, product, swap', [
    [seq(f, seq(g, neg)), seq(seq(f, g), neg)],
    [seq(t.id(X), f), f],
    [seq(f, t.id(RX)), f],
    [par(f, par(g, neg)), t.tensor(t.tensor(f, g), neg)],
    [par(t.id(unit), f), f],
    [par(f, t.id(unit)), f],
    [seq(par(f, g), par(g, neg)), par(seq(f, g), seq(g, neg))],
    [par(t.id(X), t.id(R)), t.id(o.tensor(X, R))],
    [seq(t.swap(X, R), t.swap(R, X)), t.id(o.tensor(X, R))],
    [seq(par(f, g), t.swap(RX, R)), seq(t.swap(X, RX), par(g, f))],
  ]);
  equal('copy and del', [
    [seq(t.copy(X), par(t.copy(X), t.id(X))), seq(t.copy(X), par(t.id(X), t.copy(X)))],
    [seq(t.copy(X), t.swap(X, X)), t.copy(X)],
    [seq(t.copy(X), par(t.del(X), t.id(X))), t.id(X)],
    [seq(f, t.copy(RX)), seq(t.copy(X), par(f, f))],
    [seq(f, t.del(RX)), t.del(X)],
    [t.copy(RX), seq(par(t.copy(R), t.copy(at(m, X))), par(t.id(R), t.swap(R, at(m, X)), t.id(at(m, X))))],
    [t.copy(at(n, X)), t.map(n, t.copy(X))],
    [t.del(at(n, X)), t.map(n, t.del(X))],
    [t.copy(unit), t.id(unit)],
  ]);
  different('what is not', [
    [t.swap(X, X), t.id(o.tensor(X, X))],
    [par(h, t.id(X)), par(t.id(X), h)],
    [seq(h, h), h],
    [h, t.id(X)],
    [h, v('h2', X, X)],
    [par(t.del(X), t.id(X)), par(t.id(X), t.del(X))],
  ]);
});

describe('2 weave and 3 reindexing', () => {
  equal('a functor, in any order', [
    [t.map(n, seq(f, g)), seq(t.map(n, f), t.map(n, g))],
    [t.map(n, par(f, g)), par(t.map(n, f), t.map(n, g))],
    [t.map(n, t.id(RX)), t.id(at(n, RX))],
    [t.map(n, t.swap(X, R)), t.swap(at(n, X), at(n, R))],
    [seq(t.exchange(n, m, X), t.map(m, t.map(n, f))), seq(t.map(n, t.map(m, f)), t.exchange(n, m, RX))],
  ]);
  equal('repeat, diag, exchange', [
    [seq(t.repeat(n, X), t.map(n, f)), seq(f, t.repeat(n, RX))],
    [seq(t.map(n, t.map(n, f)), t.diag(n, RX)), seq(t.diag(n, X), t.map(n, f))],
    [seq(t.exchange(n, m, X), t.exchange(m, n, X)), t.id(at(n, at(m, X)))],
    [seq(t.exchange(n, n, X), t.diag(n, X)), t.diag(n, X)],
    [seq(t.repeat(n, at(n, X)), t.diag(n, X)), t.id(at(n, X))],
    [seq(t.map(n, t.repeat(n, X)), t.diag(n, X)), t.id(at(n, X))],
    [seq(t.repeat(n, X), t.repeat(n, at(n, X)), t.diag(n, X)), t.repeat(n, X)],
    [seq(t.repeat(n, at(m, X)), t.exchange(n, m, X)), t.map(m, t.repeat(n, X))],
    [seq(t.map(n, t.diag(n, X)), t.diag(n, X)), seq(t.diag(n, at(n, X)), t.diag(n, X))],
    [
      seq(t.exchange(n, m, at(k, X)), t.map(m, t.exchange(n, k, X)), t.exchange(m, k, at(n, X))),
      seq(t.map(n, t.exchange(m, k, X)), t.exchange(n, k, at(m, X)), t.map(k, t.exchange(n, m, X))),
    ],
  ]);
  different('what is not', [
    [t.exchange(n, n, X), t.id(at(n, at(n, X)))],
    [t.repeat(n, at(n, X)), t.map(n, t.repeat(n, X))],
    [t.diag(n, at(n, X)), t.map(n, t.diag(n, X))],
    [seq(t.diag(n, X), t.repeat(n, at(n, X))), t.id(at(n, at(n, X)))],
    [seq(t.exchange(n, m, X), t.map(m, v('w', at(n, X), at(n, X))), t.exchange(m, n, X)), t.id(at(n, at(m, X)))],
  ]);
});

describe('4 axes and 5 points', () => {
  const nm = sum(n, m);
  const parts = sum(sum(n, one), product(m, k));
  equal('split, concat, tile, flatten', [
    [seq(t.split(n, m, X), t.concat(n, m, X)), t.id(at(nm, X))],
    [seq(t.concat(n, m, X), t.split(n, m, X)), t.id(o.tensor(at(n, X), at(m, X)))],
    [seq(t.tile(n, m, X), t.flatten(n, m, X)), t.id(at(product(n, m), X))],
    [seq(t.flatten(n, m, X), t.tile(n, m, X)), t.id(at(n, at(m, X)))],
    [
      seq(t.map(nm, f), t.split(n, m, RX)),
      seq(
        t.split(n, m, X),
        par(t.map(n, f), t.map(m, f)),
        par(t.id(at(n, RX)), t.id(at(m, RX))),
        seq(par(t.id(at(n, RX)), t.id(at(m, RX)))),
      ),
    ],
    [
      seq(t.split(sum(n, m), k, X), par(t.split(n, m, X), t.id(at(k, X)))),
      seq(t.split(n, sum(m, k), X), par(t.id(at(n, X)), t.split(m, k, X))),
    ],
    [
      seq(t.tile(nm, k, X), t.split(n, m, at(k, X))),
      seq(t.split(product(n, k), product(m, k), X), par(t.tile(n, k, X), t.tile(m, k, X))),
    ],
    [
      seq(t.tile(product(n, m), k, X), t.tile(n, m, at(k, X))),
      seq(t.tile(n, product(m, k), X), t.map(n, t.tile(m, k, X))),
    ],
    [seq(t.split(zero, n, X), par(t.del(at(zero, X)), t.id(at(n, X)))), t.id(at(n, X))],
    [t.tile(one, n, X), t.repeat(one, at(n, X))],
    [seq(t.map(zero, f), t.map(zero, g)), seq(t.map(zero, h), t.map(zero, seq(f, g)))],
    [
      seq(t.repeat(parts, X), t.split(sum(n, one), product(m, k), X)),
      seq(t.copy(X), par(t.repeat(sum(n, one), X), t.repeat(product(m, k), X))),
    ],
    [seq(t.split(n, m, R), t.swap(at(n, R), at(m, R)), t.swap(at(m, R), at(n, R)), t.concat(n, m, R)), t.id(at(nm, R))],
  ]);
  equal('points', [
    [seq(t.map(nm, f), t.first(nm, RX)), seq(t.first(nm, X), f)],
    [seq(t.repeat(n, X), t.first(n, X)), t.id(X)],
    [t.first(nm, X), seq(t.split(n, m, X), par(t.first(n, X), t.del(at(m, X))))],
    [seq(t.first(one, X), t.repeat(one, X)), t.id(at(one, X))],
    [t.first(product(n, m), X), seq(t.tile(n, m, X), t.first(n, at(m, X)), t.first(m, X))],
    [seq(t.diag(n, X), t.first(n, X)), seq(t.first(n, at(n, X)), t.first(n, X))],
    [seq(t.first(n, at(m, X)), t.first(m, X)), seq(t.exchange(n, m, X), t.first(m, at(n, X)), t.first(n, X))],
  ]);
  different('equal sizes are not equal axes', [
    [seq(t.concat(n, n, X), t.split(n, n, X)), t.swap(at(n, X), at(n, X))],
    [seq(t.swap(at(n, X), at(n, X)), t.concat(n, n, X)), t.concat(n, n, X)],
    [seq(t.tile(n, n, X), t.exchange(n, n, X), t.flatten(n, n, X)), t.id(at(product(n, n), X))],
    [seq(t.split(one, one, X), t.swap(at(one, X), at(one, X)), t.concat(one, one, X)), t.id(at(sum(one, one), X))],
    [t.first(n, at(n, X)), t.map(n, t.first(n, X))],
  ]);
  test('axes', () => {
    for (const [a, b] of [
      [sum(n, m), sum(m, n)],
      [product(n, m), product(m, n)],
      [product(n, sum(m, k)), sum(product(n, m), product(n, k))],
    ] as const)
      expect(a === b).toBe(false);
    for (const [a, b] of [
      [product(sum(n, m), k), sum(product(n, k), product(m, k))],
      [product(n, zero), zero],
      [product(product(n, sum(m, k)), e), product(n, product(sum(m, k), e))],
      [sum(n, zero), n],
      [product(one, n), product(n, one)],
    ] as const)
      expect(a === b).toBe(true);
    expect([
      x.nonEmpty(sum(one, e)),
      x.nonEmpty(sum(e, one)),
      x.nonEmpty(product(n, sum(m, e))),
      x.nonEmpty(product(n, sum(e, m))),
      x.nonEmpty(zero),
    ]).toEqual([true, false, true, false, false]);
  });
});

describe('6 scan', () => {
  const step = v('s', o.tensor(X, R), o.tensor(X, B));
  const scan = (a: x.Axis, f: Term = step, S = X): Term => t.scan(a, S, f);
  const two = v('two', o.tensor(X, X, R), o.tensor(X, X));
  equal('over 0, 1, a+b, a*b', [
    [scan(zero), par(t.id(X), t.map(zero, v('any', R, B)))],
    [seq(scan(one), par(t.id(X), t.first(one, B))), seq(par(t.id(X), t.first(one, R)), step)],
    [
      seq(scan(sum(n, m)), par(t.id(X), t.split(n, m, B))),
      seq(
        par(t.id(X), t.split(n, m, R)),
        par(scan(n), t.id(at(m, R))),
        par(t.id(X), t.swap(at(n, B), at(m, R))),
        par(scan(m), t.id(at(n, B))),
        par(t.id(X), t.swap(at(m, B), at(n, B))),
      ),
    ],
    [seq(scan(product(n, m)), par(t.id(X), t.tile(n, m, B))), seq(par(t.id(X), t.tile(n, m, R)), scan(n, scan(m)))],
  ]);
  const data = v('d', o.tensor(R, R), R);
  equal('natural in its data and its context', [
    [seq(par(t.id(X), t.map(n, neg)), scan(n)), scan(n, seq(par(t.id(X), neg), step))],
    [seq(par(t.id(X), t.map(n, data)), scan(n)), scan(n, seq(par(t.id(X), data), step))],
    [seq(scan(n), par(t.id(X), t.map(n, t.copy(B)))), scan(n, seq(step, par(t.id(X), t.copy(B))))],
    [t.scan(n, unit, par(t.id(unit), t.id(R))), t.scan(n, unit, t.id(R))],
  ]);
  different('nothing else', [
    [seq(scan(n), par(t.id(X), t.map(n, t.op('not')))), scan(n, seq(step, par(t.id(X), t.op('not'))))],
    [t.scan(n, unit, t.id(R)), t.id(at(n, R))],
    [t.scan(n, unit, neg), t.map(n, neg)],
    [t.scan(n, R, t.swap(R, R)), t.id(o.tensor(R, at(n, R)))],
    [scan(n), scan(n, v('s2', o.tensor(X, R), o.tensor(X, B)))],
    [
      seq(scan(n, two, o.tensor(X, X)), par(t.id(X), t.del(X))),
      seq(scan(n, seq(two, par(t.id(X), h)), o.tensor(X, X)), par(t.id(X), t.del(X))),
    ],
    [
      seq(scan(n, two, o.tensor(X, X)), t.swap(X, X)),
      seq(par(t.swap(X, X), t.id(at(n, R))), scan(n, two, o.tensor(X, X))),
    ],
    [
      seq(
        par(t.id(X), t.swap(at(n, R), at(n, R))),
        par(scan(n), t.id(at(n, R))),
        par(t.id(X), t.swap(at(n, B), at(n, R))),
        par(scan(n), t.id(at(n, B))),
      ),
      seq(par(scan(n), t.id(at(n, R))), par(t.id(X), t.swap(at(n, B), at(n, R))), par(scan(n), t.id(at(n, B)))),
    ].map((f) => seq(f, par(t.id(X), t.del(o.tensor(at(n, B), at(n, B)))))) as [Term, Term],
    [t.scan(e, X, v('u', X, X)), t.id(X)],
  ]);
  const fold = (a: x.Axis): Term => t.scan(a, R, add);
  different('that differ in a state that nothing reads', [
    [
      seq(par(t.id(R), q(0), t.id(at(n, R))), t.scan(n, o.tensor(R, R), par(t.id(R), add)), par(t.id(R), t.del(R))),
      seq(par(t.id(R), q(1), t.id(at(n, R))), t.scan(n, o.tensor(R, R), par(t.id(R), add)), par(t.id(R), t.del(R))),
    ],
    [seq(par(t.id(R), t.map(n, neg)), fold(n)), seq(fold(n), neg)].map((f) => seq(f, t.id(R))) as [Term, Term],
  ]);
});

describe('7 scalars, 8 booleans, 9 operators, 10 calls', () => {
  const size = t.size;
  equal('polynomials in sizes and positions', [
    [seq(par(q(1, 2), q(1, 3)), add), q(5, 6)],
    [seq(par(q(1), q(-1)), add), q(0)],
    [seq(par(q(2), size(n)), mul), seq(size(n), t.copy(R), add)],
    [size(sum(n, m)), seq(par(size(m), size(n)), add)],
    [size(product(n, m)), seq(par(size(m), size(n)), mul)],
    [size(zero), q(0)],
    [size(one), q(1)],
    [
      seq(t.position(sum(n, m)), t.split(n, m, R)),
      seq(
        par(t.position(n), size(n), t.position(m)),
        par(t.id(at(n, R)), t.repeat(m, R), t.id(at(m, R))),
        par(t.id(at(n, R)), t.map(m, add)),
      ),
    ],
    [seq(t.position(n), t.first(n, R)), q(0)],
    [seq(t.position(one), t.first(one, R)), q(0)],
    [seq(par(q(3), q(2)), par(neg, t.id(R)), mul), q(-6)],
    [
      seq(t.position(product(n, m)), t.tile(n, m, R)),
      seq(
        par(t.position(n), seq(t.position(m), t.repeat(n, at(m, R)))),
        par(t.map(n, seq(par(t.id(R), size(m)), mul, t.repeat(m, R))), t.id(at(n, at(m, R)))),
        t.map(n, t.map(m, add)),
      ),
    ],
  ]);
  equal('booleans', [
    [seq(par(t.op('true'), t.op('false')), t.op('and')), t.op('false')],
    [seq(par(t.op('true'), t.op('false')), t.op('or')), t.op('true')],
    [seq(t.op('false'), t.op('not')), t.op('true')],
    [seq(par(t.op('true'), t.id(X), t.id(X)), t.select(X)), par(t.id(X), t.del(X))],
    [seq(par(t.op('false'), t.id(X), t.id(X)), t.select(X)), par(t.del(X), t.id(X))],
    [t.select(at(n, R)), seq(par(t.repeat(n, B), t.id(at(n, R)), t.id(at(n, R))), t.map(n, t.select(R)))],
  ]);
  different('x stays', [
    [seq(par(t.id(R), q(0)), add), t.id(R)],
    [seq(par(t.id(R), q(1)), mul), t.id(R)],
    [seq(q(2), t.op('recip')), q(1, 2)],
    [add, seq(t.swap(R, R), add)],
    [seq(par(q(0), q(1)), t.op('lt')), t.op('true')],
    [seq(par(t.id(B), t.id(X)), par(t.id(B), t.copy(X)), t.select(X)), par(t.del(B), t.id(X))],
    [seq(par(t.id(B), t.op('false')), t.op('and')), seq(t.del(B), t.op('false'))],
    [size(sum(n, one)), size(n)],
    [size(n), size(m)],
    [seq(size(n), t.op('exp')), seq(size(m), t.op('exp'))],
    [seq(t.op('not'), t.op('not')), t.id(B)],
    [seq(neg, neg), t.id(R)],
  ]);
  const body = seq(t.copy(R), binary);
  const def = definition('c', [], [], [t.morphismVar('b', [], o.tensor(R, R), R)], body);
  equal('operators, variables, calls', [
    [seq(t.copy(R), par(t.op('exp'), t.op('exp')), binary), seq(t.op('exp'), t.copy(R), binary)],
    [t.call(def, [], [], [add]), seq(t.copy(R), add)],
    [t.map(n, t.call(def, [], [], [mul])), t.map(n, seq(t.copy(R), mul))],
  ]);
  const fam = t.morphismVar('fam', [x.axisVar('n', undefined, false)], at(n, R), o.tensor(R, R));
  different('other axes, other outputs', [
    [
      seq(t.concat(n, m, R), t.variable(fam, [sum(n, m)])),
      seq(par(t.variable(fam, [n]), t.variable(fam, [m])), par(t.id(R), t.del(o.tensor(R, R)), t.id(R))),
    ],
    [t.variable(fam, [n]), seq(t.variable(fam, [n]), t.swap(R, R))],
  ]);
});

describe('expressions', () => {
  const wire = (name: string): Expression => ({ _tag: 'Wire', name });
  const apply = (term: Term, ...parts: Expression[]): Expression => ({
    _tag: 'Apply',
    term,
    argument: { _tag: 'Tuple', parts },
  });
  const elementOf = (array: Expression, index: string): Expression => ({ _tag: 'At', array, index });
  const map = (index: string, axis: x.Axis, body: Expression): Expression => ({ _tag: 'Map', index, axis, body });
  const same = (wires: readonly (readonly [string, o.Obj])[], body: Expression, term: Term): boolean =>
    sameFunction(
      { _tag: 'Pointful', wires: wires.map(([name, object]) => ({ name, object })), body },
      { _tag: 'Diagram', term },
    );
  test('wires, maps and elements', () => {
    expect(same([['x', at(n, X)]], map('i', n, apply(h, elementOf(wire('x'), 'i'))), t.map(n, h))).toBe(true);
    expect(
      same(
        [['x', at(n, at(m, X))]],
        map('j', m, map('i', n, elementOf(elementOf(wire('x'), 'i'), 'j'))),
        t.exchange(n, m, X),
      ),
    ).toBe(true);
    expect(same([['x', at(n, at(n, X))]], map('i', n, elementOf(elementOf(wire('x'), 'i'), 'i')), t.diag(n, X))).toBe(
      true,
    );
    expect(
      same(
        [['x', at(n, at(n, X))]],
        map('j', n, map('i', n, elementOf(elementOf(wire('x'), 'i'), 'j'))),
        t.id(at(n, at(n, X))),
      ),
    ).toBe(false);
    expect(same([['x', X]], map('i', sum(n, one), wire('x')), t.repeat(sum(n, one), X))).toBe(true);
    expect(same([['x', X]], map('i', zero, wire('x')), t.repeat(zero, X))).toBe(true);
    expect(
      same(
        [
          ['x', X],
          ['y', X],
        ],
        { _tag: 'Tuple', parts: [wire('y'), wire('x')] },
        t.swap(X, X),
      ),
    ).toBe(true);
  });
  test('names hide outer ones, and their values stay where they were made', () => {
    const shadow: Expression = {
      _tag: 'Let',
      names: [{ name: 'x', object: R }],
      value: apply(neg, wire('x')),
      body: apply(neg, wire('x')),
    };
    expect(same([['x', R]], shadow, seq(neg, neg))).toBe(true);
    const outer: Expression = {
      _tag: 'Let',
      names: [{ name: 'y', object: at(n, R) }],
      value: map('i', n, apply(neg, elementOf(wire('x'), 'i'))),
      body: map('j', m, map('i', n, apply(add, elementOf(wire('y'), 'i'), elementOf(wire('z'), 'j')))),
    };
    const term = seq(
      par(t.map(n, neg), t.id(at(m, R))),
      par(t.repeat(m, at(n, R)), t.map(m, t.repeat(n, R))),
      t.map(m, t.map(n, add)),
    );
    expect(
      same(
        [
          ['x', at(n, R)],
          ['z', at(m, R)],
        ],
        outer,
        term,
      ),
    ).toBe(true);
  });
  test('loops', () => {
    const loop = (axis: x.Axis): Expression => ({
      _tag: 'Scan',
      index: 'i',
      axis,
      state: [{ name: 's', object: R }],
      start: wire('z'),
      body: { _tag: 'Tuple', parts: [apply(add, wire('s'), elementOf(wire('x'), 'i')), wire('s')] },
    });
    const step = seq(par(t.copy(R), t.id(R)), par(t.id(R), t.swap(R, R)), par(add, t.id(R)));
    for (const axis of [n, sum(n, m), product(sum(m, one), n), zero, one])
      expect(
        same(
          [
            ['z', R],
            ['x', at(axis, R)],
          ],
          loop(axis),
          t.scan(axis, R, step),
        ),
      ).toBe(true);
    expect(
      same(
        [
          ['z', R],
          ['x', at(n, R)],
        ],
        loop(n),
        t.scan(n, R, seq(step, par(neg, t.id(R)))),
      ),
    ).toBe(false);
  });
  test('what is not typed is refused', () => {
    for (const body of [
      wire('y'),
      elementOf(wire('x'), 'i'),
      map('i', m, elementOf(wire('x'), 'i')),
      apply(neg, wire('x')),
    ])
      expect(() => same([['x', at(n, R)]], body, t.id(at(n, R)))).toThrow(/bound nowhere|another axis|another object/);
  });
});
