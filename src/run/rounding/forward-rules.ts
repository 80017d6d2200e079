/**
 * How errors pass through one operation: given that the computed arguments are off by at most ea and eb from the numbers a and b, how far the
 * computed result can be from v, the same operation on a and b in binary64. Invariant: each rule holds for every choice of the arguments within
 * their errors, not to first order; what cannot be bounded is infinite, never left out. It knows no kernel and no statement.
 *
 *   x + y   ea + eb, then a rounding              |x' + y' - (x + y)| <= ea + eb
 *   x * y   |a| eb + |b| ea + ea eb, a rounding   x' y' - x y = x (y' - y) + y (x' - x) + (x' - x)(y' - y)
 *   x / y   (ea + |a/b| eb) / (|b| - eb)          where |b| > eb, else infinite
 *   exp x   exp(a) (exp(ea) - 1); where exp(a) underflows, exp(a + ea)
 *   log x   -log(1 - ea / a)                      where a > ea, else infinite
 *   sqrt x  ea / (sqrt a + sqrt(a - ea))          where a >= ea; where no computed x can be negative, sqrt(a + ea) at most
 *   max     max(ea, eb); the surer argument's own error where the order is sure. A comparison whose order is not sure may go either way.
 *
 * Sums and products are written out in forward-numbers.ts, for speed. A rounding adds unit * |result|; a result that may be subnormal adds `underflow`; one that may be over the largest number is infinite. The
 * binary64 arithmetic here is off too, by 2^-53 of each result: `unit` carries that, and the caller widens the whole by 2^-20 for the errors.
 */
import { type Arithmetic, type Format, STORAGE, type Storage } from './arithmetic.js';
import { candidates, either, pairs } from './choice.js';

export interface Rules {
  /** of a rounding: the unit, the smallest normal number, what an underflow adds, what flushing a loaded number adds, the largest, exact integers */
  readonly U: number;
  readonly S: number;
  readonly W: number;
  readonly F: number;
  readonly L: number;
  readonly X: number;
  readonly div: (a: number, ea: number, b: number, eb: number) => number;
  readonly exp: (a: number, ea: number) => number;
  readonly log: (a: number, ea: number) => number;
  readonly sqrt: (a: number, ea: number, nonNegative: boolean) => number;
  readonly most: (a: number, ea: number, b: number, eb: number) => number;
  /** 1 where the computed comparison may differ from a < b; infinite where nothing is known of a and b */
  readonly unsure: (a: number, ea: number, b: number, eb: number) => number;
  readonly choose: (unsure: number, v: number, e: number, other: number, eo: number) => number;
  readonly load: (v: number) => number;
  readonly store: (v: number, e: number) => number;
  readonly whole: (v: number) => number;
  readonly either: typeof either;
  readonly pairs: typeof pairs;
  readonly candidates: typeof candidates;
}

/** The error of v after a rounding of unit `u`, given its error before. */
type Round = (v: number, e: number, u: number) => number;

const WIDER = 2 ** -51;
const unit = (u: number): number => u + WIDER;

/** `kept`: what is stored is already of the format, so that storing is exact. */
export function rules(m: Arithmetic, format: Format, kept: boolean): Rules {
  const { smallest, underflow, largest, flushes } = m;
  const U = unit(m.unit);
  const round: Round = (v: number, e: number, u: number): number => {
    const a = v < 0 ? -v : v;
    const most = a + e;
    const r = e + u * most;
    if (a + r > largest) return Infinity;
    return a - r < smallest && most !== 0 ? r + underflow : r;
  };
  const div = quotient(m, round);
  return {
    ...{ U, S: smallest, W: underflow, F: flushes ? underflow : 0, L: largest, X: m.exact },
    div,
    ...transcendental(m, round),
    ...decided,
    load: loading(m, format),
    store: kept ? (_v, e) => e : (v, e) => stored(v, e, STORAGE[format]),
    whole: (v) => (v > m.exact ? U * v : 0),
    ...{ either, pairs, candidates },
  };
}

function quotient({ quotient: q, underflow, divisor: [least, most] }: Arithmetic, round: Round): Rules['div'] {
  const u = unit(q);
  return (a, ea, b, eb) => {
    const size = b < 0 ? -b : b;
    if (!(size > eb) || size - eb < least || size + eb > most) return Infinity;
    const v = a / b;
    const e = (ea + (v < 0 ? -v : v) * eb) / (size - eb);
    return v === 0 && e === 0 && a !== 0 ? underflow : round(v, e, u);
  };
}

function transcendental(m: Arithmetic, round: Round): Pick<Rules, 'exp' | 'log' | 'sqrt'> {
  const [atRoot, atLog] = [unit(m.sqrt), unit(m.log)];
  return {
    exp: (a, ea) => {
      const v = Math.exp(a);
      const e = ea === 0 ? 0 : v < 2 ** -1022 ? raised(a, ea) : v * Math.expm1(ea);
      const made = round(v, e, unit(m.exp + m.expSlope * (Math.abs(a) + ea)));
      return v === 0 ? made + m.smallest : made;
    },
    log: (a, ea) => {
      if (!(a > ea)) return Infinity;
      const [v, e] = [Math.log(a), ea === 0 ? 0 : -Math.log1p(-ea / a)];
      const near = a - ea <= 2 && a + ea >= 0.5 ? m.logNearOne : 0;
      return Math.max(round(v, e, atLog), round(v, e, WIDER) + near);
    },
    sqrt: (a, ea, nonNegative) => {
      if (a === 0 && ea === 0) return 0;
      if (!(a >= ea || (nonNegative && a >= 0))) return Infinity;
      const root = Math.sqrt(a);
      const e = a > ea ? ea / (root + Math.sqrt(a - ea)) : Math.max(root, Math.sqrt(a + ea) - root);
      return round(root, e, atRoot);
    },
  };
}

/** exp at the far end of a's error, where exp a is too small to be multiplied: all from 0 to there. */
const raised = (a: number, ea: number): number => Math.exp(a + ea + Math.abs(a) * 2 ** -50) + 2 ** -1074;

const decided: Pick<Rules, 'most' | 'unsure' | 'choose'> = {
  most: (a, ea, b, eb) => {
    if (a - ea > b + eb) return ea;
    if (b - eb > a + ea) return eb;
    return ea > eb || ea !== ea ? ea : eb;
  },
  unsure: (a, ea, b, eb) => {
    const e = ea + eb;
    if (e === 0 || Math.abs(a - b) > e) return 0;
    return e < Infinity ? 1 : Infinity;
  },
  choose: (unsure, v, e, other, eo) => {
    if (unsure === 0) return e;
    const apart = Math.abs(other - v) + eo;
    return e > apart || e !== e ? e : apart;
  },
};

/** Of a number that is rounded to the format as it is stored; and flushed, where that may be, if it is subnormal. */
function loading({ flushes, smallest, underflow }: Arithmetic, format: Format): Rules['load'] {
  const flushed = flushes ? underflow : 0;
  return (v) => {
    const e = format === 'f32' ? Math.abs(v - Math.fround(v)) : stored(v, 0, STORAGE[format]);
    return v < smallest && v > -smallest && v !== 0 ? e + flushed : e;
  };
}

function stored(v: number, e: number, { relative, absolute, largest }: Storage): number {
  const most = Math.abs(v) + e;
  return most * (1 + relative) > largest ? Infinity : most === 0 ? 0 : e + relative * most + absolute;
}
