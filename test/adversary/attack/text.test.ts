// What a person reads is what is meant: expressions of the language against the same in JavaScript, at numbers where every other
// reading (of precedence, of association, of a name) gives something else.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/run/reference/evaluate.js';
import { checked } from './attempt.js';

const n = [2, -3, 5, 7];
const [x, y, z] = [1.25, -0.75, 3.5];
const truth = (b: boolean): number => Number(b);
const total = (a: readonly number[]): number => a.reduce((s, v) => s + v, 0);

/** over (x y z : R, v : R[n], a b : B), with a false and b true */
const readings: readonly (readonly [string, number])[] = [
  ['x - y - z', x - y - z],
  ['x - y + z', x - y + z],
  ['x / z / y', x / z / y],
  ['x / z * y', (x / z) * y],
  ['x + y * z', x + y * z],
  ['-x * y + z', -x * y + z],
  ['-x - -y', -x + y],
  ['2 * -x', -2 * x],
  ['-exp y * z', -(Math.exp(y) * z)],
  ['exp y * z', Math.exp(y) * z],
  ['exp y + z', Math.exp(y) + z],
  ['exp(y) / recip z', Math.exp(y) * z],
  ['sqrt exp y', Math.sqrt(Math.exp(y))],
  ['log z / y', Math.log(z) / y],
  ['1/3 * x', x / 3],
  ['x * 1/3', x / 3],
  ['1e-1 * x', x / 10],
  ['if not a and b then x else y', x],
  ['if not (a and b) then x else y', x],
  ['if a and b or b then x else y', x],
  ['if a and (b or b) then x else y', y],
  ['if not a or b then x else y', x],
  ['if not x < y then x else y', x],
  ['if x + y < z and y < x then x else y', x],
  ['if x < x then 1 else if x <= x then 2 else 3', 2],
  ['if x > x then 1 else if x >= x then 2 else 3', 2],
  ['if x == x and not (x == y) then 1 else 0', 1],
  ['if a then x else y + z', y + z],
  ['(if a then x else y) + z', y + z],
  ['(if b then x else y) + z', x + z],
  ['let x = y in let y = x + z in x * y', y * (y + z)],
  ['let (x, y) = (y, x) in x - y', y - x],
  ['let y = x in y + (let x = z in x * y) + x', x + z * x + x],
  ['sum i:n (v[i]) * 2', 2 * total(n)],
  ['sum i:n (v[i] * 2 + 1)', 2 * total(n) + 4],
  ['-sum(v) * 2', -2 * total(n)],
  ['sum n (v[n] * v[n])', total(n.map((e) => e * e))],
  ['sum i:n (sum j:n (v[i] - 2 * v[j]))', -4 * total(n)],
  ['sum i:n (sum i:n (v[i]) * v[i])', total(n) ** 2],
  ['first v - z', n[0]! - z],
  ['first (map i:n (v[i] + x))', n[0]! + x],
  ['size n * x + size(n+1)', 4 * x + 5],
  ['fold i:n (s = x) s * 2 + v[i]', n.reduce((s, e) => s * 2 + e, x)],
  ['(fold i:n (s = x) (s * 2)) + y', x * 16 + y],
  ['fold i:n (s = x, t = y) (t + v[i], s) - 0 * z', NaN],
  ['let (s, t) = (fold i:n (s = x, t = y) (t + v[i], s)) in s - 10 * t', y + 0 + NaN],
  ['let (s, p) = (scan i:n (s = x) (s + v[i], s)) in s + 100 * sum(p)', NaN],
  ['let p = position[n] in sum i:n (p[i] * v[i])', total(n.map((e, i) => e * i))],
  ['sum i:(n+n) ((v ++ map n (x * v[n]))[i])', total(n) * (1 + x)],
  ['let (p, q) = split[n, n] (v ++ map n (0)) in sum(p) - sum(q)', total(n)],
  ["let x' = z in x' - x", z - x],
];

/** loops by hand */
function expected(text: string, value: number): number {
  if (text.startsWith('let (s, t)')) {
    let [s, t] = [x, y];
    for (const e of n) [s, t] = [t + e, s];
    return s - 10 * t;
  }
  if (text.startsWith('let (s, p)')) {
    let [s, p] = [x, 0];
    for (const e of n) [s, p] = [s + e, p + s];
    return s + 100 * p;
  }
  return value;
}

function valueOf(text: string): number | undefined {
  const statement = `theorem t [n] (x y z : R, v : R[n], a b : B) : ${text} = 0`;
  const law = checked({ 'a.weft': `import "base.weft"\n${statement}` }).statements.stated.get('t')?.law;
  if (!law) return undefined;
  const axis = law.names.axes.get('n')!.terms[0]!.vars[0]!;
  const scalars = [x, y, z].map((s) => ({ shape: [], data: Float64Array.of(s) }));
  const booleans = [false, true].map((b) => ({ shape: [], data: Float64Array.of(truth(b)) }));
  const inputs = [...scalars, { shape: [n.length], data: Float64Array.from(n) }, ...booleans];
  const done = evaluate(law.lhs, { sizes: new Map([[axis, n.length]]) }, inputs);
  return E.isRight(done) ? done.right[0]!.data[0] : undefined;
}

describe('readings', () => {
  it('are some', () => expect(readings.length).toBeGreaterThan(45));
  it.each(readings)('%s', (text, value) => {
    const wanted = expected(text, value);
    if (Number.isNaN(wanted)) expect(valueOf(text), 'a pair has no difference').toBeUndefined();
    else expect(valueOf(text)).toBeCloseTo(wanted, 9);
  });
});
