/**
 * Streaming an axis: from `spec = head ; final` and the law of the head, by a general tiling theorem, spec over h + t*b (or
 * h + t*b + u*r) = a loop over tiles ; final. Made of instantiation, cut and congruence only.
 */
import type { Axis, AxisVar, MorphismVar, Term, Thm } from '../core/index.js';
import * as core from '../core/index.js';
import * as B from '../elaborate/build.js';
import { compile } from '../elaborate/compile.js';
import { type Binding, type Expr, apply, letIn, wire } from '../elaborate/point.js';
import { congruence, marked } from '../tactic/congruence.js';
import { freshAxes } from '../tactic/discharge.js';
import { fail, must } from '../tactic/failure.js';
import { chain, reflexive, structural } from '../tactic/goal.js';
import {
  type Claim,
  type Proved,
  type Tilings,
  backed,
  fronted,
  objectAt,
  restOf,
  termAt,
  thmAt,
  wires,
} from './claim.js';

/** The streamed axis in pieces. */
export interface Pieces {
  readonly head: AxisVar;
  readonly count: AxisVar;
  readonly tile: AxisVar;
  readonly last: { readonly flag: AxisVar; readonly rest: AxisVar } | undefined;
}

const full = (p: Pieces): Axis => B.product(B.ofVar(p.count), B.ofVar(p.tile));
const lastAxis = (l: NonNullable<Pieces['last']>): Axis => B.product(B.ofVar(l.flag), B.ofVar(l.rest));
/** h + t*b, or h + t*b + u*r */
export function whole(p: Pieces): Axis {
  const tiled = B.sum(B.ofVar(p.head), full(p));
  return p.last ? B.sum(tiled, lastAxis(p.last)) : tiled;
}

/** The streamed wires with the streamed axis in front: A[n]. */
class Streamed {
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
}

const family = (n: AxisVar, context: readonly Binding[], body: Expr): core.Family =>
  B.family([n], compile(context, body));

/** An instance of a general theorem for this claim, its hypothesis cut by the claim's law. */
function instance(general: Thm, s: Streamed, pieces: Pieces, law: Proved): Thm {
  const { info } = s.claim;
  const { lhs, rhs, hypotheses } = must(core.sequent(general));
  const vars = must(core.variables(lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])));
  const named = (name: string): MorphismVar => [...vars.morphisms].find((h) => h.name === name) ?? missing(name);
  const n = freshAxes([B.axisVar('n')], [info.head, info.spec])[0]!;
  const e = B.ofVar(n);
  const h = family(n, [...s.context, ...s.over(e)], apply(termAt(info.head, info.axis, e), ...s.all(e)));
  const step = (): core.Family => family(n, [...s.context, ...info.state, ...s.over(e)], stepExpr(s, e));
  const second = merges(s.claim, pieces)
    ? ([named('merge'), B.family([], info.merge!)] as const)
    : ([named('step'), step()] as const);
  const axis = new Map([...vars.axes].filter((v) => v.scope === 'free').map((v) => [v.name, v]));
  const images = {
    axes: axesOf(pieces).map(([name, v]) => [axis.get(name)!, B.ofVar(v)] as const),
    objects: [
      ['G', s.G],
      ['A', s.A],
      ['S', info.stateObject],
    ] as const,
    morphisms: [[named('h'), h], second] as const,
  };
  return cutLaw(must(core.instantiate(general, images)), s, law);
}

/** The declared step; where there is none, the head of a tile, merged: then the law of the step is that of the merge. */
function stepExpr(s: Streamed, e: Axis): Expr {
  const { info, foldable } = s.claim;
  const state = wires(info.state);
  if (foldable) return apply(termAt(info.step!, info.axis, e), ...wires(s.context), ...state, ...s.declared(e));
  return apply(info.merge!, ...state, apply(termAt(info.head, info.axis, e), ...s.all(e)));
}
const merges = (claim: Claim, pieces: Pieces): boolean => !claim.foldable && !pieces.last;

const missing = (name: string): never => fail({ _tag: 'Missing', name, role: 'morphism variable of a tiling theorem' });

/** What the tiling theorems call the pieces. */
function axesOf(p: Pieces): readonly (readonly [string, AxisVar])[] {
  if (!p.last)
    return [
      ['r', p.head],
      ['t', p.count],
      ['b', p.tile],
    ];
  return [
    ['p', p.head],
    ['t', p.count],
    ['b', p.tile],
    ['u', p.last.flag],
    ['r', p.last.rest],
  ];
}

/** Proves the hypothesis by the stream's own law, whose wires are the same up to the place of the streamed axis. */
function cutLaw(thm: Thm, s: Streamed, law: Proved): Thm {
  const [h] = must(core.sequent(thm)).hypotheses;
  if (!h) return thm;
  const { lhs, rhs } = must(core.sequent(law.thm));
  const [c, d] = freshAxes([B.axisVar('c'), B.axisVar('d')], [h.lhs, h.rhs, lhs, rhs]) as [AxisVar, AxisVar];
  const wanted = must(core.sequent(must(core.assume(h, [B.ofVar(c), B.ofVar(d)]))));
  const [a, b] = [...law.law.names.axes]
    .filter(([name]) => !s.claim.info.names.axes.has(name))
    .map(([, e]) => e.terms[0]!.vars[0]!) as [AxisVar, AxisVar];
  const own = must(
    core.instantiate(law.thm, {
      axes: [
        [a, B.ofVar(c)],
        [b, B.ofVar(d)],
      ],
    }),
  );
  const context = [...s.context, ...s.over(B.ofVar(c)), ...s.over(B.ofVar(d), "'")];
  const args = compile(context, { _tag: 'Tuple', parts: [...s.all(B.ofVar(c)), ...s.declared(B.ofVar(d), "'")] });
  const fed = must(core.composeCong(reflexive(args), own));
  const sides = must(core.sequent(fed));
  const exact = chain(structural(wanted.lhs, sides.lhs), fed, structural(sides.rhs, wanted.rhs));
  return must(core.cut(exact, [c, d], thm));
}

/** spec over the pieces = the loop over tiles ; final */
export function tiled(claim: Claim, tilings: Tilings, pieces: Pieces): Thm {
  const { info } = claim;
  const s = new Streamed(claim);
  const law = claim.foldable ?? claim.mergeable;
  if (!law) return fail({ _tag: 'Missing', name: info.name, role: 'a proved law that licenses the loop' });
  const general = pieces.last ? tilings.foldLast : merges(claim, pieces) ? tilings.mergeFirst : tilings.foldFirst;
  const loop = marked(instance(general, s, pieces, law));
  const e = whole(pieces);
  const start = thmAt(claim.main, info.axis, e);
  const { lhs: call } = must(core.sequent(loop));
  const term = compile(
    info.wires.map((w) => ({ name: w.name, object: objectAt(w.object, info.axis, e) })),
    tiledExpr(s, pieces, call, e),
  );
  const replaced = congruence(new Map([[call, loop]]), term)!;
  return chain(start, structural(must(core.sequent(start)).rhs, term), replaced);
}

/** Wires cut into head and tiles, the loop, then the final. */
function tiledExpr(s: Streamed, pieces: Pieces, loop: Term, e: Axis): Expr {
  const { info } = s.claim;
  const parts = pieces.last
    ? [B.ofVar(pieces.head), full(pieces), lastAxis(pieces.last)]
    : [B.ofVar(pieces.head), full(pieces)];
  const names = parts.map((p, i) => s.over(p, `#${i}`));
  const state = apply(loop, ...wires(s.context), ...names.flatMap(wires));
  const final = letIn(
    info.state,
    state,
    apply(termAt(info.final, info.axis, e), ...wires(s.context), ...wires(info.state)),
  );
  return info.streamed.reduceRight((body: Expr, w, i) => {
    const front = fronted(objectAt(w.object, info.axis, e), w.position, wire(w.name));
    return letIn(
      names.map((n) => n[i]!),
      apply(cuts(parts, s.rest[i]!.object), front),
      body,
    );
  }, final);
}

/** (p + q + …)▹A -> p▹A * q▹A * … */
function cuts(parts: readonly Axis[], rest: core.Obj): Term {
  const [first, second, ...more] = parts as [Axis, Axis, ...Axis[]];
  if (more.length === 0) return B.split(first, second, rest);
  const left = B.sum(first, second);
  const tail = more.reduce((a, b) => B.sum(a, b));
  return B.compose(B.split(left, tail, rest), B.tensor(B.split(first, second, rest), B.id(B.weave(tail, rest))));
}
