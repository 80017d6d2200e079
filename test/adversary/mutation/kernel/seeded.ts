// Seeds bugs in lowered kernels and asks validation, which runs nothing. A bug that it accepts is then run: one that computes the same numbers without
// a race is no bug, and one that does not is a hole. Invariant: every seeded bug is counted once, under one verdict.
import * as E from 'fp-ts/lib/Either.js';
import { type Target, emit } from '../../../../src/kernel/emit/emit.js';
import { program } from '../../../../src/kernel/extract/program.js';
import { type IrCode, attempt } from '../../../../src/kernel/validate/error.js';
import type { Kernel } from '../../../../src/kernel/ir/kernel.js';
import { checkMemory } from '../../../../src/kernel/validate/memory.js';
import { checkShares } from '../../../../src/kernel/validate/share.js';
import { type Validated, validate } from '../../../../src/kernel/validate/validate.js';
import { runHost } from '../../../../src/run/device/host.js';
import { type KernelProgram, inputsOf } from '../../../../src/kernel/ir/program.js';
import { get } from '../../../support/ir/dsl.js';
import { fitting, random } from '../../../support/ir/run.js';
import { detect } from '../../race/detect.js';
import { BUGS } from './bugs.js';
import { SHARE_BUGS } from './shares.js';
import { replaced, sites } from './site.js';
import type { Subject } from './subject.js';
import { type Mutant, wholeMutants } from './whole.js';

/** Every bug that can be seeded in a kernel. */
export function mutants(kernel: Kernel): readonly Mutant[] {
  const places = sites(kernel);
  const local = [...BUGS, ...SHARE_BUGS].flatMap(({ name, wrong }) =>
    places.flatMap((site) =>
      wrong(site.piece, site.scope, site).map((by) => ({ bug: name, kernel: replaced(kernel, site.path, by) })),
    ),
  );
  return [...local, ...wholeMutants(kernel)];
}

export type Verdict =
  | { readonly _tag: 'Refused'; readonly code: IrCode; readonly byMemory: boolean; readonly byShares: boolean }
  | { readonly _tag: 'SameText' }
  | { readonly _tag: 'SameNumbers' }
  | { readonly _tag: 'Hole'; readonly why: string };

export async function verdict(subject: Subject, mutant: Kernel, seed: number): Promise<Verdict> {
  const byMemory = E.isLeft(attempt(() => checkMemory(mutant)));
  const byShares = E.isLeft(attempt(() => checkShares(mutant)));
  const checked = validate(mutant, subject.scheduled.rhs);
  if (E.isLeft(checked)) return { _tag: 'Refused', code: checked.left.code, byMemory, byShares };
  if (byMemory) return { _tag: 'Hole', why: 'validation accepts what the memory check refuses' };
  const right = get(validate(subject.kernel, subject.scheduled.rhs));
  const targets = ['wgsl', 'cuda', 'host'] as const;
  const text = (v: Validated, target: Target): string => get(emit(target, v)).text;
  if (targets.every((t) => text(right, t) === text(checked.right, t))) return { _tag: 'SameText' };
  const why = await difference(right, checked.right, seed);
  return why === undefined ? { _tag: 'SameNumbers' } : { _tag: 'Hole', why };
}

/** How an accepted kernel differs from the right one when both are run: numbers on the host, races in the interpreter. */
async function difference(right: Validated, found: Validated, seed: number): Promise<string | undefined> {
  const next = random(seed);
  for (let run = 0; run < 4; run++) {
    const { uses } = right.kernel;
    const most = run === 0 ? 1 : 7;
    const sizes = fitting(uses, Object.fromEntries(uses.map((u) => [u.name, 1 + Math.floor(next() * most)])));
    const made = (v: Validated, target: Target): KernelProgram => get(program(get(emit(target, v)), sizes));
    const inputs = inputsOf(made(right, 'host')).map((b) =>
      Float32Array.from({ length: b.elements }, () => 0.25 + next()),
    );
    const [want, got] = [await runHost(made(right, 'host'), inputs), await runHost(made(found, 'host'), inputs)];
    if (E.isLeft(want) || E.isLeft(got)) return `does not run: ${JSON.stringify([want, got])}`;
    if (differs(want.right, got.right, 1e-5)) return `other numbers at ${JSON.stringify({ sizes, seed })}`;
    if (run > 1) continue;
    const { races, errors, outputs } = detect(made(found, 'wgsl'), inputs);
    if (races.length + errors.length > 0) return [...races, ...errors].join('; ');
    if (differs(want.right, outputs, 1e-3))
      return `other numbers in the interpreter at ${JSON.stringify({ sizes, seed })}`;
  }
  return undefined;
}

const differs = (want: readonly Float32Array[], found: readonly Float32Array[], most: number): boolean =>
  want.some((o, i) => o.some((x, j) => !(Math.abs(x - found[i]![j]!) <= most * (1 + Math.abs(x)))));

export interface Tally {
  /** by bug: how many were seeded, and how many validation refused */
  readonly bugs: Map<string, { seeded: number; refused: number }>;
  seeded: number;
  refused: number;
  byMemory: number;
  byShares: number;
  sameText: number;
  sameNumbers: number;
  /** survivors that compute the same, by bug */
  readonly same: Map<string, number>;
  readonly holes: string[];
}
export const emptyTally = (): Tally => ({
  bugs: new Map(),
  seeded: 0,
  refused: 0,
  byMemory: 0,
  byShares: 0,
  sameText: 0,
  sameNumbers: 0,
  same: new Map(),
  holes: [],
});

function count(tally: Tally, where: string, bug: string, v: Verdict): void {
  const row = tally.bugs.get(bug) ?? { seeded: 0, refused: 0 };
  tally.bugs.set(bug, row);
  row.seeded += 1;
  tally.seeded += 1;
  if (v._tag === 'Refused') {
    row.refused += 1;
    tally.refused += 1;
    if (v.byMemory) tally.byMemory += 1;
    if (v.byShares) tally.byShares += 1;
  } else if (v._tag === 'Hole') tally.holes.push(`${where}: ${bug}: ${v.why}`);
  else {
    tally[v._tag === 'SameText' ? 'sameText' : 'sameNumbers'] += 1;
    tally.same.set(bug, (tally.same.get(bug) ?? 0) + 1);
  }
}

/** Seeds this many bugs in a subject: of every kind one, in random order, then of every kind another. */
export async function seed(subject: Subject, howMany: number, start: number, tally: Tally): Promise<void> {
  const next = random(start);
  const kinds = new Map<string, Kernel[]>();
  for (const m of mutants(subject.kernel)) kinds.set(m.bug, [...(kinds.get(m.bug) ?? []), m.kernel]);
  const left = [...kinds].map(([bug, kernels]) => ({ bug, kernels, order: next() })).sort((a, b) => a.order - b.order);
  for (let i = 0; i < howMany && left.length > 0; i++) {
    const { bug, kernels } = left[i % left.length]!;
    const [kernel] = kernels.splice(Math.floor(next() * kernels.length), 1);
    if (kernel) count(tally, subject.name, bug, await verdict(subject, kernel, start + i));
  }
}
