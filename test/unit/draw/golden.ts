// The pictures of docs/pictures: what each of them is of. Knows no text of them.
import { join } from 'node:path';
import { draw, drawEquation, drawSteps } from '../../../src/draw/draw.js';
import { readStatements, type Statements } from '../../../src/proof/script/statements.js';
import { library } from '../../support/corpus.js';
import { loadSources } from '../../../src/project/project.js';
import { streamLoop } from '../../../src/language/elaborate/stream-loop.js';
import { stepsOf } from '../../../src/cli/draw.js';
import { root } from '../../support/tree.js';

export const folder = join(root, 'docs/pictures');

/** The file NAME.svg is of both sides of a statement, NAME.lhs.svg of one, NAME.def.svg of a definition, NAME.steps.svg of a proof, NAME.loop.svg of a stream's loop. */
export const golden: readonly string[] = [
  'add-comm',
  'arg-max.lhs',
  'attention',
  'attention-unscaled',
  'cross-entropy.lhs',
  'decay',
  'gated-attention.lhs',
  'layer-norm-linear.lhs',
  'left-distrib',
  'logsumexp',
  'masked-attention.lhs',
  'matmul.lhs',
  'rms-norm-linear.lhs',
  'running-total.foldable',
  'running-total.loop',
  'scaled-scores.def',
  'softmax',
  'spherical-attention',
  'spherical-attention.mergeable',
  'sum-add',
  'sum-from.steps',
  'tiling',
  'tiling-outputs.rhs',
  'variance',
];

let read: Statements | undefined;
/** The text of one of them. Its name without an ending is that of a law, where there is such a law. */
export function pictureOf(file: string): string {
  read ??= readStatements(library().statements);
  const [, name, part] = /^(.*?)(?:\.(lhs|rhs|def|steps|loop))?$/.exec(file)!;
  if (part === 'steps') return drawSteps(stepsOf(loadSources(root, []), name!), { title: name! });
  if (part === 'loop') {
    const loop = streamLoop(read.streams.get(name!)!);
    if (loop._tag === 'Left') throw new Error(`${name} has no loop`);
    return draw(loop.right.term, loop.right.wires, { title: `${name}, its loop` });
  }
  if (part === 'def') {
    const [{ name: title, body }, { file: at }] = [...read.definitions].find(([d]) => d.name === name)!;
    return draw(body, read.envs.get(at)!.functions.get(title)!.wires ?? [], { title });
  }
  const law = read.stated.get(name!)?.law ?? read.axioms.get(name!)?.law;
  if (!law) throw new Error(`there is no statement ${name}`);
  const wires = law.wires ?? [];
  if (part === undefined) return drawEquation([law.lhs, law.rhs], wires, name!, { title: name! });
  return draw(part === 'lhs' ? law.lhs : law.rhs, wires, { title: `${name}, ${part}` });
}
