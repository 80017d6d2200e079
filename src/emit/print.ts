/**
 * IR -> the lines of a kernel's body, by a target's table. Invariant: one node, one phrase; nothing is decided here but layout and spelling.
 * It does not know what the kernel computes.
 */

import {
  type AxisVar,
  type Digit,
  type Expr,
  type Int,
  type Kernel,
  type Stage,
  type Stmt,
  laneUses,
} from '../ir/kernel.js';
import { type Dialect, type Phrase, atom, phrases } from './dialect.js';
import { Symbols } from './names.js';
import { type Param, TAIL, paramsOf } from './param.js';

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
        return phrases.plus(this.int(e.left), this.int(e.right));
      case 'Mul':
        return phrases.times(this.int(e.left), this.int(e.right));
      case 'Within':
        return dialect.lesser(atom(this.index(e.index)), phrases.minus(this.int(e.extent), atom(dialect.integer(1))));
      case 'Grid':
        return atom(this.block(e.use));
      case 'Turn':
        return phrases.minus(atom(this.block(e.use)), atom(dialect.integer(1)));
      case 'Block':
        return dialect.choose(dialect.isFirst(this.block(e.use)), this.int(e.first), this.int(e.other));
    }
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
        return phrases.element(this.arrays.get(e.array)!, [this.int(e.address)]);
      case 'Op':
        return dialect.operator[e.operator](...e.args.map((a) => this.expr(a)));
      case 'Select':
        return dialect.choose(this.expr(e.condition), this.expr(e.yes), this.expr(e.no));
    }
  }
  private element(name: string, index: readonly Int[]): Phrase {
    return phrases.element(
      name,
      index.map((i) => this.int(i)),
    );
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
        return [pad + phrases.assign(this.element(this.local(s.name), s.index), this.expr(s.value))];
      case 'Store':
        return [
          pad + phrases.assign(phrases.element(this.arrays.get(s.array)!, [this.int(s.address)]), this.expr(s.value)),
        ];
      case 'Barrier':
        return dialect.barrier.map((l) => pad + l);
      case 'Stage':
        return this.stage(s, depth);
      case 'Guard':
        return [
          `${pad}${phrases.guard(this.index(s.index), this.int(s.extent))} {`,
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

  /** All lanes fill a tile together; where every lane runs alone, it fills all of it. */
  private stage(s: Stage, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const { dialect } = this;
    const indices = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    const set = phrases.assign(this.element(this.tiles.get(s.tile)!, indices), this.expr(s.value));
    const from = dialect.alone ? dialect.integer(0) : this.lane();
    const by = dialect.alone ? undefined : dialect.integer(s.step);
    const one = s.dims.length === 1;
    const slot = one ? this.index(s.dims[0]!.index) : this.symbols.of('flat', 'slot');
    const rows = one ? [] : s.dims.map((d) => dialect.intBinding(this.index(d.index), this.digit(slot, d).text));
    const head = dialect.loop(slot, from, this.int(s.bound).text, by);
    return [`${pad}${head} {`, ...[...rows, set].map((l) => `${pad}  ${l}`), `${pad}}`];
  }

  /** counter / divisor % modulus */
  digit(counter: string, { divisor, modulus }: Digit): Phrase {
    const divided = divisor ? this.dialect.quotient(atom(counter), this.int(divisor)) : atom(counter);
    return modulus ? phrases.modulo(divided, this.int(modulus)) : divided;
  }

  // ---- where a lane and a block are ----

  /** A lane's number among all lanes of its block. */
  lane(): string {
    const lanes = laneUses(this.kernel);
    return lanes.length === 1 ? this.index(lanes[0]!.name) : 'lane';
  }
  laneIndices(): string[] {
    const { lanes } = this.kernel.frame;
    if (lanes.length <= 1) return [];
    return lanes.map((l) => this.dialect.intBinding(this.index(l.use), this.digit('lane', l).text));
  }
}

/** Each block number, from the grid's three. */
export function blockBindings(p: Printer, dims: readonly [string, string, string]): string[] {
  return p.kernel.frame.blocks.map((b) => p.dialect.intBinding(p.block(b.use), p.digit(dims[b.dimension], b).text));
}
