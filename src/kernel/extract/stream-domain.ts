/**
 * The domain of a stream's kernel, or of a definition's. Invariant: it depends on the statement and on what its file sees, and on no other file that
 * happens to be loaded.
 */
import * as core from '../../core/index.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import { compile } from '../../language/point/compile.js';
import { type Binding, type Expr, apply, letIn, tuple, wire } from '../../language/point/point.js';
import { axiomsOf } from '../../proof/script/axioms.js';
import type { Library } from '../../proof/script/check.js';
import type { Citable } from '../../proof/script/scope.js';
import { must } from '../../proof/tactic/failure.js';
import type { Claim } from '../schedule/claim.js';
import type { ScheduledTheorem } from '../schedule/schedule.js';
import { type Condition, conditions, orderFacts } from './domain.js';
import { sightOf } from './needs.js';
import { type Loop, type NotNegative, type Typed, notNegative, nothingKept } from './sign.js';

/** What a stream's or a definition's domain may be proved by: what its file sees, and of the theorems those that rest on axioms in sight. */
function inSight({ statements, proved, barred }: Library, files: ReadonlySet<string>): readonly Citable[] {
  const { axioms, stated } = statements;
  const believed = new Map([...axioms].filter(([name, a]) => files.has(a.file) && !barred?.has(name)));
  const seen = [...stated.values()].flatMap((s) => (files.has(s.file) ? (proved.get(s.name) ?? []) : []));
  const theorems = seen.filter((c) => [...axiomsOf(c.thm).keys()].every((a) => believed.has(a)));
  return [...believed.values(), ...theorems];
}

/** Conditions of the specification, of head and final, and of the loop's step. */
export function domainOf(library: Library, { info: given, claim }: ScheduledTheorem): readonly Condition[] {
  const evaluator = core.evaluator();
  const files = sightOf(library.statements, given.name, claim !== undefined);
  const seen = inSight(library, files);
  const lemmas = new Map(seen.map((c) => [c.name, c.thm]));
  const facts = orderFacts(seen, evaluator);
  const loop = claim && loopOf(claim);
  let found: NotNegative | undefined;
  const kept = (): NotNegative => (found ??= loop ? notNegative(loop, lemmas, evaluator) : nothingKept);
  const sides = claim ? sidesOf(claim, loop) : [{ term: given.spec, wires: given.wires }];
  return conditions(sides, { facts, lemmas, kept }, evaluator);
}

/** Over context, state and a tile, or over two states: each state is one that occurs. */
function loopOf({ info: { step, merge, state, head, context, streamed } }: Claim): Loop | undefined {
  if (step) return { state, start: head, turn: overState(step, context, state, streamed) };
  const primed = state.map((s) => ({ ...s, name: `${s.name}'` }));
  const own = state.map((_, i) => i);
  return merge && { state, start: head, turn: { term: merge, wires: [...state, ...primed], holds: [...own, ...own] } };
}
const overState = (
  term: core.Term,
  context: readonly Binding[],
  state: readonly Binding[],
  streamed: readonly Binding[],
): Typed => ({
  term,
  wires: [...context, ...state, ...streamed],
  holds: [...context.map(() => undefined), ...state.map((_, i) => i)],
});

/** What the head and the final are together; where the laws have conditions, without them. */
function computed({ info, main }: Claim): core.Term {
  if (preconditionsOf(info).length === 0) return must(core.sequent(main)).rhs;
  const { head, final, outputs, context, state, wires, passes } = info;
  const given = (list: readonly Binding[]): readonly Expr[] => list.map((w) => wire(w.name));
  const once = apply(final, ...given(passes === 2 ? wires : context), ...given(state));
  const done = letIn(state, apply(head, ...given(wires)), once);
  return compile(wires, outputs ? tuple(done, apply(outputs, ...given(wires))) : done);
}

function sidesOf(claim: Claim, loop: Loop | undefined): readonly Typed[] {
  const { spec, output, context, state, streamed, wires } = claim.info;
  return [
    { term: spec, wires },
    { term: computed(claim), wires },
    ...(loop ? [loop.turn] : []),
    ...(output ? [overState(output, context, state, streamed)] : []),
  ];
}
