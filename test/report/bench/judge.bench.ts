// What it takes to judge a kernel's numbers: the statement in float64 with its error, and the forward bound of the kernel, for signed attention of 512
// rows of 38, in processor time. The peers, in the same process: the operations one after another (what fused.ts does in loops of what reads them), and
// plain loops over typed arrays written by hand, with magnitudes.
import * as E from 'fp-ts/lib/Either.js';
import { check, extract, libraryFolder } from '../../../src/index.js';
import type { AxisVar } from '../../../src/core/index.js';
import { axisSizes } from '../../../src/kernel/extract/program.js';
import { specOf } from '../../../src/run/launch/launch.js';
import { evaluateViews } from '../../../src/run/reference/evaluate.js';
import { forward } from '../../../src/run/rounding/forward.js';
import { median, report, timed } from './report.js';

const [rows, width] = [512, 38];
const checked = check(libraryFolder, [], { only: ['spherical-attention'] });
const axes = { q: rows, k: rows, d: width, e: width, batch: 1 };
const kernelWith = (sizes: Readonly<Record<string, number>>) =>
  extract(checked, 'spherical-attention', { target: 'wgsl', sizes });
const [kernel, usual] = [kernelWith({ e: width }), kernelWith({})];
const data = Float32Array.from({ length: rows * width }, (_, i) => Math.fround(Math.sin(i * 1.7) * 4));
const buffers = [data, data, data, Float32Array.of(1e-6)];

const spec = specOf(kernel);
const variables = [...kernel.info.names.axes.values()].map((e) => e.terms[0]!.vars[0]!);
const sizes = new Map<AxisVar, number>(variables.map((v) => [v, axes[v.name as keyof typeof axes]]));
const inputs = kernel.info.wires.map((w, i) => ({
  shape: w.object.leaves[0]!.axes.length === 0 ? [] : [rows, width],
  data: Float64Array.from(buffers[i]!),
}));
function statement(fusedFrom: number): Float64Array {
  const found = evaluateViews(spec, { sizes }, inputs, 'magnitude', undefined, fusedFrom);
  if (E.isLeft(found)) throw new Error(found.left._tag);
  return found.right[0]!.data;
}
const bound = (of: typeof kernel) => () =>
  forward(of.emitted.validated.kernel, axisSizes(of.emitted.validated.kernel, axes), buffers, 'wgsl', 'f32', true)[0]!;

/** The statement by hand, with magnitudes. */
function loops(): Float64Array {
  const [q, out, sizesOut] = [inputs[0]!.data, new Float64Array(rows * width), new Float64Array(rows * width)];
  const [score, size] = [new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    let [z, Z] = [0, 0];
    for (let j = 0; j < rows; j++) {
      let [s, S] = [0, 0];
      for (let c = 0; c < width; c++) {
        const p = q[i * width + c]! * q[j * width + c]!;
        s += p;
        S += Math.abs(p);
      }
      score[j] = s;
      size[j] = S;
      z += s * s;
      Z += S * S;
    }
    const [r, R] = [1 / (Math.sqrt(z) + 1e-6), Z];
    for (let e = 0; e < width; e++) {
      let [o, O] = [0, 0];
      for (let j = 0; j < rows; j++) {
        o += score[j]! * q[j * width + e]! * r;
        O += size[j]! * Math.abs(q[j * width + e]!) * R;
      }
      out[i * width + e] = o;
      sizesOut[i * width + e] = O;
    }
  }
  return out;
}

const named: Readonly<Record<string, () => unknown>> = {
  loops,
  fused: () => statement(64),
  apart: () => statement(Infinity),
  bound: bound(kernel),
  usual: bound(usual),
};
const works = new Map(Object.keys(named).map((name) => [name, [] as number[]]));
const names = Object.keys(named);
for (let round = 0; round < 6; round++)
  for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
    const { work } = timed(named[name]!);
    if (round > 0) works.get(name)!.push(work); // the first compiles
  }
const of = (name: string): number => median(works.get(name)!);
const [mine, byHand] = [statement(64), loops()];
const off = mine.reduce((m, x, i) => Math.max(m, Math.abs(x - byHand[i]!) / (1 + Math.abs(x))), 0);
if (!(off < 1e-9)) throw new Error(`the loops by hand compute something else: ${off}`);
report('judging 512 x 512 x 38, processor time, medians of 5', [
  { what: 'plain loops by hand', value: of('loops'), unit: 's' },
  { what: 'the statement', value: of('fused'), unit: 's' },
  { what: 'the statement over plain loops', value: of('fused') / of('loops'), unit: 'x', aim: 3 },
  { what: 'one operation after another over plain loops', value: of('apart') / of('loops'), unit: 'x' },
  { what: 'the forward bound', value: of('bound'), unit: 's' },
  { what: 'the forward bound over plain loops', value: of('bound') / of('loops'), unit: 'x', aim: 8 },
  { what: 'the bound of the usual tile (32 for 38) over it', value: of('usual') / of('bound'), unit: 'x' },
]);
