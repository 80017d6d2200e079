// Goals as a picture. Knows no places.
import { LEAST_WIDTH, USUAL_WIDTH, type Step, drawSteps } from '../draw/draw.js';
import { clean } from '../language/print/clean.js';
import type { Goal } from '../proof/tactic/goal.js';

const MOST_WIDTH = 10_000;
const toProve = ({ lhs, rhs, wires }: Goal): Step => ({ sides: [lhs, rhs], wires, law: 'to prove', isStep: false });

/** A row for each goal: its two sides. */
export const pictureOf = (goals: readonly Goal[], title: string, width: number): string =>
  drawSteps(goals.map(toProve), { width, title: clean(title) });

/** The width that a client names, within what can be drawn; of `true` the usual one. */
export function widthOf(asked: unknown): number | undefined {
  if (asked === true) return USUAL_WIDTH;
  if (typeof asked !== 'number' || !Number.isFinite(asked)) return undefined;
  return Math.round(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, asked)));
}
