/**
 * The evaluator of the IR: runs a kernel symbolically, once for each choice of block 0 or another block of its grouped axes, back to one
 * cell for each block of its outputs. Invariant: what it returns is the kernel's meaning (docs/explanation/ir.md); a form that it
 * cannot decide is refused, never guessed. It does not know which diagram the kernel came from.
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Cell, Node } from '../../core/index.js';
import { decode } from './address.js';
import { type IrError, attempt, refuse } from './error.js';
import {
  type Each,
  type Elect,
  type Grouped,
  type Int,
  type Kernel,
  type Loop,
  type Seek,
  type Stmt,
  boundedBy,
  groupedUses,
} from '../ir/kernel.js';
import { blocks } from '../ir/position.js';
import { assignments, staged } from './assigned.js';
import { Filling } from './fill.js';
import { type Branch, type Index, unslotted } from './reading.js';
import { type Pool, binding, bounds, free } from '../../normal/rewrite.js';

/** The kernel's outputs as cells, one for each block of each output. */
export function readback(pool: Pool, kernel: Kernel): E.Either<IrError, readonly Cell[]> {
  return attempt(() => {
    const found = new Map<number, Cell>();
    for (const branch of branches(groupedUses(kernel)))
      for (const [slot, cell] of new Reader(pool, kernel, branch).run()) {
        if (found.has(slot)) refuse('E-STORE', 'block stored twice', slot);
        found.set(slot, cell);
      }
    const total = kernel.outputs.reduce((n, o) => n + blocks(o.axes).length, 0);
    return Array.from({ length: total }, (_, slot) => found.get(slot) ?? refuse('E-STORE', 'block never stored', slot));
  });
}

const branches = (uses: readonly Grouped[]): readonly Branch[] =>
  uses.reduce<readonly Branch[]>(
    (acc, u) => acc.flatMap((b) => (['first', 'other'] as const).map((side) => new Map([...b, [u.name, side]]))),
    [new Map()],
  );

/** What is stored for open indices: at the end of a loop that it stands in, the loop's output at that turn. */
interface Stored {
  readonly slot: number;
  readonly vars: readonly AxisVar[];
  readonly names: readonly number[];
  readonly value: Node;
}

class Reader extends Filling {
  private readonly stored = new Map<number, Cell>();
  private readonly written = new Set<number>();
  /** of each loop around a statement, what its turns have stored */
  private readonly loops: Stored[][] = [];
  /** how many elections stand around a statement */
  private elected = 0;
  /** how many reads at computed places: their bodies run for one index at most */
  private seeking = 0;

  run(): ReadonlyMap<number, Cell> {
    this.frame();
    for (const u of this.kernel.uses) {
      if (u._tag === 'Grid') this.turns.set(u.name, this.fresh(u.axis));
      if (u._tag !== 'Grouped') continue;
      if (this.side(u) === 'other') this.turns.set(u.name, this.fresh(u.count));
      if (u.as === 'lane') this.indices.set(u.name, this.inTile(u));
    }
    this.block(this.kernel.body);
    return this.stored;
  }

  private block(body: readonly Stmt[]): void {
    body.forEach((s) => this.statement(s));
  }

  private statement(s: Stmt): void {
    switch (s._tag) {
      case 'Int':
        return void this.ints.set(s.name, this.int(s.value));
      case 'Let':
        return this.declare(s.name, [], this.pool.scalar(this.expr(s.value)));
      case 'Var':
        return this.declare(
          s.name,
          s.dims.map((d) => d.use),
          s.init && this.pool.scalar(this.expr(s.init)),
        );
      case 'Set':
        return this.set(s.name, s.index, this.expr(s.value));
      case 'Loop':
        return this.loop(s);
      case 'Each':
        return this.each(s);
      case 'Seek':
        return this.seek(s);
      case 'Stage':
        return this.stage(s);
      case 'Put':
        return this.put(s);
      case 'Barrier':
        return;
      case 'Guard':
        return this.guard(s);
      case 'Elect':
        return this.elect(s);
      case 'Store':
        return this.store(s.array, this.int(s.address), this.expr(s.value));
    }
  }

  private declare(name: string, dims: readonly string[], cell: Cell | undefined): void {
    this.variables.set(name, { dims, cell, eaches: this.eaches.length });
  }

  private set(name: string, index: readonly Int[], value: Node): void {
    const variable = this.variables.get(name) ?? refuse('E-SCOPE', name);
    if (this.guarded.size + this.elected > 0) refuse('E-GUARD', name, 'assigned under a guard');
    const around = this.eaches.slice(variable.eaches).map((f) => f.index);
    const names = index
      .map(unslotted)
      .map((e) => (e._tag === 'At' ? e.index : refuse('E-SHAPE', name, 'assigned at an index that is no loop index')));
    if (new Set(names).size !== names.length || names.length !== variable.dims.length) refuse('E-SHAPE', name, names);
    if (around.some((i) => !names.includes(i)) || names.some((i) => !around.includes(i)))
      refuse('E-DEPEND', name, 'assigned once for each turn around it', around, names);
    const opened = names.map((i) => this.index(i));
    opened.forEach((i, p) => {
      if (boundedBy(this.kernel.uses, i.axis)?.name !== variable.dims[p]) refuse('E-BOUND', name, i.axis.name);
    });
    const cell = binding(
      this.pool,
      opened.map((i) => i.axis),
      opened.map((i) => i.name),
      value,
    );
    this.variables.set(name, { ...variable, cell });
  }

  /** Runs a body with an index open; what the body declares ends with it, and a tile that it fills is known in no other turn. */
  private inside(index: string, at: Index, body: readonly Stmt[], last: () => void = () => undefined): void {
    if (this.indices.has(index)) refuse('E-SCOPE', index);
    const [ints, before, filled] = [this.ints, this.variables, staged(body)];
    this.ints = new Map(ints);
    this.variables = new Map(before);
    this.indices.set(index, at);
    filled.forEach((t) => this.tiles.delete(t));
    this.block(body);
    last();
    filled.forEach((t) => this.tiles.delete(t));
    this.indices.delete(index);
    const after = this.variables;
    this.ints = ints;
    this.variables = new Map([...before.keys()].map((name) => [name, after.get(name)!]));
  }

  private loop(s: Loop): void {
    this.bounded(s.index, s.bound, s.axis);
    const [state, turn] = [this.next++, this.fresh(s.axis)];
    const inits = s.carries.map(
      (name) => this.variables.get(name)?.cell ?? refuse('E-SCOPE', name, 'carried before it is assigned'),
    );
    s.carries.forEach((name, component) =>
      this.replace(name, (c) =>
        this.pool.make({ _tag: 'State', component }, [free(state), ...bounds(c.vars.length)], []),
      ),
    );
    const outer = new Map(this.variables);
    const outputs: Stored[] = [];
    this.loops.push(outputs);
    this.inside(s.index, turn, s.body);
    this.loops.pop();
    for (const [name, v] of outer)
      if (this.variables.get(name)!.cell !== v.cell && !s.carries.includes(name)) refuse('E-CARRY', name, s.index);
    const steps = s.carries.map((name, i) => {
      const step = this.variables.get(name)!.cell!;
      if (step.vars.length !== inits[i]!.vars.length || step.vars.some((v, p) => v !== inits[i]!.vars[p]))
        refuse('E-SHAPE', name);
      return this.pool.bind(step, [state, turn.name]);
    });
    for (const o of outputs) {
      const output = this.pool.bind(this.pool.cell([], o.value), [state, turn.name]);
      const cells = [...inits, ...steps, output];
      this.keep({ ...o, value: this.pool.make({ _tag: 'Scan', axis: s.axis }, [free(turn.name)], cells) });
    }
    s.carries.forEach((name, component) =>
      this.replace(name, (c) =>
        this.pool.make({ _tag: 'Fold', axis: s.axis, component }, bounds(c.vars.length), [...inits, ...steps]),
      ),
    );
  }

  private replace(name: string, node: (cell: Cell) => Node): void {
    const v = this.variables.get(name)!;
    this.variables.set(name, { ...v, cell: this.pool.cell(v.cell!.vars, node(v.cell!)) });
  }

  private each(s: Each): void {
    const index = this.walked(s);
    this.eaches.push({ index: s.index, assigns: assignments(s) });
    this.inside(s.index, index, s.body);
    this.eaches.pop();
  }

  /** The sum over all indices of the value at those that are the place. */
  private seek(s: Seek): void {
    this.bounded(s.index, s.bound, s.axis);
    // the nearest index to a place is one of the axis: there must be one
    if (s.axis.maybeEmpty) refuse('E-BOUND', s.name, s.axis.name, 'may be empty');
    const { pool } = this;
    const place = this.expr(s.place);
    const [state, turn] = [this.next++, this.fresh(s.axis)];
    const outer = new Map(this.variables);
    let value: Node | undefined;
    this.seeking++;
    this.inside(s.index, turn, s.body, () => (value = this.expr(s.value)));
    this.seeking--;
    for (const [name, v] of outer) if (this.variables.get(name)!.cell !== v.cell) refuse('E-GUARD', name, s.index);
    const op = (operator: 'lt' | 'not' | 'and' | 'add', ...args: readonly Node[]): Node =>
      pool.make(
        { _tag: 'Op', operator },
        [],
        args.map((a) => pool.scalar(a)),
      );
    const at = this.ring.position(free(turn.name));
    const [x, y] = s.first === 'index' ? [at, place] : [place, at];
    const met = op('and', op('not', op('lt', x, y)), op('not', op('lt', y, x)));
    const zero = this.ring.zero;
    const chosen = pool.make(
      { _tag: 'Select' },
      [],
      [met, value!, zero].map((n) => pool.scalar(n)),
    );
    const before = pool.make({ _tag: 'State', component: 0 }, [free(state)], []);
    const step = pool.bind(pool.scalar(op('add', before, chosen)), [state, turn.name]);
    const sum = pool.make({ _tag: 'Fold', axis: s.axis, component: 0 }, [], [pool.scalar(zero), step]);
    this.declare(s.name, [], pool.scalar(sum));
  }

  private guard(s: Stmt & { readonly _tag: 'Guard' }): void {
    const index = this.index(s.index);
    this.bounded(s.index, s.extent, index.axis);
    const had = this.guarded.has(s.index);
    this.guarded.add(s.index);
    const [ints, variables] = [this.ints, this.variables];
    this.ints = new Map(ints);
    this.variables = new Map(variables);
    this.block(s.body);
    this.ints = ints;
    this.variables = variables;
    if (!had) this.guarded.delete(s.index);
  }

  /** All of these lanes have the same to do; share.ts says that it is none of what each has for itself. */
  private elect(s: Elect): void {
    const [ints, variables] = [this.ints, this.variables];
    this.ints = new Map(ints);
    this.variables = new Map(variables);
    this.elected++;
    this.block(s.body);
    this.elected--;
    this.ints = ints;
    this.variables = variables;
  }

  private store(name: string, address: Node, value: Node): void {
    const output = this.kernel.outputs.findIndex((a) => a.name === name);
    if (output < 0) refuse('E-SCOPE', name);
    if (this.seeking > 0) refuse('E-STORE', name, 'for one index alone');
    for (const [index, i] of this.indices)
      if (i.grouped && this.side(i.grouped) === 'first' && !this.guarded.has(index)) refuse('E-GUARD', index);
    const element = decode(this.pool, this.kernel.outputs[output]!.axes, address, (n) => this.axisOf(n));
    if (!element) refuse('E-ADDRESS', name, address);
    const names = element.refs.map((r) =>
      r._tag === 'Free' ? r.name : refuse('E-STORE', name, 'only the first element'),
    );
    if (new Set(names).size !== names.length || this.open().some((i) => !names.includes(i.name)))
      refuse('E-STORE', name, 'each open index once');
    const slot =
      this.kernel.outputs.slice(0, output).reduce((n, a) => n + blocks(a.axes).length, 0) + element.block.slot;
    if (this.written.has(slot)) refuse('E-STORE', name, slot);
    this.written.add(slot);
    this.keep({ slot, vars: element.block.vars, names, value });
  }

  private keep(made: Stored): void {
    const loop = this.loops.at(-1);
    if (loop) loop.push(made);
    else this.stored.set(made.slot, binding(this.pool, made.vars, made.names, made.value));
  }
}
