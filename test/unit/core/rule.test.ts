// The eight rules at work: what each proves, exactly, and that nothing is captured. Each attack has a twin that is accepted.
import { axiomsOf } from '../../../src/proof/script/axioms.js';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { core as K, kit, must, refused } from '../../support/door.js';

const k = kit(K);
const { R, seq, par, id, op, num } = k;
type Term = Door.Term;
const size = (e: Door.Axis): Term => must(K.size(e));
const says = (thm: Door.Thm): readonly [Term, Term] => {
  const { lhs, rhs } = must(K.sequent(thm));
  return [lhs, rhs];
};
const hyps = (thm: Door.Thm): readonly Door.Hypothesis[] => must(K.sequent(thm)).hypotheses;
const believe = (l: Term, r: Term, list: Door.Hypothesis[] = []): Door.Thm => must(K.axiom('believed', list, l, r));
const sum = (e: Door.Axis): Term => seq(par(num(0), id(k.real(e))), k.scan(e, R, op('add')));
const [n, m] = [k.v('n'), k.v('m')];
const [N, M] = [k.of(n), k.of(m)];

describe('2, 3: equivalence and congruence', () => {
  const h1 = must(K.hypothesis([], num(1), num(2)));
  const h2 = must(K.hypothesis([], num(3), num(4)));
  const [p, q] = [must(K.assume(h1, [])), must(K.assume(h2, []))];
  test('symmetry and transitivity', () => {
    expect(says(must(K.symmetry(p)))).toEqual([num(2), num(1)]);
    const r = believe(num(2), num(5), [h2]);
    const both = must(K.transitivity(p, r));
    expect(says(both)).toEqual([num(1), num(5)]);
    expect(new Set(hyps(both))).toEqual(new Set([h1, h2]));
  });
  test('congruence unites hypotheses, each once', () => {
    const both = must(K.tensorCong(p, must(K.tensorCong(q, p))));
    expect(says(both)).toEqual([par(num(1), par(num(3), num(1))), par(num(2), par(num(4), num(2)))]);
    expect(new Set(hyps(both))).toEqual(new Set([h1, h2]));
    expect(hyps(both)).toHaveLength(2);
  });
  test('composition, map and scan', () => {
    const f = believe(op('exp'), op('log'));
    expect(says(must(K.composeCong(p, f)))).toEqual([seq(num(1), op('exp')), seq(num(2), op('log'))]);
    expect(says(must(K.mapCong(N, f)))).toEqual([k.map(N, op('exp')), k.map(N, op('log'))]);
    const g = believe(op('add'), op('mul'));
    expect(says(must(K.scanCong(N, R, g)))).toEqual([k.scan(N, R, op('add')), k.scan(N, R, op('mul'))]);
    expect(refused(K.composeCong(f, p)).code).toBe('E-TYPE');
    expect(refused(K.scanCong(N, k.B, g)).code).toBe('E-TYPE');
  });
});

describe('4: instantiation', () => {
  test('is simultaneous: [a -> b, b -> c] on a*b gives b*c', () => {
    const [a, b, c] = [k.v('a'), k.v('b'), k.v('c')];
    const [A, B, C] = [a, b, c].map((v) => k.of(v)) as [Door.Axis, Door.Axis, Door.Axis];
    const law = must(K.structural(size(k.by(A, B)), size(k.by(A, B))));
    expect(says(must(K.instantiate(law, { axes: [[a, B], [b, C]] })))[0]).toBe(size(k.by(B, C))); // prettier-ignore
    expect(says(must(K.instantiate(law, { axes: [[a, B], [b, A]] })))[0]).toBe(size(k.by(B, A))); // prettier-ignore
  });
  test('of objects is simultaneous, and puts the axes of the leaf in front', () => {
    const [A, B] = [must(K.objVar('A')), must(K.objVar('B'))];
    const law = must(K.structural(must(K.swap(A, k.weave(N, B))), must(K.swap(A, k.weave(N, B)))));
    const images = { objects: [['A', B], ['B', k.obj(A, k.real(M))]] as const }; // prettier-ignore
    expect(says(must(K.instantiate(law, images)))[0]).toBe(must(K.swap(B, k.obj(k.weave(N, A), k.real(N, M)))));
  });
  test('an axis inside the image of an object is not substituted, and not captured', () => {
    const A = must(K.objVar('A'));
    const law = must(K.structural(must(K.repeat(N, A)), must(K.repeat(N, A))));
    const moved = must(K.instantiate(law, { axes: [[n, M]], objects: [['A', k.real(N)]] }));
    expect(says(moved)[0]).toBe(must(K.repeat(M, k.real(N))));
  });
  test('the whole sequent, hypotheses too', () => {
    const h = must(K.hypothesis([n], size(k.by(N, M)), size(N)));
    const law = believe(size(M), num(1), [h]);
    const moved = must(K.instantiate(law, { axes: [[m, k.ax('z')]] }));
    const expected = must(K.hypothesis([n], size(k.by(N, k.ax('z'))), size(N)));
    expect(hyps(moved)).toEqual([expected]);
    expect(says(moved)[0]).toBe(size(k.ax('z')));
  });
  test('a bound axis of a hypothesis is not substituted, nor does an image of that name get caught', () => {
    const h = must(K.hypothesis([n], size(k.by(N, M)), num(1)));
    const law = believe(size(M), num(1), [h]);
    const moved = must(K.instantiate(law, { axes: [[n, k.ax('w')], [m, N]] })); // prettier-ignore
    // for all n. size (n * m) with m := the user's n stays two different axes
    const used = must(K.assume(hyps(moved)[0]!, [k.ax('w')]));
    expect(says(used)[0]).toBe(size(k.by(k.ax('w'), N)));
  });
  test('a family is opened at the axes of each use', () => {
    const h = must(K.morphismVar('h', [n], k.real(N), R));
    const law = must(K.structural(par(k.at(h, N), k.at(h, k.plus(N, M))), par(k.at(h, N), k.at(h, k.plus(N, M)))));
    const moved = must(K.instantiate(law, { morphisms: [[h, must(K.family([m], sum(M)))]] }));
    expect(says(moved)[0]).toBe(par(sum(N), sum(k.plus(N, M))));
  });
  test('the body of a family may mention other axes, which keep their meaning', () => {
    const h = must(K.morphismVar('h', [n], k.real(N), R));
    const body = seq(sum(N), par(id(R), size(M)), op('mul'));
    const law = must(K.structural(k.at(h, M), k.at(h, M)));
    const moved = must(K.instantiate(law, { axes: [[m, k.ax('w')]], morphisms: [[h, must(K.family([n], body))]] }));
    expect(says(moved)[0]).toBe(seq(sum(k.ax('w')), par(id(R), size(M)), op('mul')));
  });
  test('a user variable with the printed name of a binder is another variable', () => {
    const zero = k.v('0');
    const h = must(K.morphismVar('h', [n], k.real(N), R));
    const body = seq(sum(N), par(id(R), size(k.of(zero))), op('mul'));
    const law = must(K.structural(k.at(h, M), k.at(h, M)));
    const moved = must(K.instantiate(law, { morphisms: [[h, must(K.family([n], body))]] }));
    expect(says(moved)[0]).toBe(seq(sum(M), par(id(R), size(k.of(zero))), op('mul')));
    const hyp = must(K.hypothesis([n], size(k.by(N, k.of(zero))), num(1)));
    expect(says(must(K.assume(hyp, [M])))[0]).toBe(size(k.by(M, k.of(zero))));
  });
  test('the binders of a signature stay, whatever is said of their names', () => {
    const h = must(K.morphismVar('h', [n], k.real(N, M), R));
    const law = must(K.structural(k.at(h, N), k.at(h, N)));
    const moved = must(K.instantiate(law, { axes: [[n, k.ax('w')], [m, N]] })); // prettier-ignore
    const renamed = must(K.morphismVar('h', [k.v('z')], k.real(k.ax('z'), N), R));
    expect(says(moved)[0]).toBe(k.at(renamed, k.ax('w')));
  });
  test('sides are rebuilt: first at what may be empty is refused, through a sum too', () => {
    const law = must(K.structural(must(K.first(N, R)), must(K.first(N, R))));
    expect(refused(K.instantiate(law, { axes: [[n, k.ax0('t')]] })).code).toBe('E-SIDE');
    expect(refused(K.instantiate(law, { axes: [[n, K.zero]] })).code).toBe('E-SIDE');
    must(K.instantiate(law, { axes: [[n, k.plus(K.one, k.ax0('t'))]] }));
  });
});

describe('5: assume and cut', () => {
  const hyp = must(K.hypothesis([n], sum(N), sum(N)));
  test('assume gives the instance, under the whole hypothesis', () => {
    const thm = must(K.assume(hyp, [k.plus(N, M)]));
    expect(says(thm)).toEqual([sum(k.plus(N, M)), sum(k.plus(N, M))]);
    expect(hyps(thm)).toEqual([hyp]);
  });
  test('renaming a binder makes the same hypothesis', () => {
    expect(must(K.hypothesis([m], sum(M), sum(M)))).toBe(hyp);
    expect(must(K.hypothesis([], sum(M), sum(M)))).not.toBe(hyp);
  });
  test('cut removes that hypothesis and no other', () => {
    const h = must(K.hypothesis([n], size(N), num(1)));
    const kept = must(K.hypothesis([], num(1), num(2)));
    const thm = believe(num(7), num(8), [h, kept]);
    const lemma = believe(size(N), num(1));
    const done = must(K.cut(lemma, [n], thm));
    expect(hyps(done)).toEqual([kept]);
    expect(refused(K.cut(lemma, [], thm)).code).toBe('E-EQ');
  });
  test('a hypothesis of the lemma is not lost', () => {
    const own = must(K.hypothesis([], num(1), num(2)));
    const h = must(K.hypothesis([n], size(N), num(1)));
    const done = must(K.cut(believe(size(N), num(1), [own]), [n], believe(num(7), num(8), [h])));
    expect(hyps(done)).toEqual([own]);
  });
  test('what is cut with itself stays', () => {
    const h = must(K.hypothesis([], num(0), num(1)));
    expect(hyps(must(K.cut(must(K.assume(h, [])), [], must(K.assume(h, [])))))).toEqual([h]);
  });
});

describe('6, 7: axioms and definitions', () => {
  test('every axiom in a derivation is reported', () => {
    const [one, two] = [believe(num(1), num(2)), must(K.axiom('other', [], num(2), num(3)))];
    const thm = must(K.instantiate(must(K.transitivity(one, two)), {}));
    expect([...axiomsOf(must(K.symmetry(thm))).keys()].sort()).toEqual(['believed', 'other']);
    expect([...axiomsOf(must(K.structural(num(1), num(1)))).keys()]).toEqual([]);
  });
  test('a definition unfolds at its arguments, all at once', () => {
    const f = k.h('f', R, R);
    const c = must(K.define('c', { axes: [n, m], objects: [], morphisms: [f] }, k.map(k.by(N, M), k.at(f))));
    const args = { axes: [M, N], objects: [], morphisms: [op('exp')] };
    const [folded, body] = says(must(K.definitional(c, args)));
    expect(folded).toBe(must(K.call(c, args)));
    expect(body).toBe(k.map(k.by(M, N), op('exp')));
    expect(k.equal(folded, body)).toBe(true);
  });
  test('a morphism that is handed to a definition is not caught by its parameters', () => {
    const f = k.h('f', k.real(N), k.real(N));
    const c = must(K.define('c', { axes: [n], objects: [], morphisms: [f] }, seq(k.at(f), k.map(N, op('exp')))));
    const given = k.at(k.h('g', k.real(M), k.real(M)));
    const twice = seq(given, must(K.repeat(N, k.real(M))), must(K.first(N, k.real(M))));
    const [, body] = says(must(K.definitional(c, { axes: [M], objects: [], morphisms: [twice] })));
    expect(body).toBe(seq(twice, k.map(M, op('exp'))));
  });
});

describe('8: induction', () => {
  /** sum over e of ones = size e */
  const P = (e: Door.Axis): readonly [Term, Term] => [seq(num(1), must(K.repeat(e, R)), sum(e)), size(e)];
  const add = (l: Term, r: Term): Term => seq(par(l, r), op('add'));
  const close = (l: Term, r: Term): Door.Thm => must(K.structural(l, r));
  test('proves that a sum of ones is the size, with no axiom', () => {
    const ih = must(K.assume(must(K.hypothesis([], ...P(N))), []));
    const next = k.plus(N, K.one);
    const step = must(
      K.transitivity(
        close(P(next)[0], add(P(N)[0], num(1))),
        must(K.composeCong(must(K.tensorCong(ih, close(num(1), num(1)))), close(op('add'), op('add')))),
      ),
    );
    const whole = must(K.transitivity(step, close(add(P(N)[1], num(1)), P(next)[1])));
    const thm = must(K.induction(n, ...P(N), close(...P(K.one)), whole, 'right'));
    expect(says(thm)).toEqual(P(N));
    expect(hyps(thm)).toEqual([]);
    expect(axiomsOf(thm).size).toBe(0);
    const at = must(K.instantiate(thm, { axes: [[n, k.by(M, k.plus(K.one, M))]] }));
    expect(says(at)).toEqual(P(k.by(M, k.plus(K.one, M))));
  });
  test('other hypotheses are kept, those of the base and of the step', () => {
    const h = must(K.hypothesis([], num(1), num(2)));
    const g = must(K.hypothesis([], num(3), num(4)));
    const Q = (e: Door.Axis): readonly [Term, Term] => [size(e), seq(size(e), op('exp'))];
    const base = believe(...Q(K.one), [h]);
    const step = believe(...Q(k.plus(N, K.one)), [g, must(K.hypothesis([], ...Q(N)))]);
    expect(new Set(hyps(must(K.induction(n, ...Q(N), base, step, 'right'))))).toEqual(new Set([h, g]));
  });
  test('a base that used the conclusion is refused', () => {
    const Q = (e: Door.Axis): readonly [Term, Term] => [size(e), num(1)];
    const own = must(K.hypothesis([], ...Q(N)));
    const step = believe(...Q(k.plus(N, K.one)), [own]);
    expect(refused(K.induction(n, ...Q(N), believe(...Q(K.one), [own]), step, 'right')).code).toBe('E-SCOPE');
    must(K.induction(n, ...Q(N), believe(...Q(K.one)), step, 'right'));
  });
  test('the hypothesis for all axes is not the induction hypothesis', () => {
    const Q = (e: Door.Axis): readonly [Term, Term] => [size(e), num(1)];
    const all = must(K.hypothesis([n], ...Q(N)));
    const thm = must(K.induction(n, ...Q(N), believe(...Q(K.one)), believe(...Q(k.plus(N, K.one)), [all]), 'right'));
    expect(hyps(thm)).toEqual([all]);
  });
});
