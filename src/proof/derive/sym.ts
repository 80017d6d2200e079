/**
 * Symbols: a normal form with named indices, in which expressions are taken apart and rebuilt. Invariant: symbols are interned, so
 * two that differ in bound names only are one object; bound names are negative and numbered from the inside, free ones positive.
 * Makes no theorem; knows nothing of text.
 */
import type { AxisVar, Base, MorphismVar, Rational } from '../../core/index.js';

/** An index: a name, or the first element of an axis. */
export type At = number | AxisVar;
export type Word = 'add' | 'mul' | 'neg' | 'recip' | 'exp' | 'log' | 'sqrt' | 'lt' | 'not' | 'and' | 'or';

/** A body under array binders, outermost first. */
export interface Arr {
  readonly names: readonly number[];
  readonly axes: readonly AxisVar[];
  readonly body: Sym;
}
/** A loop over an axis. Its steps are under its own name (for the state) and its turn; an output makes it a scan. */
export interface Loop {
  readonly axis: AxisVar;
  readonly self: number;
  readonly turn: number;
  readonly inits: readonly Arr[];
  readonly steps: readonly Arr[];
  readonly bases: readonly Base[];
  readonly output: Arr | undefined;
}

export type Shape =
  | { readonly _tag: 'Number'; readonly value: Rational }
  | { readonly _tag: 'Truth'; readonly value: boolean }
  | { readonly _tag: 'Size'; readonly axis: AxisVar }
  | { readonly _tag: 'Position'; readonly at: At }
  | { readonly _tag: 'Read'; readonly input: number; readonly at: readonly At[] }
  | { readonly _tag: 'Op'; readonly word: Word; readonly args: readonly Sym[] }
  | { readonly _tag: 'Select'; readonly args: readonly [Sym, Sym, Sym] }
  | { readonly _tag: 'State'; readonly self: number; readonly component: number; readonly at: readonly At[] }
  /** a component of the final state, or where there is an output that output, at indices */
  | { readonly _tag: 'Loop'; readonly loop: Loop; readonly component: number; readonly at: readonly At[] }
  | { readonly _tag: 'Box'; readonly variable: MorphismVar };

export type Sym = Shape & {
  readonly id: number;
  readonly free: ReadonlySet<number>;
  /** how many bound names are inside */
  readonly height: number;
};
export type LoopSym = Sym & { readonly _tag: 'Loop' };

const nothing: ReadonlySet<number> = new Set();
const atKey = (a: At): string => (typeof a === 'number' ? `${a}` : `o${a.id}`);
const namesIn = (at: readonly At[]): number[] => at.filter((a) => typeof a === 'number');

function keyOf(s: Shape): string {
  switch (s._tag) {
    case 'Number':
      return `N${s.value.num}/${s.value.den}`;
    case 'Truth':
      return `T${s.value}`;
    case 'Size':
      return `Z${s.axis.id}`;
    case 'Position':
      return `P${atKey(s.at)}`;
    case 'Read':
      return `R${s.input}[${s.at.map(atKey).join()}]`;
    case 'Op':
      return `${s.word}(${s.args.map((a) => a.id).join()})`;
    case 'Select':
      return `if(${s.args.map((a) => a.id).join()})`;
    case 'State':
      return `S${s.self}.${s.component}[${s.at.map(atKey).join()}]`;
    case 'Box':
      return `B${s.variable.id}`;
    case 'Loop':
      return `L${loopKey(s.loop)}.${s.component}[${s.at.map(atKey).join()}]`;
  }
}
const arrKey = (a: Arr): string => `${a.names.join('.')}:${a.axes.map((v) => v.id).join('.')}:${a.body.id}`;
/** Two loops with one key are one loop. */
export const loopKey = (l: Loop): string =>
  [
    l.axis.id,
    l.self,
    l.turn,
    l.inits.map(arrKey).join('|'),
    l.steps.map(arrKey).join('|'),
    l.output ? arrKey(l.output) : '',
  ].join(';');

/** Makes and interns symbols, and fresh names. */
export class Symbols {
  private readonly table = new Map<string, Sym>();
  private next = 1_000_000_000;

  /** the axes of free indices */
  private readonly axes = new Map<number, AxisVar>();

  /** A free name: of an index, where it has an axis. */
  fresh(axis?: AxisVar): number {
    const name = this.next++;
    if (axis) this.axes.set(name, axis);
    return name;
  }
  declare(name: number, axis: AxisVar): void {
    this.axes.set(name, axis);
  }
  axisOf(name: number): AxisVar | undefined {
    return this.axes.get(name);
  }

  private intern(shape: Shape, free: ReadonlySet<number>, height: number): Sym {
    const key = keyOf(shape);
    const known = this.table.get(key);
    if (known) return known;
    const made: Sym = { ...shape, id: this.table.size, free, height };
    this.table.set(key, made);
    return made;
  }

  number(num: bigint, den = 1n): Sym {
    const sign = den < 0n ? -1n : 1n;
    const [p, q] = [num * sign, den * sign];
    const g = gcd(p < 0n ? -p : p, q);
    return this.intern({ _tag: 'Number', value: { num: p / g, den: q / g } }, nothing, 0);
  }
  truth(value: boolean): Sym {
    return this.intern({ _tag: 'Truth', value }, nothing, 0);
  }
  size(axis: AxisVar): Sym {
    return this.intern({ _tag: 'Size', axis }, nothing, 0);
  }
  position(at: At): Sym {
    return typeof at === 'number' ? this.intern({ _tag: 'Position', at }, new Set([at]), 0) : this.number(0n);
  }
  read(input: number, at: readonly At[]): Sym {
    return this.intern({ _tag: 'Read', input, at }, new Set(namesIn(at)), 0);
  }
  state(self: number, component: number, at: readonly At[]): Sym {
    return this.intern({ _tag: 'State', self, component, at }, new Set([self, ...namesIn(at)]), 0);
  }
  box(variable: MorphismVar, args: readonly Sym[]): Sym {
    return this.intern({ _tag: 'Box', variable }, union(args.map((a) => a.free)), 0);
  }
  op(word: Word, ...args: readonly Sym[]): Sym {
    return this.intern({ _tag: 'Op', word, args }, union(args.map((a) => a.free)), most(args));
  }
  select(condition: Sym, yes: Sym, no: Sym): Sym {
    const args = [condition, yes, no] as const;
    return this.intern({ _tag: 'Select', args }, union(args.map((a) => a.free)), most(args));
  }

  /** A loop whose binders are free names of its bodies: they are bound here. */
  loop(loop: Loop, component: number, at: readonly At[]): LoopSym {
    const bodies = [...loop.inits, ...loop.steps, ...(loop.output ? [loop.output] : [])];
    const height = bodies.reduce((h, a) => Math.max(h, a.body.height), 0);
    const width = bodies.reduce((w, a) => Math.max(w, a.names.length), 0);
    const [self, turn] = [-(height + width + 2), -(height + width + 1)];
    const bind = (a: Arr, outer: readonly (readonly [number, number])[]): Arr => {
      const names = a.names.map((_, i) => -(height + width - i));
      const images = new Map<number, At>([...outer, ...a.names.map((n, i): [number, number] => [n, names[i]!])]);
      return { names, axes: a.axes, body: this.rename(a.body, images) };
    };
    const inner: readonly (readonly [number, number])[] = [
      [loop.self, self],
      [loop.turn, turn],
    ];
    const bound: Loop = {
      axis: loop.axis,
      self,
      turn,
      inits: loop.inits.map((a) => bind(a, [])),
      steps: loop.steps.map((a) => bind(a, inner)),
      bases: loop.bases,
      output: loop.output && bind(loop.output, inner),
    };
    const free = new Set<number>(namesIn(at));
    loop.inits.forEach((a) => a.body.free.forEach((n) => a.names.includes(n) || free.add(n)));
    const steps = [...loop.steps, ...(loop.output ? [loop.output] : [])];
    steps.forEach((a) =>
      a.body.free.forEach((n) => a.names.includes(n) || n === loop.self || n === loop.turn || free.add(n)),
    );
    return this.intern({ _tag: 'Loop', loop: bound, component, at }, free, height + width + 2) as LoopSym;
  }

  /** The loop with fresh free names for its binders. */
  open({ loop }: LoopSym): Loop {
    const [self, turn] = [this.fresh(), this.fresh(loop.axis)];
    const free = (a: Arr, outer: readonly (readonly [number, number])[]): Arr => {
      const names = a.names.map((_, i) => this.fresh(a.axes[i]));
      const images = new Map<number, At>([...outer, ...a.names.map((n, i): [number, number] => [n, names[i]!])]);
      return { names, axes: a.axes, body: this.rename(a.body, images) };
    };
    const inner: readonly (readonly [number, number])[] = [
      [loop.self, self],
      [loop.turn, turn],
    ];
    return {
      axis: loop.axis,
      self,
      turn,
      inits: loop.inits.map((a) => free(a, [])),
      steps: loop.steps.map((a) => free(a, inner)),
      bases: loop.bases,
      output: loop.output && free(loop.output, inner),
    };
  }

  /** Replaces names (of indices, and of loops). */
  rename(root: Sym, images: ReadonlyMap<number, At>): Sym {
    const done = new Map<Sym, Sym>();
    const index = (a: At): At => (typeof a === 'number' ? (images.get(a) ?? a) : a);
    const name = (n: number): number => {
      const image = images.get(n) ?? n;
      return typeof image === 'number' ? image : n;
    };
    const go = (s: Sym): Sym => {
      if (![...s.free].some((n) => images.has(n))) return s;
      const known = done.get(s);
      if (known) return known;
      const made = step(s);
      done.set(s, made);
      return made;
    };
    const step = (s: Sym): Sym => {
      switch (s._tag) {
        case 'Position':
          return this.position(index(s.at));
        case 'Read':
          return this.read(s.input, s.at.map(index));
        case 'State':
          return this.state(name(s.self), s.component, s.at.map(index));
        case 'Op':
          return this.op(s.word, ...s.args.map(go));
        case 'Select':
          return this.select(go(s.args[0]), go(s.args[1]), go(s.args[2]));
        case 'Loop': {
          // bound names are kept: they are in no one's way, and an index is no higher than a name
          const arr = (a: Arr): Arr => ({ ...a, body: go(a.body) });
          const l = s.loop;
          const loop = { ...l, inits: l.inits.map(arr), steps: l.steps.map(arr), output: l.output && arr(l.output) };
          const free = new Set([...s.free].flatMap((n) => namesIn([index(n)])));
          return this.intern({ _tag: 'Loop', loop, component: s.component, at: s.at.map(index) }, free, s.height);
        }
        default:
          return s;
      }
    };
    return go(root);
  }

  /** Rebuilds from the top: where `image` gives something, that is taken; binders are opened on the way. */
  replace(root: Sym, image: (s: Sym) => Sym | undefined): Sym {
    const done = new Map<Sym, Sym>();
    const go = (s: Sym): Sym => {
      const known = done.get(s);
      if (known) return known;
      const made = image(s) ?? this.overChildren(s, go);
      done.set(s, made);
      return made;
    };
    return go(root);
  }

  /** The same node over other children. */
  overChildren(s: Sym, go: (s: Sym) => Sym): Sym {
    switch (s._tag) {
      case 'Op':
        return this.op(s.word, ...s.args.map(go));
      case 'Select':
        return this.select(go(s.args[0]), go(s.args[1]), go(s.args[2]));
      case 'Loop': {
        const l = this.open(s);
        const arr = (a: Arr): Arr => ({ ...a, body: go(a.body) });
        return this.loop(
          { ...l, inits: l.inits.map(arr), steps: l.steps.map(arr), output: l.output && arr(l.output) },
          s.component,
          s.at,
        );
      }
      default:
        return s;
    }
  }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a === 0n ? 1n : a) : gcd(b, a % b);
}
function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const [first, ...rest] = sets.filter((s) => s.size > 0);
  if (!first) return nothing;
  return rest.every((s) => s === first) ? first : new Set([...first, ...rest.flatMap((s) => [...s])]);
}
const most = (args: readonly Sym[]): number => args.reduce((h, a) => Math.max(h, a.height), 0);
