// The library: check a proof, extract a kernel, run it. Invariant: typed results, nothing printed, no process exit; what fails is a
// value that says why in one readable text. It does not know the command line.
import { resolve } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type CheckExit, exitOf } from './cli/check.js';
import { evaluateDefinitionOf } from './cli/definition.js';
import { type InputArray, type Inputs, type OutputArray, compare, launch } from './cli/launch.js';
import { launchMessage } from './cli/run.js';
import { Refused } from './cli/output.js';
import { type Sources, loadSources, packageFolder, textSources } from './cli/project.js';
import { extractMessage } from './diagnostic/extract.js';
import { render, renderMessage } from './diagnostic/render.js';
import { type Extracted, extract as extractFrom } from './extract/extract.js';
import type { NumArray } from './numeric/evaluate.js';
import type { Target } from './numeric/program.js';
import type { Gpu } from './numeric/webgpu.js';
import { type Library, checkLibrary } from './script/check.js';
import type { SourceFile, TheoremReport } from './script/result.js';

export { openGpu } from './numeric/webgpu.js';
export { decodeNpy, encodeNpy } from './codec/npy.js';
export type { Extracted, Gpu, InputArray, Library, NumArray, OutputArray, SourceFile, Target, TheoremReport };

/** A failure with the text that the command line would print. */
export class WeftError extends Error {}

export interface Check {
  /** whether there is a theorem, and every one is proved */
  readonly ok: boolean;
  readonly exit: CheckExit;
  readonly theorems: readonly TheoremReport[];
  /** each diagnostic as text: place, code frame, expected and found, hint */
  readonly messages: readonly string[];
  /** for `extract` */
  readonly library: Library;
}

/** Where the library's own theorems/ and proofs/ are. */
export const libraryFolder = packageFolder;

const plain = { color: false } as const;

function checked(load: () => Sources): Check {
  const { statements, proofs } = said(load);
  const library = checkLibrary(statements, proofs);
  const texts = new Map([...statements, ...proofs].map((f) => [f.path, f.text]));
  const exit = exitOf(library);
  const messages = library.diagnostics.map((d) => render(d, texts.get(d.file), plain));
  return { ok: exit === 0, exit, theorems: library.theorems, messages, library };
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

/** Checks a project's folder (its theorems/ and proofs/, or the files named in it), with everything that it imports. */
export function check(folder: string = process.cwd(), files: readonly string[] = []): Check {
  return checked(() =>
    loadSources(
      folder,
      files.map((f) => resolve(folder, f)),
    ),
  );
}

/**
 * Checks texts in hand, at made-up paths such as theorems/mine.weft and proofs/mine.weft. They import each other, and the library
 * that ships with Weft as ../weft/theorems/… and ../weft/proofs/….
 */
export const checkTexts = (texts: readonly SourceFile[]): Check => checked(() => textSources(texts));

export interface ExtractOptions {
  readonly target: Target;
  /** tile sizes by axis */
  readonly tiles?: Readonly<Record<string, number>>;
  /** where the ragged tile of the streamed axis stands; default: first */
  readonly ragged?: 'first' | 'last';
}

/** The kernel of a proved stream. Throws a WeftError: no theorem, no kernel. */
export function extract(from: Check, name: string, options: ExtractOptions): Extracted {
  const tiles = new Map(Object.entries(options.tiles ?? {}));
  const found = extractFrom(from.library, name, options.target, { tiles, ragged: options.ragged ?? 'first' });
  if (E.isLeft(found)) throw new WeftError(renderMessage(extractMessage(found.left), plain));
  return found.right;
}

/** An array in C order; a number is a scalar. */
export type Input = InputArray | number;

export interface RunOptions {
  /** compare with the statement's left-hand side in float64 */
  readonly check?: boolean;
  /** an open GPU for many runs of a wgsl kernel (`openGpu`); its owner closes it */
  readonly gpu?: Gpu;
}

export interface Run {
  readonly outputs: readonly OutputArray[];
  readonly device: string;
  /** with `check`: within the bound where the ratio is at most 1 */
  readonly deviation: { readonly error: number; readonly bound: number; readonly ratio: number } | undefined;
}

const arraysOf = (inputs: Readonly<Record<string, Input>>): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([wire, x]) => [
      wire,
      typeof x === 'number' ? { shape: [], data: Float64Array.of(x) } : x,
    ]),
  );

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
  const arrays = arraysOf(inputs);
  const launched = await launch(kernel, arrays, options.gpu ? { gpu: options.gpu } : {});
  if (E.isLeft(launched)) throw new WeftError(renderMessage(launchMessage(launched.left), plain));
  const { outputs, device } = launched.right;
  if (!options.check) return { outputs, device, deviation: undefined };
  const off = compare(kernel, arrays, launched.right);
  if (E.isLeft(off)) throw new WeftError(renderMessage(launchMessage(off.left), plain));
  const { error, bound, ratio } = off.right;
  return { outputs, device, deviation: { error, bound, ratio } };
}
