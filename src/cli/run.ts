// `weft run`: a kernel on .npy files, compared with the statement where --check asks for it. Invariant: with --check nothing is
// written where an element is over its bound, and the exit is 1; where an element is not judged the output is written, and the exit is 2.
// Knows no devices.
import * as E from 'fp-ts/lib/Either.js';
import { listed, plural, quoted } from '../language/print/clean.js';
import { type Message } from '../diagnostic/message.js';
import {
  type Judgement,
  judgedLine,
  notFiniteLine,
  overMessage,
  unjudgedMessage,
  vanishedLine,
} from '../diagnostic/judged.js';
import type { Extracted } from '../kernel/extract/extract.js';
import { sizesIn } from '../kernel/extract/subject.js';
import type { Target } from '../kernel/ir/program.js';
import { type Given, givenInputs, indicesOf, outputPlaces, writeArray } from './arrays.js';
import { type Lazy, checkedOf, partOf } from './check.js';
import { type KernelOptions, chosenOf, kernelOf, sizesOf, targetOf } from './chosen.js';
import type { Chosen } from './kernel-text.js';
import { launch } from '../run/launch/device.js';
import { type Compared, type ElementPlace, type Inputs, type Launched, compare } from '../run/launch/launch.js';
import { launchMessage } from './launch-message.js';
import { out, say, timed } from './output.js';
import { Refused, refuse } from '../diagnostic/refused.js';
import { type Place, isStandardOutput } from './place.js';

export interface RunOptions extends KernelOptions {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly check?: boolean;
  readonly size?: string;
}

/** The one wire that may be left out: the small number that keeps a denominator from 0. */
const defaults: Readonly<Record<string, number>> = { eps: 1e-6 };

function inputsOf(kernel: Extracted, given: readonly Given[]): Inputs {
  const inputs: Record<string, Given['value']> = Object.fromEntries(given.map(({ name, value }) => [name, value]));
  for (const w of kernel.info.wires) {
    const scalar = w.object.leaves[0]?.axes.length === 0;
    const value = defaults[w.name];
    if (!scalar || value === undefined || Object.hasOwn(inputs, w.name)) continue;
    inputs[w.name] = { shape: [], data: Float64Array.of(value) };
    say(`weft: ${w.name} is not given: ${value}`);
  }
  return inputs;
}

function judgement(off: Compared, { outputs }: Launched): Judgement {
  const named = outputs.length > 1;
  const where = ({ output, index }: ElementPlace): string =>
    `${named ? `output ${output + 1} ` : ''}${indicesOf(outputs[output]!.shape, index)}`;
  return { ...off, where: where(off.at), places: off.places.map(where) };
}

/** What is to be said after the output is written: that an element is not judged. */
function judged(
  kernel: Extracted,
  launched: Launched,
  off: Compared,
  tellIt: (line: string) => void,
): Message | undefined {
  const found = judgement(off, launched);
  const line = judgedLine(kernel.name, launched.device, found);
  if (off.ratio > 1) throw new Refused(overMessage(line, found), 1);
  if (off.unjudged > 0) return unjudgedMessage(line, found);
  tellIt(line);
  return undefined;
}

/** What f32 does not hold, of the inputs and of the outputs. */
function sayLost({ outputs, vanished }: Launched, inputs: Inputs, paths: readonly string[]): void {
  for (const { wire, count, index } of vanished) say(vanishedLine(wire, count, indicesOf(inputs[wire]!.shape, index)));
  outputs.forEach(({ shape, data }, i) => {
    const count = data.reduce((n, v) => n + (Number.isFinite(v) ? 0 : 1), 0);
    if (count > 0)
      say(
        notFiniteLine(
          paths[i]!,
          count,
          indicesOf(
            shape,
            data.findIndex((v) => !Number.isFinite(v)),
          ),
        ),
      );
  });
}

/** What the arguments alone say, judged before the library is checked. */
interface Asked {
  readonly target: Target;
  readonly chosen: Chosen;
  readonly sizes: ReadonlyMap<string, number>;
  readonly given: readonly Given[];
  readonly places: readonly Place[];
}

function askedOf(options: RunOptions): Asked {
  const [target, chosen] = [targetOf(options.target), chosenOf(options)];
  if (options.out.length === 0) refuse('no output is named', 'give one --out for each output, in order');
  const given = givenInputs(options.in);
  return { target, chosen, sizes: sizesOf('size', options.size), given, places: outputPlaces(options.out, given) };
}

export async function runCommand(library: Lazy, name: string, options: RunOptions): Promise<void> {
  const { target, chosen, sizes, given, places } = askedOf(options);
  const checked = await checkedOf(library, partOf([name]));
  const shapes = Object.fromEntries(given.map((g) => [g.name, g.value.shape]));
  const suited = sizesIn(checked.library, name, shapes);
  const kernel = await timed('extracting', () => kernelOf(checked, name, target, chosen, suited));
  const results = kernel.info.spec.cod.leaves.length;
  if (places.length !== results)
    refuse(`${quoted(name)} has ${plural(results, 'output')}`, 'give one --out for each, in order');
  const axes = [...kernel.info.names.axes.keys()];
  const unknown = [...sizes.keys()].find((axis) => !axes.includes(axis));
  if (unknown !== undefined)
    refuse(`there is no axis ${quoted(unknown)} in ${quoted(name)}`, `its axes are ${listed(axes.map(quoted))}`);
  const inputs = inputsOf(kernel, given);
  const launched = await timed(`running ${name}`, () => launch(kernel, inputs, { sizes: Object.fromEntries(sizes) }));
  if (E.isLeft(launched)) throw new Refused(launchMessage(launched.left), 3);
  sayLost(launched.right, inputs, options.out);
  let unjudged: Message | undefined;
  if (options.check) {
    const off = await timed('evaluating the statement in float64', () => compare(kernel, inputs, launched.right));
    if (E.isLeft(off)) throw new Refused(launchMessage(off.left), 3);
    unjudged = judged(kernel, launched.right, off.right, places.some(isStandardOutput) ? say : out);
  }
  launched.right.outputs.forEach((y, i) => writeArray(places[i]!, y));
  if (unjudged) throw new Refused(unjudged, 2);
}
