/** What a schedule costs more than it might, in words. Knows no kernel. */
import type { Fact } from '../kernel/cost/explain.js';
import { clean, listed } from '../language/print/clean.js';

/** One line of `weft extract --explain`. */
export function explainedLine(f: Fact): string {
  switch (f._tag) {
    case 'Again':
      return `computed again in each tile of ${clean(f.axis)}, though it does not depend on ${clean(f.axis)}: ${f.many} operations in all; a tile larger than ${f.tile} repeats them less`;
    case 'FewBlocks': {
      const { blocks, by, registers } = f.residence;
      const why = by === 'registers' ? `${registers} registers a lane, an estimate` : by;
      return `a multiprocessor of ${clean(f.device)} holds ${blocks === 0 ? 'no block' : 'one block'}, limited by ${why}: nothing runs while it waits`;
    }
    case 'Apart':
      return `${clean(f.array)} is ${f.what} by neighbouring lanes ${f.stride} numbers apart, not side by side`;
    case 'EqualTiles':
      return `${listed(f.tiles.map(clean))} are tiles of one shape for ${clean(f.array)}: one would do where no two are needed at once`;
  }
}
