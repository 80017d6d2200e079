/**
 * A proved stream to a kernel: schedule, lower, validate, emit, with the header that says what must be known. Invariant: no theorem, no
 * kernel; what does not validate is not emitted; the output depends on the library and the options alone. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import * as core from '../../core/index.js';
import { axiomsUnder, foreign } from '../../proof/certificate/axiom.js';
import { type CertificateError, certificates, definitionName } from '../../proof/certificate/certificate.js';
import { axiomsOf } from '../../proof/script/axioms.js';
import type { Specified } from '../../language/elaborate/law.js';
import type { Binding } from '../../language/point/point.js';
import type { Emitted, Target } from '../emit/emit.js';
import { LIMITS, type MemoryError } from '../emit/memory.js';
import type { Grid } from '../emit/print.js';
import type { IrError } from '../validate/error.js';
import type { LowerError } from '../ir/scheduled.js';
import { clean } from '../../language/print/clean.js';
import { showTerm } from '../../language/print/show.js';
import { type Claim, type Proved, type Tilings, tilingNames } from '../schedule/claim.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import { type Defined, schedulePlain } from '../schedule/plain.js';
import { type LanesFault, lanesFault } from '../schedule/lanes.js';
import { type Options, type ScheduledTheorem, resultTile, roles, schedule } from '../schedule/schedule.js';
import type { Library } from '../../proof/script/check.js';
import type { Status } from '../../proof/script/result.js';
import type { TacticFact } from '../../proof/tactic/failure.js';
import { near } from '../../language/elaborate/scope.js';
import type { Unheld } from './constant.js';
import { type ConstantPlace, constantPlace } from './constant-place.js';
import type { Condition } from './domain.js';
import { domainOf } from './stream-domain.js';
import { type ExtractError as FileError, extractKernel } from './file.js';
import type { Certified, Provenance } from './header.js';
import { launcherHeader } from './launcher.js';
import { type SubjectError, subjectOf } from './subject.js';
import { isMet } from './vacuous.js';

export type { LanesFault };

export type ExtractError =
  | SubjectError
  | { readonly _tag: 'NotProved'; readonly name: string; readonly status: Status | 'missing' }
  | { readonly _tag: 'Tile'; readonly axis: string; readonly size: number }
  | { readonly _tag: 'TileAxis'; readonly axis: string; readonly name: string; readonly axes: readonly string[] }
  | { readonly _tag: 'PerLane'; readonly axis: string; readonly perLane: number; readonly tile: number | undefined }
  | { readonly _tag: 'Lanes'; readonly axis: string; readonly why: LanesFault }
  | { readonly _tag: 'Whole'; readonly axis: string }
  | { readonly _tag: 'Schedule'; readonly name: string; readonly fact: TacticFact }
  /** no inputs that are tried meet the conditions of its laws */
  | { readonly _tag: 'Vacuous'; readonly name: string; readonly conditions: readonly string[] }
  | { readonly _tag: 'Certificate'; readonly name: string; readonly error: CertificateError }
  | { readonly _tag: 'Lower'; readonly name: string; readonly error: LowerError }
  | { readonly _tag: 'Invalid'; readonly name: string; readonly error: IrError }
  | { readonly _tag: 'Memory'; readonly name: string; readonly error: MemoryError }
  | {
      readonly _tag: 'Constant';
      readonly name: string;
      readonly why: Unheld;
      readonly target: Target;
      /** with the text of its file */
      readonly place: (ConstantPlace & { readonly text: string }) | undefined;
    };

export interface Extracted {
  readonly name: string;
  readonly target: Target;
  readonly info: Specified;
  readonly theorem: ScheduledTheorem;
  readonly emitted: Emitted;
  readonly text: string;
  /** of a CUDA text its launcher as a C header, with the host's arithmetic */
  readonly header: string | undefined;
  readonly domain: readonly Condition[];
}

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

function tilings(library: Library, claim: Claim): E.Either<ExtractError, Tilings> {
  const found = Object.entries(tilingNames(claim.info)).map(
    ([role, name]) => [role, provedLaw(library, name)] as const,
  );
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
  return E.right({
    info,
    main: get('')!.thm,
    inherits: get('.inherits'),
    foldable: get('.foldable'),
    mergeable: get('.mergeable'),
    commutative: get('.commutative'),
    outputs: get('.outputs'),
  });
}

/** An axis that is none; a share that is no share of its tile; an axis that has no tile to be a multiple of. */
function misfit(claim: Claim, options: Options): ExtractError | undefined {
  const axes = [...[...roles(claim).keys()].map((v) => v.name), 'batch'];
  const unknown = [...options.tiles.keys()].find((axis) => !axes.includes(axis));
  if (unknown !== undefined) return { _tag: 'TileAxis', axis: unknown, name: claim.info.name, axes };
  for (const [axis, perLane] of options.perLane ?? []) {
    const tile = resultTile(claim, options, axis);
    if (tile === undefined || perLane < 1 || tile % perLane !== 0) return { _tag: 'PerLane', axis, perLane, tile };
  }
  for (const [axis, most] of options.lanes ?? []) {
    const why =
      most > 1 && options.ragged === 'last' ? ({ _tag: 'RaggedLast' } as const) : lanesFault(claim, axis, most);
    if (why) return { _tag: 'Lanes', axis, why };
  }
  const serial = [...roles(claim)].flatMap(([v, role]) => (role === 'serial' ? [v.name] : []));
  const axis = [...(options.whole ?? [])].find((a) => !serial.includes(a) || !options.tiles.has(a));
  return axis === undefined ? undefined : { _tag: 'Whole', axis };
}

/** The theorem `spec = scheduled` of a proved stream, or of a definition. */
export function scheduleOf(library: Library, name: string, options: Options): E.Either<ExtractError, ScheduledTheorem> {
  for (const [axis, size] of options.tiles)
    if (!Number.isInteger(size) || size < 1 || size > maximumTile) return E.left({ _tag: 'Tile', axis, size });
  const subject = subjectOf(library, name);
  if (E.isLeft(subject)) return subject;
  if (subject.right._tag === 'Stream') return scheduleStream(library, subject.right.name, options);
  return plainly(subject.right.defined, options);
}

function plainly(defined: Defined, options: Options): E.Either<ExtractError, ScheduledTheorem> {
  const [axis] = options.whole ?? [];
  if (axis !== undefined) return E.left({ _tag: 'Whole', axis });
  for (const axis of options.lanes?.keys() ?? []) return E.left({ _tag: 'Lanes', axis, why: { _tag: 'NotStreamed' } });
  for (const [shared, perLane] of options.perLane ?? [])
    return E.left({ _tag: 'PerLane', axis: shared, perLane, tile: undefined });
  const scheduled = schedulePlain(defined, options);
  return E.isLeft(scheduled) ? E.left({ _tag: 'Schedule', name: defined.name, fact: scheduled.left }) : scheduled;
}

const preconditionTexts = (info: Claim['info']): readonly string[] =>
  preconditionsOf(info).map((c) => inOneLine(c, info.wires));
const vacuous = ({ info }: Claim): ExtractError | undefined =>
  isMet(info) === 'never' ? { _tag: 'Vacuous', name: info.name, conditions: preconditionTexts(info) } : undefined;

function scheduleStream(library: Library, name: string, options: Options): E.Either<ExtractError, ScheduledTheorem> {
  const claim = claimOf(library, name);
  if (E.isLeft(claim)) return claim;
  const wrong = misfit(claim.right, options) ?? vacuous(claim.right);
  if (wrong) return E.left(wrong);
  const general = tilings(library, claim.right);
  if (E.isLeft(general)) return general;
  const scheduled = schedule(claim.right, general.right, options);
  return E.isLeft(scheduled) ? E.left({ _tag: 'Schedule', name, fact: scheduled.left }) : scheduled;
}

/**
 * The kernel of a proved stream, or of a definition; with `fold`, one number counts its blocks. Where nobody says how large the stream's tile is, it is
 * halved until the kernel fits the workgroup memory of every device, if it can: then it is the same for all targets.
 */
export function extract(
  library: Library,
  name: string,
  target: Target,
  options: Options & { readonly fold?: boolean },
): E.Either<ExtractError, Extracted> {
  let first: E.Either<ExtractError, Extracted> | undefined;
  for (let tiles = options.tiles; ;) {
    const scheduled = scheduleOf(library, name, { ...options, tiles });
    if (E.isLeft(scheduled)) return scheduled;
    const made = printed(library, scheduled.right, target, options.fold ? 'folded' : 'three');
    if (!isTooLarge(made)) return made;
    first ??= made;
    const axis = scheduled.right.claim?.info.axis.name;
    const size = axis === undefined || options.tiles.has(axis) ? 1 : (scheduled.right.tiles.get(axis) ?? 1);
    if (size === 1) return E.isRight(first) ? first : made;
    tiles = new Map([...options.tiles, [axis!, Math.floor(size / 2)]]);
  }
}
const isTooLarge = (made: E.Either<ExtractError, Extracted>): boolean =>
  E.isRight(made)
    ? made.right.emitted.memory.workgroup > LIMITS.wgsl.workgroup
    : made.left._tag === 'Memory' && made.left.error.level === 'workgroup';

function printed(
  library: Library,
  theorem: ScheduledTheorem,
  target: Target,
  grid: Grid,
): E.Either<ExtractError, Extracted> {
  const { info, claim } = theorem;
  const domain = domainOf(library, theorem);
  const certified = hashes(library, theorem);
  if (E.isLeft(certified)) return certified;
  const from = { ...provenance(library, theorem, domain), certificate: certified.right };
  const emitted = extractKernel(theorem.scheduled, target, from, LIMITS[target], grid);
  if (E.isLeft(emitted)) return E.left(named(library, info.name, target, emitted.left));
  const name = claim ? info.name : definitionName(info.name);
  const header = target === 'cuda' ? launcherHeader(emitted.right, certified.right) : undefined;
  return E.right({ name, target, info, theorem, emitted: emitted.right, text: emitted.right.text, header, domain });
}

/** Of the scheduled theorem that the kernel computes a side of, and of the stream's own. */
function hashes(library: Library, theorem: ScheduledTheorem): E.Either<ExtractError, Certified> {
  const { name } = theorem.info;
  const all = certificates(library);
  const scheduled = all.schedule(theorem);
  if (E.isLeft(scheduled)) return E.left({ _tag: 'Certificate', name, error: scheduled.left });
  if (!theorem.claim) return E.right({ scheduled: scheduled.right.hash, theorem: undefined });
  const stated = all.of(name);
  if (E.isLeft(stated)) return E.left({ _tag: 'Certificate', name, error: stated.left });
  return E.right({ scheduled: scheduled.right.hash, theorem: stated.right.hash });
}

function named(library: Library, name: string, target: Target, error: FileError): ExtractError {
  if (error._tag === 'ConstantError') {
    const { texts } = library.statements;
    const place = constantPlace(texts, name, error.why, target);
    const { why } = error;
    return { _tag: 'Constant', name, why, target, place: place && { ...place, text: texts.get(place.file) ?? '' } };
  }
  if (error._tag === 'LowerError') return { _tag: 'Lower', name, error };
  return error._tag === 'MemoryError' ? { _tag: 'Memory', name, error } : { _tag: 'Invalid', name, error };
}

function provenance(library: Library, theorem: ScheduledTheorem, domain: readonly Condition[]): Provenance {
  const { info, claim } = theorem;
  const laws = library.theorems.flatMap((t) => (claim?.info.laws.includes(t.name) ? t.axioms : []));
  const domainRests = domain.flatMap((c) => c.by);
  const rests = [...(core.isThm(theorem.thm) ? [theorem.thm] : []), ...domainRests].flatMap((t) => [
    ...axiomsOf(t).keys(),
  ]);
  const axioms = axiomsUnder(library, [...rests, ...laws]);
  const spec = inOneLine(info.spec, info.wires);
  return {
    theorem: info.name,
    ...(claim ? {} : { plain: true }),
    statement: `  ${spec}`,
    where: claim ? preconditionTexts(claim.info) : [],
    isSeenMet: !claim || isMet(claim.info) === 'met',
    axioms: axioms.filter((a) => a.library).map((a) => a.name),
    foreign: foreign(axioms).map((a) => `${a.name} of ${clean(a.file)}, ${a.hash}`),
    domain: domain.map((c) => ({ condition: conditionText(c), proved: c.proved })),
  };
}

// prettier-ignore
const words: Readonly<Record<Condition['requires'], string>> = { positive: '> 0', 'not negative': '>= 0', 'not zero': 'is not 0' };
const inOneLine = (term: core.Term, wires: readonly Binding[]): string =>
  showTerm(term, wires).map((l) => l.trim()).join(' '); // prettier-ignore
const conditionText = (c: Condition): string => `${inOneLine(c.argument, c.wires)} ${words[c.requires]}`;
