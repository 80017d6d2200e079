/**
 * What a name means to extraction: a stream, or a definition of arrays (`def:NAME`, or NAME where nothing else has the name). Invariant: a name
 * means one thing, or is refused. It proves nothing.
 */
import * as E from 'fp-ts/lib/Either.js';
import { definitionPrefix } from '../../proof/certificate/certificate.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { type FunctionEntry, near } from '../../language/elaborate/scope.js';
import type { Binding } from '../../language/point/point.js';
import { sizesOf } from './shapes.js';
import type { Defined } from '../schedule/plain.js';
import type { Library } from '../../proof/script/check.js';

export type SubjectError =
  | { readonly _tag: 'NoStream'; readonly name: string; readonly candidates: readonly string[] }
  | { readonly _tag: 'TwoDefinitions'; readonly name: string }
  | { readonly _tag: 'NoArrays'; readonly name: string };

export type Subject =
  { readonly _tag: 'Stream'; readonly name: string } | { readonly _tag: 'Definition'; readonly defined: Defined };

/** The definitions of a name, one for each that differs. */
function entriesOf({ statements }: Library, name: string): readonly FunctionEntry[] {
  const all = [...statements.envs.values()].flatMap((e) => e.functions.get(name) ?? []);
  return [...new Map(all.map((f) => [f.definition, f])).values()];
}
export const definitionNames = ({ statements }: Library): readonly string[] => [
  ...new Set([...statements.envs.values()].flatMap((e) => [...e.functions.keys()])),
];

/** A stream of the name, or else a definition; an ordinary theorem is neither. */
export function subjectOf(library: Library, name: string): E.Either<SubjectError, Subject> {
  if (name.startsWith(definitionPrefix)) return definition(library, name.slice(definitionPrefix.length));
  if (library.streams.has(name)) return E.right({ _tag: 'Stream', name });
  if (library.statements.stated.has(name) || library.statements.axioms.has(name)) return none(library, name);
  return definition(library, name);
}

const none = (library: Library, name: string): E.Either<SubjectError, never> =>
  E.left({
    _tag: 'NoStream',
    name,
    candidates: near(name, [...new Set([...library.streams.keys(), ...definitionNames(library)])]),
  });

function definition(library: Library, name: string): E.Either<SubjectError, Subject> {
  const [found, second] = entriesOf(library, name);
  if (!found) return none(library, name);
  if (second) return E.left({ _tag: 'TwoDefinitions', name });
  const defined = definedOf(name, found);
  return defined ? E.right({ _tag: 'Definition', defined }) : E.left({ _tag: 'NoArrays', name });
}

/** The sizes of a subject's axes as far as arrays of these shapes say them; nothing where they do not fit, which is told when they are run. */
export function sizesIn(
  library: Library,
  name: string,
  shapes: Readonly<Record<string, readonly number[]>>,
): ReadonlyMap<string, number> {
  const wires = library.streams.get(name)?.wires ?? [];
  const given = wires.filter((w) => shapes[w.name] !== undefined);
  const sizes = sizesOf(given, Object.fromEntries(given.map((w) => [w.name, shapes[w.name]!])));
  return new Map(E.isRight(sizes) ? Object.entries(sizes.right.axes) : []);
}

/** A diagram without wires has one for each array that it takes: x, or x1, x2, … */
function wiresOf({ wires, definition: { body } }: FunctionEntry): readonly Binding[] {
  if (wires) return wires;
  const objects = B.leafObjects(body.dom);
  return objects.map((object, i) => ({ name: objects.length === 1 ? 'x' : `x${i + 1}`, object }));
}

function definedOf(name: string, entry: FunctionEntry): Defined | undefined {
  const { definition } = entry;
  const { axes, objects, morphisms } = definition.parameters;
  if (objects.length > 0 || morphisms.length > 0) return undefined;
  const own = axes.map((v) => B.ofVar(v));
  const call = core.call(definition, { axes: own, objects: [], morphisms: [] });
  if (E.isLeft(call)) return undefined;
  const named = new Map(axes.map((v, i) => [v.name, own[i]!]));
  return {
    name,
    names: { axes: named, objects: new Map(), morphisms: new Map() },
    wires: wiresOf(entry),
    spec: definition.body,
    call: call.right,
  };
}
