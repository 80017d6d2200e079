/**
 * Streaming an axis: from `spec = head ; final` and the law of the head, by a general tiling theorem, spec over h + t*b (or
 * h + t*b + u*r) = a loop over tiles ; final; from the law of the outputs, outputs over h + t*b = those of the head, then those of one scan over
 * the tiles. Made of instantiation, cut and congruence only.
 */
import type { Axis, AxisVar, MorphismVar, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, letIn, tuple, wire } from '../../language/point/point.js';
import { congruence, marked } from '../../proof/tactic/congruence.js';
import { freshAxes } from '../../proof/tactic/discharge.js';
import { fail, must } from '../../proof/tactic/failure.js';
import { chain, reflexive, structural } from '../../proof/tactic/goal.js';
import { type Claim, type Proved, type Tilings, objectAt, termAt, thmAt, wires } from './claim.js';
import { type Pieces, Streamed, cutIn, inPieces, whole } from './pieces.js';

const family = (n: AxisVar, context: readonly Binding[], body: Expr): core.Family =>
  B.family([n], compile(context, body));

/** An instance of a general theorem for this claim at these axes, its hypotheses cut by the claim's laws. */
export function instance(
  general: Thm,
  s: Streamed,
  at: readonly (readonly [string, Axis])[],
  laws: readonly Proved[],
): Thm {
  const { info } = s.claim;
  const { lhs, rhs, hypotheses } = must(core.sequent(general));
  const vars = must(core.variables(lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])));
  const named = (name: string): MorphismVar => [...vars.morphisms].find((h) => h.name === name) ?? missing(name);
  const has = (name: string): boolean => [...vars.morphisms].some((h) => h.name === name);
  const n = freshAxes([B.axisVar('n')], [info.head, info.spec])[0]!;
  const e = B.ofVar(n);
  const inState = [...s.context, ...info.state, ...s.over(e)];
  const bodies: Readonly<Record<string, () => core.Family>> = {
    ok: () => family(n, [...s.context, ...s.over(e)], apply(termAt(info.precondition!, info.axis, e), ...s.all(e))),
    h: () => family(n, [...s.context, ...s.over(e)], apply(termAt(info.head, info.axis, e), ...s.all(e))),
    step: () => family(n, inState, stepExpr(s, e)),
    merge: () => B.family([], info.merge!),
    outputs: () =>
      family(
        n,
        [...s.context, ...s.over(e)],
        apply(s.toFront(e), apply(termAt(info.outputs!, info.axis, e), ...s.all(e))),
      ),
    output: () => family(n, inState, apply(s.toFront(e), outputExpr(s, e))),
  };
  const axis = new Map([...vars.axes].filter((v) => v.scope === 'free').map((v) => [v.name, v]));
  const images = {
    axes: at.map(([name, e]) => [axis.get(name)!, e] as const),
    objects: [
      ['G', s.G],
      ['A', s.A],
      ['S', info.stateObject],
      ...(has('outputs') ? [['C', s.C] as const] : []),
    ] as const,
    morphisms: Object.entries(bodies).flatMap(([name, body]) => (has(name) ? [[named(name), body()] as const] : [])),
  };
  return laws.reduce((thm, law) => cutLaw(thm, s, law), must(core.instantiate(general, images)));
}

/** The declared step; where there is none, the head of a tile, merged: then the law of the step is that of the merge. */
function stepExpr(s: Streamed, e: Axis): Expr {
  const { info, foldable } = s.claim;
  const state = wires(info.state);
  if (foldable) return apply(termAt(info.step!, info.axis, e), ...wires(s.context), ...state, ...s.declared(e));
  return apply(info.merge!, ...state, apply(termAt(info.head, info.axis, e), ...s.all(e)));
}
function outputExpr(s: Streamed, e: Axis): Expr {
  const { output, axis, state } = s.claim.info;
  return apply(termAt(output!, axis, e), ...wires(s.context), ...wires(state), ...s.declared(e));
}
const merges = (claim: Claim, pieces: Pieces): boolean => !claim.foldable && !pieces.last;

export const missing = (name: string): never =>
  fail({ _tag: 'Missing', name, role: 'morphism variable of a tiling theorem' });

/** What the tiling theorems call the pieces. */
export function axesOf(p: Pieces): readonly (readonly [string, Axis])[] {
  const named: readonly (readonly [string, AxisVar])[] = p.last
    ? [
        ['p', p.head],
        ['t', p.count],
        ['b', p.tile],
        ['u', p.last.flag],
        ['r', p.last.rest],
      ]
    : [
        ['r', p.head],
        ['t', p.count],
        ['b', p.tile],
      ];
  return named.map(([name, v]) => [name, B.ofVar(v)] as const);
}

/**
 * Proves the hypothesis by the stream's own law, whose wires are the same up to the place of the streamed axis; so are the outputs, which the law of
 * outputs alone has along that axis.
 */
function cutLaw(thm: Thm, s: Streamed, law: Proved): Thm {
  const { hypotheses } = must(core.sequent(thm));
  const { lhs, rhs } = must(core.sequent(law.thm));
  const all = [lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])];
  const [c, d] = freshAxes([B.axisVar('c'), B.axisVar('d')], all) as [AxisVar, AxisVar];
  const both = B.sum(B.ofVar(c), B.ofVar(d));
  const isOutputs = law === s.claim.outputs;
  const result = law === s.claim.inherits ? B.boolean() : isOutputs ? B.weave(both, s.C) : s.claim.info.stateObject;
  const wanted = hypotheses
    .map((h) => must(core.sequent(must(core.assume(h, [B.ofVar(c), B.ofVar(d)])))))
    .filter((w) => w.lhs.cod === result);
  if (wanted.length === 0) return thm;
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
  // under a condition: what stands otherwise
  const others = s.claim.inherits && law !== s.claim.inherits ? [{ name: 'otherwise#', object: result }] : [];
  const context = [...s.context, ...s.over(B.ofVar(c)), ...s.over(B.ofVar(d), '#next'), ...others];
  const stand = others.map((w) => (isOutputs ? apply(s.fromFront(both), wire(w.name)) : wire(w.name)));
  const parts = [...s.all(B.ofVar(c)), ...s.declared(B.ofVar(d), '#next'), ...stand];
  const args = compile(context, { _tag: 'Tuple', parts });
  const moved = isOutputs ? must(core.composeCong(own, reflexive(s.toFront(both)))) : own;
  const fed = must(core.composeCong(reflexive(args), moved));
  const sides = must(core.sequent(fed));
  const says = ({ lhs, rhs }: core.Sequent): boolean =>
    must(core.equal(lhs, sides.lhs)) && must(core.equal(rhs, sides.rhs));
  const meant = wanted.length === 1 ? wanted[0]! : (wanted.find(says) ?? wanted[0]!);
  const exact = chain(structural(meant.lhs, sides.lhs), fed, structural(sides.rhs, meant.rhs));
  return must(core.cut(exact, [c, d], thm));
}

/** The head over the pieces = the loop over tiles. */
export function looped(claim: Claim, tilings: Tilings, pieces: Pieces): Thm {
  const general = pieces.last ? tilings.foldLast : merges(claim, pieces) ? tilings.mergeFirst : tilings.foldFirst;
  return marked(instance(general, new Streamed(claim), axesOf(pieces), [licence(claim)]));
}
export const licence = (claim: Claim): Proved =>
  claim.foldable ??
  claim.mergeable ??
  fail({ _tag: 'Missing', name: claim.info.name, role: 'a proved law that licenses the loop' });

/** spec over the pieces = the loop over tiles ; final */
export function tiled(claim: Claim, tilings: Tilings, pieces: Pieces): Thm {
  const { info } = claim;
  const s = new Streamed(claim);
  const loops = [looped(claim, tilings, pieces)];
  if (claim.outputs) {
    const along = pieces.last ? tilings.outputsLast : tilings.outputsFirst;
    const laws = [licence(claim), claim.outputs];
    loops.push(marked(instance(along ?? missing('outputs'), s, axesOf(pieces), laws)));
  }
  const e = whole(pieces);
  const start = thmAt(claim.main, info.axis, e);
  const calls = loops.map((loop) => must(core.sequent(loop)).lhs);
  const term = compile(
    info.wires.map((w) => ({ name: w.name, object: objectAt(w.object, info.axis, e) })),
    tiledExpr(s, pieces, calls),
  );
  const replaced = congruence(new Map(calls.map((call, i) => [call, loops[i]!])), term) ?? reflexive(term);
  return chain(start, structural(must(core.sequent(start)).rhs, term), replaced);
}

/** Wires cut into head and tiles, the loop, then the final; and the outputs. */
export function tiledExpr(s: Streamed, pieces: Pieces, loops: readonly Term[]): Expr {
  const from = wires(inPieces(s, pieces));
  const made = loops.map((loop) => apply(loop, ...from));
  return cutIn(s, pieces, resultsOf(s, whole(pieces), made));
}
/** The results by the state and the outputs that loops leave. */
export function resultsOf(s: Streamed, e: Axis, [state, outputs]: readonly Expr[]): Expr {
  const { info } = s.claim;
  const read = info.passes === 2 ? info.wires : s.context;
  const once = apply(termAt(info.final, info.axis, e), ...wires(read), ...wires(info.state));
  const final = letIn(info.state, state!, once);
  return outputs ? tuple(final, apply(s.fromFront(e), outputs)) : final;
}
