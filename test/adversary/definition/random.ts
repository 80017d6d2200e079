// Random definitions: maps, sums, maxima, loops with states that are arrays, outputs for every turn, conditions, positions, concatenations and
// several results, over three axes. Invariant: the text reads; the same numbers give the same text. It does not know what is extracted.
export interface Draw {
  readonly next: () => number;
}
/** The indices in scope, by axis. */
type Scope = Readonly<Record<string, readonly string[]>>;

const AXES = ['a', 'b', 'c'] as const;
const ARRAYS: readonly (readonly [name: string, axes: readonly string[]])[] = [
  ['x', ['a', 'b']],
  ['y', ['b', 'c']],
  ['z', ['a']],
  ['w', ['b', 'b']],
  ['u', ['c']],
];

class Drawing {
  private fresh = 0;
  constructor(private readonly next: () => number) {}

  private pick<A>(list: readonly A[]): A {
    return list[Math.floor(this.next() * list.length)]!;
  }
  private name(base: string): string {
    return `${base}${++this.fresh}`;
  }
  private within(scope: Scope, axis: string, index: string): Scope {
    return { ...scope, [axis]: [...(scope[axis] ?? []), index] };
  }
  private axisIn(scope: Scope): string | undefined {
    const open = AXES.filter((a) => (scope[a] ?? []).length > 0);
    return open.length === 0 ? undefined : this.pick(open);
  }

  private leaf(scope: Scope): string {
    const readable = ARRAYS.filter(([, axes]) => axes.every((a) => (scope[a] ?? []).length > 0));
    const kind = this.next();
    if (readable.length > 0 && kind < 0.75) {
      const [array, axes] = this.pick(readable);
      return `${array}[${axes.map((a) => this.pick(scope[a]!)).join(', ')}]`;
    }
    const axis = this.axisIn(scope);
    if (axis !== undefined && kind < 0.85) return `((position[${axis}])[${this.pick(scope[axis]!)}] / size ${axis})`;
    return this.pick(['s', '1/2', '-1', '(1 / size b)']);
  }

  private condition(scope: Scope, depth: number): string {
    const axis = AXES.find((a) => (scope[a] ?? []).length > 1);
    if (axis !== undefined && this.next() < 0.6) {
      const [i, j] = scope[axis]!;
      return `(position[${axis}])[${i}] ${this.pick(['<', '<=', '=='])} (position[${axis}])[${j}]`;
    }
    const own = (scope['a'] ?? []).at(-1);
    return own !== undefined && this.next() < 0.5
      ? `p[${own}]`
      : `${this.leaf(scope)} < ${this.scalar(scope, depth - 1)}`;
  }

  scalar(scope: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(scope);
    const kind = this.next();
    const part = (): string => this.scalar(scope, depth - 1);
    if (kind < 0.2) return `(${part()} + ${part()})`;
    if (kind < 0.35) return `(${part()} * ${this.leaf(scope)})`;
    if (kind < 0.42) return `sigmoid(${part()})`;
    if (kind < 0.5) return `max2(${part()}, ${part()})`;
    if (kind < 0.6) return `(if ${this.condition(scope, depth)} then ${part()} else ${part()})`;
    const axis = this.pick(AXES);
    const i = this.name(axis);
    const inner = this.within(scope, axis, i);
    if (kind < 0.78) return `(sum ${i}:${axis} (${this.scalar(inner, depth - 1)}) / size ${axis})`;
    if (kind < 0.86) return `(max ${i}:${axis} (${this.scalar(inner, depth - 1)}))`;
    return kind < 0.93 ? this.loop(scope, depth) : this.ofArrays(scope, depth);
  }

  /** A loop with one number for its state. */
  private loop(scope: Scope, depth: number): string {
    const [axis, s] = [this.pick(AXES), this.name('t')];
    const i = this.name(axis);
    const step = this.scalar(this.within(scope, axis, i), depth - 1);
    return `(fold ${i}:${axis} (${s} = ${this.leaf(scope)}) (${s} / 2 + ${step}))`;
  }

  /** A loop whose state is an array that its steps read elsewhere; one element of it, or their sum. */
  private ofArrays(scope: Scope, depth: number): string {
    const [turn, over] = [this.pick(['a', 'c']), 'b'];
    const [i, j, k, s, l] = [this.name(turn), this.name(over), this.name(over), this.name('t'), this.name(over)];
    const inner = this.within(this.within(scope, turn, i), over, j);
    const step = `${this.scalar(inner, depth - 2)} + sum ${k}:${over} (w[${j}, ${k}] * ${s}[${k}]) / size ${over}`;
    const loop = `fold ${i}:${turn} (${s} = map ${j}:${over} (${this.leaf(this.within(scope, over, j))})) (map ${j}:${over} (${step}))`;
    return `(let ${s} = (${loop}) in sum ${l}:${over} (${s}[${l}]) / size ${over})`;
  }

  /** An array over an axis that a loop puts out, turn by turn. */
  private scanned(scope: Scope, axis: string, depth: number): string {
    const [i, s, y] = [this.name(axis), this.name('t'), this.name('y')];
    const inner = this.within(scope, axis, i);
    const [step, out] = [this.scalar(inner, depth), this.scalar(inner, 1)];
    return `(let (${s}, ${y}) = scan ${i}:${axis} (${s} = ${this.leaf(scope)}) (${s} / 2 + ${step}, ${this.pick([s, `${s} + ${out}`, `${s} * ${out}`])}) in ${y})`;
  }

  /** An array over some axes. */
  array(scope: Scope, axes: readonly string[], depth: number): string {
    const [axis, ...rest] = axes;
    if (axis === undefined) return this.scalar(scope, depth);
    if (rest.length === 0 && this.next() < 0.25) return this.scanned(scope, axis, depth - 1);
    const i = this.name(axis);
    return `map ${i}:${axis} (${this.array(this.within(scope, axis, i), rest, depth)})`;
  }

  definition(): string {
    const count = this.next() < 0.25 ? 2 : 1;
    const axes = (): readonly string[] => [...AXES].sort(() => this.next() - 0.5).slice(0, Math.floor(this.next() * 3));
    const results = Array.from({ length: count }, axes);
    const all = results.map((r) => this.array({}, r, 3));
    const joined = count === 1 && results[0]!.length > 0 && this.next() < 0.15;
    const body = joined ? `(${all[0]!}) ++ (${this.array({}, ['c', ...results[0]!.slice(1)], 2)})` : all.join(', ');
    return `def drawn [a, b, c] (x : R[a b], y : R[b c], z : R[a], w : R[b b], u : R[c], p : B[a], s : R) := (${body})`;
  }
}

export const drawn = (next: () => number): string => new Drawing(next).definition();
