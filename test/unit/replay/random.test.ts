// Random terms over a few objects: those that structural equality says are equal give equal numbers, at distinct sizes, size 1, equal sizes and
// with empty axes. A fresh seed each time; it is printed with a failure.
import { expect, test } from 'vitest';
import * as x from '../../../src/replay/logic/axis.js';
import { formOf, start } from '../../../src/replay/logic/equal.js';
import * as o from '../../../src/replay/logic/object.js';
import { rational } from '../../../src/replay/logic/rational.js';
import * as t from '../../../src/replay/logic/term.js';
import { type Term } from '../../../src/replay/logic/term.js';
import { apart, type Cells, fill, run, type Sizes } from './model.js';

/** More of them by hand: TERMS=200000. */
const TERMS = Number(process.env['TERMS'] ?? 6_000);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
let state = seed;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const pick = <A>(items: readonly A[]): A => items[Math.floor(random() * items.length)]!;

const [n, m, e] = [
  x.ofVar(x.axisVar('n', undefined, false)),
  x.ofVar(x.axisVar('m', undefined, false)),
  x.ofVar(x.axisVar('e', undefined, true)),
];
const { one, sum, product } = x;
const pairs: readonly (readonly [x.Axis, x.Axis])[] = [
  [n, n],
  [n, m],
  [m, n],
  [n, one],
  [one, n],
  [e, one],
  [one, one],
  [product(n, m), one],
  [sum(n, one), m],
];
const axes = [n, m, e, one, sum(n, one), product(n, m), product(m, n), product(n, sum(m, one)), sum(n, m)];
const R = o.reals();
const [f, g] = ['f', 'g'].map((name) => t.variable(t.morphismVar(name, [], o.reals(n), o.tensor(R, o.reals(m))), []));
const h = t.morphismVar('h', [x.axisVar('n', undefined, false)], o.tensor(R, o.reals(n)), R);

/** A term out of o, of one generator, or undefined where the choice does not fit. */
const step = (A: o.Obj): Term | undefined => {
  const leaf = A.leaves[0];
  const a = leaf?.axes[0];
  const rest = leaf && a ? o.object([{ base: leaf.base, axes: leaf.axes.slice(1) }]) : undefined;
  const inner = rest?.leaves[0]?.axes[0];
  const deeper = (make: (a: x.Axis, B: o.Obj) => Term): Term | undefined => (a && rest ? make(a, rest) : undefined);
  const numbers = A.leaves.length === 1 && A === R;
  switch (Math.floor(random() * 22)) {
    case 0: return t.copy(A);
    case 1: return random() < 0.3 ? t.del(A) : undefined;
    case 2: return t.repeat(pick(axes), A);
    case 3: return deeper((v, B) => (x.nonEmpty(v) ? t.first(v, B) : t.repeat(pick(axes), o.weave(v, B))));
    case 4: return deeper((v, B) => (inner && inner === v ? t.diag(v, o.object([{ base: B.leaves[0]!.base, axes: B.leaves[0]!.axes.slice(1) }])) : t.copy(o.weave(v, B))));
    case 5: case 6: return rest && a && inner ? t.exchange(a, inner, o.object([{ base: leaf!.base, axes: leaf!.axes.slice(2) }])) : undefined;
    case 7: case 8: return deeper((v, B) => { const fit = pairs.filter(([p, q]) => sum(p, q) === v); return fit.length > 0 ? t.split(...pick(fit), B) : t.id(o.weave(v, B)); });
    case 9: return deeper((v, B) => { const fit = pairs.filter(([p, q]) => product(p, q) === v); return fit.length > 0 ? t.tile(...pick(fit), B) : t.id(o.weave(v, B)); });
    case 10: return rest && a && inner ? t.flatten(a, inner, o.object([{ base: leaf!.base, axes: leaf!.axes.slice(2) }])) : undefined;
    case 11: return numbers ? t.op(pick(['neg', 'exp', 'recip'] as const)) : undefined;
    case 12: case 13: case 14: return deeper((v, B) => t.map(v, grow(B, 1 + Math.floor(random() * 2))));
    case 15: return A === o.reals(n) ? pick([f!, g!]) : undefined;
    default: return undefined;
  }
}; // prettier-ignore

/** A generator on two arrays. */
const join = (A: o.Leaf, B: o.Leaf): Term | undefined => {
  const [P, Q] = [o.object([A]), o.object([B])];
  const [a, b] = [A.axes[0], B.axes[0]];
  const kind = Math.floor(random() * 8);
  if (kind === 0) return t.swap(P, Q);
  if (kind <= 2 && P === R && Q === R) return t.op(pick(['add', 'mul'] as const));
  if (kind <= 4 && P === R && b && B.axes.length === 1)
    return random() < 0.3 && x.nonEmpty(b)
      ? t.variable(h, [b])
      : t.scan(
          b,
          R,
          pick([t.op('add'), t.swap(R, R), t.compose(t.op('add'), t.copy(R)), t.tensor(t.op('neg'), t.id(R))]),
        );
  if (kind <= 5 && a && b && o.unweave(a, P) === o.unweave(b, Q)) return t.concat(a, b, o.unweave(a, P)!);
  if (kind === 6 && a && a === b && A.axes.length === 1 && B.axes.length === 1) return t.map(a, t.op('add'));
  if (kind === 7)
    return t.tensor(
      t.id(P),
      t.tensor(pick([t.constant(rational(1n, 2n)), t.size(pick(axes)), t.position(pick(axes))]), t.id(Q)),
    );
  return undefined;
};

const small = (A: o.Obj): boolean =>
  A.leaves.length <= 4 && A.leaves.every((l) => l.axes.length <= 3 && l.axes.every((a) => a.summands.length <= 6));

function grow(A: o.Obj, steps: number): Term {
  let term = t.id(A);
  for (let done = 0; done < steps;) {
    const { leaves } = term.cod;
    const at = Math.floor(random() * leaves.length);
    const two = random() < 0.5 && at + 1 < leaves.length;
    if (leaves.length === 0) return term;
    const middle = two ? join(leaves[at]!, leaves[at + 1]!) : step(o.object([leaves[at]!]));
    if (!middle) continue;
    const whole = t.tensor(
      t.tensor(t.id(o.object(leaves.slice(0, at))), middle),
      t.id(o.object(leaves.slice(at + (two ? 2 : 1)))),
    );
    if (small(whole.cod)) term = t.compose(term, whole);
    done += 1;
  }
  return term;
}

const models: readonly Sizes[] = [
  { n: 2, m: 3, e: 0 },
  { n: 1, m: 2, e: 3 },
  { n: 2, m: 2, e: 2 },
  { n: 3, m: 1, e: 1 },
];
const starts = [
  R,
  o.reals(n),
  o.reals(n, n),
  o.reals(n, m),
  o.tensor(R, o.reals(n)),
  o.reals(sum(n, one)),
  o.reals(product(n, m)),
  o.tensor(R, R),
];
const inputs = (A: o.Obj, sizes: Sizes): Cells =>
  fill(A, sizes, (leaf, at) => Math.sin(1 + leaf * 7 + at.reduce((k, i) => k * 5 + i, 3)));

test('what is structurally equal is equal at numbers', { timeout: 600_000 }, () => {
  const known = new Map<string, Term>();
  let equal = 0;
  let loops = 0;
  for (let k = 0; k < TERMS; k += 1) {
    start();
    const term = grow(pick(starts), 1 + Math.floor(random() * 5));
    const key = `${term.dom.id} ${term.cod.id}|${formOf({ _tag: 'Diagram', term })
      .x.map((node) => node.id)
      .join(' ')}`;
    const other = known.get(key);
    known.set(key, other ?? term);
    if (!other || other === term) continue;
    equal += 1;
    if (
      /"scan"|"var"/.test(
        JSON.stringify(term, (name, value: unknown) =>
          name === 'dom' || name === 'cod' || typeof value === 'bigint' ? undefined : value,
        ),
      )
    )
      loops += 1;
    for (const sizes of models) {
      const data = inputs(term.dom, sizes);
      expect(apart(run(term, data, sizes), run(other, data, sizes)), `seed ${seed}, term ${k}`).toBeLessThan(1e-9);
    }
  }
  expect(equal).toBeGreaterThan(200);
  expect(loops).toBeGreaterThan(3);
  expect(known.size).toBeGreaterThan(500);
});
