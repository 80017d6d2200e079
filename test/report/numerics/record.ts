// Writes src/kernel/extract/recorded.generated.ts: what the kernels of kernels/ were measured to do on random cases, by the SHA-256 of their code, so that a header
// says it of that code and of no other. Run: npx tsx test/report/numerics/record.ts. Invariant: the cases come from a fixed seed; a kernel whose error is over
// its bound is not recorded, and the command fails. `--check` writes nothing and fails where a code has no record; `--missing` measures those alone, and keeps the
// other records.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { hashOf } from '../../../src/proof/certificate/hash.js';
import { type Emitted, emit } from '../../../src/kernel/emit/emit.js';
import { commandOf } from '../../../src/cli/extract.js';
import { type Extracted, extract } from '../../../src/kernel/extract/extract.js';
import { RECORDED, type Recorded } from '../../../src/kernel/extract/recorded.generated.js';
import { openCudaCpu } from '../../../src/run/device/cuda.js';
import { openGpu } from '../../../src/run/device/webgpu.js';
import { type Case, caseArbitrary, ones, prepare, spanning } from '../../target/kernels/case.js';
import { library } from '../../target/kernels/library.js';
import { OWN, kernelNames } from '../../target/kernels/names.js';
import { extracted } from '../../target/kernels/pool.js';
import { type Text, type Worst, count, measure, textFor } from '../../target/kernels/property.js';
import { get } from '../../support/ir/dsl.js';

const CASES = 40;
/** of kernels with large tiles: a case of a hundred lanes on a CPU takes seconds */
const FEW = 8;
const SEED = 1;
const KERNELS = new URL('../../../kernels/', import.meta.url);
const FILE = new URL('../../../src/kernel/extract/recorded.generated.ts', import.meta.url);

const bare = (kernel: Extracted, target: 'wgsl' | 'cuda'): Emitted => get(emit(target, kernel.emitted.validated));

export interface Coded {
  readonly kernel: Extracted;
  readonly target: 'wgsl' | 'cuda';
  readonly code: string;
  readonly cases: number;
}
/** The kernels that are checked in with a schedule of their own, for the target of their file. */
const scheduled = (): readonly Coded[] =>
  readdirSync(KERNELS)
    .sort()
    .flatMap((f): Coded[] => {
      const how = commandOf(readFileSync(new URL(f, KERNELS), 'utf8'));
      if (!how || how.target === 'host') return [];
      const kernel = get(extract(library(), how.name, how.target, { ...how.chosen, ragged: 'first' }));
      return [{ kernel, target: how.target, code: hashOf(bare(kernel, how.target).text), cases: FEW }];
    });

/** The kernels that are checked in, each with the hash of its code: by default for both targets. */
export const coded = (): readonly Coded[] => [...unscheduled(), ...scheduled()];
const unscheduled = (): readonly Coded[] =>
  kernelNames()
    .filter((n) => !OWN.includes(n))
    .map((n) => get(extracted(n, 'wgsl', { tiles: {}, ragged: 'first' })))
    .flatMap((kernel) =>
      (['wgsl', 'cuda'] as const).map((target) => ({
        kernel,
        target,
        code: hashOf(bare(kernel, target).text),
        cases: CASES,
      })),
    );

function sizesLine(cases: readonly Case[]): string {
  const axes = Object.keys(cases[0]!.sizes);
  const range = (values: readonly number[]): string => `${Math.min(...values)} to ${Math.max(...values)}`;
  const batch = cases.map((c) => c.leading.reduce((a, b) => a * b, 1));
  return [...axes.map((a) => `${a} ${range(cases.map((c) => c.sizes[a]!))}`), `batch ${range(batch)}`].join(', ');
}

const PLACES = { wgsl: 'SwiftShader', cuda: 'a CPU' } as const;
const figure = (x: number): string => (x === 0 ? '0' : x.toPrecision(2));

async function recorded({ kernel, target, cases: numRuns }: Coded, run: Text['run']): Promise<Recorded> {
  const text = textFor(kernel, target, run);
  const worst: Worst = new Map();
  const cases: Case[] = [];
  const drawn = fc.sample(caseArbitrary(kernel), { numRuns, seed: SEED });
  for (const c of numRuns === FEW ? [spanning(kernel), ...drawn] : drawn) {
    const found = await measure([text], c);
    if (!found) continue;
    cases.push(c);
    found.forEach((m) => count(worst, kernel.name, m));
  }
  const t = worst.get(kernel.name)![target]!;
  if (!(t.ratio <= 1)) throw new Error(`${kernel.name} ${target}: ${t.ratio} of its bound`);
  const naive = t.naive === 0 ? '' : `; ${figure(t.error / t.naive)} of what a naive f32 program has`;
  return {
    tested: `${cases.length} random cases on ${PLACES[target]}: ${sizesLine(cases)}`,
    measured: `at most ${figure(t.relative)} of the largest number of the result; ${figure(t.ratio)} of the forward bound${naive}`,
  };
}

const quote = (s: string): string => `'${s.replaceAll("'", "\\'")}'`;
function written(all: readonly (readonly [code: string, r: Recorded])[]): string {
  const rows = all.map(([code, r]) =>
    [`  ${quote(code)}: {`, ...(['tested', 'measured'] as const).map((k) => `    ${k}: ${quote(r[k])},`), '  },'].join(
      '\n',
    ),
  );
  return `// Written by test/report/numerics/record.ts: what kernels were measured to do, by the SHA-256 of their code (the text without its header). Do not edit.
export interface Recorded {
  readonly tested: string;
  readonly measured: string;
}

// prettier-ignore
export const RECORDED: Readonly<Record<string, Recorded>> = {
${rows.join('\n')}
};
`;
}

async function main(): Promise<void> {
  const all = coded();
  const missing = all.filter((c) => !Object.hasOwn(RECORDED, c.code));
  if (process.argv.includes('--check')) {
    missing.forEach((c) => console.error(`no record of ${c.kernel.name} for ${c.target}`));
    process.exitCode = missing.length > 0 ? 1 : 0;
    return;
  }
  const wanted = process.argv.includes('--missing') ? missing : all;
  const gpu = get(await openGpu({ software: true }));
  const texts = wanted.filter((c) => c.target === 'cuda').map((c) => textFor(c.kernel, 'cuda', () => Promise.reject()));
  const cuda = get(await openCudaCpu(texts.map((t) => prepare(t.kernel, ones(t.kernel)).program)));
  const made = all.filter((c) => !wanted.includes(c)).map((c): [string, Recorded] => [c.code, RECORDED[c.code]!]);
  for (const c of wanted) made.push([c.code, await recorded(c, c.target === 'wgsl' ? gpu.run : cuda.run)]);
  await Promise.all([gpu.close(), cuda.close()]);
  writeFileSync(FILE, written(made.sort(([a], [b]) => (a < b ? -1 : 1))));
  console.log(`recorded ${made.length} texts`);
}

if (process.argv[1]?.endsWith('record.ts')) await main();
