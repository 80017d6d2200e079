// A definition of the library on arrays, by the float64 reference evaluator. Knows no kernels and no files.
import * as E from 'fp-ts/lib/Either.js';
import type { FunctionEntry } from '../../language/elaborate/scope.js';
import { near } from '../../language/elaborate/scope.js';
import { sizesOf } from '../../kernel/extract/shapes.js';
import { type NumArray, evaluate } from '../reference/evaluate.js';
import type { Library } from '../../proof/script/check.js';
import { quoted } from '../../language/print/clean.js';
import { shapeMessage } from '../../diagnostic/extract.js';
import { nearest } from '../../diagnostic/message.js';
import { evaluateMessage } from '../../diagnostic/run.js';
import type { Inputs } from './launch.js';
import { Refused, refuse } from '../../diagnostic/refused.js';

function definitionOf({ statements }: Library, name: string): FunctionEntry {
  const all = [...statements.envs.values()].flatMap((e) => [...e.functions]);
  const found = all.find(([n]) => n === name)?.[1];
  const hint = nearest(near(name, [...new Set(all.map(([n]) => n))]).map(quoted), 'import the file that defines it');
  return found ?? refuse(`there is no definition ${quoted(name)}`, hint);
}

/** Its outputs, leaf by leaf. */
export function evaluateDefinitionOf(library: Library, name: string, inputs: Inputs): readonly NumArray[] {
  const { definition, wires } = definitionOf(library, name);
  const { objects, morphisms, axes } = definition.parameters;
  if (!wires || objects.length + morphisms.length > 0)
    return refuse(`${quoted(name)} takes more than arrays`, 'evaluate an instance of it, in a definition of its own');
  const shapes = Object.fromEntries(Object.entries(inputs).map(([wire, x]) => [wire, x.shape]));
  const sizes = sizesOf(wires, shapes);
  if (E.isLeft(sizes)) throw new Refused(shapeMessage(sizes.left), 3);
  const env = { sizes: new Map(axes.map((v) => [v, sizes.right.axes[v.name] ?? 1])) };
  const arrays = wires.map((w) => ({ shape: inputs[w.name]!.shape, data: Float64Array.from(inputs[w.name]!.data) }));
  const found = evaluate(definition.body, env, arrays);
  if (E.isLeft(found)) throw new Refused(evaluateMessage(found.left), 3);
  return found.right;
}
