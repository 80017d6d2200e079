// One definition of the coverage library: is it stated, has it a kernel, and does its text run within its bound on random inputs? Invariant: sizes
// are pairwise distinct and small, inputs come from a seed; what is counted as run was judged at every element that has a bound, and some have. It
// does not know the table.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { launch } from '../../../src/run/launch/device.js';
import { type Inputs, compare } from '../../../src/run/launch/launch.js';
import { launchMessage } from '../../../src/cli/launch-message.js';
import type { Axis } from '../../../src/core/index.js';
import { extractMessage } from '../../../src/diagnostic/extract.js';
import { render } from '../../../src/diagnostic/render.js';
import { type Extracted, extract } from '../../../src/kernel/extract/extract.js';
import { sizeOf } from '../../../src/kernel/ir/position.js';
import type { Target } from '../../../src/kernel/ir/program.js';
import type { Gpu } from '../../../src/run/device/webgpu.js';
import { type Library, checkLibrary } from '../../../src/proof/script/check.js';
import { random } from '../../support/ir/run.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

export interface Coverage {
  readonly library: Library;
  readonly hints: ReadonlyMap<string, Hints>;
  /** statements that do not read, as text */
  readonly errors: readonly string[];
}
/** What is said above a definition: `-- where label < c, eps > 0, h = 15` */
interface Hints {
  /** whole numbers below a number or a size */
  readonly below: ReadonlyMap<string, string>;
  readonly positive: ReadonlySet<string>;
  readonly sizes: ReadonlyMap<string, number>;
}

export function coverage(): Coverage {
  const own = readdirSync(here).filter((f) => f.endsWith('.weft'));
  const texts = [
    ...readdirSync(join(root, 'theorems')).map((f) => `theorems/${f}`),
    ...own.map((f) => `test/report/coverage/${f}`),
  ].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const library = checkLibrary(texts, []);
  const errors = library.diagnostics
    .filter((d) => d.severity === 'error')
    .map((d) => render(d, texts.find((t) => t.path === d.file)?.text, { color: false }));
  const hints = new Map(texts.flatMap((t) => (t.path.startsWith('test/') ? hintsOf(t.text) : [])));
  return { library, hints, errors };
}

function hintsOf(text: string): readonly (readonly [string, Hints])[] {
  return [...text.matchAll(/(?:^-- where (.*)\n)?^def ([\w-]+)/gm)].map(([, said, name]) => {
    const parts = (said ?? '').split(',').map((p) => p.trim().split(' '));
    const of = (sign: string): [string, string][] =>
      parts.flatMap(([a, s, b]): [string, string][] => (s === sign ? [[a!, b!]] : []));
    const positive = new Set(of('>').map(([a]) => a));
    return [name!, { below: new Map(of('<')), positive, sizes: new Map(of('=').map(([a, n]) => [a, Number(n)])) }];
  });
}

export type Outcome =
  | { readonly _tag: 'NotStated' }
  | { readonly _tag: 'NotExtracted'; readonly reason: string }
  | { readonly _tag: 'NotRun'; readonly reason: string; readonly kernel: Extracted }
  | { readonly _tag: 'Run'; readonly ratio: number; readonly kernel: Extracted };

const SIZES = [5, 3, 4, 2, 6, 7];

function sizesFor(kernel: Extracted, hints: Hints | undefined): Record<string, number> {
  const named = [...kernel.info.names.axes.keys()];
  return Object.fromEntries(named.map((a, i) => [a, hints?.sizes.get(a) ?? SIZES[i % SIZES.length]!]));
}

function inputsFor(kernel: Extracted, hints: Hints | undefined, sizes: Record<string, number>, seed: number): Inputs {
  const next = random(seed);
  const length = (e: Axis): number =>
    sizeOf({ zero: 0, one: 1, size: (v) => sizes[v.name]!, add: (x, y) => x + y, mul: (x, y) => x * y }, e);
  return Object.fromEntries(
    kernel.info.wires.map((w) => {
      const leaf = w.object.leaves[0]!;
      const own = leaf.axes.map(length);
      const shape = own.length === 0 ? [] : [2, ...own];
      const bound = hints?.below.get(w.name);
      const most = bound === undefined ? 0 : (sizes[bound] ?? Number(bound));
      const one = (): number => {
        if (leaf.base._tag === 'Boolean') return next() < 0.5 ? 0 : 1;
        if (bound !== undefined) return Math.floor(next() * most);
        return own.length === 0 || hints?.positive.has(w.name) ? 0.05 + next() : 2 * next() - 1;
      };
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, one);
      return [w.name, { shape, data }];
    }),
  );
}

/** Extracts a definition and runs it on inputs of a seed. */
export async function attempt(
  { library, hints }: Coverage,
  name: string,
  target: Target,
  seed: number,
  gpu?: Gpu,
): Promise<Outcome> {
  const made = extract(library, `def:${name}`, target, { tiles: new Map(), ragged: 'first' });
  if (E.isLeft(made))
    return made.left._tag === 'NoStream'
      ? { _tag: 'NotStated' }
      : { _tag: 'NotExtracted', reason: extractMessage(made.left).headline };
  const kernel = made.right;
  const sizes = sizesFor(kernel, hints.get(name));
  const inputs = inputsFor(kernel, hints.get(name), sizes, seed);
  const ran = await launch(kernel, inputs, { sizes, ...(gpu ? { gpu } : {}) });
  if (E.isLeft(ran)) return { _tag: 'NotRun', reason: launchMessage(ran.left).headline, kernel };
  const off = compare(kernel, inputs, ran.right);
  if (E.isLeft(off)) return { _tag: 'NotRun', reason: launchMessage(off.left).headline, kernel };
  const { ratio } = off.right;
  return ratio <= 1 ? { _tag: 'Run', ratio, kernel } : { _tag: 'NotRun', reason: `ratio ${ratio}`, kernel };
}
