/**
 * The kernels on this machine's own GPU, against their statements: `tsx scripts/gpu/check.ts [--targets wgsl,cuda] [--kernels NAME,NAME] [--seed N]
 * [--jobs N] [--only kernels|data] [--software] [--json FILE]`. Each kernel in a process of its own: the properties of `npm run numerics`, then the same at full sizes; and
 * `weft run --check` on both data sets of examples/data. --json adds a line to FILE for each. Exit 1 when something failed. --software does it without a GPU, at sizes that a processor can do.
 */
import { fork, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type DeviceTarget, type KernelReport, type Options, checkKernel } from '../../test/target/device/kernel.js';
import { OWN, kernelNames } from '../../test/target/kernels/names.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: 'wgsl,cuda' },
    kernels: { type: 'string' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000_000}` },
    jobs: { type: 'string', default: `${os.availableParallelism()}` },
    software: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    one: { type: 'string' },
  },
});
const options: Options = {
  targets: values.targets.split(',') as DeviceTarget[],
  seed: Number(values.seed),
  software: values.software,
};

const began = performance.now();
const say = (text: string): void => console.error(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${text}`);

/** A line of the file as soon as it is known, so that what was found is there if the rest is cut off. */
function keep<A>(found: A): A {
  if (values.json) fs.appendFileSync(values.json, `${JSON.stringify(found)}\n`);
  return found;
}

// ---- kernels, each in a process of its own ------------------------------------------------------------------------------

interface Failed {
  readonly failures: readonly string[];
}

function kernel(name: string): Promise<KernelReport | Failed> {
  const flags = [
    '--one',
    name,
    '--targets',
    values.targets,
    '--seed',
    values.seed,
    ...(values.software ? ['--software'] : []),
  ];
  const env = { ...process.env, WEFT_SEED: values.seed };
  const child = fork(fileURLToPath(import.meta.url), flags, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let [report, errors]: [KernelReport | undefined, string] = [undefined, ''];
  child.on('message', (found) => (report = found as KernelReport));
  child.stderr!.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-1500)));
  return new Promise((done) =>
    child.on('close', (code) => {
      const steps = Object.entries(report?.seconds ?? {}).map(([step, s]) => `${step} ${s.toFixed(0)}`);
      say(`${name}: ${report ? `${report.failures.length} failures (s: ${steps.join(', ')})` : `status ${code}`}`);
      done(keep(report ?? { failures: [`${name} ended with status ${code}: ${errors.trim()}`] }));
    }),
  );
}

/** In its own process: one kernel, handed to the one that started it. */
async function one(name: string): Promise<void> {
  const report = await checkKernel(name, options);
  await new Promise<void>((done) => process.send!(report, undefined, undefined, () => done()));
  process.exit(0);
}

// ---- data ---------------------------------------------------------------------------------------------------------------

const DATA = [
  ['spherical-attention', 'golub-3051x38.npy'],
  ['attention', 'glove-gpl3-700x100.npy'],
] as const;

function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli/main.js'), ...args], { cwd: root });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, text: text.trim() })));
}

interface DataRun extends Failed {
  readonly text: string;
}
async function dataRun(target: DeviceTarget, [name, file]: (typeof DATA)[number]): Promise<DataRun> {
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'weft-check-')), 'out.npy');
  const data = `examples/data/${file}`;
  const wires = ['q', 'k', 'v'].flatMap((w) => ['--in', `${w}=${data}`]);
  const { code, text } = await run(['run', name, '--target', target, ...wires, '--out', out, '--check']);
  const line = `${target}: ${text.split('\n').at(-1) ?? ''}`;
  say(`${name} on ${file}, ${line}`);
  const right = code === 0 && fs.existsSync(out) && (values.software || !line.includes('(software)'));
  return keep({ text: line, failures: right ? [] : [`${name} on ${file}, ${target}: exit ${code}: ${text}`] });
}

// ---- all ----------------------------------------------------------------------------------------------------------------

/** Some at a time, in order. */
async function atATime<A>(jobs: readonly (() => Promise<A>)[], atOnce: number): Promise<readonly A[]> {
  const found: A[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < jobs.length; i = next++) found[i] = await jobs[i]!();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, worker));
  return found;
}

const short = (x: number): string => (x === 0 ? '0' : x >= 0.001 ? x.toPrecision(2) : x.toExponential(1));

function table(reports: readonly KernelReport[]): readonly Readonly<Record<string, string | number>>[] {
  return reports.flatMap((r) =>
    options.targets.map((target) => {
      const [small, full] = [r.small[target], r.full.filter((f) => f.target === target)];
      const worst = (of: (f: (typeof full)[number]) => number): string => short(Math.max(0, ...full.map(of)));
      return {
        kernel: r.name,
        target,
        cases: small?.cases ?? 0,
        'error/bound': short(small?.ratio ?? NaN),
        'full cases': full.length,
        written: full.reduce((n, f) => n + f.written, 0),
        compared: full.reduce((n, f) => n + f.compared, 0),
        'full error/bound': worst((f) => f.ratio),
        'difference/bounds': worst((f) => f.agreement),
        // where numbers are far from 0 and close together, results may cancel: the bound says so, a relative error does not
        'relative error': worst((f) => (f.case === 'offset' ? 0 : f.error)),
        naive: worst((f) => (f.case === 'offset' ? 0 : f.naive)),
      };
    }),
  );
}

async function whole(): Promise<void> {
  const all = values.kernels?.split(',') ?? kernelNames().filter((n) => !OWN.includes(n));
  const names = values.only === 'data' ? [] : all;
  const data =
    options.software || values.only === 'kernels'
      ? []
      : options.targets.flatMap((t) => DATA.map((d) => (): Promise<DataRun> => dataRun(t, d)));
  const jobs: (() => Promise<KernelReport | Failed>)[] = [...data, ...names.map((n) => () => kernel(n))];
  const found = await atATime(jobs, Number(values.jobs));
  const reports = found.filter((r): r is KernelReport => 'full' in r);
  const runs = found.filter((r): r is DataRun => 'text' in r);
  const failures = found.flatMap((r) => r.failures);
  const sum = (of: (r: KernelReport) => number): number => reports.reduce((n, r) => n + of(r), 0);
  console.log([...new Set(reports.flatMap((r) => r.devices))].sort().join('\n'));
  console.table(table(reports));
  console.log(
    `${sum((r) => r.compared)} numbers of two texts, parts or orders compared, ${sum((r) => r.extremes)} extremes, ${sum((r) => r.stored)} cases stored in f16 or bf16`,
  );
  runs.forEach((r) => console.log(r.text));
  failures.forEach((f) => console.log(`FAILED ${f}`));
  console.log(
    `${reports.length} kernels, seed ${options.seed}, ${((performance.now() - began) / 1000).toFixed(0)} s, ${failures.length} failures`,
  );
  process.exitCode = failures.length > 0 || reports.length !== names.length ? 1 : 0;
}

await (values.one ? one(values.one) : whole());
