// Spellings of one algorithm: names drawn at random, sums and products in any order, differences and quotients written in several ways.
// Invariant: all spellings of a family are one function. The same seed gives the same texts.
import { Random } from '../../../../src/proof/derive/random.js';

export interface Spelling {
  readonly name: string;
  readonly axis: string;
  readonly text: string;
}
export interface Variant {
  readonly name: string;
  readonly wanted: string;
  readonly spellings: readonly Spelling[];
}

class Speller {
  constructor(private readonly random: Random) {}
  pick<A>(list: readonly A[]): A {
    return list[Math.floor(this.random.uniform() * list.length)]!;
  }
  plus = (a: string, b: string): string => this.pick([`(${a} + ${b})`, `(${b} + ${a})`, `(${a} - -${b})`]);
  minus = (a: string, b: string): string => this.pick([`(${a} - ${b})`, `(-(${b} - ${a}))`, `(-${b} + ${a})`]);
  times = (a: string, b: string): string => this.pick([`(${a} * ${b})`, `(${b} * ${a})`, `(-(${a} * -${b}))`]);
  over = (a: string, b: string): string => this.pick([`(${a} / ${b})`, `(recip(${b}) * ${a})`]);
  names(count: number): readonly string[] {
    const pool = ['x', 'y', 'u2', 'rows', 'alpha', 'w', "q'", 'a-b', 'data', 'h'];
    const out: string[] = [];
    while (out.length < count) {
      const next = this.pick(pool);
      if (!out.includes(next)) out.push(next);
    }
    return out;
  }
  sum(axis: string, index: string, body: string): string {
    const loop = `(fold ${index}:${axis} (s = 0) ${this.pick([`s + ${body}`, `${body} + s`])})`;
    return this.pick([`(sum ${index}:${axis} (${body}))`, `(sum ${index}:${axis} (${body}))`, loop]);
  }
}

type Write = (s: Speller, name: string, axis: string) => string;

const families: Readonly<Record<string, { readonly wanted: string; readonly write: Write }>> = {
  spread: {
    wanted: 'commutative',
    write: (s, name, n) => {
      const [x] = s.names(1);
      const mean = s.over(s.sum(n, 'j', `${x}[j]`), `size ${n}`);
      const d = (): string => s.minus(`${x}[i]`, 'mu');
      return `def ${name} [${n}] (${x} : R[${n}]) : R := let mu = ${mean} in ${s.over(s.sum(n, 'i', s.times(d(), d())), `size ${n}`)}`;
    },
  },
  'co-spread': {
    wanted: 'commutative',
    write: (s, name, n) => {
      const [x, y] = s.names(2);
      const mean = (z: string): string => s.over(s.sum(n, 'j', `${z}[j]`), `size ${n}`);
      const body = s.times(s.minus(`${x}[i]`, 'mu'), s.minus(`${y}[i]`, 'nu'));
      return `def ${name} [${n}] (${x} : R[${n}], ${y} : R[${n}]) : R := let mu = ${mean(x!)} in let nu = ${mean(y!)} in ${s.sum(n, 'i', body)}`;
    },
  },
  'soft contraction': {
    wanted: 'commutative',
    write: (s, name, n) => {
      const [x, y] = s.names(2);
      const power = `exp(${s.minus(`${x}[i]`, 'm')})`;
      const total = s.sum(n, 'i', power);
      return `def ${name} [${n}] (${x} : R[${n}], ${y} : R[${n}]) : R := let m = max(${x}) in ${s.over(s.sum(n, 'i', s.times(power, `${y}[i]`)), total)}`;
    },
  },
  'affine loop': {
    wanted: 'mergeable',
    write: (s, name, n) => {
      const [x, g] = s.names(2);
      const step = s.pick([s.plus(s.times(`${g}[i]`, 'v'), `${x}[i]`), s.plus(`${x}[i]`, s.times('v', `${g}[i]`))]);
      return `def ${name} [${n}] (${x} : R[${n}], ${g} : R[${n}]) : R := fold i:${n} (v = 0) ${step}`;
    },
  },
  'pair gaps': {
    wanted: 'commutative',
    write: (s, name, n) => {
      const [x] = s.names(1);
      const gap = (): string => s.minus(`${x}[i]`, `${x}[j]`);
      return `def ${name} [${n}] (${x} : R[${n}]) : R := ${s.sum(n, 'i', s.sum(n, 'j', s.times(gap(), gap())))}`;
    },
  },
  'place of the largest': {
    wanted: 'mergeable',
    write: (s, name, n) => {
      const [x] = s.names(1);
      const take = `(${x}[i], p, ${s.plus('p', '1')})`;
      const keep = `(m, k, ${s.plus('1', 'p')})`;
      const step = s.pick([
        `if m < ${x}[i] then ${take} else ${keep}`,
        `if 0 < ${s.minus(`${x}[i]`, 'm')} then ${take} else ${keep}`,
        `if not (m < ${x}[i]) then ${keep} else ${take}`,
      ]);
      return `def ${name} [${n}] (${x} : R[${n}]) : R := let (m, k, p) = fold i:${n} (m = first ${x}, k = 0, p = 0) (${step}) in k`;
    },
  },
  'mean distance': {
    wanted: 'two-pass',
    write: (s, name, n) => {
      const [x] = s.names(1);
      const mean = s.over(s.sum(n, 'j', `${x}[j]`), `size ${n}`);
      return `def ${name} [${n}] (${x} : R[${n}]) : R := let mu = ${mean} in ${s.sum(n, 'i', `abs${s.minus(`${x}[i]`, 'mu')}`)}`;
    },
  },
};

export function variants(seed: number, count: number): readonly Variant[] {
  return Object.entries(families).map(([name, { wanted, write }], f) => ({
    name,
    wanted,
    spellings: Array.from({ length: count }, (_, i) => {
      const speller = new Speller(new Random(seed + 1000 * f + i));
      const [axis, own] = [speller.pick(['n', 'k', 'len']), `f${f}-v${i}`];
      return { name: own, axis, text: write(speller, own, axis) };
    }),
  }));
}
