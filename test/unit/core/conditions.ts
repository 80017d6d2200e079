// Each side condition of the core's constructors and rules, with a case that breaks it and a twin that keeps it. Invariant: data
// over a core under test, so that test/adversary/mutation/core can run the same cases on a core from which a check was removed.
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../src/core/index.js';
import { type Kit, must } from '../../support/door.js';

type Answer = E.Either<Door.CoreError, unknown>;
export interface Condition {
  readonly rule: string;
  readonly condition: string;
  readonly code: Door.CoreCode;
  /** the check may be that of a constructor that this one is made of */
  readonly within?: boolean;
  readonly rejects: (k: Kit) => Answer;
  readonly accepts: (k: Kit) => Answer;
}

const of = (
  rule: string,
  condition: string,
  code: Door.CoreCode,
  rejects: (k: Kit) => Answer,
  accepts: (k: Kit) => Answer,
): Condition => ({ rule, condition, code, rejects, accepts });

// ---- what cases are built from ----

const none = { axes: [], objects: [], morphisms: [] };
const term = (k: Kit): Door.Term => k.op('exp');
const other = (k: Kit): Door.Term => k.op('log');
/** A bound axis variable, as anyone can read it off a hypothesis or a signature. */
const bound = (k: Kit): Door.AxisVar =>
  must(k.K.hypothesis([k.v('n')], must(k.K.size(k.ax('n'))), must(k.K.size(k.ax('n'))))).binders[0]!;
const boundTerm = (k: Kit): Door.Term => must(k.K.size(k.of(bound(k))));
const free = (k: Kit): Door.Term => must(k.K.size(k.ax('n')));
/** h : R[n] -> R, with n free in its signature. */
const pinned = (k: Kit): Door.Term => k.at(k.h('h', k.real(k.ax('n')), k.R));
const refl = (k: Kit, t: Door.Term): Door.Thm => must(k.K.structural(t, t));
const believed = (k: Kit, l: Door.Term, r: Door.Term, hyps: Door.Hypothesis[] = []): Door.Thm =>
  must(k.K.axiom('believed', hyps, l, r));
const fake = <A extends object>(value: A): A => ({ ...value });
const size = (k: Kit, e: Door.Axis): Door.Term => must(k.K.size(e));
const onN = (k: Kit): Door.MorphismVar => must(k.K.morphismVar('h', [k.v('n')], k.real(k.ax('n')), k.R));
const sized = (k: Kit, v: Door.AxisVar): Door.Definition =>
  must(k.K.define('c', { axes: [v], objects: [], morphisms: [] }, size(k, k.of(v))));
const hypN = (k: Kit, v: Door.AxisVar): Door.Hypothesis =>
  must(k.K.hypothesis([v], size(k, k.of(v)), size(k, k.of(v))));
const as = <A>(value: unknown): A => value as A;

const axisMade = 'an axis made by the core';
const objectMade = 'an object made by the core';
const termMade = 'a term made by the core';
const outOfReach = 'bound names are out of reach';
const inhabited = 'a non-empty variable stands for an expression that reads as non-empty';
const ofSort = 'a sorted variable stands for no axis of another sort';
const exact = 'an exact fraction of integers, with a denominator that is not 0';
const oneType = 'both sides have one type';

/** One case for each constructor that takes an axis: a copy of an axis is not an axis. */
const axisTakers: Readonly<Record<string, (k: Kit, a: Door.Axis) => Answer>> = {
  '+': (k, a) => k.K.sum(a, k.ax('b')),
  '*': (k, a) => k.K.product(k.ax('b'), a),
  array: (k, a) => k.K.real(a),
  weave: (k, a) => k.K.weave(a, k.R),
  map: (k, a) => k.K.map(a, term(k)),
  repeat: (k, a) => k.K.repeat(a, k.R),
  diag: (k, a) => k.K.diag(a, k.R),
  first: (k, a) => k.K.first(a, k.R),
  exchange: (k, a) => k.K.exchange(k.ax('b'), a, k.R),
  split: (k, a) => k.K.split(a, k.ax('b'), k.R),
  concat: (k, a) => k.K.concat(a, k.ax('b'), k.R),
  tile: (k, a) => k.K.tile(a, k.ax('b'), k.R),
  flatten: (k, a) => k.K.flatten(a, k.ax('b'), k.R),
  position: (k, a) => k.K.position(a),
  size: (k, a) => k.K.size(a),
  scan: (k, a) => k.K.scan(a, k.R, k.op('add')),
  variable: (k, a) => k.K.variable(onN(k), [a]),
  call: (k, a) => k.K.call(sized(k, k.v('n')), { ...none, axes: [a] }),
  instantiate: (k, a) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), a]] }),
  assume: (k, a) => k.K.assume(hypN(k, k.v('n')), [a]),
};
const objectTakers: Readonly<Record<string, (k: Kit, o: Door.Obj) => Answer>> = {
  object: (k, o) => k.K.tensorObj(o, k.B),
  weave: (k, o) => k.K.weave(k.ax('a'), o),
  id: (k, o) => k.K.id(o),
  swap: (k, o) => k.K.swap(k.B, o),
  copy: (k, o) => k.K.copy(o),
  discard: (k, o) => k.K.discard(o),
  select: (k, o) => k.K.select(o),
  repeat: (k, o) => k.K.repeat(k.ax('a'), o),
  diag: (k, o) => k.K.diag(k.ax('a'), o),
  first: (k, o) => k.K.first(k.ax('a'), o),
  exchange: (k, o) => k.K.exchange(k.ax('a'), k.ax('b'), o),
  split: (k, o) => k.K.split(k.ax('a'), k.ax('b'), o),
  concat: (k, o) => k.K.concat(k.ax('a'), k.ax('b'), o),
  tile: (k, o) => k.K.tile(k.ax('a'), k.ax('b'), o),
  flatten: (k, o) => k.K.flatten(k.ax('a'), k.ax('b'), o),
  scan: (k, o) => k.K.scan(k.ax('a'), o, k.op('add')),
  morphismVar: (k, o) => k.K.morphismVar('h', [], o, k.R),
  call: (k, o) => k.K.call(must(k.K.define('c', { ...none, objects: ['A'] }, k.num(0))), { ...none, objects: [o] }),
  instantiate: (k, o) => k.K.instantiate(refl(k, k.id(must(k.K.objVar('A')))), { objects: [['A', o]] }),
};
const termTakers: Readonly<Record<string, (k: Kit, t: Door.Term) => Answer>> = {
  ';': (k, t) => k.K.compose(t, other(k)),
  '*': (k, t) => k.K.tensor(other(k), t),
  map: (k, t) => k.K.map(k.ax('a'), t),
  scan: (k, t) => k.K.scan(k.ax('a'), k.R, t),
  structural: (k, t) => k.K.equal(t, t),
  'normal form': (k, t) => k.K.normalForm(k.K.evaluator(), t),
  hypothesis: (k, t) => k.K.hypothesis([], t, t),
  axiom: (k, t) => k.K.axiom('x', [], t, t),
  family: (k, t) => k.K.family([], t),
  define: (k, t) => k.K.define('c', none, t),
  induction: (k, t) => k.K.induction(k.v('a'), t, t, refl(k, term(k)), refl(k, term(k)), 'right'),
  call: (k, t) =>
    k.K.call(must(k.K.define('c', { ...none, morphisms: [k.h('f', k.R, k.R)] }, k.num(0))), {
      ...none,
      morphisms: [t],
    }),
};

// refused by a constructor inside, under that one's name
const within = [
  'position',
  'id',
  'swap',
  'copy',
  'discard',
  'select',
  'repeat',
  'diag',
  'first',
  'exchange',
  'split',
  'concat',
  'tile',
  'flatten',
];
const takers = (
  table: Readonly<Record<string, (k: Kit, x: never) => Answer>>,
  condition: string,
  good: (k: Kit) => object,
): Condition[] =>
  Object.entries(table).map(([rule, use]) => ({
    ...of(
      rule,
      condition,
      'E-TYPE',
      (k) => use(k, as(fake(good(k)))),
      (k) => use(k, as(good(k))),
    ),
    within: within.includes(rule),
  }));

/** Where an axis stands for a variable. */
const instances: Readonly<Record<string, (k: Kit, v: Door.AxisVar, e: Door.Axis) => Answer>> = {
  variable: (k, v, e) => k.K.variable(must(k.K.morphismVar('h', [v], k.real(k.of(v)), k.R)), [e]),
  call: (k, v, e) => k.K.call(sized(k, v), { ...none, axes: [e] }),
  instantiate: (k, v, e) => k.K.instantiate(refl(k, size(k, k.of(v))), { axes: [[v, e]] }),
  assume: (k, v, e) => k.K.assume(hypN(k, v), [e]),
};
/** Where a term must mention no bound name. */
const boundFree: Readonly<Record<string, (k: Kit, t: Door.Term) => Answer>> = {
  structural: (k, t) => k.K.structural(t, t),
  hypothesis: (k, t) => k.K.hypothesis([], t, t),
  axiom: (k, t) => k.K.axiom('x', [], t, t),
  family: (k, t) => k.K.family([], t),
  define: (k, t) => k.K.define('c', { ...none, axes: [k.v('n')] }, t),
  induction: (k, t) => k.K.induction(k.v('m'), t, t, refl(k, free(k)), refl(k, free(k)), 'right'),
};

// prettier-ignore
export const conditions: readonly Condition[] = [
  ...takers(axisTakers, axisMade, (k) => k.ax('a')),
  ...takers(objectTakers, objectMade, (k) => k.R),
  ...takers(termTakers, termMade, (k) => k.op('exp')),
  ...Object.entries(instances).map(([rule, use]) => of(rule, inhabited, 'E-SIDE', (k) => use(k, k.v('n'), k.plus(k.ax0('t'), k.K.one)), (k) => use(k, k.v('n'), k.plus(k.K.one, k.ax0('t'))))),
  ...Object.entries(instances).map(([rule, use]) => of(rule, ofSort, 'E-TYPE', (k) => use(k, k.v('n', 'Position'), k.ax('c', 'Colour')), (k) => use(k, k.v('n', 'Position'), k.by(k.ax('c', 'Colour'), k.ax('p', 'Position'))))),
  ...Object.entries(boundFree).map(([rule, use]) => of(rule, outOfReach, 'E-SCOPE', (k) => use(k, boundTerm(k)), (k) => use(k, free(k)))),

  // axes, objects, constants
  of('axisVar', 'a variable has a name', 'E-TYPE', (k) => k.K.axisVar(''), (k) => k.K.axisVar('a')),
  of('axisVar', 'a variable has a name', 'E-TYPE', (k) => k.K.axisVar('a', { sort: as<string>(1) }), (k) => k.K.axisVar('a', { sort: 'S' })),
  of('axis', 'an axis variable made by the core', 'E-TYPE', (k) => k.K.ofVar(fake(k.v('a'))), (k) => k.K.ofVar(k.v('a'))),
  of('+', 'e + f joins axes of one sort', 'E-TYPE', (k) => k.K.sum(k.ax('a', 'S'), k.ax('b', 'T')), (k) => k.K.sum(k.ax('a', 'S'), k.ax('b', 'S'))),
  of('objVar', 'an object variable has a name', 'E-TYPE', (k) => k.K.objVar(''), (k) => k.K.objVar('A')),
  of('rational', exact, 'E-TYPE', (k) => k.K.rational(as<bigint>(0.5)), (k) => k.K.rational(1n, 2n)),
  of('rational', exact, 'E-TYPE', (k) => k.K.rational(1n, 0n), (k) => k.K.rational(0n, 1n)),
  of('rational', exact, 'E-TYPE', (k) => k.K.constant(as<Door.Rational>({ num: 1e16 + 1, den: 1n })), (k) => k.K.constant({ num: 10n ** 16n + 1n, den: 1n })),
  of('substitute', objectMade, 'E-TYPE', (k) => k.K.substituteObject({}, fake(k.R)), (k) => k.K.substituteObject({}, k.R)),
  of('substitute', objectMade, 'E-TYPE', (k) => k.K.substituteObject({ objects: [['A', fake(k.R)]] }, must(k.K.objVar('A'))), (k) => k.K.substituteObject({ objects: [['A', k.R]] }, must(k.K.objVar('A')))),

  // terms
  of(';', 'f ; g needs cod f = dom g', 'E-TYPE', (k) => k.K.compose(k.op('lt'), k.op('exp')), (k) => k.K.compose(k.op('lt'), k.op('not'))),
  of(';', 'f ; g needs cod f = dom g', 'E-TYPE', (k) => k.K.compose(k.id(k.real(k.ax('a'))), k.id(k.real(k.ax('b')))), (k) => k.K.compose(k.id(k.real(k.ax('a'))), k.id(k.real(k.ax('a'))))),
  of('first', 'the axis reads as non-empty from the left', 'E-SIDE', (k) => k.K.first(k.ax0('t'), k.R), (k) => k.K.first(k.ax('a'), k.R)),
  of('first', 'the axis reads as non-empty from the left', 'E-SIDE', (k) => k.K.first(k.plus(k.ax0('t'), k.K.one), k.R), (k) => k.K.first(k.plus(k.K.one, k.ax0('t')), k.R)),
  of('first', 'the axis reads as non-empty from the left', 'E-SIDE', (k) => k.K.first(k.K.zero, k.R), (k) => k.K.first(k.K.one, k.R)),
  of('operator', 'one of the primitive operators', 'E-TYPE', (k) => k.K.operator(as<Door.Operator>('max')), (k) => k.K.operator('lt')),
  of('operator', 'one of the primitive operators', 'E-TYPE', (k) => k.K.operator(as<Door.Operator>('toString')), (k) => k.K.operator('or')),
  of('operator', 'one of the primitive operators', 'E-TYPE', (k) => k.K.operator(as<Door.Operator>(['exp'])), (k) => k.K.operator('exp')),
  of('scan', 'the step has type S * A -> S * B', 'E-TYPE', (k) => k.K.scan(k.ax('a'), k.R, k.op('lt')), (k) => k.K.scan(k.ax('a'), k.R, k.op('add'))),
  of('scan', 'the step has type S * A -> S * B', 'E-TYPE', (k) => k.K.scan(k.ax('a'), k.B, k.op('add')), (k) => k.K.scan(k.ax('a'), k.B, k.op('and'))),

  // morphism variables, families, definitions
  of('morphismVar', 'a morphism variable has a name', 'E-TYPE', (k) => k.K.morphismVar('', [], k.R, k.R), (k) => k.K.morphismVar('h', [], k.R, k.R)),
  of('morphismVar', outOfReach, 'E-SCOPE', (k) => k.K.morphismVar('h', [], k.real(k.of(bound(k))), k.R), (k) => k.K.morphismVar('h', [], k.real(k.ax('n')), k.R)),
  of('morphismVar', 'binders are distinct free axis variables', 'E-SCOPE', (k) => k.K.morphismVar('h', [k.v('n'), k.v('n')], k.R, k.R), (k) => k.K.morphismVar('h', [k.v('n'), k.v('m')], k.R, k.R)),
  of('morphismVar', 'binders are distinct free axis variables', 'E-SCOPE', (k) => k.K.morphismVar('h', [bound(k)], k.R, k.R), (k) => k.K.morphismVar('h', [k.v('n')], k.R, k.R)),
  of('variable', 'a morphism variable made by the core', 'E-TYPE', (k) => k.K.variable(fake(onN(k)), [k.ax('a')]), (k) => k.K.variable(onN(k), [k.ax('a')])),
  of('variable', 'one axis for each binder', 'E-TYPE', (k) => k.K.variable(onN(k), [k.ax('a'), k.ax('b')]), (k) => k.K.variable(onN(k), [k.ax('a')])),
  of('family', 'no binder occurs in the signature of a morphism variable of the body', 'E-SCOPE', (k) => k.K.family([k.v('n')], pinned(k)), (k) => k.K.family([k.v('m')], pinned(k))),
  of('family', 'binders are distinct free axis variables', 'E-SCOPE', (k) => k.K.family([k.v('n'), k.v('n')], free(k)), (k) => k.K.family([k.v('n'), k.v('m')], free(k))),
  of('define', 'a definition has a name', 'E-TYPE', (k) => k.K.define('', none, k.num(0)), (k) => k.K.define('c', none, k.num(0))),
  of('define', 'parameters are free axis variables, names of objects and morphism variables', 'E-TYPE', (k) => k.K.define('c', { ...none, axes: [bound(k)] }, k.num(0)), (k) => k.K.define('c', { ...none, axes: [k.v('n')] }, k.num(0))),
  of('define', 'parameters are free axis variables, names of objects and morphism variables', 'E-TYPE', (k) => k.K.define('c', { ...none, axes: [fake(k.v('n'))] }, k.num(0)), (k) => k.K.define('c', { ...none, axes: [k.v('n')] }, k.num(0))),
  of('define', 'parameters are free axis variables, names of objects and morphism variables', 'E-TYPE', (k) => k.K.define('c', { ...none, objects: [as<string>({})] }, k.num(0)), (k) => k.K.define('c', { ...none, objects: ['A'] }, k.num(0))),
  of('define', 'every variable of the body is a parameter', 'E-SCOPE', (k) => k.K.define('c', none, free(k)), (k) => k.K.define('c', { ...none, axes: [k.v('n')] }, free(k))),
  of('define', 'every variable of the body is a parameter', 'E-SCOPE', (k) => k.K.define('c', none, k.id(must(k.K.objVar('A')))), (k) => k.K.define('c', { ...none, objects: ['A'] }, k.id(must(k.K.objVar('A'))))),
  of('define', 'every variable of the body is a parameter', 'E-SCOPE', (k) => k.K.define('c', none, k.at(k.h('f', k.R, k.R))), (k) => k.K.define('c', { ...none, morphisms: [k.h('f', k.R, k.R)] }, k.at(k.h('f', k.R, k.R)))),
  of('define', 'a definition abstracts over single morphisms', 'E-TYPE', (k) => k.K.define('c', { ...none, morphisms: [onN(k)] }, k.num(0)), (k) => k.K.define('c', { ...none, morphisms: [k.h('f', k.R, k.R)] }, k.num(0))),
  of('call', 'a definition made by the core', 'E-TYPE', (k) => k.K.call(fake(sized(k, k.v('n'))), { ...none, axes: [k.ax('a')] }), (k) => k.K.call(sized(k, k.v('n')), { ...none, axes: [k.ax('a')] })),
  of('call', 'one argument for each parameter', 'E-TYPE', (k) => k.K.call(sized(k, k.v('n')), { ...none, axes: [k.ax('a'), k.ax('b')] }), (k) => k.K.call(sized(k, k.v('n')), { ...none, axes: [k.ax('a')] })),
  of('call', 'the image has the type of the variable', 'E-TYPE', (k) => k.K.call(unaryDefinition(k), { ...none, morphisms: [k.op('not')] }), (k) => k.K.call(unaryDefinition(k), { ...none, morphisms: [k.op('log')] })),

  // theorems
  of('theorem', 'a theorem made by the core', 'E-TYPE', (k) => k.K.symmetry(as<Door.Thm>({})), (k) => k.K.symmetry(refl(k, term(k)))),
  of('structural', oneType, 'E-TYPE', (k) => k.K.equal(k.op('exp'), k.op('not')), (k) => k.K.equal(k.op('exp'), k.op('log'))),
  of('structural', 'both sides have one normal form', 'E-EQ', (k) => k.K.structural(k.num(0), k.num(1)), (k) => k.K.structural(k.num(1), k.seq(k.par(k.num(0), k.num(1)), k.op('add')))),
  of('structural equality', 'at most 20000 blocks', 'E-BUDGET', (k) => k.K.slots(wide(k, 30)), (k) => k.K.slots(wide(k, 3))),
  of('fuel', 'the work is within the fuel', 'E-BUDGET', (k) => doubled(k, 3), (k) => doubled(k, 4)),
  of('axis', 'at most 500 variables and sums inside one another', 'E-BUDGET', (k) => power(k, 501), (k) => power(k, 500)),
  of('rational', 'at most 500 words of 32 bits', 'E-BUDGET', (k) => k.K.rational(3n ** 12_000n), (k) => k.K.rational(3n ** 1_000n)),
  of('call', 'at most 200 definitions inside one another', 'E-BUDGET', (k) => tower(k, 250), (k) => tower(k, 150)),
  of('transitivity', 'the middle is the same term', 'E-EQ', (k) => k.K.transitivity(refl(k, term(k)), refl(k, other(k))), (k) => k.K.transitivity(refl(k, term(k)), refl(k, term(k)))),
  of('map', outOfReach, 'E-SCOPE', (k) => k.K.mapCong(k.of(bound(k)), refl(k, term(k))), (k) => k.K.mapCong(k.ax('a'), refl(k, term(k)))),
  of('scan', outOfReach, 'E-SCOPE', (k) => k.K.scanCong(k.of(bound(k)), k.R, refl(k, k.op('add'))), (k) => k.K.scanCong(k.ax('a'), k.R, refl(k, k.op('add')))),

  // instantiation
  of('instantiate', 'each variable is instantiated once', 'E-SCOPE', (k) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), k.ax('a')], [k.v('n'), k.ax('b')]] }), (k) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), k.ax('a')]] })),
  of('instantiate', outOfReach, 'E-SCOPE', (k) => k.K.instantiate(refl(k, free(k)), { axes: [[bound(k), k.ax('a')]] }), (k) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), k.ax('a')]] })),
  of('instantiate', outOfReach, 'E-SCOPE', (k) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), k.of(bound(k))]] }), (k) => k.K.instantiate(refl(k, free(k)), { axes: [[k.v('n'), k.ax('n')]] })),
  of('instantiate', outOfReach, 'E-SCOPE', (k) => k.K.instantiate(refl(k, k.id(must(k.K.objVar('A')))), { objects: [['A', k.real(k.of(bound(k)))]] }), (k) => k.K.instantiate(refl(k, k.id(must(k.K.objVar('A')))), { objects: [['A', k.real(k.ax('n'))]] })),
  of('instantiate', 'an object variable is its name', 'E-TYPE', (k) => k.K.instantiate(refl(k, term(k)), { objects: [[as<string>({}), k.R]] }), (k) => k.K.instantiate(refl(k, term(k)), { objects: [['A', k.R]] })),
  of('instantiate', 'a morphism variable and a family made by the core', 'E-TYPE', (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), fake(must(k.K.family([], term(k))))]] }), (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), must(k.K.family([], term(k)))]] })),
  of('instantiate', 'the family has the binders of the variable', 'E-TYPE', (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), must(k.K.family([k.v('n')], term(k)))]] }), (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), must(k.K.family([], term(k)))]] })),
  of('instantiate', 'the family has the binders of the variable', 'E-TYPE', (k) => k.K.instantiate(aboutN(k), { morphisms: [[onN(k), totalOver(k, k.v0('t'))]] }), (k) => k.K.instantiate(aboutN(k), { morphisms: [[onN(k), totalOver(k, k.v('t'))]] })),
  of('instantiate', 'the image has the type of the variable', 'E-TYPE', (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), must(k.K.family([], k.op('not')))]] }), (k) => k.K.instantiate(aboutF(k), { morphisms: [[f(k), must(k.K.family([], k.op('neg')))]] })),

  // hypotheses, assume, cut, axioms
  of('hypothesis', oneType, 'E-TYPE', (k) => k.K.hypothesis([], k.op('exp'), k.op('not')), (k) => k.K.hypothesis([], k.op('exp'), k.op('log'))),
  of('hypothesis', 'binders are distinct free axis variables', 'E-SCOPE', (k) => k.K.hypothesis([k.v('n'), k.v('n')], free(k), free(k)), (k) => k.K.hypothesis([k.v('n'), k.v('m')], free(k), free(k))),
  of('hypothesis', 'no binder occurs in the signature of a morphism variable', 'E-SCOPE', (k) => k.K.hypothesis([k.v('n')], pinned(k), pinned(k)), (k) => k.K.hypothesis([k.v('m')], pinned(k), pinned(k))),
  of('assume', 'a hypothesis made by the core', 'E-TYPE', (k) => k.K.assume(fake(hypN(k, k.v('n'))), [k.ax('a')]), (k) => k.K.assume(hypN(k, k.v('n')), [k.ax('a')])),
  of('assume', 'one axis for each binder', 'E-TYPE', (k) => k.K.assume(hypN(k, k.v('n')), [k.ax('a'), k.ax('b')]), (k) => k.K.assume(hypN(k, k.v('n')), [k.ax('a')])),
  of('assume', outOfReach, 'E-SCOPE', (k) => k.K.assume(hypN(k, k.v('n')), [k.of(bound(k))]), (k) => k.K.assume(hypN(k, k.v('n')), [k.ax('n')])),
  of('cut', 'what was proved is a hypothesis of the theorem', 'E-EQ', (k) => k.K.cut(believed(k, term(k), other(k)), [], must(k.K.assume(must(k.K.hypothesis([], other(k), term(k))), []))), (k) => k.K.cut(believed(k, term(k), other(k)), [], must(k.K.assume(must(k.K.hypothesis([], term(k), other(k))), [])))),
  of('cut', 'the axis is free in no hypothesis', 'E-SCOPE', (k) => k.K.cut(believed(k, free(k), k.num(1), [must(k.K.hypothesis([], free(k), k.num(1)))]), [k.v('n')], allOne(k)), (k) => k.K.cut(believed(k, free(k), k.num(1), [must(k.K.hypothesis([], size(k, k.ax('m')), k.num(1)))]), [k.v('n')], allOne(k))),
  of('axiom', 'an axiom has a name', 'E-TYPE', (k) => k.K.axiom('', [], term(k), term(k)), (k) => k.K.axiom('x', [], term(k), term(k))),
  of('axiom', 'a hypothesis made by the core', 'E-TYPE', (k) => k.K.axiom('x', [fake(hypN(k, k.v('n')))], term(k), term(k)), (k) => k.K.axiom('x', [hypN(k, k.v('n'))], term(k), term(k))),
  of('axiom', oneType, 'E-TYPE', (k) => k.K.axiom('x', [], k.op('exp'), k.op('not')), (k) => k.K.axiom('x', [], k.op('exp'), k.op('log'))),
  of('definition', outOfReach, 'E-SCOPE', (k) => k.K.definitional(sized(k, k.v('n')), { ...none, axes: [k.of(bound(k))] }), (k) => k.K.definitional(sized(k, k.v('n')), { ...none, axes: [k.ax('n')] })),

  // induction on size a = size a, with what is broken each time
  of('induction', outOfReach, 'E-SCOPE', (k) => k.K.induction(bound(k), term(k), other(k), believed(k, term(k), other(k)), believed(k, term(k), other(k)), 'right'), (k) => k.K.induction(k.v('a'), term(k), other(k), believed(k, term(k), other(k)), believed(k, term(k), other(k)), 'right')),
  of('axis', 'an axis variable made by the core', 'E-TYPE', (k) => inductionOn(k, fake(k.v('a'))), (k) => inductionOn(k, k.v('a'))),
  of('induction', 'the step adds an element on the left or on the right', 'E-TYPE', (k) => inductionOn(k, k.v('a'), as<'left'>('middle')), (k) => inductionOn(k, k.v('a'), 'left')),
  of('induction', 'the base proves P(1), or P(0) where the axis may be empty', 'E-EQ', (k) => inductionOn(k, k.v('a'), 'right', k.K.zero), (k) => inductionOn(k, k.v('a'), 'right', k.K.one)),
  of('induction', 'the base proves P(1), or P(0) where the axis may be empty', 'E-EQ', (k) => inductionOn(k, k.v0('a'), 'right', k.K.one), (k) => inductionOn(k, k.v0('a'), 'right', k.K.zero)),
  of('induction', 'the step proves P(a+1), or P(1+a)', 'E-EQ', (k) => inductionOn(k, k.v('a'), 'right', k.K.one, k.plus(k.K.one, k.ax('a'))), (k) => inductionOn(k, k.v('a'), 'right', k.K.one, k.plus(k.ax('a'), k.K.one))),
  of('induction', 'the step proves P(a+1), or P(1+a)', 'E-EQ', (k) => inductionOn(k, k.v('a'), 'left', k.K.one, k.plus(k.ax('a'), k.K.one)), (k) => inductionOn(k, k.v('a'), 'left', k.K.one, k.plus(k.K.one, k.ax('a')))),
  of('induction', 'the axis is not in the signature of a morphism variable', 'E-SCOPE', (k) => aboutVariable(k, (e) => k.at(k.h('h', k.real(e), k.R)), (e) => k.at(k.h('g', k.real(e), k.R))), (k) => aboutVariable(k, (e) => k.at(onN(k), e), (e) => k.seq(k.at(onN(k), e), k.id(k.R)))),
  of('induction', 'the axis is free in no hypothesis', 'E-SCOPE', (k) => inductionOn(k, k.v('a'), 'right', k.K.one, undefined, [hypOf(k, k.ax('a'))]), (k) => inductionOn(k, k.v('a'), 'right', k.K.one, undefined, [hypOf(k, k.ax('b'))])),
];

function unaryDefinition(k: Kit): Door.Definition {
  return must(k.K.define('c', { ...none, morphisms: [f(k)] }, k.at(f(k))));
}
const f = (k: Kit): Door.MorphismVar => k.h('f', k.R, k.R);
const aboutF = (k: Kit): Door.Thm => refl(k, k.at(f(k)));
const aboutN = (k: Kit): Door.Thm => refl(k, k.at(onN(k), k.ax('a')));
const totalOver = (k: Kit, v: Door.AxisVar): Door.Family =>
  must(k.K.family([v], k.seq(k.par(k.num(0), k.id(k.real(k.of(v)))), k.scan(k.of(v), k.R, k.op('add')))));
/** An array of n * n * n blocks. */
function wide(k: Kit, n: number): Door.Obj {
  const e = k.plus(...Array.from({ length: n }, (_, i) => k.ax(`w${i}`)));
  return k.real(e, e, e);
}
/** for all n. size n = 1 |- size a = 1 */
const allOne = (k: Kit): Door.Thm => must(k.K.assume(must(k.K.hypothesis([k.v('n')], free(k), k.num(1))), [k.ax('a')]));
const hypOf = (k: Kit, e: Door.Axis): Door.Hypothesis => must(k.K.hypothesis([], size(k, e), k.num(7)));

function inductionOn(
  k: Kit,
  v: Door.AxisVar,
  side: Door.InductionSide = 'right',
  base?: Door.Axis,
  next?: Door.Axis,
  hyps: Door.Hypothesis[] = [],
): Answer {
  const real = v.maybeEmpty ? k.v0(v.name) : k.v(v.name);
  const a = k.of(real);
  const start = base ?? (v.maybeEmpty ? k.K.zero : k.K.one);
  const end = next ?? (side === 'left' ? k.plus(k.K.one, a) : k.plus(a, k.K.one));
  const P = (e: Door.Axis): readonly [Door.Term, Door.Term] => [size(k, e), k.seq(size(k, e), k.id(k.R))];
  return k.K.induction(
    v,
    ...P(a),
    must(k.K.axiom('base', [], ...P(start))),
    must(k.K.axiom('step', hyps, ...P(end))),
    side,
  );
}

function aboutVariable(k: Kit, l: (e: Door.Axis) => Door.Term, r: (e: Door.Axis) => Door.Term): Answer {
  const a = k.ax('a');
  const P = (e: Door.Axis): Door.Thm => believed(k, l(e), r(e));
  return k.K.induction(k.v('a'), l(a), r(a), P(k.K.one), P(k.plus(a, k.K.one)), 'right');
}

/** Whether a refusal is the one that a case asks for. */
export function isFor(c: Condition, fact: Door.CoreError): boolean {
  return fact.code === c.code && fact.condition === c.condition && (c.within === true || fact.rule === c.rule);
}

/** copy ; add, n times, is 2^n of its input. */
function doubled(k: Kit, n: number): Answer {
  const twice = k.seq(must(k.K.copy(k.R)), k.op('add'));
  const term = k.seq(...Array.from({ length: n }, () => twice));
  const other = k.seq(k.id(k.R), term);
  return E.flatten(k.K.within(n < 4 ? 100 : 100_000, () => k.K.structural(other, term)));
}

/** a * a * …, n factors */
function power(k: Kit, n: number): E.Either<Door.CoreError, Door.Axis> {
  const a = k.ax('a');
  return Array.from({ length: n }, () => a).reduce(
    (made: E.Either<Door.CoreError, Door.Axis>, f) => E.flatMap(made, (e) => k.K.product(e, f)),
    E.right(k.K.one),
  );
}

/** d0[n] := id R[n], d1[n] := d0[n+1], d2[n] := d1[n+1] …, called at an axis at which none was unfolded. */
function tower(k: Kit, n: number): Answer {
  const v = k.v('n');
  const at = (d: Door.Definition, e: Door.Axis): E.Either<Door.CoreError, Door.Term> =>
    k.K.call(d, { axes: [e], objects: [], morphisms: [] });
  const next = k.plus(k.of(v), k.K.one);
  const define = (name: string, body: Door.Term): Door.Definition =>
    must(k.K.define(name, { axes: [v], objects: [], morphisms: [] }, body));
  const start = E.right<Door.CoreError, Door.Definition>(define('d', k.id(k.real(k.of(v)))));
  const last = Array.from({ length: n }).reduce<typeof start>(
    (made) => E.flatMap(made, (d) => E.map((body: Door.Term) => define('d', body))(at(d, next))),
    start,
  );
  return E.flatMap(last, (d) => at(d, k.ax('m')));
}
