/**
 * Makes the statements: every value is computed on demand, in the outermost scope in which its indices are bound, once there. Invariant:
 * generic over normal forms; which loops there are and what is kept is plan.ts. Nothing here is trusted: ir/validate.ts checks the result.
 */
import type { Node } from '../core/index.js';
import { type Expr, type Int, type Stmt, add, at, boundedBy, mul, num, size } from '../ir/kernel.js';
import { freeNames } from '../ir/rewrite.js';
import { Loads } from './loads.js';
import { type Component, type FoldNode, isFold } from './open.js';
import type { Places } from './place.js';
import { type Bucket, type Kept, plan } from './plan.js';
import { refuse } from './scheduled.js';
import {
  type Element,
  type Scope,
  type Vector,
  element,
  forEach,
  home,
  indexOf,
  kindOf,
  mentions,
  registerVector,
  scopeIn,
} from './scope.js';

// prettier-ignore
const BASE_NAMES = {
  add: 'total', mul: 'product', neg: 'negated', recip: 'inverse', exp: 'power', log: 'logarithm', sqrt: 'root', lt: 'is_less',
  not: 'is_not', and: 'both', or: 'either', true: 'yes', false: 'no',
} as const;

export class Builder extends Loads {
  settle(scope: Scope, roots: readonly Node[]): void {
    const here = scope.parent ? scope.here : undefined;
    const isTile = (axis: Parameters<Places['useOf']>[0]): boolean => boundedBy(this.given.uses, axis) !== undefined;
    scope.plan = plan({ opener: this.opener, available: scope.available, here, isTile }, roots);
  }

  /** What a value is an array over: tiles that are being walked, then registers; a state is what its loop is. */
  private vectors(node: Node): readonly Vector[] {
    const names = [...this.indices(node)].sort((a, b) => a - b);
    const walks = names.flatMap((n) => this.walks.get(n) ?? []);
    return [...walks, ...names.flatMap((n) => this.places.registerOrNone(n)).map(registerVector)];
  }
  private indices(node: Node): ReadonlySet<number> {
    const known = this.indexTable.get(node);
    if (known) return known;
    const names = [...freeNames(node)].flatMap((n) => {
      const loop = this.opener.stateOf(n);
      return loop ? [...this.indices(loop)] : [n];
    });
    const made = new Set(names);
    this.indexTable.set(node, made);
    return made;
  }
  private readonly indexTable = new Map<Node, ReadonlySet<number>>();
  private readonly kind = (node: Node): 'real' | 'boolean' => kindOf(node, (name) => this.opener.stateOf(name));

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

  private array(scope: Scope, name: string, node: Node, regs: readonly Vector[], value: Expr): void {
    scope.stmts.push({ _tag: 'Var', name, kind: this.kind(node), dims: regs.map((v) => v.dim) });
    scope.stmts.push(...forEach(regs, [{ _tag: 'Set', name, index: indexOf(regs), value }]));
  }

  private baseName(node: Node): string {
    const { data } = node;
    if (data._tag === 'Read') return `${this.wireOf(data.input)}_value`;
    if (data._tag === 'Op') return BASE_NAMES[data.operator];
    if (data._tag === 'Select') return node.cells[0]!.body.data._tag === 'Op' ? 'greatest' : 'chosen';
    return 'size';
  }
  /** The value itself, its parts bound where they belong. */
  private raw(node: Node, scope: Scope): Expr {
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

  // ---- kept values ----

  private keptValue(kept: Kept, node: Node, scope: Scope): Expr {
    const place = this.places.of(kept.turn);
    const index = place._tag === 'Loop' ? place.index : refuse('L-AXIS', kept.axis.name);
    const read = scope.kept.get(kept.node) ?? this.fill(kept, index, scope);
    scope.kept.set(kept.node, read);
    if (node === kept.node) return read;
    return { ...read, index: read.index.map((e) => (e._tag === 'At' && e.index === index ? num(0) : e)) };
  }
  /** The array of a value at every element of a tile, read at the element that is walked. */
  private fill(kept: Kept, index: string, scope: Scope): Element {
    const { node, turn, axis } = kept;
    const around = this.walks.get(turn); // the array of another value over the same tile, whose part this one is
    this.walks.set(turn, { index, dim: this.tileDim(axis), over: { _tag: 'Axis', axis }, bound: size(axis) });
    const inner = scopeIn(scope, [turn]);
    this.settle(inner, [node]);
    const value = isFold(node) ? this.loopValue(node, inner) : this.raw(node, inner);
    const read =
      isFold(node) && value._tag === 'Get'
        ? value
        : element(this.names.fresh(`${this.baseName(node)}_of_${index}`), this.vectors(node));
    if (!isFold(node)) this.array(inner, read.name, node, this.vectors(node), value);
    scope.stmts.push(...inner.stmts);
    if (around) this.walks.set(turn, around);
    else this.walks.delete(turn);
    return read;
  }

  // ---- loops ----

  private loopValue(node: FoldNode, at: Scope): Expr {
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
    const full = (turns: Int): Int => add(size(use.head), mul(turns, size(use.tile)));
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
