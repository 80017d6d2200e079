/**
 * Cables that are used once. Invariant: what is used several times is copied as soon as it is there, and what is not used is deleted: a copy is a dot
 * with tails, a deletion an open dot. Knows no geometry.
 */
import { type Cable, type Operation, type Scope, endsOf } from './diagram.js';
import { cableOf } from './room.js';

export function linear({ inputs, operations, outputs }: Scope): Scope {
  const uses = new Map<number, number>();
  for (const c of [...operations.flatMap((o) => o.inputs), ...outputs]) uses.set(c.id, (uses.get(c.id) ?? 0) + 1);
  const copies = new Map<number, Cable[]>();
  /** What stands behind a cable that is not used once. */
  const behind = (cable: Cable): readonly Operation[] => {
    const n = uses.get(cable.id) ?? 0;
    if (n === 1) return [];
    if (n === 0) return [deletion(cable)];
    const tails = Array.from({ length: n }, () => cableOf(cable.strands));
    copies.set(cable.id, [...tails]);
    return [copy(cable, tails)];
  };
  const use = (cable: Cable): Cable => copies.get(cable.id)?.shift() ?? cable;
  const done: Operation[] = inputs.flatMap(behind);
  for (const o of operations) {
    const inner = o.glyph._tag === 'Frame' ? { ...o.glyph, scope: linear(o.glyph.scope) } : o.glyph;
    done.push({ ...o, glyph: inner, inputs: o.inputs.map(use) }, ...o.outputs.flatMap(behind));
  }
  return { inputs, operations: done, outputs: outputs.map(use) };
}

const copy = (cable: Cable, tails: readonly Cable[]): Operation => ({
  glyph: { _tag: 'Copy' },
  title: 'copy',
  inputs: [cable],
  outputs: tails,
  links: cable.strands.map((_, s) => ({ from: [[0, s]], to: tails.map((__, i) => [i, s] as const) })),
  reads: [],
  makes: [],
});
const deletion = (cable: Cable): Operation => ({
  glyph: { _tag: 'Delete' },
  title: 'delete',
  inputs: [cable],
  outputs: [],
  links: [],
  reads: endsOf([cable]),
  makes: [],
});
