/**
 * The forward bound where a target's range of exponents is left on the way: the same loops once more, each number a ball with a wide exponent (wide.ts), for
 * the lanes that store something without a finite bound. Invariant: each rule is the one of forward-rules.ts without its limits on exponents, so
 * what was infinite for another reason (a denominator that may be 0, a logarithm of what may be negative) stays so. It knows no statement.
 *
 * A bound found so holds for arithmetic whose exponents have no upper limit (`kept` says whether they have a lower one); what is stored is f32 in any case.
 * A target that overflows on the way and still stores a number within that bound has the right number; one that does not has lost it.
 */
import type { Expr, Int, Rational } from '../../kernel/ir/kernel.js';
import { type Arithmetic, type Format, STORAGE } from './arithmetic.js';
import type { Place, Value } from './forward-numbers.js';
import { ForwardText } from './forward-text.js';
import { nonNegative } from './sign.js';
import * as W from '../reference/wide.js';

type Ball = W.Ball;

export interface WideRules {
  readonly zero: Ball;
  readonly bit: (b: boolean) => Ball;
  readonly constant: (num: bigint, den: bigint) => Ball;
  readonly whole: (v: number) => Ball;
  readonly load: (v: number) => Ball;
  readonly add: (x: Ball, y: Ball) => Ball;
  readonly sub: (x: Ball, y: Ball) => Ball;
  readonly mul: (x: Ball, y: Ball) => Ball;
  readonly div: (x: Ball, y: Ball) => Ball;
  readonly neg: (x: Ball) => Ball;
  readonly exp: (x: Ball) => Ball;
  readonly log: (x: Ball) => Ball;
  readonly sqrt: (x: Ball, nonNegative: boolean) => Ball;
  readonly max: (x: Ball, y: Ball) => Ball;
  readonly min: (x: Ball, y: Ball) => Ball;
  readonly over: (x: Ball, y: Ball) => boolean;
  readonly lt: (x: Ball, y: Ball) => Ball;
  readonly not: (x: Ball) => Ball;
  readonly and: (x: Ball, y: Ball) => Ball;
  readonly or: (x: Ball, y: Ball) => Ball;
  readonly select: (c: Ball, yes: Ball, no: Ball) => Ball;
  readonly middle: (x: Ball) => number;
  readonly reach: (x: Ball) => number;
  readonly unknown: Ball;
  readonly store: (x: Ball) => Ball;
}

const isWhole = ({ m, r, k }: Ball): boolean => r === 0 && k === 0 && Number.isInteger(m);
const times = (x: Ball, by: number): Ball => W.mul(x, W.exactly(by));
/** Whether some number of the ball is below `least`. */
const below = (x: Ball, least: number): boolean =>
  W.over(W.exactly(least), W.exactly(0)) && !W.over(low(x), W.exactly(least));
const low = ({ m, r, k }: Ball): Ball => (Math.abs(m) > r ? W.ball(Math.abs(m) - r, 0, k) : W.ZERO);

/** `kept`: what is stored is already of the format; `limited`: small numbers lose what the target's smallest ones lose. */
export function wideRules(m: Arithmetic, format: Format, kept: boolean, limited: boolean): WideRules {
  const lost = (x: Ball, by: number): Ball => (x.m === 0 && x.r === 0 ? x : W.widened(x, W.exactly(by)));
  const round = (x: Ball, u: number): Ball => {
    if (!W.known(x) || !(u < Infinity)) return W.UNKNOWN;
    const y = W.widened(x, times(W.most(x), u));
    return limited && below(y, m.smallest) ? lost(y, m.underflow) : y;
  };
  const exact = (v: Ball, x: Ball, y: Ball): Ball =>
    isWhole(x) && isWhole(y) && Math.abs(v.m) <= m.exact && v.k === 0 ? v : round(v, m.unit);
  const div = (x: Ball, y: Ball): Ball => (y.m === 0 ? W.UNKNOWN : round(W.mul(x, W.recip(y)), m.quotient));
  return {
    ...{ zero: W.ZERO, bit: W.bit, neg: W.neg, over: W.over, lt: W.lt, not: W.not, and: W.and, or: W.or },
    ...{
      select: W.select,
      middle: W.middle,
      reach: W.reach,
      unknown: W.UNKNOWN,
      max: W.greater,
      min: (x, y) => W.neg(W.greater(W.neg(x), W.neg(y))),
      div,
    },
    add: (x, y) => exact(W.add(x, y), x, y),
    sub: (x, y) => exact(W.sub(x, y), x, y),
    mul: (x, y) => exact(W.mul(x, y), x, y),
    whole: (v) => (v > m.exact ? round(W.exactly(v), m.unit) : W.exactly(v)),
    constant: (num, den) => constantOf(W.rational(num, den), m, round),
    load: loading(m, format, limited),
    ...transcendental(m, round),
    store: (x) => {
      const { relative, absolute } = STORAGE[format];
      const y = kept || !W.known(x) ? x : W.widened(x, times(W.most(x), relative));
      return W.known(y) && below(y, 2 ** -126) ? lost(y, Math.max(m.underflow, kept ? 0 : absolute)) : y;
    },
  };
}

function constantOf(c: Ball, m: Arithmetic, round: (x: Ball, u: number) => Ball): Ball {
  const near = W.middle(c);
  const exact = c.r === 0 && Math.fround(near) === near && Math.abs(near) >= m.smallest;
  return exact || (c.m === 0 && c.r === 0) ? c : round(c, 3 * m.unit);
}

function loading(m: Arithmetic, format: Format, limited: boolean): WideRules['load'] {
  return (v) => {
    const size = Math.abs(v);
    const { relative, absolute } = STORAGE[format];
    const asF32 = limited || size >= 2 ** -126 ? Math.abs(v - Math.fround(v)) : size * relative;
    const off = v === 0 ? 0 : format === 'f32' ? asF32 : size * relative + (limited ? absolute : 0);
    const flushed = limited && m.flushes && size < m.smallest && v !== 0 ? m.underflow : 0;
    return W.widened(W.exactly(v), W.exactly(off + flushed));
  };
}

function transcendental(m: Arithmetic, round: (x: Ball, u: number) => Ball): Pick<WideRules, 'exp' | 'log' | 'sqrt'> {
  return {
    exp: (x) => round(W.exp(x), m.exp + (m.expSlope === 0 ? 0 : m.expSlope * (Math.abs(W.middle(x)) + W.reach(x)))),
    log: (x) => {
      if (!(x.m > x.r)) return W.UNKNOWN;
      const [v, a, e] = [round(W.log(x), m.log), W.middle(x), W.reach(x)];
      return a - e <= 2 && a + e >= 0.5 && W.known(v) ? W.widened(v, W.exactly(m.logNearOne)) : v;
    },
    sqrt: (x, nonNegative) => {
      if (x.m === 0 && x.r === 0) return x;
      if (!(x.m >= x.r || (nonNegative && x.m >= 0))) return W.UNKNOWN;
      return round(W.sqrt(x), m.sqrt);
    },
  };
}

// ---- the text -----------------------------------------------------------------------------------------------------------

type Op = Expr & { readonly _tag: 'Op' };
const UNARY: ReadonlySet<string> = new Set(['neg', 'exp', 'log', 'not']);
const value = (v: string): Value => ({ v, e: '' });

/** As forward-text.ts, with R of WideRules, M the lanes to run, and P(output, place, ball) in place of V, E and C. */
export class WideText extends ForwardText {
  protected override readonly rules =
    'const { zero, bit, constant, whole, load, add, sub, mul, div, neg, exp, log, sqrt, max, min, over, lt, not, and, or, select, middle, reach, unknown, store } = R;';
  protected override readonly guard = 'if (M.has(Q)) ';
  protected override readonly zero = value('zero');

  protected override outputs(): readonly string[] {
    return [];
  }
  protected override array(name: string, dims: Place['dims']): Place {
    const [id, tagged] = [this.fresh(), this.tagged.has(name)];
    const length = dims.reduce((n, d) => n * d.capacity, 1);
    this.head.push(`const ${id} = new Array(${length}).fill(zero);`);
    if (tagged) this.head.push(`const ${id}_t = new Float64Array(${length});`);
    return { id, dims, tagged, chosen: false };
  }
  protected override named(v: string, _e: string, t?: string): Value {
    const id = this.fresh();
    this.lines.push(`const ${id} = ${v}${t === undefined ? '' : `, ${id}_t = ${t}`};`);
    return { ...value(id), ...(t !== undefined && { t: `${id}_t` }) };
  }
  protected override constant({ num, den }: Rational): Value {
    const id = this.fresh();
    this.head.push(`const ${id} = constant(${num}n, ${den}n);`);
    return value(id);
  }
  protected override truth(b: boolean): Value {
    return value(`bit(${b})`);
  }
  protected override real(int: Int): Value {
    return this.named(`whole(${this.int(int)})`, '');
  }
  protected override loaded(at: string): Value {
    return this.named(`load(${at})`, '');
  }

  protected override operation(e: Op): Value {
    const [a, b] = e.args.map((z) => this.expr(z)) as [Value, Value];
    const { operator } = e;
    if (operator === 'true' || operator === 'false') return this.truth(operator === 'true');
    if (operator === 'recip') return this.named(`div(bit(true), ${a.v})`, '');
    if (operator === 'sqrt') return this.named(`sqrt(${a.v}, ${nonNegative(e.args[0]!, this.positive)})`, '');
    if (UNARY.has(operator)) return this.named(`${operator}(${a.v})`, '');
    if (operator === 'sub' && a.t && b.t) return this.named(`${a.t} === ${b.t} ? zero : sub(${a.v}, ${b.v})`, '');
    if (operator === 'max' || operator === 'min')
      return this.named(`${operator}(${a.v}, ${b.v})`, '', this.tag(operator, a, b));
    return this.named(`${operator}(${a.v}, ${b.v})`, '');
  }
  /** Which of the two a greatest or least number surely is. */
  private tag(operator: 'max' | 'min', a: Value, b: Value): string | undefined {
    if (!a.t && !b.t) return undefined;
    const [first, second] = operator === 'max' ? [a, b] : [b, a];
    const surely = `over(${first.v}, ${second.v}) ? ${a.t ?? '++T'} : over(${second.v}, ${first.v}) ? ${b.t ?? '++T'} : ++T`;
    return a.t && b.t ? `${a.t} === ${b.t} ? ${a.t} : ${surely}` : surely;
  }
  protected override selection(e: Expr & { readonly _tag: 'Select' }): Value {
    const [c, y, n] = [this.expr(e.condition), this.expr(e.yes), this.expr(e.no)];
    return this.named(`select(${c.v}, ${y.v}, ${n.v})`, '');
  }

  protected override variable(keyword: 'const' | 'let', { id, tagged }: Place, { v, t }: Value): void {
    this.lines.push(`${keyword} ${id} = ${v}${tagged ? `, ${id}_t = ${t ?? '++T'}` : ''};`);
  }
  protected override assign(place: Place, index: readonly Int[], { v, t }: Value): void {
    const { id, dims, tagged } = place;
    const at = dims.length === 0 ? '' : `[${this.at(place, index)}]`;
    this.lines.push(`${id}${at} = ${v};${tagged ? ` ${id}_t${at} = ${t ?? '++T'};` : ''}`);
  }
  protected override held(name: string, index: readonly Int[]): Value {
    const place = this.names.get(name)!;
    const at = place.dims.length === 0 ? '' : `[${this.at(place, index)}]`;
    const { id, tagged } = place;
    if (at === '') return { ...value(id), ...(tagged && { t: `${id}_t` }) };
    return this.named(`${id}${at}`, '', tagged ? `${id}_t${at}` : undefined);
  }
  protected override around({ v }: Value): readonly [string, string] {
    return [`middle(${v})`, `reach(${v})`];
  }
  protected override unbounded({ id }: Place): string {
    return `${id} = unknown;`;
  }
  protected override store(which: number, at: string, { v }: Value): void {
    this.lines.push(`P(${which}, ${at}, store(${v}));`);
  }
}
