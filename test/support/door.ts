// The core as the tests see it: its door, and short names for what a test builds. A core under test is a value, so that the
// same cases run on a mutated copy (test/adversary/mutation/core). Invariant: `must` never hides a refusal.
import * as E from 'fp-ts/lib/Either.js';
import * as door from '../../src/core/index.js';
import type * as Door from '../../src/core/index.js';

export type Core = typeof Door;
export const core: Core = door;

/** What the core must accept. */
export function must<A>(made: E.Either<Door.CoreError, A>): A {
  if (E.isLeft(made)) throw new Error(`refused: ${made.left.code} ${made.left.rule}: ${made.left.condition}`);
  return made.right;
}

/** What the core must refuse: the fact, to be compared. */
export function refused(made: E.Either<Door.CoreError, unknown>): Door.CoreError {
  if (E.isRight(made)) throw new Error('accepted what the core must refuse');
  return made.left;
}

/** Short names over one core. */
export function kit(K: Core) {
  const v = (name: string, sort?: string): Door.AxisVar => must(K.axisVar(name, sort === undefined ? {} : { sort }));
  const v0 = (name: string): Door.AxisVar => must(K.axisVar(name, { maybeEmpty: true }));
  const of = (x: Door.AxisVar): Door.Axis => must(K.ofVar(x));
  const R = must(K.real());
  const B = must(K.boolean());
  return {
    K,
    v,
    v0,
    of,
    R,
    B,
    /** axes of fresh variables */
    ax: (name: string, sort?: string): Door.Axis => of(v(name, sort)),
    ax0: (name: string): Door.Axis => of(v0(name)),
    plus: (...es: Door.Axis[]): Door.Axis => es.reduce((a, b) => must(K.sum(a, b))),
    by: (...es: Door.Axis[]): Door.Axis => es.reduce((a, b) => must(K.product(a, b))),
    real: (...es: Door.Axis[]): Door.Obj => must(K.real(...es)),
    obj: (...os: Door.Obj[]): Door.Obj => must(K.tensorObj(...os)),
    weave: (a: Door.Axis, o: Door.Obj): Door.Obj => must(K.weave(a, o)),
    seq: (...ts: Door.Term[]): Door.Term => ts.reduce((f, g) => must(K.compose(f, g))),
    par: (...ts: Door.Term[]): Door.Term => ts.reduce((f, g) => must(K.tensor(f, g))),
    id: (o: Door.Obj): Door.Term => must(K.id(o)),
    op: (name: Door.Operator): Door.Term => must(K.operator(name)),
    num: (n: number, d = 1): Door.Term => must(K.constant(must(K.rational(BigInt(n), BigInt(d))))),
    map: (a: Door.Axis, t: Door.Term): Door.Term => must(K.map(a, t)),
    scan: (a: Door.Axis, s: Door.Obj, t: Door.Term): Door.Term => must(K.scan(a, s, t)),
    /** h : dom -> cod */
    h: (name: string, dom: Door.Obj, cod: Door.Obj): Door.MorphismVar => must(K.morphismVar(name, [], dom, cod)),
    at: (h: Door.MorphismVar, ...es: Door.Axis[]): Door.Term => must(K.variable(h, es)),
    equal: (f: Door.Term, g: Door.Term): boolean => must(K.equal(f, g)),
  };
}
export type Kit = ReturnType<typeof kit>;
