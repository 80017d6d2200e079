/**
 * Figures of validation and of the emitters' tables: bugs seeded and refused, wrong phrases tried and caught. Invariant: counted in the run that prints
 * them; a survivor without a stated reason is a failure. It does not know how a bug is made.
 */
import * as E from 'fp-ts/lib/Either.js';
import { runHost } from '../../../../src/run/device/host.js';
import { openGpu } from '../../../../src/run/device/webgpu.js';
import { get } from '../../../support/ir/dsl.js';
import { random } from '../../../support/ir/run.js';
import { detect } from '../../race/detect.js';
import type { Figure, Options, Part } from '../../../report/trust/part.js';
import { HARMLESS, UNSEEN } from './reason.js';
import { type Tally, emptyTally, seed as seedIn } from './seeded.js';
import { subjects } from './subject.js';
import { caughtByCuda } from './tables-cuda.js';
import { type Attempt, type Run, attempts, cases, caught, rightTexts } from './tables.js';
import { uncovered } from './wrong.js';

type Target = 'wgsl' | 'cuda' | 'host';

const figure = (name: string, value: number): Figure => ({ name, value });

// ---- validation -------------------------------------------------------------------------------------------------------

async function seeded({ full, seed }: Options): Promise<Tally> {
  const tally = emptyTally();
  const [each, share] = full ? [14, 1] : [12, 0.04];
  const next = random(seed);
  let start = seed;
  const chosen = full ? subjects() : subjects().filter(() => next() < share);
  for (const make of chosen.length > 0 ? chosen : subjects().slice(-1))
    await seedIn(make(), each, (start += 1000), tally);
  return tally;
}

const unexplained = (tally: Tally): readonly string[] =>
  [...tally.same.keys()]
    .filter((bug) => !Object.hasOwn(HARMLESS, bug))
    .map((bug) => `accepted, with no reason stated: ${bug}`);

const ofValidation = (t: Tally): readonly Figure[] => [
  figure('bugs seeded in lowered kernels', t.seeded),
  figure('kinds of bugs', t.bugs.size),
  figure('refused by validation alone', t.refused),
  figure('of these, by the memory check alone', t.byMemory),
  figure('of these, by the check of shares alone', t.byShares),
  figure('accepted: the same text', t.sameText),
  figure('accepted: the same numbers without a race', t.sameNumbers),
  figure('accepted: wrong', t.holes.length),
];

// ---- tables -----------------------------------------------------------------------------------------------------------

/** Numbers, then races. */
const watched =
  (run: Run): Run =>
  async (program, inputs) => {
    const found = await run(program, inputs);
    if (E.isLeft(found)) return found;
    const { races, errors } = detect(program, inputs);
    const detail = [...races, ...errors].join('; ');
    return detail === '' ? found : E.left({ _tag: 'DeviceFault', detail });
  };

const label = (a: Attempt): string => `${a.entry}, ${a.wrong}`;
const reasonOf = (target: Target, a: Attempt): string | undefined =>
  UNSEEN[target][label(a)] ?? UNSEEN[target][a.entry];

async function caughtBy(target: Target, all: readonly Attempt[]): Promise<ReadonlySet<Attempt>> {
  if (target === 'cuda') return caughtByCuda(all);
  const gpu = target === 'wgsl' ? get(await openGpu()) : undefined;
  const found = new Set<Attempt>();
  for (const a of all) if (await caught(a, gpu ? gpu.run : runHost)) found.add(a);
  for (const a of all) if (gpu && !found.has(a) && (await caught(a, watched(gpu.run)))) found.add(a);
  await gpu?.close();
  return found;
}

/** Sizes and inputs are drawn anew for what survives: one draw can hide a wrong phrase (an axis of one element, values all alike). */
const DRAWS = 8;

async function table(target: Target, { full, seed }: Options): Promise<Omit<Part, 'title'>> {
  const all = cases(target);
  const next = random(seed + 1);
  const drawn = (i: number): readonly Attempt[] => attempts(target, all, seed + 1000 * i);
  const first = drawn(0);
  const chosen = [...first.keys()].filter(() => full || target === 'host' || next() < 0.1);
  const failing: Attempt[] = [];
  const found = new Set<number>();
  for (let i = 0; i < DRAWS; i++) {
    const left = chosen.filter((k) => !found.has(k) && (i === 0 || !reasonOf(target, first[k]!)));
    if (left.length === 0) break;
    failing.push(...(await caughtBy(target, rightTexts(target, all, seed + 1000 * i))));
    const now = i === 0 ? first : drawn(i);
    const caughtNow = await caughtBy(
      target,
      left.map((k) => now[k]!),
    );
    for (const k of left) if (caughtNow.has(now[k]!)) found.add(k);
  }
  const left = chosen.filter((k) => !found.has(k)).map((k) => first[k]!);
  const missing = uncovered(target).map((e) => `${target}: no wrong phrase for ${e}`);
  const unseen = left.filter((a) => !reasonOf(target, a)).map((a) => `${target}: not caught: ${label(a)}`);
  return {
    figures: [
      figure(`${target}: entries of the table and the frame`, new Set(chosen.map((k) => first[k]!.entry)).size),
      figure(`${target}: wrong phrases`, chosen.length),
      figure(`${target}: caught by a kernel's run`, found.size),
      figure(`${target}: not seen, for a stated reason`, left.length - unseen.length),
    ],
    failures: [...missing, ...unseen, ...failing.map((a) => `${target}: the right text fails: ${a.wrong}`)],
  };
}

export async function part(options: Options): Promise<Part> {
  const tally = await seeded(options);
  const targets: readonly Target[] = options.full ? ['host', 'wgsl', 'cuda'] : ['host', 'wgsl'];
  const tables: Omit<Part, 'title'>[] = [];
  for (const t of targets) tables.push(await table(t, options));
  const failures = [...tally.holes, ...unexplained(tally), ...tables.flatMap((t) => t.failures)];
  if (tally.seeded === 0) failures.push('no bug was seeded');
  return {
    title: 'seeded bugs: validation and tables',
    figures: [...ofValidation(tally), ...tables.flatMap((t) => t.figures)],
    failures: failures.map((f) => `${f} (seed ${options.seed})`),
  };
}
