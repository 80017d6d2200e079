/**
 * The holes of a check, and steps for them. Invariant: asked after the check, so that no verdict depends on it; cites what is proved, runs no
 * proof for it; of many holes the first ones are answered. Knows no words.
 */
import type { Library } from './check.js';
import type { Diagnostic } from './result.js';
import { type Suggestions, suggest } from './suggest.js';

/** Holes of one run that are looked at. */
export const MOST_HOLES = 6;

/** Names of all that may be cited: what is believed or proved. */
export const citableNames = ({ statements, proved }: Library): readonly string[] => [
  ...statements.axioms.keys(),
  ...[...statements.stated.keys()].filter((name) => proved.has(name)),
];

/** Steps for the holes of a check, each looked for once. */
export class Adviser {
  private readonly known = new Map<Diagnostic, Suggestions>();
  constructor(
    private readonly library: Library,
    private left = MOST_HOLES,
  ) {}

  of(d: Diagnostic): Suggestions | undefined {
    if (d.fact._tag !== 'Hole') return undefined;
    const known = this.known.get(d);
    if (known) return known;
    const hole = this.library.holes.find((h) => h.diagnostic === d);
    if (!hole || this.left === 0) return undefined;
    this.left -= 1;
    const made = suggest(hole.context, hole.goal, [...hole.context.lemmas, ...citableNames(this.library)]);
    this.known.set(d, made);
    return made;
  }
}
