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
  type Put,
  type Stage,
  type Stmt,
  type Walk,
  groupedUses,
} from '../ir/kernel.js';
import { ForwardNumbers, type Place, type Value } from './forward-numbers.js';

export class ForwardText extends ForwardNumbers {
  /** The body of a function of (R, N, I, V, E): the rules, the sizes of `axes`, the inputs, the outputs' numbers and errors. */
  text(): string {
    const { kernel } = this;
    kernel.tiles.forEach((t) => this.names.set(t.name, this.array(t.dims, false)));
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
      'const { U, S, W, F, L, X, div, exp, log, sqrt, most, unsure, choose, load, store, whole } = R;',
      `const ${sizes.join(', ')};`,
      'let T = 0;',
      ...kernel.inputs.map((_, i) => `const in${i} = I[${i}];`),
      ...kernel.outputs.map((_, i) => `const out${i} = V[${i}], out${i}_e = E[${i}];`),
      ...this.head,
      `const lane = (${indices.join(', ')}) => {`,
      ...this.lines,
      '};',
      ...loops,
      `lane(${indices.join(', ')});`,
      ...loops.map(() => '}'),
    ].join('\n');
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
      case 'Stage':
        return this.stage(s);
      case 'Put':
        return this.put(s);
      case 'Barrier':
        return;
      case 'Guard':
        return this.within(`if (${this.index(s.index)} < ${this.int(s.extent)}) {`, () => this.body(s.body));
      case 'Store': {
        const { v, e } = this.expr(s.value);
        const [out, at] = [`out${this.kernel.outputs.findIndex((a) => a.name === s.array)}`, this.int(s.address)];
        return void this.lines.push(`${out}[${at}] = ${v}; ${out}_e[${at}] = store(${v}, ${e});`);
      }
    }
  }
  private walk({ index, over, bound }: Walk): string {
    const end = over._tag === 'Axis' ? this.int(bound) : this.extent(this.use(over.use));
    return this.turns(this.bind(`index ${index}`), end);
  }
  /** Of a lane's own index its own element alone: nothing else of the tile is read in that lane. */
  private put(s: Put): void {
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
    const tagged = this.tagged.has(s.name);
    if (s._tag === 'Var' && s.dims.length > 0) return void this.names.set(s.name, this.array(s.dims, tagged));
    const given = s._tag === 'Let' ? s.value : s.init;
    const { v, e, t } = given ? this.expr(given) : { v: '0', e: '0', t: undefined };
    const id = this.fresh();
    const keyword = s._tag === 'Let' ? 'const' : 'let';
    this.lines.push(`${keyword} ${id} = ${v}, ${id}_e = ${e}${tagged ? `, ${id}_t = ${t ?? '++T'}` : ''};`);
    this.names.set(s.name, { id, dims: [], tagged });
  }
  private assign(place: Place, index: readonly Int[], { v, e, t }: Value): void {
    const { id, dims, tagged } = place;
    const at = dims.length === 0 ? '' : `[${this.at(place, index)}]`;
    this.lines.push(`${id}${at} = ${v}; ${id}_e${at} = ${e};${tagged ? ` ${id}_t${at} = ${t ?? '++T'};` : ''}`);
  }
  private stage(s: Stage): void {
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
