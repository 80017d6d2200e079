/** Interning: one frozen value for a key, and a memory of what was made here, so that nothing made elsewhere passes for it. */
import { refuse } from './error.js';
import { spend } from './fuel.js';

export class Table<A extends { readonly id: number }> {
  readonly #known = new Map<string, A>();
  readonly #made = new Set<unknown>(); // not weak: the table keeps what it made

  intern(key: string, make: (id: number) => A): A {
    spend(8);
    const known = this.#known.get(key);
    if (known) return known;
    spend(150 + key.length / 4);
    const made = Object.freeze(make(this.#known.size));
    this.#made.add(made);
    this.#known.set(key, made);
    return made;
  }
  has(value: unknown): value is A {
    return this.#made.has(value);
  }
  /** E-TYPE where a value was not made here. */
  require(rule: string, what: string, values: readonly unknown[]): void {
    for (const v of values) if (!this.#made.has(v)) refuse('E-TYPE', rule, `${what} made by the core`, v);
  }
}
Object.freeze(Table.prototype);
