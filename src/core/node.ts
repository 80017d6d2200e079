/**
 * Normal forms: each output element of a diagram as an expression over input elements and indices (docs/explanation/calculus.md, Equality). Invariant:
 * within one pool nodes and cells are interned and frozen, so equal normal forms are one object. Bound names are de Bruijn
 * numbers; while a body is open its index is a numbered free name. Knows nothing of terms.
 */
import type { Axis, AxisVar } from './axis.js';
import { spend } from './fuel.js';
import { type Rational, plus, rational, show, times, wordsOf } from './rational.js';
import type { MorphismVar, Operator } from './term.js';

/** An index or a loop's state: bound (counted outwards), free (while a body is open), or the first element of a variable. */
export type Ref =
  | { readonly _tag: 'Bound'; readonly depth: number }
  | { readonly _tag: 'Free'; readonly name: number }
  | { readonly _tag: 'First'; readonly axis: AxisVar };

/** One array over axis variables, as a body under one binder for each variable, outermost first. */
export interface Cell {
  readonly id: number;
  readonly vars: readonly AxisVar[];
  readonly body: Node;
}

export interface PolyTerm {
  readonly coefficient: Rational;
  /** positions in `cells`, sorted, with repetitions */
  readonly atoms: readonly number[];
}

export type Data =
  | { readonly _tag: 'Poly'; readonly terms: readonly PolyTerm[] } // cells: atoms (Size or Position)
  | { readonly _tag: 'Size'; readonly axis: AxisVar }
  | { readonly _tag: 'Position' } // refs: the index
  | { readonly _tag: 'Literal'; readonly value: boolean }
  | { readonly _tag: 'Op'; readonly operator: Operator } // cells: arguments
  | { readonly _tag: 'Select' } // cells: condition, yes, no
  | { readonly _tag: 'Read'; readonly input: number } // refs: indices
  | { readonly _tag: 'State'; readonly component: number } // refs: the loop, then indices
  | { readonly _tag: 'Apply'; readonly variable: MorphismVar; readonly axes: readonly Axis[]; readonly output: number } // cells: inputs
  | { readonly _tag: 'Fold'; readonly axis: AxisVar; readonly component: number } // cells: initial states, then steps
  | { readonly _tag: 'Scan'; readonly axis: AxisVar }; // cells: as Fold, then the output; refs: the turn, then indices

export interface Node {
  readonly id: number;
  readonly data: Data;
  readonly refs: readonly Ref[];
  readonly cells: readonly Cell[];
  /** largest free name inside, 0 if none */
  readonly free: number;
  /** how many binders around it are used at most */
  readonly dangling: number;
}

/** How many binders a node puts around its cell number i, besides the cell's own: a step sees its loop's state and index. */
export function binders(node: Node, i: number): number {
  if (node.data._tag === 'Fold') return i < node.cells.length / 2 ? 0 : 2;
  if (node.data._tag === 'Scan') return i < (node.cells.length - 1) / 2 ? 0 : 2;
  return 0;
}

export const bound = (depth: number): Ref => Object.freeze({ _tag: 'Bound', depth });
/** The references to n binders just around a body, outermost first. */
export const bounds = (n: number): readonly Ref[] =>
  boundLists.get(n) ?? boundLists.set(n, Object.freeze(Array.from({ length: n }, (_, i) => bound(n - 1 - i)))).get(n)!;
const boundLists = new Map<number, readonly Ref[]>();

const refKey = (r: Ref): string =>
  r._tag === 'Bound' ? `b${r.depth}` : r._tag === 'Free' ? `f${r.name}` : `o${r.axis.id}`;

function dataKey(d: Data): string {
  // prettier-ignore
  switch (d._tag) {
    case 'Poly': return `P${d.terms.map((t) => `${show(t.coefficient)}*${t.atoms.join('.')}`).join('+')}`;
    case 'Size': return `Z${d.axis.id}`;
    case 'Position': return 'I';
    case 'Literal': return `L${d.value}`;
    case 'Op': return `O${d.operator}`;
    case 'Select': return 'C';
    case 'Read': return `R${d.input}`;
    case 'State': return `S${d.component}`;
    case 'Apply': return `A${d.variable.id},${d.axes.map((a) => a.id).join('.')},${d.output}`;
    case 'Fold': return `F${d.axis.id},${d.component}`;
    case 'Scan': return `N${d.axis.id}`;
  }
}

/** How much there is of a head: the words of a polynomial. */
const widthOf = (d: Data): number =>
  d._tag === 'Poly' ? d.terms.reduce((n, t) => n + 4 + t.atoms.length + wordsOf(t.coefficient), 0) : 0;

/** Makes and interns nodes. Two nodes of one pool are equal exactly when they are the same object. */
export class Pool {
  private readonly nodes = new Map<string, Node>();
  private readonly cellTable = new Map<string, Cell>();
  get size(): number {
    return this.nodes.size;
  }

  cell(vars: readonly AxisVar[], body: Node): Cell {
    spend(4 + vars.length);
    let key = `${body.id}`;
    for (const v of vars) key += `,${v.id}`;
    const known = this.cellTable.get(key);
    if (known) return known;
    spend(50 + vars.length);
    const made: Cell = Object.freeze({ id: this.cellTable.size, vars: Object.freeze([...vars]), body });
    this.cellTable.set(key, made);
    return made;
  }

  scalar(body: Node): Cell {
    return this.cell([], body);
  }

  /** Interns as given: callers go through the smart constructors below where a law applies. */
  private intern(data: Data, refs: readonly Ref[], cells: readonly Cell[]): Node {
    spend(8 + refs.length + cells.length + widthOf(data));
    let key = dataKey(data);
    for (const r of refs) key += `|${refKey(r)}`;
    for (const c of cells) key += `,${c.id}`;
    const known = this.nodes.get(key);
    if (known) return known;
    spend(100 + refs.length + cells.length);
    const draft = {
      id: this.nodes.size,
      data: Object.freeze(data),
      refs: Object.freeze([...refs]),
      cells: Object.freeze([...cells]),
    };
    const made: Node = Object.freeze({ ...draft, ...this.reach({ ...draft, free: 0, dangling: 0 }) });
    this.nodes.set(key, made);
    return made;
  }

  private reach(node: Node): { free: number; dangling: number } {
    let [free, dangling] = [0, 0];
    for (const r of node.refs) {
      if (r._tag === 'Free') free = Math.max(free, r.name);
      if (r._tag === 'Bound') dangling = Math.max(dangling, r.depth + 1);
    }
    node.cells.forEach((c, i) => {
      free = Math.max(free, c.body.free);
      dangling = Math.max(dangling, c.body.dangling - c.vars.length - binders(node, i));
    });
    return { free, dangling };
  }

  // ---- smart constructors ----

  /** Makes the node of the given head, with the laws that structural equality computes. */
  make(data: Data, refs: readonly Ref[], cells: readonly Cell[]): Node {
    // prettier-ignore
    switch (data._tag) {
      case 'Poly': return this.polynomial(data.terms.map((t) => ({ coefficient: t.coefficient, atoms: t.atoms.map((a) => cells[a]!.body) })));
      case 'Position': return refs[0]!._tag === 'First' ? this.constant(rational(0n)) : this.intern(data, refs, cells);
      case 'Op': return this.operate(data, cells);
      case 'Select': return this.select(cells);
      default: return this.intern(data, refs, cells);
    }
  }

  constant(value: Rational): Node {
    return this.polynomial([{ coefficient: value, atoms: [] }]);
  }

  /** A polynomial in sizes and positions, like terms collected. A position may itself have become a polynomial (0 at the first element). */
  polynomial(summands: readonly { readonly coefficient: Rational; readonly atoms: readonly Node[] }[]): Node {
    const collected = new Map<string, { coefficient: Rational; atoms: readonly Node[] }>();
    for (const s of summands.flatMap((t) => expand(t.coefficient, t.atoms))) {
      const atoms = [...s.atoms].sort((a, b) => a.id - b.id);
      const key = atoms.map((a) => a.id).join('.');
      spend(8 + 2 * atoms.length);
      const before = collected.get(key)?.coefficient ?? rational(0n);
      collected.set(key, { coefficient: plus(before, s.coefficient), atoms });
    }
    const kept = [...collected.entries()]
      .filter(([, t]) => t.coefficient.num !== 0n)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const atoms = [...new Set(kept.flatMap(([, t]) => t.atoms))].sort((a, b) => a.id - b.id);
    const places = new Map(atoms.map((a, i) => [a, i]));
    const place = (a: Node): number => places.get(a)!;
    const terms = kept.map(([, t]) =>
      Object.freeze({ coefficient: t.coefficient, atoms: Object.freeze(t.atoms.map(place)) }),
    );
    const cells = atoms.map((a) => this.scalar(a));
    return this.intern({ _tag: 'Poly', terms: Object.freeze(terms) }, [], cells);
  }

  private operate(data: Data & { _tag: 'Op' }, cells: readonly Cell[]): Node {
    const polys = cells.map((c) => summandsOf(c.body));
    if (polys.every((p) => p !== undefined) && polys.length > 0) {
      const [p, q] = polys as readonly Summand[][];
      if (data.operator === 'add') return this.polynomial([...p!, ...q!]);
      if (data.operator === 'neg')
        return this.polynomial(p!.map((t) => ({ ...t, coefficient: times(rational(-1n), t.coefficient) })));
      if (data.operator === 'mul') return this.polynomial(p!.flatMap((s) => q!.map((t) => productOf(s, t))));
    }
    const literals = cells.map((c) => (c.body.data._tag === 'Literal' ? c.body.data.value : undefined));
    if (literals.every((l) => l !== undefined)) {
      const [x, y] = literals as boolean[];
      const values: Partial<Record<Operator, boolean>> = {
        true: true,
        false: false,
        not: !x,
        and: x! && y!,
        or: x! || y!,
      };
      const value = values[data.operator];
      if (value !== undefined) return this.intern({ _tag: 'Literal', value }, [], []);
    }
    return this.intern(data, [], cells);
  }

  private select(cells: readonly Cell[]): Node {
    const condition = cells[0]!.body.data;
    if (condition._tag === 'Literal') return cells[condition.value ? 1 : 2]!.body;
    return this.intern({ _tag: 'Select' }, [], cells);
  }

  // ---- binding ----

  /** Fills the outermost binders of a cell. */
  open(cell: Cell, refs: readonly Ref[]): Cell {
    const n = cell.vars.length;
    const rest = n - refs.length;
    const image = (r: Ref, under: number): Ref => {
      if (r._tag !== 'Bound' || r.depth < under + rest) return r;
      return n - 1 < r.depth - under ? r : refs[n - 1 - (r.depth - under)]!;
    };
    const body = this.transform(cell.body, image, (node, under) => node.dangling > under + rest);
    return this.cell(cell.vars.slice(refs.length), body);
  }

  /** Binds free names around a cell, the first outermost; the cell's own binders stay innermost. */
  bind(cell: Cell, names: readonly number[]): Cell {
    const n = cell.vars.length;
    const places = new Map(names.map((name, k) => [name, k]));
    const image = (r: Ref, under: number): Ref => {
      const k = r._tag === 'Free' ? places.get(r.name) : undefined;
      return k === undefined ? r : bound(under + n + names.length - 1 - k);
    };
    const least = names.reduce((most, name) => Math.min(most, name), Infinity);
    const body = this.transform(cell.body, image, (node) => node.free >= least);
    return this.cell(cell.vars, body);
  }

  /** Rebuilds a node with every reference replaced, bottom-up with an explicit stack; `touches` prunes. */
  transform(root: Node, image: (r: Ref, under: number) => Ref, touches: (node: Node, under: number) => boolean): Node {
    if (!touches(root, 0)) return root;
    const done = new Map<number, Map<Node, Node>>(); // not an array: what it lacks, a polluted prototype would answer
    const table = (under: number): Map<Node, Node> => done.get(under) ?? done.set(under, new Map()).get(under)!;
    const pending: [Node, number][] = [[root, 0]];
    while (pending.length > 0) {
      const [node, under] = pending.at(-1)!;
      spend(8 + node.refs.length + 2 * node.cells.length);
      if (!table(under).has(node) && !touches(node, under)) table(under).set(node, node);
      if (table(under).has(node)) pending.pop();
      if (table(under).has(node)) continue;
      const depths = node.cells.map((c, i) => under + c.vars.length + binders(node, i));
      const before = pending.length;
      node.cells.forEach((c, i) => {
        if (!table(depths[i]!).has(c.body)) pending.push([c.body, depths[i]!]);
      });
      if (pending.length > before) continue;
      pending.pop();
      const cells = node.cells.map((c, i) => this.cell(c.vars, table(depths[i]!).get(c.body)!));
      const refs = node.refs.map((r) => image(r, under));
      table(under).set(node, this.make(node.data, refs, cells));
    }
    return table(0).get(root)!;
  }
}

// a pool is handed out by the door: no one may replace what the core's own evaluator calls
Object.freeze(Pool.prototype);

interface Summand {
  readonly coefficient: Rational;
  readonly atoms: readonly Node[];
}
function productOf(s: Summand, t: Summand): Summand {
  spend(4 + s.atoms.length + t.atoms.length);
  return { coefficient: times(s.coefficient, t.coefficient), atoms: [...s.atoms, ...t.atoms] };
}

function summandsOf(node: Node): Summand[] | undefined {
  if (node.data._tag === 'Poly')
    return node.data.terms.map((t) => ({ coefficient: t.coefficient, atoms: t.atoms.map((a) => node.cells[a]!.body) }));
  if (node.data._tag === 'Size' || node.data._tag === 'Position') return [{ coefficient: rational(1n), atoms: [node] }];
  return undefined;
}

/** Multiplies out atoms that have become polynomials. */
function expand(coefficient: Rational, atoms: readonly Node[]): Summand[] {
  const factor = (atom: Node): readonly Summand[] =>
    atom.data._tag === 'Poly' ? summandsOf(atom)! : [{ coefficient: rational(1n), atoms: [atom] }];
  const start: Summand[] = [{ coefficient, atoms: [] }];
  return atoms.reduce((acc, atom) => acc.flatMap((s) => factor(atom).map((t) => productOf(s, t))), start);
}
