/**
 * Columns, and the operations between them. Invariant: the first column is the inputs and the last the outputs, in their order; in every other one the
 * cables stand in the order in which a walk from the outputs meets them, so that an operation's cables are neighbours. Knows no geometry.
 */
import type { Cable, Operation, Scope } from './diagram.js';

/** Between two columns: operations, and cables that go on, from top to bottom. */
export type Item =
  { readonly _tag: 'Cable'; readonly cable: Cable } | { readonly _tag: 'Operation'; readonly operation: Operation };

export interface Layers {
  /** one more than there are layers */
  readonly columns: readonly (readonly Cable[])[];
  readonly layers: readonly (readonly Item[])[];
}

export function layersOf(scope: Scope): Layers {
  const places = walked(scope);
  const at = (c: Cable): number => places.get(c.id)!;
  const sorted = (cs: readonly Cable[]): readonly Cable[] => [...cs].sort((a, b) => at(a) - at(b));
  const own = new Set(scope.inputs.map((c) => c.id));
  const isPlumbing = (o: Operation): boolean =>
    (o.glyph._tag === 'Copy' || o.glyph._tag === 'Delete') && own.has(o.inputs[0]!.id);
  const inOrder = sorted(scope.inputs).every((c, i) => c === scope.inputs[i]);
  const first = inOrder && !scope.operations.some(isPlumbing) ? 0 : 1;
  const level = levels(scope, (o) => (isPlumbing(o) ? 0 : first));
  const count = Math.max(first, ...scope.operations.map((o) => level.get(o)! + 1));
  const columns: (readonly Cable[])[] = [scope.inputs];
  const layers: (readonly Item[])[] = [];
  for (let n = 0; n < count; n += 1) {
    const here = scope.operations.filter((o) => level.get(o) === n);
    layers.push(items(columns.at(-1)!, here, n === 0 && first === 1 ? undefined : at));
    const used = new Set(here.flatMap((o) => o.inputs));
    const next = [...columns.at(-1)!.filter((c) => !used.has(c)), ...here.flatMap((o) => o.outputs)];
    columns.push(n === count - 1 ? scope.outputs : sorted(next));
  }
  return { columns, layers };
}

/** Cables numbered as a walk from the outputs towards the inputs meets them. */
function walked({ operations, outputs }: Scope): ReadonlyMap<number, number> {
  const makers = new Map(operations.flatMap((o) => o.outputs.map((c) => [c.id, o] as const)));
  const places = new Map<number, number>();
  const seen = new Set<Operation>();
  const visit = (c: Cable): void => {
    if (!places.has(c.id)) places.set(c.id, places.size);
    const maker = makers.get(c.id);
    if (!maker || seen.has(maker)) return;
    seen.add(maker);
    maker.inputs.forEach(visit);
  };
  outputs.forEach(visit);
  operations.filter((o) => o.outputs.length === 0).forEach((o) => o.inputs.forEach(visit));
  return places;
}

/** An operation stands as far left as it can, one that takes nothing as far right. */
function levels({ operations, outputs }: Scope, least: (o: Operation) => number): ReadonlyMap<Operation, number> {
  const level = new Map<Operation, number>();
  const makers = new Map(operations.flatMap((o) => o.outputs.map((c) => [c.id, o] as const)));
  for (const o of operations)
    level.set(
      o,
      o.inputs.reduce((n, c) => Math.max(n, makers.has(c.id) ? level.get(makers.get(c.id)!)! + 1 : 0), least(o)),
    );
  const last = Math.max(0, ...level.values());
  const used = new Map(operations.flatMap((o) => o.inputs.map((c) => [c.id, o] as const)));
  const out = new Set(outputs.map((c) => c.id));
  for (const o of [...operations].reverse())
    if (o.inputs.length === 0)
      level.set(
        o,
        Math.min(
          ...o.outputs.map((c) => (out.has(c.id) ? last : Math.max(level.get(o)!, level.get(used.get(c.id)!)! - 1))),
        ),
      );
  return level;
}

/** What stands between a column and the next; operations that take nothing have their place by what they make. */
function items(
  column: readonly Cable[],
  operations: readonly Operation[],
  at: ((c: Cable) => number) | undefined,
): readonly Item[] {
  const takers = new Map(operations.flatMap((o) => o.inputs.map((c) => [c.id, o] as const)));
  const done = new Set<Operation>();
  const list: { readonly item: Item; readonly place: number }[] = [];
  for (const cable of column) {
    const operation = takers.get(cable.id);
    const place = at ? at(cable) : list.length;
    if (!operation) list.push({ item: { _tag: 'Cable', cable }, place });
    else if (!done.has(operation)) list.push({ item: { _tag: 'Operation', operation }, place });
    if (operation) done.add(operation);
  }
  for (const operation of operations)
    if (operation.inputs.length === 0)
      list.push({
        item: { _tag: 'Operation', operation },
        place: at ? Math.min(...operation.outputs.map(at)) : list.length,
      });
  return list.sort((a, b) => a.place - b.place).map((x) => x.item);
}
