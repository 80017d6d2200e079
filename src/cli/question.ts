// The question that `weft stream` asks of a definition: which axis, the name that a stream may have, what its texts import. Invariant: what cannot be asked is refused with a reason. Knows no files and not how a
// stream is found.
import { nearest } from '../diagnostic/message.js';
import { refuse } from '../diagnostic/refused.js';
import { type FunctionEntry, near } from '../language/elaborate/scope.js';
import { quoted } from '../language/print/clean.js';
import type { Question } from '../proof/derive/find.js';
import type { Ground } from '../proof/derive/ground.js';
import { relativeImport } from './elsewhere.js';

export function questionOf(
  entry: FunctionEntry,
  name: string,
  axis: string,
  path: string,
  shipped: string,
  ground: Ground,
): Question {
  const { definition, wires } = entry;
  const { axes, objects, morphisms } = definition.parameters;
  if (!wires || objects.length + morphisms.length > 0)
    return refuse(`${quoted(name)} takes more than arrays`, 'state an instance of it, as a definition over wires');
  const over = axes.find((a) => a.name === axis);
  if (!over) {
    const names = axes.map((a) => a.name);
    return refuse(
      `${quoted(name)} has no axis ${quoted(axis)}`,
      nearest(near(axis, names).map(quoted), `its axes: ${names.join(', ')}`),
    );
  }
  if (!wires.some((w) => w.object.leaves.some((l) => l.axes.some((a) => a.terms.some((m) => m.vars.includes(over))))))
    return refuse(`no wire of ${quoted(name)} has the axis ${quoted(axis)}`, 'stream over an axis of the data');
  return { name, definition, wires, over, stream: streamName(name, ground), imports: imports(path, shipped, ground) };
}

/** A name that no statement has. */
function streamName(name: string, { library }: Ground): string {
  const taken = (n: string): boolean =>
    [...library.statements.stated.keys()].some((s) => s === n || s.startsWith(`${n}.`) || s.startsWith(`${n}-`));
  for (let n = 0; ; n += 1) {
    const made = n === 0 ? `${name}-found` : `${name}-found-${n + 1}`;
    if (!taken(made)) return made;
  }
}

/** What the two texts import, seen from beside the file. */
function imports(path: string, shipped: string, ground: Ground): Question['imports'] {
  const to = (file: string): string => relativeImport(path, file);
  const proofs = shipped.replace('theorems/', 'proofs/');
  return { theorems: [path.split('/').at(-1)!, ...(ground.joined ? [to(shipped)] : [])], proofs: [to(proofs)] };
}
