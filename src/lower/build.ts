/**
 * Makes the statements: every value is computed on demand, in the outermost scope in which its indices are bound, once there. Invariant:
 * generic over normal forms; which loops there are and what is kept is plan.ts. Nothing here is trusted: ir/validate.ts checks the result.
 */
import type { Node } from '../core/index.js';
import { type Expr, type Int, type Stmt, add, at, boundedBy, mul, size, staticSize } from '../ir/kernel.js';
import { Keeping } from './keep.js';
import { type Component, type FoldNode, isFold } from './open.js';
import type { Bucket } from './plan.js';
import { refuse } from './scheduled.js';
import { type Scope, type Vector, element, forEach, home, indexOf, mentions, scopeIn } from './scope.js';

/** How many turns over a tile a compiler is asked to write out, where lanes hold several elements: neighbouring reads become one. */
const UNROLLED = 8;

export class Builder extends Keeping {
  // ---- values ----

  value(node: Node, scope: Scope, user?: Node): Expr {
    const at = home(node, scope);
    const known = at.done.get(node);
    if (known) return known;
    const kept = at.parent?.plan.kept.get(node) ?? at.plan.firsts.get(node);
    if (kept && !at.done.has(kept.node)) return this.keptValue(kept, node, at.plan.firsts.get(node) ? at : at.parent!);
    if (isFold(node)) return this.loopValue(node, at);
    const again = user !== undefined && this.vectors(user).length > this.vectors(node).length;
    const many = again || (at.plan.needed.get(node) ?? 0) > 1 || at !== scope;
    if (!many || this.trivial(node)) return this.raw(node, scope);
    return this.bind(node, at);
  }

  private trivial(node: Node): boolean {
    const { data } = node;
    if (data._tag === 'Op' && data.operator === 'neg') return true; // x - y costs no more than x + y
    return ['Literal', 'State'].includes(data._tag) || (data._tag === 'Poly' && node.cells.length === 0);
  }

  private bind(node: Node, scope: Scope): Expr {
    const value = this.raw(node, scope);
    const regs = this.vectors(node);
    const name = this.names.fresh(this.baseName(node));
    if (regs.length === 0) scope.stmts.push({ _tag: 'Let', name, kind: this.kind(node), value });
    else this.array(scope, name, node, regs, value);
    const read = element(name, regs);
    scope.done.set(node, read);
    return read;
  }

  /** The value itself, its parts bound where they belong. */
  protected raw(node: Node, scope: Scope): Expr {
    const { data } = node;
    const parts = (): Expr[] => node.cells.map((c) => this.value(c.body, scope, node));
    switch (data._tag) {
      case 'Literal':
        return { _tag: 'Bool', value: data.value };
      case 'Poly':
        return this.places.polynomial(node);
      case 'Op':
        return { _tag: 'Op', operator: data.operator, args: parts() };
      case 'Select': {
        const [condition, yes, no] = parts();
        return { _tag: 'Select', condition: condition!, yes: yes!, no: no! };
      }
      case 'Read':
        return this.read(node, data.input, scope);
      case 'Apply':
        return refuse('L-VARIABLE', data.variable.name);
      case 'Scan':
        return refuse('L-SCAN', data.axis.name);
      case 'State':
      case 'Fold':
      case 'Size':
      case 'Position':
        return refuse('L-STATE', data._tag, node);
    }
  }

  // ---- loops ----

  protected loopValue(node: FoldNode, at: Scope): Expr {
    const bucket = at.plan.buckets.get(node) ?? refuse('L-STATE', node.data.axis.name, 'unplanned', node);
    this.loop(bucket, at);
    return at.done.get(node) ?? refuse('L-STATE', node.data.axis.name, 'no component', node);
  }

  private componentName(c: Component, node: FoldNode): string {
    const use = this.places.useOf(node.data.axis);
    const data = c.step.data;
    const own =
      data._tag === 'Op' && data.operator === 'add'
        ? 'sum'
        : data._tag === 'Select' && c.step.cells[0]!.body.data._tag === 'Op'
          ? 'most'
          : 'state';
    const within =
      use._tag === 'Streamed' && node.data.axis !== use.count && node.data.axis !== use.last?.flag ? 'tile_' : '';
    return `${within}${own}_${use.name}`;
  }

  private loop(bucket: Bucket, scope: Scope): void {
    const around = this.walks.get(bucket.turn); // a loop that a value of each element needs stands before the walk
    this.walks.delete(bucket.turn);
    this.looped(bucket, scope);
    if (around) this.walks.set(bucket.turn, around);
  }

  private looped(bucket: Bucket, scope: Scope): void {
    const states = bucket.components.map((c) => ({ ...c, regs: this.vectors(c.fold), name: '' }));
    for (const c of states) {
      const init = this.value(c.init, scope);
      c.name = this.names.fresh(this.componentName(c, c.fold));
      if (c.regs.length === 0) scope.stmts.push({ _tag: 'Var', name: c.name, kind: this.kind(c.fold), dims: [], init });
      else this.array(scope, c.name, c.fold, c.regs, init);
    }
    const tile =
      boundedBy(this.given.uses, bucket.axis) !== undefined || this.places.useOf(bucket.axis)._tag === 'Serial';
    const body = scopeIn(scope, [bucket.turn, ...states.map((c) => c.state)], tile);
    states.forEach((c) => body.done.set(this.opener.read(c.state), element(c.name, c.regs)));
    this.settle(
      body,
      states.map((c) => c.step),
    );
    const place = this.places.of(bucket.turn);
    const index = place._tag === 'Loop' ? place.index : refuse('L-AXIS', bucket.axis.name);
    this.origin(bucket, index, body);
    const updates = states.map((c) => ({
      name: c.name,
      regs: c.regs,
      kind: this.kind(c.fold),
      value: this.value(c.step, body),
    }));
    body.stmts.push(...this.assignments(updates));
    scope.stmts.push({
      _tag: 'Loop',
      index,
      axis: bucket.axis,
      bound: size(bucket.axis),
      carries: states.map((c) => c.name),
      body: body.stmts,
      note: this.note(bucket),
      ...(this.isShared && staticSize(this.given.uses, bucket.axis) !== undefined ? { unroll: UNROLLED } : {}),
    });
    states.forEach((c) => scope.done.set(c.fold, element(c.name, c.regs)));
  }

  private note(bucket: Bucket): string {
    const use = this.places.useOf(bucket.axis);
    if (use._tag !== 'Streamed') return `along ${use.name}`;
    if (bucket.axis === use.count) return `the full tiles of ${use.name}`;
    return bucket.axis === use.last?.flag ? `the rest of ${use.name}, if there is one` : `each ${use.name} of the tile`;
  }

  private origin(bucket: Bucket, index: string, body: Scope): void {
    const use = this.places.useOf(bucket.axis);
    if (use._tag !== 'Streamed' || (bucket.axis !== use.count && bucket.axis !== use.last?.flag)) return;
    const name = this.places.origins.get(bucket.turn) ?? this.names.fresh(`${index.replace(/_tile|_last/, '')}_origin`);
    const full = (turns: Int): Int => {
      const tiles = mul(turns, size(use.tile));
      return use.head ? add(size(use.head), tiles) : tiles;
    };
    const value =
      bucket.axis === use.count ? full(at(index)) : add(full(size(use.count)), mul(at(index), size(use.last!.rest)));
    body.stmts.push({ _tag: 'Int', name, value });
    this.places.origins.set(bucket.turn, name);
  }

  /** All components at once: one that others still read is assigned after them, or through a copy where they read each other. */
  private assignments(
    updates: readonly { name: string; regs: readonly Vector[]; kind: 'real' | 'boolean'; value: Expr }[],
  ): readonly Stmt[] {
    const [before, after]: [Stmt[], Stmt[]] = [[], []];
    const left = [...updates];
    while (left.length > 0) {
      const free = left.find((u) => left.every((o) => o === u || !mentions(o.value, u.name)));
      const next = free ?? left[0]!;
      left.splice(left.indexOf(next), 1);
      const index = indexOf(next.regs);
      if (free) after.push(...forEach(next.regs, [{ _tag: 'Set', name: next.name, index, value: next.value }]));
      else {
        const copy = this.names.fresh(`next_${next.name}`);
        before.push(
          { _tag: 'Var', name: copy, kind: next.kind, dims: next.regs.map((v) => v.dim) },
          ...forEach(next.regs, [{ _tag: 'Set', name: copy, index, value: next.value }]),
        );
        after.push(...forEach(next.regs, [{ _tag: 'Set', name: next.name, index, value: element(copy, next.regs) }]));
      }
    }
    return [...before, ...after];
  }
}
