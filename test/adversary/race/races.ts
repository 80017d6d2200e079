// The verdict on one kernel: no race as it is, the numbers of the host, and for each barrier taken away what the interpreter and the memory check say.
// Invariant: a barrier that can go without a race is one that the memory check can spare too, unless an axis may have no tile; and the other way round.
import * as E from 'fp-ts/lib/Either.js';
import { emit } from '../../../src/kernel/emit/emit.js';
import { program } from '../../../src/kernel/extract/program.js';
import { attempt } from '../../../src/kernel/validate/error.js';
import type { Kernel, Stmt } from '../../../src/kernel/ir/kernel.js';
import { checkMemory } from '../../../src/kernel/validate/memory.js';
import type { Validated } from '../../../src/kernel/validate/validate.js';
import { runHost } from '../../../src/run/device/host.js';
import type { KernelProgram } from '../../../src/kernel/ir/program.js';
import { get } from '../../support/ir/dsl.js';
import { type Detected, detect } from './detect.js';
import { barriers, withoutBarrier } from './texts.js';

export interface Trial {
  readonly name: string;
  readonly checked: Validated;
  readonly sizes: Readonly<Record<string, number>>;
  readonly program: KernelProgram;
  readonly inputs: readonly Float32Array[];
  /** the file of kernels/ is not what the library gives */
  readonly stale?: boolean;
}

export interface Found {
  /** pairs of accesses that nothing orders, in the kernel as it is; nothing where it was not executed to its end */
  readonly races?: number;
  readonly barriers: number;
  /** barriers whose removal is a race */
  readonly seen: number;
  /** barriers that nothing needs: nothing was read or filled before */
  readonly spare: number;
  /** barriers that are needed only where an axis has no tile */
  readonly empty: number;
  readonly failures: readonly string[];
}

/** The IR without its n-th barrier, in the order of the text. */
function spared(kernel: Kernel, n: number): Kernel {
  let seen = 0;
  const go = (body: readonly Stmt[]): readonly Stmt[] =>
    body.flatMap((s): readonly Stmt[] => {
      if (s._tag === 'Barrier') return seen++ === n ? [] : [s];
      return 'body' in s ? [{ ...s, body: go(s.body) }] : [s];
    });
  return { ...kernel, body: go(kernel.body) };
}

const faults = ({ races, errors }: Detected): readonly string[] => [...races, ...errors];

/** The interpreter executed the kernel: its numbers are those of the host text, in float32. */
async function sameNumbers(t: Trial, found: Detected): Promise<boolean> {
  const host = get(program(get(emit('host', t.checked)), t.sizes));
  const want = get(await runHost(host, t.inputs));
  const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-3 * (1 + Math.abs(x));
  return want.every(
    (o, i) => o.length === found.outputs[i]!.length && o.every((x, j) => near(x, found.outputs[i]![j]!)),
  );
}

/** An axis that is a multiple of its tile may have no tile: the memory check thinks of that, and no run has it. */
const mayBeEmpty = ({ kernel }: Validated): boolean => kernel.uses.some((u) => u._tag === 'Streamed' && !u.head);

export async function judge(t: Trial): Promise<Found> {
  if (t.stale)
    return { barriers: 0, seen: 0, spare: 0, empty: 0, failures: [`${t.name}: the file of kernels/ is out of date`] };
  const clean = detect(t.program, t.inputs);
  const failures = faults(clean).map((f) => `${t.name}: ${f}`);
  if (!(await sameNumbers(t, clean))) failures.push(`${t.name}: the interpreter computes something else`);
  const total = barriers(t.program.text);
  let [seen, spare, empty] = [0, 0, 0];
  for (let n = 0; n < total; n++) {
    const found = faults(detect({ ...t.program, text: withoutBarrier(t.program.text, n) }, t.inputs));
    const refused = E.isLeft(attempt(() => checkMemory(spared(t.checked.kernel, n))));
    if (found.length > 0) seen += 1;
    else if (refused && mayBeEmpty(t.checked)) empty += 1;
    else spare += 1;
    if (refused !== found.length > 0 && !(refused && mayBeEmpty(t.checked)))
      failures.push(
        `${t.name}: without barrier ${n}: interpreter [${found.join('; ')}], memory check refuses: ${refused}`,
      );
  }
  const ran = clean.errors.length === 0;
  return { ...(ran ? { races: clean.races.length } : {}), barriers: total, seen, spare, empty, failures };
}
