// The laws that structural equality decides (docs/reference/certificate.md, Structural equality), as a table: each makes two diagrams of one type from random
// parts. Invariant: both sides are built by the constructors alone, never by rewriting one into the other.
import type * as Door from '../../../src/core/index.js';
import { core as K, must } from '../../support/door.js';
import { diagram, toward } from './generate.js';
import { axes, k, someLeaf } from './object.js';
import type { Tape } from './tape.js';

type Obj = Door.Obj;
type Term = Door.Term;
type Sides = readonly [Term, Term];
export type Law = (tape: Tape) => Sides;

const { R, seq, par, id, obj, weave, plus, by, op } = k;
const copy = (o: Obj): Term => must(K.copy(o));
const discard = (o: Obj): Term => must(K.discard(o));
const swap = (a: Obj, b: Obj): Term => must(K.swap(a, b));
const repeat = (a: Door.Axis, o: Obj): Term => must(K.repeat(a, o));
const diag = (a: Door.Axis, o: Obj): Term => must(K.diag(a, o));
const exchange = (a: Door.Axis, b: Door.Axis, o: Obj): Term => must(K.exchange(a, b, o));
const split = (a: Door.Axis, b: Door.Axis, o: Obj): Term => must(K.split(a, b, o));
const concat = (a: Door.Axis, b: Door.Axis, o: Obj): Term => must(K.concat(a, b, o));
const tile = (a: Door.Axis, b: Door.Axis, o: Obj): Term => must(K.tile(a, b, o));
const flatten = (a: Door.Axis, b: Door.Axis, o: Obj): Term => must(K.flatten(a, b, o));
const first = (a: Door.Axis, o: Obj): Term => must(K.first(a, o));

const A = (tape: Tape): Obj => someLeaf(tape, 1);
const axis = (tape: Tape): Door.Axis => tape.pick(axes);
/** any axis but 0: a loop that only runs a scan over 0 is the identity by a theorem, not by computation */
const some = (tape: Tape): Door.Axis => tape.pick(axes.filter((e) => e !== K.zero));
const inhabited = (tape: Tape): Door.Axis => tape.pick(axes.filter((e) => K.nonEmpty(e)));
/** any f : dom -> … and g : dom -> cod */
const f = (tape: Tape, dom: Obj): Term => diagram(tape, dom, 1);
const g = (tape: Tape, dom: Obj, cod: Obj): Term =>
  tape.below(2) === 0 ? k.at(k.h('g', dom, cod)) : toward(tape, dom, cod);
/** some step : S * D -> S * B */
const step = (tape: Tape, S: Obj, D: Obj): Term => seq(copy(obj(S, D)), par(g(tape, obj(S, D), S), f(tape, obj(S, D))));

/** A middle exchange: A * B * C * D -> A * C * B * D. */
const middle = (a: Obj, b: Obj, c: Obj, d: Obj): Term => par(id(a), swap(b, c), id(d));
/** The data of a scan and what it puts out. */
const typed = (S: Obj, t: Term, D: Obj): { S: Obj; D: Obj; B: Obj } => ({ S, D, B: K.withoutPrefix(S, t.cod)! });

// prettier-ignore
export const laws: Readonly<Record<string, Law>> = {
  // category and monoidal structure
  'id ; f = f':                       (t) => { const x = f(t, A(t)); return [seq(id(x.dom), x), x]; },
  'f ; id = f':                       (t) => { const x = f(t, A(t)); return [seq(x, id(x.cod)), x]; },
  '(f;g);h = f;(g;h)':                (t) => { const x = f(t, A(t)); const y = f(t, x.cod); const z = f(t, y.cod); return [seq(seq(x, y), z), seq(x, seq(y, z))]; },
  '(f*g)*h = f*(g*h)':                (t) => { const [x, y, z] = [f(t, A(t)), f(t, A(t)), f(t, A(t))]; return [par(par(x, y), z), par(x, par(y, z))]; },
  'interchange':                      (t) => { const [x, y] = [f(t, A(t)), f(t, A(t))]; const [z, w] = [f(t, x.cod), f(t, y.cod)]; return [seq(par(x, y), par(z, w)), par(seq(x, z), seq(y, w))]; },
  'id * id = id':                     (t) => { const [a, b] = [A(t), A(t)]; return [par(id(a), id(b)), id(obj(a, b))]; },
  'swap ; swap = id':                 (t) => { const [a, b] = [A(t), A(t)]; return [seq(swap(a, b), swap(b, a)), id(obj(a, b))]; },
  'swap is natural':                  (t) => { const [x, y] = [f(t, A(t)), f(t, A(t))]; return [seq(par(x, y), swap(x.cod, y.cod)), seq(swap(x.dom, y.dom), par(y, x))]; },
  'hexagon':                          (t) => { const [a, b, c] = [A(t), A(t), A(t)]; return [swap(a, obj(b, c)), seq(par(swap(a, b), id(c)), par(id(b), swap(a, c)))]; },
  // cartesian structure
  'copy is natural':                  (t) => { const x = f(t, A(t)); return [seq(x, copy(x.cod)), seq(copy(x.dom), par(x, x))]; },
  'discard is natural':               (t) => { const x = f(t, A(t)); return [seq(x, discard(x.cod)), discard(x.dom)]; },
  'copy is associative':              (t) => { const a = A(t); return [seq(copy(a), par(copy(a), id(a))), seq(copy(a), par(id(a), copy(a)))]; },
  'copy is commutative':              (t) => { const a = A(t); return [seq(copy(a), swap(a, a)), copy(a)]; },
  'copy ; discard * id = id':         (t) => { const a = A(t); return [seq(copy(a), par(discard(a), id(a))), id(a)]; },
  'copy of a product':                (t) => { const [a, b] = [A(t), A(t)]; return [copy(obj(a, b)), seq(par(copy(a), copy(b)), middle(a, a, b, b))]; },
  // weave
  'map id = id':                      (t) => { const [e, a] = [axis(t), A(t)]; return [k.map(e, id(a)), id(weave(e, a))]; },
  'map (f;g) = map f ; map g':        (t) => { const e = axis(t); const x = f(t, A(t)); const y = f(t, x.cod); return [k.map(e, seq(x, y)), seq(k.map(e, x), k.map(e, y))]; },
  'map (f*g) = map f * map g':        (t) => { const e = axis(t); const [x, y] = [f(t, A(t)), f(t, A(t))]; return [k.map(e, par(x, y)), par(k.map(e, x), k.map(e, y))]; },
  'map swap = swap':                  (t) => { const [e, a, b] = [axis(t), A(t), A(t)]; return [k.map(e, swap(a, b)), swap(weave(e, a), weave(e, b))]; },
  'map copy = copy':                  (t) => { const [e, a] = [axis(t), A(t)]; return [k.map(e, copy(a)), copy(weave(e, a))]; },
  'map discard = discard':            (t) => { const [e, a] = [axis(t), A(t)]; return [k.map(e, discard(a)), discard(weave(e, a))]; },
  'map select over a condition for each': (t) => { const [e, a] = [axis(t), A(t)]; return [seq(par(repeat(e, k.B), id(weave(e, obj(a, a)))), k.map(e, must(K.select(a)))), must(K.select(weave(e, a)))]; },
  'select is natural':                (t) => { const x = f(t, A(t)); return [seq(must(K.select(x.dom)), id(x.dom)), seq(par(id(k.B), id(obj(x.dom, x.dom))), must(K.select(x.dom)))]; },
  'repeat is natural':                (t) => { const e = axis(t); const x = f(t, A(t)); return [seq(x, repeat(e, x.cod)), seq(repeat(e, x.dom), k.map(e, x))]; },
  'diag is natural':                  (t) => { const e = axis(t); const x = f(t, A(t)); return [seq(diag(e, x.dom), k.map(e, x)), seq(k.map(e, k.map(e, x)), diag(e, x.cod))]; },
  'exchange is natural':              (t) => { const [e, d] = [axis(t), axis(t)]; const x = f(t, A(t)); return [seq(exchange(e, d, x.dom), k.map(d, k.map(e, x))), seq(k.map(e, k.map(d, x)), exchange(e, d, x.cod))]; },
  'exchange ; exchange = id':         (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(exchange(e, d, a), exchange(d, e, a)), id(weave(e, weave(d, a)))]; },
  'repeat ; diag = id (outside)':     (t) => { const [e, a] = [axis(t), A(t)]; return [seq(repeat(e, weave(e, a)), diag(e, a)), id(weave(e, a))]; },
  'repeat ; diag = id (inside)':      (t) => { const [e, a] = [axis(t), A(t)]; return [seq(k.map(e, repeat(e, a)), diag(e, a)), id(weave(e, a))]; },
  'diag is associative':              (t) => { const [e, a] = [axis(t), A(t)]; return [seq(diag(e, weave(e, a)), diag(e, a)), seq(k.map(e, diag(e, a)), diag(e, a))]; },
  'exchange ; diag = diag':           (t) => { const [e, a] = [axis(t), A(t)]; return [seq(exchange(e, e, a), diag(e, a)), diag(e, a)]; },
  'repeat, then exchange':            (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(k.map(d, repeat(e, a)), exchange(d, e, a)), repeat(e, weave(d, a))]; },
  // concatenation
  'split ; concat = id':              (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(split(e, d, a), concat(e, d, a)), id(weave(plus(e, d), a))]; },
  'concat ; split = id':              (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(concat(e, d, a), split(e, d, a)), id(obj(weave(e, a), weave(d, a)))]; },
  'split is natural':                 (t) => { const [e, d] = [axis(t), axis(t)]; const x = f(t, A(t)); return [seq(split(e, d, x.dom), par(k.map(e, x), k.map(d, x))), seq(k.map(plus(e, d), x), split(e, d, x.cod))]; },
  'split is associative':             (t) => { const [e, d, c, a] = [axis(t), axis(t), axis(t), A(t)]; return [seq(split(plus(e, d), c, a), par(split(e, d, a), id(weave(c, a)))), seq(split(e, plus(d, c), a), par(id(weave(e, a)), split(d, c, a)))]; },
  'split at 0':                       (t) => { const [e, a] = [axis(t), A(t)]; return [seq(split(K.zero, e, a), par(discard(weave(K.zero, a)), id(weave(e, a)))), id(weave(e, a))]; },
  'split under a map, then exchange': (t) => { const [e, d, c, a] = [axis(t), axis(t), axis(t), A(t)]; return [seq(k.map(c, split(e, d, a)), par(exchange(c, e, a), exchange(c, d, a))), seq(exchange(c, plus(e, d), a), split(e, d, weave(c, a)))]; },
  'repeat over a sum':                (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(repeat(plus(e, d), a), split(e, d, a)), seq(copy(a), par(repeat(e, a), repeat(d, a)))]; },
  // tiling
  'tile ; flatten = id':              (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(tile(e, d, a), flatten(e, d, a)), id(weave(by(e, d), a))]; },
  'flatten ; tile = id':              (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(flatten(e, d, a), tile(e, d, a)), id(weave(e, weave(d, a)))]; },
  'tile is natural':                  (t) => { const [e, d] = [axis(t), axis(t)]; const x = f(t, A(t)); return [seq(tile(e, d, x.dom), k.map(e, k.map(d, x))), seq(k.map(by(e, d), x), tile(e, d, x.cod))]; },
  'tile is associative':              (t) => { const [e, d, c, a] = [axis(t), axis(t), axis(t), A(t)]; return [seq(tile(by(e, d), c, a), tile(e, d, weave(c, a))), seq(tile(e, by(d, c), a), k.map(e, tile(d, c, a)))]; },
  'the tiles of a sum are the tiles of its parts': (t) => { const [e, d, c, a] = [axis(t), axis(t), axis(t), A(t)]; return [seq(tile(plus(e, d), c, a), split(e, d, weave(c, a))), seq(split(by(e, c), by(d, c), a), par(tile(e, c, a), tile(d, c, a)))]; },
  'repeat over a product':            (t) => { const [e, d, a] = [axis(t), axis(t), A(t)]; return [seq(repeat(by(e, d), a), tile(e, d, a)), seq(repeat(d, a), repeat(e, weave(d, a)))]; },
  // points
  'first is natural':                 (t) => { const e = inhabited(t); const x = f(t, A(t)); return [seq(first(e, x.dom), x), seq(k.map(e, x), first(e, x.cod))]; },
  'repeat ; first = id':              (t) => { const [e, a] = [inhabited(t), A(t)]; return [seq(repeat(e, a), first(e, a)), id(a)]; },
  'first 1 ; repeat 1 = id':          (t) => { const a = A(t); return [seq(first(K.one, a), repeat(K.one, a)), id(weave(K.one, a))]; },
  'first of a sum':                   (t) => { const [e, d, a] = [inhabited(t), axis(t), A(t)]; return [first(plus(e, d), a), seq(split(e, d, a), par(first(e, a), discard(weave(d, a))))]; },
  'first of a product':               (t) => { const [e, d, a] = [inhabited(t), inhabited(t), A(t)]; return [first(by(e, d), a), seq(tile(e, d, a), first(e, weave(d, a)), first(d, a))]; },
  '0▹A has one element':              (t) => { const a = A(t); const [x, y] = [g(t, R, weave(K.zero, a)), k.at(k.h('other', R, weave(K.zero, a)))]; return [x, y]; },
  // sizes and positions
  'position 1 = 0':                   () => [must(K.position(K.one)), seq(k.num(0), repeat(K.one, R))],
  'position (a+b)':                   (t) => { const [e, d] = [axis(t), axis(t)]; const shifted = seq(par(must(K.size(e)), must(K.position(d))), par(repeat(d, R), id(k.real(d))), k.map(d, op('add'))); return [must(K.position(plus(e, d))), seq(par(must(K.position(e)), shifted), concat(e, d, R))]; },
  'position (a*b) = position a * size b + position b': (t) => { const [e, d] = [axis(t), axis(t)]; const outer = seq(par(must(K.position(e)), seq(must(K.size(d)), repeat(e, R))), k.map(e, seq(op('mul'), repeat(d, R)))); const all = seq(par(outer, seq(must(K.position(d)), repeat(e, k.real(d)))), k.map(e, k.map(d, op('add')))); return [seq(must(K.position(by(e, d))), tile(e, d, R)), all]; },
  'size (a+b) = size a + size b':     (t) => { const [e, d] = [axis(t), axis(t)]; return [must(K.size(plus(e, d))), seq(par(must(K.size(e)), must(K.size(d))), op('add'))]; },
  'size (a*b) = size a * size b':     (t) => { const [e, d] = [axis(t), axis(t)]; return [must(K.size(by(e, d))), seq(par(must(K.size(d)), must(K.size(e))), op('mul'))]; },
  // scan
  'scan over 0':                      (t) => { const { S, D, B, s } = scanParts(t); return [k.scan(K.zero, S, s), par(id(S), seq(discard(weave(K.zero, D)), g(t, K.unit, weave(K.zero, B))))]; },
  'scan over 1':                      (t) => { const { S, D, B, s } = scanParts(t); return [k.scan(K.one, S, s), seq(par(id(S), first(K.one, D)), s, par(id(S), repeat(K.one, B)))]; },
  'scan over a+b':                    (t) => { const { S, D, B, s } = scanParts(t); const [e, d] = [axis(t), axis(t)]; const parts = seq(par(id(S), split(e, d, D)), par(k.scan(e, S, s), id(weave(d, D))), par(id(S), swap(weave(e, B), weave(d, D))), par(k.scan(d, S, s), id(weave(e, B))), par(id(S), swap(weave(d, B), weave(e, B))), par(id(S), concat(e, d, B))); return [k.scan(plus(e, d), S, s), parts]; },
  'scan over a*b':                    (t) => { const { S, D, B, s } = scanParts(t); const [e, d] = [axis(t), some(t)]; return [k.scan(by(e, d), S, s), seq(par(id(S), tile(e, d, D)), k.scan(e, S, k.scan(d, S, s)), par(id(S), flatten(e, d, B)))]; },
  'scan is natural in its data':      (t) => { const e = axis(t); const x = f(t, A(t)); const S = A(t); const s = step(t, S, x.cod); return [seq(par(id(S), k.map(e, x)), k.scan(e, S, s)), k.scan(e, S, seq(par(id(S), x), s))]; },
  'scan is natural in its context':   (t) => { const [S, D, e] = [A(t), A(t), axis(t)]; const x = f(t, A(t)); const s = step(t, S, obj(x.cod, D)); return [seq(par(id(S), seq(x, repeat(e, x.cod)), id(weave(e, D))), k.scan(e, S, s)), seq(par(id(S), repeat(e, x.dom), id(weave(e, D))), k.scan(e, S, seq(par(id(S), x, id(D)), s)))]; },
};

/** True, and not decided: what structural equality computes stops here (2.4), and these are theorems, by induction. */
// prettier-ignore
export const beyond: Readonly<Record<string, Law>> = {
  'scan is natural in its outputs':   (t) => { const { S, B, s } = scanParts(t); const e = axis(t); const x = f(t, B); return [seq(k.scan(e, S, s), par(id(S), k.map(e, x))), k.scan(e, S, seq(s, par(id(S), x)))]; },
  'context: a repeated wire is a wire in the state': (t) => { const [S, C, D, e] = [A(t), A(t), A(t), axis(t)]; const body = g(t, obj(S, C, D), S); const carried = seq(par(id(S), copy(C), id(D)), par(id(obj(S, C)), swap(C, D)), par(id(S), swap(C, obj(D, C))), par(id(S), swap(obj(D, C), C)), par(id(S), id(C), swap(D, C)), par(swap(S, C), id(obj(C, D))), par(id(C), body), swap(C, S)); return [seq(k.scan(e, obj(S, C), carried), par(id(S), discard(C))), seq(par(id(S), repeat(e, C), id(weave(e, D))), k.scan(e, S, body))]; },
  'a scan over 0 in a loop': (t) => { const { S, D, B, s } = scanParts(t); const e = axis(t); return [k.scan(K.zero, S, s), seq(par(id(S), tile(e, K.zero, D)), k.scan(e, S, k.scan(K.zero, S, s)), par(id(S), flatten(e, K.zero, B)))]; },
  'fold fusion': (t) => { const e = axis(t); const negated = seq(par(op('neg'), op('neg')), op('add')); return [seq(k.scan(e, R, op('add')), op('neg')), seq(par(op('neg'), id(k.real(e))), k.scan(e, R, seq(par(op('neg'), id(R)), negated)))]; },
  'x + y = y + x': () => [seq(swap(R, R), op('add')), op('add')],
};

interface ScanParts {
  readonly S: Obj;
  readonly D: Obj;
  readonly B: Obj;
  readonly s: Term;
}
function scanParts(tape: Tape): ScanParts {
  const [S, D] = [A(tape), A(tape)];
  const s = step(tape, S, D);
  return { ...typed(S, s, D), s };
}

/** Both sides in one random context: composed, beside, under a map or in the step of a scan. */
export function inContext(tape: Tape, [l, r]: Sides): Sides {
  let sides: Sides = [l, r];
  for (let n = tape.below(4); n > 0; n--) sides = wrapped(tape, sides);
  return sides;
}

function wrapped(tape: Tape, [l, r]: Sides): Sides {
  const both = (wrap: (t: Term) => Term): Sides => [wrap(l), wrap(r)];
  const [e, o] = [axis(tape), A(tape)];
  switch (tape.below(5)) {
    case 0: return both((t) => k.map(e, t));
    case 1: { const before = toward(tape, o, l.dom); return both((t) => seq(before, t)); }
    case 2: { const after = diagram(tape, l.cod, 1); return both((t) => seq(t, after)); }
    case 3: { const beside = diagram(tape, o, 1); return both((t) => par(t, beside)); }
    default: { const next = toward(tape, obj(l.cod, l.dom), o); return both((t) => k.scan(e, o, seq(copy(obj(o, t.dom)), par(seq(par(discard(o), copy(t.dom)), par(t, id(t.dom)), next), seq(par(discard(o), t)))))); }
  } // prettier-ignore
}
