/**
 * Stores one block of an output: opens its indices, computes its element, and stores it under the guards; an output for every turn of a loop is stored
 * as the loop goes. Invariant: every index of the block is a lane, a register, a block number, a turn of its own, or the turn of that loop. It does
 * not know how values are computed.
 */
import type { AxisVar, Node } from '../../core/index.js';
import { type ArrayDecl, type Grouped, type Stmt, laneUses, named, size } from '../ir/kernel.js';
import type { Block } from '../ir/position.js';
import { free, freeNames } from '../../normal/rewrite.js';
import type { Builder } from './build.js';
import type { Component } from './open.js';
import { extentOf } from './place.js';
import { type Scheduled, refuse } from '../ir/scheduled.js';
import { type Scope, forEach, registerVector, scopeIn } from './scope.js';

/** An index that turns of the output run over. */
interface Turn {
  readonly name: number;
  readonly index: string;
  readonly axis: AxisVar;
}
/** The loop whose every turn has an output. */
interface Along {
  readonly turn: Turn;
  readonly components: readonly Component[];
}

const namesIn = (components: readonly Component[]): ReadonlySet<number> =>
  new Set(components.flatMap((c) => [...freeNames(c.init), ...freeNames(c.step)]));

export class Output {
  private readonly serial: Turn[] = [];
  private readonly registers: Grouped[] = [];
  /** the names that the outermost scope binds */
  private readonly root = new Set<number>();

  constructor(
    private readonly builder: Builder,
    private readonly scheduled: Scheduled,
    private readonly out: ArrayDecl,
    private readonly block: Block,
  ) {}

  store(root: Scope, body: (names: readonly number[]) => Node): void {
    const names = this.block.vars.map((v) => this.place(v));
    this.root.forEach((n) => root.available.add(n));
    const node = body(names);
    this.inside(root, this.serial, node, names);
  }

  /** The loops that the output is one of every turn of, from the outermost in; then what is left. */
  private inside(scope: Scope, turns: readonly Turn[], node: Node, names: readonly number[]): void {
    const along = this.along(node, turns);
    if (!along) return this.nest(scope, turns, [node], (inner) => this.element(inner, names, node));
    const { turn, components } = along;
    const needed = namesIn(components);
    const others = turns.filter((s) => s !== turn);
    const within = others.filter((s) => !needed.has(s.name));
    const outside = others.filter((s) => needed.has(s.name));
    const roots = [node, ...components.flatMap((c) => [c.init, c.step])];
    const bucket = { axis: turn.axis, turn: turn.name, components };
    this.nest(scope, outside, roots, (around) =>
      this.builder.storing(bucket, around, [node], (each) => this.inside(each, within, node, names)),
    );
  }

  /** The outermost loop, among these turns, that the output is one of every turn of, if there is one. */
  private along(node: Node, turns: readonly Turn[]): Along | undefined {
    const all = turns.flatMap((turn) => this.scanned(node, turn));
    const states = (a: Along): readonly number[] => [a.turn.name, ...a.components.map((c) => c.state)];
    const reads = (a: Along, b: Along): boolean => {
      const names = namesIn(a.components);
      return states(b).some((n) => names.has(n));
    };
    const first = all.find((a) => all.every((b) => a === b || !reads(a, b)));
    const apart = all.find((b) => b !== first && !(first && reads(b, first)));
    return apart ? refuse('L-SCAN', apart.turn.axis.name, 'outputs along two axes') : first;
  }

  private scanned(node: Node, turn: Turn): readonly Along[] {
    const { opener } = this.builder;
    const scans = opener.scansAt([node], turn.name);
    const components = scans.flatMap((s) => opener.openScan(s, turn.name));
    if (scans.length === 0) return [];
    return [{ turn, components: [...new Map(components.map((c) => [c.state, c])).values()] }];
  }

  private nest(scope: Scope, turns: readonly Turn[], roots: readonly Node[], inside: (inner: Scope) => void): void {
    const scopes = turns.reduce<Scope[]>((acc, s) => [...acc, scopeIn(acc.at(-1)!, [s.name])], [scope]);
    scopes.slice(scope.parent ? 1 : 0).forEach((s) => this.builder.settle(s, roots));
    inside(scopes.at(-1)!);
    for (let i = turns.length - 1; i >= 0; i--) {
      const { index, axis } = turns[i]!;
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

  private element(scope: Scope, names: readonly number[], node: Node): void {
    const { builder, out, block } = this;
    const value = builder.value(node, scope);
    const address = builder.places.address(out.axes, block, names.map(free), { guarded: true });
    const store: Stmt = { _tag: 'Store', array: out.name, address, value };
    scope.stmts.push(...forEach(this.registers.map(registerVector), [this.guarded(store)]));
  }

  private place(axis: AxisVar): number {
    const { builder } = this;
    const use = builder.places.useOf(axis);
    const known = builder.places.blockNames.get(axis);
    const name = known ?? builder.opener.name();
    if (use._tag === 'Grouped' || use._tag === 'Grid') builder.places.blockNames.set(axis, name);
    if (use._tag === 'Grouped' || use._tag === 'Grid') this.root.add(name);
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
    const all = uses.reduceRight<Stmt>(
      (inner, u) => ({ _tag: 'Guard', index: u.name, extent: named(extentOf(u)), body: [inner] }),
      store,
    );
    const lanes = this.scheduled.uses.flatMap((u) => (u._tag === 'Lanes' ? [u.name] : []));
    return lanes.length > 0 ? { _tag: 'Elect', lanes, body: [all] } : all;
  }
}
