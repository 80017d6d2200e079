/**
 * What `--check` judges: every kernel of kernels/ with an exponential, executed on the host at scores from 1 to 1e6, and every element of its outputs looked
 * at: all must be judged, and right. The kernels of statements whose exponentials leave f32 there (`UNSTABLE`) are held to it up to 30; beyond, what they
 * lose is said. Invariant: an element without a judgement is counted, never taken for right; a number that is wrong is put in the place of a right one,
 * and seen.
 */
import { launch } from '../../../src/run/launch/device.js';
import { compare, type InputArray, type Launched } from '../../../src/run/launch/launch.js';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { axisNames } from '../../../src/kernel/extract/shapes.js';
import { random } from '../../support/ir/run.js';
import { get } from '../../support/ir/dsl.js';
import { fitted } from '../../target/kernels/case.js';
import { filed } from '../../target/kernels/names.js';
import { extracted } from '../../target/kernels/pool.js';
import type { Options, Part } from './part.js';

/** The size of the scores; where two arrays make a score, each has its root. */
const SCORES = [1, 30, 800, 1e4, 1e6] as const;
/** Exponentials of scores as they are, or less a number that the caller gives: no state of their streams keeps them below 1. */
const UNSTABLE: ReadonlySet<string> = new Set([
  'attention-unscaled',
  'masked-attention',
  'gradient-of-keys',
  'gradient-of-queries',
]);
/** The largest score at which the exponentials of these fit f32. */
const MODERATE = 30;

type Inputs = Readonly<Record<string, InputArray>>;

function inputsFor(kernel: Extracted, score: number, seed: number): Inputs {
  const next = random(seed);
  const names = [...kernel.info.names.axes.keys()];
  const sizes = fitted(kernel, Object.fromEntries(names.map((n, i) => [n, 3 + 2 * i])));
  const arrays = kernel.info.wires.filter((w) => axisNames(w).length > 0).length;
  const scale = arrays > 2 ? Math.sqrt(score) : score;
  return Object.fromEntries(
    kernel.info.wires.map((w): [string, InputArray] => {
      const shape = axisNames(w).map((a) => sizes[a]!);
      const truth = w.object.leaves.every((l) => l.base._tag === 'Boolean');
      const isFirst = (i: number): boolean => i % shape.at(-1)! === 0; // a row with nothing open has no value
      const value = (i: number): number => {
        if (truth) return isFirst(i) ? 1 : Math.round(next());
        return shape.length === 0 ? 0.05 + next() : scale * (2 * next() - 1);
      };
      const data = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i));
      return [w.name, { shape, data }];
    }),
  );
}

/** The same outputs, the number at one place far from what it is. */
const spoilt = (launched: Launched, place: number): Launched => ({
  ...launched,
  outputs: launched.outputs.map((o, i) => {
    if (i > 0) return o;
    const data = Float32Array.from(o.data);
    data[place % data.length] = Number.NaN;
    return { ...o, data };
  }),
});

class Judged {
  readonly counts = { kernels: 0, judged: 0, unjudged: 0, lost: 0, planted: 0, passed: 0 };
  readonly failures: string[] = [];

  async look(name: string, score: number, seed: number): Promise<void> {
    const kernel = get(extracted(name, 'host', { tiles: {}, ragged: 'first' }));
    const inputs = inputsFor(kernel, score, seed);
    const launched = get(await launch(kernel, inputs));
    const found = get(compare(kernel, inputs, launched));
    this.counts.judged += found.judged;
    const right = found.unjudged === 0 && found.ratio <= 1;
    const isHeld = score <= MODERATE || !UNSTABLE.has(name);
    if (isHeld) this.counts.unjudged += found.unjudged;
    else this.counts.lost += right ? 0 : 1;
    if (isHeld && !right)
      this.failures.push(`${name} at ${score}, seed ${seed}: ${found.unjudged} not judged, ratio ${found.ratio}`);
    this.counts.planted += 1;
    const spoiled = get(compare(kernel, inputs, spoilt(launched, seed)));
    if (spoiled.ratio <= 1 && spoiled.unjudged === 0) {
      this.counts.passed += 1;
      this.failures.push(`${name} at ${score}, seed ${seed}: a number that is none passed`);
    }
  }
}

const exponential = (name: string): boolean => {
  const kernel = extracted(name, 'host', { tiles: {}, ragged: 'first' });
  return kernel._tag === 'Right' && /\bexp\(/.test(kernel.right.text);
};

export async function part({ full, seed }: Options): Promise<Part> {
  const all = filed().filter(exponential);
  const names = full ? all : all.slice(0, 2);
  const judged = new Judged();
  for (const name of names) {
    judged.counts.kernels += 1;
    for (const score of SCORES) await judged.look(name, score, seed % 1_000_003);
  }
  const { kernels, judged: seen, unjudged, lost, planted, passed } = judged.counts;
  return {
    title: 'judged',
    figures: [
      { name: 'kernels with an exponential', value: kernels },
      { name: 'elements judged', value: seen },
      { name: 'unjudged elements', value: unjudged },
      { name: 'runs beyond f32, each said', value: lost },
      { name: 'wrong numbers planted', value: planted },
      { name: 'wrong numbers that passed', value: passed },
    ],
    failures: [...judged.failures, ...(seen === 0 ? ['no element was judged'] : [])],
  };
}
