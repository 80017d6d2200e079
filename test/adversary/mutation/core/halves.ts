// Side conditions in which one part of several is broken and the others are kept, as named tests over a core under test. Invariant: each has a
// twin that keeps the part. The parts that alone are broken in test/unit/core/conditions.ts are not repeated here.
import type * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../../src/core/index.js';
import type { Condition } from '../../../unit/core/conditions.js';
import { type Kit, must } from '../../../support/door.js';

type Answer = E.Either<Door.CoreError, unknown>;
export interface Half {
  readonly name: string;
  readonly condition: Condition;
}
const of = (
  part: string,
  [rule, condition, code]: readonly [string, string, Door.CoreCode],
  rejects: (k: Kit) => Answer,
  accepts: (k: Kit) => Answer,
): Half => ({ name: `${rule}: ${condition}: ${part}`, condition: { rule, condition, code, rejects, accepts } });

const as = <A>(value: unknown): A => value as A;
const fake = <A extends object>(value: A): A => ({ ...value });
const none = { axes: [], objects: [], morphisms: [] };
const f = (k: Kit): Door.MorphismVar => k.h('f', k.R, k.R);
const aboutF = (k: Kit): Door.Thm => must(k.K.structural(k.at(f(k)), k.at(f(k))));
const family = (k: Kit, t: Door.Term): Door.Family => must(k.K.family([], t));
const del = (k: Kit, o: Door.Obj): Door.Term => must(k.K.discard(o));
/** B -> R, and R -> B */
const fromBoolean = (k: Kit): Door.Term => k.seq(del(k, k.B), k.num(0));
const toBoolean = (k: Kit): Door.Term => k.seq(k.par(k.id(k.R), k.num(0)), k.op('lt'));
const size = (k: Kit, e: Door.Axis): Door.Term => must(k.K.size(e));
const imaged = (k: Kit, v: Door.MorphismVar, t: Door.Term): Answer =>
  k.K.instantiate(aboutF(k), { morphisms: [[v, family(k, t)]] });
const defined = (k: Kit, parameters: Door.Parameters): Door.Definition => must(k.K.define('c', parameters, k.num(0)));
const onObject = (k: Kit): Door.Definition => defined(k, { ...none, objects: ['A'] });
const onMorphism = (k: Kit): Door.Definition => defined(k, { ...none, morphisms: [f(k)] });

/** size a = size a ; id by induction, from these sides of the base and of the step. */
function inductive(k: Kit, wrong: 'none' | 'base left' | 'base right' | 'step left' | 'step right'): Answer {
  const a = k.ax('a');
  const P = (e: Door.Axis): readonly [Door.Term, Door.Term] => [size(k, e), k.seq(size(k, e), k.id(k.R))];
  const other = (part: string, t: Door.Term): Door.Term => (wrong === part ? k.num(9) : t);
  const [p, q] = [P(k.K.one), P(k.plus(a, k.K.one))];
  const base = must(k.K.axiom('base', [], other('base left', p[0]), other('base right', p[1])));
  const step = must(k.K.axiom('step', [], other('step left', q[0]), other('step right', q[1])));
  return k.K.induction(k.v('a'), ...P(a), base, step, 'right');
}

/** size n = 1 for all n, from size n = 1 under h = g, where h and g are R[e] -> R. */
function generalised(k: Kit, e: Door.Axis): Answer {
  const [h, g] = ['h', 'g'].map((name) => k.at(k.h(name, k.real(e), k.R)));
  const sides = [size(k, k.ax('n')), k.num(1)] as const;
  const lemma = must(k.K.axiom('believed', [must(k.K.hypothesis([], h!, g!))], ...sides));
  return k.K.cut(lemma, [k.v('n')], must(k.K.assume(must(k.K.hypothesis([k.v('n')], ...sides)), [k.ax('a')])));
}

const oneType = ['hypothesis', 'both sides have one type', 'E-TYPE'] as const;
const typed = ['instantiate', 'the image has the type of the variable', 'E-TYPE'] as const;
const counted = ['call', 'one argument for each parameter', 'E-TYPE'] as const;
const stepped = ['scan', 'the step has type S * A -> S * B', 'E-TYPE'] as const;
const based = ['induction', 'the base proves P(1), or P(0) where the axis may be empty', 'E-EQ'] as const;
const continued = ['induction', 'the step proves P(a+1), or P(1+a)', 'E-EQ'] as const;

// prettier-ignore
export const halves: readonly Half[] = [
  of('the name is a string', ['axisVar', 'a variable has a name', 'E-TYPE'], (k) => k.K.axisVar(as(5)), (k) => k.K.axisVar('5')),
  of('the name is a string', ['objVar', 'an object variable has a name', 'E-TYPE'], (k) => k.K.objVar(as(5)), (k) => k.K.objVar('5')),
  of('the name is a string', ['morphismVar', 'a morphism variable has a name', 'E-TYPE'], (k) => k.K.morphismVar(as(5), [], k.R, k.R), (k) => k.K.morphismVar('5', [], k.R, k.R)),
  of('the name is a string', ['define', 'a definition has a name', 'E-TYPE'], (k) => k.K.define(as(5), none, k.num(0)), (k) => k.K.define('5', none, k.num(0))),
  of('the name is a string', ['axiom', 'an axiom has a name', 'E-TYPE'], (k) => k.K.axiom(as(5), [], k.num(0), k.num(0)), (k) => k.K.axiom('5', [], k.num(0), k.num(0))),
  of('the denominator is an integer', ['rational', 'an exact fraction of integers, with a denominator that is not 0', 'E-TYPE'], (k) => k.K.rational(1n, as('2')), (k) => k.K.rational(1n, 2n)),
  of('the domains', oneType, (k) => k.K.hypothesis([], del(k, k.R), del(k, k.B)), (k) => k.K.hypothesis([], del(k, k.R), k.seq(k.op('exp'), del(k, k.R)))),
  of('the codomains', oneType, (k) => k.K.hypothesis([], k.op('lt'), k.op('add')), (k) => k.K.hypothesis([], k.op('mul'), k.op('add'))),
  of('the domains', typed, (k) => imaged(k, f(k), fromBoolean(k)), (k) => imaged(k, f(k), k.op('exp'))),
  of('the codomains', typed, (k) => imaged(k, f(k), toBoolean(k)), (k) => imaged(k, f(k), k.op('log'))),
  of('the variable', ['instantiate', 'a morphism variable and a family made by the core', 'E-TYPE'], (k) => imaged(k, fake(f(k)), k.op('exp')), (k) => imaged(k, f(k), k.op('exp'))),
  of('the variable is genuine', ['instantiate', 'bound names are out of reach', 'E-SCOPE'], (k) => k.K.instantiate(aboutF(k), { axes: [[fake(k.v('n')), k.ax('m')]] }), (k) => k.K.instantiate(aboutF(k), { axes: [[k.v('n'), k.ax('m')]] })),
  of('a variable made by the core', ['define', 'a definition abstracts over single morphisms', 'E-TYPE'], (k) => k.K.define('c', { ...none, morphisms: [fake(f(k))] }, k.num(0)), (k) => k.K.define('c', { ...none, morphisms: [f(k)] }, k.num(0))),
  of('objects', counted, (k) => k.K.call(onObject(k), { ...none, objects: [k.R, k.R] }), (k) => k.K.call(onObject(k), { ...none, objects: [k.R] })),
  of('morphisms', counted, (k) => k.K.call(onMorphism(k), { ...none, morphisms: [k.op('exp'), k.op('exp')] }), (k) => k.K.call(onMorphism(k), { ...none, morphisms: [k.op('exp')] })),
  of('its domain begins with the state', stepped, (k) => k.K.scan(k.ax('a'), k.B, k.op('lt')), (k) => k.K.scan(k.ax('a'), k.B, k.op('and'))),
  of('nor in a signature', ['cut', 'the axis is free in no hypothesis', 'E-SCOPE'], (k) => generalised(k, k.ax('n')), (k) => generalised(k, k.ax('m'))),
  of('the left side', based, (k) => inductive(k, 'base left'), (k) => inductive(k, 'none')),
  of('the right side', based, (k) => inductive(k, 'base right'), (k) => inductive(k, 'none')),
  of('the left side', continued, (k) => inductive(k, 'step left'), (k) => inductive(k, 'none')),
  of('the right side', continued, (k) => inductive(k, 'step right'), (k) => inductive(k, 'none')),
];
