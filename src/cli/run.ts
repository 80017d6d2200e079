// `weft run`: a kernel on .npy files, compared with the statement where --check asks for it. Invariant: with --check nothing is
// written unless the error is within the bound; the exit is then 1. Knows no devices.
import * as E from 'fp-ts/lib/Either.js';
import { plural, quoted } from '../diagnostic/clean.js';
import { shapeMessage } from '../diagnostic/extract.js';
import { type Message, message } from '../diagnostic/message.js';
import { evaluateMessage, runMessage } from '../diagnostic/run.js';
import type { Extracted } from '../extract/extract.js';
import type { Within } from '../numeric/within.js';
import { type Given, demandWritable, givenOf, indicesOf, writeArray } from './arrays.js';
import type { Checked } from './check.js';
import { type KernelOptions, chosenOf, kernelOf, targetOf } from './extract.js';
import { type Inputs, type LaunchError, type Launched, compare, launch } from './launch.js';
import { Refused, out, refuse, say, timed } from './output.js';

export interface RunOptions extends KernelOptions {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly check?: boolean;
}

/** The one wire that may be left out: the small number that keeps a denominator from 0. */
const defaults: Readonly<Record<string, number>> = { eps: 1e-6 };

export function launchMessage(e: LaunchError): Message {
  switch (e._tag) {
    case 'Shapes':
      return shapeMessage(e.error);
    case 'Run':
      return runMessage(e.error);
    case 'Reference':
      return evaluateMessage(e.error);
    case 'NotFinite':
      return message(
        `${quoted(e.wire)} is not finite at element ${e.index}`,
        'a theorem speaks of real numbers: clean the data first',
      );
  }
}

function inputsOf(kernel: Extracted, given: readonly Given[]): Inputs {
  const inputs: Record<string, Given['value']> = {};
  for (const { name, value } of given) {
    if (Object.hasOwn(inputs, name)) refuse(`the wire ${quoted(name)} is given twice`, 'write each --in once');
    inputs[name] = value;
  }
  for (const w of kernel.info.wires) {
    const scalar = w.object.leaves[0]?.axes.length === 0;
    const value = defaults[w.name];
    if (!scalar || value === undefined || Object.hasOwn(inputs, w.name)) continue;
    inputs[w.name] = { shape: [], data: Float64Array.of(value) };
    say(`weft: ${w.name} is not given: ${value}`);
  }
  return inputs;
}

const figure = (x: number): string => x.toExponential(2);

function judged(kernel: Extracted, { outputs, device }: Launched, off: Within): void {
  const where = indicesOf(outputs[0]!.shape, off.index);
  const line = `${kernel.name} on ${device}: error ${figure(off.error)}, bound ${figure(off.bound)} at ${where}, the worst ratio ${off.ratio.toPrecision(3)}; ${off.firstOrder.toPrecision(3)} of the first-order bound`;
  if (off.ratio > 1)
    refuse(
      `${line}: over the bound`,
      'nothing was written; a domain condition that does not hold is the usual cause: see the header of the kernel',
      [],
      1,
    );
  out(line);
}

export async function runCommand(checked: Checked, name: string, options: RunOptions): Promise<void> {
  const target = targetOf(options.target);
  const kernel = await timed('extracting', () => kernelOf(checked, name, target, chosenOf(options)));
  const results = kernel.info.spec.cod.leaves.length;
  if (options.out.length !== results)
    refuse(`${quoted(name)} has ${plural(results, 'output')}`, 'give one --out for each, in order');
  const given = options.in.map(givenOf);
  options.out.forEach((path) =>
    demandWritable(
      path,
      given.map((g) => g.path),
    ),
  );
  const inputs = inputsOf(kernel, given);
  const launched = await timed(`running ${name}`, () => launch(kernel, inputs));
  if (E.isLeft(launched)) throw new Refused(launchMessage(launched.left), 3);
  if (options.check) {
    const off = await timed('evaluating the statement in float64', () => compare(kernel, inputs, launched.right));
    if (E.isLeft(off)) throw new Refused(launchMessage(off.left), 3);
    judged(kernel, launched.right, off.right);
  }
  launched.right.outputs.forEach((y, i) => writeArray(options.out[i]!, y));
}
