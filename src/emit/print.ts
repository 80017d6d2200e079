/**
 * IR -> the lines of a kernel's body, by a target's table. Invariant: one node, one phrase; nothing is decided here but layout and spelling.
 * It does not know what the kernel computes.
 */

import type { Int, Loop, Put, Stage, Stmt, Walk } from '../ir/kernel.js';
import { atom, phrases } from './dialect.js';
import { Spelling } from './spell.js';

export class Printer extends Spelling {
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
      case 'Put':
        return this.put(s, depth);
      case 'Guard':
        return [
          `${pad}${phrases.guard(this.index(s.index), this.int(s.extent))} {`,
          ...this.lines(s.body, depth + 1),
          `${pad}}`,
        ];
      case 'Each':
        return this.walk(s, depth, (inner) => this.lines(s.body, inner));
      case 'Loop':
        return this.loop(s, depth);
    }
  }

  private declaration(s: Stmt & { readonly _tag: 'Var' }): string {
    if (s.dims.length > 0)
      return this.dialect.array(
        this.local(s.name),
        s.kind,
        s.dims.map((d) => (d.share && !this.dialect.alone ? this.dialect.integer(d.share.each) : this.constant(d.use))),
      );
    return this.dialect.variable(this.local(s.name), s.kind, s.init && this.expr(s.init).text);
  }

  private loop(s: Loop, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const head = this.dialect.loop(this.index(s.index), this.dialect.integer(0), this.int(s.bound).text, undefined);
    const unrolled = s.unroll === undefined ? [] : this.dialect.unrolled(s.unroll).map((l) => pad + l);
    return [
      `${pad}// ${this.note(s.note)}`,
      ...unrolled,
      `${pad}${head} {`,
      ...this.lines(s.body, depth + 1),
      `${pad}}`,
    ];
  }

  /** All turns, or those of a lane's slots. */
  private walk(w: Walk, depth: number, body: (depth: number) => string[]): string[] {
    const { dialect } = this;
    const pad = '  '.repeat(depth);
    const bound = this.int(w.bound);
    const index = this.index(w.index);
    if (!w.share || dialect.alone)
      return [
        `${pad}${dialect.loop(index, dialect.integer(0), bound.text, undefined)} {`,
        ...body(depth + 1),
        `${pad}}`,
      ];
    const slot = this.slot(w.index);
    const own = body(depth + (w.partial ? 2 : 1));
    const inner = w.partial ? [`${pad}  ${phrases.guard(index, bound)} {`, ...own, `${pad}  }`] : own;
    const isUsed = inner.some((l) => new RegExp(`\\b${index}\\b`).test(l));
    return [
      ...dialect.unrolled(undefined).map((l) => pad + l),
      `${pad}${dialect.loop(slot, dialect.integer(0), dialect.integer(w.share.each), undefined)} {`,
      ...(isUsed ? [`${pad}  ${dialect.intBinding(index, this.shared(slot, w.share).text)}`] : []),
      ...inner,
      `${pad}}`,
    ];
  }

  private put(s: Put, depth: number): string[] {
    const indices = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    const set = phrases.assign(this.element(this.tiles.get(s.tile)!, indices), this.expr(s.value));
    const inside = s.dims
      .filter((d) => d.over._tag !== 'Lane')
      .reduceRight<(depth: number) => string[]>(
        (inner, d) => (at) => this.walk(d, at, inner),
        (at) => ['  '.repeat(at) + set],
      );
    return inside(depth);
  }
  private note(text: string): string {
    return text.replace(/[^\x20-\x7e]/g, '?').replace(/\\/g, '/');
  }

  /**
   * All lanes fill a tile together; where every lane runs alone, it fills all of it. Where every lane fills equally many, turns are counted instead of
   * slots: a compiler sees how many there are.
   */
  private stage(s: Stage, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const { dialect } = this;
    const indices = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    const set = phrases.assign(this.element(this.tiles.get(s.tile)!, indices), this.expr(s.value));
    const one = s.dims.length === 1;
    const slot = one ? this.index(s.dims[0]!.index) : this.symbols.of('flat', 'slot');
    const rows = one ? [] : s.dims.map((d) => dialect.intBinding(this.index(d.index), this.digit(slot, d).text));
    const block = (head: string, lines: readonly string[]): string[] => [
      `${pad}${head} {`,
      ...lines.map((l) => `${pad}  ${l}`),
      `${pad}}`,
    ];
    const [zero, step] = [dialect.integer(0), dialect.integer(s.step)];
    if (dialect.alone) return block(dialect.loop(slot, zero, this.int(s.bound).text, undefined), [...rows, set]);
    if (s.turns === undefined)
      return block(dialect.loop(slot, this.lane(), this.int(s.bound).text, step), [...rows, set]);
    const turn = this.symbols.of('flat', 'turn');
    const flat = phrases.plus(phrases.times(atom(turn), atom(step)), atom(this.lane()));
    const head = dialect.loop(turn, zero, dialect.integer(s.turns), undefined);
    const lines = [dialect.intBinding(slot, flat.text), ...rows, set];
    return [...dialect.unrolled(undefined).map((l) => pad + l), ...block(head, lines)];
  }
}

/** Each block number, from the grid's three. */
export function blockBindings(p: Printer, dims: readonly [string, string, string]): string[] {
  return p.kernel.frame.blocks.map((b) => p.dialect.intBinding(p.block(b.use), p.digit(dims[b.dimension], b).text));
}
