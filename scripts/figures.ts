/**
 * Counts the figures of a group of parts, each in a process of its own and two at a time, prints them with the group's table, and compares them with what its page states:
 * `tsx scripts/figures.ts trust|numerics [--json] [--seed N] [--sample] [--all]`; with `--all` the numbers are of every stream of the library. Exit 1 when something failed, or a figure is worse than stated.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Options, Part } from '../test/report/trust/part.js';
import type { Cells } from '../test/report/trust/row.js';
import { statedIn, worse } from '../test/report/trust/stated.js';
import { type Group, groups } from '../test/report/trust/groups.js';
import { LEGEND, faults, printed, summary, tableIn, tableOf, wanted, worseRows } from '../test/report/trust/table.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const flag = (name: string): boolean => words.includes(name);
const valueOf = (name: string): string | undefined => (flag(name) ? words[words.indexOf(name) + 1] : undefined);
const seed = Number(valueOf('--seed') ?? Date.now() % 1_000_000_000);
const options: Options = { full: !flag('--sample'), seed };

interface Counted extends Part {
  readonly seconds: number;
}

/** In a process of its own: counts one part and hands it to the one that started it. */
async function one(file: string): Promise<void> {
  const { part } = (await import(pathToFileURL(path.join(root, file)).href)) as { part: (o: Options) => Promise<Part> };
  const found = await part(options);
  await new Promise<void>((done) => process.send!(found, undefined, undefined, () => done()));
  process.exit(0);
}

function counted(file: string): Promise<Counted> {
  const start = performance.now();
  // the core's tables forget nothing: ten thousand mutants of proofs over the whole library want more than the 4 GB that Node gives
  const args = [
    ...process.execArgv,
    '--max-old-space-size=12288',
    fileURLToPath(import.meta.url),
    '--part',
    file,
    '--seed',
    `${seed}`,
  ];
  const child = spawn(process.execPath, options.full ? args : [...args, '--sample'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, WEFT_SEED: `${seed}`, ...(flag('--all') ? { WEFT_KERNELS: 'all' } : {}) },
  });
  let [part, errors]: [Part | undefined, string] = [undefined, ''];
  child.on('message', (found) => (part = found as Part));
  child.stderr!.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  return new Promise((done) =>
    child.on('close', (code) => {
      const seconds = Math.round((performance.now() - start) / 100) / 10;
      process.stderr.write(`${file}: ${seconds} s\n`);
      if (part) return done({ ...part, seconds });
      done({ title: file, figures: [], failures: [`${file} ended with status ${code}: ${errors.trim()}`], seconds });
    }),
  );
}

/** Two at a time, in order. */
async function all(files: readonly string[]): Promise<readonly Counted[]> {
  const found = new Map<string, Counted>();
  const pending = [...files];
  const worker = async (): Promise<void> => {
    for (let file = pending.shift(); file !== undefined; file = pending.shift()) found.set(file, await counted(file));
  };
  await Promise.all([worker(), worker()]);
  return files.map((f) => found.get(f)!);
}

function print(parts: readonly Counted[], table: readonly Cells[]): void {
  for (const { title, figures, seconds, lines } of parts) {
    console.log(seconds > 0 ? `\n${title} (${seconds} s)` : `\n${title}`);
    for (const { name, value } of figures) console.log(`  ${String(value).padStart(12)}  ${name}`);
    if (lines) console.log(['', ...lines].join('\n'));
  }
  if (table.length === 0) return;
  console.log(['', ...printed(table), '', ...LEGEND].join('\n'));
  const notes = parts.flatMap((p) => p.notes ?? []);
  if (notes.length > 0) console.log(['', 'mutants that survive:', ...notes].join('\n'));
}

/** What is wrong with the figures and the table; of a sample, whatever is stated. */
function wrong({ page, table: folder }: Group, parts: readonly Counted[], table: readonly Cells[]): readonly string[] {
  const stated = fs.readFileSync(path.join(root, page), 'utf8');
  const asked = folder === undefined ? [] : wanted(fs.readdirSync(path.join(root, folder)));
  if (folder === undefined) return options.full ? worse(statedIn(stated), parts) : [];
  if (!options.full) return faults(table, table);
  const rows = tableIn(stated);
  const isStated = ({ kernel }: Cells): boolean => rows.some((r) => r.kernel === kernel);
  const compared = flag('--all') ? table.filter(isStated) : table;
  return [...faults(table, asked), ...worseRows(rows, compared), ...worse(statedIn(stated), parts)];
}

async function whole(name: string, group: Group): Promise<void> {
  const start = performance.now();
  const counts = await all(group.files);
  const table = tableOf(counts);
  const stated = statedIn(fs.readFileSync(path.join(root, group.page), 'utf8'));
  const parts = table.length > 0 ? [...counts, { ...summary(table, stated), seconds: 0 }] : counts;
  const empty = parts.filter((p) => p.figures.length === 0).map((p) => `${p.title}: counted nothing`);
  const told = parts.flatMap((p) => p.failures.map((f) => `${p.title}: ${f}`));
  const failures = [...told, ...empty, ...wrong(group, parts, table)];
  const seconds = Math.round((performance.now() - start) / 1000);
  const kept = parts.map(({ rows: _, ...rest }) => rest);
  if (flag('--json'))
    console.log(JSON.stringify({ group: name, seed, full: options.full, seconds, parts: kept, table, failures }));
  else {
    print(parts, table);
    failures.forEach((f) => console.log(`FAILED ${f}`));
    console.log(`\n${name}: seed ${seed}, ${seconds} s, ${failures.length} failures`);
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}

const file = valueOf('--part');
const group = groups[words[0] ?? ''];
if (file !== undefined) await one(file);
else if (group) await whole(words[0]!, group);
else {
  console.error(`usage: figures ${Object.keys(groups).join('|')} [--json] [--seed N] [--sample] [--all]`);
  process.exitCode = 3;
}
