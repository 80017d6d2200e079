// Runs the host target: the emitted TypeScript text as a module of its own, through a data: URL.
// Invariant: only the text of a KernelProgram is executed, never text from a file of the user. A data: module can import nothing by
// a relative path and shares nothing with this one but the arrays passed to it. It does not know how the text was emitted.
import * as E from 'fp-ts/lib/Either.js';
import { checkProgram, frameAll, GUARD, unframeAll } from './frame.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { RunError } from './run-error.js';

type Kernel = (buffers: Float32Array[], params: Uint32Array) => void;

const MARGIN = { front: 0, back: GUARD };

/** The host text as JavaScript: the one annotated line of the convention in program.ts, unannotated. */
export const stripSignature = (entry: string, text: string): string =>
  text.replace(
    new RegExp(`^export function ${entry}\\(buffers: Float32Array\\[\\], params: Uint32Array\\): void \\{`, 'm'),
    `export function ${entry}(buffers, params) {`,
  );

const load = async (program: KernelProgram): Promise<E.Either<RunError, Kernel>> => {
  const source = stripSignature(program.entry, program.text);
  const failed = (text: string): RunError => ({
    _tag: 'CompileFailed',
    entry: program.entry,
    messages: [{ line: 0, column: 0, text }],
  });
  try {
    const module: Record<string, unknown> = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    const kernel = module[program.entry];
    return typeof kernel === 'function' ? E.right(kernel as Kernel) : E.left(failed(`no export ${program.entry}`));
  } catch (error) {
    return E.left(failed(String(error)));
  }
};

/** An input that is not as it was, with its guard; the other targets have it read-only. */
function inputsChanged(
  program: KernelProgram,
  inputs: readonly Float32Array[],
  framed: readonly Uint32Array[],
): RunError | undefined {
  const before = frameAll(program, inputs, MARGIN);
  for (const [i, { name, access }] of program.buffers.entries()) {
    const words = framed[i]!;
    const firstIndex = access === 'read' ? words.findIndex((w, at) => w !== before[i]![at]) : -1;
    if (firstIndex < 0) continue;
    const count = words.reduce((n, w, at) => (w === before[i]![at] ? n : n + 1), 0);
    return { _tag: 'GuardTouched', buffer: name, count, firstIndex };
  }
  return undefined;
}

/** Runs a host program. Outputs are poisoned, and guarded behind their end; a write farther out is lost, as JavaScript has it. */
export const runHost = async (
  program: KernelProgram,
  inputs: readonly Float32Array[],
): Promise<E.Either<RunError, Float32Array[]>> => {
  const checked = checkProgram(program, 'host', inputs);
  if (E.isLeft(checked)) return checked;
  const kernel = await load(program);
  if (E.isLeft(kernel)) return kernel;
  const framed = frameAll(program, inputs, MARGIN);
  try {
    kernel.right(
      framed.map((words) => new Float32Array(words.buffer)),
      Uint32Array.from(program.paramValues),
    );
  } catch (error) {
    return E.left({ _tag: 'KernelThrew', detail: String(error) });
  }
  const changed = inputsChanged(program, inputs, framed);
  if (changed) return E.left(changed);
  return unframeAll(
    program,
    framed.filter((_, i) => program.buffers[i]!.access === 'read_write'),
    MARGIN,
  );
};
