/**
 * Which axes of a diagram need an order or an array: those that loops run over, and those along which a loop's state has elements that a step
 * reads elsewhere. Invariant: read off the canonical form, so that a state which only its own elements need is no array. It proves nothing.
 */
import { type Axis, type AxisVar, type Node, type Term, evaluator } from '../../core/index.js';
import { ofVar } from '../../language/point/build.js';
import type { Specified } from '../../language/elaborate/law.js';
import { canonicalCells } from '../../normal/canonical.js';
import { walk } from '../../normal/rewrite.js';

export interface Walked {
  /** axes of loops and of states */
  readonly loops: ReadonlySet<AxisVar>;
  /** axes of states */
  readonly held: ReadonlySet<AxisVar>;
}

export function walked(term: Term): Walked {
  const session = evaluator();
  const cells = canonicalCells(session.pool, session.normalForm(term).outputs);
  const [loops, held] = [new Set<AxisVar>(), new Set<AxisVar>()];
  const visit = ({ data, cells: parts }: Node): void => {
    if (data._tag === 'Fold' || data._tag === 'Scan') loops.add(data.axis);
    for (const c of parts) c.vars.forEach((v) => (loops.add(v), held.add(v)));
  };
  cells.forEach((c) => walk(c.body, visit));
  return { loops, held };
}

/**
 * Axes that every array of the result has once, that stand in all arrays as whole axes, and that no loop and no state runs over: they need no
 * order, and can be cut into tiles.
 */
export function apart(
  { spec, wires }: Pick<Specified, 'spec' | 'wires'>,
  axes: readonly AxisVar[],
  loops: ReadonlySet<AxisVar>,
): readonly AxisVar[] {
  const results = spec.cod.leaves.map((l) => l.axes);
  const all = [...results, ...wires.flatMap((w) => w.object.leaves.map((l) => l.axes))].flat();
  const whole = (v: AxisVar): boolean => all.every((e) => e === ofVar(v) || !mentions(e, v));
  const once = (list: readonly Axis[], v: AxisVar): boolean => list.filter((e) => e === ofVar(v)).length === 1;
  const order = (v: AxisVar): number => results[0]!.indexOf(ofVar(v));
  return axes
    .filter((v) => !loops.has(v) && whole(v) && results.length > 0 && results.every((list) => once(list, v)))
    .sort((a, b) => order(a) - order(b));
}
const mentions = (e: Axis, v: AxisVar): boolean =>
  e.terms.some((m) => m.vars.includes(v) || (m.tail !== undefined && mentions(m.tail, v)));
