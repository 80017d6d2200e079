/**
 * Headers of launchers, many in one program: compiled as C or as C++ without a warning, called with sizes, and what they returned. Invariant: a header is
 * included as it is, its names renamed around it; numbers that a call does not write are poison. It does not know what is right.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extracted } from '../../../src/kernel/extract/extract.js';
import { STATUS } from '../../../src/kernel/extract/launcher.js';
import { runTool } from '../../../src/run/device/run-tool.js';
import { get } from '../../support/ir/dsl.js';

export const POISON = 0xdeadbeef;
/** What the stand-in of a launcher returns where it was handed all that it should be. */
export const LAUNCHED = 7;

export interface Call {
  readonly kernel: number;
  readonly sizes: readonly number[];
}
export interface Answer {
  readonly code: number;
  /** with one number behind them */
  readonly params: readonly number[];
  /** what NAME_run returned */
  readonly ran: number;
}

/** The axes with sizes, in the order of the struct's fields. */
export const axesOf = ({ emitted }: Extracted): readonly string[] =>
  emitted.validated.kernel.uses.filter((u) => u._tag !== 'Lanes').map((u) => u.name);

/** One header between the definitions that rename what it declares, a launcher that looks at what it is handed, and a call by sizes. */
function part({ emitted }: Extracted, i: number): string {
  const { entry, arrays, params, validated } = emitted;
  const own = ['sizes', 'status', 'params', 'params_count', 'run', 'launch', ...Object.keys(STATUS)];
  const { inputs, uses } = validated.kernel;
  const fields = uses.filter((u) => u._tag !== 'Lanes');
  const typed = arrays.map((_, j) => `${j < inputs.length ? 'const ' : ''}float* a${j}`);
  const right = arrays.map((_, j) => ` && a${j} == place + ${j}`).join('');
  return `${own.map((n) => `#define ${entry}_${n} k${i}_${n}`).join('\n')}
#include "header_${i}.h"
#include "header_${i}.h"
${own.map((n) => `#undef ${entry}_${n}`).join('\n')}
int k${i}_launch(${[...typed, 'const unsigned* params', 'void* stream'].join(', ')}) {
  return params != 0 && stream == place${right} ? ${LAUNCHED} : 99;
}
static void call_${i}(const unsigned long long* s) {
  struct k${i}_sizes z = {${fields.map((_, j) => `s[${j}]`).join(', ') || '0'}};
  unsigned p[${params.length + 1}];
  int j, code, ran;
  (void)s;
  for (j = 0; j <= ${params.length}; ++j) p[j] = ${POISON}u;
  code = k${i}_params(&z, p);
  ran = k${i}_run(${arrays.map((_, j) => `place + ${j}`).join(', ')}, &z, place);
  printf("%d %d", code, ran);
  for (j = 0; j <= k${i}_params_count; ++j) printf(" %u", p[j]);
  printf("\\n");
}
`;
}

const driver = (kernels: readonly Extracted[]): string => `#include <stdio.h>
static float place[64];
${kernels.map(part).join('\n')}
int main(void) {
  int kernel, count, j;
  unsigned long long s[16];
  while (scanf("%d %d", &kernel, &count) == 2) {
    for (j = 0; j < count; ++j)
      if (scanf("%llu", &s[j]) != 1) return 1;
    switch (kernel) {
${kernels.map((_, i) => `      case ${i}: call_${i}(s); break;`).join('\n')}
      default: return 1;
    }
  }
  return 0;
}
`;

/** Compiles all headers as one program in the language; throws with what the compiler said. */
export async function compiled(
  kernels: readonly Extracted[],
  language: 'c' | 'c++',
  folder: string,
): Promise<(calls: readonly Call[]) => readonly Answer[]> {
  kernels.forEach((k, i) => writeFileSync(join(folder, `header_${i}.h`), k.header!));
  const [source, program] = [join(folder, `driver_${language}.txt`), join(folder, `driver_${language}`)];
  writeFileSync(source, driver(kernels));
  const flags = [`-std=${language}${language === 'c' ? '99' : '17'}`, '-Wall', '-Wextra', '-Werror', '-pedantic'];
  const done = get(await runTool('g++', [...flags, '-x', language, source, '-o', program], folder));
  if (done.status !== 0) throw new Error(done.stderr.slice(0, 4000));
  return (calls) => {
    const input = calls.map((c) => [c.kernel, c.sizes.length, ...c.sizes].join(' ')).join('\n');
    const ran = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const lines = ran.stdout.trimEnd().split('\n');
    if (ran.status !== 0 || lines.length !== calls.length) throw new Error(`${ran.status}: ${lines.length} answers`);
    return lines.map((l) => {
      const [code, answered, ...params] = l.split(' ').map(Number);
      return { code: code!, ran: answered!, params };
    });
  };
}
