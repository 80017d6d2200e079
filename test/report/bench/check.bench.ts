// How long the library takes to check: cold, as a command meets it, and warm; theorems and core inferences per second.
import { type Thm, derivation } from '../../../src/core/index.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { must } from '../../../src/proof/tactic/failure.js';
import { median, report, sources, timed } from './report.js';

/** Steps of the derivations of all these theorems, each once. */
function inferences(thms: readonly Thm[]): number {
  const seen = new Set<Thm>();
  const pending = [...thms];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    const d = must(derivation(t));
    if ('premises' in d) pending.push(...d.premises);
  }
  return seen.size;
}

const [statements, proofs] = [sources('theorems'), sources('proofs')];
const cold = timed(() => checkLibrary(statements, proofs));
const warm = median([1, 2, 3].map(() => timed(() => checkLibrary(statements, proofs)).seconds));
const proved = cold.value.theorems.filter((t) => t.status === 'proved');
const steps = inferences(proved.map((t) => t.thm!));

report('checking the library', [
  { what: 'theorems proved', value: proved.length, unit: '' },
  { what: 'theorems not proved', value: cold.value.theorems.length - proved.length, unit: '', aim: 0 },
  { what: 'core inferences that their derivations keep', value: steps, unit: '' },
  { what: 'the whole library, first time in a process', value: cold.seconds, unit: 's', aim: 2 },
  { what: 'processor time of that', value: cold.work, unit: 's' },
  { what: 'the whole library, again', value: warm, unit: 's' },
  { what: 'theorems a second, first time', value: proved.length / cold.seconds, unit: '1/s' },
  { what: 'core inferences a second, first time', value: steps / cold.seconds, unit: '1/s' },
]);
