// Compiles a cuda text to a cubin, warnings as errors, and reads what the assembler says of each kernel's resources.
// Invariant: an answer describes every kernel entry of the text, or says why there is no cubin. Nothing is run; no GPU is needed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { compilerMessages } from './cuda-build.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { RunError } from './run-error.js';
import { removeScratch, scratchFolder } from './run-scratch.js';
import { runTool } from './run-tool.js';

export type KernelResources = {
  /** The symbol, mangled unless the text says extern "C". */
  readonly symbol: string;
  readonly registers: number;
  readonly spillStores: number;
  readonly spillLoads: number;
  readonly stackFrame: number;
  readonly staticShared: number;
  readonly barriers: number;
};

const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);

/** Reads `ptxas -v`: from each "Compiling entry function 'SYMBOL'" to the next. */
export const parseResources = (stderr: string): KernelResources[] =>
  stderr
    .split(/Compiling entry function '/)
    .slice(1)
    .map((part) => ({
      symbol: part.slice(0, part.indexOf("'")),
      registers: number(part, /Used (\d+) registers/),
      spillStores: number(part, /(\d+) bytes spill stores/),
      spillLoads: number(part, /(\d+) bytes spill loads/),
      stackFrame: number(part, /(\d+) bytes stack frame/),
      staticShared: number(part, /(\d+) bytes smem/),
      barriers: number(part, /used (\d+) barriers/),
    }));

/** The cubin check for one architecture, such as sm_80. */
export const checkNvcc = async (
  program: Pick<KernelProgram, 'entry' | 'text'>,
  arch: string,
): Promise<E.Either<RunError, KernelResources[]>> => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'text.cu'), program.text);
  const flags = ['-std=c++17', '-O3', `-arch=${arch}`, '-cubin', '-Werror', 'all-warnings', '-Xptxas', '-v'];
  const done = await runTool('nvcc', [...flags, 'text.cu', '-o', 'text.cubin'], folder);
  removeScratch(folder);
  if (E.isLeft(done)) return done;
  const { status, stderr } = done.right;
  const failed = (): RunError => ({ _tag: 'CompileFailed', entry: program.entry, messages: compilerMessages(stderr) });
  if (status !== 0) return E.left(failed());
  const resources = parseResources(stderr);
  return resources.length > 0 ? E.right(resources) : E.left(failed());
};
