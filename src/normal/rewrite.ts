/**
 * Walking and rebuilding normal forms from outside the core. Invariant: every node is made by the pool's own constructors, so what is
 * built here is a normal form. Free names are numbers; this file gives them no meaning.
 */
import { type AxisVar, type Cell, type Node, type Ref, type evaluator } from '../core/index.js';

export type Pool = ReturnType<typeof evaluator>['pool'];

export const free = (name: number): Ref => ({ _tag: 'Free', name });
export const bound = (depth: number): Ref => ({ _tag: 'Bound', depth });
export const bounds = (n: number): readonly Ref[] => Array.from({ length: n }, (_, i) => bound(n - 1 - i));

/** A body under binders for free names, the first outermost. */
export const binding = (pool: Pool, vars: readonly AxisVar[], names: readonly number[], body: Node): Cell =>
  vars.length === 0 ? pool.cell([], body) : pool.cell(vars, pool.bind(pool.cell([], body), names).body);

/** The body of a cell that stands under further binders (a step's state and turn), all of them filled. */
export function opened(pool: Pool, around: readonly AxisVar[], cell: Cell, refs: readonly Ref[]): Node {
  return refs.length === 0 ? cell.body : pool.open(pool.cell([...around, ...cell.vars], cell.body), refs).body;
}

/** Bottom-up rebuild; `image` answers for a node whose parts are already rebuilt, or leaves it. Recursion is bounded by the node's height. */
export function rebuild(
  pool: Pool,
  root: Node,
  image: (node: Node) => Node | undefined,
  touches: (node: Node) => boolean,
): Node {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known) return known;
    const cells = touches(node) ? node.cells.map((c) => pool.cell(c.vars, visit(c.body))) : node.cells;
    const same = cells.every((c, i) => c === node.cells[i]);
    const made = same ? node : pool.make(node.data, node.refs, cells);
    const result = image(made) ?? made;
    done.set(node, result);
    return result;
  };
  return visit(root);
}

/** Every node of a body, each once, in the order of a depth-first walk. */
export function walk(root: Node, visit: (node: Node) => void, into: (node: Node) => boolean = () => true): void {
  const seen = new Set<Node>();
  const step = (node: Node): void => {
    if (seen.has(node) || !into(node)) return;
    seen.add(node);
    visit(node);
    node.cells.forEach((c) => step(c.body));
  };
  step(root);
}

const freeTable = new WeakMap<Node, ReadonlySet<number>>();
const none: ReadonlySet<number> = new Set();

/** The free names of a node. */
export function freeNames(node: Node): ReadonlySet<number> {
  const known = freeTable.get(node);
  if (known) return known;
  const own = node.refs.flatMap((r) => (r._tag === 'Free' ? [r.name] : []));
  const parts = node.cells.map((c) => freeNames(c.body));
  const made =
    own.length === 0 && parts.every((p) => p.size === 0) ? none : new Set([...own, ...parts.flatMap((p) => [...p])]);
  freeTable.set(node, made);
  return made;
}
