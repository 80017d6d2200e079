// A tiny interpreter of resolved expressions at concrete sizes, for the tests of the reader. It shares nothing with the evaluator: values are
// nested arrays, one for each array of the object, and an object variable stands for one real number.
import type { Axis } from '../../../src/replay/logic/axis.js';
import type { Expression, Side, Wire } from '../../../src/replay/logic/expression.js';
import type { Leaf, Obj } from '../../../src/replay/logic/object.js';
import type { Term } from '../../../src/replay/logic/term.js';

export type Value = number | boolean | readonly Value[];
export type Values = readonly Value[];

export interface Model {
  readonly sizes: Readonly<Record<string, number>>;
  /** morphism variables, at the sizes of their axes */
  readonly functions: Readonly<Record<string, (...args: Values) => Values>>;
}

interface Scope {
  readonly wires: ReadonlyMap<string, Values>;
  readonly indices: ReadonlyMap<string, number>;
}

export const sizeOf = (axis: Axis, { sizes }: Model): number =>
  axis.summands.reduce((n, { vars, tail }) => {
    const own = vars.reduce((p, v) => {
      const size = sizes[v.name];
      if (size === undefined) throw new Error(`no size for ${v.name}`);
      return p * size;
    }, 1);
    return n + own * (tail ? sizeOf(tail, { sizes, functions: {} }) : 1);
  }, 0);

const items = (v: Value | undefined): Values => {
  if (!Array.isArray(v)) throw new Error('an array is expected');
  return v as Values;
};
const num = (v: Value | undefined): number => {
  if (typeof v !== 'number') throw new Error('a number is expected');
  return v;
};
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** One array for each component of the rows. */
const columns = (rows: readonly Values[]): Values => (rows[0] ?? []).map((_, n) => rows.map((r) => r[n] as Value));
const chunks = (v: Values, size: number): Values =>
  range(v.length / size).map((i) => v.slice(i * size, (i + 1) * size));

const scalar: Readonly<Record<string, (x: number, y: number) => Value>> = {
  add: (x, y) => x + y,
  mul: (x, y) => x * y,
  neg: (x) => -x,
  recip: (x) => (x === 0 ? 0 : 1 / x),
  exp: (x) => Math.exp(x),
  log: (x) => (x > 0 ? Math.log(x) : 0),
  sqrt: (x) => (x > 0 ? Math.sqrt(x) : 0),
  lt: (x, y) => x < y,
};

const operate = (name: string, [x, y]: Values): Value => {
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'not') return !x;
  if (name === 'and') return Boolean(x && y);
  if (name === 'or') return Boolean(x || y);
  const f = scalar[name];
  if (!f) throw new Error(`no operator ${name}`);
  return f(num(x), y === undefined ? 0 : num(y));
};

const applyTerm = (term: Term, x: Values, model: Model): Values => {
  const [a, b] = term.axes.map((e) => sizeOf(e, model));
  const half = x.length / 2;
  switch (term.tag) {
    case 'op':
      return [operate(term.operator ?? '', x)];
    case 'const':
      return [Number(term.value?.n) / Number(term.value?.d)];
    case 'select':
      return x[0] ? x.slice(1, 1 + (x.length - 1) / 2) : x.slice(1 + (x.length - 1) / 2);
    case 'split':
      return [...x.map((v) => items(v).slice(0, a)), ...x.map((v) => items(v).slice(a))];
    case 'concat':
      return x.slice(0, half).map((v, n) => [...items(v), ...items(x[half + n])]);
    case 'tile':
      return x.map((v) => chunks(items(v), b ?? 1));
    case 'flatten':
      return x.map((v) => items(v).flatMap((row) => items(row)));
    case 'first':
      return x.map((v) => items(v)[0] as Value);
    case 'position':
      return [range(a ?? 0)];
    case 'size':
      return [a ?? 0];
    case 'var': {
      const f = model.functions[term.variable?.name ?? ''];
      if (!f) throw new Error('no such morphism variable');
      return f(...x);
    }
    default:
      throw new Error(`${term.tag} is not among the terms of the reader`);
  }
};

const shared = (names: readonly Wire[], values: Values): [string, Values][] => {
  let from = 0;
  return names.map(({ name, object }) => {
    const own = values.slice(from, from + object.leaves.length);
    from += object.leaves.length;
    if (own.length !== object.leaves.length) throw new Error('leaves are missing');
    return [name, own];
  });
};

export const evaluate = (e: Expression, scope: Scope, model: Model): Values => {
  const go = (inner: Expression, more: Partial<Scope> = {}): Values => evaluate(inner, { ...scope, ...more }, model);
  const index = (name: string, i: number): ReadonlyMap<string, number> => new Map([...scope.indices, [name, i]]);
  switch (e._tag) {
    case 'Wire': {
      const found = scope.wires.get(e.name);
      if (!found) throw new Error(`no wire ${e.name}`);
      return found;
    }
    case 'Tuple':
      return e.parts.flatMap((p) => go(p));
    case 'Let':
      return go(e.body, { wires: new Map([...scope.wires, ...shared(e.names, go(e.value))]) });
    case 'Map':
      return columns(range(sizeOf(e.axis, model)).map((i) => go(e.body, { indices: index(e.index, i) })));
    case 'At': {
      const i = scope.indices.get(e.index);
      if (i === undefined) throw new Error(`no index ${e.index}`);
      return go(e.array).map((v) => {
        const found = items(v)[i];
        if (found === undefined) throw new Error('out of range');
        return found;
      });
    }
    case 'Scan': {
      const outputs: Values[] = [];
      const count = e.state.reduce((n, w) => n + w.object.leaves.length, 0);
      let state = go(e.start);
      for (const i of range(sizeOf(e.axis, model))) {
        const wires = new Map([...scope.wires, ...shared(e.state, state)]);
        const next = go(e.body, { wires, indices: index(e.index, i) });
        state = next.slice(0, count);
        outputs.push(next.slice(count));
      }
      return [...state, ...columns(outputs)];
    }
    case 'Apply':
      return applyTerm(e.term, go(e.argument), model);
  }
};

/** A side at values for its wires. */
export const evaluateSide = (side: Side, inputs: Values, model: Model): Values => {
  if (side._tag !== 'Pointful') throw new Error('the reader gives expressions');
  return evaluate(side.body, { wires: new Map(shared(side.wires, inputs)), indices: new Map() }, model);
};

const randomLeaf = ({ base, axes }: Leaf, model: Model, random: () => number): Value => {
  const [head, ...rest] = axes;
  if (!head) return base === 'B' ? random() < 0.5 : 0.5 + 2 * random();
  return range(sizeOf(head, model)).map(() => randomLeaf({ base, axes: rest }, model, random));
};

export const randomValues = (wires: readonly { object: Obj }[], model: Model, random: () => number): Values =>
  wires.flatMap((w) => w.object.leaves.map((leaf) => randomLeaf(leaf, model, random)));

/** The largest difference, relative to the size of the values; infinite where the shapes differ. */
export const distance = (x: Value | Values, y: Value | Values): number => {
  if (Array.isArray(x) && Array.isArray(y)) {
    if (x.length !== y.length) return Infinity;
    return (x as Values).reduce<number>((most, v, n) => Math.max(most, distance(v, y[n] as Value)), 0);
  }
  if (typeof x === 'number' && typeof y === 'number') return Math.abs(x - y) / (1 + Math.abs(x) + Math.abs(y));
  return x === y ? 0 : Infinity;
};

export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
