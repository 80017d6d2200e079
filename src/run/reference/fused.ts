/**
 * Operations on numbers that are not done at once: what reads them does them in its own loop, so that a sum of products has no array of products.
 * Invariant: every number is the one that the operations would give one after another (pointwise.ts), to the bit, and so is its magnitude. Knows
 * nothing of terms; the texts of its loops hold names of operators and indices alone.
 */
import type { Operator } from '../../core/index.js';
import { type ScalarRule, UNIT, productSize, scalarRules } from './scalar.js';
import { type Beside, type View, fresh, relaid, rowMajor, sizeOf, walk } from './view.js';

/** The most operations in one loop. */
const MOST = 12;
/** Arrays of fewer numbers are made at once. */
export const FUSED_FROM = 64;

const EMPTY = new Float64Array(0);

/** The dimensions along which no argument changes have stride 0: along them there is one number. */
export const stillAlong = (dims: readonly number[], xs: readonly Pick<View, 'strides'>[]): readonly boolean[] =>
  dims.map((n, i) => n > 0 && xs.every((x) => x.strides[i] === 0));
export const smallDims = (dims: readonly number[], still: readonly boolean[]): number[] =>
  dims.map((n, i) => (still[i] ? 1 : n));
const stridesOf = (small: readonly number[], still: readonly boolean[]): number[] =>
  rowMajor(small).map((s, i) => (still[i] ? 0 : s));

/** The operation on these, done later. */
export function deferred(operator: Operator, xs: readonly View[], beside: Beside, roundings: number): View {
  const { dims } = xs[0]!;
  const still = stillAlong(dims, xs);
  let room = MOST - 1;
  const taken = new Map([...new Set(xs)].map((x) => [x, argument(x, still, room)] as const));
  for (const x of taken.values()) room -= x.deferred?.operations ?? 0;
  const args = xs.map((x) => (room < 0 ? done(x) : taken.get(x)!));
  for (const x of args) if (x.deferred) x.deferred.isRead = true;
  const operations = 1 + [...new Set(args)].reduce((n, x) => n + (x.deferred?.operations ?? 0), 0);
  const laid = relaid(fresh([], 'nothing', roundings), { dims, strides: stridesOf(smallDims(dims, still), still) });
  const magnitude = beside === 'nothing' ? undefined : EMPTY;
  return { ...laid, data: EMPTY, magnitude, deferred: { operator, args, operations, isRead: false, made: undefined } };
}

/** Left undone where it has as many numbers as the result: what is still is done once, and so is what somebody else read. */
function argument(x: View, still: readonly boolean[], room: number): View {
  const { deferred: d } = x;
  const changesLess = x.dims.some((n, i) => n > 1 && x.strides[i] === 0 && !still[i]);
  return !d || d.made || d.isRead || changesLess || d.operations > room ? done(x) : x;
}

/** The numbers. */
export function done(x: View): View {
  const { deferred: d } = x;
  if (!d) return x;
  if (d.made) return d.made;
  const still = x.strides.map((s) => s === 0);
  const into = fresh(smallDims(x.dims, still), x.magnitude ? 'magnitude' : 'nothing', x.roundings);
  const tree = treeOf(x);
  const loop = walk(into.dims, [into, ...tree.leaves]);
  const run = loopOf(tree, 'each', x.magnitude !== undefined);
  const steps = Int32Array.from(loop.steps.slice(1));
  loop.rows((at) =>
    run(into.data, into.magnitude!, at, tree.data, tree.magnitudes, steps, loop.length, tree.offs, 0, steps),
  );
  d.made = { ...relaid(into, { dims: x.dims, strides: x.strides }), id: x.id };
  return d.made;
}

/** The fold of an operator over dimension `at` of a view that is not done, from `state`, left to right: `made` gets what it leaves. */
export function foldInto(made: View, name: Operator, at: number, state: View, x: View): void {
  const tree = treeOf(x);
  x.deferred!.isRead = true;
  const cut = (list: readonly number[]): number[] => [...list.slice(0, at), ...list.slice(at + 1)];
  const leaves = tree.leaves.map((l) => ({ offset: l.offset, strides: cut(l.strides) }));
  const loop = walk(made.dims, [made, state, ...leaves]);
  const run = loopOf(tree, name, made.magnitude !== undefined);
  const [turns, along] = [x.dims[at]!, Int32Array.from(tree.leaves, (l) => l.strides[at]!)];
  const [data, magnitudes] = [
    [state.data, ...tree.data],
    [state.magnitude ?? EMPTY, ...tree.magnitudes],
  ];
  const steps = Int32Array.from(loop.steps.slice(1));
  loop.rows((o) => run(made.data, made.magnitude!, o, data, magnitudes, steps, loop.length, tree.offs, turns, along));
}

// ---- trees --------------------------------------------------------------------------------------------------------------

interface Tree {
  /** the operations with their arguments by number: leaves, then operations; the last is the result */
  readonly nodes: readonly { readonly operator: Operator; readonly args: readonly number[] }[];
  readonly leaves: readonly View[];
  readonly data: readonly Float64Array[];
  readonly magnitudes: readonly Float64Array[];
  /** for each operation, how much of their magnitudes the errors of its two arguments may be */
  readonly offs: Float64Array;
}

function treeOf(x: View): Tree {
  const leaves: View[] = [];
  const order: View[] = [];
  const seen = new Set<View>();
  const visit = (v: View): void => {
    if (seen.has(v)) return;
    seen.add(v);
    if (!v.deferred) return void leaves.push(v);
    v.deferred.args.forEach(visit);
    order.push(v);
  };
  visit(x);
  const number = new Map([...leaves, ...order].map((v, i) => [v, i]));
  const argsOf = (v: View): readonly View[] => v.deferred!.args;
  return {
    nodes: order.map((v) => ({ operator: v.deferred!.operator, args: argsOf(v).map((a) => number.get(a)!) })),
    leaves,
    data: leaves.map((l) => l.data),
    magnitudes: leaves.map((l) => l.magnitude ?? l.data),
    offs: Float64Array.from(order.flatMap((v) => [argsOf(v)[0]!, argsOf(v)[1]].map((a) => UNIT * (a?.roundings ?? 0)))),
  };
}

// ---- texts --------------------------------------------------------------------------------------------------------------

/**
 * out, its magnitudes, where a row begins (of the result; of the state of a fold; of each leaf), the numbers and magnitudes of the state and of the leaves, their
 * steps along the row, its length, the errors, and of a fold how many turns it has and the leaves' steps from one to the next.
 */
type Loop = (
  out: Float64Array,
  sizes: Float64Array,
  at: readonly number[],
  data: readonly Float64Array[],
  magnitudes: readonly Float64Array[],
  steps: Int32Array,
  length: number,
  offs: Float64Array,
  turns: number,
  along: Int32Array,
) => void;

const loops = new Map<string, Loop>();
/** How many texts of loops were made. */
export const fusedLoops = (): number => loops.size;
function loopOf(tree: Tree, what: Operator | 'each', isBounded: boolean): Loop {
  const shape = tree.nodes.map((n) => `${n.operator} ${n.args.join(' ')}`).join();
  const key = `${what} ${isBounded} ${tree.leaves.length} ${shape}`;
  const known = loops.get(key);
  if (known) return known;
  const make = new Function('rules', 'product', text(tree, what, isBounded)) as (
    rules: Readonly<Record<Operator, ScalarRule>>,
    product: typeof productSize,
  ) => Loop;
  const made = make(scalarRules, productSize);
  loops.set(key, made);
  return made;
}

/** Of one operation the number x, and its magnitude X. */
function operation(operator: Operator, [a, b]: readonly number[], i: number, k: number, isBounded: boolean): string {
  const [x, y] = [`x${a!}`, b === undefined ? '0' : `x${b}`];
  const [X, Y] = [`X${a!}`, b === undefined ? '0' : `X${b}`];
  const value =
    operator === 'add' ? `${x} + ${y}` : operator === 'mul' ? `${x} * ${y}` : `value_${operator}(${x}, ${y})`;
  const size = `size_${operator}(${x}, ${X}, ${y}, ${Y}, offs[${2 * k}], offs[${2 * k + 1}])`;
  const magnitude = operator === 'add' ? `${X} + ${Y}` : operator === 'mul' ? `product(${X}, ${Y})` : size;
  return isBounded ? `const x${i} = ${value}, X${i} = ${magnitude};` : `const x${i} = ${value};`;
}

/** The lines of a loop: what is loaded for one number and computed of it, and whether its magnitude is too. */
interface Lines {
  readonly leaves: readonly number[];
  readonly compute: readonly string[];
  readonly result: number;
  readonly isBounded: boolean;
}

const each = ({ leaves, compute, result, isBounded }: Lines): readonly string[] => [
  ...compute,
  `out[o + i] = x${result};`,
  ...(isBounded ? [`sizes[o + i] = X${result};`] : []),
  ...leaves.map((i) => `p${i} += s${i};`),
];

function fold(name: Operator, { leaves, compute, result, isBounded }: Lines): readonly string[] {
  const size = name === 'add' ? `m + X${result}` : `size_${name}(s, m, x${result}, X${result}, 0, 0)`;
  return [
    `let s = data[0][at[1] + i * steps[0]]${isBounded ? ', m = magnitudes[0][at[1] + i * steps[0]]' : ''};`,
    ...leaves.map((i) => `let p${i} = at[${i + 2}] + i * s${i};`),
    'for (let j = 0; j < turns; j++) {',
    ...compute,
    ...(isBounded ? [`m = ${size};`] : []),
    `s = ${name === 'add' ? `s + x${result}` : `value_${name}(s, x${result})`};`,
    ...leaves.map((i) => `p${i} += t${i};`),
    '}',
    'out[o + i] = s;',
    ...(isBounded ? ['sizes[o + i] = m;'] : []),
  ];
}

function text({ nodes, leaves }: Tree, what: Operator | 'each', isBounded: boolean): string {
  const all = leaves.map((_, i) => i);
  const first = what === 'each' ? 0 : 1; // the state of a fold comes before the leaves
  const operators = [...new Set([...nodes.map((n) => n.operator), ...(what === 'each' ? [] : [what])])];
  const compute = [
    ...all.map((i) => `const x${i} = d${i}[p${i}]${isBounded ? `, X${i} = m${i}[p${i}]` : ''};`),
    ...nodes.map((n, k) => operation(n.operator, n.args, leaves.length + k, k, isBounded)),
  ];
  const lines = { leaves: all, compute, result: leaves.length + nodes.length - 1, isBounded };
  return [
    '"use strict";',
    ...operators.map((f) => `const value_${f} = rules.${f}.value, size_${f} = rules.${f}.size;`),
    'return (out, sizes, at, data, magnitudes, steps, length, offs, turns, along) => {',
    'const o = at[0];',
    ...all.map((i) => `const d${i} = data[${i + first}], s${i} = steps[${i + first}];`),
    ...(isBounded ? all.map((i) => `const m${i} = magnitudes[${i + first}];`) : []),
    ...all.map((i) => (what === 'each' ? `let p${i} = at[${i + 1}];` : `const t${i} = along[${i}];`)),
    'for (let i = 0; i < length; i++) {',
    ...(what === 'each' ? each(lines) : fold(what, lines)),
    '}',
    '};',
  ].join('\n');
}

/** Whether it is worth deferring. */
export const isLarge = (x: View, from: number): boolean =>
  sizeOf(
    smallDims(
      x.dims,
      x.strides.map((s) => s === 0),
    ),
  ) >= from;
