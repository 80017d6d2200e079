/**
 * Makes the statements: every value is computed on demand, in the outermost scope in which its indices are bound, once there. Invariant:
 * generic over normal forms; which loops there are and what is kept is plan.ts. Nothing here is trusted: ir/validate.ts checks the result.
 */
import type { Node, Ref } from '../../core/index.js';
import { free, freeNames } from '../../normal/rewrite.js';
import { type Expr, type Int, type Stmt, add, at, boundedBy, mul, size, staticSize } from '../ir/kernel.js';
import { assignments } from './assign.js';
import { Keeping } from './keep.js';
import { type Component, type FoldNode, type Own, isFold, isScan } from './open.js';
import type { Bucket } from './plan.js';
import type { Sought } from './seek.js';
import { refuse } from '../ir/scheduled.js';
import { type Element, type Scope, type Vector, element, forEach, home, indexOf, scopeIn } from './scope.js';

/** How many turns over a tile a compiler is asked to write out, where lanes hold several elements: neighbouring reads become one. */
const UNROLLED = 8;

/** A component whose variable is there. */
interface Started extends Component {
  readonly regs: readonly Vector[];
  readonly name: string;
}

interface More {
  readonly roots: readonly Node[];
  readonly inside: (body: Scope) => void;
}

export class Builder extends Keeping {
  // ---- values ----

  value(node: Node, scope: Scope, user?: Node): Expr {
    const output = isScan(node) ? this.opener.output(node) : undefined;
    if (output) return this.value(output, scope, user);
    const array = this.arrayOf(node, scope);
    if (array) return this.elementAt(array, node.data._tag === 'State' ? node.refs.slice(1) : node.refs);
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

  /** The array that a node is an element of: a loop's, after it or inside. */
  private arrayOf(node: Node, scope: Scope): Element | undefined {
    const [loop, ...at] = node.refs;
    if (node.data._tag === 'State' && at.length > 0 && loop!._tag === 'Free') {
      const whole = this.opener.read(loop!.name);
      return home(whole, scope).done.get(whole) as Element | undefined;
    }
    if (!isFold(node) || node.refs.length === 0) return undefined;
    const head = this.opener.head(node);
    const outside = home(head, scope);
    return (outside.done.get(head) ?? this.loopValue(head, outside)) as Element;
  }

  private elementAt(array: Element, refs: readonly Ref[]): Expr {
    return { ...array, index: [...array.index, ...refs.map((r) => this.places.int(r))] };
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
    const read = this.sought(node);
    if (read) return this.seek(node, read, at);
    const bucket = at.plan.buckets.get(node) ?? refuse('L-STATE', node.data.axis.name, 'unplanned', node);
    this.loop(bucket, at);
    return at.done.get(node) ?? refuse('L-STATE', node.data.axis.name, 'no component', node);
  }

  /** A read at a computed place: what depends on the place is computed there alone. */
  private seek(node: FoldNode, { place, first, value }: Sought, scope: Scope): Expr {
    const { axis, turn } = this.opener.open(node);
    const at = this.places.of(turn);
    const index = at._tag === 'Loop' ? at.index : refuse('L-AXIS', axis.name);
    const where = this.value(place, scope);
    const inner = scopeIn(scope, [turn], true);
    this.settle(inner, [value]);
    const there = this.value(value, inner);
    const name = this.names.fresh(`read_${this.places.useOf(axis).name}`);
    const made = { name, index, axis, bound: size(axis), place: where, first, body: inner.stmts, value: there };
    scope.stmts.push({ _tag: 'Seek', ...made });
    const read: Expr = { _tag: 'Get', name, index: [] };
    scope.done.set(node, read);
    return read;
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
    return `${within}${own}_${use._tag === 'Lanes' ? use.of : use.name}`;
  }

  /** A loop that does something more in each turn, before its states change. */
  storing(bucket: Bucket, scope: Scope, roots: readonly Node[], inside: (body: Scope) => void): void {
    this.looped(bucket, scope, { roots, inside });
  }

  private loop(bucket: Bucket, scope: Scope): void {
    const around = this.walks.get(bucket.turn); // a loop that a value of each element needs stands before the walk
    this.walks.delete(bucket.turn);
    this.looped(bucket, scope);
    if (around) this.walks.set(bucket.turn, around);
  }

  private looped(bucket: Bucket, scope: Scope, more?: More): void {
    this.demandScope(bucket, scope);
    const states = bucket.components.map((c) => this.started(c, scope));
    const tile =
      boundedBy(this.given.uses, bucket.axis) !== undefined || this.places.useOf(bucket.axis)._tag === 'Serial';
    const body = scopeIn(scope, [bucket.turn, ...states.map((c) => c.state)], tile);
    states.forEach((c) => body.done.set(this.opener.read(c.state), element(c.name, c.regs)));
    this.settle(body, [...states.map((c) => c.step), ...(more?.roots ?? [])]);
    const place = this.places.of(bucket.turn);
    const index = place._tag === 'Loop' ? place.index : refuse('L-AXIS', bucket.axis.name);
    this.origin(bucket, index, body);
    more?.inside(body);
    this.stepped(states, body);
    scope.stmts.push({
      _tag: 'Loop',
      index,
      axis: bucket.axis,
      bound: size(bucket.axis),
      carries: states.map((c) => c.name),
      body: body.stmts,
      note: this.note(bucket),
      ...((this.isShared || this.hasLanes) && staticSize(this.given.uses, bucket.axis) !== undefined
        ? { unroll: UNROLLED }
        : {}),
    });
    states.forEach((c) => scope.done.set(c.fold, element(c.name, c.regs)));
  }

  /** A state before the first turn. */
  private started(c: Component, scope: Scope): Started {
    const regs = this.vectors(c.fold);
    const init = c.own.length > 0 ? undefined : this.value(c.init, scope);
    const name = this.names.fresh(this.componentName(c, c.fold));
    const made = { ...c, regs, name };
    if (!init) this.filled(made, name, c.init, scope);
    else if (regs.length === 0) scope.stmts.push({ _tag: 'Var', name, kind: this.kind(c.fold), dims: [], init });
    else this.array(scope, name, c.fold, regs, init);
    return made;
  }

  /** All states change at once: what arrays become is made beside them, and copied last. */
  private stepped(states: readonly Started[], body: Scope): void {
    const copies = states
      .filter((c) => c.own.length > 0)
      .flatMap((c) => {
        const next = this.names.fresh(`next_${c.name}`);
        this.filled(c, next, c.step, body);
        return this.moved(c, c.name, next);
      });
    const numbers = states.filter((c) => c.own.length === 0);
    const updates = numbers.map(({ name, regs, fold, step }) => ({
      name,
      regs,
      kind: this.kind(fold),
      value: this.value(step, body),
    }));
    body.stmts.push(...assignments(this.names, updates), ...copies);
  }

  /** A loop beside another would need an array for an index that is bound in the other alone. */
  private demandScope({ axis, turn, components }: Bucket, scope: Scope): void {
    const states = components.map((c) => c.state);
    for (const c of components) {
      const own = new Set([turn, ...states, ...c.own.map((o) => o.name)]);
      const names = [...freeNames(c.init), ...freeNames(c.step)];
      if (names.some((n) => !own.has(n) && !scope.available.has(n))) refuse('L-SCAN', axis.name, 'an index inside');
    }
  }

  /** An array for the elements of a state, each from its own value: the turns do not need each other. */
  private filled(c: Started, name: string, node: Node, scope: Scope): void {
    const dims = [...c.regs.map((v) => v.dim), ...c.own.map((o) => this.tileDim(o.axis))];
    scope.stmts.push({ _tag: 'Var', name, kind: this.kind(c.fold), dims });
    const scopes = c.own.reduce<Scope[]>((acc, o) => [...acc, scopeIn(acc.at(-1)!, [o.name], true)], [scope]);
    scopes.slice(1).forEach((s) => this.settle(s, [node]));
    const inner = scopes.at(-1)!;
    const value = this.value(node, inner);
    const index = [...indexOf(c.regs), ...c.own.map((o) => this.places.int(free(o.name)))];
    inner.stmts.push(...forEach(c.regs, [{ _tag: 'Set', name, index, value }]));
    for (let i = c.own.length - 1; i >= 0; i--) scopes[i]!.stmts.push(...this.over([c.own[i]!], scopes[i + 1]!.stmts));
  }

  private moved(c: Started, into: string, from: string): readonly Stmt[] {
    const index = [...indexOf(c.regs), ...c.own.map((o) => this.places.int(free(o.name)))];
    const value: Expr = { _tag: 'Get', name: from, index };
    return this.over(c.own, forEach(c.regs, [{ _tag: 'Set', name: into, index, value }]));
  }

  /** Turns over the indices of a state. */
  private over(own: readonly Own[], body: readonly Stmt[]): readonly Stmt[] {
    return own.reduceRight<readonly Stmt[]>((inner, { name, axis }) => {
      const place = this.places.of(name);
      const index = place._tag === 'Loop' ? place.index : refuse('L-AXIS', axis.name);
      const note = `each ${this.places.useOf(axis).name} of the state`;
      return [{ _tag: 'Each', index, over: { _tag: 'Axis', axis }, bound: size(axis), body: inner, note }];
    }, body);
  }

  private note(bucket: Bucket): string {
    const use = this.places.useOf(bucket.axis);
    if (use._tag === 'Lanes')
      return bucket.axis === use.rest
        ? `what all lanes have of ${use.of}`
        : `what the lanes have found along ${use.of}`;
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
}
