// Random axes and objects: every kind of axis that the calculus has. Invariant: axes are small, so that arrays are.
import type * as Door from '../../../src/core/index.js';
import { core as K, kit, must } from '../../support/door.js';
import type { Tape } from './tape.js';

export const k = kit(K);

const vars = { x: k.v('x'), y: k.v('y'), z: k.v('z'), t: k.v0('t'), u: k.v0('u') };
export const variables: readonly Door.AxisVar[] = Object.values(vars);
const { x, y, z, t, u } = Object.fromEntries(Object.entries(vars).map(([n, v]) => [n, k.of(v)])) as Record<
  keyof typeof vars,
  Door.Axis
>;
const { plus, by } = k;
const one = K.one;

/** From simple to composite: the first is what a shrunk diagram uses. */
export const axes: readonly Door.Axis[] = [
  x, y, t, one, z, K.zero, plus(x, y), plus(one, x), by(x, y), plus(one, t), by(x, plus(y, z)), by(plus(x, one), y),
  plus(t, x), by(t, x), by(x, t), by(t, plus(one, u)), plus(by(x, y), z), plus(x, x), by(y, plus(one, one)), plus(t, t),
]; // prettier-ignore

export type Kind = 'variable' | 'possibly empty' | '0' | '1' | 'sum' | 'product' | 'product with a sum';
export function kindOf(e: Door.Axis): Kind {
  if (e === K.zero) return '0';
  if (e === K.one) return '1';
  if (e.terms.length > 1) return 'sum';
  const { vars, tail } = e.terms[0]!;
  if (tail) return 'product with a sum';
  if (vars.length > 1) return 'product';
  return vars[0]!.maybeEmpty ? 'possibly empty' : 'variable';
}

export const sums = pairsOf((a, b) => plus(a, b));
export const products = pairsOf((a, b) => by(a, b));

/** For each axis, how it comes about from two of the list. */
function pairsOf(
  join: (a: Door.Axis, b: Door.Axis) => Door.Axis,
): ReadonlyMap<Door.Axis, readonly (readonly [Door.Axis, Door.Axis])[]> {
  const found = new Map<Door.Axis, (readonly [Door.Axis, Door.Axis])[]>();
  for (const a of axes)
    for (const b of axes) {
      const e = join(a, b);
      found.set(e, [...(found.get(e) ?? []), [a, b]]);
    }
  return found;
}

export const leafObj = (l: Door.Leaf): Door.Obj => {
  if (l.base._tag === 'Real') return must(K.real(...l.axes));
  if (l.base._tag === 'Boolean') return must(K.boolean(...l.axes));
  return must(K.objVar(l.base.name, ...l.axes));
};
export const slice = (o: Door.Obj, from: number, to: number): Door.Obj =>
  k.obj(...o.leaves.slice(from, to).map(leafObj));

/** The axis that all leaves have outermost, and what is under it. */
export function peeled(o: Door.Obj): { readonly axis: Door.Axis; readonly inner: Door.Obj } | undefined {
  const axis = o.leaves[0]?.axes[0];
  if (!axis || o.leaves.some((l) => l.axes[0] !== axis)) return undefined;
  return { axis, inner: k.obj(...o.leaves.map((l) => leafObj({ base: l.base, axes: l.axes.slice(1) }))) };
}

/** How many elements an axis has where every variable has 3. */
const nominal = (e: Door.Axis): number => K.paths(e).reduce((n, p) => n + 3 ** p.length, 0);
export const volume = (o: Door.Obj): number =>
  o.leaves.reduce((n, l) => n + l.axes.reduce((m, a) => m * nominal(a), 1), 0);
const small = (list: readonly Door.Axis[]): boolean =>
  list.length <= 3 && list.reduce((n, a) => n * nominal(a), 1) <= 300;
export const fitsIn = (o: Door.Obj, leaves: number): boolean =>
  o.leaves.length <= leaves && o.leaves.every((l) => small(l.axes));

export function someLeaf(tape: Tape, depth = 2): Door.Obj {
  const list = Array.from({ length: tape.below(depth + 1) }, () => tape.pick(axes));
  const base = tape.below(8);
  if (base === 6) return must(K.boolean(...list));
  if (base === 7) return must(K.objVar('A', ...list));
  return k.real(...list);
}
export const someObj = (tape: Tape, most = 3): Door.Obj =>
  k.obj(...Array.from({ length: 1 + tape.below(most) }, () => someLeaf(tape)));

/** How much work a term is where every variable has 3 elements: shared parts count each time. */
export function effort(root: Door.Term, parts: (t: Door.Term) => readonly Door.Term[]): number {
  const known = new Map<Door.Term, number>();
  const of = (t: Door.Term): number => {
    const before = known.get(t);
    if (before !== undefined) return before;
    const inner = parts(t).reduce((n, c) => n + of(c), 0);
    const times = t._tag === 'Map' || t._tag === 'Scan' ? nominal(t.axis) : 1;
    const made = volume(t.dom) + volume(t.cod) + inner * times;
    known.set(t, made);
    return made;
  };
  return of(root);
}
