/**
 * Expressions for one element of an array, over elements of other arrays and indices. Invariant: interned, so that equal up to renaming of
 * bound names is ===. Indices are named by levels. A binder's name is a function of what it binds: one more than the highest level that is
 * free in it, so that no free name is captured and renamed expressions are the same value. It does not look into terms.
 */
import { type AxisVar } from './axis.js';
import { type Index, index, keyOf, type Polynomial, reindex } from './polynomial.js';
import { refuse, spend } from './refusal.js';
import { type Term } from './term.js';

export type NodeTag =
  /** an element of an array of the domain: label is its number */
  | 'wire'
  /** of the state at a turn of the loop bound at `level` */
  | 'state'
  /** kids: a loop. Of its final state */
  | 'final'
  /** kids: a loop and an output's expression under the loop's binder; at: the turn */
  | 'output'
  /** kids: arrays. Of an output of a morphism variable at axes */
  | 'result'
  /** kids: the new states under the binder, then the initial states, as arrays */
  | 'loop'
  /** kids under an index over v, which is also the name of a loop's turn and state */
  | 'bind'
  | 'operator'
  | 'polynomial'
  | 'boolean';

export interface Node {
  readonly id: number;
  readonly tag: NodeTag;
  readonly label: string;
  readonly kids: readonly Node[];
  readonly at: readonly Index[];
  readonly level: number;
  readonly v?: AxisVar;
  readonly polynomial?: Polynomial;
  /** for printing: what a result is of */
  readonly source?: Term;
  /** the levels that are free, ascending */
  readonly free: readonly number[];
}

interface Rest {
  readonly label?: string;
  readonly at?: readonly Index[];
  readonly level?: number;
  readonly v?: AxisVar;
  readonly polynomial?: Polynomial;
  readonly source?: Term;
}

let nodes = new Map<string, Node>();
let renamed = new Map<string, Node>();
let count = 0;

/** Forgets all nodes: none made before may be compared with one made after. */
export const forgetNodes = (): void => {
  nodes = new Map();
  renamed = new Map();
};

export const countNodes = (): number => nodes.size + renamed.size;

const union = (a: readonly number[], b: readonly number[]): readonly number[] => {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const all = new Set([...a, ...b]);
  if (all.size === a.length) return a;
  return all.size === b.length ? b : [...all].sort((x, y) => x - y);
};

const levels = (indices: readonly Index[]): readonly number[] =>
  indices.reduce<readonly number[]>((all, i) => (i.level < 0 ? all : union(all, [i.level])), []);

const positions = (p: Polynomial): readonly Index[] =>
  p.flatMap((m) => m.unknowns.flatMap((u) => (u.position ? [u.position] : [])));

const freeOf = (tag: NodeTag, kids: readonly Node[], rest: Rest): readonly number[] => {
  const inner = kids.reduce<readonly number[]>((all, k) => union(all, k.free), levels(rest.at ?? []));
  if (tag === 'bind') return inner.includes(rest.level ?? -1) ? inner.filter((l) => l !== rest.level) : inner;
  const own = tag === 'state' ? [rest.level ?? -1] : rest.polynomial ? levels(positions(rest.polynomial)) : [];
  return union(inner, own);
};

export const idsOf = (things: readonly { readonly id: number }[]): string => {
  let text = '';
  for (const { id } of things) text += `${id} `;
  return text;
};

/** Every node has the same fields, in the same order: the machine is quick with those. */
export const node = (tag: NodeTag, kids: readonly Node[], rest: Rest = {}): Node => {
  const { label = '', at = [], level = -1, v, polynomial, source } = rest;
  spend(8 + kids.length + at.length + label.length / 8);
  const key = `${tag} ${label}|${idsOf(kids)}|${idsOf(at)}|${level} ${v ? v.id : ''}`;
  const known = nodes.get(key);
  if (known) return known;
  spend(100 + kids.length + at.length + label.length / 8 + kids.reduce((n, k) => n + k.free.length, 0));
  const free = freeOf(tag, kids, rest);
  const made = { id: count++, tag, label, kids, at, level, v, polynomial, source, free };
  nodes.set(key, made as Node);
  return made as Node;
};

export const polynomial = (p: Polynomial): Node => node('polynomial', [], { label: keyOf(p), polynomial: p });

/** The kids under the binder `level` over v, by its canonical name. */
export const bind = (v: AxisVar, level: number, kids: readonly Node[]): Node => {
  const outer = kids.reduce<readonly number[]>((all, k) => union(all, k.free), []).filter((l) => l !== level);
  const name = (outer.at(-1) ?? -1) + 1;
  const image = new Map([[level, index(v, name)]]);
  return node('bind', name === level ? kids : kids.map((k) => rename(k, image)), { level: name, v });
};

/** An array: an element whose indices over `vars` have the levels from `level` on, under them. */
export const array = (element: Node, vars: readonly AxisVar[], level: number): Node =>
  vars.reduceRight((inner, v, n) => bind(v, level + n, [inner]), element);

export type Renaming = ReadonlyMap<number, Index>;

/** What of a renaming matters to a node. */
const restrict = (n: Node, image: Renaming): Renaming => {
  const own = new Map<number, Index>();
  for (const level of n.free) {
    const to = image.get(level);
    if (to && to.level !== level) own.set(level, to);
  }
  return own;
};

interface Job {
  readonly node: Node;
  readonly key: string;
  /** the renaming of the node's kids, and its own new level */
  readonly image: Renaming;
  readonly level: number;
}

const job = (n: Node, whole: Renaming): Job | undefined => {
  spend(2 + n.free.length);
  const image = restrict(n, whole);
  if (image.size === 0) return undefined;
  const key = [n.id, ...[...image].map(([level, to]) => `${level}>${to.id}`)].join(' ');
  if (n.tag === 'state') return { node: n, key, image, level: image.get(n.level)?.level ?? n.level };
  if (n.tag !== 'bind' || !n.v) return { node: n, key, image, level: n.level };
  const level = n.free.reduce((most, l) => Math.max(most, image.get(l)?.level ?? l), -1) + 1;
  return { node: n, key, image: new Map([...image, [n.level, index(n.v, level)]]), level };
};

const result = (n: Node, image: Renaming): Node | undefined => {
  const j = job(n, image);
  return j ? renamed.get(j.key) : n;
};

const rebuild = ({ node: n, image, level }: Job): Node => {
  const to = (i: Index): Index => image.get(i.level) ?? i;
  const kids = n.kids.map((k) => result(k, image) ?? refuse('a part was not renamed'));
  if (n.polynomial) return polynomial(reindex(n.polynomial, to));
  if (n.tag === 'state' && level < 0) refuse('a state is read at the first turn');
  return node(n.tag, kids, { ...n, at: n.at.map(to), level });
};

/** Other indices for free levels, all at once; binders are renamed out of the way. Iterative, and remembered. */
export const rename = (root: Node, image: Renaming): Node => {
  const start = job(root, image);
  const stack = start ? [start] : [];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    spend();
    const { image: inner } = top;
    const open = renamed.has(top.key) ? [] : top.node.kids.flatMap((k) => job(k, inner) ?? []);
    const missing = open.filter((j) => !renamed.has(j.key));
    if (missing.length > 0) for (const j of missing) stack.push(j);
    else {
      stack.pop();
      spend(40 + top.key.length / 4);
      if (!renamed.has(top.key)) renamed.set(top.key, rebuild(top));
    }
  }
  return start ? (renamed.get(start.key) ?? root) : root;
};
