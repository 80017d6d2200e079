// The wrong phrases of the CUDA table, compiled and executed on the CPU; what passes, once more under the address sanitizer. Invariant: as tables.ts; a text that does not
// compile is caught. Texts are compiled a few at a time, since one that does not compile ends the build of all.
import * as E from 'fp-ts/lib/Either.js';
import { type CudaRunner, openCudaCpu } from '../../../../src/run/device/cuda.js';
import type { KernelProgram } from '../../../../src/kernel/ir/program.js';
import type { RunError } from '../../../../src/run/device/run-error.js';
import type { Prepared } from '../../../support/ir/run.js';
import { type Attempt, fails } from './tables.js';

const AT_ONCE = 6;

interface Text {
  readonly attempt: Attempt;
  readonly runs: readonly Prepared[];
}

/** Each text under a name of its own, so that a compiler's error says which. */
function named(attempt: Attempt, runs: readonly Prepared[], number: number): Text {
  const rename = (p: KernelProgram): KernelProgram => {
    const entry = `${p.entry}_${number}`;
    return { ...p, entry, text: p.text.replace(new RegExp(`\\b${p.entry}(_launch)?\\b`, 'g'), `${entry}$1`) };
  };
  return { attempt, runs: runs.map((p) => ({ ...p, program: rename(p.program) })) };
}

async function opened(texts: readonly Text[], sanitize: boolean): Promise<E.Either<RunError, CudaRunner>> {
  const programs = texts.map((t) => t.runs[0]!.program);
  return openCudaCpu(programs, { sanitize, timeoutMs: 3000 });
}

/** Those of a few texts that fail. */
async function failing(texts: readonly Text[], sanitize: boolean): Promise<readonly Attempt[]> {
  if (texts.length === 0) return [];
  const runner = await opened(texts, sanitize);
  if (E.isLeft(runner)) {
    const { left } = runner;
    const bad = left._tag === 'CompileFailed' ? texts.find((t) => t.runs[0]!.program.entry === left.entry) : undefined;
    if (!bad) throw new Error(JSON.stringify(left));
    return [
      bad.attempt,
      ...(await failing(
        texts.filter((t) => t !== bad),
        sanitize,
      )),
    ];
  }
  const found: Attempt[] = [];
  for (const t of texts) if (await fails(t.runs, runner.right.run)) found.push(t.attempt);
  await runner.right.close();
  return found;
}

/** Those that fail in the first kernel that they change, else in the next, else in the first under the sanitizer. */
export async function caughtByCuda(attempts: readonly Attempt[]): Promise<ReadonlySet<Attempt>> {
  const caught = new Set<Attempt>();
  for (const [kernel, sanitize] of [
    [0, false],
    [1, false],
    [0, true],
  ] as const) {
    const left = attempts.filter((a) => !caught.has(a) && a.runs.length > kernel);
    const texts = left.map((a, i) => named(a, a.runs[kernel]!, i));
    for (let i = 0; i < texts.length; i += AT_ONCE)
      for (const a of await failing(texts.slice(i, i + AT_ONCE), sanitize)) caught.add(a);
  }
  return caught;
}
