/**
 * The wires of a stream over a streamed axis that is cut into pieces: a head, tiles, and perhaps a rest; and the streamed axis at the front of what is
 * streamed and put out, where the general theorems have it. Invariant: what is cut and joined again is structurally what it was. It knows no theorem.
 */
import type { Axis, AxisVar, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { type Binding, type Expr, apply, letIn, wire } from '../../language/point/point.js';
import { fromFront, par, toFront } from '../../language/point/wiring.js';
import { type Claim, backed, fronted, objectAt, restOf } from './claim.js';

/** The streamed axis in pieces. */
export interface Pieces {
  readonly head: AxisVar;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly last: { readonly flag: AxisVar; readonly rest: AxisVar } | undefined;
}

export const full = (p: Pieces): Axis => B.product(B.ofVar(p.count), B.ofVar(p.tile));
const lastAxis = (l: NonNullable<Pieces['last']>): Axis => B.product(B.ofVar(l.flag), B.ofVar(l.rest));
/** h + t*b, or h + t*b + u*r */
export function whole(p: Pieces): Axis {
  const tiled = B.sum(B.ofVar(p.head), full(p));
  return p.last ? B.sum(tiled, lastAxis(p.last)) : tiled;
}

/** The streamed wires with the streamed axis in front: A[n]. */
export class Streamed {
  readonly rest: readonly Binding[];
  constructor(readonly claim: Claim) {
    this.rest = claim.info.streamed.map((w) => ({ name: w.name, object: restOf(w.object, w.position) }));
  }
  get context(): readonly Binding[] {
    return this.claim.info.context;
  }
  get A(): core.Obj {
    return B.tensorObj(...this.rest.map((r) => r.object), core.unit);
  }
  get G(): core.Obj {
    return B.tensorObj(...this.context.map((w) => w.object), core.unit);
  }
  over(n: Axis, suffix = ''): readonly Binding[] {
    return this.rest.map((r) => ({ name: r.name + suffix, object: B.weave(n, r.object) }));
  }
  /** Streamed wires as declared, from those with the axis in front. */
  declared(n: Axis, suffix = ''): readonly Expr[] {
    return this.claim.info.streamed.map((w, i) =>
      backed(B.weave(n, this.rest[i]!.object), w.position, wire(w.name + suffix)),
    );
  }
  /** All wires in declared order. */
  all(n: Axis, suffix = ''): readonly Expr[] {
    const streamed = new Map(this.claim.info.streamed.map((w, i) => [w.name, this.declared(n, suffix)[i]!]));
    return this.claim.info.wires.map((w) => streamed.get(w.name) ?? wire(w.name));
  }
  /** The outputs with the axis in front: C[n]. */
  get C(): core.Obj {
    return B.tensorObj(...this.outputRests);
  }
  private get outputRests(): readonly core.Obj[] {
    const { outputs, outputPlaces } = this.claim.info;
    return B.leafObjects(outputs?.cod ?? core.unit).map((o, i) => restOf(o, outputPlaces[i]!));
  }
  toFront(n: Axis): Term {
    const { info } = this.claim;
    const arrays = B.leafObjects(objectAt(info.outputs?.cod ?? core.unit, info.axis, n));
    return par(...arrays.map((o, i) => toFront(o, info.outputPlaces[i]!)));
  }
  fromFront(n: Axis): Term {
    const { outputPlaces } = this.claim.info;
    return par(...this.outputRests.map((o, i) => fromFront(B.weave(n, o), outputPlaces[i]!)));
  }
}

/** The axes of the pieces, in order. */
const partsOf = (p: Pieces): readonly Axis[] =>
  p.last ? [B.ofVar(p.head), full(p), lastAxis(p.last)] : [B.ofVar(p.head), full(p)];
/** The context, and the streamed wires in pieces. */
export const inPieces = (s: Streamed, pieces: Pieces): readonly Binding[] => [
  ...s.context,
  ...partsOf(pieces).flatMap((p, i) => s.over(p, `#${i}`)),
];

/** What is said over the pieces, over the wires. */
export function cutIn(s: Streamed, pieces: Pieces, results: Expr): Expr {
  const { info } = s.claim;
  const e = whole(pieces);
  const parts = partsOf(pieces);
  const names = parts.map((p, i) => s.over(p, `#${i}`));
  return info.streamed.reduceRight((body: Expr, w, i) => {
    const front = fronted(objectAt(w.object, info.axis, e), w.position, wire(w.name));
    return letIn(
      names.map((n) => n[i]!),
      apply(cuts(parts, s.rest[i]!.object), front),
      body,
    );
  }, results);
}

/** What is said over the wires, over the pieces. */
export function joinedIn(s: Streamed, pieces: Pieces, body: Expr): Expr {
  const { info } = s.claim;
  const e = whole(pieces);
  const [head, ...more] = partsOf(pieces);
  return info.streamed.reduceRight((inner: Expr, w, i) => {
    const { name, object } = s.rest[i]!;
    let [axis, joined] = [head!, wire(`${name}#0`)];
    more.forEach((p, j) => {
      joined = apply(B.concat(axis, p, object), joined, wire(`${name}#${j + 1}`));
      axis = B.sum(axis, p);
    });
    const whole = [{ name, object: objectAt(w.object, info.axis, e) }];
    return letIn(whole, backed(B.weave(e, object), w.position, joined), inner);
  }, body);
}

/** (p + q + …)▹A -> p▹A * q▹A * … */
export function cuts(parts: readonly Axis[], rest: core.Obj): Term {
  const [first, second, ...more] = parts as [Axis, Axis, ...Axis[]];
  if (more.length === 0) return B.split(first, second, rest);
  const left = B.sum(first, second);
  const tail = more.reduce((a, b) => B.sum(a, b));
  return B.compose(B.split(left, tail, rest), B.tensor(B.split(first, second, rest), B.id(B.weave(tail, rest))));
}
