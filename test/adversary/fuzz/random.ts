/** A seeded source of choices. Invariant: one seed, one sequence, on every machine. */
export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
  }
  /** in [0, 1) */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }
  chance(p: number): boolean {
    return this.unit() < p;
  }
  pick<A>(list: readonly A[]): A {
    return list[this.below(list.length)]!;
  }
  times<A>(n: number, make: (i: number) => A): A[] {
    return Array.from({ length: n }, (_, i) => make(i));
  }
}
