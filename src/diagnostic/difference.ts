/**
 * Where two diagrams differ: the smallest parts of their normal forms that do, read back, and shown over the same names.
 * Invariant: what is shown comes from the normal forms that the core compared. Makes no theorem; knows no facts.
 */
import type { Cell, Data, Node, Ref, Term } from '../core/index.js';
import * as core from '../core/index.js';
import * as E from 'fp-ts/lib/Either.js';
import type { Binding } from '../language/point/point.js';
import { type Expr, letIn } from '../language/point/point.js';
import { TacticFailure } from '../proof/tactic/failure.js';
import { type Scope, Openings, openedChildren } from '../proof/tactic/opening.js';
import { Readback } from '../proof/tactic/readback.js';
import { showVariable } from '../language/print/algebra.js';
import { Reader } from '../language/print/reading.js';
import { abridged, labelled, readerOptions, wiresFor, writerOf } from '../language/print/show.js';
import type { Tree } from '../language/print/tree.js';
import { wrapped, wrappedWith } from '../language/print/wrap.js';

export interface Difference {
  /** which output differs, of how many */
  readonly output: number;
  readonly outputs: number;
  readonly lhs: readonly string[];
  readonly rhs: readonly string[];
  /** whether only a part is shown */
  readonly part: boolean;
}

export function difference(lhs: Term, rhs: Term, wires: readonly Binding[], tidy = false): Difference | undefined {
  const pool = core.evaluator();
  const [f, g] = [core.normalForm(pool, lhs), core.normalForm(pool, rhs)];
  if (E.isLeft(f) || E.isLeft(g)) return undefined;
  const outputs = f.right.outputs.length;
  const output = f.right.outputs.findIndex((c, i) => c !== g.right.outputs[i]);
  if (output < 0) return undefined;
  const [p, q] = [f.right.outputs[output]!, g.right.outputs[output]!];
  const path = differingPath(p, q);
  const show = (cell: Cell): readonly string[] => {
    const openings = new Openings(pool, (i) => f.right.inputs[i]!);
    return abridged(() => shown(openings, cell, path, lhs, wires, tidy));
  };
  return { output, outputs, lhs: show(p), rhs: show(q), part: path.length > 0 };
}

// ---- the smallest differing part ----------------------------------------------------------------------------------------

/** Which child to follow, from an output down, while the rest is the same. */
function differingPath(p: Cell, q: Cell): readonly number[] {
  const path: number[] = [];
  let [a, b] = [p.body, q.body];
  for (;;) {
    const i = onlyDifference(a, b);
    if (i === undefined) return path;
    path.push(i);
    [a, b] = [a.cells[i]!.body, b.cells[i]!.body];
  }
}

function onlyDifference(a: Node, b: Node): number | undefined {
  if (a.cells.length !== b.cells.length || !sameData(a.data, b.data) || !a.refs.every((r, i) => sameRef(r, b.refs[i]!)))
    return undefined;
  const differing = a.cells.flatMap((c, i) => (c === b.cells[i] ? [] : [i]));
  const [only] = differing;
  if (differing.length !== 1 || a.cells[only!]!.vars.length !== b.cells[only!]!.vars.length) return undefined;
  return only;
}

function sameRef(r: Ref, s: Ref): boolean {
  if (r._tag === 'Bound') return s._tag === 'Bound' && r.depth === s.depth;
  if (r._tag === 'Free') return s._tag === 'Free' && r.name === s.name;
  return s._tag === 'First' && r.axis === s.axis;
}
const plainly = (d: Data): string =>
  JSON.stringify(d, (_, v: unknown) =>
    typeof v === 'bigint' ? `${v}` : typeof v === 'object' && v !== null && 'id' in v ? v.id : v,
  );
/** A polynomial's cells are its atoms: its coefficients have no cell to follow. */
const sameData = (d: Data, e: Data): boolean => d._tag !== 'Poly' && plainly(d) === plainly(e);

// ---- reading it back ----------------------------------------------------------------------------------------------------

/** `x` with the lets of every scope in front, outermost first. */
function underLets(openings: Openings, x: Expr): Expr {
  const scopes = new Set<Scope>([
    openings.top,
    ...[...openings.indices.values(), ...openings.loops.values()].map((o) => o.scope),
  ]);
  const lets = [...scopes].sort((s, t) => s.depth - t.depth).flatMap((s) => s.lets);
  return lets.reduceRight((body: Expr, l) => letIn(l.names, l.value, body), x);
}

/** The part at a path: the cell itself, or what is reached in it, over the indices around it. */
function partOf(openings: Openings, readback: Readback, cell: Cell, path: readonly number[]): Expr {
  if (path.length === 0) return readback.array(cell);
  const node = path.reduce((n, i) => openedChildren(openings, n)[i]!, openings.array(cell).body);
  return readback.scalar(node);
}

function shown(
  openings: Openings,
  cell: Cell,
  path: readonly number[],
  term: Term,
  wires: readonly Binding[],
  tidy: boolean,
): readonly string[] {
  const inputs = inputNames(term, wires);
  const readback = new Readback(openings, inputs);
  try {
    const part = partOf(openings, readback, cell, path);
    return written(openings, underLets(openings, part), inputs, tidy);
  } catch (error) {
    if (error instanceof TacticFailure) return ['… (too large to show)'];
    throw error;
  }
}

function written(openings: Openings, expr: Expr, inputs: readonly string[], tidy: boolean): readonly string[] {
  const reader = new Reader({ ...readerOptions, tidy });
  const names = new Map(inputs.map((n): [string, readonly Tree[]] => [n, [reader.name(n)]]));
  const trees = reader.expression(expr, names);
  const axes = new Map([...openings.indices.values()].map(({ text, axis }) => [text, showVariable(axis)]));
  const texts = new Map([...reader.unbound].map(([text, id]) => [id, axes.get(text) ?? 'i']));
  return writerOf(reader, inputs).lines(trees, texts);
}

/** One name for each array of the normal form: a leaf over a sum of axes is several. */
function inputNames(term: Term, wires: readonly Binding[]): readonly string[] {
  const count = wires.reduce((n, w) => n + w.object.leaves.length, 0);
  const named = count === term.dom.leaves.length ? wires : wiresFor(term.dom);
  return named.flatMap((w) => {
    const object = named === wires ? w.object : undefined;
    if (!object) return blockNames(w.name, 1);
    const slots = core.slots(object);
    return blockNames(w.name, E.isRight(slots) ? slots.right.length : 1);
  });
}
const blockNames = (name: string, n: number): readonly string[] =>
  n === 1 ? [name] : Array.from({ length: n }, (_, i) => `${name}.${i + 1}`);

/** Two lines with what differs between them underlined, or as they are where that is most of both. */
export function underlined(left: string, right: string): readonly string[] {
  const words = (t: string): readonly string[] => t.match(/[\w'.-]+|\s+|./g) ?? [];
  const [a, b] = [words(left), words(right)];
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const mark = (tokens: readonly string[]): string => {
    const before = tokens.slice(0, start).join('').length;
    const length = tokens.slice(start, tokens.length - end).join('').length;
    return `${' '.repeat(before)}${'^'.repeat(Math.max(1, length))}`;
  };
  return [left, mark(a), right, mark(b)];
}

/** Both parts under their labels, underlined where they are one line each. */
export function showDifference({ lhs, rhs }: Difference): readonly string[] {
  const whole = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => wrapped(line));
  const plain = [...labelled('left   ', whole(lhs)), ...labelled('right  ', whole(rhs))];
  if (lhs.length !== 1 || rhs.length !== 1) return plain;
  const [l, m, r, n] = underlined(lhs[0]!, rhs[0]!) as [string, string, string, string];
  if (m.length === l.length && n.length === r.length && m.startsWith('^') && n.startsWith('^')) return plain;
  return [...labelled('left   ', wrappedWith(l, m)), ...labelled('right  ', wrappedWith(r, n))];
}
