/**
 * Recognises a read at a computed place: a sum over an axis of what stands where the index is a place that does not depend on the index, and of 0
 * elsewhere. Invariant: what is found means that sum as it stands (readback.ts); anything else is a loop. It makes no statements.
 */
import type { Node } from '../../core/index.js';
import { freeNames } from '../../normal/rewrite.js';
import type { Component } from './open.js';

export interface Sought {
  readonly place: Node;
  readonly first: 'index' | 'place';
  readonly value: Node;
}

const op = (node: Node, operator: string): readonly Node[] | undefined =>
  node.data._tag === 'Op' && node.data.operator === operator ? node.cells.map((c) => c.body) : undefined;
const isZero = (node: Node): boolean => node.data._tag === 'Poly' && node.data.terms.length === 0;

/** The index itself, as a number. */
function isIndex(node: Node, turn: number): boolean {
  const atom = node.data._tag === 'Poly' ? node.cells[0]?.body : node;
  if (node.data._tag === 'Poly') {
    const [term, more] = node.data.terms;
    if (!term || more || term.atoms.length !== 1 || term.coefficient.num !== term.coefficient.den) return false;
  }
  const ref = atom?.refs[0];
  return atom?.data._tag === 'Position' && ref?._tag === 'Free' && ref.name === turn;
}

/** not (x < y) and not (y < x) */
function equation(node: Node): readonly [Node, Node] | undefined {
  const sides = op(node, 'and')
    ?.map((n) => op(n, 'not')?.[0])
    .map((n) => n && op(n, 'lt'));
  const [a, b] = sides ?? [];
  return a && b && a[0] === b[1] && a[1] === b[0] ? [a[0]!, a[1]!] : undefined;
}

/** Of the only component of a loop. */
export function sought({ init, step, state, own }: Component, turn: number): Sought | undefined {
  const [before, chosen] = op(step, 'add') ?? [];
  const isState = before?.data._tag === 'State' && freeNames(before).has(state);
  if (own.length > 0 || !isZero(init) || !isState || chosen?.data._tag !== 'Select') return undefined;
  const [met, value, none] = chosen.cells.map((c) => c.body) as [Node, Node, Node];
  const sides = equation(met);
  if (!sides || !isZero(none) || freeNames(value).has(state)) return undefined;
  const [x, y] = sides;
  const first = isIndex(x, turn) ? 'index' : 'place';
  const place = first === 'index' ? y : x;
  if (!isIndex(first === 'index' ? x : y, turn)) return undefined;
  return freeNames(place).has(turn) || freeNames(place).has(state) ? undefined : { place, first, value };
}
