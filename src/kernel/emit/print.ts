/**
 * IR -> the lines of a kernel's body, by a target's table. Invariant: one node, one phrase; nothing is decided here but layout and spelling.
 * It does not know what the kernel computes.
 */

import {
  type Elect,
  type Int,
  type Loop,
  type Put,
  type Seek,
  type Stage,
  type Stmt,
  type Walk,
  laneDims,
} from '../ir/kernel.js';
import { ATOM, type Phrase, atom, both, inside, phrases } from './dialect.js';
import { Spelling } from './spell.js';

/** The greatest number of f32 below 2^32. */
const LARGEST = 4294967040n;

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
        return [pad + this.store(s)];
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
      case 'Elect':
        return this.elect(s, depth);
      case 'Each':
        return this.walk(s, depth, (inner) => this.lines(s.body, inner));
      case 'Loop':
        return this.loop(s, depth);
      case 'Seek':
        return this.seek(s, depth);
    }
  }

  private store(s: Stmt & { readonly _tag: 'Store' }): string {
    const place = phrases.element(this.arrays.get(s.array)!, [this.int(s.address)]);
    return phrases.assign(place, this.stored(s.array, this.expr(s.value)));
  }

  private declaration(s: Stmt & { readonly _tag: 'Var' }): string {
    if (s.dims.length > 0)
      return this.dialect.array(
        this.local(s.name),
        s.kind,
        s.dims.map((d) =>
          d.share && !this.dialect.alone ? this.dialect.integer(d.share.perLane) : this.constant(d.use),
        ),
      );
    return this.dialect.variable(this.local(s.name), s.kind, s.init && this.expr(s.init).text);
  }

  /** The one index that can be the place; whether it is; and the value there. */
  private seek(s: Seek, depth: number): string[] {
    const { dialect } = this;
    const pad = '  '.repeat(depth);
    const [name, index] = [this.local(s.name), this.index(s.index)];
    const [place, at] = [this.symbols.of('place', `${s.name}_place`), atom(index)];
    const [zero, most] = [0n, LARGEST].map((num) => dialect.real({ num, den: 1n })) as [Phrase, Phrase];
    const { max, min } = dialect.operator;
    const last = phrases.minus(this.int(s.bound), atom(dialect.integer(1)));
    const near = dialect.lesser(dialect.toInteger(min(max(atom(place), zero), most)), last);
    return [
      pad + dialect.variable(name, 'real', zero.text),
      `${pad}{`,
      `${pad}  ${dialect.letBinding(place, 'real', this.expr(s.place).text)}`,
      `${pad}  ${dialect.intBinding(index, near.text)}`,
      `${pad}  ${phrases.when(dialect.equal(dialect.toReal(at), atom(place)))} {`,
      ...this.lines(s.body, depth + 2),
      `${pad}    ${phrases.assign(atom(name), this.expr(s.value))}`,
      `${pad}  }`,
      `${pad}}`,
    ];
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

  /** The first of the lanes along some dimensions; where every lane runs alone, there is no other. */
  private elect(s: Elect, depth: number): string[] {
    const pad = '  '.repeat(depth);
    if (this.dialect.alone) return [`${pad}{`, ...this.lines(s.body, depth + 1), `${pad}}`];
    const dims = laneDims(this.kernel).filter((u) => s.lanes.includes(u.name));
    const first = dims.map((u) => this.dialect.equal(atom(this.along(u)), atom(this.dialect.integer(0)))).reduce(both);
    return [`${pad}${phrases.when(first)} {`, ...this.lines(s.body, depth + 1), `${pad}}`];
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
      `${pad}${dialect.loop(slot, dialect.integer(0), dialect.integer(w.share.perLane), undefined)} {`,
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

  /** All lanes fill a tile together; where every lane runs alone, it fills all of it. */
  private stage(s: Stage, depth: number): string[] {
    const pad = '  '.repeat(depth);
    const { dialect } = this;
    const one = s.dims.length === 1;
    const slot = one ? this.index(s.dims[0]!.index) : this.symbols.of('flat', 'slot');
    const rows = one ? [] : s.dims.map((d) => dialect.intBinding(this.index(d.index), this.digit(slot, d).text));
    const indices = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    const [place, value] = [this.element(this.tiles.get(s.tile)!, indices), this.expr(s.value)];
    const filled = (): string[] => {
      const [zero, step] = [dialect.integer(0), dialect.integer(s.step)];
      const all = [...rows, phrases.assign(place, value)];
      if (dialect.alone) return braced(dialect.loop(slot, zero, this.int(s.bound).text, undefined), all);
      if (s.turns === undefined) return braced(dialect.loop(slot, this.lane(), this.int(s.bound).text, step), all);
      return this.counted({ ...s, turns: s.turns }, (flat, set) => [
        dialect.intBinding(slot, flat),
        ...rows,
        set(place, value),
      ]);
    };
    return filled().map((l) => pad + l);
  }

  /** Where every lane fills equally many, turns are counted instead of slots, so that a compiler sees how many there are. */
  private counted(
    { turns, ahead = 1, step }: Stage & { readonly turns: number },
    turn: (flat: string, set: (place: Phrase, value: Phrase) => string) => string[],
  ): string[] {
    const { dialect } = this;
    const index = this.symbols.of('flat', 'turn');
    const flatOf = (n: Phrase): string =>
      phrases.plus(phrases.times(n, atom(dialect.integer(step))), atom(this.lane())).text;
    const each = (index: string, many: number, lines: readonly string[]): string[] =>
      braced(dialect.loop(index, dialect.integer(0), dialect.integer(many), undefined), lines);
    const unrolled = (many: number, lines: readonly string[]): string[] => [
      ...dialect.unrolled(undefined),
      ...each(index, many, lines),
    ];
    if (ahead === 1) return unrolled(turns, turn(flatOf(atom(index)), phrases.assign));
    const [name, batch] = [this.symbols.of('flat', 'loaded'), this.symbols.of('flat', 'loads')];
    const loaded = phrases.element(name, [atom(index)]);
    const flat = flatOf(phrases.plus(phrases.times(atom(batch), atom(dialect.integer(ahead))), atom(index)));
    return each(batch, turns / ahead, [
      dialect.array(name, 'real', [dialect.integer(ahead)]),
      ...unrolled(
        ahead,
        turn(flat, (_, value) => phrases.assign(loaded, value)),
      ),
      ...unrolled(
        ahead,
        turn(flat, (place) => phrases.assign(place, loaded)),
      ),
    ]);
  }
}

const braced = (head: string, lines: readonly string[]): string[] => [`${head} {`, ...lines.map((l) => `  ${l}`), '}'];

/** How blocks are numbered in a text: by the grid's three numbers, or by one number that is counted over all of them. */
export type Grid = 'three' | 'folded';

/** Each block number, from the grid's three. */
export function blockBindings(p: Printer, dims: readonly [string, string, string]): string[] {
  return p.kernel.frame.blocks.map((b) => p.dialect.intBinding(p.block(b.use), p.digit(dims[b.dimension], b).text));
}

/** Each block number, from the one; a block past the end, whose number some other has, returns. */
export function foldedBindings(p: Printer, counter: string): string[] {
  const { blocks, end } = p.kernel.frame.folded;
  const number = p.symbols.of('frame', 'block_number');
  return [
    p.dialect.intBinding(number, counter),
    `if (${number} >= ${inside(p.int(end), ATOM)}) {`,
    '  return;',
    '}',
    ...blocks.map((b) => p.dialect.intBinding(p.block(b.use), p.digit(number, b).text)),
  ];
}
