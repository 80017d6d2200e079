// The library: check a proof, extract a kernel, run it. Invariant: typed results, nothing printed, no process exit; what fails is a
// value that says why in one readable text. It does not know the command line.
import { resolve } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import {
  type CheckExit,
  axiomRecord,
  checkSources,
  exitOf,
  filesOf,
  judged,
  partOf,
  reported,
  ownFirst,
} from './cli/check.js';
import { type PictureOptions, pictureOf } from './cli/draw.js';
import { elsewhere } from './cli/elsewhere.js';
import { evaluateDefinitionOf } from './run/launch/definition.js';
import { type ExtractOptions, demandCheckOptions, demandRunOptions, optionsOf } from './cli/options.js';
import { launch } from './run/launch/device.js';
import { type InputArray, type OutputArray, type Vanished, compare } from './run/launch/launch.js';
import { type Input, arraysOf } from './cli/inputs.js';
import { launchMessage } from './cli/launch-message.js';
import { Refused } from './diagnostic/refused.js';
import { groundOf, loadSources, namedFiles, packageFolder, textGround, textSources } from './project/project.js';
import { settingsOf } from './project/settings.js';
import { extractMessage } from './diagnostic/extract.js';
import { type DiagnosticRecord, recordOf, render, renderMessage } from './diagnostic/render.js';
import { type Extracted, extract as extractFrom } from './kernel/extract/extract.js';
import type { NumArray } from './run/reference/evaluate.js';
import { quoted } from './language/print/clean.js';
import type { Target } from './kernel/ir/program.js';
import type { Gpu } from './run/device/webgpu.js';
import { Adviser } from './proof/script/holes.js';
import { Illustrator } from './proof/refute/diagnose.js';
import type { Library } from './proof/script/check.js';
import type { SourceFile, TheoremReport } from './proof/script/result.js';
import { type Sources, normalised } from './proof/script/sources.js';
import { Workspace } from './proof/script/workspace.js';

export { costCodec } from './kernel/cost/report.js';
export { openGpu } from './run/device/webgpu.js';
export { decodeNpy, encodeNpy } from './run/npy/npy.js';
export type {
  DiagnosticRecord,
  Extracted,
  Gpu,
  InputArray,
  Library,
  NumArray,
  OutputArray,
  SourceFile,
  Target,
  TheoremReport,
  Vanished,
};

/** A failure with the text that the command line would print. */
export class WeftError extends Error {}

/** What is believed: `statement` is its text on one line, `hash` the SHA-256 of what it says; `library` where Weft ships it. */
export type Axiom = ReturnType<typeof axiomRecord>;

export interface CheckOptions {
  /** any axiom that does not ship with Weft is an error, and what rests on one is not proved */
  readonly axioms?: 'library';
  /**
   * names of theorems, streams and definitions (`def:NAME`): they are checked with all that they, and their kernels, rest on, and nothing else is; `ok` and `theorems` speak
   * of those, `messages` of the files that they lead to
   */
  readonly only?: readonly string[];
}

export interface Check {
  /** whether there is a theorem, and every one is proved */
  readonly ok: boolean;
  readonly exit: CheckExit;
  readonly theorems: readonly TheoremReport[];
  /** with `only`: the theorems of the files that were not checked */
  readonly unchecked: readonly string[];
  /** every axiom that the files state */
  readonly axioms: readonly Axiom[];
  /** each diagnostic as text: place, code frame, expected and found, numbers at which it is false, hint */
  readonly messages: readonly string[];
  /** the same as records, as `weft check --json` prints them; `counterexample` is null where none was found */
  readonly diagnostics: readonly DiagnosticRecord[];
  /** for `extract` */
  readonly library: Library;
}

/** Where the library's own theorems/ and proofs/ are. */
export const libraryFolder = packageFolder;

const plain = { color: false } as const;

function checked(load: () => Sources, allowed: () => CheckOptions['axioms'], only: CheckOptions['only']): Check {
  const all = said(load);
  return checkOf(all, checkSources(all, said(allowed), { only: only && partOf(only).only }), only);
}

function checkOf(all: Sources, library: Library, only: CheckOptions['only']): Check {
  const sources = only ? { ...all, asked: said(() => filesOf(library, all, only)) } : all;
  const texts = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f.text]));
  const { theorems, diagnostics: told, axioms } = reported(library, sources);
  const exit = exitOf({ theorems, diagnostics: told });
  const [found, find] = [ownFirst(told), elsewhere(() => namedFiles(sources))];
  const numbers = new Illustrator(library, texts);
  const adviser = new Adviser(library);
  const messages = found.map((d) => render(d, texts.get(d.file), plain, numbers.of(d), find(d.file), adviser.of(d)));
  const diagnostics = found.map((d) =>
    recordOf(d, texts.get(d.file) ?? '', numbers.of(d), find(d.file), adviser.of(d)),
  );
  const unchecked = [...library.statements.stated.keys()].filter((name) => library.only?.has(name) === false);
  return { ok: exit === 0, exit, theorems, unchecked, axioms: axioms.map(axiomRecord), messages, diagnostics, library };
}

/** A refusal of the command line's layer, as a WeftError. */
function said<A>(operation: () => A): A {
  try {
    return operation();
  } catch (error) {
    if (error instanceof Refused) throw new WeftError(renderMessage(error.said, plain));
    throw error;
  }
}

/**
 * Checks a project's folder (its theorems/ and proofs/), with everything that it imports, under its weft.json; where files are named, reports
 * on those and on what they lead to.
 */
export function check(
  folder: string = process.cwd(),
  files: readonly string[] = [],
  options: CheckOptions = {},
): Check {
  said(() => demandCheckOptions(options));
  const paths = files.map((f) => resolve(folder, f));
  return checked(
    () => loadSources(folder, paths),
    () => options.axioms ?? settingsOf(folder).axioms,
    options.only,
  );
}

/**
 * Checks texts in hand, at made-up paths such as theorems/mine.weft and proofs/mine.weft. They import each other, and the library
 * that ships with Weft as ../weft/theorems/… and ../weft/proofs/….
 */
export function checkTexts(texts: readonly SourceFile[], options: CheckOptions = {}): Check {
  said(() => demandCheckOptions(options));
  return checked(
    () => textSources(texts),
    () => options.axioms,
    options.only,
  );
}

/** A library that is edited: what an edit does not touch is not checked again (docs/explanation/workspace.md). */
export interface Editing {
  /** The library as it is now; the same object where nothing was edited since. Nothing of it is remembered from an earlier process. */
  readonly check: () => Check;
  /** A text in the place of a file's, by its path in the project; null takes the file away. */
  readonly edit: (path: string, text: string | null) => void;
  /** Back to the state before the last edit; false where there is none. */
  readonly undo: () => boolean;
  /** Files on the disk may have changed: the next check reads them again. Edits stay. */
  readonly refresh: () => void;
  /** Whether it holds so much that a new process should take its place: the core's tables keep every term. */
  readonly isFull: () => boolean;
}

/** A workspace over a project's folder, or over texts in hand. Throws a WeftError where a file cannot be read. */
export function openWorkspace(
  of: string | readonly SourceFile[] = process.cwd(),
  options: Pick<CheckOptions, 'axioms'> = {},
): Editing {
  said(() => demandCheckOptions(options));
  const folder = typeof of === 'string' ? of : undefined;
  const ground = said(() => (typeof of === 'string' ? groundOf(of, []) : textGround(of)));
  const allowed = options.axioms ?? (folder === undefined ? undefined : said(() => settingsOf(folder).axioms));
  const workspace = new Workspace(ground, { judge: (library) => judged(library, allowed) });
  let made: { readonly of: unknown; readonly check: Check } | undefined;
  return {
    check: () => {
      const now = said(() => workspace.check());
      if (made?.of !== now) made = { of: now, check: checkOf(now.sources, now.library, undefined) };
      return made.check;
    },
    edit: (path, text) => workspace.edit(pathOf(path), text),
    undo: () => workspace.undo(),
    refresh: () => workspace.refresh(),
    isFull: () => workspace.isFull,
  };
}

function pathOf(path: string): string {
  const at = normalised(path);
  if (at === undefined) throw new WeftError(`weft: ${quoted(path)} is no path of a project`);
  return at;
}

export type { ExtractOptions };

/** The kernel of a proved stream. Throws a WeftError: no theorem, no kernel; an option that there is not, or a value that it cannot have. */
export function extract(from: Check, name: string, options: ExtractOptions): Extracted {
  const { target, ...chosen } = said(() => optionsOf(options));
  const found = extractFrom(from.library, name, target, chosen);
  if (E.isLeft(found)) throw new WeftError(renderMessage(extractMessage(found.left), plain));
  return found.right;
}

/** A statement, a definition or the loop of a proved stream as a picture, as `weft draw` draws it. Throws a WeftError where there is none. */
export const draw = (from: Check, name: string, options: PictureOptions = {}): string =>
  said(() => pictureOf(from.library, name, options));
export type { PictureOptions };

export type { Input };

export interface RunOptions {
  /** compare with the statement's left-hand side in float64 */
  readonly check?: boolean;
  /** with `check`: also the error and the bound of each element */
  readonly elements?: boolean;
  /** an open GPU for many runs of a wgsl kernel (`openGpu`); its owner closes it */
  readonly gpu?: Gpu;
  /** sizes of axes that the arrays do not determine */
  readonly sizes?: Readonly<Record<string, number>>;
}

export interface Run {
  readonly outputs: readonly OutputArray[];
  readonly device: string;
  /**
   * with `check`: of the one element whose error is the largest share of its bound. What is judged is within its bound where the ratio is at most 1; NaN where
   * no element is judged
   */
  readonly deviation: { readonly error: number; readonly bound: number; readonly ratio: number } | undefined;
  /** with `check`: how many elements have no finite reference or bound; nothing is said of them */
  readonly unjudged: number | undefined;
  /** with `elements`: of each output, flat in C order; the bound of an element that is not judged is infinite */
  readonly elements: readonly { readonly error: Float64Array; readonly bound: Float64Array }[] | undefined;
  /** inputs some of whose numbers are not 0 and become 0 in f32, with their count and the first of them (flat) */
  readonly vanished: readonly Vanished[];
}

/** A definition of the library on arrays, by the float64 reference evaluator. Throws a WeftError where they do not fit. */
export const evaluateDefinition = (
  library: Library,
  name: string,
  inputs: Readonly<Record<string, Input>>,
): readonly NumArray[] => said(() => evaluateDefinitionOf(library, name, arraysOf(inputs)));

/** Runs a kernel on arrays. Throws a WeftError where the arrays do not fit, or the device fails. */
export async function run(
  kernel: Extracted,
  inputs: Readonly<Record<string, Input>>,
  options: RunOptions = {},
): Promise<Run> {
  said(() => demandRunOptions(options));
  const arrays = said(() => arraysOf(inputs));
  const launched = await launch(kernel, arrays, {
    ...(options.gpu ? { gpu: options.gpu } : {}),
    ...(options.sizes ? { sizes: options.sizes } : {}),
  });
  if (E.isLeft(launched)) throw new WeftError(renderMessage(launchMessage(launched.left), plain));
  const { outputs, device, vanished } = launched.right;
  const none = { deviation: undefined, unjudged: undefined, elements: undefined };
  if (!options.check) return { outputs, device, vanished, ...none };
  const each = outputs.map(({ data: { length } }) => ({
    error: new Float64Array(length),
    bound: new Float64Array(length),
  }));
  const off = compare(kernel, arrays, launched.right, ({ output, index }, error, bound) => {
    each[output]!.error[index] = error;
    each[output]!.bound[index] = bound;
  });
  if (E.isLeft(off)) throw new WeftError(renderMessage(launchMessage(off.left), plain));
  const { error, bound, ratio, judged, unjudged } = off.right;
  const deviation = judged > 0 ? { error, bound, ratio } : { error: NaN, bound: NaN, ratio: NaN };
  return { outputs, device, vanished, deviation, unjudged, elements: options.elements ? each : undefined };
}
