// The two parts x and x' of the streamed wires, over which a law of a stream is stated. Invariant: their axes and names are those of nothing else in the
// statement. It knows no laws.
import { type AxisVar, type Obj, axisVar, concat, ofVar, sum, weave } from '../point/build.js';
import type { StreamedWire } from './law.js';
import { type Binding, type Expr, apply, letIn, tuple, wire } from '../point/point.js';
import { withAxis } from './scope.js';
import { type Claim, objectAt, wiresAt } from './stream-wires.js';
import { fromFront, seq, toFront, under } from '../point/wiring.js';

export const bind = (names: readonly Binding[], value: Expr, body: Expr): Expr => letIn(names, value, body);

/** The two pieces of the streamed wires: x over a, and x' over b. */
export function pieces(claim: Claim) {
  const taken = new Set([...claim.env.names.axes.keys()]);
  const fresh = (name: string): AxisVar => {
    let unique = name;
    while (taken.has(unique)) unique += "'";
    taken.add(unique);
    return axisVar(unique, claim.axis.sort === undefined ? {} : { sort: claim.axis.sort });
  };
  const [a, b] = [fresh('a'), fresh('b')];
  const env = withAxis(withAxis(claim.env, a.name, ofVar(a)), b.name, ofVar(b));
  const left = wiresAt(claim, claim.wires, ofVar(a));
  const used = new Set([...claim.wires, ...claim.state, ...claim.primed].map((w) => w.name));
  const right = claim.streamed.map((w) => {
    let name = `${w.name}'`;
    while (used.has(name)) name += "'";
    used.add(name);
    return { name, object: objectAt(claim, w.object, ofVar(b)) };
  });
  return { a: ofVar(a), b: ofVar(b), env, wires: [...left, ...right], right };
}
export type Pieces = ReturnType<typeof pieces>;

/** x ++ x' along the streamed axis */
const joined = (w: StreamedWire, claim: Claim, p: Pieces): Expr =>
  appended(claim, p, w.object, w.position, w.name, p.right[claim.streamed.indexOf(w)]!.name);

/** Two arrays of one object, one over a and one over b, as one over a + b: the streamed axis stands at a place. */
export function appended(
  claim: Claim,
  { a, b }: Pieces,
  object: Obj,
  place: number,
  first: string,
  second: string,
): Expr {
  const [left, right] = [objectAt(claim, object, a), objectAt(claim, object, b)];
  const rest = under(toFront(left, place).cod, 1).rest;
  const front = apply(toFront(left, place), wire(first));
  const back = apply(toFront(right, place), wire(second));
  return apply(seq(concat(a, b, rest), fromFront(weave(sum(a, b), rest), place)), front, back);
}

export const onBoth = (claim: Claim, p: Pieces, body: Expr): Expr =>
  bind(wiresAt(claim, claim.streamed, sum(p.a, p.b)), tuple(...claim.streamed.map((w) => joined(w, claim, p))), body);
/** with the second pieces under the names of the wires */
export const onRight = (claim: Claim, p: Pieces, body: Expr): Expr =>
  bind(wiresAt(claim, claim.streamed, p.b), tuple(...p.right.map((w) => wire(w.name))), body);
