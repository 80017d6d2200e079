/**
 * Vector recurrences u := m u + b: the step of a loop over a vector as a sum over its own axis. Invariant: m and b do not mention the
 * state; what is not linear in it is refused by `undefined`. Knows nothing of proofs.
 */
import { type Product, type Sum, Algebra, TooMany, multiply } from './algebra.js';
import { reduction } from './reduce.js';
import { sumOver } from './separate.js';
import type { Loop, Sym, Symbols } from './sym.js';

export interface Linear {
  /** an entry of the matrix, at the element's name and at the summed one */
  readonly entry: Sym;
  readonly column: number;
  readonly shift: Sym | undefined;
  /** what the state is multiplied by on the diagonal */
  readonly diagonal: Sym | undefined;
  /** products beside the diagonal: what does not vary over the column, and what does */
  readonly others: readonly (readonly [outer: Sym, inner: Sym])[];
}

/** A loop with one component, a vector; its step in canonical form. */
export function linear(symbols: Symbols, loop: Loop): Linear | undefined {
  const [init, step] = [loop.inits[0]!, loop.steps[0]!];
  if (loop.inits.length !== 1 || init.names.length !== 1) return undefined;
  const algebra = new Algebra(symbols, (s) => !s.free.has(loop.self));
  const column = symbols.fresh(step.axes[0]);
  const parts = { diagonal: [] as Product[], elsewhere: [] as Product[], shift: [] as Product[] };
  try {
    for (const p of algebra.sum(step.body)) if (!take(symbols, algebra, loop, column, p, parts)) return undefined;
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
  const sum = (ps: readonly Product[]): Sym => algebra.symbol(ps);
  const diagonal = parts.diagonal.length > 0 ? sum(parts.diagonal) : undefined;
  const elsewhere = parts.elsewhere.length > 0 ? sum(parts.elsewhere) : undefined;
  const here = diagonal && symbols.op('mul', diagonal, sameAt(symbols, column, step.names[0]!));
  const entry = here && elsewhere ? symbols.op('add', here, elsewhere) : (here ?? elsewhere);
  if (!entry) return undefined;
  return {
    entry,
    column,
    shift: parts.shift.length > 0 ? sum(parts.shift) : undefined,
    diagonal,
    others: parts.elsewhere.map((p) => sides(algebra, p, column)),
  };
}

/** if position i == position j then 1 else 0 */
export function sameAt(symbols: Symbols, i: number, j: number): Sym {
  const [p, q] = [symbols.position(i), symbols.position(j)];
  const not = (s: Sym): Sym => symbols.op('not', s);
  const equal = symbols.op('and', not(symbols.op('lt', p, q)), not(symbols.op('lt', q, p)));
  return symbols.select(equal, symbols.number(1n), symbols.number(0n));
}

/** sum l (m[i, l] * u[l]), and the shift where there is one */
export function linearStep(symbols: Symbols, loop: Loop, { entry, column, shift }: Linear): Sym {
  const state = symbols.state(loop.self, 0, [column]);
  const moved = sumOver(symbols, loop.steps[0]!.axes[0]!, column, symbols.op('mul', entry, state));
  return shift ? symbols.op('add', moved, shift) : moved;
}

/** A product as what does not vary over the column, times what does. */
function sides(algebra: Algebra, p: Product, column: number): readonly [Sym, Sym] {
  const one = { num: 1n, den: 1n };
  const varies = (s: Sym): boolean => s.free.has(column);
  const outer = algebra.product({
    coefficient: p.coefficient,
    factors: p.factors.filter((f) => !varies(f)),
    exponent: undefined,
  });
  return [outer, algebra.product({ coefficient: one, factors: p.factors.filter(varies), exponent: p.exponent })];
}

/** The steps from one that is linear to its canonical form, and what gives each. */
export function linearLinks(
  symbols: Symbols,
  loop: Loop,
  found: Linear,
): readonly { readonly step: Sym; readonly by: string }[] {
  const { column, diagonal, others, shift } = found;
  const [axis, own] = [loop.steps[0]!.axes[0]!, loop.steps[0]!.names[0]!];
  const at = (n: number): Sym => symbols.state(loop.self, 0, [n]);
  const times = (x: Sym, y: Sym): Sym => symbols.op('mul', x, y);
  const plus = (parts: readonly Sym[]): Sym => parts.reduce((x, y) => symbols.op('add', x, y));
  const total = (b: Sym): Sym => sumOver(symbols, axis, column, b);
  const rest = shift ? [shift] : [];
  const apart = others.map(([outer, inner]) => times(outer, total(times(inner, at(column)))));
  const picked = diagonal ? [times(diagonal, total(times(at(column), sameAt(symbols, column, own))))] : [];
  const inside = [
    ...(diagonal ? [times(diagonal, times(at(column), sameAt(symbols, column, own)))] : []),
    ...others.map(([outer, inner]) => times(outer, times(inner, at(column)))),
  ];
  const links = [{ step: plus([...(diagonal ? [times(diagonal, at(own))] : []), ...apart, ...rest]), by: 'ring' }];
  if (diagonal) links.push({ step: plus([...picked, ...apart, ...rest]), by: 'rewrite times-same in rhs' });
  links.push({ step: plus([total(plus(inside)), ...rest]), by: 'simp sum-plus, sum-linear' });
  return [...links, { step: linearStep(symbols, loop, found), by: 'ring' }];
}

interface Parts {
  readonly diagonal: Product[];
  readonly elsewhere: Product[];
  readonly shift: Product[];
}

/** Deals a product of the step to the parts; false where it is not linear in the state. */
function take(symbols: Symbols, algebra: Algebra, loop: Loop, column: number, p: Product, parts: Parts): boolean {
  const has = (s: Sym): boolean => s.free.has(loop.self);
  const inside = (q: Product): boolean => q.factors.some(has) || (q.exponent ?? []).some(inside);
  if (!inside(p)) return parts.shift.push(p) > 0;
  const moving = p.factors.filter(has);
  if (moving.length !== 1 || (p.exponent ?? []).some(inside)) return false;
  const rest: Product = { ...p, factors: p.factors.filter((f) => f !== moving[0]) };
  const [own] = loop.steps[0]!.names;
  const factor = moving[0]!;
  if (factor._tag === 'State') return factor.at[0] === own && parts.diagonal.push(rest) > 0;
  const found = factor._tag === 'Loop' ? reduction(symbols, factor) : undefined;
  if (found?.word !== 'sum' || found.axis !== loop.steps[0]!.axes[0]) return false;
  const body: Sum = algebra.sum(symbols.rename(found.body, new Map([[found.turn, column]])));
  return body.every((q) => {
    const states = q.factors.filter(has);
    const state = states[0];
    if (states.length !== 1 || state?._tag !== 'State' || state.at[0] !== column || (q.exponent ?? []).some(inside))
      return false;
    return parts.elsewhere.push(multiply(rest, { ...q, factors: q.factors.filter((f) => f !== state) })) > 0;
  });
}

/** What a loop is that a linear recurrence is made of: its matrix from the identity, or its state from zero. */
export type Vector =
  | { readonly _tag: 'Power'; readonly found: Linear; readonly row: number }
  | { readonly _tag: 'Driven'; readonly found: Linear };

export function vector(symbols: Symbols, loop: Loop): Vector | undefined {
  const [init, step] = [loop.inits[0]!, loop.steps[0]!];
  if (loop.inits.length !== 1 || loop.output) return undefined;
  if (init.names.length === 1) {
    const found = init.body === symbols.number(0n) ? linear(symbols, loop) : undefined;
    return found?.shift && canonical(symbols, loop, found) ? { _tag: 'Driven', found } : undefined;
  }
  if (init.names.length !== 2 || init.body !== sameAt(symbols, init.names[0]!, init.names[1]!)) return undefined;
  const column = columnOf(symbols, loop);
  const found = linear(symbols, column);
  return found && !found.shift && canonical(symbols, column, found)
    ? { _tag: 'Power', found, row: step.names[0]! }
    : undefined;
}
const canonical = (symbols: Symbols, loop: Loop, found: Linear): boolean =>
  loop.steps[0]!.body === linearStep(symbols, loop, found);

/** A column of a loop over a matrix, as a loop over a vector. */
function columnOf(symbols: Symbols, loop: Loop): Loop {
  const narrow = (a: Loop['steps'][number]): Loop['steps'][number] => ({
    names: a.names.slice(0, 1),
    axes: a.axes.slice(0, 1),
    body: symbols.replace(a.body, (s) =>
      s._tag === 'State' && s.self === loop.self ? symbols.state(s.self, 0, s.at.slice(0, 1)) : undefined,
    ),
  });
  return { ...loop, inits: loop.inits.map(narrow), steps: loop.steps.map(narrow) };
}

/** The matrix of a part from the identity. */
export function powerLoop(symbols: Symbols, loop: Loop, { entry, column }: Linear): Loop {
  const axis = loop.steps[0]!.axes[0]!;
  const own = loop.steps[0]!.names[0]!;
  const [i, j] = [symbols.fresh(axis), symbols.fresh(axis)];
  const at = symbols.rename(entry, new Map([[own, i]]));
  const body = sumOver(symbols, axis, column, symbols.op('mul', at, symbols.state(loop.self, 0, [column, j])));
  return {
    ...loop,
    inits: [{ names: [i, j], axes: [axis, axis], body: sameAt(symbols, i, j) }],
    steps: [{ names: [i, j], axes: [axis, axis], body }],
  };
}
