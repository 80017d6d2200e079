// Attacks on the core from outside: forging a theorem, poisoning what the core interns or calls, changing what it was handed.
// Invariant: each attack was tried with a twin that the core accepts, so that a test cannot pass because nothing works.
import { axiomsOf } from '../../../src/proof/script/axioms.js';
import type * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { core as K, kit, must, refused } from '../../support/door.js';

const k = kit(K);
const a = k.ax('a');
const b = k.ax('b');
const thm = (): Door.Thm => must(K.structural(k.id(k.R), k.id(k.R)));
const zeroIsOne = (): E.Either<Door.CoreError, Door.Thm> => K.structural(k.num(0), k.num(1));
/** Tries what strict mode may refuse. */
const attempt = (action: () => unknown): void => {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
};

describe('a theorem is made by the rules alone', () => {
  const genuine = thm();
  const forged: Record<string, () => unknown> = {
    literal: () => ({ lhs: k.num(0), rhs: k.num(1), hypotheses: [] }),
    spread: () => ({ ...(genuine as object) }),
    assign: () => Object.assign(Object.create(Object.getPrototypeOf(genuine) as object) as object, genuine),
    prototype: () => Object.create(Object.getPrototypeOf(genuine) as object),
    'set prototype': () => Object.setPrototypeOf({}, Object.getPrototypeOf(genuine) as object),
    heir: () => Object.create(genuine as object),
    constructor: () => {
      const Maker = (genuine as unknown as { constructor: new (...args: unknown[]) => unknown }).constructor;
      return new Maker({ lhs: k.num(0), rhs: k.num(1), hypotheses: [] }, { rule: 'structural' });
    },
    'constructor of the prototype': () => {
      const proto = Object.getPrototypeOf(genuine) as { constructor: new (...args: unknown[]) => unknown };
      return Reflect.construct(Object, [{ lhs: k.num(0) }], proto.constructor);
    },
    structuredClone: () => structuredClone(genuine),
    proxy: () => new Proxy(genuine as object, {}),
    'proxy of nothing': () => new Proxy({}, { get: () => genuine, has: () => true }),
    json: () => JSON.parse(JSON.stringify(genuine)) as unknown,
    null: () => null,
    number: () => 1,
  };
  for (const [name, forge] of Object.entries(forged))
    test(`${name} is not a theorem`, () => {
      const fake = forge() as Door.Thm;
      expect(K.isThm(fake)).toBe(false);
      expect(refused(K.sequent(fake))).toMatchObject({ code: 'E-TYPE', rule: 'theorem' });
      expect(refused(K.symmetry(fake))).toMatchObject({ code: 'E-TYPE', rule: 'theorem' });
      expect(refused(K.transitivity(genuine, fake)).code).toBe('E-TYPE');
      expect(refused(K.instantiate(fake, {})).code).toBe('E-TYPE');
    });
  test('the genuine one is', () => {
    expect(K.isThm(genuine)).toBe(true);
    expect(must(K.sequent(must(K.symmetry(genuine)))).lhs).toBe(k.id(k.R));
  });
});

describe('terms, objects, axes and hypotheses are made by the constructors alone', () => {
  test('a spread term is refused', () => {
    expect(refused(K.compose({ ...k.num(0) }, k.id(k.R))).code).toBe('E-TYPE');
    must(K.compose(k.num(0), k.id(k.R)));
  });
  test('a spread object is refused', () => {
    expect(refused(K.id({ ...k.R })).code).toBe('E-TYPE');
    must(K.id(k.R));
  });
  test('a spread axis is refused', () => {
    expect(refused(K.sum({ ...a }, b)).code).toBe('E-TYPE');
    expect(refused(K.real({ ...a })).code).toBe('E-TYPE');
    must(K.sum(a, b));
  });
  test('a spread axis variable is refused', () => {
    expect(refused(K.ofVar({ ...k.v('a') })).code).toBe('E-TYPE');
    must(K.ofVar(k.v('a')));
  });
  test('a spread hypothesis is refused', () => {
    const h = must(K.hypothesis([], k.num(0), k.num(1)));
    expect(refused(K.assume({ ...h }, [])).code).toBe('E-TYPE');
    expect(refused(K.axiom('x', [{ ...h }], k.num(0), k.num(1))).code).toBe('E-TYPE');
    must(K.assume(h, []));
  });
  test('a spread definition, family or morphism variable is refused', () => {
    const c = must(K.define('c', { axes: [], objects: [], morphisms: [] }, k.num(0)));
    const none = { axes: [], objects: [], morphisms: [] };
    expect(refused(K.call({ ...c }, none)).code).toBe('E-TYPE');
    must(K.call(c, none));
    const h = k.h('h', k.R, k.R);
    expect(refused(K.variable({ ...h }, [])).code).toBe('E-TYPE');
    const f = must(K.family([], k.id(k.R)));
    const axiom = must(K.axiom('ax', [], k.at(h), k.at(h)));
    expect(refused(K.instantiate(axiom, { morphisms: [[h, { ...f }]] })).code).toBe('E-TYPE');
    must(K.instantiate(axiom, { morphisms: [[h, f]] }));
  });
  test('the prefix of a made-up object is not interned', () => {
    const q = k.ax('poisoned prefix');
    const fake = { _tag: 'Axis', id: q.id, terms: [] } as unknown as Door.Axis;
    const made = K.withoutPrefix(K.unit, { leaves: [{ base: { _tag: 'Real' }, axes: [fake] }] } as unknown as Door.Obj);
    expect(made).toBeUndefined();
    expect(must(K.slots(k.real(q)))).toHaveLength(1);
    expect(K.withoutPrefix(K.unit, k.R)).toBe(k.R);
  });
  test('the image of an object variable is not a made-up object', () => {
    const q = k.ax('poisoned image');
    const fake = { leaves: [{ base: { _tag: 'Real' }, axes: [{ id: q.id, terms: [] }] }] } as unknown as Door.Obj;
    const A = must(K.objVar('A'));
    expect(refused(K.substituteObject({ objects: [['A', fake]] }, A)).code).toBe('E-TYPE');
    expect(refused(K.substituteObject({}, fake)).code).toBe('E-TYPE');
    expect(must(K.slots(k.real(q)))).toHaveLength(1);
    expect(must(K.substituteObject({ objects: [['A', k.R]] }, A))).toBe(k.R);
  });
});

describe('what answers differently on each read is read once', () => {
  test('an operator is a string, not something that becomes one', () => {
    const names = ['true', 'true', 'exp'];
    const shifty = { toString: () => names.shift() ?? 'false' } as unknown as Door.Operator;
    expect(refused(K.operator(shifty)).code).toBe('E-TYPE');
    must(K.operator('exp'));
  });
  test('a rational with changing parts', () => {
    let reads = 0;
    const shifty = { num: 1n, get den() { return reads++ === 0 ? 2n : 0n; } }; // prettier-ignore
    const made = must(K.constant(shifty));
    expect(made._tag === 'Constant' && made.value).toEqual({ num: 1n, den: 2n });
  });
  test('images with changing parts', () => {
    const x = k.v('x');
    const law = must(K.structural(must(K.first(k.of(x), k.R)), must(K.first(k.of(x), k.R))));
    let reads = 0;
    const shifty = {
      get axes() {
        return reads++ === 0 ? ([[x, a]] as const) : ([[x, k.ax0('t')]] as const);
      },
    };
    expect(must(K.sequent(must(K.instantiate(law, shifty)))).lhs).toBe(must(K.first(a, k.R)));
    expect(reads).toBe(1);
  });
  test('an array whose iterator changes its mind', () => {
    const h = must(K.morphismVar('h', [k.v('n')], k.real(k.ax('n')), k.R));
    const shifty = [a];
    let reads = 0;
    shifty[Symbol.iterator] = () => [[a], [b]][reads++]![Symbol.iterator]();
    const made = must(K.variable(h, shifty));
    expect([made.dom, made._tag === 'Variable' && made.axes]).toEqual([k.real(a), [a]]);
  });
  test('arguments of a call with changing parts', () => {
    const n = k.v('n');
    const c = must(K.define('c', { axes: [n], objects: [], morphisms: [] }, must(K.size(k.of(n)))));
    let reads = 0;
    const shifty = { get axes() { return [reads++ === 0 ? a : b]; }, objects: [], morphisms: [] }; // prettier-ignore
    const { lhs, rhs } = must(K.sequent(must(K.definitional(c, shifty))));
    expect(rhs).toBe(must(K.size(a)));
    expect(lhs._tag === 'Call' && lhs.args.axes).toEqual([a]);
  });
});

describe('what was handed in may change afterwards', () => {
  test('binders, axes, hypotheses, images and arguments are copied', () => {
    const n = k.v('n');
    const binders = [n];
    const hyp = must(K.hypothesis(binders, must(K.size(k.of(n))), must(K.size(k.of(n)))));
    const axes = [a];
    const assumed = must(K.assume(hyp, axes));
    const list = [hyp];
    const axiom = must(K.axiom('x', list, k.num(0), k.num(0)));
    const pair: [Door.AxisVar, Door.Axis] = [n, a];
    const images = { axes: [pair] };
    const moved = must(K.instantiate(must(K.structural(must(K.size(k.of(n))), must(K.size(k.of(n))))), images));
    const before = [assumed, axiom, moved].map((t) => [must(K.sequent(t)), must(K.derivation(t))]);
    const shown = before.map(([s, d]) => JSON.stringify([ids(s), ids(d)]));
    binders.length = axes.length = list.length = 0;
    pair[1] = b;
    images.axes.length = 0;
    const after = [assumed, axiom, moved].map((t) =>
      JSON.stringify([ids(must(K.sequent(t))), ids(must(K.derivation(t)))]),
    );
    expect(after).toEqual(shown);
    expect(hyp.binders).toHaveLength(1);
  });
});

/** A picture of a value by the ids of what it mentions. */
function ids(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('id' in value) return `#${(value as { id: number }).id}`;
  if (Array.isArray(value)) return value.map(ids);
  return Object.entries(value).map(([key, v]) => [key, ids(v)]);
}

describe('everything reachable is frozen', () => {
  test('from a theorem with every rule in its derivation', () => {
    const thms = everyRule();
    const seen = reach(thms.flatMap((t) => [t, must(K.sequent(t)), must(K.derivation(t))]));
    const rules = [...seen].flatMap((o) => ('rule' in o && typeof o.rule === 'string' ? [o.rule] : []));
    expect(new Set(rules).size).toBe(13);
    expect(seen.size).toBeGreaterThan(100);
    expect([...seen].filter((o) => !Object.isFrozen(o))).toEqual([]);
  });
  test('from the door: paths, slots, normal forms', () => {
    const e = k.plus(a, k.by(b, k.plus(a, b)));
    const form = must(K.normalForm(K.evaluator(), must(K.position(e))));
    const found = reach([K.paths(e), must(K.slots(k.real(e, a))), form.inputs, ...form.outputs, K.zero, K.one, K.unit]);
    expect([...found].filter((o) => !Object.isFrozen(o))).toEqual([]);
  });
  test('turning the blocks of a sum around does not prove concat (x, y) = concat (y, x)', () => {
    const e = k.plus(k.ax('fresh a'), k.ax('fresh b'));
    attempt(() => (K.paths(e) as unknown[]).reverse());
    expect(K.paths(e).map((p) => p[0]!.name)).toEqual(['fresh a', 'fresh b']);
  });
  test('an evaluator of the door does not lead to the one that the core trusts', () => {
    const made = K.evaluator();
    for (const value of [made, made.pool]) {
      const proto = Object.getPrototypeOf(value) as Record<string, unknown>;
      for (const name of Object.getOwnPropertyNames(proto))
        attempt(() => (proto[name] = () => ({ inputs: [], outputs: [] })));
      attempt(() => Object.assign(value, { normalForm: () => ({ inputs: [], outputs: [] }) }));
      const Maker = proto.constructor as { prototype: Record<string, unknown> };
      attempt(() => (Maker.prototype = {}));
    }
    expect(refused(zeroIsOne()).code).toBe('E-EQ');
    must(K.structural(k.num(0), k.num(0)));
  });
});

/** All objects that a value leads to; theorems lead to their sequents and derivations. */
function reach(roots: readonly unknown[]): Set<object> {
  const seen = new Set<object>();
  const pending = [...roots];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (K.isThm(value)) pending.push(must(K.sequent(value)), must(K.derivation(value)));
    pending.push(...Reflect.ownKeys(value).map((key) => (value as Record<PropertyKey, unknown>)[key]));
  }
  return seen;
}

function everyRule(): Door.Thm[] {
  const n = k.v('n');
  const N = k.of(n);
  const refl = must(K.structural(must(K.size(N)), must(K.size(N))));
  const hyp = must(K.hypothesis([n], must(K.size(N)), must(K.size(N))));
  const assumed = must(K.assume(hyp, [a]));
  const c = must(K.define('c', { axes: [n], objects: ['A'], morphisms: [k.h('f', k.R, k.R)] }, must(K.size(N))));
  const args = { axes: [a], objects: [k.R], morphisms: [k.op('exp')] };
  const h = must(K.morphismVar('h', [n], k.real(N), k.R));
  const sum = k.seq(k.par(k.num(0), k.id(k.real(N))), k.scan(N, k.R, k.op('add')));
  const axiom = must(K.axiom('ax', [hyp], k.at(h, a), k.at(h, a)));
  const P = (e: Door.Axis): Door.Thm => must(K.structural(must(K.size(e)), must(K.size(e))));
  const one = thm();
  return [
    must(K.symmetry(refl)),
    must(K.transitivity(refl, refl)),
    must(K.composeCong(one, one)),
    must(K.tensorCong(one, one)),
    must(K.mapCong(a, one)),
    must(K.scanCong(a, k.R, one)),
    must(
      K.instantiate(axiom, {
        axes: [[k.v('a'), b]],
        objects: [['A', k.R]],
        morphisms: [[h, must(K.family([n], sum))]],
      }),
    ),
    assumed,
    must(K.cut(refl, [n], assumed)),
    axiom,
    must(K.definitional(c, args)),
    must(K.induction(n, must(K.size(N)), must(K.size(N)), P(K.one), P(k.plus(N, K.one)), 'right')),
    refl,
  ];
}

describe('a polluted prototype', () => {
  test('is not read as the image of a variable', () => {
    const n = k.v('n');
    const m = k.v('m');
    const hyp = must(K.hypothesis([n], must(K.size(k.by(k.of(n), k.of(m)))), k.num(1)));
    const h = must(K.morphismVar('h', [n], k.real(k.of(n)), k.R));
    const f = must(
      K.family([n], k.seq(must(K.first(k.of(n), k.R)), k.par(k.id(k.R), must(K.size(k.of(m)))), k.op('mul'))),
    );
    const law = must(K.axiom('polluted', [], k.at(h, a), k.at(h, a)));
    Object.defineProperty(Object.prototype, '-1', { value: k.ax0('t'), configurable: true });
    try {
      expect(must(K.sequent(must(K.assume(hyp, [a])))).lhs).toBe(must(K.size(k.by(a, k.of(m)))));
      const { lhs } = must(K.sequent(must(K.instantiate(law, { morphisms: [[h, f]] }))));
      expect(lhs).toBe(k.seq(must(K.first(a, k.R)), k.par(k.id(k.R), must(K.size(k.of(m)))), k.op('mul')));
      const c = must(K.define('c', { axes: [n], objects: ['A'], morphisms: [] }, must(K.size(k.of(n)))));
      expect(must(K.sequent(must(K.definitional(c, { axes: [a], objects: [k.R], morphisms: [] })))).rhs).toBe(
        must(K.size(a)),
      );
    } finally {
      delete (Object.prototype as Record<string, unknown>)['-1'];
    }
  });
});

describe('an axiom does not hide behind the name of another', () => {
  test('both are reported', () => {
    const good = must(K.axiom('same name', [], k.num(1), k.num(1)));
    const bad = must(K.axiom('same name', [], k.num(0), k.num(1)));
    for (const thm of [
      must(K.tensorCong(good, bad)),
      must(K.tensorCong(bad, good)),
      must(K.symmetry(must(K.tensorCong(bad, good)))),
    ]) {
      const stated = [...axiomsOf(thm).values()].map((t) => must(K.sequent(t)).lhs);
      expect(new Set(stated)).toEqual(new Set([k.num(0), k.num(1)]));
    }
    expect(axiomsOf(must(K.tensorCong(good, good))).size).toBe(1);
  });
});
