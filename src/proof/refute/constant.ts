/**
 * Values near the constants of a diagram: where a statement, or a hypothesis, is most likely to be false though it holds nearly everywhere.
 * Invariant: a function of the diagrams alone, the constants themselves first, without the values that are tried anyway. Knows no statements.
 */
import type { Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../../language/point/error.js';
import { subterms } from '../tactic/subterm.js';
import { attempt } from './compare.js';
import { type Fraction, ONE, fraction, fractions, sameFraction, toNumber } from './field.js';

/** More constants than this are not looked at, nor more values. */
const CONSTANTS = 8;
const VALUES = 96;

/** The constants of the terms, definitions unfolded, each once. */
function constantsOf(terms: readonly Term[]): readonly Fraction[] {
  const found: Fraction[] = [];
  const seen = new Set<Term>();
  const pending = [...terms];
  for (let t = pending.pop(); t && found.length < CONSTANTS; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Constant') found.push(t.value);
    pending.push(...(t._tag === 'Call' ? [must(core.unfolding(t.definition, t.args))] : subterms(t)));
  }
  return unlike(found, []);
}

const whole = (n: number): Fraction => fraction(BigInt(n));
/** Every search tries these. */
const usual: readonly Fraction[] = [whole(0), ONE, whole(-1), whole(2), fraction(1n, 2n)];
const unlike = (xs: readonly Fraction[], others: readonly Fraction[]): readonly Fraction[] =>
  xs.filter((x, i) => xs.findIndex((y) => sameFraction(x, y)) === i && !others.some((y) => sameFraction(x, y)));

const { add, mul, neg, recip } = fractions;
/** Whole numbers around what exp, log or sqrt takes to c, or makes of it. */
function around(c: Fraction): readonly Fraction[] {
  const x = toNumber(c);
  return [Math.log(x), Math.sqrt(x), Math.exp(x)]
    .filter((y) => Number.isFinite(y) && Math.abs(y) < 2 ** 60)
    .flatMap((y) => [whole(Math.floor(y)), whole(Math.ceil(y))]);
}
const THOUSANDTH = fraction(1n, 1000n);
const beside = (c: Fraction): readonly Fraction[] => [add(c, ONE), add(c, neg(ONE)), neg(c)];
const beyond = (c: Fraction): readonly Fraction[] => [
  ...[add(c, THOUSANDTH), add(c, neg(THOUSANDTH)), mul(c, whole(2)), mul(c, fraction(1n, 2n)), recip(c), mul(c, c)],
  ...around(c),
];
/** What constants make together: x * 3 + 5 = 11 is told at (11 - 5) / 3. */
const joined = (cs: readonly Fraction[]): readonly Fraction[] =>
  cs.flatMap((c) =>
    cs.flatMap((d) => {
      if (c === d) return [];
      const less = add(c, neg(d));
      return [less, mul(c, recip(d)), add(c, d), ...cs.map((e) => mul(less, recip(e)))];
    }),
  );

export function valuesNear(terms: readonly Term[]): readonly Fraction[] {
  const constants = constantsOf(terms);
  const telling = unlike(constants, usual);
  if (telling.length === 0) return [];
  const near = attempt(() => [
    ...[...telling, ...telling.flatMap(beside), ...telling.flatMap(beyond)],
    ...joined(telling.slice(0, 4)),
  ]);
  return unlike(typeof near === 'string' ? telling : near, usual).slice(0, VALUES);
}

/** Small whole numbers among the values, as sizes of axes, with 1 and 2 for the other axes. */
export function sizesNear(terms: readonly Term[]): readonly number[] {
  const sizes = valuesNear(terms).flatMap(({ num, den }) =>
    den === 1n && num > 2n && num <= LARGEST ? [Number(num)] : [],
  );
  return sizes.length === 0 ? [] : [...sizes.slice(0, SIZES), 1, 2];
}
const LARGEST = 64n;
const SIZES = 6;
