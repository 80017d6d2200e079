// Terms at concrete sizes, on nested arrays: an interpreter from the meaning of each term, for judging structural equality. It shares nothing
// with the evaluator; variables of axes have sizes by name, an object variable is the reals.
import { type Axis } from '../../../src/replay/logic/axis.js';
import { type Obj } from '../../../src/replay/logic/object.js';
import { unfold } from '../../../src/replay/logic/substitute.js';
import { type Term } from '../../../src/replay/logic/term.js';

export type Cell = number | boolean | readonly Cell[];
export type Cells = readonly Cell[];
export type Sizes = Readonly<Record<string, number>>;

export const sizeOf = (e: Axis, sizes: Sizes): number =>
  e.summands.reduce(
    (n, s) => n + s.vars.reduce((p, v) => p * (sizes[v.name] ?? NaN), s.tail ? sizeOf(s.tail, sizes) : 1),
    0,
  );

const rows = (x: Cell | undefined): Cells => (Array.isArray(x) ? (x as Cells) : []);
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const operators: Readonly<Record<string, (x: never, y: never) => Cell>> = {
  add: (x: number, y: number) => x + y,
  mul: (x: number, y: number) => x * y,
  neg: (x: number) => -x,
  recip: (x: number) => (x === 0 ? 0 : 1 / x),
  exp: (x: number) => Math.exp(Math.min(x, 9)),
  log: (x: number) => (x > 0 ? Math.log(x) : 0),
  sqrt: (x: number) => (x > 0 ? Math.sqrt(x) : 0),
  lt: (x: number, y: number) => x < y,
  not: (x: boolean) => !x,
  and: (x: boolean, y: boolean) => x && y,
  or: (x: boolean, y: boolean) => x || y,
  true: () => true,
  false: () => false,
};

/** Some function of all that it is given, other for each output and name; not symmetric. */
const opaque = (name: string, x: Cell, k: number): number => {
  const flat = (c: Cell): number[] => (Array.isArray(c) ? (c as Cells).flatMap(flat) : [Number(c)]);
  const seed = [...name].reduce((n, c) => n + c.charCodeAt(0), k);
  return Math.sin(flat(x).reduce((n, y, i) => n + (y + 1) * Math.cos(seed + 3 * i + flat(x).length), seed));
};
const shaped = (axes: readonly Axis[], sizes: Sizes, at: number[], of: (at: number[]) => Cell): Cell => {
  const [head, ...rest] = axes;
  return head ? count(sizeOf(head, sizes)).map((i) => shaped(rest, sizes, [...at, i], of)) : of(at);
};
export const fill = (o: Obj, sizes: Sizes, of: (leaf: number, at: number[], boolean: boolean) => Cell): Cells =>
  o.leaves.map(({ base, axes }, leaf) => shaped(axes, sizes, [], (at) => of(leaf, at, base === 'B')));

export const run = (f: Term, x: Cells, sizes: Sizes): Cells => {
  const [a = 0, b = 0] = f.axes.map((e) => sizeOf(e, sizes));
  const [g, h] = f.terms;
  const half = x.length / 2;
  const columns = (all: readonly Cells[], width: number): Cells => count(width).map((k) => all.map((row) => row[k] ?? NaN));
  switch (f.tag) {
    case 'id': return x;
    case ';': return run(h!, run(g!, x, sizes), sizes);
    case '*': {
      const n = g!.dom.leaves.length;
      return [...run(g!, x.slice(0, n), sizes), ...run(h!, x.slice(n), sizes)];
    }
    case 'swap': {
      const n = f.objects[0]!.leaves.length;
      return [...x.slice(n), ...x.slice(0, n)];
    }
    case 'copy': return [...x, ...x];
    case 'del': return [];
    case 'map': return columns(count(a).map((i) => run(g!, x.map((c) => rows(c)[i]!), sizes)), g!.cod.leaves.length);
    case 'repeat': return x.map((c) => count(a).map(() => c));
    case 'diag': return x.map((c) => count(a).map((i) => rows(rows(c)[i])[i]!));
    case 'exchange': return x.map((c) => count(b).map((j) => count(a).map((i) => rows(rows(c)[i])[j]!)));
    case 'split': return [...x.map((c) => rows(c).slice(0, a)), ...x.map((c) => rows(c).slice(a))];
    case 'concat': return x.slice(0, half).map((c, k) => [...rows(c), ...rows(x[half + k])]);
    case 'tile': return x.map((c) => count(a).map((i) => rows(c).slice(i * b, (i + 1) * b)));
    case 'flatten': return x.map((c) => rows(c).flatMap(rows));
    case 'first': return x.map((c) => rows(c)[0]!);
    case 'const': return [Number(f.value!.n) / Number(f.value!.d)];
    case 'op': return [operators[f.operator!]!(x[0] as never, x[1] as never)];
    case 'select': return x[0] === true ? x.slice(1, (x.length + 1) / 2) : x.slice((x.length + 1) / 2);
    case 'position': return [count(a)];
    case 'size': return [a];
    case 'scan': {
      const n = f.objects[0]!.leaves.length;
      let state = x.slice(0, n);
      const outputs = count(a).map((i) => {
        const next = run(g!, [...state, ...x.slice(n).map((c) => rows(c)[i]!)], sizes);
        state = next.slice(0, n);
        return next.slice(n);
      });
      return [...state, ...columns(outputs, g!.cod.leaves.length - n)];
    }
    case 'var': return fill(f.cod, sizes, (leaf, at) => opaque(`${f.variable!.name}${at.join()}`, x as Cell, leaf));
    case 'call': return run(unfold(f), x, sizes);
  }
}; // prettier-ignore

export const apart = (x: Cell, y: Cell): number => {
  if (Array.isArray(x) && Array.isArray(y) && x.length === y.length)
    return (x as Cells).reduce<number>((most, c, n) => Math.max(most, apart(c, (y as Cells)[n]!)), 0);
  if (typeof x === 'number' && typeof y === 'number') return Math.abs(x - y) / (1 + Math.abs(x) + Math.abs(y));
  return x === y ? 0 : Infinity;
};
