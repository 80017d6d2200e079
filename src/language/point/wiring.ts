// Diagrams that only move wires and axes: composition without idle identities, routing, and moving one axis of an array.
// Invariant: what is built here is equal to what it abbreviates by structural laws alone. Knows nothing of names or text.
import {
  type Axis,
  type Obj,
  type Term,
  compose,
  copy,
  discard,
  exchange,
  id,
  map,
  peel,
  swap,
  tensor,
  tensorObj,
  unit,
  weave,
  work,
} from './build.js';
import { fail } from './error.js';

/** Fuel of one wire that is routed or carried past another: objects and terms that are built for it and are mostly known already. */
const routeFuel = 25;

const idle = (f: Term): boolean => f._tag === 'Id';

/** f ; g ; …, without identities */
export function seq(f: Term, ...rest: readonly Term[]): Term {
  return rest.reduce(
    (done, g) => (idle(g) && g.dom === done.cod ? done : idle(done) && done.cod === g.dom ? g : compose(done, g)),
    f,
  );
}

/** f * g * …, neighbouring identities as one; of nothing: id 1 */
export function par(...parts: readonly Term[]): Term {
  const merged: Term[] = [];
  for (const f of parts) {
    if (idle(f) && f.dom === unit) continue;
    const last = merged.at(-1);
    if (last && idle(last) && idle(f)) merged[merged.length - 1] = id(tensorObj(last.dom, f.dom));
    else merged.push(f);
  }
  return merged.length === 0 ? id(unit) : merged.reduce((done, f) => tensor(done, f));
}

/** map a f, where map a id is id */
export const mapped = (axis: Axis, f: Term): Term => (idle(f) ? id(weave(axis, f.dom)) : map(axis, f));

/** Routes that were built before, by the objects and the picks: nine of ten are asked for again. */
const routes = new Map<string, Term>();
const routesKept = 50_000;

/** From the product of `objects` to the product of those picked: each picked 0, 1 or many times, in any order. */
export function route(objects: readonly Obj[], picks: readonly number[]): Term {
  work(routeFuel * (objects.length + picks.length));
  let key = '';
  for (const o of objects) key += `${o.id},`;
  for (const p of picks) key += `:${p}`;
  const known = routes.get(key);
  if (known) return known;
  const made = built(objects, picks);
  if (routes.size >= routesKept) routes.clear();
  routes.set(key, made);
  return made;
}

function built(objects: readonly Obj[], picks: readonly number[]): Term {
  const counts = objects.map((_, i) => picks.filter((p) => p === i).length);
  const fan = par(...objects.map((o, i) => copies(o, counts[i]!)));
  const have = objects.flatMap((_, i) => Array<number>(counts[i]!).fill(i));
  return seq(fan, arrange(objects, have, picks));
}

function copies(object: Obj, count: number): Term {
  if (count === 0) return discard(object);
  let term = id(object);
  for (let n = 1; n < count; n += 1)
    term = seq(term, par(copy(object), id(tensorObj(...Array<Obj>(n - 1).fill(object)))));
  return term;
}

function arrange(objects: readonly Obj[], have: number[], want: readonly number[]): Term {
  const at = (list: readonly number[]): Obj => tensorObj(...list.map((i) => objects[i]!));
  let term = id(at(have));
  want.forEach((pick, i) => {
    const from = have.indexOf(pick, i);
    if (from === i) return;
    work(routeFuel * have.length);
    const [before, block, after] = [have.slice(0, i), have.slice(i, from), have.slice(from + 1)];
    term = seq(term, par(id(at(before)), swap(at(block), objects[pick]!), id(at(after))));
    have = [...before, pick, ...block, ...after];
  });
  return term;
}

/** The object under its first n axes. */
export function under(object: Obj, n: number): { readonly axes: readonly Axis[]; readonly rest: Obj } {
  const axes: Axis[] = [];
  let rest = object;
  for (let k = 0; k < n; k += 1) {
    const next = peel(rest) ?? fail({ _tag: 'NoLeadingAxis', found: rest });
    axes.push(next.axis);
    rest = next.rest;
  }
  return { axes, rest };
}

export const woven = (axes: readonly Axis[], object: Obj): Obj => axes.reduceRight((o, a) => weave(a, o), object);

/** Exchanges axes p and p+1 of an object. */
function exchangeAt(object: Obj, p: number): Term {
  const { axes, rest } = under(object, p + 2);
  const inner = exchange(axes[p]!, axes[p + 1]!, rest);
  return axes.slice(0, p).reduceRight((term, a) => map(a, term), inner);
}

/** Moves the axis at a position to the front. */
export function toFront(object: Obj, at: number): Term {
  let term = id(object);
  for (let p = at - 1; p >= 0; p -= 1) term = seq(term, exchangeAt(term.cod, p));
  return term;
}

/** Moves the front axis to a position. */
export function fromFront(object: Obj, at: number): Term {
  let term = id(object);
  for (let p = 0; p < at; p += 1) term = seq(term, exchangeAt(term.cod, p));
  return term;
}
