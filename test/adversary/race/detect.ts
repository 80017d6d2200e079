// Emitted WGSL in wgsl_reflect's interpreter, all lanes of a block in lockstep between barriers: the accesses of two lanes to one word that no
// barrier orders, and the outputs. Invariant: a text that was not executed to its end is an error, never a clean result. It does not know
// what a kernel computes.
import { detectRaces } from 'wgsl_reflect/wgsl_reflect.module.js';
import { type KernelProgram, outputsOf } from '../../../src/kernel/ir/program.js';

export interface Detected {
  /** one line each, by array and the two lines of the text */
  readonly races: readonly string[];
  readonly errors: readonly string[];
  readonly outputs: readonly Float32Array[];
}

/** A barrier that opens a body, with what stands before it: spaces and comments. */
const FIRST = /\{((?:\s|\/\/.*\n)*)(?=workgroupBarrier\(\);)/g;

/**
 * As the interpreter can read it, every line in its place. Its parser takes `block` for a word of an older WGSL. Its scheduler enters a body and executes
 * the first statement in one step, and looks for barriers between steps alone: no lane would wait at a barrier that stands first, so a declaration
 * that nothing reads comes before it.
 */
const spelled = (text: string): string =>
  text.replace(/\bblock\b/g, 'group_id').replace(FIRST, '{$1let body_entered = 0u; ');

/** What the interpreter cannot go on from, such as a read far outside a buffer, ends it. */
function executed(run: () => ReturnType<typeof detectRaces>): ReturnType<typeof detectRaces> {
  try {
    return run();
  } catch (error) {
    return { races: [], errors: [`the interpreter stopped: ${String(error)}`] };
  }
}

export function detect(program: KernelProgram, inputs: readonly Float32Array[]): Detected {
  const left = [...inputs];
  const arrays = program.buffers.map((b) =>
    b.access === 'read' ? Float32Array.from(left.shift()!) : new Float32Array(b.elements).fill(NaN),
  );
  const params = program.params.length > 0 ? [{ uniform: Uint32Array.from(program.paramValues).buffer }] : [];
  const bindings = Object.fromEntries([...arrays.map((a) => a.buffer), ...params].map((b, i) => [`${i}`, b]));
  const found = executed(() => detectRaces(spelled(program.text), program.entry, [...program.grid], { '0': bindings }));
  const races = found.races.map(
    ({ bufferId, a, b }) =>
      `${bufferId}: ${[a, b]
        .map((x) => `${x.kind} ${x.line}`)
        .sort()
        .join(', ')}`,
  );
  const outputs = arrays.slice(arrays.length - outputsOf(program).length);
  const unwritten = outputs.some((o) => o.some(Number.isNaN)) ? ['an output element was not written'] : [];
  return { races: [...new Set(races)], errors: [...found.errors, ...unwritten], outputs };
}
