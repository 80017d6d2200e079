/**
 * Arguments that answer differently on each read, iterators that change their mind, lists that change afterwards. Invariant: where the
 * core accepts, what it made is what its own record of the derivation gives again, and nothing false is among it.
 */
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../src/core/index.js';
import { type Attack, K, genuine, k, must, unlikeItsDerivation, zeroIsOne } from './attack.js';

type Made = E.Either<Door.CoreError, unknown>;
/** A way to hand in `first` or `second`, as it pleases. */
type Trick = (first: readonly unknown[], second: readonly unknown[]) => unknown;

const alternating = (first: readonly unknown[], second: readonly unknown[], from: number) => {
  let reads = 0;
  return () => (reads++ >= from ? second : first);
};

const tricks: Readonly<Record<string, Trick>> = {
  'an iterator that changes its mind': (p, q) => {
    const next = alternating(p, q, 1);
    const list = [...p];
    list[Symbol.iterator] = () => next()[Symbol.iterator]() as ArrayIterator<unknown>;
    return list;
  },
  'an iterator that lies from the start': (p, q) => {
    const list = [...p];
    list[Symbol.iterator] = () => q[Symbol.iterator]() as ArrayIterator<unknown>;
    return list;
  },
  'a generator object': (p) => (function* () { yield* p; })(), // prettier-ignore
  'a generator that changes the list': (p, q) => {
    const list = [...p];
    list[Symbol.iterator] = function* () {
      yield* p;
      list.splice(0, list.length, ...q);
      return undefined;
    } as never;
    return list;
  },
  'elements that are getters': (p, q) => {
    const list: unknown[] = [];
    p.forEach((_, i) => {
      const next = alternating(p, q, 1);
      Object.defineProperty(list, i, { get: () => next()[i], enumerable: true });
    });
    return list;
  },
  'elements that are getters, later': (p, q) => {
    const list: unknown[] = [];
    p.forEach((_, i) => {
      const next = alternating(p, q, 2);
      Object.defineProperty(list, i, { get: () => next()[i], enumerable: true });
    });
    return list;
  },
  'a proxy of a list': (p, q) => {
    const next = alternating(p, q, 3);
    return new Proxy([...p], {
      get: (t, key) => Reflect.get(key === Symbol.iterator || key === 'length' ? t : next(), key) as unknown,
    });
  },
  'a list of another class': (p) => {
    class List extends Array<unknown> {
      static override get [Symbol.species](): ArrayConstructor {
        return function () { return [k.num(1)]; } as unknown as ArrayConstructor; // prettier-ignore
      }
      override map<A>(): A[] {
        return [] as A[];
      }
      override includes(): boolean {
        return true;
      }
      override forEach(): void {
        // visits nothing
      }
    }
    return List.from(p);
  },
  'something like a list': (p) => ({
    ...p,
    [Symbol.iterator]: () => p[Symbol.iterator](),
    map: () => [],
    every: () => true,
    includes: () => true,
    forEach: () => undefined,
  }),
  'a set': (p) => new Set(p),
  'a list with holes': (p) => [, ...p], // eslint-disable-line no-sparse-arrays
  'a list that says it is longer': (p) =>
    new Proxy([...p], { get: (t, key) => (key === 'length' ? t.length + 3 : (Reflect.get(t, key) as unknown)) }),
};

const n = k.v('n');
const t0 = k.v0('t');
const N = k.of(n);
const a = k.ax('a');
const empty = k.of(t0);
const h = must(K.morphismVar('h', [n], k.real(N), k.R));
const firstOf = must(K.first(N, k.R));
const law = must(K.structural(firstOf, firstOf));
const open = must(K.hypothesis([n], must(K.size(N)), k.num(1)));
const c = must(K.define('c', { axes: [n], objects: ['A'], morphisms: [] }, must(K.size(N))));
const g = k.h('g', k.R, k.R);
const functional = must(K.axiom('of the attack', [], k.at(g), k.at(g)));
const falsity = must(K.hypothesis([], k.num(0), k.num(1)));
const lemma = must(K.assume(falsity, []));
const family = must(K.family([], k.op('exp')));

/** Doors that take lists: with an argument that fits, and one that does not. */
const doors: Readonly<
  Record<
    string,
    { readonly first: readonly unknown[]; readonly second: readonly unknown[]; readonly call: (list: never) => Made }
  >
> = {
  'axes of an instantiation': { first: [[n, a]], second: [[n, empty]], call: (axes) => K.instantiate(law, { axes }) },
  'a pair of an instantiation': {
    first: [n, a],
    second: [n, empty],
    call: (pair) => K.instantiate(law, { axes: [pair] }),
  },
  'morphisms of an instantiation': {
    first: [[g, family]],
    second: [[g, must(K.family([], k.op('lt')))]],
    call: (morphisms) => K.instantiate(functional, { morphisms }),
  },
  'objects of an instantiation': {
    first: [['A', k.R]],
    second: [['A', { ...k.R }]],
    call: (objects) => K.instantiate(law, { objects }),
  },
  'axes of assume': { first: [a], second: [empty], call: (axes) => K.assume(open, axes) },
  'binders of a hypothesis': {
    first: [n],
    second: [],
    call: (binders) => K.hypothesis(binders, must(K.size(N)), k.num(1)),
  },
  'hypotheses of an axiom': {
    first: [falsity],
    second: [],
    call: (list) => K.axiom('with a list', list, k.num(0), k.num(0)),
  },
  'binders of a cut': {
    first: [],
    second: [n],
    call: (binders) => K.cut(lemma, binders, must(K.composeCong(lemma, genuine))),
  },
  'axes of a variable': { first: [a], second: [empty], call: (axes) => K.variable(h, axes) },
  'binders of a family': { first: [n], second: [], call: (binders) => K.family(binders, must(K.size(N))) },
  'axes of a call': {
    first: [a],
    second: [empty],
    call: (axes) => K.definitional(c, { axes, objects: [k.R], morphisms: [] }),
  },
  'objects of a call': {
    first: [k.R],
    second: [{ ...k.R }],
    call: (objects) => K.definitional(c, { axes: [a], objects, morphisms: [] }),
  },
  'axes of a definition': {
    first: [n],
    second: [],
    call: (axes) => K.define('d', { axes, objects: [], morphisms: [] }, must(K.size(N))),
  },
  'binders of a morphism variable': {
    first: [n],
    second: [t0],
    call: (binders) => K.morphismVar('m', binders, k.real(N), k.R),
  },
};

function attempt(call: () => Made): string | undefined {
  let made: Made;
  try {
    made = call();
  } catch {
    return undefined;
  }
  if (E.isRight(zeroIsOne())) return '0 = 1';
  if (E.isLeft(made)) return undefined;
  const value = made.right;
  if (K.isThm(value)) return unlikeItsDerivation(value) ?? unfit(value);
  if (K.isTerm(value) && value._tag === 'Variable')
    return fits(value) ? undefined : 'a variable at an axis that may be empty';
  if (K.isFamily(value) || K.isDefinition(value))
    return closed(value) ? undefined : 'a binder of another number than was checked';
  return undefined;
}
/** No theorem here may speak of the first element of an axis that may be empty. */
function unfit(thm: Door.Thm): string | undefined {
  const { lhs, rhs } = must(K.sequent(thm));
  const bad = [lhs, rhs].some((t) => t._tag === 'First' && !K.nonEmpty(t.axis));
  const unseen = must(K.variables(lhs, rhs)).axes.has(t0);
  return bad || unseen ? 'a theorem about an axis that was not checked' : undefined;
}
const fits = (t: Door.Term & { readonly _tag: 'Variable' }): boolean =>
  t.axes.every((e) => K.isAxis(e) && K.nonEmpty(e));
function closed(value: Door.Family | Door.Definition): boolean {
  const free = [...must(K.variables(value.body)).axes].filter((v) => v.scope === 'free');
  return value._tag === 'Family'
    ? value.binders.length === 1 || free.length === 1
    : free.every((v) => value.parameters.axes.includes(v));
}

const lists: readonly Attack[] = Object.entries(doors).flatMap(([door, { first, second, call }]) =>
  Object.entries(tricks).map(([trick, make]): Attack => ({
    family: 'changing arguments',
    name: `${door}: ${trick}`,
    run: () => attempt(() => call(make(first, second) as never)),
  })),
);

/** Records whose properties are getters. */
const record = (first: object, second: object, from: number): never =>
  new Proxy(first, {
    get: (
      (reads) => (t: object, key: PropertyKey) =>
        Reflect.get(reads++ >= from ? second : t, key) as unknown
    )(0),
  }) as never;
const records: Readonly<Record<string, (from: number) => Made>> = {
  'a rational': (from) => K.constant(record({ num: 1n, den: 2n }, { num: 1n, den: 0n }, from)),
  images: (from) => K.instantiate(law, record({ axes: [[n, a]] }, { axes: [[n, empty]] }, from)),
  'arguments of a call': (from) =>
    K.definitional(
      c,
      record({ axes: [a], objects: [k.R], morphisms: [] }, { axes: [empty], objects: [], morphisms: [] }, from),
    ),
  'parameters of a definition': (from) =>
    K.define(
      'e',
      record({ axes: [n], objects: [], morphisms: [] }, { axes: [], objects: [], morphisms: [] }, from),
      must(K.size(N)),
    ),
  'options of an axis variable': (from) => K.axisVar('o', record({ maybeEmpty: false }, { maybeEmpty: true }, from)),
  'a term': (from) => K.compose(record(k.num(0), k.num(1), from), k.id(k.R)),
  'an object': (from) => K.id(record(k.R, k.B, from)),
  'an axis': (from) => K.real(record(a, empty, from)),
  'a theorem': (from) => K.symmetry(record(genuine as object, {}, from)),
  'a hypothesis': (from) => K.assume(record(open, falsity, from), []),
};
const getters: readonly Attack[] = Object.entries(records).flatMap(([name, call]) =>
  [0, 1, 2, 3, 5].map((from): Attack => ({
    family: 'changing arguments',
    name: `${name}, another from read ${from}`,
    run: () => attempt(() => call(from)),
  })),
);

/** Words that are not strings but become them. */
const words: readonly Attack[] = (
  [
    ['an operator', (w: never) => K.operator(w)],
    ['the name of an axis', (w: never) => K.axisVar(w)],
    ['the name of an object', (w: never) => K.objVar(w)],
    ['the name of an axiom', (w: never) => K.axiom(w, [], k.num(0), k.num(0))],
    ['the name of a definition', (w: never) => K.define(w, { axes: [], objects: [], morphisms: [] }, k.num(0))],
    ['the side of an induction', (w: never) => K.induction(n, must(K.size(N)), must(K.size(N)), genuine, genuine, w)],
  ] as const
).flatMap(([name, call]) =>
  Object.entries<() => unknown>({
    'a string object': () => new String('true'),
    toString: () => ({ toString: () => 'exp' }),
    'Symbol.toPrimitive': () => ({ [Symbol.toPrimitive]: () => 'right' }),
    'a list of a string': () => ['add'],
    'a name of every object': () => '__proto__',
    constructor: () => 'constructor',
    'the empty string': () => '',
  }).map(([kind, make]): Attack => ({
    family: 'changing arguments',
    name: `${name}: ${kind}`,
    run: () => {
      const value: unknown = make();
      const made = call(value as never);
      if (E.isLeft(made)) return undefined;
      return typeof value === 'string' && value !== '' && name !== 'an operator' ? undefined : `${name} was ${kind}`;
    },
  })),
);

export const shifty: readonly Attack[] = [...lists, ...getters, ...words];
