/**
 * A pattern that matches what is shown and not what the core compares, since numbers and sizes were computed: `x + y` against `1 + 1`.
 * Invariant: matches trees as they are shown; proposes, never proves.
 */
import type { Term } from '../core/index.js';
import type { Binding } from '../language/point/point.js';
import { clean } from '../language/print/clean.js';
import { Reader } from '../language/print/reading.js';
import { inputsOf, readerOptions, writerOf } from '../language/print/show.js';
import { type Head, type Tree, TooBig, childrenOf } from '../language/print/tree.js';

export interface Folded {
  /** what stands in the goal, as it is shown */
  readonly place: string;
  /** `x := 1, y := 1`; undefined where an index is read, which has no name outside its binder */
  readonly insts: string | undefined;
}

const hole = '?';
type Bound = Map<string, Tree>;

const sameHead = (p: Head, g: Head): boolean =>
  p._tag === g._tag &&
  (p._tag !== 'Operator' || (g._tag === 'Operator' && p.operator === g.operator)) &&
  (p._tag !== 'Named' || (g._tag === 'Named' && p.name === g.name)) &&
  (!('axis' in p) || ('axis' in g && p.axis === g.axis));

function match(p: Tree, g: Tree, found: Bound): boolean {
  if (p._tag === 'Name' && p.name.startsWith(hole)) {
    const known = found.get(p.name);
    if (!known) found.set(p.name, g);
    return known === undefined || known === g;
  }
  if (p === g) return true;
  if (p._tag !== 'Apply' || g._tag !== 'Apply' || !sameHead(p.head, g.head) || p.args.length !== g.args.length)
    return false;
  return p.args.every((a, i) => match(a, g.args[i]!, found));
}

/** Made of numbers and sizes alone. */
const computed = (t: Tree): boolean =>
  t._tag === 'Number' ||
  (t._tag === 'Apply' && (t.head._tag === 'Size' || (t.head._tag === 'Operator' && t.args.every(computed))));

function* subtrees(roots: readonly Tree[]): Generator<Tree> {
  const seen = new Set<Tree>();
  const pending = [...roots];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    yield t;
    pending.push(...childrenOf(t));
  }
}

export function foldedMatch(
  pattern: Term,
  wires: readonly Binding[],
  goal: Term,
  goalWires: readonly Binding[],
): Folded | undefined {
  const reader = new Reader(readerOptions);
  try {
    const holes = wires.map((w) => ({ ...w, name: `${hole}${w.name}` }));
    const [p, ...others] = reader.term(pattern, inputsOf(reader, pattern.dom, holes));
    if (!p || others.length > 0 || p._tag !== 'Apply') return undefined;
    for (const g of subtrees(reader.term(goal, inputsOf(reader, goal.dom, goalWires)))) {
      const found: Bound = new Map();
      if (!match(p, g, found) || ![...found.values()].some(computed)) continue;
      return shown(reader, g, found, goalWires);
    }
    return undefined;
  } catch (error) {
    if (error instanceof TooBig) return undefined;
    throw error;
  }
}

function shown(reader: Reader, g: Tree, found: Bound, goalWires: readonly Binding[]): Folded {
  const taken = goalWires.map((w) => w.name);
  const text = (t: Tree): string =>
    writerOf(reader, taken)
      .lines([t], new Map([...t.free].map((i) => [i, 'i'])))
      .join(' ');
  const closed = [...found.values()].every((t) => t.free.size === 0);
  const insts = [...found].map(([name, t]) => `${clean(name.slice(hole.length))} := ${text(t)}`).join(', ');
  return { place: text(g), insts: closed ? insts : undefined };
}
