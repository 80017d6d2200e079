/**
 * Streaming under preconditions (docs/explanation/conditions.md): from `if c then spec else o = if c then head ; final else o` and the laws under c, by the
 * general theorems that hold under a condition, if c then spec else o = if c then a loop over tiles ; final else o. Invariant: the loop is the one of the
 * theorem without a condition, so what is scheduled is a term like any other. Made of instantiation, cut and congruence only.
 */
import type { Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, wire } from '../../language/point/point.js';
import { preconditionsOf, otherwise, termUnder, underCondition } from '../../language/elaborate/precondition.js';
import { congruence, marked } from '../../proof/tactic/congruence.js';
import { must } from '../../proof/tactic/failure.js';
import { chain, reflexive, structural } from '../../proof/tactic/goal.js';
import type { AxisUse } from '../ir/kernel.js';
import { usedAxis } from './axes.js';
import type { Typed } from './group.js';
import { type Claim, type Proved, type Tilings, objectAt, termAt, thmAt, wires } from './claim.js';
import { type Pieces, Streamed, cutIn, inPieces, joinedIn, whole } from './pieces.js';
import { axesOf, instance, licence, missing, resultsOf, tiledExpr } from './tile.js';

export interface TiledUnder {
  /** under the conditions: spec = branch */
  readonly thm: Thm;
  /** the loop over tiles ; final */
  readonly branch: Term;
}

/** A loop over the pieces in three forms: what it replaces, itself, and why, under the stream's condition. */
interface Loop {
  readonly of: Term;
  readonly by: Term;
  readonly law: Thm;
}

export function tiledUnder(claim: Claim, tilings: Tilings, pieces: Pieces): TiledUnder {
  const { info } = claim;
  const s = new Streamed(claim);
  const e = whole(pieces);
  const over = info.wires.map((w): Binding => ({ name: w.name, object: objectAt(w.object, info.axis, e) }));
  const others = otherwise(objectAt(info.spec.cod, info.axis, e), info.wires);
  const conditions = preconditionsOf(info).map((c) => termAt(c, info.axis, e));
  const loops = loopsOf(s, tilings, pieces);
  const tiledBy = (terms: readonly Term[]): Term => compile(over, tiledExpr(s, pieces, terms));
  const branch = tiledBy(loops.map((l) => l.by));
  const start = thmAt(claim.main, info.axis, e);
  const steps = claim.inherits
    ? loops.map((_, i) => replaced({ s, tilings, pieces, others, over }, loops, i))
    : [exchanged(tiledBy, conditions, loops, over, others)];
  const done = [start, ...steps].reduce((all, next) => {
    const [{ rhs }, { lhs }] = [must(core.sequent(all)), must(core.sequent(next))];
    return chain(all, structural(rhs, lhs), next);
  });
  const { lhs, rhs } = must(core.sequent(done));
  const said = (f: Term): Term => termUnder(conditions, f, over, others);
  const spec = said(termAt(info.spec, info.axis, e));
  return { thm: chain(structural(spec, lhs), done, structural(rhs, said(branch))), branch };
}

/** Under the conditions spec = the branch as it was scheduled: the other axes are what they were cut into. */
export function conditional(
  claim: Claim,
  under: TiledUnder,
  { thm, wires: over }: Typed,
  uses: readonly AxisUse[],
): Typed {
  const { info } = claim;
  const axes = uses.flatMap((u) => {
    const v = info.names.axes.get(u.name)?.terms[0]?.vars[0];
    return v && v !== info.axis ? [[v, usedAxis(u)] as const] : [];
  });
  const streamed = uses.find((u) => u.name === info.axis.name)!;
  const at = (t: Term): Term => must(core.substituteTerm({ axes: [[info.axis, usedAxis(streamed)], ...axes] }, t));
  const start = must(core.instantiate(under.thm, { axes }));
  const call = marked(thm);
  const { lhs } = must(core.sequent(call));
  const others = otherwise(lhs.cod, over);
  const term = termUnder(preconditionsOf(info).map(at), lhs, over, others);
  const done = congruence(new Map([[lhs, call]]), term)!;
  return { thm: chain(start, structural(must(core.sequent(start)).rhs, term), done), wires: [...over, ...others] };
}

/** Where the laws have no condition, the loops are equal anywhere. */
function exchanged(
  tiledBy: (terms: readonly Term[]) => Term,
  conditions: readonly Term[],
  loops: readonly Loop[],
  over: readonly Binding[],
  others: readonly Binding[],
): Thm {
  const laws = loops.map((l) => marked(l.law));
  const calls = laws.map((l) => must(core.sequent(l)).lhs);
  const term = termUnder(conditions, tiledBy(calls), over, others);
  return congruence(new Map(calls.map((call, i) => [call, laws[i]!])), term) ?? reflexive(term);
}

function loopsOf(s: Streamed, tilings: Tilings, pieces: Pieces): readonly Loop[] {
  const { claim } = s;
  const isUnder = claim.inherits !== undefined;
  const one = (plain: Thm | undefined, under: Thm | undefined, laws: readonly Proved[]): Loop => {
    const form = instance(plain ?? missing('step'), s, axesOf(pieces), []);
    const { lhs, rhs } = must(core.sequent(form));
    const general = isUnder ? under : plain;
    const asked = claim.inherits ? [claim.inherits, ...laws] : laws;
    return { of: lhs, by: rhs, law: instance(general ?? missing('ok'), s, axesOf(pieces), asked) };
  };
  const { foldFirst, foldLast, foldFirstWhen, foldLastWhen } = tilings;
  const head = one(pieces.last ? foldLast : foldFirst, pieces.last ? foldLastWhen : foldFirstWhen, [licence(claim)]);
  if (!claim.outputs) return [head];
  const { outputsFirst, outputsLast, outputsFirstWhen, outputsLastWhen } = tilings;
  const laws = [licence(claim), claim.outputs];
  return [head, one(pieces.last ? outputsLast : outputsFirst, pieces.last ? outputsLastWhen : outputsFirstWhen, laws)];
}

interface Under {
  readonly s: Streamed;
  readonly tilings: Tilings;
  readonly pieces: Pieces;
  /** what stands where a condition is false */
  readonly others: readonly Binding[];
  /** the wires over the pieces, whole */
  readonly over: readonly Binding[];
}

/** Under the stream's condition: the results by the first i loops and what the others replace = by one loop more. */
function replaced(under: Under, loops: readonly Loop[], i: number): Thm {
  const { s, pieces, others, over } = under;
  const cut = wires(inPieces(s, pieces));
  const given = [...inPieces(s, pieces), ...others];
  const { of, by, law } = loops[i]!;
  const made: Binding = { name: 'made#', object: of.cod };
  const onCut = (f: Term): Term => compile(given, apply(f, ...cut));
  const general = rewritten(under, {
    ok: compile(given, joinedIn(s, pieces, apply(conditionAt(under), ...wires(s.claim.info.wires)))),
    l: onCut(of),
    r: onCut(by),
    k: compile([...given, made], resultsBy(under, loops, i, wire(made.name))),
  });
  const stands: Binding = { name: 'stands#', object: of.cod };
  const args = compile([...given, stands], { _tag: 'Tuple', parts: [...cut, wire(stands.name)] });
  const fed = must(core.composeCong(reflexive(args), law));
  const [hypothesis] = must(core.sequent(general)).hypotheses;
  const wanted = must(core.sequent(must(core.assume(hypothesis!, []))));
  const sides = must(core.sequent(fed));
  const exact = chain(structural(wanted.lhs, sides.lhs), fed, structural(sides.rhs, wanted.rhs));
  const proved = marked(must(core.cut(exact, [], general)));
  const call = must(core.sequent(proved)).lhs;
  const term = compile([...over, ...others], cutIn(s, pieces, apply(call, ...wires(given), ...wires(others))));
  return congruence(new Map([[call, proved]]), term)!;
}

const conditionAt = ({ s, pieces }: Under): Term =>
  termAt(s.claim.info.precondition!, s.claim.info.axis, whole(pieces));

/** The results over the pieces: by a loop where it was exchanged already, by what it replaces where it was not. */
function resultsBy({ s, pieces, others }: Under, loops: readonly Loop[], i: number, made: Expr): Expr {
  const { info } = s.claim;
  const e = whole(pieces);
  const cut = wires(inPieces(s, pieces));
  const all = loops.map((l, j) => (j === i ? made : apply(j < i ? l.by : l.of, ...cut)));
  const results = resultsOf(s, e, all);
  const own = info.resultsPrecondition;
  const condition = own && apply(termAt(own, info.axis, e), ...wires(info.wires));
  const object = objectAt(info.spec.cod, info.axis, e);
  return joinedIn(s, pieces, condition ? underCondition(condition, results, object, others) : results);
}

/** `when-rewrite` for these terms: of X -> B, X -> S, X -> S and X * S -> C. */
function rewritten({ tilings }: Under, terms: Readonly<Record<'ok' | 'l' | 'r' | 'k', Term>>): Thm {
  const general = tilings.whenRewrite ?? missing('ok');
  const { lhs, rhs } = must(core.sequent(general));
  const { morphisms } = must(core.variables(lhs, rhs));
  return must(
    core.instantiate(general, {
      objects: [
        ['X', terms.ok.dom],
        ['S', terms.l.cod],
        ['C', terms.k.cod],
      ],
      morphisms: Object.entries(terms).map(([name, term]) => [
        [...morphisms].find((h) => h.name === name) ?? missing(name),
        B.family([], term),
      ]),
    }),
  );
}
