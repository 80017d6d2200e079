/** Forgery: how many attacks were tried on the core from outside, and how many it refused. */
import type { Figure, Options, Part } from '../../report/trust/part.js';
import { type Attack, controls } from './attack.js';
import { mutations } from './change.js';
import { fakes } from './fake.js';
import { throughLibrary } from './library.js';
import { pollution } from './polluted.js';
import { seconds } from './second.js';
import { shifty } from './shifty.js';

/** Every attack, in the order in which it is tried: what changes things that others use comes last. The sample has one pollution in twelve. */
async function attacks({ full, seed }: Options): Promise<readonly Attack[]> {
  const some = full ? pollution : pollution.filter((_, i) => (i + seed) % 12 === 0);
  return [...fakes, ...shifty, ...(await seconds()), ...throughLibrary, ...mutations, ...some];
}

export async function part(options: Options): Promise<Part> {
  const begin = process.cpuUsage();
  const tried = new Map<string, number>();
  const failures: string[] = controls().length === 16 ? [] : [`only ${controls().length} doors accept a theorem`];
  let refused = 0;
  for (const { family, name, run } of await attacks(options)) {
    tried.set(family, (tried.get(family) ?? 0) + 1);
    const forged = await run();
    if (forged === undefined) refused += 1;
    else failures.push(`${family}: ${name}: ${forged}`);
  }
  const total = [...tried.values()].reduce((a, b) => a + b, 0);
  const { user, system } = process.cpuUsage(begin);
  const families = [...tried].map(([family, value]): Figure => ({ name: `attacks: ${family}`, value }));
  return {
    title: 'Forgery of theorems from outside the core',
    figures: [
      { name: 'attacks tried', value: total },
      { name: 'attacks refused', value: refused },
      { name: 'forged', value: total - refused },
      ...families,
      { name: 'seconds', value: Math.round((user + system) / 1e5) / 10 },
    ],
    failures,
  };
}
