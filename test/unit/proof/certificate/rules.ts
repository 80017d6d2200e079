// A library made by hand, whose theorems use every rule and every former once or more: what the proofs of the library happen to leave out has
// certificates too. Knows no scripts.
import * as core from '../../../../src/core/index.js';
import * as B from '../../../../src/language/point/build.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { theorem } from '../../../../src/proof/script/scope.js';
import { get } from '../../../support/ir/dsl.js';
import { small } from './small.js';

const n = B.axisVar('n', { sort: 'row' });
const t = B.axisVar('t', { maybeEmpty: true });
const [N, T] = [B.ofVar(n), B.ofVar(t)];
const X = B.objVar('X');
const R = B.real();

/** Formers that no statement of the library happens to use, each in an equation with itself over a call. */
function everyFormer(): core.Term {
  const nx = B.weave(N, X);
  const bits = ['true', 'false'] as const;
  const all: readonly core.Term[] = [
    B.diag(N, X),
    B.exchange(N, T, X),
    B.first(N, nx),
    B.split(N, N, X),
    B.concat(N, N, X),
    B.tile(T, N, X),
    B.flatten(T, N, X),
    B.select(nx),
    B.position(B.sum(B.one, T)),
    B.size(B.product(T, B.sum(B.one, T))),
    B.constant(B.rational(-(10n ** 30n), 7n)),
    B.scan(T, R, B.tensor(B.id(R), B.id(X))),
    B.discard(B.weave(B.zero, X)),
    B.copy(B.boolean(N)),
    ...bits.map((b) => B.operator(b)),
  ];
  return all.reduce((f, g) => B.tensor(f, g));
}

function definition(): core.Definition {
  const f = B.morphismVar('f', [], B.weave(N, X), X);
  const body = B.tensor(B.variable(f, []), B.first(N, X));
  return B.define('pair "of" #\n', { axes: [n], objects: ['X'], morphisms: [f] }, body);
}

/** One theorem for each rule, under its name. */
function theorems(): ReadonlyMap<string, core.Thm> {
  const former = everyFormer();
  const called = B.call(definition(), {
    axes: [B.sum(B.one, N)],
    objects: [B.real(T)],
    morphisms: [B.first(B.sum(B.one, N), B.real(T))],
  });
  if (called._tag !== 'Call') throw new Error('a call');
  const unfolds = get(core.definitional(called.definition, called.args));
  const h = B.morphismVar('h', [B.axisVar('k')], B.real(B.ofVar(B.axisVar('k')), T), R);
  const own = B.variable(h, [N]);
  const given = get(core.hypothesis([n], own, B.compose(own, B.id(R))));
  const assumed = get(core.assume(given, [B.sum(N, N)]));
  const plain = get(core.structural(own, B.compose(own, B.id(R))));
  const constant = B.compose(B.discard(B.real(T)), B.constant(B.rational(1n)));
  const base = get(
    core.structural(
      get(core.substituteTerm({ axes: [[t, B.zero]] }, constant)),
      get(core.substituteTerm({ axes: [[t, B.zero]] }, constant)),
    ),
  );
  const next = get(core.substituteTerm({ axes: [[t, B.sum(B.one, T)]] }, constant));
  const images = [
    [
      h,
      B.family([B.axisVar('j')], B.compose(B.discard(B.real(B.ofVar(B.axisVar('j')), T)), B.constant(B.rational(0n)))),
    ],
  ] as const;
  return new Map([
    ['formers', get(core.structural(former, B.compose(former, B.id(former.cod))))],
    ['definition', unfolds],
    ['symmetry', get(core.symmetry(unfolds))],
    ['transitivity', get(core.transitivity(unfolds, get(core.symmetry(unfolds))))],
    ['tensor', get(core.tensorCong(unfolds, assumed))],
    ['map', get(core.mapCong(T, unfolds))],
    ['scan', get(core.scanCong(T, R, get(core.structural(B.id(R), B.id(R)))))],
    ['assume', assumed],
    ['instance', get(core.instantiate(assumed, { axes: [[n, B.sum(N, N)]], morphisms: images }))],
    ['cut', get(core.cut(plain, [n], assumed))],
    ['axiom', get(core.axiom('believed', [given, get(core.hypothesis([], former, former))], own, own))],
    ['induction', get(core.induction(t, constant, constant, base, get(core.structural(next, next)), 'left'))],
  ]);
}

/** The small library with these theorems added, in this order. */
export function everyRule(): Library {
  const library = small();
  const proved = new Map(library.proved);
  for (const [name, thm] of theorems()) proved.set(name, theorem(name, thm, undefined, []));
  return { ...library, proved };
}
