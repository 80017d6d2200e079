/**
 * A proved stream to a kernel: schedule, lower, validate, emit, with the header that says what must be known. Invariant: no theorem, no
 * kernel; what does not validate is not emitted; the output depends on the library and the options alone. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import * as core from '../core/index.js';
import { type CertificateError, certificates } from '../certificate/certificate.js';
import { axiomsOf } from '../script/axioms.js';
import type { StreamInfo } from '../elaborate/law.js';
import type { Emitted, Target } from '../emit/emit.js';
import type { MemoryError } from '../emit/memory.js';
import type { IrError } from '../ir/error.js';
import type { LowerError } from '../lower/scheduled.js';
import { showTerm } from '../diagnostic/show.js';
import type { Claim, Proved, Tilings } from '../schedule/claim.js';
import { type Options, type ScheduledTheorem, resultTile, roles, schedule } from '../schedule/schedule.js';
import type { Library } from '../script/check.js';
import type { Status } from '../script/result.js';
import { type TacticFact, must } from '../tactic/failure.js';
import { near } from '../elaborate/scope.js';
import { type Condition, conditions, orderFacts } from './domain.js';
import { type ExtractError as FileError, extractKernel } from './file.js';
import type { Certified, Provenance } from './header.js';

export type ExtractError =
  | { readonly _tag: 'NoStream'; readonly name: string; readonly candidates: readonly string[] }
  | { readonly _tag: 'NotProved'; readonly name: string; readonly status: Status | 'missing' }
  | { readonly _tag: 'Tile'; readonly axis: string; readonly size: number }
  | { readonly _tag: 'Each'; readonly axis: string; readonly each: number; readonly tile: number | undefined }
  | { readonly _tag: 'Whole'; readonly axis: string }
  | { readonly _tag: 'Schedule'; readonly name: string; readonly fact: TacticFact }
  | { readonly _tag: 'Certificate'; readonly name: string; readonly error: CertificateError }
  | { readonly _tag: 'Lower'; readonly name: string; readonly error: LowerError }
  | { readonly _tag: 'Invalid'; readonly name: string; readonly error: IrError }
  | { readonly _tag: 'Memory'; readonly name: string; readonly error: MemoryError };

export interface Extracted {
  readonly name: string;
  readonly target: Target;
  readonly info: StreamInfo;
  readonly theorem: ScheduledTheorem;
  readonly emitted: Emitted;
  readonly text: string;
  readonly domain: readonly Condition[];
}

/** Names of the general theorems that schedules instantiate. */
const tilingNames = { foldFirst: 'tiling', mergeFirst: 'merge-tiling', foldLast: 'tiling-last' } as const;

const maximumTile = 1024;

function provedLaw(library: Library, name: string): E.Either<ExtractError, Proved> {
  const law = library.statements.stated.get(name)?.law;
  const citable = library.proved.get(name);
  if (law && citable && says(citable.thm, law)) return E.right({ law, thm: citable.thm });
  const status = library.theorems.find((t) => t.name === name)?.status ?? 'missing';
  return E.left({ _tag: 'NotProved', name, status });
}

/** The theorem under a name is what the statement of that name says. */
function says(thm: core.Thm, law: Proved['law']): boolean {
  const sequent = core.sequent(thm);
  return E.isRight(sequent) && sequent.right.lhs === law.lhs && sequent.right.rhs === law.rhs;
}

function tilings(library: Library): E.Either<ExtractError, Tilings> {
  const found = Object.entries(tilingNames).map(([role, name]) => [role, provedLaw(library, name)] as const);
  for (const [, law] of found) if (E.isLeft(law)) return law;
  return E.right(
    Object.fromEntries(found.map(([role, law]) => [role, (law as E.Right<Proved>).right.thm])) as unknown as Tilings,
  );
}

/** A stream with its theorems; all that it states must be proved. */
export function claimOf(library: Library, name: string): E.Either<ExtractError, Claim> {
  const info = library.streams.get(name);
  if (!info) return E.left({ _tag: 'NoStream', name, candidates: near(name, [...library.streams.keys()]) });
  const laws = info.laws.map((l) => [l, provedLaw(library, l)] as const);
  for (const [, law] of laws) if (E.isLeft(law)) return law;
  const get = (suffix: string): Proved | undefined =>
    (laws.find(([l]) => l === name + suffix)?.[1] as E.Right<Proved> | undefined)?.right;
  return E.right({ info, main: get('')!.thm, foldable: get('.foldable'), mergeable: get('.mergeable') });
}

/** A share that is no share of its tile, or an axis that has no tile to be a multiple of. */
function misfit(claim: Claim, options: Options): ExtractError | undefined {
  for (const [axis, each] of options.each ?? []) {
    const tile = resultTile(claim, options, axis);
    if (tile === undefined || each < 1 || tile % each !== 0) return { _tag: 'Each', axis, each, tile };
  }
  const serial = [...roles(claim)].flatMap(([v, role]) => (role === 'serial' ? [v.name] : []));
  const axis = [...(options.whole ?? [])].find((a) => !serial.includes(a) || !options.tiles.has(a));
  return axis === undefined ? undefined : { _tag: 'Whole', axis };
}

/** A proved stream's theorem `spec = scheduled`. */
export function scheduleOf(library: Library, name: string, options: Options): E.Either<ExtractError, ScheduledTheorem> {
  for (const [axis, size] of options.tiles)
    if (!Number.isInteger(size) || size < 1 || size > maximumTile) return E.left({ _tag: 'Tile', axis, size });
  const claim = claimOf(library, name);
  if (E.isLeft(claim)) return claim;
  const wrong = misfit(claim.right, options);
  if (wrong) return E.left(wrong);
  const general = tilings(library);
  if (E.isLeft(general)) return general;
  const scheduled = schedule(claim.right, general.right, options);
  return E.isLeft(scheduled) ? E.left({ _tag: 'Schedule', name, fact: scheduled.left }) : scheduled;
}

/** The kernel of a proved stream. */
export function extract(
  library: Library,
  name: string,
  target: Target,
  options: Options,
): E.Either<ExtractError, Extracted> {
  const scheduled = scheduleOf(library, name, options);
  return E.isLeft(scheduled) ? scheduled : printed(library, scheduled.right, target);
}

function printed(library: Library, theorem: ScheduledTheorem, target: Target): E.Either<ExtractError, Extracted> {
  const { info } = theorem.claim;
  const domain = domainOf(library, theorem.claim);
  const certified = hashes(library, theorem);
  if (E.isLeft(certified)) return certified;
  const from = { ...provenance(library, info, theorem, domain), certificate: certified.right };
  const emitted = extractKernel(theorem.scheduled, target, from);
  if (E.isLeft(emitted)) return E.left(named(info.name, emitted.left));
  return E.right({ name: info.name, target, info, theorem, emitted: emitted.right, text: emitted.right.text, domain });
}

/** Of the scheduled theorem that the kernel computes a side of, and of the stream's own. */
function hashes(library: Library, theorem: ScheduledTheorem): E.Either<ExtractError, Certified> {
  const { name } = theorem.claim.info;
  const all = certificates(library);
  const [scheduled, stated] = [all.schedule(theorem), all.of(name)];
  if (E.isLeft(scheduled)) return E.left({ _tag: 'Certificate', name, error: scheduled.left });
  if (E.isLeft(stated)) return E.left({ _tag: 'Certificate', name, error: stated.left });
  return E.right({ scheduled: scheduled.right.hash, theorem: stated.right.hash });
}

function named(name: string, error: FileError): ExtractError {
  if (error._tag === 'LowerError') return { _tag: 'Lower', name, error };
  return error._tag === 'MemoryError' ? { _tag: 'Memory', name, error } : { _tag: 'Invalid', name, error };
}

function provenance(
  library: Library,
  info: StreamInfo,
  theorem: ScheduledTheorem,
  domain: readonly Condition[],
): Provenance {
  const reports = library.theorems.filter((t) => info.laws.includes(t.name));
  const spec = showTerm(info.spec, info.wires).map((l) => `  ${l}`);
  return {
    theorem: info.name,
    statement: spec.join(' '),
    axioms: [
      ...new Set([...(core.isThm(theorem.thm) ? axiomNames(theorem) : []), ...reports.flatMap((r) => r.axioms)]),
    ].sort(),
    domain: domain.map((c) => ({ condition: conditionText(c), proved: c.proved })),
  };
}

function axiomNames(theorem: ScheduledTheorem): readonly string[] {
  const found = axiomsOf(theorem.thm);
  return [...found.keys()];
}

const words: Readonly<Record<Condition['requires'], string>> = {
  positive: '> 0',
  'not negative': '>= 0',
  'not zero': 'is not 0',
};
const conditionText = (c: Condition): string => `${showTerm(c.argument, c.wires).join(' ')} ${words[c.requires]}`;

/** Conditions of the specification, of head and final, and of the loop's step. */
function domainOf(library: Library, { info, main }: Claim): readonly Condition[] {
  const evaluator = core.evaluator();
  const facts = orderFacts([...library.statements.axioms.values(), ...library.proved.values()], evaluator);
  const sides = core.sequent(main);
  const { lhs, rhs } = must(sides);
  const primed = info.state.map((s) => ({ ...s, name: `${s.name}'` }));
  const step = info.step && { term: info.step, wires: [...info.context, ...info.state, ...info.streamed] };
  const merge = info.merge && { term: info.merge, wires: [...info.state, ...primed] };
  const loop = step ?? merge;
  return conditions(
    [{ term: lhs, wires: info.wires }, { term: rhs, wires: info.wires }, ...(loop ? [loop] : [])],
    facts,
    evaluator,
  );
}
