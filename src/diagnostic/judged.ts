/**
 * What `run` says of a kernel's numbers: the judgement of --check, what was not judged, and what f32 does not hold. Invariant: error, bound and ratio are of one
 * element. Knows no files and no kernels.
 */
import { plural, quoted } from '../language/print/clean.js';
import { type Message, message } from './message.js';

/** A judgement with places in words. */
export interface Judgement {
  readonly error: number;
  readonly bound: number;
  readonly ratio: number;
  /** the place of the element with this error, bound and ratio */
  readonly where: string;
  /** the largest number that is expected */
  readonly size: number;
  readonly firstOrder: number;
  readonly judged: number;
  readonly unjudged: number;
  /** the first places that are not judged */
  readonly places: readonly string[];
  readonly outOfRange: number;
}

const figure = (x: number): string => x.toExponential(2);

/** One line: `NAME on DEVICE: error …, bound … at …, the worst ratio …`. */
export function judgedLine(name: string, device: string, j: Judgement): string {
  const head = `${name} on ${device}`;
  if (j.judged === 0) return `${head}: no element is judged`;
  const range = j.outOfRange > 0 ? `; ${plural(j.outOfRange, 'element')} out of f32's range on the way` : '';
  const vague =
    j.size > 0 && j.bound >= j.size ? '; the bound is larger than every number of the result: it says nothing' : '';
  const first = j.firstOrder > 0 ? `; ${j.firstOrder.toPrecision(3)} of the first-order bound` : '';
  return `${head}: error ${figure(j.error)}, bound ${figure(j.bound)} at ${j.where}, the worst ratio ${j.ratio.toPrecision(3)}${first}${range}${vague}`;
}

export const overMessage = (line: string, { outOfRange }: Judgement): Message =>
  message(
    `${line}: over the bound`,
    outOfRange > 0
      ? 'nothing was written; what the kernel computes on the way is too large or too small for the target: scale the inputs'
      : 'nothing was written; a domain condition that does not hold is the usual cause: see the header of the kernel',
  );

export function unjudgedMessage(line: string, { unjudged, places }: Judgement): Message {
  const more = unjudged > places.length ? ', …' : '';
  return message(
    `${line}; ${plural(unjudged, 'element')} not judged: ${places.join(', ')}${more}`,
    'the output was written; rounding may change such an element without limit (a denominator that may be 0, a logarithm of what may be negative), so nothing is said of it',
  );
}

export const notFiniteLine = (output: string, count: number, first: string): string =>
  `weft: ${quoted(output)}: ${plural(count, 'number')} not finite, the first at ${first}`;

export const vanishedLine = (wire: string, count: number, first: string): string =>
  `weft: ${quoted(wire)}: ${plural(count, 'number')} not 0, but 0 in f32, the first at ${first}`;

export const castMessage = (wire: string, value: number, where: string, infinite: boolean): Message =>
  message(
    `${quoted(wire)} is ${value} at ${where}: ${infinite ? 'in f32 that is infinite' : 'the target may have 0 for it'}`,
    infinite
      ? 'the largest number of f32 is 3.4028234663852886e38: scale the data'
      : 'the smallest numbers above 0 are 1.4e-45 of f32, and 1.2e-38 of wgsl: give a larger number, or 0',
  );
