// Compiles cuda programs, unchanged, into one executable that serves them: with g++ over cpu_cuda.hpp, or with nvcc for a GPU.
// Invariant: each text is its own translation unit and namespace, and its two symbols are renamed by its number, so that programs of one name
// (one theorem at two tile sizes) live side by side. It does not run anything.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import type { KernelProgram } from '../../kernel/ir/program.js';
import type { CompileMessage, RunError } from './run-error.js';
import { runTool, type Tool } from './run-tool.js';

export type Build =
  { readonly _tag: 'Cpu'; readonly sanitize: boolean } | { readonly _tag: 'Device'; readonly arch: string };

type Command = { readonly tool: Tool; readonly args: readonly string[] };

const HEADERS = dirname(fileURLToPath(import.meta.url));

const command = (build: Build): Command => {
  switch (build._tag) {
    case 'Cpu': {
      const sanitize = build.sanitize
        ? ['-fsanitize=address', '-fsanitize-sections=weft_shared_*', '-fno-omit-frame-pointer', '-g1']
        : [];
      // no contraction, no fused operations: the arithmetic of the text and nothing else
      const flags = [
        '-std=c++17',
        '-O2',
        '-ffp-contract=off',
        '-U_FORTIFY_SOURCE',
        '-Wno-unknown-pragmas',
        '-I',
        HEADERS,
      ];
      return { tool: 'g++', args: [...flags, ...sanitize] };
    }
    case 'Device':
      return { tool: 'nvcc', args: ['-std=c++17', '-O3', `-arch=${build.arch}`, '-I', HEADERS] };
  }
};

const bufferArguments = (program: KernelProgram): string => program.buffers.map((_, i) => `buffers[${i}], `).join('');

// An #include of the text is repeated ahead of the namespace: inside, its guard then leaves it empty.
const includes = (text: string): string => (text.match(/^\s*#\s*include\s*<[^>]+>/gm) ?? []).join('\n');

/** The translation unit of program number i. */
const unit = (program: KernelProgram, i: number): string => `#ifndef __CUDACC__
#define WEFT_SHARED_SECTION "weft_shared_${i}"
extern char weft_shared_begin[] __asm__("__start_weft_shared_${i}") __attribute__((weak));
extern char weft_shared_end[] __asm__("__stop_weft_shared_${i}") __attribute__((weak));
#define WEFT_SHARED_BEGIN weft_shared_begin
#define WEFT_SHARED_END weft_shared_end
#include "cpu_cuda.hpp"
#endif
${includes(program.text)}
#define ${program.entry} weft_${i}_${program.entry}
#define ${program.entry}_launch weft_${i}_${program.entry}_launch
namespace weft_${i} {
#include "text_${i}.cu"
}
int weft_call_${i}(float* const* buffers, const unsigned* params) {
  return weft_${i}::${program.entry}_launch(${bufferArguments(program)}params, nullptr);
}
`;

const main = (count: number): string => {
  const names = Array.from({ length: count }, (_, i) => `weft_call_${i}`);
  return `#ifndef __CUDACC__
#define WEFT_SHARED_SECTION "weft_shared_none"
#include "cpu_cuda.hpp"
#endif
#include "cuda_driver.hpp"
${names.map((name) => `int ${name}(float* const* buffers, const unsigned* params);`).join('\n')}
static const weft_driver::Call calls[] = {${names.join(', ')}};
int main() { return weft_driver::serve(calls, ${count}); }
`;
};

/** A compiler's errors: g++ writes `FILE:LINE:COLUMN: error: TEXT`, nvcc `FILE(LINE): error: TEXT`. */
export const compilerMessages = (stderr: string): CompileMessage[] => {
  const pattern = /(?::(\d+):(\d+)|\((\d+)\)): (?:fatal )?error:? (.*)|^(?:nvcc|ptxas)\s.*(?:fatal|error)\s*: (.*)$/gm;
  const found = [...stderr.matchAll(pattern)].map(([, line, column, nvccLine, text, other]) => ({
    line: Number(line ?? nvccLine ?? 0),
    column: Number(column ?? 0),
    text: (text ?? other ?? '').trim(),
  }));
  return found.length > 0 ? found : [{ line: 0, column: 0, text: stderr.trim() }];
};

const compileUnit = async (
  folder: string,
  name: string,
  entry: string,
  { tool, args }: Command,
): Promise<E.Either<RunError, void>> => {
  const done = await runTool(tool, [...args, '-c', `${name}${extension(tool)}`, '-o', `${name}.o`], folder);
  if (E.isLeft(done)) return done;
  if (done.right.status === 0) return E.right(undefined);
  return E.left({ _tag: 'CompileFailed', entry, messages: compilerMessages(done.right.stderr) });
};

const extension = (tool: Tool): string => (tool === 'nvcc' ? '.cu' : '.cpp');

const JOBS = availableParallelism();

/** All jobs, one a processor at a time; the first failure in their order. */
const compileAll = async (
  jobs: readonly (() => Promise<E.Either<RunError, void>>)[],
): Promise<E.Either<RunError, void>> => {
  const results: E.Either<RunError, void>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < jobs.length; i = next++) results[i] = await jobs[i]!();
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  return results.find(E.isLeft) ?? E.right(undefined);
};

/** Compiles and links in the folder; the path of the executable. */
export const buildDriver = async (
  programs: readonly KernelProgram[],
  build: Build,
  folder: string,
): Promise<E.Either<RunError, string>> => {
  const compiler = command(build);
  const ext = extension(compiler.tool);
  writeFileSync(join(folder, `main${ext}`), main(programs.length));
  for (const [i, program] of programs.entries()) {
    writeFileSync(join(folder, `text_${i}.cu`), program.text);
    writeFileSync(join(folder, `unit_${i}${ext}`), unit(program, i));
  }
  const units = programs.map((p, i) => () => compileUnit(folder, `unit_${i}`, p.entry, compiler));
  const compiled = await compileAll([() => compileUnit(folder, 'main', 'main', compiler), ...units]);
  if (E.isLeft(compiled)) return compiled;
  const objects = ['main.o', ...programs.map((_, i) => `unit_${i}.o`)];
  const linked = await runTool(compiler.tool, [...compiler.args, ...objects, '-o', 'driver'], folder);
  if (E.isLeft(linked)) return linked;
  const messages = compilerMessages(linked.right.stderr);
  return linked.right.status === 0
    ? E.right(join(folder, 'driver'))
    : E.left({ _tag: 'CompileFailed', entry: 'main', messages });
};
