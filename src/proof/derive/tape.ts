/**
 * Reverse differentiation: numbers are places on a tape that records, for each, two parents and the derivatives in them.
 * Invariant: a place is smaller than those that are computed from it. Knows nothing of symbols.
 */
export class Tape {
  private value = new Float64Array(1024);
  private left = new Int32Array(1024);
  private right = new Int32Array(1024);
  private dl = new Float64Array(1024);
  private dr = new Float64Array(1024);
  private adjoint = new Float64Array(1024);
  length = 0;

  reset(): void {
    this.length = 0;
  }
  at(i: number): number {
    return this.value[i]!;
  }

  /** A place with its value, parents (-1: none) and derivatives. */
  push(value: number, left = -1, dl = 0, right = -1, dr = 0): number {
    if (this.length === this.value.length) this.grow();
    const i = this.length++;
    this.value[i] = value;
    this.left[i] = left;
    this.right[i] = right;
    this.dl[i] = dl;
    this.dr[i] = dr;
    return i;
  }

  private grow(): void {
    const more = <A extends Float64Array | Int32Array>(a: A): A => {
      const b = (a instanceof Int32Array ? new Int32Array(2 * a.length) : new Float64Array(2 * a.length)) as A;
      b.set(a);
      return b;
    };
    this.value = more(this.value);
    this.left = more(this.left);
    this.right = more(this.right);
    this.dl = more(this.dl);
    this.dr = more(this.dr);
    this.adjoint = more(this.adjoint);
  }

  /** The derivatives of a weighted sum of places in the places below `count`. */
  gradient(seeds: readonly (readonly [place: number, weight: number])[], count: number, into: Float64Array): void {
    this.adjoint.fill(0, 0, this.length);
    for (const [place, weight] of seeds) this.adjoint[place]! += weight;
    for (let i = this.length - 1; i >= count; i -= 1) {
      const a = this.adjoint[i]!;
      if (a === 0) continue;
      const [l, r] = [this.left[i]!, this.right[i]!];
      if (l >= 0) this.adjoint[l]! += a * this.dl[i]!;
      if (r >= 0) this.adjoint[r]! += a * this.dr[i]!;
    }
    into.set(this.adjoint.subarray(0, count));
  }
}
