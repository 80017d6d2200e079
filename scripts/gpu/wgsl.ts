/**
 * How fast the WGSL kernels are on this machine's own GPU: `tsx scripts/gpu/wgsl.ts [--only rows|attention] [--unchecked] [--software] [--json FILE]`.
 * Medians of alternated rounds, by the device's clock around batches of dispatches of 100 ms and more; inputs are random numbers made on the GPU. Before it is timed each
 * kernel runs on a poisoned output: everything must be written, and some rows are compared with float64 under the forward bound. Rows are
 * timed beside a hand-written copy. --unchecked turns off the tests of indices that a WebGPU implementation adds; --software tries the script at tiny sizes.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { Extracted } from '../../src/extract/extract.js';
import { Session, type Timed } from '../../test/device/session.js';
import { extracted } from '../../test/kernels/pool.js';
import { get } from '../../test/lower/dsl.js';

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

const kernel = (name: string, tiles: Readonly<Record<string, number>>): Extracted =>
  get(extracted(name, 'wgsl', { tiles, ragged: 'first' }));

/** Times some things in turn and says how fast each was. */
async function compare(
  session: Session,
  size: string,
  all: readonly Timed[],
  rate: (t: Timed, ms: number) => string,
): Promise<void> {
  for (const [i, ms] of (await session.medians(all)).entries()) {
    const { what, ratio } = all[i]!;
    if (ratio !== undefined && !(ratio <= 1)) wrong += 1;
    lines.push({ what, size, ms, rate: rate(all[i]!, ms), 'error/bound': ratio?.toPrecision(2) ?? '' });
    say(`${size}  ${what}  ${ms.toPrecision(4)} ms  ${lines.at(-1)!.rate}  ${lines.at(-1)!['error/bound']}`);
  }
}

// The default tiles, and the best of the same schedule by trial: those that scripts/gpu/bench.py names for CUDA.
const TILES: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  64: { q: 128, e: 64, k: 32, d: 16 },
  128: { q: 64, e: 128, k: 16, d: 32 },
};

async function attention(session: Session): Promise<void> {
  const [n, large, many] = values.software ? [96, 192, 2] : [4096, 16384, 64];
  const shapes = [
    [many, n, 64],
    [many, n, 128],
    [many, n / 4, 64],
    [many, n / 4, 128],
    [Math.ceil(many / 4), large, 64],
    [Math.ceil(many / 4), large, 128],
  ] as const;
  for (const [batch, keys, d] of shapes) {
    const sizes = { q: keys, k: keys, d, e: d };
    const all: Timed[] = [];
    for (const name of ['attention', 'spherical-attention']) {
      if (keys === n) all.push(await session.timed(kernel(name, {}), `${name}, default tiles`, sizes, batch));
      all.push(await session.timed(kernel(name, TILES[d]!), `${name}, tiles of d`, sizes, batch));
    }
    const flop = 4 * batch * keys * keys * d;
    await compare(
      session,
      `B H ${batch}, N ${keys}, d ${d}`,
      all,
      (_, ms) => `${(flop / ms / 1e9).toPrecision(3)} TFLOP/s`,
    );
    session.free();
  }
}

const ROWS = ['total', 'mean', 'l2-norm', 'variance', 'logsumexp', 'cross-entropy', 'arg-max', 'decay'];

async function rows(session: Session): Promise<void> {
  const shapes = values.software ? [[128, 64]] : [[65536, 4096], [8192, 32768]]; // prettier-ignore
  for (const [batch, n] of shapes as [number, number][]) {
    const all = [await session.copy(batch * n)];
    for (const name of ROWS) all.push(await session.timed(kernel(name, {}), name, { n }, batch));
    await compare(session, `${batch} x ${n}`, all, ({ bytes }, ms) => `${(bytes / ms / 1e9).toPrecision(3)} TB/s`);
  }
  session.free();
}

const session = await Session.open(
  values.software,
  values.unchecked ? ['enable-dawn-features=disable_robustness'] : [],
);
console.log(`${session.name}${values.unchecked ? ', without tests of indices' : ''}`);
if (values.only !== 'attention') await rows(session);
if (values.only !== 'rows') await attention(session);
await session.close();
console.table(lines);
if (values.json)
  fs.writeFileSync(
    values.json,
    JSON.stringify({ device: session.name, unchecked: values.unchecked, lines }, undefined, 1),
  );
if (wrong > 0) console.log(`FAILED ${wrong} over the bound`);
process.exitCode = wrong > 0 || lines.length === 0 ? 1 : 0;
