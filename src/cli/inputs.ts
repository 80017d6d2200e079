// Arrays as a program gives them: from any value to arrays whose data is all that their shapes say, or a refusal. Knows no kernel.
import { quoted } from '../language/print/clean.js';
import { refuse } from '../diagnostic/refused.js';
import type { InputArray, Inputs } from '../run/launch/launch.js';

/** An array in C order; a number is a scalar. */
export type Input = InputArray | number;

const example = 'for example { shape: [2, 3], data: new Float32Array(6) }';

function arrayOf(wire: string, x: Input): InputArray {
  if (typeof x === 'number') return { shape: [], data: Float64Array.of(x) };
  const isFloat = x?.data instanceof Float32Array || x?.data instanceof Float64Array;
  if (!isFloat || !Array.isArray(x.shape))
    return refuse(`the input for ${quoted(wire)} is no number and no { shape, data } of floats`, example);
  const size = x.shape.reduce((n, m) => n * m, 1);
  if (size !== x.data.length && size > 0 && Number.isInteger(size))
    return refuse(`the data for ${quoted(wire)} has ${x.data.length} elements, its shape ${size}`, example);
  return x;
}

export const arraysOf = (inputs: Readonly<Record<string, Input>>): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([wire, x]) => [wire, arrayOf(wire, x)]));
