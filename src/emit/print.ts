/**
 * IR -> the lines of a kernel's body, by a target's table. Invariant: one node, one phrase; nothing is decided here but layout and spelling.
 * It does not know what the kernel computes.
 */

import {
  type AxisUse,
  type AxisVar,
  type Expr,
  type Int,
  type Kernel,
  type Stmt,
  laneCount,
  laneUses,
} from '../ir/kernel.js';
import { type Dialect, type Phrase, atom, inside, minus, modulo, over, plus, times } from './dialect.js';
import { Symbols } from './names.js';
import { type Param, type Part, TAIL, gridDims, paramsOf } from './param.js';

export class Printer {
  readonly symbols = new Symbols();
  readonly entry: string;
  readonly arrays: ReadonlyMap<string, string>;
  readonly tiles: ReadonlyMap<string, string>;
  readonly params: readonly Param[];
  private readonly sizes = new Map<AxisVar, string>();
  private readonly constants = new Map<string, string>();

  constructor(
    readonly kernel: Kernel,
    readonly dialect: Dialect,
  ) {
    this.entry = this.symbols.of('entry', kernel.name, '_kernel');
    this.arrays = new Map(
      [...kernel.inputs, ...kernel.outputs].map((a) => [a.name, this.symbols.of('array', a.name, '_array')]),
    );
    this.tiles = new Map(kernel.tiles.map((t) => [t.name, this.symbols.of('tile', t.name, '_tile')]));
    this.params = paramsOf(kernel.uses).map((p) => ({
      ...p,
      name: this.symbols.of('param', `${p.use}_${TAIL[p.part]}`),
    }));
    this.params.forEach((p) => this.sizes.set(p.axis, p.name));
    for (const u of kernel.uses) {
      if (!('capacity' in u)) continue;
      this.constants.set(u.name, this.symbols.of('constant', `${u.name.toUpperCase()}_TILE`));
      this.sizes.set(u.tile, this.constants.get(u.name)!);
    }
    for (const u of kernel.uses) if ('capacity' in u) this.index(u.name);
  }

  constant(use: string): string {
    return this.constants.get(use)!;
  }
  index(name: string): string {
    return this.symbols.of('index', name, '_i');
  }
  block(use: string): string {
    return this.symbols.of('block', `${use}_block`);
  }
  private local(name: string): string {
    return this.symbols.of('local', name);
  }

  // ---- integers ----

  int(e: Int): Phrase {
    const { dialect } = this;
    switch (e._tag) {
      case 'Num':
        return atom(dialect.integer(e.value));
      case 'Size':
        return atom(this.sizes.get(e.axis)!);
      case 'Name':
        return atom(this.local(e.name));
      case 'At':
        return atom(this.index(e.index));
      case 'Add':
        return plus(this.int(e.left), this.int(e.right));
      case 'Mul':
        return times(this.int(e.left), this.int(e.right));
      case 'Within':
        return dialect.lesser(atom(this.index(e.index)), minus(this.int(e.extent), atom(dialect.integer(1))));
      case 'Turn':
        return this.turn(e.use);
      case 'Block':
        return dialect.choose(dialect.isFirst(this.block(e.use)), this.int(e.first), this.int(e.other));
    }
  }
  private turn(use: string): Phrase {
    const block = atom(this.block(use));
    const isGrid = this.kernel.uses.some((u) => u.name === use && u._tag === 'Grid');
    return isGrid ? block : minus(block, atom(this.dialect.integer(1)));
  }

  // ---- scalars ----

  expr(e: Expr): Phrase {
    const { dialect } = this;
    switch (e._tag) {
      case 'Const':
        return dialect.real(e.value);
      case 'Bool':
        return atom(`${e.value}`);
      case 'Real':
        return dialect.toReal(this.int(e.int));
      case 'Get':
        return this.element(this.local(e.name), e.index);
      case 'Tile':
        return this.element(this.tiles.get(e.name)!, e.index);
      case 'Load':
        return atom(`${this.arrays.get(e.array)!}[${this.int(e.address).text}]`);
      case 'Op':
        return this.operation(e);
      case 'Select':
        return this.selection(e);
    }
  }
  private element(name: string, index: readonly Int[]): Phrase {
    return atom(`${name}${index.map((i) => `[${this.int(i).text}]`).join('')}`);
  }

  /** x + (-y) reads x - y, and x * (1 / y) reads x / y. */
  private operation(e: Expr & { readonly _tag: 'Op' }): Phrase {
    const [x, y] = e.args;
    if (e.operator === 'add' && y!._tag === 'Op' && y!.operator === 'neg')
      return minus(this.expr(x!), this.expr(y!.args[0]!));
    if (e.operator === 'mul' && y!._tag === 'Op' && y!.operator === 'recip')
      return over(this.expr(x!), this.expr(y!.args[0]!));
    if (e.operator === 'mul' && x!._tag === 'Op' && x!.operator === 'recip')
      return over(this.expr(y!), this.expr(x!.args[0]!));
    return this.dialect.operator[e.operator](...e.args.map((a) => this.expr(a)));
  }

  /** select(x < y, y, x) reads max(x, y); select(x < y, x, y) reads min(x, y). */
  private selection({ condition, yes, no }: Expr & { readonly _tag: 'Select' }): Phrase {
    const [c, y, n] = [this.expr(condition), this.expr(yes), this.expr(no)];
    if (condition._tag === 'Op' && condition.operator === 'lt') {
      const [left, right] = condition.args.map((a) => this.expr(a).text);
      if (right === y.text && left === n.text) return this.dialect.max(n, y);
      if (left === y.text && right === n.text) return this.dialect.min(y, n);
    }
    return this.dialect.choose(c, y, n);
  }

  // ---- statements ----

  lines(body: readonly Stmt[], depth: number): string[] {
    return body.flatMap((s) => this.statement(s, depth));
  }

  private statement(s: Stmt, depth: number): string[] {
    const { dialect } = this;
    const pad = '  '.repeat(depth);
    switch (s._tag) {
      case 'Int':
        return [pad + dialect.intBinding(this.local(s.name), this.int(s.value).text)];
      case 'Let':
        return [pad + dialect.letBinding(this.local(s.name), s.kind, this.expr(s.value).text)];
      case 'Var':
        return [pad + this.declaration(s)];
      case 'Set':
        return [`${pad}${this.element(this.local(s.name), s.index).text} = ${this.expr(s.value).text};`];
      case 'Store':
        return [`${pad}${this.arrays.get(s.array)!}[${this.int(s.address).text}] = ${this.expr(s.value).text};`];
      case 'Barrier':
        return dialect.barrier.map((l) => pad + l);
      case 'Stage':
        return this.stage(s, depth);
      case 'Guard':
        return [
          `${pad}if (${this.index(s.index)} < ${this.int(s.extent).text}) {`,
          ...this.lines(s.body, depth + 1),
          `${pad}}`,
        ];
      case 'Each':
      case 'Loop':
        return this.loop(s, depth);
    }
  }

  private declaration(s: Stmt & { readonly _tag: 'Var' }): string {
    if (s.dims.length > 0)
      return this.dialect.array(
        this.local(s.name),
        s.kind,
        s.dims.map((d) => this.constant(d.use)),
      );
    return this.dialect.variable(this.local(s.name), s.kind, s.init && this.expr(s.init).text);
  }

  private loop(s: Stmt & { readonly _tag: 'Each' | 'Loop' }, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const head = this.dialect.loop(this.index(s.index), this.dialect.integer(0), this.int(s.bound).text, undefined);
    const unrolled = s._tag === 'Each' && s.over._tag === 'Register' ? this.dialect.unrolled.map((l) => pad + l) : [];
    const note = s._tag === 'Loop' ? [`${pad}// ${this.note(s.note)}`] : [];
    return [...note, ...unrolled, `${pad}${head} {`, ...this.lines(s.body, depth + 1), `${pad}}`];
  }
  private note(text: string): string {
    return text.replace(/[^\x20-\x7e]/g, '?').replace(/\\/g, '/');
  }

  /** All lanes fill a tile together, each every LANES-th element. */
  private stage(s: Stmt & { readonly _tag: 'Stage' }, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const { dialect } = this;
    const set = `${
      this.element(
        this.tiles.get(s.tile)!,
        s.dims.map((d) => ({ _tag: 'At', index: d.index })),
      ).text
    } = ${this.expr(s.value).text};`;
    const from = dialect.alone ? dialect.integer(0) : this.lane();
    const by = dialect.alone ? undefined : dialect.integer(laneCount(this.kernel));
    if (s.dims.length === 1)
      return [
        `${pad}${dialect.loop(this.index(s.dims[0]!.index), from, this.int(s.dims[0]!.bound).text, by)} {`,
        `${pad}  ${set}`,
        `${pad}}`,
      ];
    const flat = this.symbols.of('flat', 'slot');
    const bounds = s.dims.map((d) => this.int(d.bound));
    const rows = s.dims.map((d, i) => {
      const inner = bounds.slice(i + 1);
      const divided = inner.length === 0 ? atom(flat) : dialect.quotient(atom(flat), inner.reduce(times));
      return `${pad}  ${dialect.intBinding(this.index(d.index), (i === 0 ? divided : modulo(divided, bounds[i]!)).text)}`;
    });
    return [`${pad}${dialect.loop(flat, from, bounds.reduce(times).text, by)} {`, ...rows, `${pad}  ${set}`, `${pad}}`];
  }

  // ---- where a lane and a block are ----

  /** A lane's number among all lanes of its block. */
  lane(): string {
    const lanes = laneUses(this.kernel);
    return lanes.length === 1 ? this.index(lanes[0]!.name) : 'lane';
  }
  laneIndices(): string[] {
    const lanes = laneUses(this.kernel);
    if (lanes.length <= 1) return [];
    return lanes.map((u, i) => {
      const inner = lanes.slice(i + 1).map((v) => atom(this.constant(v.name)));
      const divided = inner.length === 0 ? atom('lane') : this.dialect.quotient(atom('lane'), inner.reduce(times));
      return this.dialect.intBinding(
        this.index(u.name),
        (i === 0 ? divided : modulo(divided, atom(this.constant(u.name)))).text,
      );
    });
  }
  extentOfGrid(u: AxisUse): Phrase {
    const name = (part: Part): string => this.params.find((p) => p.use === u.name && p.part === part)!.name;
    return u._tag === 'Grouped' ? plus(atom(this.dialect.integer(1)), atom(name('count'))) : atom(name('size'));
  }
}

/** Each block number, from the grid's three. */
export function blockBindings(p: Printer, dims: readonly [string, string, string]): string[] {
  return gridDims(p.kernel).flatMap((uses, d) =>
    uses.map((u, i) => {
      const inner = uses.slice(i + 1).map((v) => atom(inside(p.extentOfGrid(v), 5)));
      const divided = inner.length === 0 ? atom(dims[d]!) : p.dialect.quotient(atom(dims[d]!), inner.reduce(times));
      return p.dialect.intBinding(p.block(u.name), (i === 0 ? divided : modulo(divided, p.extentOfGrid(u))).text);
    }),
  );
}
