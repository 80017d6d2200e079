// Scheduled terms by hand: a thin layer over the point language, so that the tests depend on no text and no schedule. Every name is the test's.
import * as E from 'fp-ts/lib/Either.js';
import * as K from '../../../src/core/index.js';
import {
  type Expr,
  apply,
  at as elementAt,
  firstOf,
  letIn,
  mapOver,
  scanOver,
  tuple,
  wire,
} from '../../../src/language/point/point.js';
import { compile } from '../../../src/language/point/compile.js';
import type { Grouped, Share, Streamed } from '../../../src/kernel/ir/kernel.js';

export const get = <A, L>(e: E.Either<L, A>): A => {
  if (E.isLeft(e))
    throw new Error(
      JSON.stringify(e.left, (key, v: unknown) =>
        typeof v === 'bigint' ? `${v}` : key === 'cells' ? undefined : v,
      ).slice(0, 3000),
    );
  return e.right;
};
export const variable = (name: string, maybeEmpty = false): K.AxisVar => get(K.axisVar(name, { maybeEmpty }));
export const axis = (v: K.AxisVar): K.Axis => get(K.ofVar(v));
export const plus = (a: K.Axis, b: K.Axis): K.Axis => get(K.sum(a, b));
export const times = (a: K.Axis, b: K.Axis): K.Axis => get(K.product(a, b));
export const R = (...axes: K.Axis[]): K.Obj => get(K.real(...axes));

/** As lanes, as registers, or with so many elements in each of several lanes. */
export function grouped(
  name: string,
  capacity: number,
  as: 'lane' | 'register',
  share?: Omit<Share, 'lanes'>,
): { use: Grouped; axis: K.Axis } {
  const [rest, count, tile] = [variable(`r${name}`), variable(`t${name}`, true), variable(`b${name}`)];
  const kind = share ? ({ as: 'share', share: { lanes: [name], ...share } } as const) : { as };
  return {
    use: { _tag: 'Grouped', name, rest, count, tile, capacity, ...kind },
    axis: plus(axis(rest), times(axis(count), axis(tile))),
  };
}
/** t*b: a multiple of its tile. */
export function wholly(name: string, capacity: number): { use: Streamed; axis: K.Axis } {
  const [count, tile] = [variable(`t${name}`), variable(`b${name}`)];
  return { use: { _tag: 'Streamed', name, count, tile, capacity }, axis: times(axis(count), axis(tile)) };
}
export function streamed(
  name: string,
  capacity: number,
  last = false,
): { use: Streamed; axis: K.Axis; head: K.Axis; count: K.Axis; tile: K.Axis } {
  const [h, t, b] = [variable(`h${name}`), variable(`t${name}`, true), variable(`b${name}`)];
  const [u, r] = [variable(`u${name}`, true), variable(`e${name}`)];
  const body = plus(axis(h), times(axis(t), axis(b)));
  const use: Streamed = {
    _tag: 'Streamed',
    name,
    head: h,
    count: t,
    tile: b,
    capacity,
    last: last ? { flag: u, rest: r } : undefined,
  };
  return { use, axis: last ? plus(body, times(axis(u), axis(r))) : body, head: axis(h), count: axis(t), tile: axis(b) };
}

const op =
  (name: K.Operator) =>
  (...args: Expr[]): Expr =>
    apply(get(K.operator(name)), ...args);
export const [add, mul, lt] = [op('add'), op('mul'), op('lt')];
export const [neg, recip, exp, log, sqrt] = [op('neg'), op('recip'), op('exp'), op('log'), op('sqrt')];
export const number = (n: bigint, d = 1n): Expr => apply(get(K.constant(get(K.rational(n, d)))));
export const sizeOf = (a: K.Axis): Expr => apply(get(K.size(a)));
export const positionOf = (a: K.Axis): Expr => apply(get(K.position(a)));
export const select = (c: Expr, x: Expr, y: Expr): Expr => apply(get(K.select(R())), c, x, y);
export const max = (x: Expr, y: Expr): Expr => select(lt(x, y), y, x);

let counter = 0;
const fresh = (base: string): string => `${base}${counter++}`;

export const at = (array: Expr, ...indices: string[]): Expr => indices.reduce(elementAt, array);
export const map = (a: K.Axis, f: (i: string) => Expr): Expr => {
  const i = fresh('i');
  return mapOver(i, a, f(i));
};
export const share = (object: K.Obj, value: Expr, f: (x: Expr) => Expr): Expr => {
  const name = fresh('x');
  return letIn([{ name, object }], value, f(wire(name)));
};
export const fold = (a: K.Axis, init: Expr, step: (s: Expr, i: string) => Expr): Expr => {
  const [s, i] = [fresh('s'), fresh('j')];
  return scanOver(i, a, [{ name: s, object: R(), init }], step(wire(s), i));
};
export const folds = (
  a: K.Axis,
  state: readonly { object: K.Obj; init: Expr }[],
  step: (s: Expr[], i: string) => Expr,
): Expr => {
  const names = state.map(() => fresh('s'));
  const i = fresh('j');
  return scanOver(
    i,
    a,
    state.map((s, k) => ({ name: names[k]!, ...s })),
    step(names.map(wire), i),
  );
};
export const sum = (a: K.Axis, f: (i: string) => Expr): Expr => fold(a, number(0n), (s, i) => add(s, f(i)));
export const maximum = (a: K.Axis, f: (i: string) => Expr): Expr =>
  share(R(a), map(a, f), (x) => fold(a, firstOf(a, x), (s, i) => max(s, at(x, i))));
export { wire, letIn, apply, firstOf, scanOver, tuple };

export interface Wire {
  readonly name: string;
  readonly axes: readonly K.Axis[];
}
export const term = (wires: readonly Wire[], body: Expr): K.Term =>
  compile(
    wires.map((w) => ({ name: w.name, object: R(...w.axes) })),
    body,
  );

/** x[·, c] along the leading axis. */
export const column = (x: Expr, a: K.Axis, c: string): Expr => map(a, (i) => at(x, i, c));

type Stream = ReturnType<typeof streamed>;
const splitOf = (a: K.Axis, b: K.Axis, x: Expr): Expr => apply(get(K.split(a, b, R())), x);
const tiledOf = (a: K.Axis, b: K.Axis, x: Expr): Expr => apply(get(K.tile(a, b, R())), x);

/** The parts of arrays over a streamed axis: the head, the tiles, and the rest under its flag. */
function parts(
  s: Stream,
  arrays: readonly Expr[],
  f: (heads: Expr[], tiles: Expr[], rests: Expr[] | undefined) => Expr,
): Expr {
  const last = s.use.last && { flag: axis(s.use.last.flag), rest: axis(s.use.last.rest) };
  const full = times(s.count, s.tile);
  const tail = last ? plus(full, times(last.flag, last.rest)) : full;
  const go = (i: number, heads: Expr[], tiles: Expr[], rests: Expr[]): Expr => {
    if (i === arrays.length) return f(heads, tiles, last ? rests : undefined);
    const [h, x, t, r] = [fresh('h'), fresh('x'), fresh('t'), fresh('r')];
    const inner = (rest: Expr[]): Expr =>
      letIn(
        [{ name: t, object: R(s.count, s.tile) }],
        tiledOf(s.count, s.tile, wire(last ? `${x}f` : x)),
        go(i + 1, [...heads, wire(h)], [...tiles, wire(t)], [...rests, ...rest]),
      );
    const whole = last
      ? letIn(
          [
            { name: `${x}f`, object: R(full) },
            { name: `${x}l`, object: R(times(last.flag, last.rest)) },
          ],
          splitOf(full, times(last.flag, last.rest), wire(x)),
          letIn(
            [{ name: r, object: R(last.flag, last.rest) }],
            tiledOf(last.flag, last.rest, wire(`${x}l`)),
            inner([wire(r)]),
          ),
        )
      : inner([]);
    return letIn(
      [
        { name: h, object: R(s.head) },
        { name: x, object: R(tail) },
      ],
      splitOf(s.head, tail, arrays[i]!),
      whole,
    );
  };
  return go(0, [], [], []);
}

/** Head, then a step for every tile: the right-hand side of a streaming theorem. */
export function stream(
  s: Stream,
  arrays: readonly Expr[],
  objects: readonly K.Obj[],
  head: (a: K.Axis, xs: Expr[]) => Expr,
  step: (a: K.Axis, state: Expr[], xs: Expr[]) => Expr,
  final: (state: Expr[]) => Expr,
): Expr {
  const bind = (value: Expr, body: (state: Expr[]) => Expr): Expr => {
    const names = objects.map(() => fresh('z'));
    return letIn(
      names.map((name, i) => ({ name, object: objects[i]! })),
      value,
      body(names.map(wire)),
    );
  };
  return parts(s, arrays, (heads, tiles, rests) =>
    bind(head(s.head, heads), (z0) => {
      const loop = (a: K.Axis, b: K.Axis, z: Expr[], xs: Expr[]): Expr =>
        folds(
          a,
          objects.map((object, i) => ({ object, init: z[i]! })),
          (state, t) =>
            step(
              b,
              state,
              xs.map((x) => at(x, t)),
            ),
        );
      return bind(loop(s.count, s.tile, z0, tiles), (z1) =>
        rests ? bind(loop(axis(s.use.last!.flag), axis(s.use.last!.rest), z1, rests), final) : final(z1),
      );
    }),
  );
}

export const streamSum = (s: Stream, arrays: readonly Expr[], f: (xs: Expr[], i: string) => Expr): Expr =>
  stream(
    s,
    arrays,
    [R()],
    (a, xs) => sum(a, (i) => f(xs, i)),
    (a, [z], xs) =>
      add(
        z!,
        sum(a, (i) => f(xs, i)),
      ),
    ([z]) => z!,
  );

/** (m, l, o): the greatest score, the sum of weights and the weighted sum, both relative to m. */
export function streamSoft(s: Stream, scores: Expr, values: Expr): Expr {
  const weights =
    (a: K.Axis, m: Expr, xs: Expr[]) =>
    (i: string): Expr =>
      exp(add(at(xs[0]!, i), neg(m)));
  const tile = (a: K.Axis, m: Expr, xs: Expr[]): [Expr, Expr] => [
    sum(a, weights(a, m, xs)),
    sum(a, (i) => mul(weights(a, m, xs)(i), at(xs[1]!, i))),
  ];
  const head = (a: K.Axis, xs: Expr[]): Expr =>
    share(
      R(),
      maximum(a, (i) => at(xs[0]!, i)),
      (m) => tuple(m, ...tile(a, m, xs)),
    );
  const step = (a: K.Axis, [m, l, o]: Expr[], xs: Expr[]): Expr =>
    share(
      R(),
      max(
        m!,
        maximum(a, (i) => at(xs[0]!, i)),
      ),
      (now) => {
        const scale = exp(add(m!, neg(now)));
        const [z, y] = tile(a, now, xs);
        return tuple(now, add(mul(l!, scale), z), add(mul(o!, scale), y));
      },
    );
  return stream(s, [scores, values], [R(), R(), R()], head, step, ([, l, o]) => mul(o!, recip(l!)));
}

/** A loop whose state is an array over n, each element its own. */
export const fold2 = (n: K.Axis, k: K.Axis, step: (s: Expr, i: string, j: string) => Expr): Expr =>
  foldRows(n, k, (s, i, j) => step(at(s, i), i, j));
export const foldRows = (n: K.Axis, k: K.Axis, step: (s: Expr, i: string, j: string) => Expr): Expr =>
  folds(k, [{ object: R(n), init: map(n, () => number(0n)) }], ([s], j) => map(n, (i) => step(s!, i, j)));
