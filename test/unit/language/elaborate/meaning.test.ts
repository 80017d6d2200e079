// Random expressions mean after compilation what they mean when read naively, index by index: views, transposes, diagonals,
// shadowed names, local arrays read at outer indices, loops with arrays as states and with outputs. The interpreter below
// shares nothing with the compiler. Axis sizes are pairwise distinct, 1 among them.
import * as E from 'fp-ts/lib/Either.js';
import { expect, test } from 'vitest';
import * as B from '../../../../src/language/point/build.js';
import { compile } from '../../../../src/language/point/compile.js';
import { attempted } from '../../../../src/language/point/error.js';
import {
  type Binding,
  type Expr,
  apply,
  at,
  children,
  firstOf,
  letIn,
  mapOver,
  scanOver,
  tuple,
  wire,
} from '../../../../src/language/point/point.js';
import { evaluate } from '../../../../src/run/reference/evaluate.js';
import { right } from './world.js';

const sizes = new Map(
  (
    [
      ['n', 2],
      ['m', 3],
      ['k', 4],
      ['o', 1],
    ] as const
  ).map(([name, size]) => [B.axisVar(name), size]),
);
const axes = [...sizes.keys()].map(B.ofVar);
const sizeOf = new Map([...sizes].map(([v, size]) => [B.ofVar(v), size]));

// ---- the naive reading: a value is a list of leaves, a leaf a number or an array ------------------------------------------

type Value = number | readonly Value[];
interface World {
  readonly wires: ReadonlyMap<string, readonly Value[]>;
  readonly indices: ReadonlyMap<string, number>;
}
const element = (v: Value, i: number): Value => (v as readonly Value[])[i]!;
const range = (axis: B.Axis): number[] => Array.from({ length: sizeOf.get(axis)! }, (_, i) => i);
const arrays = (rows: readonly (readonly Value[])[], leaves: number): Value[] =>
  Array.from({ length: leaves }, (_, l) => rows.map((r) => r[l]!));

function meaning(e: Expr, world: World): readonly Value[] {
  switch (e._tag) {
    case 'Wire':
      return world.wires.get(e.name)!;
    case 'At':
      return meaning(e.array, world).map((v) => element(v, world.indices.get(e.index)!));
    case 'First':
      return meaning(e.array, world).map((v) => element(v, 0));
    case 'Tuple':
      return e.parts.flatMap((p) => meaning(p, world));
    case 'Map': {
      const rows = range(e.axis).map((i) =>
        meaning(e.body, { ...world, indices: new Map(world.indices).set(e.index, i) }),
      );
      return arrays(rows, rows[0]!.length);
    }
    case 'Let':
      return meaning(e.body, bound(world, e.names, meaning(e.value, world)));
    case 'Scan': {
      let state = e.state.flatMap((s) => meaning(s.init, world));
      const outputs = range(e.axis).map((i) => {
        const inner = bound({ ...world, indices: new Map(world.indices).set(e.index, i) }, e.state, state);
        const values = meaning(e.body, inner);
        [state] = [values.slice(0, state.length)];
        return values.slice(state.length);
      });
      return [...state, ...arrays(outputs, outputs[0]!.length)];
    }
    case 'Call':
      return [
        scalar(
          e.term,
          e.args.flatMap((a) => meaning(a, world)),
        ),
      ];
  }
}

function bound(world: World, names: readonly Binding[], values: readonly Value[]): World {
  let from = 0;
  const wires = new Map(world.wires);
  for (const { name, object } of names) wires.set(name, values.slice(from, (from += object.leaves.length)));
  return { ...world, wires };
}

function scalar(term: B.Term, args: readonly Value[]): Value {
  const [x, y] = args as number[];
  if (term._tag === 'Constant') return Number(term.value.num) / Number(term.value.den);
  if (term._tag === 'Position') return range(term.axis);
  if (term._tag === 'Map') return (args[0] as readonly Value[]).map((v) => scalar(term.body, [v]));
  if (term._tag !== 'Operator') throw new Error(term._tag);
  return { add: x! + y!, mul: x! * y!, neg: -x! }[term.operator as 'add' | 'mul' | 'neg'];
}

// ---- random expressions -------------------------------------------------------------------------------------------------

type Random = () => number;
const random = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
interface Scope {
  readonly wires: ReadonlyMap<string, readonly B.Axis[]>;
  readonly indices: ReadonlyMap<string, B.Axis>;
}
type Axes = readonly B.Axis[];

class Generator {
  constructor(private readonly next: Random) {}
  private pick = <A>(list: readonly A[]): A => list[Math.floor(this.next() * list.length)]!;
  private axes = (): Axes => Array.from({ length: Math.floor(this.next() * 3) }, () => this.pick(axes));
  private name = (): string => this.pick(['x', 'y', 'z', 'u']);
  private index = (): string => this.pick(['i', 'j', 'l']);
  private with = (scope: Scope, name: string, a: Axes): Scope => ({
    ...scope,
    wires: new Map(scope.wires).set(name, a),
  });
  private under = (scope: Scope, index: string, a: B.Axis): Scope => ({
    ...scope,
    indices: new Map(scope.indices).set(index, a),
  });

  expr(scope: Scope, target: Axes, depth: number): Expr {
    const views = this.views(scope, target);
    if (views.length > 0 && (depth <= 0 || this.next() < 0.35)) return this.pick(views);
    if (target.length > 0 && (depth <= 0 || this.next() < 0.5)) return this.map(scope, target, depth);
    if (depth <= 0) return apply(B.constant(B.rational(BigInt(Math.floor(this.next() * 7)) - 3n, 2n)));
    return this.pick([
      this.let,
      this.loop,
      this.loop,
      this.first,
      this.element,
      this.scalar,
      this.scalar,
      this.outputs,
    ])(scope, target, depth - 1);
  }

  /** Wires with their leading axes fixed by indices in scope. */
  private views(scope: Scope, target: Axes): Expr[] {
    return [...scope.wires].flatMap(([name, has]) => {
      const fixed = has.length - target.length;
      if (fixed < 0 || has.slice(fixed).some((a, i) => a !== target[i])) return [];
      const choices = has.slice(0, fixed).map((a) => [...scope.indices].filter(([, b]) => a === b).map(([i]) => i));
      return choices.every((c) => c.length > 0)
        ? [choices.reduce<Expr>((e, c) => at(e, this.pick(c)), wire(name))]
        : [];
    });
  }
  private map = (scope: Scope, [axis, ...rest]: Axes, depth: number): Expr => {
    const index = this.index();
    return mapOver(index, axis!, this.expr(this.under(scope, index, axis!), rest, depth - 1));
  };
  private let = (scope: Scope, target: Axes, depth: number): Expr => {
    const [name, has] = [this.name(), this.axes()];
    const body = this.expr(this.with(scope, name, has), target, depth);
    return letIn([{ name, object: B.real(...has) }], this.expr(scope, has, depth), body);
  };
  private loop = (scope: Scope, target: Axes, depth: number): Expr => {
    const [name, index, axis] = [this.name(), this.index(), this.pick(axes)];
    const inner = this.with(this.under(scope, index, axis), name, target);
    const state = { name, object: B.real(...target), init: this.expr(scope, target, depth) };
    return scanOver(index, axis, [state], this.expr(inner, target, depth));
  };
  private outputs = (scope: Scope, target: Axes, depth: number): Expr => {
    const [axis, has, out] = [this.pick(axes), this.axes(), this.axes()];
    const inner = this.with(this.under(scope, 'i', axis), 's', has);
    const body = tuple(this.expr(inner, has, depth), this.expr(inner, out, depth));
    const scan = scanOver('i', axis, [{ name: 's', object: B.real(...has), init: this.expr(scope, has, depth) }], body);
    const names = [
      { name: 'x', object: B.real(...has) },
      { name: 'y', object: B.real(axis, ...out) },
    ];
    return letIn(names, scan, this.expr(this.with(this.with(scope, 'x', has), 'y', [axis, ...out]), target, depth));
  };
  private first = (scope: Scope, target: Axes, depth: number): Expr => {
    const axis = this.pick(axes);
    return firstOf(axis, this.expr(scope, [axis, ...target], depth));
  };
  private element = (scope: Scope, target: Axes, depth: number): Expr => {
    const known = [...scope.indices];
    if (known.length === 0) return this.expr(scope, target, depth);
    const [index, axis] = this.pick(known);
    return at(this.expr(scope, [axis, ...target], depth), index);
  };
  private scalar = (scope: Scope, target: Axes, depth: number): Expr => {
    const part = (a: Axes): Expr => this.expr(scope, a, depth);
    if (target.length === 0) return apply(B.operator(this.pick(['add', 'mul'])), part([]), part([]));
    if (target.length > 1) return this.map(scope, target, depth);
    if (this.next() < 0.3) return apply(B.position(target[0]!));
    return apply(B.map(target[0]!, B.operator('neg')), part(target));
  };
}

// ---- comparison -----------------------------------------------------------------------------------------------------------

const flat = (v: Value): number[] => (typeof v === 'number' ? [v] : v.flatMap(flat));
const array = (a: Axes, next: Random): Value =>
  a.length === 0 ? next() * 2 - 1 : range(a[0]!).map(() => array(a.slice(1), next));
const shape = (a: Axes): number[] => a.map((x) => sizeOf.get(x)!);
const count = (e: Expr, tag: Expr['_tag']): number =>
  (e._tag === tag ? 1 : 0) + children(e).reduce((n, c) => n + count(c, tag), 0);

function check(seed: number, seen: Map<string, number>): void {
  const next = random(seed);
  const generator = new Generator(next);
  const [n, m, k] = axes as [B.Axis, B.Axis, B.Axis, B.Axis];
  const wires: readonly (readonly [string, Axes])[] = [
    ['x', [n, m]],
    ['y', [m]],
    ['z', [k, n, n]],
    ['u', []],
  ];
  const target = [[], [n], [m, n], [k, m]][Math.floor(next() * 4)]!;
  const expr = generator.expr({ wires: new Map(wires), indices: new Map() }, target, 5);
  const context = wires.map(([name, a]) => ({ name, object: B.real(...a) }));
  const term = attempted(() => compile(context, expr));
  const tally = (key: string, by = 1) => seen.set(key, (seen.get(key) ?? 0) + by);
  if (E.isLeft(term)) {
    expect(term.left.fact, `seed ${seed}`).toMatchObject({ _tag: 'LocalArray' });
    expect(count(expr, 'Scan'), `seed ${seed}: only a loop's state is out of reach`).toBeGreaterThan(0);
    tally('refused');
    return;
  }
  const values = wires.map(([, a]) => array(a, next));
  const expected = meaning(expr, {
    wires: new Map(wires.map(([name], i) => [name, [values[i]!]])),
    indices: new Map(),
  });
  const inputs = values.map((v, i) => ({ shape: shape(wires[i]![1]), data: Float64Array.from(flat(v)) }));
  const found = right(evaluate(term.right, { sizes }, inputs))[0]!;
  expect([...found.shape], `seed ${seed}`).toEqual(shape(target));
  flat(expected[0]!).forEach((value, i) => {
    // products of products overflow now and then, on both sides
    const close =
      Object.is(found.data[i]!, value) || Math.abs(found.data[i]! - value) <= 1e-9 * Math.max(1, Math.abs(value));
    if (!close) throw new Error(`seed ${seed}, element ${i}: ${found.data[i]} is not ${value}`);
  });
  tally('compared');
  for (const tag of ['Scan', 'Let', 'At', 'First', 'Map'] as const) tally(tag, Math.min(1, count(expr, tag)));
}

test('a let that leaves a binder takes along what it mentions', () => {
  const seen = new Map<string, number>();
  check(8500, seen);
  expect(seen.get('compared')! + (seen.get('refused') ?? 0)).toBe(1);
});

test('random expressions mean what they say', () => {
  const seen = new Map<string, number>();
  const start = Math.floor(Math.random() * 1e9);
  for (let i = 0; i < 1500; i += 1) check(start + i, seen);
  expect(seen.get('compared')!, `from seed ${start}`).toBeGreaterThan(1000);
  for (const tag of ['Scan', 'Let', 'At', 'First', 'Map']) expect(seen.get(tag)!, tag).toBeGreaterThan(300);
  expect(seen.get('refused')!).toBeGreaterThan(5);
});
