/**
 * Signs of arrays by their form, and of a loop's state by what it starts from and what keeps it. Invariant: every answer is theorems of the core; that
 * a state which starts so and is kept so is so at every turn is induction over the tiles, and is said on docs/explanation/trust.md.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import type { Binding } from '../../language/point/point.js';
import { par, route, seq } from '../../language/point/wiring.js';
import { before } from '../../proof/tactic/apply.js';
import { attempted, fail, must } from '../../proof/tactic/failure.js';
import { type Evaluator, Openings } from '../../proof/tactic/opening.js';
import { arrayOf, elementwise } from '../../proof/tactic/reading.js';
import type { Sign } from '../../proof/tactic/signs.js';
import { type SumTools, signed } from '../../proof/tactic/sum-sign.js';

/** Lemmas by which signs are found; one that is not there proves nothing. */
export type Lemmas = ReadonlyMap<string, Thm>;

/** `CLAIM = true` at every index of an array, under no hypothesis: a project may state a lemma of the same name that has one. */
export function signOf(argument: Term, sign: Sign, lemmas: Lemmas, evaluator: Evaluator): Thm | undefined {
  const lemma = (name: string): Thm => lemmas.get(name) ?? fail({ _tag: 'Missing', name, role: 'lemma' });
  const found = attempted(() => everywhere({ evaluator, lemma }, argument, sign));
  if (E.isLeft(found) || !found.right) return undefined;
  return must(core.sequent(found.right)).hypotheses.length === 0 ? found.right : undefined;
}
function everywhere(tools: SumTools, argument: Term, sign: Sign): Thm | undefined {
  if (argument.cod.leaves[0]!.axes.length === 0) return signed(tools, argument, sign)?.thm;
  const parts = elementwise(argument);
  const body = parts && everywhere(tools, parts.body, sign);
  return body && before(parts.prepare, must(core.mapCong(parts.axis, body)));
}

/**
 * The arrays that a term yields, each a map of all that its element is made of. Each is that output of the term, by the core; undefined where it is not,
 * or is none: where it reads a loop's state, or is not over axes that are variables.
 */
export function arraysOf(term: Term, evaluator: Evaluator): readonly (Term | undefined)[] {
  const arrays = attempted(() => outputsOf(term, evaluator));
  return E.isRight(arrays) ? arrays.right : [];
}
function outputsOf(term: Term, evaluator: Evaluator): readonly (Term | undefined)[] {
  const form = must(core.normalForm(evaluator, term));
  const openings = new Openings(evaluator, (i) => form.inputs[i]!);
  const leaves = B.leafObjects(term.cod);
  return form.outputs.map((cell, i) => {
    const { names, body } = openings.array(cell);
    const array = arrayOf(openings, body, term.dom, 'within', names);
    const output = leaves[i] && seq(term, route(leaves, [i]));
    const same = array && output && array.cod === output.cod && must(core.equal(array, output));
    return same ? array : undefined;
  });
}

/** A term over wires that may hold state. */
export interface Typed {
  readonly term: Term;
  readonly wires: readonly Binding[];
  /** which component of the stream's state each wire holds; undefined where it holds none */
  readonly holds?: readonly (number | undefined)[];
}

/** How a loop over tiles goes on: its start, over the stream's wires, and its turn. */
export interface Loop {
  readonly state: readonly Binding[];
  readonly start: Term;
  readonly turn: Typed;
}

const isReal = ({ object }: Binding): boolean => object.leaves.length === 1 && object.leaves[0]!.base._tag === 'Real';

/** Every number of an array times itself. */
function squares(object: core.Obj): Term {
  const square = seq(B.copy(B.real()), B.operator('mul'));
  return object.leaves[0]!.axes.reduceRight((t: Term, a) => B.map(a, t), square);
}

/** The wires, with a square for each component in a set: what holds of every square holds of every number that is not negative. */
export const squared = ({ wires, holds = [] }: Typed, components: ReadonlySet<number>): Term =>
  par(...wires.map(({ object }, i) => (components.has(holds[i] ?? -1) ? squares(object) : B.id(object))));

export interface NotNegative {
  readonly components: ReadonlySet<number>;
  readonly by: readonly Thm[];
}

export const nothingKept: NotNegative = { components: new Set(), by: [] };

/** The components that are not negative at the start, and not after a turn if they are not before it. */
export function notNegative(loop: Loop, lemmas: Lemmas, evaluator: Evaluator): NotNegative {
  const sign = (t: Term | undefined): Thm | undefined => t && signOf(t, 'not-negative', lemmas, evaluator);
  const starts = parts(loop, loop.start, evaluator).map(sign);
  let kept = loop.state.flatMap((s, i) => (isReal(s) && starts[i] ? [i] : []));
  for (;;) {
    const components = new Set(kept);
    const after = parts(loop, seq(squared(loop.turn, components), loop.turn.term), evaluator).map((t, i) =>
      components.has(i) ? sign(t) : undefined,
    );
    const left = kept.filter((i) => after[i]);
    if (left.length === kept.length) return { components, by: kept.flatMap((i) => [starts[i]!, after[i]!]) };
    kept = left;
  }
}

/** Components of a state as arrays: those of one leaf and one block, where all are. */
function parts({ state }: Loop, term: Term, evaluator: Evaluator): readonly (Term | undefined)[] {
  const arrays = arraysOf(term, evaluator);
  return arrays.length === state.length ? arrays : state.map(() => undefined);
}
