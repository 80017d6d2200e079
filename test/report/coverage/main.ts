// `npm run coverage`: of the functions that people wrote as kernels, which are stated, which have a kernel, and which run within their bound, by
// class; with the reason of each of the others. Invariant: every row of the table is counted once. `--target wgsl`, `--seed 7`, names to run alone.
import * as E from 'fp-ts/lib/Either.js';
import type { Target } from '../../../src/kernel/ir/program.js';
import { type Gpu, openGpu } from '../../../src/run/device/webgpu.js';
import { type Outcome, attempt, coverage } from './run.js';
import { type Row, rows } from './table.js';

const args = process.argv.slice(2);
const option = (name: string, otherwise: string): string => {
  const i = args.indexOf(`--${name}`);
  return i < 0 ? otherwise : args.splice(i, 2)[1]!;
};
const target = option('target', 'host') as Target;
const seed = Number(option('seed', '1'));
const all = coverage();
all.errors.forEach((e) => console.log(e));

let gpu: Gpu | undefined;
if (target === 'wgsl') {
  const opened = await openGpu();
  if (E.isRight(opened)) gpu = opened.right;
}
const outcomes = new Map<string, Outcome>();
async function outcomeOf(definition: string): Promise<Outcome> {
  const known = outcomes.get(definition) ?? (await attempt(all, definition, target, seed, gpu));
  outcomes.set(definition, known);
  return known;
}

const wanted = rows().filter((r) => args.length === 0 || args.includes(r.name) || args.includes(r.definition ?? ''));
interface Count {
  rows: number;
  real: number;
  stated: number;
  extracted: number;
  run: number;
}
const counts = new Map<string, Count>();
const count = (key: string, r: Row, o: Outcome): void => {
  const c = counts.get(key) ?? { rows: 0, real: 0, stated: 0, extracted: 0, run: 0 };
  const stated = o._tag !== 'NotStated';
  counts.set(key, {
    rows: c.rows + 1,
    real: c.real + (r.notReal ? 0 : 1),
    stated: c.stated + (stated ? 1 : 0),
    extracted: c.extracted + (stated && o._tag !== 'NotExtracted' ? 1 : 0),
    run: c.run + (o._tag === 'Run' ? 1 : 0),
  });
};
for (const r of wanted) {
  const o: Outcome = r.definition === undefined ? { _tag: 'NotStated' } : await outcomeOf(r.definition);
  count(r.class, r, o);
  count('all', r, o);
  const why = o._tag === 'NotStated' ? (r.reason ?? `there is no definition ${r.definition}`) : 'reason' in o ? o.reason : '';
  if (o._tag !== 'Run') console.log(`${o._tag.padEnd(13)} ${r.class} ${r.name}${r.definition === undefined ? '' : ` (${r.definition})`}: ${why}`);
}
await gpu?.close();
console.log('\nclass  rows  functions of reals  stated  extracted  run within bound');
for (const [key, c] of counts)
  console.log(
    `${key.padEnd(5)}  ${`${c.rows}`.padStart(4)}  ${`${c.real}`.padStart(18)}  ${`${c.stated}`.padStart(6)}  ${`${c.extracted}`.padStart(9)}  ${`${c.run}`.padStart(16)}`,
  );
console.log(`target ${target}, seed ${seed}, ${outcomes.size} definitions`);
