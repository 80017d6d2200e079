/**
 * Structural equality: two sides are equal when their normal forms at arbitrary inputs are the same. Invariant: each side is fed the same
 * wires; ill-typed sides are refused. It does not know what a side is compared for.
 */
import { type Value, wires } from './blocks.js';
import { countValues, evaluate, forgetValues } from './evaluate.js';
import { type Side } from './expression.js';
import { countNodes, forgetNodes } from './node.js';
import { type Obj, tensor } from './object.js';
import { bindWires, express, type Typed } from './pointful.js';
import { allow, LIMITS, refuse } from './refusal.js';
import { type Term } from './term.js';
import { run } from './trampoline.js';

/** Forgets what was computed: to be called between replays, for the sake of memory. */
export const forget = (): void => {
  forgetValues();
  forgetNodes();
};

export interface Form {
  readonly dom: Obj;
  readonly cod: Obj;
  readonly x: Value;
}

export const formOf = (side: Side): Form => {
  if (side._tag === 'Diagram') {
    const { dom, cod } = side.term;
    return { dom, cod, x: run<Value>((then) => evaluate(side.term, wires(dom), 0, then)) };
  }
  const dom = tensor(...side.wires.map((w) => w.object));
  const scope = bindWires({ axes: new Map(), depth: 0 }, side.wires, { o: dom, x: wires(dom) });
  const value = run<Typed>((then) => express(side.body, scope, false, then));
  return { dom, cod: value.o, x: value.x ?? refuse('a side has no value') };
};

const same = (f: Form, g: Form): boolean =>
  f.dom === g.dom && f.cod === g.cod && f.x.length === g.x.length && f.x.every((e, n) => e === g.x[n]);

/** Work is counted anew; between two comparisons nothing has to be kept. */
export const start = (): void => {
  allow();
  if (countNodes() + countValues() > LIMITS.kept) forget();
};

/** Equal by the equations of the page, as functions of one type. */
export const sameFunction = (a: Side, b: Side): boolean => {
  start();
  if (a._tag === 'Diagram' && b._tag === 'Diagram') {
    if (a.term === b.term) return true;
    if (a.term.dom !== b.term.dom || a.term.cod !== b.term.cod) return false;
  }
  return same(formOf(a), formOf(b));
};

export const sameTerm = (f: Term, g: Term): boolean =>
  sameFunction({ _tag: 'Diagram', term: f }, { _tag: 'Diagram', term: g });
