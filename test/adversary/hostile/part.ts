/** Hostile text: emitted files and messages that were judged, and what left its place. */
import { type Check, checkTexts, extract, run } from '../../../src/index.js';
import type { Target } from '../../../src/kernel/emit/emit.js';
import type { Options, Part } from '../../report/trust/part.js';
import { fault } from './emitted.js';
import { arrayShown, places, shown, texts } from './messages.js';
import { type Names, hostile, proof, statement } from './names.js';

const targets: readonly Target[] = ['wgsl', 'cuda', 'host'];

/** One library in which every stream has hostile names, proved. */
export function library(names: readonly Names[]): Check {
  const imports = (folder: string, files: readonly string[]): string =>
    files.map((f) => `import "../weft/${folder}/${f}.weft"\n`).join('');
  return checkTexts([
    {
      path: 'theorems/h.weft',
      text: imports('theorems', ['reductions', 'streaming']) + names.map(statement).join('\n'),
    },
    { path: 'proofs/h.weft', text: imports('proofs', ['streaming', 'reductions']) + names.map(proof).join('\n') },
  ]);
}

const rows = { shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
const weights = { shape: [2], data: Float64Array.of(10, 1) };

/** The host text is run: what it computes is what is stated. */
async function wrong(check: Check, n: Names): Promise<string | undefined> {
  const kernel = extract(check, n.stream, { target: 'host' });
  const { outputs } = await run(kernel, { [n.array]: rows, [n.weight]: weights });
  const found = [...outputs[0]!.data].join();
  return found === '90,12' ? undefined : `computes ${found}`;
}

export async function emittedFaults(names: readonly Names[]): Promise<readonly string[]> {
  const check = library(names);
  const said: string[] = [];
  for (const n of names) {
    const label = (what: string): string => `${n.stream.slice(0, 20)}, ${what}`;
    try {
      for (const target of targets) {
        const found = fault(target, extract(check, n.stream, { target }).text);
        if (found !== undefined) said.push(`${label(target)}: ${found}`);
      }
      const ran = await wrong(check, n);
      if (ran !== undefined) said.push(`${label('run')}: ${ran}`);
    } catch (error) {
      said.push(`${label('kernel')}: ${String(error).slice(0, 200)}`);
    }
  }
  return said;
}

export function messageFaults(): { readonly cases: number; readonly faults: readonly string[] } {
  const cases = Object.entries(texts).flatMap(([name, text]) => [
    ...Object.entries(places).map(([place, make]) => ({ name: `${name} in ${place}`, run: () => shown(make, text) })),
    { name: `${name} in an array file`, run: () => arrayShown(text) },
  ]);
  const faults = cases.flatMap(({ name, run: judge }) => {
    const found = judge();
    return found === undefined ? [] : [`${name}: ${found}`];
  });
  return { cases: cases.length, faults };
}

export async function part({ full, seed }: Options): Promise<Part> {
  const begin = process.cpuUsage();
  const names = full ? hostile : hostile.filter((_, i) => (i + seed) % 8 === 0);
  const messages = messageFaults();
  const emitted = await emittedFaults(names);
  const { user, system } = process.cpuUsage(begin);
  const failures = [...messages.faults, ...emitted];
  return {
    title: 'Hostile text in emitted files and messages',
    figures: [
      { name: 'hostile kernels judged', value: names.length * targets.length },
      { name: 'hostile kernels run', value: names.length },
      { name: 'hostile messages judged', value: messages.cases },
      { name: 'left their place', value: failures.length },
      { name: 'seconds', value: Math.round((user + system) / 1e5) / 10 },
    ],
    failures: names.length === 0 ? ['no name was tried', ...failures] : failures,
  };
}
