/**
 * Figures of the race check: kernels run in the interpreter, races found in them, barriers taken away and noticed; CUDA texts in several orders of their
 * threads. Invariant: counted in the run that prints them. It does not know how a race is found.
 */
import { filed, sample } from '../../target/kernels/names.js';
import type { Figure, Options, Part } from '../../report/trust/part.js';
import type { Cells } from '../../report/trust/row.js';
import { type Ordered, inOrders } from './orders.js';
import { type Found, type Trial, judge } from './races.js';
import { byHand, fromFile, fromSchedules, sharedByHand } from './trials.js';
import { fileNames } from './texts.js';

interface Judged extends Found {
  readonly trial: Trial;
  /** of kernels/ */
  readonly file: boolean;
}

/** Every file and every term made by hand; or two files and one term. */
async function judged({ full, seed }: Options): Promise<readonly Judged[]> {
  const terms = [...byHand(seed), ...(full ? sharedByHand(seed) : [])];
  const made = [
    ...(full ? fileNames() : sample(seed)).map((n) => ({ file: true, trial: fromFile(n, seed) })),
    ...(full ? fromSchedules(seed) : []).map((make) => ({ file: true, trial: make() })),
    ...(full ? terms : [terms[seed % terms.length]!]).map((make) => ({ file: false, trial: make() })),
  ];
  const found: Judged[] = [];
  for (const m of made) found.push({ ...m, ...(await judge(m.trial)) });
  return found;
}

/** A text of WGSL is what both of its implementations run. */
const cells = (all: readonly Judged[], ordered: readonly Ordered[]): readonly Cells[] => [
  ...all
    .filter((f) => f.file && filed().includes(f.trial.name))
    .flatMap(({ trial, races }) =>
      (['wgsl, Dawn', 'wgsl, wgpu'] as const).map((target): Cells => ({ kernel: trial.name, target, races })),
    ),
  ...ordered.map(({ name, races }): Cells => ({ kernel: name, target: 'cuda, CPU', races })),
];

function failuresOf(all: readonly Judged[], ordered: readonly Ordered[]): readonly string[] {
  const needed = new Set(all.filter((f) => f.seen > 0).map((f) => f.trial.name));
  return [
    ...all.flatMap((f) => f.failures),
    ...ordered.flatMap(({ name, races, noticed }) => [
      ...(races === 0
        ? []
        : [`${name}: cuda: ${races ?? 'a run failed, no'} numbers change with the order of threads`]),
      ...(needed.has(name) && noticed !== true ? [`${name}: cuda: no order shows that its barriers are gone`] : []),
    ]),
  ];
}

export async function part(options: Options): Promise<Part> {
  const all = await judged(options);
  const ordered = options.full ? await inOrders(all.filter((f) => f.file).map((f) => f.trial)) : [];
  const failures = [...failuresOf(all, ordered)];
  const sum = (of: (f: Judged) => number): number => all.reduce((n, f) => n + of(f), 0);
  if (all.length === 0) failures.push('no kernel was checked for races');
  if (options.full && sum((f) => f.seen) === 0) failures.push('no missing barrier was noticed');
  const figures: readonly Figure[] = [
    { name: 'kernels run in the interpreter', value: all.length },
    { name: 'kernels that share memory', value: sum((f) => (f.barriers > 0 ? 1 : 0)) },
    { name: 'barriers taken away', value: sum((f) => f.barriers) },
    { name: 'of these, races seen', value: sum((f) => f.seen) },
    { name: 'of these, needed by nothing', value: sum((f) => f.spare) },
    { name: 'of these, needed where an axis has no tile', value: sum((f) => f.empty) },
    { name: 'cuda: kernels in several orders of threads', value: ordered.length },
    { name: 'cuda: without barriers', value: ordered.filter((o) => o.noticed !== undefined).length },
    { name: 'cuda: without barriers, seen', value: ordered.filter((o) => o.noticed === true).length },
  ];
  return {
    title: 'races in the emitted texts',
    figures,
    rows: cells(all, ordered),
    failures: failures.map((f) => `${f} (seed ${options.seed})`),
  };
}
