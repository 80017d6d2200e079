/**
 * The sums of a count. Invariant: what is added is kept, each kind in its own sum. It knows no kernel and no statement.
 */
import type { Arithmetic } from '../ir/kernel.js';
import { type Polynomial, ZERO, sum } from './polynomial.js';

/** Numbers of an array: as lanes ask for them, and how many different ones in each block and turn. */
export interface Traffic {
  readonly asked: Polynomial;
  readonly moved: Polynomial;
}

/** Counts of all blocks and lanes; one number has 4 bytes. */
export interface Tally {
  readonly operations: ReadonlyMap<Exclude<Arithmetic, 'true' | 'false'>, Polynomial>;
  /** choices of one of two values, both of which are computed */
  readonly selects: Polynomial;
  readonly seeks: Polynomial;
  readonly loads: ReadonlyMap<string, Traffic>;
  readonly stores: ReadonlyMap<string, Polynomial>;
  /** numbers of workgroup memory read: as lanes ask, and without those that stay in a register while a loop over a private array runs */
  readonly tileReads: { readonly asked: Polynomial; readonly kept: Polynomial };
  readonly tileWrites: Polynomial;
  readonly barriers: Polynomial;
}

type Counted = 'select' | 'seek' | 'barrier' | 'tile written' | 'tile asked' | 'tile kept';

export class Meter {
  private readonly counts = new Map<Counted, Polynomial>();
  private readonly operations = new Map<Exclude<Arithmetic, 'true' | 'false'>, Polynomial>();
  private readonly loads = new Map<string, Traffic>();
  private readonly stores = new Map<string, Polynomial>();

  add(what: Counted, many: Polynomial): void {
    this.counts.set(what, sum(this.counts.get(what) ?? ZERO, many));
  }
  did(operator: Exclude<Arithmetic, 'true' | 'false'>, many: Polynomial): void {
    this.operations.set(operator, sum(this.operations.get(operator) ?? ZERO, many));
  }
  loaded(array: string, asked: Polynomial, moved: Polynomial): void {
    const known = this.loads.get(array) ?? { asked: ZERO, moved: ZERO };
    this.loads.set(array, { asked: sum(known.asked, asked), moved: sum(known.moved, moved) });
  }
  stored(array: string, many: Polynomial): void {
    this.stores.set(array, sum(this.stores.get(array) ?? ZERO, many));
  }
  read(asked: Polynomial, kept: Polynomial): void {
    this.add('tile asked', asked);
    this.add('tile kept', kept);
  }

  tally(): Tally {
    const of = (what: Counted): Polynomial => this.counts.get(what) ?? ZERO;
    return {
      operations: this.operations,
      selects: of('select'),
      seeks: of('seek'),
      loads: this.loads,
      stores: this.stores,
      tileReads: { asked: of('tile asked'), kept: of('tile kept') },
      tileWrites: of('tile written'),
      barriers: of('barrier'),
    };
  }
}
