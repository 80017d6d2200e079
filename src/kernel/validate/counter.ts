/**
 * Flat counters: which block and lane runs, and which element of a tile a lane fills. Invariant: what is accepted numbers every element of a box
 * exactly once, the last index fastest. It knows no values.
 */
import type { Node } from '../../core/index.js';
import { refuse } from './error.js';
import {
  type Digit,
  type Int,
  type Stage,
  blocksOf,
  alongInt,
  foldedUses,
  gridDims,
  laneCount,
  laneDims,
  staticSize,
} from '../ir/kernel.js';
import { Reading } from './reading.js';

/** Whether digits are those of these uses, in order. */
const named = (found: readonly { readonly use: string }[], uses: readonly { readonly name: string }[]): boolean =>
  found.length === uses.length && found.every((d, i) => d.use === uses[i]!.name);

export class Counters extends Reading {
  /** Blocks and lanes are numbered row-major over all of the grid and of the tile; so are blocks where the grid is one number. */
  protected frame(): void {
    const { blocks: found, lanes } = this.kernel.frame;
    const expected = gridDims(this.kernel);
    const all = expected.flatMap((uses, d) => uses.map((u) => ({ name: u.name, dimension: d })));
    if (!named(found, all) || found.some((b, i) => b.dimension !== all[i]!.dimension))
      refuse('E-SHAPE', 'frame', found);
    expected.forEach((uses, d) =>
      this.digits(
        'frame',
        found.filter((b) => b.dimension === d),
        uses.map((u) => this.int(blocksOf(u))),
      ),
    );
    this.folded();
    const own = laneDims(this.kernel);
    if (!named(lanes, own)) refuse('E-SHAPE', 'frame', lanes);
    this.digits(
      'frame',
      lanes,
      own.map((u) => this.int(alongInt(u))),
    );
  }

  /** The grid as one number: every block below the end once, and the end is the number of blocks. */
  private folded(): void {
    const { blocks: found, end } = this.kernel.frame.folded;
    const uses = foldedUses(this.kernel);
    if (!named(found, uses)) refuse('E-SHAPE', 'frame', found);
    const extents = uses.map((u) => this.int(blocksOf(u)));
    this.digits('frame', found, extents);
    if (this.int(end) !== extents.reduce(this.ring.mul, this.ring.num(1))) refuse('E-BOUND', 'frame', end);
  }

  /** Digits of a counter that runs over a box, the last fastest: each is counter / (the extents after it) % its extent. */
  private digits(where: string, found: readonly Digit[], extents: readonly Node[]): void {
    extents.forEach((extent, i) => {
      const inner = extents.slice(i + 1);
      const divisor = inner.length === 0 ? undefined : inner.reduce(this.ring.mul);
      const modulus = i === 0 ? undefined : extent;
      const value = (e: Int | undefined): Node | undefined => e && this.int(e);
      if (value(found[i]?.divisor) !== divisor || value(found[i]?.modulus) !== modulus) refuse('E-ADDRESS', where, i);
    });
  }

  /** The lanes together reach each element of the tile's box exactly once. */
  protected slots(s: Stage): void {
    const extents = s.dims.map((d) => this.int(d.bound));
    if (this.int(s.bound) !== extents.reduce(this.ring.mul)) refuse('E-BOUND', s.tile, s.bound);
    if (s.step !== laneCount(this.kernel)) refuse('E-BOUND', s.tile, s.step);
    if (s.turns !== undefined && !(Number.isInteger(s.turns) && s.turns * s.step === this.fixed(s)))
      refuse('E-BOUND', s.tile, s.turns);
    if (
      s.ahead !== undefined &&
      !(Number.isInteger(s.ahead) && s.ahead >= 1 && (s.turns ?? 0) % s.ahead === 0 && s.turns)
    )
      refuse('E-BOUND', s.tile, s.ahead);
    this.digits(s.tile, s.dims, extents);
  }

  /** The number of elements of a filled tile where all its bounds are tile sizes. */
  private fixed(s: Stage): number | undefined {
    const sizes = s.dims.map((d) => (d.bound._tag === 'Size' ? staticSize(this.kernel.uses, d.bound.axis) : undefined));
    return sizes.reduce<number | undefined>((n, x) => (n === undefined || x === undefined ? undefined : n * x), 1);
  }
}
