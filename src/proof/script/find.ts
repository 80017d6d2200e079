/**
 * Statements that have a shape. Invariant: a statement is found only where an instance of the pattern is a part of one of its sides, up to
 * structural equality; no proof is read, and nothing is said of what is true. Bounded by fuel for each statement.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Law } from '../../language/elaborate/law.js';
import { reflexive } from '../tactic/goal.js';
import { must } from '../tactic/failure.js';
import { subterms } from '../tactic/subterm.js';
import { type Equation, Rewriter } from '../tactic/rewrite.js';
import { failedWith } from './failure.js';
import type { Shape } from './pattern.js';
import type { Statements } from './statements.js';

/** Fuel of looking at one side. */
export const SIDE_FUEL = 3_000_000;

export interface Found {
  readonly kind: 'axiom' | 'theorem';
  readonly law: Law;
  readonly file: string;
  /** the pattern is a whole side, or sides, and not a part of one */
  readonly whole: boolean;
}

/** Every statement with its file. */
export function lawsOf({ axioms, stated }: Statements): readonly Omit<Found, 'whole'>[] {
  const believed = [...axioms.values()].map(({ law, file }) => ({ kind: 'axiom', law, file }) as const);
  const claimed = [...stated.values()].flatMap(({ law, file }) =>
    law ? [{ kind: 'theorem', law, file } as const] : [],
  );
  return [...believed, ...claimed];
}

const equationOf = (shape: Shape): Equation => ({ name: '_', thm: reflexive(shape.term), ...shape });
/** A pattern that is one hole. */
const isAnything = ({ term, wires }: Shape): boolean =>
  wires.length === 1 && term.cod === wires[0]!.object && must(core.equal(term, must(core.id(term.cod))));

/** Whether a side has a shape in it, and is it. */
type Has = 'whole' | 'part' | undefined;

class Seeker {
  /** sides that were too large to look at */
  skipped = 0;
  private readonly evaluator = core.evaluator();

  has(side: Term, shape: Shape): Has {
    try {
      const done = core.within(SIDE_FUEL, () => this.looked(side, shape));
      if (E.isRight(done)) return done.right;
    } catch (error) {
      const code = failedWith(error);
      if (code === undefined) throw error;
      if (code !== 'E-BUDGET') return undefined;
    }
    this.skipped += 1;
    return undefined;
  }

  private looked(side: Term, shape: Shape): Has {
    if (isAnything(shape)) return side.cod === shape.term.cod ? 'whole' : undefined;
    const rewriter = new Rewriter(this.evaluator, side);
    const roots = new Set(rewriter.roots);
    const equation = equationOf(shape);
    if (rewriter.count(equation, new Map(), 1, (n) => roots.has(n)) > 0) return 'whole';
    return rewriter.count(equation, new Map(), 1) > 0 ? 'part' : undefined;
  }
}

/** Statements one of whose sides has the shape in it; of two shapes, one side is the one and the other the other. */
export function find(
  statements: Statements,
  [one, other]: readonly Shape[],
): { readonly found: readonly Found[]; readonly skipped: number } {
  const seeker = new Seeker();
  const is = (a: Term, b: Term): boolean => seeker.has(a, one!) === 'whole' && seeker.has(b, other!) === 'whole';
  const found = lawsOf(statements).flatMap((l): readonly Found[] => {
    const { lhs, rhs } = l.law;
    if (other) return is(lhs, rhs) || is(rhs, lhs) ? [{ ...l, whole: true }] : [];
    const left = seeker.has(lhs, one!);
    const right = left === 'whole' ? undefined : seeker.has(rhs, one!);
    return left || right ? [{ ...l, whole: left === 'whole' || right === 'whole' }] : [];
  });
  return { found, skipped: seeker.skipped };
}

/** Statements whose name has a word in it, or whose sides call the definition of that name. */
export function byName(statements: Statements, word: string): readonly Found[] {
  const calls = (root: Term): boolean => {
    const seen = new Set<Term>();
    const pending = [root];
    for (let t = pending.pop(); t; t = pending.pop()) {
      if (seen.has(t)) continue;
      seen.add(t);
      if (t._tag === 'Call' && t.definition.name === word) return true;
      pending.push(...subterms(t));
    }
    return false;
  };
  return lawsOf(statements).flatMap((l) => {
    const whole = l.law.name.includes(word);
    return whole || calls(l.law.lhs) || calls(l.law.rhs) ? [{ ...l, whole }] : [];
  });
}
