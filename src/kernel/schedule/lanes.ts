/**
 * Lanes along a streamed axis: from `spec = head ; final` and the laws that the state merges and that the order of merging does not matter, by the
 * general theorem `lanes`, spec over r + m*c = the states of r and of c lanes, merged in order ; final, where each lane's state is its own loop
 * over tiles of m. Where the order matters, spec over r + c*m, by `merge-tiling`. Made of instantiation, cut and congruence only.
 */
import type { Axis, AxisVar, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, at, letIn, mapOver, scanOver, wire } from '../../language/point/point.js';
import { congruence, marked } from '../../proof/tactic/congruence.js';
import { fail, must } from '../../proof/tactic/failure.js';
import { chain, structural } from '../../proof/tactic/goal.js';
import { type Claim, type Tilings, fronted, objectAt, termAt, thmAt, wires } from './claim.js';
import { type Pieces, Streamed, cuts, full, whole } from './pieces.js';
import { instance, looped } from './tile.js';

/** r + m*c, of which a lane has every c-th element, or r + c*m, of which it has m neighbours; and m in pieces. */
export interface Spread {
  readonly elements: 'apart' | 'run';
  readonly rest: AxisVar;
  readonly lanes: AxisVar;
  readonly pieces: Pieces;
}

const missing = (name: string, role: string): never => fail({ _tag: 'Missing', name, role });
const many = ({ lanes, pieces, elements }: Spread): Axis =>
  elements === 'apart' ? B.product(whole(pieces), B.ofVar(lanes)) : B.product(B.ofVar(lanes), whole(pieces));
export const spreadAxis = (spread: Spread): Axis => B.sum(B.ofVar(spread.rest), many(spread));

/** Which elements a lane has: neighbours where the order of merging matters. */
export const elementsOf = ({ commutative }: Claim): Spread['elements'] => (commutative ? 'apart' : 'run');

/** Why lanes cannot lie along an axis. */
export type LanesFault =
  | { readonly _tag: 'Number'; readonly lanes: number }
  | {
      readonly _tag:
        | 'NotStreamed'
        | 'RaggedLast'
        | 'OtherAxes'
        | 'Outputs'
        | 'TwoPasses'
        | 'TruthValues'
        | 'Precondition'
        | 'NotMergeable';
    };

/** Lanes are a power of 2, so that a block holds them; the streamed axis is all that there is, and is read once; workgroup memory, where states meet, holds numbers. */
export function lanesFault({ info, mergeable, outputs }: Claim, axis: string, lanes: number): LanesFault | undefined {
  if (axis !== info.axis.name) return { _tag: 'NotStreamed' };
  if (!Number.isInteger(lanes) || lanes < 1 || lanes > 1024 || (lanes & (lanes - 1)) !== 0)
    return { _tag: 'Number', lanes };
  if (lanes === 1) return undefined;
  if (info.names.axes.size > 1) return { _tag: 'OtherAxes' };
  if (outputs) return { _tag: 'Outputs' };
  if (info.precondition ?? info.resultsPrecondition) return { _tag: 'Precondition' };
  if (info.passes === 2) return { _tag: 'TwoPasses' };
  if (info.stateObject.leaves.some((l) => l.base._tag !== 'Real')) return { _tag: 'TruthValues' };
  return mergeable ? undefined : { _tag: 'NotMergeable' };
}

/** spec over r + m*c = the lanes' loops, merged ; final */
export function spread(claim: Claim, tilings: Tilings, axes: Spread): Thm {
  const { info } = claim;
  const s = new Streamed(claim);
  const merged = mergedLanes(claim, tilings, axes);
  const e = spreadAxis(axes);
  const start = thmAt(claim.main, info.axis, e);
  const call = must(core.sequent(merged)).lhs;
  const parts = [B.ofVar(axes.rest), many(axes)];
  const names = parts.map((p, i) => s.over(p, `#${i}`));
  const once = apply(termAt(info.final, info.axis, e), ...wires(s.context), ...wires(info.state));
  const body = letIn(info.state, apply(call, ...wires(s.context), ...names.flatMap(wires)), once);
  const split = info.streamed.reduceRight((inner: Expr, w, i) => {
    const front = fronted(objectAt(w.object, info.axis, e), w.position, wire(w.name));
    return letIn(
      names.map((n) => n[i]!),
      apply(cuts(parts, s.rest[i]!.object), front),
      inner,
    );
  }, body);
  const term = compile(
    info.wires.map((w) => ({ name: w.name, object: objectAt(w.object, info.axis, e) })),
    split,
  );
  return chain(start, structural(must(core.sequent(start)).rhs, term), congruence(new Map([[call, merged]]), term)!);
}

/** The head over r + m*c = a loop that merges what the lanes' loops find. */
function mergedLanes(claim: Claim, tilings: Tilings, axes: Spread): Thm {
  const { info } = claim;
  const s = new Streamed(claim);
  const [rest, m, c] = [B.ofVar(axes.rest), whole(axes.pieces), B.ofVar(axes.lanes)];
  const merged =
    axes.elements === 'apart'
      ? instance(
          tilings.lanes ?? missing('lanes', 'a general theorem'),
          s,
          [
            ['r', rest],
            ['m', m],
            ['l', c],
          ],
          [claim.mergeable!, claim.commutative!],
        )
      : instance(
          tilings.mergeFirst,
          s,
          [
            ['r', rest],
            ['t', c],
            ['b', m],
          ],
          [claim.mergeable!],
        );
  const apart = marked(merged);
  const own = looped(claim, tilings, axes.pieces);
  const loop = must(core.sequent(own)).lhs;
  const context = [...s.context, ...s.over(rest, '#0'), ...s.over(many(axes), '#1')];
  const first = apply(termAt(info.head, info.axis, rest), ...s.all(rest, '#0'));
  const body = column(s, axes, apply(loop, ...wires(s.context), ...names(s, axes).flatMap(wires)));
  const term = compile(context, merging(claim, c, first, body));
  const { rhs } = must(core.sequent(apart));
  return marked(chain(apart, structural(rhs, term), congruence(new Map([[loop, own]]), term)!));
}

/** fold j:c (state = first) (merge(state, next)) */
function merging({ info }: Claim, c: Axis, first: Expr, next: Expr): Expr {
  const starts = info.state.map((w): Binding => ({ ...w, name: `${w.name}#0` }));
  const state = info.state.map((w, i) => ({ ...w, init: wire(starts[i]!.name) }));
  return letIn(starts, first, scanOver(LANE, c, state, apply(info.merge!, ...wires(info.state), next)));
}

const LANE = 'lane#';
const names = (s: Streamed, { pieces }: Spread): readonly (readonly Binding[])[] => [
  s.over(B.ofVar(pieces.head), '#head'),
  s.over(full(pieces), '#tiles'),
];

/** What a lane has of every streamed wire, in head and tiles. */
function column(s: Streamed, axes: Spread, body: Expr): Expr {
  const { lanes, pieces, elements } = axes;
  const parts = [B.ofVar(pieces.head), full(pieces)];
  const own = names(s, axes);
  const [m, c] = [whole(pieces), B.ofVar(lanes)];
  return s.rest.reduceRight((inner: Expr, w, i) => {
    const all = wire(`${w.name}#1`);
    const rows = elements === 'apart' ? apply(B.tile(m, c, w.object), all) : apply(B.tile(c, m, w.object), all);
    const mine = elements === 'apart' ? mapOver('turn#', m, at(at(rows, 'turn#'), LANE)) : at(rows, LANE);
    return letIn(
      own.map((n) => n[i]!),
      apply(cuts(parts, w.object), mine),
      inner,
    );
  }, body);
}
