/**
 * Elements of inputs: as loads from global memory, or from tiles that all lanes fill together. Invariant: a tile is filled outside every loop
 * over its elements and between two barriers, in control flow that all lanes share. It computes no values.
 */
import type { Axis, Node } from '../../core/index.js';
import {
  type AxisUse,
  type Dim,
  type Expr,
  type Grouped,
  type Int,
  type Kind,
  type Level,
  type StageDim,
  type Stmt,
  type TileDecl,
  at,
  boundedBy,
  capacityOf,
  digits,
  mul,
  num,
  size,
  staticSize,
} from '../ir/kernel.js';
import { type Pool, freeNames } from '../../normal/rewrite.js';
import { Opener } from './open.js';
import { Places } from './place.js';
import type { Kept } from './plan.js';
import { refuse } from '../ir/scheduled.js';
import { Names, type Scope, type Vector, homeOf } from './scope.js';

export interface Inputs {
  readonly pool: Pool;
  readonly uses: readonly AxisUse[];
  readonly wires: readonly {
    readonly name: string;
    readonly level: Level;
    readonly axes: readonly Axis[];
    readonly kind?: Kind | undefined;
  }[];
  readonly lanes: number;
  readonly taken: readonly string[];
}

/** How many loads of a lane are on their way at once, where lanes fill rows: measured, docs/reference/gpu.md. */
const AHEAD = 16;
/** The largest divisor of n that is at most so large. */
function divisor(n: number, most: number): number {
  let d = Math.min(n, most);
  while (n % d !== 0) d--;
  return d;
}

/** An element of a tile. */
type Staged = { readonly name: string; readonly index: readonly Int[] };

export class Loads {
  readonly opener: Opener;
  readonly places: Places;
  readonly names: Names;
  readonly tiles = new Map<string, TileDecl>();
  /** for each fill the tile that it is meant for: reuse.ts gives it that or a copy */
  readonly fills = new Map<string, TileDecl>();
  /** the tiles for whose elements values are being kept */
  protected readonly walks = new Map<number, Vector>();

  constructor(protected readonly given: Inputs) {
    this.places = new Places(given.pool, given.uses);
    this.names = new Names(given.taken);
    this.opener = new Opener(
      given.pool,
      (name, axis, level) => this.places.put(name, { _tag: 'Loop', axis, index: this.loopIndex(axis, level) }),
      (name) => this.places.loopAxis(name),
    );
  }

  /** An index of a loop by how deep it is nested, or of a state that is an array. */
  private loopIndex(axis: Parameters<Places['useOf']>[0], level: number | undefined): string {
    return level === undefined ? this.names.fresh(`${this.places.useOf(axis).name}_here`) : this.indexName(axis, level);
  }
  private indexName(axis: Parameters<Places['useOf']>[0], level: number): string {
    const use = this.places.useOf(axis);
    const tail = use._tag !== 'Streamed' ? '' : use.count === axis ? '_tile' : use.last?.flag === axis ? '_last' : '';
    if (use._tag === 'Grouped' || use._tag === 'Grid') refuse('L-AXIS', use.name, 'a loop over an axis of the grid');
    if (use._tag === 'Lanes') return `${use.of}${use.rest === axis ? '' : '_part'}${level > 0 ? `_${level + 1}` : ''}`;
    return `${use.name}${tail}${level > 0 ? `_${level + 1}` : ''}`;
  }

  protected wireOf(input: number): string {
    return this.wire(input).name;
  }
  protected wire(input: number): Inputs['wires'][number] {
    return this.given.wires[
      this.places.blockOf(
        this.given.wires.map((w) => w.axes),
        input,
      ).array
    ]!;
  }

  /** whether lanes hold several elements of a tile that others have the rest of */
  protected get isShared(): boolean {
    return this.given.uses.some((u) => u._tag === 'Grouped' && u.as === 'share');
  }
  /** whether lanes have parts of a stream */
  protected get hasLanes(): boolean {
    return this.given.uses.some((u) => u._tag === 'Lanes');
  }
  protected dimOf(use: string): Dim {
    const found = this.given.uses.find((u) => u.name === use);
    const capacity = found && capacityOf(found);
    return capacity === undefined ? refuse('L-AXIS', use) : { use, capacity };
  }
  /**
   * A fill of the tile of a key. Rows are padded so that lanes which read rows apart read other banks: of shared tiles four numbers at once, of a
   * row for each lane one.
   */
  protected fillOf(key: string, base: string, dims: readonly Dim[], byLane = false): string {
    const pad = dims.length < 2 ? {} : this.isShared ? { pad: 4 } : byLane ? { pad: 1 } : {};
    const decl = this.tiles.get(key) ?? { name: this.names.fresh(`${base}_tile`), dims, datatype: 'f32', ...pad };
    this.tiles.set(key, decl);
    const fill = `${decl.name}#${this.fills.size}`;
    this.fills.set(fill, decl);
    return fill;
  }

  protected tileDim(axis: Kept['axis']): Dim {
    const use = boundedBy(this.given.uses, axis) ?? refuse('L-AXIS', axis.name);
    return { use: use.name, capacity: use.capacity };
  }

  protected read(node: Node, input: number, scope: Scope): Expr {
    const tile = this.tiled(node, scope) ?? this.first(node, scope);
    if (tile) return { _tag: 'Tile', ...tile };
    const { array, block } = this.places.blockOf(
      this.given.wires.map((w) => w.axes),
      input,
    );
    return {
      _tag: 'Load',
      array: this.given.wires[array]!.name,
      address: this.places.address(this.given.wires[array]!.axes, block, node.refs),
    };
  }

  /** The element in a tile that is filled where it is read, or around. */
  private tiled(node: Node, scope: Scope): Staged | undefined {
    const staged = this.stageScope(node, scope);
    if (!staged) return undefined;
    if (!staged.tiles.has(node)) this.stage(staged);
    return staged.tiles.get(node);
  }
  /** The first element of a row whose others are read from a tile. */
  private first(node: Node, scope: Scope): Staged | undefined {
    const last = node.refs.at(-1);
    if (last?._tag !== 'First') return undefined;
    const other = scope.plan.reads.find((n) => {
      const turn = n.refs.at(-1);
      return (
        turn?._tag === 'Free' &&
        this.places.loopAxis(turn.name) === last.axis &&
        this.opener.atFirst(n, turn.name, last.axis) === node
      );
    });
    const tile = other && this.tiled(other, scope);
    return tile && { ...tile, index: [...tile.index.slice(0, -1), num(0)] };
  }

  /**
   * The names of an element that run over a tile. A lane is one of them where the last runs over a tile: then each lane reads a row of its own, and
   * neighbours in memory are of one row. Undefined of a lane otherwise: where neighbours are of neighbouring lanes, they read well as it is.
   */
  private tileNames(node: Node): readonly number[] | undefined {
    const names = node.refs.flatMap((r) => (r._tag === 'Free' ? [r.name] : []));
    const last = node.refs.at(-1);
    if (names.some((n) => this.isLane(n)) && !(last?._tag === 'Free' && this.isTiled(last.name))) return undefined;
    return names.filter((n) => this.isAlong(n) || this.isTiled(n));
  }
  private isLane(name: number): boolean {
    return this.places.of(name)._tag === 'Lane';
  }
  /** An index of the block's own tiles: all of it is filled, wherever it is read. */
  private isAlong(name: number): boolean {
    return this.isLane(name) || this.places.register(name) !== undefined;
  }
  private isTiled(name: number): boolean {
    const p = this.places.of(name);
    return p._tag === 'Loop' && boundedBy(this.given.uses, p.axis) !== undefined;
  }

  /** Where a tile of this input is filled: outside every loop over its elements. */
  private stageScope(node: Node, scope: Scope): Scope | undefined {
    if (node.data._tag !== 'Read' || this.given.lanes < 2) return undefined;
    const { array } = this.places.blockOf(
      this.given.wires.map((w) => w.axes),
      node.data.input,
    );
    const inside = this.tileNames(node);
    if (this.given.wires[array]!.level !== 'workgroup' || !inside || inside.every((n) => this.isAlong(n)))
      return undefined;
    const at = homeOf(
      [...freeNames(node)].filter((n) => !inside.includes(n)),
      scope,
    );
    return at.walksTile || inside.some((n) => !this.isAlong(n) && !this.walks.has(n) && at.available.has(n))
      ? undefined
      : at;
  }

  /** Fills every tile that belongs to a scope, between two barriers. */
  private stage(scope: Scope): void {
    const mine = scope.plan.reads.filter((n) => this.belongs(n, scope));
    const stmts = mine.flatMap((n) => this.stageOne(n, scope));
    scope.stmts.push({ _tag: 'Barrier' }, ...stmts, { _tag: 'Barrier' });
  }
  private belongs(node: Node, scope: Scope): boolean {
    const inside = this.tileNames(node) ?? [];
    const outside = [...freeNames(node)].filter((n) => !inside.includes(n));
    return outside.every((n) => scope.available.has(n)) && this.stageScope(node, scope) === scope;
  }

  private stageOne(node: Node, scope: Scope): readonly Stmt[] {
    const { array, block } = this.places.blockOf(
      this.given.wires.map((w) => w.axes),
      (node.data as { readonly input: number }).input,
    );
    const wire = this.given.wires[array]!;
    const rows = new Map<Grouped, string>();
    const dims = this.tileNames(node)!.map((n): StageDim & { readonly capacity: number; readonly from: string } => {
      const p = this.places.of(n);
      if (p._tag === 'Register' || p._tag === 'Lane') {
        const index = p._tag === 'Lane' ? `${p.use.name}_row` : p.use.name;
        if (p._tag === 'Lane') rows.set(p.use, index);
        return { index, from: p.use.name, use: p.use.name, bound: size(p.use.tile), capacity: p.use.capacity };
      }
      if (p._tag !== 'Loop') return refuse('L-AXIS', wire.name);
      const { use, capacity } = this.tileDim(p.axis);
      return { index: p.index, from: p.index, use, bound: size(p.axis), capacity };
    });
    const key = `${wire.name}|${dims.map((d) => d.use).join()}|${this.tilesOf(scope, wire.name)}`;
    const tile = this.fillOf(
      key,
      wire.name,
      dims.map(({ use, capacity }) => ({ use, capacity })),
      rows.size > 0,
    );
    scope.tiles.set(node, { name: tile, index: dims.map((d) => at(d.from)) });
    const address = this.places.address(wire.axes, block, node.refs, { rows });
    const value: Expr = { _tag: 'Load', array: wire.name, address };
    const bounds = dims.map((d) => d.bound);
    const places = digits(bounds).map((digit, i) => {
      const { index, use, bound } = dims[i]!;
      return { index, use, bound, ...digit };
    });
    const { lanes: step } = this.given;
    const all = { _tag: 'Stage', tile, bound: bounds.reduce(mul), step, dims: places, value } as const;
    const turns = this.isShared || rows.size > 0 ? this.turns(dims) : undefined;
    if (turns === undefined) return [all];
    const ahead = rows.size === 0 ? 1 : divisor(turns, AHEAD);
    return [{ ...all, turns, ...(ahead > 1 ? { ahead } : {}) }];
  }
  /** How often every lane fills, where that is the same for all and known. */
  private turns(dims: readonly (StageDim & { readonly capacity: number })[]): number | undefined {
    const fixed = ({ bound }: StageDim): boolean =>
      bound._tag === 'Size' && staticSize(this.given.uses, bound.axis) !== undefined;
    const slots = dims.reduce((n, d) => n * d.capacity, 1);
    return dims.every(fixed) && slots % this.given.lanes === 0 ? slots / this.given.lanes : undefined;
  }
  /** A second element of one wire in one scope has a tile of its own. */
  private tilesOf(scope: Scope, wire: string): number {
    return [...scope.tiles.keys()].filter((n) => n.data._tag === 'Read' && this.wireOf(n.data.input) === wire).length;
  }
}
