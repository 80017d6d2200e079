// Loops taken apart mean what they meant: random loops of several states, with outputs, in float64; and what the two theorems bring together meets. WEFT_SEED
// repeats a run.
import { describe, expect, it } from 'vitest';
import * as K from '../../../../src/core/index.js';
import { apartCells } from '../../../../src/kernel/validate/apart.js';
import type { Expr } from '../../../../src/language/point/point.js';
import { canonicalCells } from '../../../../src/normal/canonical.js';
import { evaluateNormal } from '../../../../src/run/reference/normal.js';
import { difference, inputsOf } from '../../../oracle/laws/world.js';
import * as D from '../../../support/ir/dsl.js';
import { random } from '../../../support/ir/run.js';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000_000);
const [nv, kv, mv] = [D.variable('n', true), D.variable('k'), D.variable('m')];
const [n, k, m] = [D.axis(nv), D.axis(kv), D.axis(mv)];
const WIRES = [
  { name: 'x', axes: [n] },
  { name: 'y', axes: [n, k] },
  { name: 'z', axes: [n, m] },
];
const SIZES = [
  [4, 2, 3],
  [3, 1, 2],
  [1, 3, 2],
  [0, 2, 1],
  [2, 2, 2],
] as const;

type Next = () => number;
const pick = <A>(next: Next, all: readonly A[]): A => all[Math.floor(next() * all.length)]!;
const half = D.number(1n, 2n);

/** A state: a number, or one for each k. */
interface State {
  readonly name: string;
  readonly wide: boolean;
}
/** What an expression may read: the turn, perhaps an index of k, and states. */
interface Sight {
  readonly turn: string;
  readonly at: string | undefined;
  readonly states: readonly State[];
}

function number(next: Next, see: Sight, depth: number): Expr {
  const { turn, at, states } = see;
  const leaf = (): Expr => {
    const own = states.filter((s) => !s.wide || at !== undefined);
    const kind = next();
    if (own.length > 0 && kind < 0.5) {
      const s = pick(next, own);
      return s.wide ? D.at(D.wire(s.name), at!) : D.wire(s.name);
    }
    if (at !== undefined && kind < 0.7) return D.at(D.wire('y'), turn, at);
    return kind < 0.9 ? D.at(D.wire('x'), turn) : half;
  };
  const wide = states.filter((s) => s.wide);
  const kind = depth === 0 ? 0 : next();
  if (kind < 0.25) return leaf();
  const [a, b] = [(): Expr => number(next, see, depth - 1), (): Expr => number(next, see, depth - 1)];
  if (kind < 0.6) return D.add(D.mul(half, a()), b());
  if (kind < 0.75) return D.mul(a(), b());
  if (kind < 0.82) return D.select(D.lt(a(), b()), leaf(), a());
  // all elements of a state, at another index than its own
  if (kind < 0.92 && wide.length > 0) {
    const s = pick(next, wide);
    return D.mul(
      half,
      D.sum(k, (j) => D.at(D.wire(s.name), j)),
    );
  }
  return D.fold(m, a(), (s, j) => D.add(D.mul(half, s), D.at(D.wire('z'), turn, j)));
}

const object = (wide: boolean): K.Obj => (wide ? D.R(k) : D.R());
const over = (wide: boolean, of: (at: string | undefined) => Expr): Expr => (wide ? D.map(k, of) : of(undefined));

/** A loop of one to three states, which read some of each other, with one or two outputs; one may itself be a loop's outputs. */
function program(next: Next): Expr {
  const states = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, i): State => ({
    name: `s${i}`,
    wide: next() < 0.4,
  }));
  const some = (all: readonly State[]): readonly State[] => all.filter(() => next() < 0.6);
  const outputs = Array.from({ length: 1 + Math.floor(next() * 2) }, () => next() < 0.4);
  const chunk = next() < 0.4;
  const see = (all: readonly State[]): Sight => ({ turn: 'i', at: undefined, states: all });
  const steps = states.map((s) => {
    const read = [...some(states), s];
    return over(s.wide, (at) => number(next, { ...see(read), at }, 2));
  });
  const outs = outputs.map((wide) => over(wide, (at) => number(next, { ...see(some(states)), at }, 2)));
  const inner = D.letIn(
    [
      { name: 'last', object: D.R() },
      { name: 'each', object: D.R(m) },
    ],
    D.scanOver(
      'j',
      m,
      [{ name: 'u', object: D.R(), init: number(next, see(some(states)), 1) }],
      D.tuple(D.add(D.wire('u'), D.at(D.wire('z'), 'i', 'j')), D.mul(D.wire('u'), number(next, see(some(states)), 1))),
    ),
    D.wire('each'),
  );
  const loop = D.scanOver(
    'i',
    n,
    states.map((s, i) => ({ name: s.name, object: object(s.wide), init: over(s.wide, () => D.number(BigInt(i), 3n)) })),
    D.tuple(...steps, ...outs, ...(chunk ? [inner] : [])),
  );
  const named = [
    ...states.map((s) => ({ name: `${s.name}e`, object: object(s.wide) })),
    ...outputs.map((wide, i) => ({ name: `o${i}`, object: wide ? D.R(n, k) : D.R(n) })),
    ...(chunk ? [{ name: 'c', object: D.R(n, m) }] : []),
  ];
  // the first output is read by something else before it is a result
  const first = outputs[0]!;
  const used = D.map(n, (i) =>
    over(first, (at) =>
      D.mul(at === undefined ? D.at(D.wire('o0'), i) : D.at(D.wire('o0'), i, at), D.at(D.wire('x'), i)),
    ),
  );
  return D.letIn(named, loop, D.tuple(...named.map((w) => (w.name === 'o0' ? used : D.wire(w.name)))));
}

const cellsOf = (body: Expr) => {
  const term = D.term(WIRES, body);
  const made = K.evaluator();
  const form = made.normalForm(term);
  const apart = apartCells(made.pool, canonicalCells(made.pool, form.outputs));
  return { term, form, apart };
};

/** Where the cells differ from the normal form, in numbers. */
function off(
  { term, form }: ReturnType<typeof cellsOf>,
  outputs: typeof form.outputs,
  seed: number,
): string | undefined {
  for (const row of SIZES) {
    const sizes = new Map([nv, kv, mv].map((v, i) => [v, row[i]!]));
    const inputs = inputsOf(term.dom, sizes, seed);
    const at = (cells: typeof outputs) =>
      evaluateNormal({ ...form, outputs: cells }, term.dom, term.cod, { sizes }, inputs);
    const found = difference(at(form.outputs), at(outputs));
    if (found !== undefined) return `${row.join()}: ${found}`;
  }
  return undefined;
}

describe('loops taken apart', () => {
  it('mean what they meant, on random loops', () => {
    const next = random(SEED);
    let moved = 0;
    for (let i = 0; i < 150; i++) {
      const made = cellsOf(program(next));
      expect(off(made, made.apart, i), `WEFT_SEED=${SEED}, loop ${i}`).toBeUndefined();
      if (made.apart.some((c, j) => c !== made.form.outputs[j])) moved++;
    }
    expect(moved).toBeGreaterThan(100);
  });

  const x = (i: string): Expr => D.at(D.wire('x'), i);
  const scan = (step: Expr, output: Expr, other?: Expr): Expr =>
    D.letIn(
      [{ name: 'e', object: D.R() }, ...(other ? [{ name: 'f', object: D.R() }] : []), { name: 'o', object: D.R(n) }],
      D.scanOver(
        'i',
        n,
        [{ name: 's', object: D.R(), init: half }, ...(other ? [{ name: 't', object: D.R(), init: half }] : [])],
        D.tuple(step, ...(other ? [other] : []), output),
      ),
      D.wire('o'),
    );
  const step = D.add(D.wire('s'), x('i'));
  const same = (a: Expr, b: Expr): boolean => {
    const terms = [a, b].map((e) => D.term(WIRES, e));
    const made = K.evaluator();
    const [p, q] = terms.map((t) => apartCells(made.pool, canonicalCells(made.pool, made.normalForm(t).outputs)));
    return p!.every((c, i) => c === q![i]);
  };
  const times = (e: Expr): Expr =>
    D.letIn(
      [{ name: 'r', object: D.R(n) }],
      e,
      D.map(n, (i) => D.mul(D.at(D.wire('r'), i), x(i))),
    );

  it('meet where an output is an expression of the states, and where two loops run side by side', () => {
    expect(same(times(scan(step, D.wire('s'))), scan(step, D.mul(D.wire('s'), x('i'))))).toBe(true);
    expect(same(scan(step, D.wire('s')), scan(step, D.wire('s'), D.mul(D.wire('t'), D.wire('s'))))).toBe(true);
  });
  it('do not meet where a loop differs, or reads a state after its turn', () => {
    expect(same(scan(step, D.wire('s')), scan(step, step))).toBe(false);
    expect(same(scan(step, D.wire('s')), scan(D.mul(D.wire('s'), x('i')), D.wire('s')))).toBe(false);
    expect(same(times(scan(step, D.wire('s'))), scan(step, D.wire('s')))).toBe(false);
  });
  it('differ in numbers where they differ', () => {
    const [a, b] = [scan(step, D.wire('s')), scan(step, step)];
    const made = K.evaluator();
    const [p, q] = [a, b].map((e) => made.normalForm(D.term(WIRES, e)));
    const own = { term: D.term(WIRES, a), form: p!, apart: p!.outputs };
    expect(off(own, apartCells(made.pool, canonicalCells(made.pool, q!.outputs)), 1)).toBeDefined();
    expect(off(own, apartCells(made.pool, canonicalCells(made.pool, p!.outputs)), 1)).toBeUndefined();
  });
});
