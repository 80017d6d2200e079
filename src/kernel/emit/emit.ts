/** IR -> text, for one target. Invariant: takes what was validated and nothing else; deterministic. It knows no runner. */
import * as E from 'fp-ts/lib/Either.js';
import { type Validated, lawOf } from '../validate/validate.js';
import { printCuda } from './cuda.js';
import { printHost } from './host.js';
import type { Grid } from './print.js';
import { LIMITS, type Limits, type Memory, type MemoryError, fits, memoryOf } from './memory.js';
import { commentLine } from './names.js';
import type { Text } from './text.js';
import { printWgsl } from './wgsl.js';

export type Target = 'wgsl' | 'cuda' | 'host';

export interface Emitted extends Omit<Text, 'lines'> {
  readonly target: Target;
  readonly text: string;
  readonly memory: Memory;
  readonly validated: Validated;
  /** how the text numbers blocks; on the host, which counts them itself, as well */
  readonly numbered: Grid;
}

const printers: Readonly<Record<Target, (kernel: Validated['kernel'], numbered: Grid) => Text>> = {
  wgsl: printWgsl,
  cuda: printCuda,
  host: printHost,
};

/** The text under a header of comment lines; `Left` where it does not fit the target's memory. */
export function emit(
  target: Target,
  validated: Validated,
  header: readonly string[] = [],
  limits: Limits = LIMITS[target],
  numbered: Grid = 'three',
): E.Either<MemoryError, Emitted> {
  lawOf(validated); // throws on a forgery
  const memory = fits(memoryOf(validated.kernel), limits);
  if (E.isLeft(memory)) return memory;
  const { lines, ...facts } = printers[target](validated.kernel, numbered);
  const text = [...header.map(commentLine), ...(header.length > 0 ? [''] : []), ...lines, ''].join('\n');
  return E.right({ ...facts, target, text, memory: memory.right, validated, numbered });
}
