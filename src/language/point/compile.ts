// From point expressions to diagrams. No index arithmetic: an element x[i, j] is a *view*, a wire with some of its leading axes
// fixed by indices. A body is compiled over the views that it reads; its binder opens the slots it binds (the axis moves to the
// front, several are joined by the diagonal) and slices the array with `map`; views that do not use the index are repeated.
// Invariant: the term goes from the product of the context, in order, to the object of the expression; a let is compiled once.
// Knows nothing of text or surface syntax.
import { type Axis, type Obj, type Term, diag, first, id, repeat, scan, tensorObj, work } from './build.js';
import { descend, fail } from './error.js';
import { hoist, viewOf } from './hoist.js';
import type { Binding, Expr, Of } from './point.js';
import { prepare } from './prepare.js';
import { mapped, par, route, seq, toFront, under, woven } from './wiring.js';

/** An open slot is undefined; trailing open slots are not written. */
interface View {
  readonly key: string;
  readonly name: string;
  readonly slots: readonly (string | undefined)[];
  readonly object: Obj;
}

/** A term from the product of the views it needs. */
interface Compiled {
  readonly needs: readonly View[];
  readonly term: Term;
}
type Scope = ReadonlyMap<string, Obj>;

/** The term of an expression over the wires of a context. */
export function compile(context: readonly Binding[], expr: Expr): Term {
  const prepared = prepare(context, expr);
  const scope: Scope = new Map(context.map((c) => [c.name, c.object]));
  const { needs, term } = go(scope, prepared.escapes ? hoist(prepared.expr) : prepared.expr);
  const names = context.map((c) => c.name);
  return seq(
    route(
      context.map((c) => c.object),
      needs.map((v) => names.indexOf(whole(v).name)),
    ),
    term,
  );
}

function whole(view: View): View {
  const index = view.slots.find((s) => s !== undefined);
  return index === undefined ? view : fail({ _tag: 'LocalArray', name: view.name, index });
}

function viewAt(scope: Scope, name: string, slots: readonly (string | undefined)[]): View {
  const length = slots.findLastIndex((s) => s !== undefined) + 1;
  const fixed = slots.slice(0, length);
  const { axes, rest } = under(scope.get(name)!, length);
  const object = woven(
    axes.filter((_, i) => fixed[i] === undefined),
    rest,
  );
  return { key: JSON.stringify([name, fixed.map((s) => s ?? null)]), name, slots: fixed, object };
}

/** Fuel of one view that feeds something. */
const viewFuel = 10;

const objects = (views: readonly View[]): readonly Obj[] => views.map((v) => v.object);

/** Each view once, in order of first occurrence. */
function distinct(views: readonly View[]): readonly View[] {
  return [...new Map(views.map((v) => [v.key, v])).values()];
}

/** The views that feed `wanted`, one by one, through `each`. */
function fed(wanted: readonly View[], each: Term): Compiled {
  work(viewFuel * wanted.length);
  const needs = distinct(wanted);
  const at = new Map(needs.map((v, i) => [v.key, i]));
  return {
    needs,
    term: seq(
      route(
        objects(needs),
        wanted.map((v) => at.get(v.key)!),
      ),
      each,
    ),
  };
}

function together(parts: readonly Compiled[]): Compiled {
  return fed(
    parts.flatMap((p) => p.needs),
    par(...parts.map((p) => p.term)),
  );
}

const go = (scope: Scope, e: Expr): Compiled => descend(() => compiled(scope, e));

function compiled(scope: Scope, e: Expr): Compiled {
  switch (e._tag) {
    case 'Wire':
    case 'At': {
      const { name, indices } = viewOf(e)!;
      const view = viewAt(scope, name, indices);
      return { needs: [view], term: id(view.object) };
    }
    case 'First': {
      const array = go(scope, e.array);
      const { rest } = under(array.term.cod, 1);
      return { needs: array.needs, term: seq(array.term, first(e.axis, rest)) };
    }
    case 'Call': {
      const args = together(e.args.map((a) => go(scope, a)));
      return { needs: args.needs, term: seq(args.term, e.term) };
    }
    case 'Tuple':
      return together(e.parts.map((p) => go(scope, p)));
    case 'Map':
      return goMap(scope, e);
    case 'Scan':
      return goScan(scope, e);
    case 'Let':
      return goLet(scope, e);
  }
}

function goMap(scope: Scope, e: Of<'Map'>): Compiled {
  const body = go(scope, e.body);
  const sources = body.needs.map((v) => opened(scope, e.index, e.axis, v));
  const slices = par(...sources.map((s) => s.slice));
  return fed(
    sources.map((s) => s.view),
    seq(slices, mapped(e.axis, body.term)),
  );
}

/** The view with the slots of an index open, and the term from it to the array of what the index selects. */
function opened(scope: Scope, index: string, axis: Axis, view: View): { readonly view: View; readonly slice: Term } {
  if (!view.slots.includes(index)) return { view, slice: repeat(axis, view.object) };
  const outer = viewAt(
    scope,
    view.name,
    view.slots.map((s) => (s === index ? undefined : s)),
  );
  const open = view.slots.filter((s) => s === undefined || s === index);
  const places = open.flatMap((s, place) => (s === index ? [place] : []));
  let term = id(outer.object);
  for (const place of places) term = seq(term, toFront(term.cod, place));
  for (let n = places.length; n > 1; n -= 1) term = seq(term, diag(axis, under(term.cod, 2).rest));
  return { view: outer, slice: term };
}

/** Views of bound names, which the binder supplies, and the others. */
function divided(names: readonly Binding[], views: readonly View[]) {
  const bound = new Map(names.map((n, i) => [n.name, i]));
  const others = views.filter((v) => !bound.has(v.name));
  const place = new Map(others.map((v, i) => [v.key, names.length + i]));
  const picks = views.map((v) => (bound.has(v.name) ? bound.get(whole(v).name)! : place.get(v.key)!));
  return { others, routed: route([...names.map((n) => n.object), ...objects(others)], picks) };
}

const extended = (scope: Scope, names: readonly Binding[]): Scope =>
  new Map([...scope, ...names.map((n): [string, Obj] => [n.name, n.object])]);

function goScan(scope: Scope, e: Of<'Scan'>): Compiled {
  const inits = e.state.map((s) => go(scope, s.init));
  const body = go(extended(scope, e.state), e.body);
  const { others, routed } = divided(e.state, body.needs);
  const data = others.map((v) => opened(scope, e.index, e.axis, v));
  const loop = scan(e.axis, tensorObj(...e.state.map((s) => s.object)), seq(routed, body.term));
  const slices = data.map((d): Compiled => ({ needs: [d.view], term: d.slice }));
  const input = together([...inits, ...slices]);
  return { needs: input.needs, term: seq(input.term, loop) };
}

function goLet(scope: Scope, e: Of<'Let'>): Compiled {
  const body = go(extended(scope, e.names), e.body);
  const { others, routed } = divided(e.names, body.needs);
  const used = others.length < body.needs.length;
  const value = used ? [go(scope, e.value)] : [];
  const kept = others.map((v): Compiled => ({ needs: [v], term: id(v.object) }));
  const input = together([...value, ...kept]);
  return { needs: input.needs, term: seq(input.term, used ? seq(routed, body.term) : body.term) };
}
