/**
 * Tiles of workgroup memory, filled by all lanes together or by each with what it has: what they then hold. Invariant: a tile's cell is over the
 * indices of its own dimensions and of no lane besides. It does not know the order of statements; memory.ts does.
 */
import type { AxisVar, Node } from '../../core/index.js';
import { Counters } from './counter.js';
import { refuse } from './error.js';
import {
  type Int,
  type Kernel,
  type Put,
  type Stage,
  type Walk,
  boundedBy,
  groupedUses,
  laneUses,
} from '../ir/kernel.js';
import { parts } from '../ir/walk.js';
import type { Index } from './reading.js';
import { binding, freeNames } from '../../normal/rewrite.js';

export class Filling extends Counters {
  /** The index of a walk, and its bound. */
  protected walked({ index, over, bound }: Walk): Index {
    this.bounded(index, bound, over._tag === 'Axis' ? over.axis : this.grouped(over.use).tile);
    return over._tag === 'Axis' ? this.fresh(over.axis) : this.inTile(this.grouped(over.use));
  }

  /** A tile that lanes write, each its own elements: share.ts says that every element is one lane's. */
  protected put(s: Put): void {
    const decl = this.tile(s.tile);
    if (decl.dims.length !== s.dims.length || s.dims.length === 0) refuse('E-SHAPE', s.tile);
    const opened = s.dims.map((d, p) => {
      const at = d.over._tag === 'Lane' ? this.index(d.index) : this.walked(d);
      const axis = d.over._tag === 'Axis' ? d.over.axis : this.grouped(d.over.use).tile;
      this.bounded(d.index, d.bound, axis);
      if (decl.dims[p]!.use !== d.use || boundedBy(this.kernel.uses, axis)?.name !== d.use)
        refuse('E-BOUND', s.tile, d.use);
      return at;
    });
    const walked = s.dims.filter((d) => d.over._tag !== 'Lane');
    s.dims.forEach((d, p) => {
      if (d.over._tag !== 'Lane' && this.indices.has(d.index)) refuse('E-SCOPE', d.index);
      this.indices.set(d.index, opened[p]!);
    });
    const value = this.expr(s.value);
    walked.forEach((d) => this.indices.delete(d.index));
    this.fillTile(s.tile, opened, value);
  }

  private tile(name: string): Kernel['tiles'][number] {
    return this.kernel.tiles.find((t) => t.name === name) ?? refuse('E-SCOPE', name);
  }

  /** What a tile holds: of no lane's index but those it is an array over. */
  private fillTile(name: string, opened: readonly Index[], value: Node): void {
    const names = opened.map((i) => i.name);
    for (const u of laneUses(this.kernel)) {
      const lane = this.index(u.name).name;
      if (freeNames(value).has(lane) && !names.includes(lane)) refuse('E-DEPEND', name, u.name);
    }
    this.tiles.set(
      name,
      binding(
        this.pool,
        opened.map((i) => i.axis),
        names,
        value,
      ),
    );
  }

  /**
   * A state of a loop is a name of its own in a normal form, whichever lane has it: so what lanes fill together is read from inputs alone, and from
   * nothing that a lane has.
   */
  protected stage(s: Stage): void {
    const own = parts(s.value).find((e) => e._tag === 'Get' || e._tag === 'Tile');
    if (own) refuse('E-DEPEND', s.tile, 'filled with what a lane has', own);
    const decl = this.tile(s.tile);
    const opened = s.dims.map((d, p) => {
      const register = groupedUses(this.kernel).find((u) => u.name === d.use);
      const axis = register ? register.tile : this.axisOfBound(d.bound, s.tile);
      this.bounded(d.index, d.bound, axis);
      if (decl.dims[p]?.use !== d.use || boundedBy(this.kernel.uses, axis)?.name !== d.use)
        refuse('E-BOUND', s.tile, d.use);
      return register ? this.inTile(register) : this.fresh(axis);
    });
    if (decl.dims.length !== s.dims.length || s.dims.length === 0) refuse('E-SHAPE', s.tile);
    this.slots(s);
    s.dims.forEach((d, p) =>
      this.indices.has(d.index) ? refuse('E-SCOPE', d.index) : this.indices.set(d.index, opened[p]!),
    );
    const value = this.expr(s.value);
    s.dims.forEach((d) => this.indices.delete(d.index));
    this.fillTile(s.tile, opened, value);
  }

  private axisOfBound(bound: Int, where: string): AxisVar {
    return bound._tag === 'Size' ? bound.axis : refuse('E-BOUND', where);
  }
}
