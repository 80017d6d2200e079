/**
 * What a step changes of a diagram. Invariant: an operation is unchanged where the other diagram has one that is made of the same, or that becomes the same; all
 * others are marked. Knows no geometry.
 */
import type { Diagram, Glyph, Operation, Scope } from './diagram.js';
import { linear } from './linear.js';

/** Numbers for what has one text. */
class Keys {
  private readonly known = new Map<string, number>();
  of(text: string): number {
    const at = this.known.get(text) ?? this.known.size;
    this.known.set(text, at);
    return at;
  }
}

const isPlain = ({ _tag }: Glyph): boolean => _tag === 'Copy' || _tag === 'Delete' || _tag === 'Wires';

/** What each cable is made of: a number for each that is made alike. */
function made(scope: Scope, keys: Keys): ReadonlyMap<number, number> {
  const of = new Map(scope.inputs.map((c, i) => [c.id, keys.of(`input ${i}`)]));
  for (const o of scope.operations) {
    const from = o.inputs.map((c) => of.get(c.id)).join();
    o.outputs.forEach((c, i) =>
      of.set(c.id, o.glyph._tag === 'Copy' ? Number(from) : keys.of(`${nameOf(o, keys)}(${from}).${i}`)),
    );
  }
  return of;
}
/** A loop is what its body computes. */
function nameOf({ glyph, title }: Operation, keys: Keys): string {
  if (glyph._tag !== 'Frame') return title;
  const inner = made(glyph.scope, keys);
  return `${title}{${glyph.scope.outputs.map((c) => inner.get(c.id)).join()}}`;
}

/** What each cable becomes: a number for each that becomes alike. */
function becomes(scope: Scope, keys: Keys): ReadonlyMap<number, number> {
  const of = new Map(scope.outputs.map((c, i) => [c.id, keys.of(`output ${i}`)]));
  for (const o of [...scope.operations].reverse()) {
    const to = o.outputs.map((c) => of.get(c.id)).join();
    o.inputs.forEach((c, i) => of.set(c.id, keys.of(`${i} of ${nameOf(o, keys)} to ${to}`)));
  }
  return of;
}

interface Known {
  readonly made: ReadonlyMap<number, number>;
  readonly becomes: ReadonlyMap<number, number>;
}
const keyed = (scope: Scope, keys: Keys): Known => ({ made: made(scope, keys), becomes: becomes(scope, keys) });

/** Two diagrams with the operations marked that the other does not have. */
export function changed(a: Diagram, b: Diagram): readonly [Diagram, Diagram] {
  const keys = new Keys();
  const [x, y] = [linear(a), linear(b)];
  const [p, q] = [keyed(x, keys), keyed(y, keys)];
  return [
    { ...x, names: a.names, operations: x.operations.map(marking(x, p, y, q)) },
    { ...y, names: b.names, operations: y.operations.map(marking(y, q, x, p)) },
  ];
}

function marking(own: Scope, mine: Known, other: Scope, theirs: Known): (o: Operation) => Operation {
  const results = (s: Scope, k: Known): ReadonlySet<number> =>
    new Set(s.operations.flatMap((o) => o.outputs.map((c) => k.made.get(c.id)!)));
  const uses = (s: Scope, k: Known): ReadonlySet<number> =>
    new Set(s.operations.flatMap((o) => o.inputs.map((c) => k.becomes.get(c.id)!)));
  const [made, used] = [results(other, theirs), uses(other, theirs)];
  const given = new Set(own.inputs.map((c) => mine.made.get(c.id)!));
  return (o) => {
    const same =
      (o.outputs.length > 0 && o.outputs.every((c) => made.has(mine.made.get(c.id)!))) ||
      (o.inputs.length > 0 && o.inputs.every((c) => used.has(mine.becomes.get(c.id)!)));
    // where a change begins: what it reads is as it was, and what it makes is not
    const begins = o.inputs.every((c) => made.has(mine.made.get(c.id)!) || given.has(mine.made.get(c.id)!));
    const isNew = o.outputs.some((c) => !made.has(mine.made.get(c.id)!));
    return (same && !(begins && isNew)) || isPlain(o.glyph) ? o : { ...o, marked: true };
  };
}
