/**
 * The names, integers and numbers of forward-text.ts: expressions of the IR as the text of their values and of their errors. Invariant: what is
 * bound once in the IR is bound once in the text; each operation is one call of a rule. It knows no statement and no target's figures.
 */
import type { AxisVar, Dim, Expr, Grouped, Int, Kernel, Rational, Stage } from '../../kernel/ir/kernel.js';
import { variablesOf } from '../../kernel/ir/kernel.js';
import { Choices } from './choice.js';
import { gauges, nonNegative, nonNegatives } from './sign.js';
import { middle, rational } from '../reference/wide.js';

export interface Value {
  readonly v: string;
  readonly e: string;
  readonly t?: string;
  /** what it may be where a choice is not sure: undefined where it is sure (forward-rules.ts) */
  readonly c?: string;
}
export interface Place {
  readonly id: string;
  readonly dims: readonly Dim[];
  readonly tagged: boolean;
  readonly chosen: boolean;
}
type Op = Expr & { readonly _tag: 'Op' };
type Select = Expr & { readonly _tag: 'Select' };

export class ForwardNumbers {
  readonly axes: readonly AxisVar[];
  protected readonly head: string[] = [];
  protected readonly lines: string[] = [];
  protected readonly names = new Map<string, Place>();
  protected readonly ints = new Map<string, string>();
  /** what the tiles hold that are not filled: each of their elements is loaded where it is read */
  protected readonly staged = new Map<string, Stage>();
  protected readonly positive: ReadonlySet<string>;
  protected readonly tagged: ReadonlySet<string>;
  protected readonly choices: Choices;
  protected next = 0;

  /** `narrow`: inputs are rounded to a format of fewer bits as they are loaded */
  constructor(
    protected readonly kernel: Kernel,
    protected readonly narrow: boolean,
  ) {
    this.axes = [...new Set(kernel.uses.flatMap(variablesOf))];
    this.positive = nonNegatives(kernel);
    this.tagged = gauges(kernel.body);
    this.choices = new Choices(kernel);
  }

  // ---- names --------------------------------------------------------------------------------------------------------------

  protected fresh(): string {
    return `x${this.next++}`;
  }
  protected size(a: AxisVar): string {
    return `s${this.axes.indexOf(a)}`;
  }
  protected block(use: string): string {
    return `b${this.kernel.uses.findIndex((u) => u.name === use)}`;
  }
  protected index(name: string): string {
    return this.ints.get(`index ${name}`) ?? this.bind(`index ${name}`);
  }
  protected bind(key: string): string {
    const id = `i${this.next++}`;
    this.ints.set(key, id);
    return id;
  }
  protected extent(u: Grouped): string {
    return `(${this.block(u.name)} === 0 ? ${this.size(u.rest)} : ${this.size(u.tile)})`;
  }
  protected turns(index: string, bound: string): string {
    return `for (let ${index} = 0; ${index} < ${bound}; ${index}++) {`;
  }
  /** An array stands outside all loops: what it holds is written before it is read, in every turn. */
  protected array(name: string, dims: readonly Dim[]): Place {
    const [id, tagged, chosen] = [this.fresh(), this.tagged.has(name), this.choices.names.has(name)];
    const length = dims.reduce((n, d) => n * d.capacity, 1);
    for (const part of tagged ? ['', '_e', '_t'] : ['', '_e'])
      this.head.push(`const ${id}${part} = new Float64Array(${length});`);
    if (chosen) this.head.push(`const ${id}_c = new Array(${length});`);
    return { id, dims, tagged, chosen };
  }

  // ---- integers -----------------------------------------------------------------------------------------------------------

  protected int(e: Int): string {
    switch (e._tag) {
      case 'Num':
        return `${e.value}`;
      case 'Size':
        return this.size(e.axis);
      case 'Name':
        return this.ints.get(`int ${e.name}`)!;
      case 'At':
      case 'Slot': // an array stands for those of all lanes
        return this.index(e.index);
      case 'Add':
        return `(${this.int(e.left)} + ${this.int(e.right)})`;
      case 'Mul':
        return `${this.int(e.left)} * ${this.int(e.right)}`;
      case 'Within':
        return `Math.min(${this.index(e.index)}, ${this.int(e.extent)} - 1)`;
      case 'Grid':
        return this.block(e.use);
      case 'Turn':
        return `(${this.block(e.use)} - 1)`;
      case 'Block':
        return `(${this.block(e.use)} === 0 ? ${this.int(e.first)} : ${this.int(e.other)})`;
    }
  }

  // ---- numbers ------------------------------------------------------------------------------------------------------------

  protected named(v: string, e: string, t?: string, c?: string): Value {
    const id = this.fresh();
    const more = [t === undefined ? '' : `, ${id}_t = ${t}`, c === undefined ? '' : `, ${id}_c = ${c}`];
    this.lines.push(`const ${id} = ${v}, ${id}_e = ${e}${more.join('')};`);
    return { v: id, e: `${id}_e`, ...(t !== undefined && { t: `${id}_t` }), ...(c !== undefined && { c: `${id}_c` }) };
  }

  protected expr(e: Expr): Value {
    switch (e._tag) {
      case 'Const':
        return this.constant(e.value);
      case 'Bool':
        return this.truth(e.value);
      case 'Real':
        return this.real(e.int);
      case 'Get':
      case 'Tile':
        return this.element(e.name, e.index);
      case 'Load': {
        const at = `in${this.kernel.inputs.findIndex((a) => a.name === e.array)}[${this.int(e.address)}]`;
        const isTruth = this.kernel.inputs.find((a) => a.name === e.array)!.kind === 'boolean';
        return isTruth ? this.named(`${at} !== 0 ? 1 : 0`, '0') : this.loaded(at);
      }
      case 'Op':
        return this.operation(e);
      case 'Select':
        return this.selection(e);
    }
  }

  protected constant(c: Rational): Value {
    return constant(c);
  }
  protected truth(value: boolean): Value {
    return { v: value ? '1' : '0', e: '0' };
  }
  protected real(int: Int): Value {
    const value = this.named(this.int(int), '0');
    return this.named(value.v, `whole(${value.v})`);
  }
  protected loaded(at: string): Value {
    const value = this.named(at, '0');
    const flushed = `${value.v} < S && ${value.v} > -S && ${value.v} !== 0 ? F : 0`;
    return this.named(value.v, this.narrow ? `load(${value.v})` : flushed);
  }

  private element(name: string, index: readonly Int[]): Value {
    const staged = this.staged.get(name);
    if (!staged) return this.held(name, index);
    const at = index.map((i) => this.int(i));
    staged.dims.forEach((d, i) => this.ints.set(`index ${d.index}`, at[i]!));
    return this.expr(staged.value);
  }
  /** What a variable or an array of the text holds. */
  protected held(name: string, index: readonly Int[]): Value {
    const place = this.names.get(name)!;
    const { id, tagged, chosen } = place;
    if (place.dims.length === 0)
      return { v: id, e: `${id}_e`, ...(tagged && { t: `${id}_t` }), ...(chosen && { c: `${id}_c` }) };
    const at = this.at(place, index);
    const [t, c] = [tagged ? `${id}_t[${at}]` : undefined, chosen ? `${id}_c[${at}]` : undefined];
    return this.named(`${id}[${at}]`, `${id}_e[${at}]`, t, c);
  }
  protected at({ dims }: Place, index: readonly Int[]): string {
    return index.map((i) => this.int(i)).reduce((flat, i, d) => `(${flat}) * ${dims[d]!.capacity} + ${i}`);
  }

  protected operation(e: Op): Value {
    const args = e.args.map((z) => this.expr(z));
    const made = this.applied(e, args as [Value, Value]);
    const f = JOINED[e.operator];
    if (f === undefined || args.every((x) => x.c === undefined)) return made;
    const c = `${this.fresh()}_c`;
    this.lines.push(`const ${c} = pairs(${f}, ${choice(args[0]!)}, ${args[1] ? choice(args[1]) : '0, undefined'});`);
    return { ...made, c };
  }
  private applied(e: Op, [a, b]: readonly [Value, Value]): Value {
    const [x] = e.args;
    const call = (rule: string, sign: string): Value =>
      this.named(`${a.v} ${sign} ${b.v}`, `${rule}(${parts(a)}, ${parts(b)})`);
    // prettier-ignore
    switch (e.operator) {
      case 'add': return this.summed(a, b, '+');
      case 'sub': return this.difference(a, b);
      case 'mul': return this.multiplied(a, b);
      case 'div': return call('div', '/');
      case 'neg': return this.named(`-${a.v}`, a.e);
      case 'recip': return this.named(`1 / ${a.v}`, `div(1, 0, ${parts(a)})`);
      case 'exp': return this.named(`Math.exp(${a.v})`, `exp(${parts(a)})`);
      case 'log': return this.named(`Math.log(${a.v})`, `log(${parts(a)})`);
      case 'sqrt': return this.named(`Math.sqrt(Math.max(${a.v}, 0))`, `sqrt(${parts(a)}, ${nonNegative(x!, this.positive)})`);
      case 'max': return this.extreme(a, b, '');
      case 'min': return this.extreme(a, b, '-');
      case 'lt': return this.named(`${a.v} < ${b.v} ? 1 : 0`, `unsure(${parts(a)}, ${parts(b)})`);
      case 'not': return this.named(`1 - ${a.v}`, a.e);
      // sure where one side surely decides
      case 'and': return this.named(`${a.v} * ${b.v}`, `${a.v} + ${a.e} === 0 || ${b.v} + ${b.e} === 0 ? 0 : Math.max(${a.e}, ${b.e})`);
      case 'or': return this.named(`Math.max(${a.v}, ${b.v})`, `${a.v} - ${a.e} === 1 || ${b.v} - ${b.e} === 1 ? 0 : Math.max(${a.e}, ${b.e})`);
      case 'true': return { v: '1', e: '0' };
      case 'false': return { v: '0', e: '0' };
    }
  }
  /** The rule `mul`, written out: most of a kernel's time is spent in these two, and a call would put its result on the heap. */
  protected multiplied(a: Value, b: Value): Value {
    const id = this.fresh();
    const size = ({ v }: Value, other: Value): string =>
      other.e === '0' ? '' : `(${v} < 0 ? -${v} : ${v}) * ${other.e}`;
    const both = a.e === '0' || b.e === '0' ? '' : `${a.e} * ${b.e}`;
    const before = [size(a, b), size(b, a), both].filter((part) => part !== '').join(' + ');
    const tiny = `${a.v} !== 0 && ${b.v} !== 0 ? W : 0`;
    return this.written(id, `${a.v} * ${b.v}`, before, [a, b], `${id} === 0 && ${id}_s === 0 ? ${tiny} : `);
  }
  /** The rule `add`, written out. */
  protected summed(a: Value, b: Value, sign: '+' | '-', special = ''): Value {
    const before = [a.e, b.e].filter((e) => e !== '0').join(' + ');
    return this.written(this.fresh(), `${a.v} ${sign} ${b.v}`, before, [a, b], special);
  }
  /** An exact result of exact integers has no error; another is rounded, by the rule `round`. */
  private written(id: string, v: string, before: string, [a, b]: readonly [Value, Value], special: string): Value {
    const whole = `Math.trunc(${a.v}) === ${a.v} && Math.trunc(${b.v}) === ${b.v} && ${id}_a <= X`;
    const round = `${id}_a + ${id}_r > L ? Infinity : ${id}_a - ${id}_r < S && ${id}_a + ${id}_s !== 0 ? ${id}_r + W : ${id}_r`;
    this.lines.push(
      `const ${id} = ${v}, ${id}_s = ${before === '' ? '0' : before}, ${id}_a = ${id} < 0 ? -${id} : ${id};`,
      `const ${id}_r = ${id}_s + U * (${id}_a + ${id}_s);`,
      `const ${id}_e = ${id}_s === 0 && ${whole} ? 0 : ${special}${round};`,
    );
    return { v: id, e: `${id}_e` };
  }
  protected difference(a: Value, b: Value): Value {
    return this.summed(a, b, '-', a.t && b.t ? `${a.t} === ${b.t} ? 0 : ` : '');
  }

  /** The greater, or with a sign before both the lesser; it is surely one of them where the other is surely beyond its error. */
  protected extreme(a: Value, b: Value, sign: '' | '-'): Value {
    const value = `Math.${sign === '' ? 'max' : 'min'}(${a.v}, ${b.v})`;
    const error = `most(${sign}${a.v}, ${a.e}, ${sign}${b.v}, ${b.e})`;
    if (!a.t && !b.t) return this.named(value, error);
    const sure = (z: Value, w: Value): string => `${sign}${z.v} - ${z.e} > ${sign}${w.v} + ${w.e} ? ${z.t ?? '++T'}`;
    const tag = `${sure(a, b)} : ${sure(b, a)} : ++T`;
    return this.named(value, error, a.t && b.t ? `${a.t} === ${b.t} ? ${a.t} : ${tag}` : tag);
  }

  protected selection(e: Select): Value {
    const [c, y, n] = [this.expr(e.condition), this.expr(e.yes), this.expr(e.no)];
    const chosen = (p: Value, q: Value): string => `choose(${c.e}, ${parts(p)}, ${parts(q)})`;
    const may = (p: Value, q: Value): string => `either(${c.e}, ${choice(p)}, ${choice(q)})`;
    const by = (one: typeof chosen): string => `${c.v} === 1 ? ${one(y, n)} : ${one(n, y)}`;
    return this.named(
      `${c.v} === 1 ? ${y.v} : ${n.v}`,
      by(chosen),
      undefined,
      this.choices.has(e) ? by(may) : undefined,
    );
  }
}

const parts = ({ v, e }: Value): string => `${v}, ${e}`;
const choice = ({ v, c }: Value): string => `${v}, ${c}`;
const JOINED: Readonly<Partial<Record<Op['operator'], string>>> = {
  add: '(x, y) => x + y',
  sub: '(x, y) => x - y',
  mul: '(x, y) => x * y',
  neg: '(x) => -x',
  max: 'Math.max',
  min: 'Math.min',
};

const dyadic = (den: bigint): boolean => (den & (den - 1n)) === 0n;
/** A constant that a target holds exactly has no error; another is a quotient of two rounded numbers at worst, and may be flushed. */
function constant({ num, den }: Rational): Value {
  const c = middle(rational(num, den));
  const text = c < 0 ? `(${c})` : `${c}`;
  if (!Number.isFinite(c)) return { v: text, e: 'Infinity' };
  const tiny = Math.abs(c) < 2 ** -100 && num !== 0n ? ' + W' : '';
  return { v: text, e: dyadic(den) && Math.fround(c) === c && tiny === '' ? '0' : `(3 * U * ${Math.abs(c)}${tiny})` };
}
