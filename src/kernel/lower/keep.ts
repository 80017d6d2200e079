/**
 * Kept values: what several loops over a tile would compute again, and what lanes that would all compute the same share out among them. Invariant: a
 * value of a tile that lanes share is in a private array of each lane's part, and whole in workgroup memory. What the values are is build.ts.
 */
import type { AxisVar, Node } from '../../core/index.js';
import {
  type Expr,
  type Int,
  type LaneDim,
  type Lanes,
  type Put,
  type Share,
  at,
  boundedBy,
  isSharing,
  laneDims,
  laneUses,
  lanesAlong,
  num,
  sameShare,
  size,
  staticSize,
} from '../ir/kernel.js';
import { freeNames } from '../../normal/rewrite.js';
import { Loads } from './loads.js';
import { type FoldNode, isFold } from './open.js';
import { type Sought, sought } from './seek.js';
import type { Places } from './place.js';
import { type Kept, plan } from './plan.js';
import { refuse } from '../ir/scheduled.js';
import {
  type Element,
  type KeptIn,
  element,
  type Scope,
  type Vector,
  forEach,
  indexOf,
  kindOf,
  registerVector,
  scopeIn,
} from './scope.js';

// prettier-ignore
const BASE_NAMES = {
  add: 'total', mul: 'product', neg: 'negated', recip: 'inverse', exp: 'power', log: 'logarithm', sqrt: 'root', lt: 'is_less',
  not: 'is_not', and: 'both', or: 'either', true: 'yes', false: 'no',
} as const;

export abstract class Keeping extends Loads {
  /** The value itself, its parts bound where they belong. */
  protected abstract raw(node: Node, scope: Scope): Expr;
  protected abstract loopValue(node: FoldNode, at: Scope): Expr;

  settle(scope: Scope, roots: readonly Node[]): void {
    const here = scope.parent ? scope.here : undefined;
    const isTile = (axis: Parameters<Places['useOf']>[0]): boolean => boundedBy(this.given.uses, axis) !== undefined;
    const spreads = (node: Node): boolean => this.idle(node).length > 0;
    const seeks = (fold: FoldNode): boolean => this.sought(fold) !== undefined;
    scope.plan = plan({ opener: this.opener, available: scope.available, here, isTile, spreads, seeks }, roots);
  }

  /** A read at a computed place, over an axis that is one loop, of a value that is no array of registers. */
  protected sought(fold: FoldNode): Sought | undefined {
    const known = this.soughtTable.get(fold);
    if (known !== undefined) return known ?? undefined;
    const { axis, turn, components } = this.opener.open(fold);
    const isPlain = ['Serial', 'Held'].includes(this.places.useOf(axis)._tag) && components.length === 1;
    const found = isPlain && this.vectors(fold).length === 0 ? sought(components[0]!, turn) : undefined;
    this.soughtTable.set(fold, found ?? null);
    return found;
  }
  private readonly soughtTable = new Map<FoldNode, Sought | null>();

  /** What a value is an array over: tiles that are being walked, then registers; a state is what its loop is. */
  protected vectors(node: Node): readonly Vector[] {
    const names = [...this.indices(node)].sort((a, b) => a - b);
    const walks = names.flatMap((n) => this.walks.get(n) ?? []);
    return [...walks, ...names.flatMap((n) => this.places.registerOrNone(n)).map(registerVector)];
  }
  /** The shared tiles whose lanes all compute the same of a value; none where a lane's own index, if there is one, is not among its indices. */
  private idle(node: Node): readonly LaneDim[] {
    if (this.kind(node) === 'boolean') return []; // workgroup memory holds numbers
    const names = [...this.indices(node)];
    const places = names.map((n) => this.places.of(n));
    const has = (u: LaneDim): boolean =>
      places.some((p) => (p._tag === 'Lane' || p._tag === 'Register') && p.use === u) ||
      names.some((n) => (this.walks.get(n)?.share ?? this.runs.get(n))?.lanes.includes(u.name));
    const dims = laneDims({ uses: this.given.uses });
    return dims.every((u) => isSharing(u) || has(u)) ? dims.filter((u) => isSharing(u) && !has(u)) : [];
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
  protected readonly kind = (node: Node): 'real' | 'boolean' =>
    kindOf(node, {
      state: (name) => this.opener.stateOf(name),
      input: (input) => this.wire(input).kind ?? 'real',
    });

  protected array(scope: Scope, name: string, node: Node, regs: readonly Vector[], value: Expr): void {
    scope.stmts.push({ _tag: 'Var', name, kind: this.kind(node), dims: regs.map((v) => v.dim) });
    scope.stmts.push(...forEach(regs, [{ _tag: 'Set', name, index: indexOf(regs), value }]));
  }

  protected baseName(node: Node): string {
    const { data } = node;
    if (data._tag === 'Read') return `${this.wireOf(data.input)}_value`;
    if (data._tag === 'Op') return BASE_NAMES[data.operator];
    if (data._tag === 'Select') return node.cells[0]!.body.data._tag === 'Op' ? 'greatest' : 'chosen';
    return 'size';
  }
  protected keptValue(kept: Kept, node: Node, scope: Scope): Expr {
    const place = this.places.of(kept.turn);
    const index = place._tag === 'Loop' ? place.index : refuse('L-AXIS', kept.axis.name);
    const { read, tile } = scope.kept.get(kept.node) ?? this.fill(kept, index, scope);
    const moved = (e: Int): Int => (node !== kept.node && 'index' in e && e.index === index ? num(0) : e);
    const mine = tile?.dims.find((d) => d.index === index);
    const isOwn = node === kept.node && sameShare(this.walks.get(kept.turn)?.share, mine?.share);
    if (!tile || isOwn) return { ...read, index: read.index.map(moved) };
    return { _tag: 'Tile', name: tile.name, index: tile.dims.map((d) => moved(at(d.index))) };
  }

  /** The turns in which lanes run the whole of a value's loops, each for its own element. */
  private readonly runs = new Map<number, Share>();

  /** What each lane finds along its part of a stream, in one run of its loops, put where the others read it. */
  private run(use: Lanes, { node: wanted, turn }: Kept, index: string, scope: Scope): KeptIn {
    const nodes = [...scope.plan.kept.values()].filter((k) => k.turn === turn).map((k) => k.node);
    const own: Vector = { ...this.walkOf(use.axis, index, [use]) };
    const inner = scopeIn(scope, [turn]);
    this.runs.set(turn, own.share!);
    this.settle(inner, nodes);
    const found = nodes.map((node) => ({ node, value: this.whole(node, inner) }));
    this.runs.delete(turn);
    const made = found.map(({ node, value }) => {
      const base = value._tag === 'Get' ? value.name : this.baseName(node);
      const read = element(this.names.fresh(`${base}_of_${index}`), [own]);
      scope.stmts.push({ _tag: 'Var', name: read.name, kind: this.kind(node), dims: [own.dim] });
      inner.stmts.push({ _tag: 'Set', name: read.name, index: read.index, value });
      return { node, read };
    });
    scope.stmts.push(...forEach([own], inner.stmts));
    const puts = made.map(({ node, read }) => {
      const { put, name, dims } = this.putOf(read, [own]);
      scope.kept.set(node, { read, tile: { name, dims } });
      return put;
    });
    scope.stmts.push({ _tag: 'Barrier' }, ...puts, { _tag: 'Barrier' });
    return scope.kept.get(wanted)!;
  }

  /** A value of each lane, of whose loop another value may be the end too. */
  private whole(node: Node, inner: Scope): Expr {
    if (!isFold(node)) return this.raw(node, inner);
    return inner.done.get(node) ?? this.loopValue(node, inner);
  }

  /** The array of a value at every element of a tile. */
  private fill(kept: Kept, index: string, scope: Scope): KeptIn {
    const { node, turn, axis } = kept;
    const use = this.places.useOf(axis);
    if (use._tag === 'Lanes' && axis === use.axis) return this.run(use, kept, index, scope);
    const around = this.walks.get(turn); // of a kept value that this one is a part of
    this.walks.delete(turn);
    const idle = this.idle(node);
    this.walks.set(turn, this.walkOf(axis, index, idle));
    const inner = scopeIn(scope, [turn]);
    this.settle(inner, [node]);
    const value = isFold(node) ? this.loopValue(node, inner) : this.raw(node, inner);
    const read =
      isFold(node) && value._tag === 'Get'
        ? value
        : element(this.names.fresh(`${this.baseName(node)}_of_${index}`), this.vectors(node));
    if (!isFold(node)) this.array(inner, read.name, node, this.vectors(node), value);
    scope.stmts.push(...inner.stmts);
    const made: KeptIn = { read, tile: idle.length > 0 ? this.put(node, read, scope) : undefined };
    this.walks.delete(turn);
    if (around) this.walks.set(turn, around);
    scope.kept.set(node, made);
    return made;
  }

  /** A tile that is being walked: shared out among the lanes that would all compute the same. */
  private walkOf(axis: AxisVar, index: string, idle: readonly LaneDim[]): Vector {
    const dim = this.tileDim(axis);
    const walk = { index, over: { _tag: 'Axis', axis }, bound: size(axis) } as const;
    if (idle.length === 0) return { ...walk, dim };
    const lanes = idle.reduce((n, u) => n * lanesAlong(u), 1);
    const share: Share = { lanes: idle.map((u) => u.name), perLane: Math.ceil(dim.capacity / lanes), wide: 1 };
    const isWhole = staticSize(this.given.uses, axis) !== undefined && share.perLane * lanes === dim.capacity;
    return { ...walk, dim: { ...dim, share }, share, partial: !isWhole };
  }

  /** Every lane writes its share of a kept value where the others read it. */
  private put(node: Node, read: Element, scope: Scope): NonNullable<KeptIn['tile']> {
    const { put, name, dims } = this.putOf(read, this.vectors(node));
    scope.stmts.push({ _tag: 'Barrier' }, put, { _tag: 'Barrier' });
    return { name, dims };
  }

  private putOf(read: Element, regs: readonly Vector[]): NonNullable<KeptIn['tile']> & { readonly put: Put } {
    const lanes = laneUses({ uses: this.given.uses }).map((u) => ({
      index: u.name,
      use: u.name,
      over: { _tag: 'Lane', use: u.name } as const,
      bound: size(u.tile),
    }));
    const dims = [...lanes, ...[...regs].reverse().map(({ dim, ...walk }) => ({ ...walk, use: dim.use }))];
    const shape = dims.map((d) => this.dimOf(d.use));
    const tile = this.fillOf(`kept|${shape.map((d) => d.use).join()}`, 'kept', shape);
    return { name: tile, dims, put: { _tag: 'Put', tile, dims, value: read } };
  }
}
