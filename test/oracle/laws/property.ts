// The properties of structural equality, as functions of a list of choices: each answers undefined, or what went wrong.
// Invariant: nothing is skipped in silence; `declined` counts the diagrams that are too big.
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../src/core/index.js';
import { type NumArray, evaluate } from '../../../src/run/reference/evaluate.js';
import { evaluateNormal } from '../../../src/run/reference/normal.js';
import { core as K } from '../../support/door.js';
import { around, diagram, formers } from './generate.js';
import { axes, effort, someLeaf, someObj } from './object.js';
import { namesOf, partsOf, show } from './show.js';
import { Tape, choicesOf } from './tape.js';
import { type Regime, difference, inputsOf, regimes, sizesOf, worldOf } from './world.js';

export interface Tally {
  checked: number;
  declined: number;
  readonly met: Map<string, number>;
}
export const tally = (): Tally => ({ checked: 0, declined: 0, met: new Map() });

/** Above this effort a diagram is too big to be evaluated element by element. */
export const MOST = 60_000;
let pool = K.evaluator();

export function value(term: Door.Term, regime: Regime, seed: number): readonly NumArray[] {
  const sizes = sizesOf(regime, seed);
  const done = evaluate(term, worldOf(term, sizes), inputsOf(term.dom, sizes, seed));
  if (E.isLeft(done)) throw new Error(`the reference refuses: ${done.left._tag}`);
  return done.right;
}

function normalValue(form: Door.NormalForm, term: Door.Term, regime: Regime, seed: number): readonly NumArray[] {
  const sizes = sizesOf(regime, seed);
  return evaluateNormal(form, term.dom, term.cod, worldOf(term, sizes), inputsOf(term.dom, sizes, seed));
}

/** The normal form of a term, evaluated, is what the term means: at every regime of sizes. */
export function agrees(term: Door.Term, seed: number, count = tally()): string | undefined {
  if (pool.pool.size > 300_000) pool = K.evaluator();
  const form = K.normalForm(pool, term);
  if (E.isLeft(form)) {
    if (form.left.code !== 'E-BUDGET') return `no normal form: ${form.left.condition}`;
    count.declined++;
    return undefined;
  }
  count.checked++;
  for (const regime of regimes) {
    const off = difference(value(term, regime, seed), normalValue(form.right, term, regime, seed));
    if (off !== undefined) return `${regime}: ${off}\n${show(term)}`;
  }
  return undefined;
}

export function randomTerm(choices: readonly number[]): Door.Term {
  const tape = new Tape(choices);
  return diagram(tape, someObj(tape));
}

/** Which formers a term has, and over which kind of axis. */
export function meet(root: Door.Term, met: Map<string, number>): void {
  const seen = new Set<Door.Term>();
  const pending = [root];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    for (const name of namesOf(t)) met.set(name, (met.get(name) ?? 0) + 1);
    pending.push(...partsOf(t));
  }
}

const weight = (choices: readonly number[]): number => choices.reduce((s, c) => (s * 31 + c) >>> 0, 7);

export function normalFormAgrees(choices: readonly number[], count = tally()): string | undefined {
  return measured(randomTerm(choices), weight(choices), count);
}

/** One former over one axis, in random surroundings. */
export function formerAgrees(
  name: string,
  e: Door.Axis,
  choices: readonly number[],
  count = tally(),
): string | undefined {
  const tape = new Tape(choices);
  const middle = formers[name]!(tape, e, tape.pick(axes), someLeaf(tape, 1));
  return middle && measured(around(tape, middle, someObj(tape)), weight(choices), count);
}

function measured(term: Door.Term, seed: number, count: Tally): string | undefined {
  if (effort(term, partsOf) > MOST) {
    count.declined++;
    return undefined;
  }
  meet(term, count.met);
  return agrees(term, seed, count);
}

/** The first failure of either property within so many rounds, or what was thrown; undefined when none was found. */
export function firstFailure(seed: number, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++)
    for (const attempt of attempts(seed + 1000 * round)) {
      try {
        const failure = attempt();
        if (failure !== undefined) return failure;
      } catch (error) {
        return `thrown: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  return undefined;
}

function* attempts(seed: number): Generator<() => string | undefined> {
  const names = Object.keys(formers);
  for (const [i, e] of axes.entries()) {
    for (const [j, name] of names.entries())
      if ((i + j + seed) % 3 === 0) yield () => formerAgrees(name, e, choicesOf(seed + 17 * i + j, 120));
    for (let n = 0; n < 4; n++) yield () => normalFormAgrees(choicesOf(seed + 7919 * i + n, 300));
  }
}

/** Whether the core calls two diagrams equal; a refusal by budget counts as yes only where the caller says so. */
export function equalOrDeclined(l: Door.Term, r: Door.Term): boolean {
  const answer = K.equal(l, r);
  if (E.isRight(answer)) return answer.right;
  if (answer.left.code === 'E-BUDGET') return true;
  throw new Error(`refused: ${answer.left.condition}`);
}
