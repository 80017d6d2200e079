/** Assigns the states of a loop, all at once. Invariant: no new state is read where an old one is meant. It knows no values. */
import type { Expr, Stmt } from '../ir/kernel.js';
import { type Names, type Vector, element, forEach, indexOf, mentions } from './scope.js';

/** All components at once: one that others still read is assigned after them; where they read each other, one is computed before all and assigned after all. */
export function assignments(
  names: Names,
  updates: readonly { name: string; regs: readonly Vector[]; kind: 'real' | 'boolean'; value: Expr }[],
): readonly Stmt[] {
  const [before, between, after]: [Stmt[], Stmt[], Stmt[]] = [[], [], []];
  const left = [...updates];
  while (left.length > 0) {
    const free = left.find((u) => left.every((o) => o === u || !mentions(o.value, u.name)));
    const next = free ?? left[0]!;
    left.splice(left.indexOf(next), 1);
    const index = indexOf(next.regs);
    if (free) between.push(...forEach(next.regs, [{ _tag: 'Set', name: next.name, index, value: next.value }]));
    else {
      const copy = names.fresh(`next_${next.name}`);
      before.push(
        { _tag: 'Var', name: copy, kind: next.kind, dims: next.regs.map((v) => v.dim) },
        ...forEach(next.regs, [{ _tag: 'Set', name: copy, index, value: next.value }]),
      );
      after.push(...forEach(next.regs, [{ _tag: 'Set', name: next.name, index, value: element(copy, next.regs) }]));
    }
  }
  return [...before, ...between, ...after];
}
