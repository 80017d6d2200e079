// Counts as formulas against two that count by running, for every kernel of the project and every choice of tiles: an interpreter of the loop IR, and the
// host's text on arrays that see each read and write. Fresh sizes; the seed is printed where something differs.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/cli/extract.js';
import { countOf } from '../../../src/kernel/cost/count.js';
import { program } from '../../../src/kernel/extract/program.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import type { Target } from '../../../src/kernel/ir/program.js';
import { stripSignature } from '../../../src/run/device/host.js';
import { differences, evaluator } from '../../support/cost/compare.js';
import { get } from '../../support/ir/dsl.js';
import { random, sizesFor } from '../../support/ir/run.js';
import { root } from '../../support/tree.js';
import { library } from '../../target/kernels/library.js';
import { type Choice, SEED, choices, extracted } from '../../target/kernels/pool.js';

const { kernels: NAMES } = JSON.parse(readFileSync(join(root, 'weft.json'), 'utf8')) as { readonly kernels: readonly string[] }; // prettier-ignore
const plain = (of: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries(of);

/** The choices of tiles of the files of `kernels/` with a schedule of their own. */
const own = readdirSync(join(root, 'kernels')).flatMap((file): (readonly [string, string, Target, Choice])[] => {
  const how = commandOf(readFileSync(join(root, 'kernels', file), 'utf8'));
  if (!how) return [];
  const { tiles, perLane, lanes, whole } = how.chosen;
  const choice: Choice = {
    tiles: plain(tiles),
    ragged: 'first',
    perLane: plain(perLane),
    lanes: plain(lanes),
    whole: [...whole],
  };
  return [[file, how.name, how.target, choice]];
});

const HOW = [false, true].flatMap((alone) => [false, true].map((inside) => ({ alone, inside })));
function judge(made: Extracted, sizes: Readonly<Record<string, number>>, all = HOW): void {
  const { kernel } = made.emitted.validated;
  for (const how of all)
    expect(differences(kernel, sizes, how), JSON.stringify({ name: made.name, sizes, how, seed: SEED })).toEqual([]);
}

/** What the host's text reads of each input and writes of each output. */
async function touched(made: Extracted, sizes: Readonly<Record<string, number>>): Promise<readonly number[]> {
  const p = get(program(made.emitted, sizes));
  const source = `data:text/javascript,${encodeURIComponent(stripSignature(p.entry, p.text))}`;
  const module = (await import(source)) as Record<string, (buffers: readonly object[], params: Uint32Array) => void>;
  const seen = p.buffers.map(() => 0);
  const buffers = p.buffers.map(({ elements }, i) => {
    const note = (): void => void (seen[i]! += 1);
    return new Proxy(new Float32Array(elements).fill(0.5), {
      get: (array, key) => (note(), Reflect.get(array, key) as unknown),
      set: (array, key, value) => (note(), Reflect.set(array, key, value)),
    });
  });
  module[p.entry]!(buffers, Uint32Array.from(p.paramValues));
  return seen;
}

beforeAll(() => void library(), 240_000);

describe.each(NAMES)('%s', (name) => {
  it('does what its formulas say, at every choice of tiles', () => {
    const next = random(SEED);
    for (const choice of choices(name)) {
      const made = get(extracted(name, 'cuda', choice));
      const all = made.emitted.validated.kernel.uses;
      judge(made, sizesFor(made.theorem.scheduled, next, all.length > 3 ? 7 : 70));
      judge(
        made,
        sizesFor(made.theorem.scheduled, () => 0, 1),
      );
    }
  });
  it('reads and writes what its formulas say, as the host runs it', async () => {
    const next = random(SEED);
    for (const choice of choices(name)) {
      const made = get(extracted(name, 'host', choice));
      const { kernel } = made.emitted.validated;
      const tally = countOf(kernel, { alone: true, inside: false });
      if (tally.selects.length > 0 || tally.seeks.length > 0) continue; // the host computes one side alone
      const sizes = sizesFor(made.theorem.scheduled, next, 9);
      const value = evaluator(kernel, sizes);
      const said = [
        ...kernel.inputs.map((a) => value(tally.loads.get(a.name)?.asked ?? [])),
        ...kernel.outputs.map((a) => value(tally.stores.get(a.name) ?? [])),
      ];
      expect(await touched(made, sizes), JSON.stringify({ name, choice, sizes, seed: SEED })).toEqual(said);
    }
  });
});

it.each(own)(
  '%s does what its formulas say',
  (_, name, target, choice) => {
    const made = get(extracted(name, target, choice));
    const uses = made.theorem.scheduled.uses;
    // one tile of columns, two of rows and of what is streamed
    const longer = (name: string): number => (name === 'e' ? -3 : 3);
    const sizes = Object.fromEntries(
      uses.map((u) => [
        u.name,
        'capacity' in u ? (u._tag === 'Streamed' && !u.head ? u.capacity : u.capacity + longer(u.name)) : 1,
      ]),
    );
    judge(made, sizes, HOW.slice(0, 1));
  },
  240_000,
);
