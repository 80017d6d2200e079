/**
 * A kernel's IR -> the text of a function that runs it in binary64 and carries beside each number how far a target's execution can be off: the
 * running error analysis of forward.ts. Invariant: one statement of the IR, one of the text, in the same order, so that a sum within a tile
 * and over tiles is bounded as it is summed; names and numbers of the IR alone reach the text, never a string of a user. Lanes and register
 * indices past a ragged extent are not run, since nothing of them is stored. It knows no target's figures: they are the `Rules` it is called with.
 *
 * A number x is two: x and x_e; where the greatest of several is subtracted it is three: equal tags x_t say that two variables hold one
 * number, computed once, so that their difference is exactly 0.
 */
import {
  type AxisUse,
  type Grouped,
  type Int,
  type Seek,
  type Put,
  type Stage,
  type Stmt,
  type Walk,
  groupedUses,
} from '../../kernel/ir/kernel.js';
import { ForwardNumbers, type Place, type Value } from './forward-numbers.js';

export class ForwardText extends ForwardNumbers {
  protected readonly rules: string =
    'const { U, S, W, F, L, X, div, exp, log, sqrt, most, unsure, choose, load, store, whole, either, pairs, candidates } = R;';
  /** which lanes are run */
  protected readonly guard: string = '';

  /**
   * The body of a function of (R, N, I, V, E, C, M): the rules, the sizes of `axes`, the inputs, the outputs' numbers, errors and candidates, and the
   * lanes, counted as they come, that store something without a finite bound.
   */
  text(): string {
    const { kernel } = this;
    kernel.tiles.forEach((t) => this.names.set(t.name, this.array(t.name, t.dims)));
    const grids = kernel.uses.filter(blocked);
    const loops = grids.map((u) => {
      const count = u._tag === 'Grouped' ? `1 + ${this.size(u.count)}` : this.size(u.axis);
      return `for (let ${this.block(u.name)} = 0; ${this.block(u.name)} < ${count}; ${this.block(u.name)}++) {`;
    });
    const lanes = groupedUses(kernel).filter((u) => u.as === 'lane');
    loops.push(...lanes.map((u) => this.turns(this.index(u.name), this.extent(u))));
    const indices = [...grids.map((u) => this.block(u.name)), ...lanes.map((u) => this.index(u.name))];
    this.body(kernel.body);
    const sizes = this.axes.map((_, i) => `s${i} = N[${i}]`);
    // a function for each lane: it is optimised as a whole after a few calls, where one long run of nested loops is not
    return [
      '"use strict";',
      this.rules,
      `const ${sizes.join(', ')};`,
      'let T = 0, Q = -1;',
      ...kernel.inputs.map((_, i) => `const in${i} = I[${i}];`),
      ...this.outputs(),
      ...this.head,
      `const lane = (${indices.join(', ')}) => {`,
      ...this.lines,
      '};',
      ...loops,
      `Q++; ${this.guard}lane(${indices.join(', ')});`,
      ...loops.map(() => '}'),
    ].join('\n');
  }

  protected outputs(): readonly string[] {
    return this.kernel.outputs.map((_, i) => `const out${i} = V[${i}], out${i}_e = E[${i}];`);
  }

  // ---- statements ---------------------------------------------------------------------------------------------------------

  private body(body: readonly Stmt[]): void {
    body.forEach((s) => this.statement(s));
  }
  private within(head: string, body: () => void): void {
    this.lines.push(head);
    body();
    this.lines.push('}');
  }

  private statement(s: Stmt): void {
    switch (s._tag) {
      case 'Int': {
        const value = this.int(s.value);
        return void this.lines.push(`const ${this.bind(`int ${s.name}`)} = ${value};`);
      }
      case 'Let':
      case 'Var':
        return this.declare(s);
      case 'Set':
        return this.assign(this.names.get(s.name)!, s.index, this.expr(s.value));
      case 'Loop':
        return this.within(this.turns(this.bind(`index ${s.index}`), this.int(s.bound)), () => this.body(s.body));
      case 'Each': {
        return this.within(this.walk(s), () => this.body(s.body));
      }
      case 'Seek':
        return this.seek(s);
      case 'Stage':
        return this.stage(s);
      case 'Put':
        return this.put(s);
      case 'Barrier':
        return;
      case 'Guard':
        return this.within(`if (${this.index(s.index)} < ${this.int(s.extent)}) {`, () => this.body(s.body));
      case 'Elect':
        return this.within('{', () => this.body(s.body));
      case 'Store': {
        const which = this.kernel.outputs.findIndex((a) => a.name === s.array);
        return this.store(which, this.int(s.address), this.expr(s.value), this.choices.has(s.value));
      }
    }
  }
  /** What is read is exact where the place is; a place that may be off by its error has no bound, unless surely no index is meant. */
  private seek(s: Seek): void {
    const place = this.expr(s.place);
    const [at, e] = [this.fresh(), this.fresh()];
    const made = { id: this.fresh(), dims: [], tagged: false, chosen: false };
    const [middle, radius] = this.around(place);
    this.lines.push(`const ${at} = ${middle}, ${e} = ${radius};`);
    this.variable('let', made, this.zero);
    const bound = this.int(s.bound);
    const index = this.bind(`index ${s.index}`);
    this.within('{', () => {
      this.lines.push(`const ${index} = Math.min(Math.floor(Math.max(${at}, 0)), ${bound} - 1);`);
      this.within(`if (${index} === ${at}) {`, () => {
        this.body(s.body);
        this.assign(made, [], this.expr(s.value));
      });
    });
    // written so that what is not a number is not sure
    const surely = `${at} + ${e} < 0 || ${at} - ${e} >= ${bound} || Math.floor(${at} + ${e}) < ${at} - ${e}`;
    this.lines.push(`if (${e} !== 0 && !(${surely})) ${this.unbounded(made)}`);
    this.names.set(s.name, made);
  }
  /** A number and how far it may be off, in binary64. */
  protected around({ v, e }: Value): readonly [string, string] {
    return [v, e];
  }
  protected unbounded({ id }: Place): string {
    return `${id}_e = Infinity;`;
  }
  protected store(which: number, at: string, { v, e, c }: Value, chosen: boolean): void {
    const [a, made] = [this.fresh(), this.fresh()];
    this.lines.push(
      `const ${a} = ${at}, ${made} = store(${v}, ${e});`,
      `out${which}[${a}] = ${v}; out${which}_e[${a}] = ${made}; if (!(${made} < Infinity)) M.add(Q);`,
    );
    if (chosen) this.lines.push(`C[${which}].set(${a}, candidates(${v}, ${e}, ${c}));`);
  }
  private walk({ index, over, bound }: Walk): string {
    const end = over._tag === 'Axis' ? this.int(bound) : this.extent(this.use(over.use));
    return this.turns(this.bind(`index ${index}`), end);
  }
  /** Of a lane's own index its own element alone: nothing else of the tile is read in that lane. */
  private put(s: Put): void {
    this.staged.delete(s.tile);
    const walks = s.dims.filter((d) => d.over._tag !== 'Lane');
    this.lines.push(...walks.map((d) => this.walk(d)));
    const index = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    this.assign(this.names.get(s.tile)!, index, this.expr(s.value));
    this.lines.push(...walks.map(() => '}'));
  }
  private use(name: string): Grouped {
    return groupedUses(this.kernel).find((u) => u.name === name)!;
  }

  private declare(s: Stmt & { readonly _tag: 'Let' | 'Var' }): void {
    if (s._tag === 'Var' && s.dims.length > 0) return void this.names.set(s.name, this.array(s.name, s.dims));
    const given = s._tag === 'Let' ? s.value : s.init;
    const [tagged, chosen] = [this.tagged.has(s.name), this.choices.names.has(s.name)];
    const place = { id: this.fresh(), dims: [], tagged, chosen };
    this.variable(s._tag === 'Let' ? 'const' : 'let', place, given ? this.expr(given) : this.zero);
    this.names.set(s.name, place);
  }
  protected readonly zero: Value = { v: '0', e: '0' };
  protected variable(keyword: 'const' | 'let', { id, tagged, chosen }: Place, { v, e, t, c }: Value): void {
    const more = [tagged ? `, ${id}_t = ${t ?? '++T'}` : '', chosen ? `, ${id}_c = ${c}` : ''];
    this.lines.push(`${keyword} ${id} = ${v}, ${id}_e = ${e}${more.join('')};`);
  }
  protected assign(place: Place, index: readonly Int[], { v, e, t, c }: Value): void {
    const { id, dims, tagged, chosen } = place;
    const at = dims.length === 0 ? '' : `[${this.at(place, index)}]`;
    const more = [tagged ? ` ${id}_t${at} = ${t ?? '++T'};` : '', chosen ? ` ${id}_c${at} = ${c};` : ''];
    this.lines.push(`${id}${at} = ${v}; ${id}_e${at} = ${e};${more.join('')}`);
  }
  /** An element that is loaded and no more is loaded where it is read: a lane runs alone, and would fill the whole tile for its own few reads. */
  private stage(s: Stage): void {
    const { tagged, chosen } = this.names.get(s.tile)!;
    this.staged.delete(s.tile);
    if (s.value._tag === 'Load' && !tagged && !chosen) return void this.staged.set(s.tile, s);
    const bounds = s.dims.map((d) => {
      const register = groupedUses(this.kernel).find((u) => u.name === d.use);
      return register ? this.extent(register) : this.int(d.bound);
    });
    this.lines.push(...s.dims.map((d, i) => this.turns(this.bind(`index ${d.index}`), bounds[i]!)));
    const index = s.dims.map((d): Int => ({ _tag: 'At', index: d.index }));
    this.assign(this.names.get(s.tile)!, index, this.expr(s.value));
    this.lines.push(...s.dims.map(() => '}'));
  }
}

type Blocked = Extract<AxisUse, { readonly axis: unknown } | { readonly _tag: 'Grouped' }>;
const blocked = (u: AxisUse): u is Blocked => u._tag === 'Grid' || u._tag === 'Grouped';
