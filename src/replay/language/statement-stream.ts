/**
 * A stream as the laws that it states. Invariant: the parts are read once, over the streamed axis k; a law has them at its own axes in
 * place of k. It does not know files.
 */
import { type Axis, axisVar, type AxisVar, ofVar, sum } from '../logic/axis.js';
import type { Side, Wire } from '../logic/expression.js';
import { fail, type Token } from './lexer.js';
import * as objects from '../logic/object.js';
import { OF_ALL, OF_RESULTS, type StatementTree } from './parse-statement.js';
import * as b from './read-build.js';
import type { Typed } from './read-build.js';
import { otherwise, type Under, underAll } from './read-condition.js';
import { readExpression } from './read-expression.js';
import { operate, select } from './read-plumb.js';
import { declared, placed, type Scope, withWires } from './read-scope.js';
import { refuse } from '../logic/refusal.js';
import * as t from '../logic/term.js';

interface Result {
  readonly stream: {
    readonly name: string;
    readonly axis: AxisVar;
    readonly axes: readonly AxisVar[];
    readonly wires: readonly Wire[];
    readonly spec: Side;
    readonly under?: Under;
  };
  readonly laws: readonly (readonly [name: string, lhs: Side, rhs: Side])[];
}
type StreamTree = Extract<StatementTree, { readonly _tag: 'Stream' }>;

/** How many axes stand before k in every array of the object, the same ones; nothing, where k is not mentioned. */
const placeOf = (k: AxisVar, wire: Wire, at: Token): number | undefined => {
  const { leaves } = wire.object;
  if (!objects.objectAxes(wire.object).includes(k)) return undefined;
  const place = leaves[0]?.axes.indexOf(ofVar(k)) ?? -1;
  const outer = leaves[0]?.axes.slice(0, place) ?? [];
  for (const { axes } of leaves) {
    const mentions = axes.filter((a) => objects.objectAxes(objects.reals(a)).includes(k));
    if (place < 0 || mentions.length !== 1 || axes[place] !== ofVar(k) || outer.some((a, n) => a !== axes[n]))
      return fail(at, `${wire.name} does not mention the streamed axis once, as a whole axis`);
  }
  return place;
};

/** x ++ y along the axis that `place` others stand before. */
const joined = (x: Typed, y: Typed, a: Axis, c: Axis, place: number): Typed => {
  if (place > 0) {
    const [index, axis] = [`#${place}`, x.object.leaves[0]?.axes[0] ?? refuse('an axis is missing')];
    return b.map(index, axis, joined(b.at(x, index, axis), b.at(y, index, axis), a, c, place - 1));
  }
  return b.apply(t.concat(a, c, objects.unweave(a, x.object) ?? refuse('an axis is missing')), b.tuple([x, y]));
};

const fresh = (name: string, taken: (name: string) => boolean): string => {
  let found = name;
  while (taken(found)) found += "'";
  return found;
};

/** The parts, each over the wires that it may read. */
interface Parts {
  readonly spec: Typed;
  readonly head: Typed;
  /** of all laws, and of the main one */
  readonly where?: Typed;
  readonly resultsWhere?: Typed;
  /** what runs once, after the loop: the results before the outputs */
  readonly final: Typed;
  readonly outputs?: Typed;
  readonly step?: Typed;
  readonly output?: Typed;
  readonly merge?: Typed;
}

const TRUTH = operate('true');
const STATES = new Set(['head', 'step', 'merge']);

const primedState = (state: readonly Wire[]): Wire[] => state.map((w) => ({ name: `${w.name}'`, object: w.object }));

/** What each part may read. */
const scopesOf = (
  scope: Scope,
  k: AxisVar,
  state: readonly Wire[],
  streamed: readonly Wire[],
): Readonly<Record<string, Scope>> => {
  const wires = [...scope.wires].map(([name, object]) => ({ name, object }));
  const context = wires.filter((w) => !streamed.some((s) => s.name === w.name));
  const over = (...groups: (readonly Wire[])[]): Scope => withWires({ ...scope, wires: new Map() }, groups.flat());
  const without = new Map([...scope.axes].filter(([, v]) => v !== k));
  return {
    [OF_ALL]: scope,
    [OF_RESULTS]: scope,
    spec: scope,
    head: scope,
    final: over(context, state),
    pass: over(wires, state),
    outputs: scope,
    step: over(wires, state),
    output: over(wires, state),
    merge: { ...over(state, primedState(state)), axes: without },
  };
};

const readParts = (
  tree: StreamTree,
  scope: Scope,
  k: AxisVar,
  state: readonly Wire[],
  streamed: readonly Wire[],
): Parts => {
  const scopes = scopesOf(scope, k, state, streamed);
  const read = (name: string): Typed | undefined => {
    const part = tree.parts.find((p) => p.name === name);
    if (!part) return undefined;
    const found = readExpression(part.body, scopes[name] ?? scope);
    if (STATES.has(name)) placed(part.body.at, () => b.same(b.total(state), found.object));
    return found;
  };
  const needed = (name: string): Typed => read(name) ?? fail(tree.at, `the stream has no ${name}`);
  const [outputs, output, step, merge] = [read('outputs'), read('output'), read('step'), read('merge')];
  const [where, resultsWhere] = [read(OF_ALL), read(OF_RESULTS)];
  for (const c of [where, resultsWhere]) if (c) placed(tree.at, () => b.same(TRUTH.object, c.object));
  if (outputs && output) placed(tree.at, () => b.same(outputs.object, output.object));
  return {
    spec: needed('spec'),
    head: needed('head'),
    final: read('final') ?? read('pass') ?? b.tuple([]),
    ...(where && { where }),
    ...(resultsWhere && { resultsWhere }),
    ...(outputs && { outputs }),
    ...(step && { step }),
    ...(output && { output }),
    ...(merge && { merge }),
  };
};

type Law = Result['laws'][number];
const sideOver = (wires: readonly Wire[], { expression }: Typed): Side => ({
  _tag: 'Pointful',
  wires,
  body: expression,
});
const at = (k: AxisVar, axis: Axis): b.Images => ({
  axes: new Map([[k, axis]]),
  objects: new Map(),
  functions: new Map(),
});
const wiresAt = (wires: readonly Wire[], images: b.Images): Wire[] =>
  wires.map(({ name, object }) => ({ name, object: b.substObj(object, images) }));
const asTyped = (wires: readonly Wire[]): Typed[] => wires.map((w) => b.wire(w.name, w.object));

interface Streamed {
  readonly k: AxisVar;
  readonly taken: ReadonlySet<string>;
  readonly wires: readonly Wire[];
  readonly state: readonly Wire[];
  /** by the names of the wires that mention k */
  readonly places: ReadonlyMap<string, number>;
  readonly parts: Parts;
}

/** x over a and x' over b: all wires, and a part on both joined, on the first, on the second. */
interface Cut {
  readonly axes: readonly [Axis, Axis];
  readonly all: readonly Wire[];
  readonly onBoth: (part: Typed) => Typed;
  readonly onFirst: (part: Typed) => Typed;
  readonly onTile: (part: Typed) => Typed;
}
const cutOf = ({ k, taken, wires, state, places }: Streamed): Cut => {
  const unused = (like: string): string => fresh(like, (x) => taken.has(x));
  const axis = (like: string): Axis => ofVar(axisVar(unused(like), k.sort, false));
  const [a, c] = [axis('a'), axis('b')];
  // no name that a part binds: it would hide the wire
  const names = new Set([...wires, ...state, ...primedState(state)].map((w) => w.name));
  const mentions = wires.filter((w) => places.has(w.name));
  const ours = wiresAt(wires, at(k, a));
  const tile = wiresAt(mentions, at(k, c));
  const primes = tile.map((w) => {
    const name = fresh(`${w.name}'`, (x) => names.has(x));
    names.add(name);
    return { name, object: w.object };
  });
  const values = ours.map((w) => {
    const n = mentions.findIndex((m) => m.name === w.name);
    const [x, y] = [b.wire(w.name, w.object), asTyped(primes)[n]];
    return y ? joined(x, y, a, c, places.get(w.name) ?? 0) : x;
  });
  const whole = at(k, sum(a, c));
  return {
    axes: [a, c],
    all: [...ours, ...primes],
    onBoth: (part) => b.bind(wiresAt(wires, whole), b.tuple(values), b.substTyped(part, whole)),
    onFirst: (part) => b.substTyped(part, at(k, a)),
    onTile: (part) => b.bind(tile, b.tuple(asTyped(primes)), b.substTyped(part, at(k, c))),
  };
};

/** Over x at a and x' at b: head(x ++ x'), head(x), head(x'), step(s, x'), merge(s, s'). */
const lawsOf = (name: string, strength: string, s: Streamed): Result['laws'] => {
  const { k, state, parts } = s;
  const { axes, all, onBoth, onFirst, onTile } = cutOf(s);
  const [both, first] = [onBoth(parts.head), onFirst(parts.head)];
  const conditions = parts.where ? [onBoth(parts.where)] : [];
  const law = (suffix: string, lhs: Typed, rhs: Typed, under = conditions): Law => {
    const others = under.length > 0 ? otherwise(lhs.object, all) : [];
    const side = (x: Typed): Side => sideOver([...all, ...others], underAll(under, x, others));
    return [`${name}.${suffix}`, side(lhs), side(rhs)];
  };
  const merged = (merge: Typed, ...order: Typed[]): Typed =>
    b.bind([...state, ...primedState(state)], b.tuple(order), merge);
  const laws: Law[] = [];
  if (parts.where) laws.push(law('inherits', select(onBoth(parts.where), onFirst(parts.where), TRUTH), TRUTH, []));
  if (parts.step) laws.push(law('foldable', both, b.bind(state, first, onTile(parts.step))));
  if (parts.outputs && parts.output) {
    const rhs = outputsLaw(k, axes, parts.outputs, (u) => b.bind(state, first, onTile(u)), parts.output);
    laws.push(law('outputs', onBoth(parts.outputs), rhs));
  }
  if (!parts.merge) return laws;
  const second = onTile(parts.head);
  const [inOrder, exchanged] = [merged(parts.merge, first, second), merged(parts.merge, second, first)];
  laws.push(law('mergeable', both, inOrder));
  if (strength === 'commutative') laws.push(law('commutative', inOrder, exchanged));
  return laws;
};

/** outputs(x) ++ output(head(x), x'), array by array: each has k at a place of its own. */
const outputsLaw = (
  k: AxisVar,
  [a, c]: readonly [Axis, Axis],
  outputs: Typed,
  afterHead: (part: Typed) => Typed,
  output: Typed,
): Typed => {
  const arrays = outputs.object.leaves.map((leaf, n): Wire => ({ name: `#out${n}`, object: objects.object([leaf]) }));
  const later = arrays.map((w) => ({ ...w, name: `${w.name}'` }));
  const [ours, others] = [wiresAt(arrays, at(k, a)), wiresAt(later, at(k, c))];
  const [before, after] = [asTyped(ours), asTyped(others)];
  const rows = arrays.map((w, n) => {
    const [x, y] = [before[n] ?? refuse('an output is missing'), after[n] ?? refuse('an output is missing')];
    return joined(x, y, a, c, outputPlace(k, w) ?? refuse('an output does not mention the streamed axis'));
  });
  return b.bind(ours, b.substTyped(outputs, at(k, a)), b.bind(others, afterHead(output), b.tuple(rows)));
};
/** How many axes stand before k in an array, which mentions it once, as a whole axis. */
const outputPlace = (k: AxisVar, { object }: Wire): number | undefined => {
  const axes = object.leaves[0]?.axes ?? [];
  const mentions = axes.filter((x) => objects.objectAxes(objects.reals(x)).includes(k));
  const place = axes.indexOf(ofVar(k));
  return mentions.length === 1 && place >= 0 ? place : undefined;
};

export const readStream = (tree: StreamTree, outer: Scope): Result => {
  const { scope, axes, wires } = declared(tree.parameters, outer);
  const k = scope.axes.get(tree.axis.text) ?? fail(tree.axis, `there is no axis ${tree.axis.text} here`);
  const found = wires.map((w) => [w.name, placeOf(k, w, tree.at)] as const);
  const places = new Map(found.flatMap(([name, place]) => (place === undefined ? [] : [[name, place] as const])));
  const unstreamed = { ...scope, axes: new Map([...scope.axes].filter(([, v]) => v !== k)) };
  const state = declared(
    tree.state.map((wire) => ({ _tag: 'Wire' as const, wire })),
    unstreamed,
  ).wires;
  if (primedState(state).some((w) => state.some((v) => v.name === w.name)))
    fail(tree.at, 'a wire of the state is declared twice');
  const streamed = wires.filter((w) => places.has(w.name));
  if (streamed.length === 0) fail(tree.at, 'no wire mentions the streamed axis');
  const parts = readParts(tree, scope, k, state, streamed);
  const results = parts.outputs ? objects.tensor(parts.final.object, parts.outputs.object) : parts.final.object;
  placed(tree.at, () => b.same(parts.spec.object, results));
  const conditions = [parts.where, parts.resultsWhere].filter((c) => c !== undefined);
  const others = conditions.length > 0 ? otherwise(parts.spec.object, wires) : [];
  const side = (x: Typed): Side =>
    placed(tree.at, () => sideOver([...wires, ...others], underAll(conditions, x, others)));
  const taken = new Set(scope.axes.keys());
  const rest = placed(tree.at, () => lawsOf(tree.name, tree.strength, { k, taken, wires, state, places, parts }));
  const done = b.bind(state, parts.head, parts.final);
  const branches = others.map((w, n) => ({ name: `#branch${n}`, object: w.object }));
  const branch = sideOver([...wires, ...others, ...branches], underAll(conditions, b.tuple(asTyped(branches)), others));
  const under = { others, spec: side(parts.spec), branch, branches };
  return {
    stream: {
      ...{ name: tree.name, axis: k, axes, wires, spec: sideOver(wires, parts.spec) },
      ...(conditions.length > 0 && { under }),
    },
    laws: [[tree.name, side(parts.spec), side(parts.outputs ? b.tuple([done, parts.outputs]) : done)], ...rest],
  };
};
