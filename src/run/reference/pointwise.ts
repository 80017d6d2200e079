/**
 * Scalar operators and select over whole batches. Invariant: a dimension along which no argument changes is computed once.
 * Knows nothing of terms; the operators' meanings are in scalar.ts.
 */
import type { Operator } from '../../core/index.js';
import { type ScalarRule, TINY, UNIT, scalarRules } from './scalar.js';
import { type Beside, type View, type Walk, besideOf, fresh, spliced, relaid, walk } from './view.js';
import { deferred, done, foldInto, isLarge, smallDims, stillAlong } from './fused.js';
import { foldedWide, pointwiseWide, selectedWide } from './wide-array.js';

/** An array to write into, with stride 0 and one element along the dimensions where every argument has stride 0. */
function target(
  dims: readonly number[],
  xs: readonly View[],
  beside: Beside,
  roundings: number,
): readonly [View, View] {
  const still = stillAlong(dims, xs);
  const small = fresh(smallDims(dims, still), beside, roundings);
  return [small, relaid(small, { dims, strides: small.strides.map((s, i) => (still[i] ? 0 : s)) })];
}

/** out[o + i] = x[p + i sx] · y[q + i sy]: `into` is row-major, so along a row it advances by 1. */
type Row = (
  out: Float64Array,
  o: number,
  x: Float64Array,
  p: number,
  sx: number,
  y: Float64Array,
  q: number,
  sy: number,
  n: number,
) => void;

const general =
  (f: (x: number, y: number) => number): Row =>
  (out, o, x, p, sx, y, q, sy, n) => {
    for (let i = 0; i < n; i++, p += sx, q += sy) out[o + i] = f(x[p]!, y[q]!);
  };
/** The two that large arrays spend their time in, as plain loops. */
const rows: { readonly [name in Operator]?: Row } = {
  add: (out, o, x, p, sx, y, q, sy, n) => {
    for (let i = 0; i < n; i++, p += sx, q += sy) out[o + i] = x[p]! + y[q]!;
  },
  mul: (out, o, x, p, sx, y, q, sy, n) => {
    for (let i = 0; i < n; i++, p += sx, q += sy) out[o + i] = x[p]! * y[q]!;
  },
};
/** On magnitudes. */
const sizes: typeof rows = {
  ...rows,
  mul: (out, o, x, p, sx, y, q, sy, n) => {
    for (let i = 0; i < n; i++, p += sx, q += sy) {
      const [a, b] = [x[p]!, y[q]!];
      const size = a * b;
      out[o + i] = size < TINY && a > 0 && b > 0 ? TINY : size;
    }
  },
};

/** What a result is rounded by; of + - * / and sqrt on binary32, rounding the binary64 result to binary32 is the one rounding there is. */
export type Round = (x: number) => number;

export function pointwise(
  name: Operator,
  batch: readonly number[],
  given: readonly View[],
  beside: Beside,
  round: Round | undefined,
  fusedFrom: number,
): View {
  const rule = scalarRules[name];
  if (!round && beside !== 'wide' && given.some((x) => isLarge(x, fusedFrom)))
    return deferred(name, given, beside, rule.roundings(given[0]!.roundings, given[1]?.roundings ?? 0));
  const xs = given.map(done);
  if (beside === 'wide') return pointwiseWide(name, batch, xs);
  const [x, y] = [xs[0] ?? nothing(batch), xs[1] ?? nothing(batch)];
  const [into, result] = target(batch, xs, beside, rule.roundings(x.roundings, y.roundings));
  const loop = walk(into.dims, [into, x, y]);
  const [sx, sy] = [loop.steps[1]!, loop.steps[2]!];
  const row = rows[name] ?? general(rule.value);
  loop.rows(([o, p, q]) => row(into.data, o!, x.data, p!, sx, y.data, q!, sy, loop.length));
  if (round) into.data.set(into.data.map(round));
  if (!into.magnitude) return result;
  const [m, mx, my] = [into.magnitude, x.magnitude ?? x.data, y.magnitude ?? y.data];
  const absolute = sizes[name];
  if (absolute) {
    loop.rows(([o, p, q]) => absolute(m, o!, mx, p!, sx, my, q!, sy, loop.length));
    return result;
  }
  const [offX, offY] = [UNIT * x.roundings, UNIT * y.roundings];
  loop.rows(([o, p, q]) => {
    for (let i = 0, a = p!, b = q!; i < loop.length; i++, a += sx, b += sy)
      m[o! + i] = rule.size(x.data[a]!, mx[a]!, y.data[b]!, my[b]!, offX, offY);
  });
  return result;
}

/** The fold of a binary operator on scalars over dimension `at` of x, left to right: one loop, no intermediate arrays. */
export function folded(name: Operator, at: number, start: View, x: View, round: Round | undefined): View {
  const state = done(start);
  if (x.exponent) return foldedWide(name, at, state, x);
  const data = spliced(x, at, 1, [], []);
  const roundings = countRoundings(name, x.dims[at]!, state, x);
  const [made, result] = target(state.dims, [state, data], besideOf(state), roundings);
  if (x.deferred && !x.deferred.made && !x.deferred.isRead) {
    foldInto(made, name, at, state, x);
    return result;
  }
  return foldArray(name, at, state, done(x), made, result, round);
}

/** The same of an array. */
function foldArray(
  name: Operator,
  at: number,
  state: View,
  x: View,
  made: View,
  result: View,
  round: Round | undefined,
): View {
  const [rule, n, step, data] = [scalarRules[name], x.dims[at]!, x.strides[at]!, spliced(x, at, 1, [], [])];
  const loop = walk(made.dims, [made, state, data]);
  const [ss, sx] = [loop.steps[1]!, loop.steps[2]!];
  const turn = round ? foldOf((s, y) => round(rule.value(s, y))) : name === 'add' ? sumOf : foldOf(rule.value);
  loop.rows(([o, p, q]) => {
    for (let i = 0; i < loop.length; i++)
      made.data[o! + i] = turn(state.data[p! + i * ss]!, x.data, q! + i * sx, step, n);
  });
  if (made.magnitude && name === 'add')
    loop.rows(([o, p, q]) => {
      for (let i = 0; i < loop.length; i++)
        made.magnitude![o! + i] = sumOf(state.magnitude![p! + i * ss]!, x.magnitude!, q! + i * sx, step, n);
    });
  else if (made.magnitude) foldMagnitudes(rule, made.magnitude, loop, state, x, step, n);
  return result;
}

const sumOf = (s: number, x: Float64Array, p: number, step: number, n: number): number => {
  for (let i = 0; i < n; i++, p += step) s += x[p]!;
  return s;
};
const foldOf =
  (f: (s: number, x: number) => number): typeof sumOf =>
  (s, x, p, step, n) => {
    for (let i = 0; i < n; i++, p += step) s = f(s, x[p]!);
    return s;
  };

function countRoundings(name: Operator, n: number, state: View, x: View): number {
  let count = state.roundings;
  for (let i = 0; i < n; i++) count = scalarRules[name].roundings(count, x.roundings);
  return count;
}

function foldMagnitudes(
  rule: ScalarRule,
  out: Float64Array,
  loop: Walk,
  state: View,
  x: View,
  step: number,
  n: number,
): void {
  const [ss, sx] = [loop.steps[1]!, loop.steps[2]!];
  loop.rows(([o, p, q]) => {
    for (let i = 0; i < loop.length; i++) {
      let s = state.data[p! + i * ss]!;
      let m = state.magnitude![p! + i * ss]!;
      for (let j = 0, a = q! + i * sx; j < n; j++, a += step) {
        m = rule.size(s, m, x.data[a]!, x.magnitude![a]!, 0, 0); // add, mul, and, or: no error is asked for
        s = rule.value(s, x.data[a]!);
      }
      out[o! + i] = m;
    }
  });
}

function nothing(batch: readonly number[]): View {
  return spliced(
    fresh([], 'nothing', 0),
    0,
    0,
    batch,
    batch.map(() => 0),
  );
}

/** The leaves of `select : B * A * A -> A`: the branch taken, with its magnitude. */
export function selected(at: number, xs: readonly View[]): View[] {
  if (xs[0]!.exponent) return selectedWide(at, xs);
  const n = (xs.length - 1) / 2;
  return xs.slice(1, n + 1).map((yes, i) => choose(at, xs[0]!, yes, xs[n + 1 + i]!));
}

function choose(at: number, condition: View, yes: View, no: View): View {
  const rest = yes.dims.slice(at);
  const c = spliced(
    condition,
    at,
    0,
    rest,
    rest.map(() => 0),
  );
  const roundings = Math.max(yes.roundings, no.roundings);
  const [into, result] = target(yes.dims, [c, yes, no], besideOf(yes), roundings);
  const loop = walk(into.dims, [into, c, yes, no]);
  const [sc, sy, sn] = [loop.steps[1]!, loop.steps[2]!, loop.steps[3]!];
  const pick = (out: Float64Array, left: Float64Array, right: Float64Array): void =>
    loop.rows(([o, p, q, r]) => {
      for (let i = 0; i < loop.length; i++)
        out[o! + i] = c.data[p! + i * sc]! === 1 ? left[q! + i * sy]! : right[r! + i * sn]!;
    });
  pick(into.data, yes.data, no.data);
  if (!into.magnitude) return result;
  pick(into.magnitude, yes.magnitude!, no.magnitude!);
  const off = UNIT * roundings;
  loop.rows(([o, p, q, r]) => {
    for (let i = 0; i < loop.length; i++)
      if (c.magnitude![p! + i * sc]! === Infinity) {
        const [a, b] = [q! + i * sy, r! + i * sn];
        into.magnitude![o! + i] = eitherOf(yes.data[a]!, yes.magnitude![a]!, no.data[b]!, no.magnitude![b]!, off);
      }
  });
  return result;
}
/** The magnitude of one of two numbers where it is not known which. */
const eitherOf = (x: number, X: number, y: number, Y: number, off: number): number =>
  x === y ? Math.max(X, Y) : Math.max(X, Y) + Math.abs(x - y) / off;
