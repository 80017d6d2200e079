// `weft extract --explain`: what a kernel costs more than it might, as lines on stderr. Invariant: the text is the same with and without it. Knows no counts.
import { explainedLine } from '../diagnostic/cost.js';
import { explained } from '../kernel/cost/explain.js';
import type { Extracted } from '../kernel/extract/extract.js';
import { deviceOf } from './device.js';
import { say } from './output.js';

/** On the device whose model suits the target. */
export function explain({ emitted, target }: Extracted): void {
  const facts = explained(emitted.validated.kernel, deviceOf(target === 'cuda' ? 'h200' : 'generic'));
  for (const line of facts.length === 0 ? ['nothing to explain'] : facts.map(explainedLine)) say(`weft: ${line}`);
}
