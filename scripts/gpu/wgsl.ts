/**
 * How fast the WGSL kernels are on this machine's own GPU: `tsx scripts/gpu/wgsl.ts [--only rows|attention] [--unchecked] [--software] [--json FILE]`.
 * Medians of alternated rounds, by the device's clock around batches of dispatches of 100 ms and more; inputs are random numbers made on the GPU. Before it is timed each
 * kernel runs on a poisoned output: everything must be written, and some rows are compared with float64 under the forward bound. Rows are
 * timed beside a hand-written copy. --unchecked turns off the tests of indices that a WebGPU implementation adds; --software tries the script at tiny sizes.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { Extracted } from '../../src/kernel/extract/extract.js';
import { Session, type Timed } from '../../test/target/device/session.js';
import { type Choice, extracted } from '../../test/target/kernels/pool.js';
import { get } from '../../test/support/ir/dsl.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    unchecked: { type: 'boolean', default: false },
    software: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

const say = (text: string): void => console.error(`[${(performance.now() / 1000).toFixed(0)} s] ${text}`);

interface Line {
  readonly what: string;
  readonly size: string;
  readonly ms: number;
  readonly rate: string;
  readonly 'error/bound': string;
}
const lines: Line[] = [];
let wrong = 0;

const made = new Map<string, Extracted>();
function kernel(name: string, choice: Omit<Choice, 'ragged'>): Extracted {
  const key = `${name} ${JSON.stringify(choice)}`;
  const known = made.get(key) ?? get(extracted(name, 'wgsl', { ...choice, ragged: 'first' }));
  made.set(key, known);
  return known;
}

/** Times some things in turn and says how fast each was. */
async function compare(
  session: Session,
  size: string,
  all: readonly Timed[],
  rate: (t: Timed, ms: number) => string,
): Promise<readonly number[]> {
  const found = await session.medians(all);
  for (const [i, ms] of found.entries()) {
    const { what, ratio } = all[i]!;
    if (ratio !== undefined && !(ratio <= 1)) wrong += 1;
    lines.push({ what, size, ms, rate: rate(all[i]!, ms), 'error/bound': ratio?.toPrecision(2) ?? '' });
    say(`${size}  ${what}  ${ms.toPrecision(4)} ms  ${lines.at(-1)!.rate}  ${lines.at(-1)!['error/bound']}`);
  }
  return found;
}

/** Tiles that fit WebGPU's 16 KB, shared by lanes in patches; the fastest at N 4096 is timed at the other sizes. */
const shared = (tiles: Choice['tiles'], q: number, e: number): Omit<Choice, 'ragged'> => ({
  tiles,
  perLane: { q, e },
  whole: ['d'],
});
const [SQUARE, WIDE] = [{ q: 64, e: 64, k: 16, d: 16 }, { q: 32, e: 128, k: 16, d: 16 }]; // prettier-ignore
const CHOICES: Readonly<Record<number, readonly Omit<Choice, 'ragged'>[]>> = {
  64: [{ tiles: {} }, shared(SQUARE, 4, 4), shared(SQUARE, 8, 4), shared(SQUARE, 8, 8)],
  128: [{ tiles: {} }, shared(WIDE, 4, 4), shared(WIDE, 4, 8), shared(WIDE, 8, 8)],
};
const NAMES = ['attention', 'spherical-attention'];

const sized = (of: Readonly<Record<string, number>>): string => Object.entries(of).map(([a, n]) => `${a}=${n}`).join(); // prettier-ignore
const shown = (name: string, { tiles, perLane }: Omit<Choice, 'ragged'>): string =>
  perLane ? `${name}, --tile ${sized(tiles)} --per-lane ${sized(perLane)} --whole d` : `${name}, default tiles`;

async function attention(session: Session): Promise<void> {
  const [n, large, many] = values.software ? [96, 192, 2] : [4096, 16384, 64];
  for (const d of [64, 128]) {
    const best = new Map(NAMES.map((name) => [name, CHOICES[d]!]));
    for (const [batch, keys] of [
      [many, n],
      [many, n / 4],
      [Math.ceil(many / 4), large],
    ] as const) {
      // prettier-ignore
      const sizes = { q: keys, k: keys, d, e: d };
      const tried = NAMES.flatMap((name) => best.get(name)!.map((choice) => ({ name, choice })));
      const all: Timed[] = [];
      for (const { name, choice } of tried)
        all.push(await session.timed(kernel(name, choice), shown(name, choice), sizes, batch));
      const flop = 4 * batch * keys * keys * d;
      const rate = (_: Timed, ms: number): string => `${(flop / ms / 1e9).toPrecision(3)} TFLOP/s`;
      const ms = await compare(session, `B H ${batch}, N ${keys}, d ${d}`, all, rate);
      for (const name of NAMES) {
        const own = tried.map((t, i) => ({ ...t, ms: ms[i]! })).filter((t) => t.name === name);
        best.set(name, [own.reduce((x, y) => (y.ms < x.ms ? y : x)).choice]);
      }
      session.free();
    }
  }
}

const ROWS = ['total', 'mean', 'l2-norm', 'variance', 'logsumexp', 'cross-entropy', 'arg-max', 'decay'];

async function rows(session: Session): Promise<void> {
  const shapes = values.software ? [[128, 64]] : [[65536, 4096], [8192, 32768]]; // prettier-ignore
  for (const [batch, n] of shapes as [number, number][]) {
    const all = [await session.copy(batch * n)];
    for (const name of ROWS) all.push(await session.timed(kernel(name, { tiles: {} }), name, { n }, batch));
    await compare(session, `${batch} x ${n}`, all, ({ bytes }, ms) => `${(bytes / ms / 1e9).toPrecision(3)} TB/s`);
  }
  session.free();
}

const session = await Session.open(
  values.software,
  values.unchecked ? ['enable-dawn-features=disable_robustness'] : [],
);
console.log(`${session.name}${values.unchecked ? ', without tests of indices' : ''}`);
if (values.only !== 'rows') await attention(session);
if (values.only !== 'attention') await rows(session);
await session.close();
console.table(lines);
if (values.json)
  fs.writeFileSync(
    values.json,
    JSON.stringify({ device: session.name, unchecked: values.unchecked, lines }, undefined, 1),
  );
if (wrong > 0) console.log(`FAILED ${wrong} over the bound`);
process.exitCode = wrong > 0 || lines.length === 0 ? 1 : 0;
