/**
 * Scheduled diagram -> IR, generic over the diagram: the normal form of its right-hand side in canonical form, opened at the block that
 * no grouped axis cuts off, and built. Invariant: nothing here is believed; ir/validate.ts evaluates the result back. It knows no target.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type AxisVar, type Obj, evaluator } from '../core/index.js';
import { canonicalCells } from '../ir/canonical.js';
import {
  type ArrayDecl,
  type Grouped,
  type Int,
  type Kernel,
  type Stmt,
  add,
  frameOf,
  groupedUses,
  laneCount,
  laneUses,
  mul,
  named,
  num,
  size,
} from '../ir/kernel.js';
import { type Block, blocks } from '../ir/position.js';
import { free, opened } from '../ir/rewrite.js';
import { Builder } from './build.js';
import { phrased } from './phrase.js';
import { renumber } from './renumber.js';
import { reused } from './reuse.js';
import { extentOf, originOf, rowOf } from './place.js';
import { type LowerError, type Scheduled, refusal, refuse } from './scheduled.js';
import { type Scope, forEach, registerVector, scopeIn } from './scope.js';
import { tidy } from './tidy.js';

export function lower(scheduled: Scheduled): E.Either<LowerError, Kernel> {
  try {
    return E.right(lowered(scheduled));
  } catch (error) {
    return E.left(refusal(error));
  }
}

function arrays(object: Obj, names: readonly string[]): readonly ArrayDecl[] {
  if (object.leaves.length !== names.length) refuse('L-TYPE', 'wires', object.leaves.length, names.length);
  return object.leaves.map((leaf, i) => {
    if (leaf.base._tag !== 'Real') refuse('L-TYPE', names[i]!, leaf.base._tag);
    return { name: names[i]!, axes: leaf.axes, datatype: 'f32' };
  });
}

function lowered(scheduled: Scheduled): Kernel {
  const { rhs, uses } = scheduled;
  const inputs = arrays(
    rhs.dom,
    scheduled.wires.map((w) => w.name),
  );
  const outputs = arrays(rhs.cod, scheduled.results);
  const made = evaluator();
  const cells = canonicalCells(made.pool, made.normalForm(rhs).outputs);
  const wires = inputs.map((a, i) => ({ ...a, level: scheduled.wires[i]!.level }));
  const taken = [...inputs, ...outputs].map((a) => a.name);
  const builder = new Builder({
    pool: made.pool,
    uses,
    wires,
    lanes: laneCount(scheduled),
    taken: [...taken, ...uses.map((u) => u.name)],
  });
  const root = scopeIn(undefined, []);
  root.stmts.push(...groupedUses(scheduled).flatMap(prelude));
  let from = 0;
  for (const out of outputs) {
    const all = blocks(out.axes);
    const block = whole(out, all, groupedUses(scheduled));
    new Output(builder, scheduled, out, block).store(root, (names) =>
      opened(made.pool, [], cells[from + block.slot]!, names.map(free)),
    );
    from += all.length;
  }
  const neat = tidy(root.stmts);
  const few = reused(neat, builder.fills, (base) => builder.names.fresh(base));
  const { tiles } = few;
  const body = phrased(renumber(few.body, [...taken, ...tiles.map((t) => t.name)]));
  return { name: scheduled.name, uses, inputs, outputs, tiles, frame: frameOf({ uses }), body };
}

/** Where a group's tile starts, how many elements it has, and where a lane's own element is. */
function prelude(u: Grouped): readonly Stmt[] {
  const block = (first: Int, other: Int): Int => ({ _tag: 'Block', use: u.name, first, other });
  const turn: Int = { _tag: 'Turn', use: u.name };
  const within: Int = { _tag: 'Within', index: u.name, extent: named(extentOf(u)) };
  return [
    { _tag: 'Int', name: originOf(u), value: block(num(0), add(size(u.rest), mul(turn, size(u.tile)))) },
    { _tag: 'Int', name: extentOf(u), value: block(size(u.rest), size(u.tile)) },
    ...(u.as === 'lane' ? [{ _tag: 'Int', name: rowOf(u), value: add(named(originOf(u)), within) } as const] : []),
  ];
}

/** The block of an output in which every group is a full tile. */
function whole(out: ArrayDecl, all: readonly Block[], uses: readonly Grouped[]): Block {
  const block =
    all.find((b) => uses.every((u) => b.vars.includes(u.tile))) ??
    refuse('L-AXIS', out.name, 'a grouped axis that the output does not have');
  if (new Set(block.vars).size !== block.vars.length) refuse('L-AXIS', out.name, 'an axis twice');
  return block;
}

class Output {
  private readonly serial: { readonly name: number; readonly index: string; readonly axis: AxisVar }[] = [];
  private readonly registers: Grouped[] = [];
  /** the names that the outermost scope binds */
  private readonly root = new Set<number>();

  constructor(
    private readonly builder: Builder,
    private readonly scheduled: Scheduled,
    private readonly out: ArrayDecl,
    private readonly block: Block,
  ) {}

  /** Opens the indices of the block, computes its element, and stores it under the guards. */
  store(root: Scope, body: (names: readonly number[]) => Parameters<Builder['value']>[0]): void {
    const { builder, out, block } = this;
    const names = block.vars.map((v) => this.place(v));
    this.root.forEach((n) => root.available.add(n));
    const node = body(names);
    const scopes = this.serial.reduce<Scope[]>((acc, s) => [...acc, scopeIn(acc.at(-1)!, [s.name])], [root]);
    scopes.forEach((s) => builder.settle(s, [node]));
    const inner = scopes.at(-1)!;
    const value = builder.value(node, inner);
    const stores: Stmt = {
      _tag: 'Store',
      array: out.name,
      address: builder.places.address(out.axes, block, names.map(free), true),
      value,
    };
    inner.stmts.push(...forEach(this.registers.map(registerVector), [this.guarded(stores)]));
    for (let i = this.serial.length - 1; i >= 0; i--) {
      const { index, axis } = this.serial[i]!;
      scopes[i]!.stmts.push({
        _tag: 'Each',
        index,
        over: { _tag: 'Axis', axis },
        bound: size(axis),
        body: scopes[i + 1]!.stmts,
        note: `each ${axis.name} of the result`,
      });
    }
  }

  private place(axis: AxisVar): number {
    const { builder } = this;
    const name = builder.opener.name();
    const use = builder.places.useOf(axis);
    if (use._tag !== 'Serial') this.root.add(name);
    if (use._tag === 'Streamed') return refuse('L-SCAN', use.name);
    if (use._tag === 'Grouped') this.inGroup(use, axis, name);
    else if (use._tag === 'Grid') builder.places.put(name, { _tag: 'Grid', use: use.name });
    else {
      const index = builder.names.fresh(`${use.name}_out`);
      builder.places.put(name, { _tag: 'Loop', index, axis });
      this.serial.push({ name, index, axis });
    }
    return name;
  }

  private inGroup(use: Grouped, axis: AxisVar, name: number): void {
    const { builder } = this;
    if (axis === use.count) builder.places.put(name, { _tag: 'Block', use });
    else {
      builder.places.put(name, { _tag: use.as === 'lane' ? 'Lane' : 'Register', use });
      if (use.as !== 'lane') this.registers.push(use);
    }
  }

  private guarded(store: Stmt): Stmt {
    const uses = [...laneUses(this.scheduled), ...this.registers];
    return uses.reduceRight<Stmt>(
      (inner, u) => ({ _tag: 'Guard', index: u.name, extent: named(extentOf(u)), body: [inner] }),
      store,
    );
  }
}
