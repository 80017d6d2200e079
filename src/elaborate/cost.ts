// What it would take to read a diagram as an array program (structural equality): steps, and how large numbers and polynomials become.
// Invariant: an upper bound, computed with one measure for each component of an object instead of values; a diagram over a limit is
// refused before it is read. Knows nothing of what the values are.
import type { Axis, Obj, Operator, Term } from '../core/index.js';
import * as core from '../core/index.js';
import { must } from './error.js';
import { atMost, blocksOf, slotsOf } from './size.js';

/** Of a polynomial in sizes and positions: its summands, the factors of one, the binary digits of a coefficient. */
interface Measure {
  readonly terms: number;
  readonly degree: number;
  readonly bits: number;
}
/** Anything else is one atom, and stays one under every operator. */
const atom = undefined;
type Value = Measure | undefined;
type Values = readonly Value[];

interface Cost {
  readonly values: Values;
  readonly steps: number;
}
type Run = Generator<readonly [Term, Values], Cost, Cost>;

const digits = (n: bigint): number => n.toString(16).length * 4;

const keyOf = (values: Values): string => values.map((v) => (v ? `${v.terms}.${v.degree}.${v.bits}` : '')).join();

class Estimate {
  private readonly known = new WeakMap<Term, Map<string, Cost>>();

  /** The cost of a term on inputs that are atoms. */
  of(root: Term): Cost {
    return this.value(
      root,
      root.dom.leaves.map(() => atom),
    );
  }

  /** With an explicit stack, as the core: depth is bounded by memory only. */
  private value(root: Term, inputs: Values): Cost {
    const stack: { readonly term: Term; readonly key: string; readonly run: Run }[] = [];
    let answer = this.enter(stack, root, inputs);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = answer === undefined ? top.run.next() : top.run.next(answer);
      if (next.done) {
        answer = within(next.value);
        this.table(top.term).set(top.key, answer);
        stack.pop();
      } else answer = this.enter(stack, ...next.value);
    }
    return answer!;
  }
  private table(term: Term): Map<string, Cost> {
    const before = this.known.get(term) ?? new Map<string, Cost>();
    this.known.set(term, before);
    return before;
  }
  private enter(stack: { term: Term; key: string; run: Run }[], term: Term, inputs: Values): Cost | undefined {
    const now = immediate(term, inputs);
    if (now) return { values: now, steps: slotsOf(term.dom) + slotsOf(term.cod) };
    const key = keyOf(inputs);
    const before = this.table(term).get(key);
    if (!before) stack.push({ term, key, run: cost(term, inputs) });
    return before;
  }
}

function within(c: Cost): Cost {
  atMost('steps', c.steps);
  for (const v of c.values) {
    if (!v) continue;
    atMost('terms', v.terms);
    atMost('degree', v.degree);
    atMost('bits', v.bits);
  }
  return c;
}

/** Formers without a body; components stay, whatever axes are in front of them. */
function immediate(t: Term, xs: Values): Values | undefined {
  switch (t._tag) {
    case 'Swap':
      return [...xs.slice(t.left.leaves.length), ...xs.slice(0, t.left.leaves.length)];
    case 'Copy':
      return [...xs, ...xs];
    case 'Discard':
      return [];
    case 'Split':
      return [...xs, ...xs];
    case 'Concat':
      return larger(xs.slice(0, xs.length / 2), xs.slice(xs.length / 2));
    case 'Select':
      return larger(xs.slice(1, (xs.length + 1) / 2), xs.slice((xs.length + 1) / 2));
    case 'Constant':
      return [{ terms: 1, degree: 0, bits: digits(t.value.num) + digits(t.value.den) }];
    case 'Operator':
      return [operated(t.operator, xs)];
    case 'Position':
    case 'Size':
      return [ofAxis(t.axis)];
    case 'Variable':
      return t.cod.leaves.map(() => atom);
    case 'Compose':
    case 'Tensor':
    case 'Map':
    case 'Scan':
    case 'Call':
      return undefined;
    default:
      return xs;
  }
}

const larger = (xs: Values, ys: Values): Values =>
  xs.map((x, i) => {
    const y = ys[i];
    if (!x || !y) return x ?? y;
    return { terms: Math.max(x.terms, y.terms), degree: Math.max(x.degree, y.degree), bits: Math.max(x.bits, y.bits) };
  });

function operated(operator: Operator, [x, y]: Values): Value {
  if (operator === 'neg') return x;
  if ((operator !== 'add' && operator !== 'mul') || !x || !y) return atom;
  if (operator === 'add')
    return { terms: x.terms + y.terms, degree: Math.max(x.degree, y.degree), bits: x.bits + y.bits };
  return { terms: x.terms * y.terms, degree: x.degree + y.degree, bits: x.bits + y.bits };
}

/** The size of an axis, or the positions in it. */
function ofAxis(e: Axis): Measure {
  const degreeOf = (a: Axis): number =>
    a.terms.reduce((n, m) => Math.max(n, m.vars.length + (m.tail ? degreeOf(m.tail) : 0)), 1);
  return { terms: blocksOf(e) + 1, degree: degreeOf(e), bits: 32 };
}

function* cost(t: Term, xs: Values): Run {
  switch (t._tag) {
    case 'Compose': {
      const first = yield [t.first, xs];
      const second = yield [t.second, first.values];
      return { values: second.values, steps: 1 + first.steps + second.steps };
    }
    case 'Tensor': {
      const n = t.first.dom.leaves.length;
      const first = yield [t.first, xs.slice(0, n)];
      const second = yield [t.second, xs.slice(n)];
      return { values: [...first.values, ...second.values], steps: 1 + first.steps + second.steps };
    }
    case 'Map': {
      const body = yield [t.body, xs];
      return { values: body.values, steps: slotsOf(t.dom) + slotsOf(t.cod) + blocksOf(t.axis) * body.steps };
    }
    case 'Call':
      return yield [must(core.unfolding(t.definition, t.args)), xs];
    case 'Scan':
      return yield* scanned(t, xs);
    default:
      return { values: immediate(t, xs)!, steps: 1 };
  }
}

/** A loop over a variable is read once, at a state that is an atom; summands 1 are read one after another. */
function* scanned(t: Term & { readonly _tag: 'Scan' }, xs: Values): Run {
  const n = t.state.leaves.length;
  const data = xs.slice(n);
  let state: Values = xs.slice(0, n);
  let outputs: Values = t.output.leaves.map(() => atom);
  let steps = slotsOf(t.dom) + slotsOf(t.cod);
  const turn = function* (from: Values, times: number): Generator<readonly [Term, Values], Values, Cost> {
    const step = yield [t.step, [...from, ...data]];
    steps += times * step.steps;
    atMost('steps', steps);
    outputs = larger(step.values.slice(n), outputs);
    return step.values.slice(0, n);
  };
  for (const m of t.axis.terms) {
    if (m.vars.length === 0) state = yield* turn(state, 1);
    else {
      yield* turn(atoms(t.state), m.tail ? blocksOf(m.tail) : 1);
      state = atoms(t.state);
    }
  }
  return { values: [...state, ...outputs], steps };
}
const atoms = (object: Obj): Values => object.leaves.map(() => atom);

const estimate = new Estimate();
/** Refuses (E-BUDGET) diagrams that it would take too long to read. */
export function affordable(...terms: readonly Term[]): void {
  for (const t of terms) within(estimate.of(t));
}
/** For those who look for the largest. */
export const stepsOf = (t: Term): number => estimate.of(t).steps;
