// The compiler from points to diagrams: types, views, sharing. The meaning is checked against independently built diagrams.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { equal } from '../../../../src/core/index.js';
import * as B from '../../../../src/language/point/build.js';
import { compile } from '../../../../src/language/point/compile.js';
import { attempted } from '../../../../src/language/point/error.js';
import {
  type Expr,
  apply,
  at,
  firstOf,
  letIn,
  mapOver,
  scanOver,
  tuple,
  wire,
} from '../../../../src/language/point/point.js';

const axis = (name: string) => B.ofVar(B.axisVar(name));
const [n, m, k] = [axis('n'), axis('m'), axis('k')];
const R = B.real();
const op = (name: 'add' | 'mul' | 'neg' | 'exp', ...args: Expr[]) => apply(B.operator(name), ...args);
const x = (...i: string[]) => i.reduce<Expr>(at, wire('x'));
const y = (...i: string[]) => i.reduce<Expr>(at, wire('y'));
const same = (f: B.Term, g: B.Term) => {
  expect([f.dom, f.cod]).toEqual([g.dom, g.cod]);
  expect(equal(f, g)).toEqual(E.right(true));
};
const nodes = (t: B.Term, seen = new Set<B.Term>()): number => {
  if (seen.has(t)) return 0;
  seen.add(t);
  const parts =
    t._tag === 'Compose' || t._tag === 'Tensor'
      ? [t.first, t.second]
      : t._tag === 'Map'
        ? [t.body]
        : t._tag === 'Scan'
          ? [t.step]
          : [];
  return 1 + parts.reduce((sum, p) => sum + nodes(p, seen), 0);
};

describe('views', () => {
  const xy = [
    { name: 'x', object: B.real(n, m) },
    { name: 'y', object: B.real(m) },
  ];
  test('x[i,j] in order is x', () => {
    same(compile([xy[0]!], mapOver('i', n, mapOver('j', m, x('i', 'j')))), B.id(B.real(n, m)));
  });
  test('the other order is the transpose', () => {
    same(compile([xy[0]!], mapOver('j', m, mapOver('i', n, x('i', 'j')))), B.exchange(n, m, R));
  });
  test('x[i,i] is the diagonal, and under another axis too', () => {
    same(compile([{ name: 'x', object: B.real(n, n) }], mapOver('i', n, x('i', 'i'))), B.diag(n, R));
    const cube = [{ name: 'x', object: B.real(n, m, n) }];
    const diagonal = compile(cube, mapOver('i', n, mapOver('j', m, x('i', 'j', 'i'))));
    const built = B.compose(B.compose(B.map(n, B.exchange(m, n, R)), B.diag(n, B.real(m))), B.id(B.real(n, m)));
    same(diagonal, built);
  });
  test('a triple diagonal', () => {
    const t = compile([{ name: 'x', object: B.real(n, n, n) }], mapOver('i', n, x('i', 'i', 'i')));
    same(t, B.compose(B.diag(n, B.real(n)), B.diag(n, R)));
  });
  test('what does not use the index is repeated', () => {
    same(compile([{ name: 'x', object: R }], mapOver('i', n, x())), B.repeat(n, R));
    const t = compile(xy, mapOver('i', n, mapOver('j', m, op('add', x('i', 'j'), y('j')))));
    const built = B.compose(
      B.tensor(B.id(B.real(n, m)), B.repeat(n, B.real(m))),
      B.map(n, B.map(m, B.operator('add'))),
    );
    same(t, built);
  });
  test('unused wires are discarded, used ones reordered', () => {
    same(
      compile(xy, tuple(y(), y(), x())),
      compile(xy, tuple(y(), letIn([{ name: 'z', object: B.real(m) }], y(), wire('z')), x())),
    );
    same(compile(xy, y()), B.tensor(B.discard(B.real(n, m)), B.id(B.real(m))));
  });
  test('an index of another axis is refused, and its twin is not', () => {
    const swapped = attempted(() => compile(xy, mapOver('i', m, x('i'))));
    expect(swapped).toMatchObject({ left: { code: 'E-TYPE', fact: { _tag: 'AxisMismatch', expected: n, found: m } } });
    expect(attempted(() => compile(xy, mapOver('i', n, x('i'))))).toMatchObject({ _tag: 'Right' });
  });
});

describe('elements of what is not a wire', () => {
  const xs = [{ name: 'x', object: B.real(n) }];
  test('of a map: beta', () => {
    same(compile(xs, mapOver('i', n, at(mapOver('j', n, op('exp', x('j'))), 'i'))), B.map(n, B.operator('exp')));
  });
  test('of a call, which does not run once an element', () => {
    const t = compile(xs, mapOver('i', n, at(apply(B.map(n, B.operator('exp')), x()), 'i')));
    same(t, B.map(n, B.operator('exp')));
  });
  test('of a local array that depends on the index', () => {
    const local = letIn(
      [{ name: 'z', object: B.real(n) }],
      mapOver('j', n, op('mul', x('j'), x('i'))),
      at(wire('z'), 'i'),
    );
    same(compile(xs, mapOver('i', n, local)), compile(xs, mapOver('i', n, op('mul', x('i'), x('i')))));
  });
  test('of a local array, through two binders and an earlier let', () => {
    const inner = letIn(
      [{ name: 'w', object: B.real(n) }],
      mapOver('l', n, op('add', at(wire('z'), 'l'), x('i'))),
      at(wire('w'), 'j'),
    );
    const both = letIn([{ name: 'z', object: B.real(n) }], mapOver('l', n, op('exp', x('l'))), inner);
    const direct = op('add', op('exp', x('j')), x('i'));
    const over = (e: Expr) => mapOver('i', n, mapOver('j', n, e));
    same(compile(xs, over(both)), compile(xs, over(direct)));
  });
  test('the first element, of an array of arrays', () => {
    const t = compile([{ name: 'x', object: B.real(n, m) }], mapOver('j', m, at(firstOf(n, x()), 'j')));
    same(t, B.first(n, B.real(m)));
    const row = compile([{ name: 'x', object: B.real(n, m) }], mapOver('i', n, firstOf(m, x('i'))));
    same(row, B.map(n, B.first(m, R)));
  });
});

describe('loops', () => {
  const fold = (i: string, over: B.Axis, init: Expr, body: Expr) =>
    scanOver(i, over, [{ name: 's', object: R, init }], body);
  test('a fold slices its data and repeats the rest', () => {
    const context = [
      { name: 'x', object: B.real(n) },
      { name: 'y', object: R },
    ];
    const t = compile(context, fold('i', n, y(), op('add', wire('s'), op('mul', x('i'), y()))));
    const step = B.compose(B.tensor(B.id(R), B.operator('mul')), B.operator('add'));
    const data = B.tensor(B.id(B.real(n)), B.repeat(n, R));
    const route = B.compose(B.tensor(B.id(B.real(n)), B.copy(R)), B.tensor(B.swap(B.real(n), R), B.id(R)));
    same(t, B.compose(B.compose(route, B.tensor(B.id(R), data)), B.scan(n, R, step)));
  });
  test('folds nest, over a transposed matrix too', () => {
    const context = [{ name: 'x', object: B.real(n, m) }];
    const zero = apply(B.constant(B.rational(0n)));
    const sum = (i: string, over: B.Axis, e: Expr, s: string) =>
      scanOver(i, over, [{ name: s, object: R, init: zero }], op('add', wire(s), e));
    const t = compile(context, sum('j', m, sum('i', n, x('i', 'j'), 's'), 't'));
    expect([t.dom, t.cod]).toEqual([B.real(n, m), R]);
    const transposed = compile([{ name: 'x', object: B.real(m, n) }], sum('j', m, sum('i', n, x('j', 'i'), 's'), 't'));
    same(t, B.compose(B.exchange(n, m, R), transposed));
  });
  test('outputs are arrays after the state', () => {
    const t = compile(
      [{ name: 'x', object: B.real(n) }],
      fold('i', n, apply(B.constant(B.rational(0n))), tuple(op('add', wire('s'), x('i')), wire('s'))),
    );
    expect(t.cod).toBe(B.tensorObj(R, B.real(n)));
  });
  test("what depends on the state cannot be read at the loop's index; what does not, can", () => {
    const context = [{ name: 'x', object: B.real(n) }];
    const local = (value: Expr) =>
      fold(
        'i',
        n,
        apply(B.constant(B.rational(0n))),
        letIn([{ name: 'z', object: B.real(n) }], mapOver('j', n, value), at(wire('z'), 'i')),
      );
    const refused = attempted(() => compile(context, local(op('mul', x('j'), wire('s')))));
    expect(refused).toMatchObject({ left: { code: 'E-SCOPE', fact: { _tag: 'LocalArray', name: 'z', index: 'i' } } });
    expect(attempted(() => compile(context, local(op('mul', x('j'), x('i')))))).toMatchObject({ _tag: 'Right' });
  });
});

describe('sharing and capture', () => {
  test('a tower of lets is linear', () => {
    let e: Expr = wire('z200');
    for (let i = 200; i > 0; i -= 1) {
      const from = i === 1 ? x() : wire(`z${i - 1}`);
      e = letIn([{ name: `z${i}`, object: R }], op('add', from, from), e);
    }
    expect(nodes(compile([{ name: 'x', object: R }], e))).toBeLessThan(1200);
  });
  test('equal bound names in one another do not capture', () => {
    const context = [{ name: 'x', object: B.real(k) }];
    const inner = letIn(
      [{ name: 'x', object: B.real(k) }],
      mapOver('i', k, op('exp', x('i'))),
      mapOver('i', k, x('i')),
    );
    same(compile(context, inner), B.map(k, B.operator('exp')));
  });
  test('a let that nobody reads is not computed', () => {
    const t = compile([{ name: 'x', object: R }], letIn([{ name: 'z', object: R }], op('exp', x()), x()));
    expect(t).toBe(B.id(R));
  });
});
