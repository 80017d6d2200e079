// Buffers as a runner lays them out: guard words around the elements, outputs poisoned; and what is read back, judged.
// Invariant: `unframe` returns an output only if every element was written and no guard word was. It does not know where buffers live.
import * as E from 'fp-ts/lib/Either.js';
import { inputsOf, outputsOf, type KernelProgram, type Target } from '../../kernel/ir/program.js';
import type { ProgramFault, RunError } from './run-error.js';

/** Words before and behind a buffer. 64 words keep every usual alignment. */
export const GUARD = 64;
// Quiet NaNs with payloads that no arithmetic makes: a read outside a buffer, or before a write, spoils the result. Arithmetic hands
// payloads on, so what lies around an input must differ from what a later look at an output searches for.
export const POISON_BITS = 0x7fc5_a1f3;
export const GUARD_BITS = 0x7fe7_c0d9;
export const INPUT_GUARD_BITS = 0x7fd3_b5e1;

export type Margin = { readonly front: number; readonly back: number };

/** The words of one buffer: front guard, elements (the data, or poison), back guard. */
export const frame = (elements: number, data: Float32Array | undefined, margin: Margin): Uint32Array => {
  const words = new Uint32Array(margin.front + elements + margin.back).fill(
    data === undefined ? GUARD_BITS : INPUT_GUARD_BITS,
  );
  const inner = words.subarray(margin.front, margin.front + elements);
  if (data === undefined) inner.fill(POISON_BITS);
  else inner.set(new Uint32Array(data.buffer, data.byteOffset, data.length));
  return words;
};

const guardTouched = (words: Uint32Array, elements: number, margin: Margin) => {
  let count = 0;
  let firstIndex = 0;
  for (let i = 0; i < words.length; i++) {
    if (i === margin.front) i += elements;
    if (i < words.length && words[i] !== GUARD_BITS && count++ === 0) firstIndex = i - margin.front;
  }
  return { count, firstIndex };
};

const unwritten = (words: Uint32Array) => {
  let count = 0;
  let firstIndex = 0;
  for (let i = 0; i < words.length; i++) if (words[i] === POISON_BITS && count++ === 0) firstIndex = i;
  return { count, firstIndex };
};

/** The elements of one output, or why they are not to be believed. */
export const unframe = (
  buffer: string,
  words: Uint32Array,
  elements: number,
  margin: Margin,
): E.Either<RunError, Float32Array> => {
  const touched = guardTouched(words, elements, margin);
  if (touched.count > 0) return E.left({ _tag: 'GuardTouched', buffer, ...touched });
  const inner = words.slice(margin.front, margin.front + elements);
  const missing = unwritten(inner);
  if (missing.count > 0) return E.left({ _tag: 'Unwritten', buffer, ...missing });
  return E.right(new Float32Array(inner.buffer));
};

/** All outputs in binding order, or the first that is not to be believed. */
export const unframeAll = (
  program: KernelProgram,
  framed: readonly Uint32Array[],
  margin: Margin,
): E.Either<RunError, Float32Array[]> => {
  const results: Float32Array[] = [];
  for (const [i, out] of outputsOf(program).entries()) {
    const one = unframe(out.name, framed[i]!, out.elements, margin);
    if (E.isLeft(one)) return one;
    results.push(one.right);
  }
  return E.right(results);
};

const U32_MAX = 0xffff_ffff;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

const shapeFault = (program: KernelProgram, target: Target): ProgramFault | undefined => {
  if (program.target !== target) return { _tag: 'WrongTarget', expected: target, found: program.target };
  if (!NAME.test(program.entry)) return { _tag: 'BadName', name: program.entry };
  const empty = program.buffers.find((b) => !Number.isSafeInteger(b.elements) || b.elements < 1);
  if (empty !== undefined) return { _tag: 'EmptyBuffer', buffer: empty.name, elements: empty.elements };
  if (outputsOf(program).length === 0) return { _tag: 'NoOutput' };
  const { params, paramValues } = program;
  if (params.length !== paramValues.length)
    return { _tag: 'ParamCount', expected: params.length, found: paramValues.length };
  const bad = paramValues.findIndex((v) => !Number.isInteger(v) || v < 0 || v > U32_MAX);
  return bad < 0 ? undefined : { _tag: 'ParamValue', param: params[bad]!, value: paramValues[bad]! };
};

const inputFault = (program: KernelProgram, inputs: readonly Float32Array[]): ProgramFault | undefined => {
  const wanted = inputsOf(program);
  if (wanted.length !== inputs.length) return { _tag: 'InputCount', expected: wanted.length, found: inputs.length };
  const bad = wanted.findIndex((b, i) => b.elements !== inputs[i]!.length);
  if (bad < 0) return undefined;
  const { name: buffer, elements: expected } = wanted[bad]!;
  return { _tag: 'InputLength', buffer, expected, found: inputs[bad]!.length };
};

/** Whether a program is complete and of this target, and the inputs fit it. */
export const checkProgram = (
  program: KernelProgram,
  target: Target,
  inputs: readonly Float32Array[],
): E.Either<RunError, void> => {
  const fault = shapeFault(program, target) ?? inputFault(program, inputs);
  return fault === undefined ? E.right(undefined) : E.left({ _tag: 'BadProgram', entry: program.entry, fault });
};

/** Every buffer of a program, framed in binding order. */
export const frameAll = (program: KernelProgram, inputs: readonly Float32Array[], margin: Margin): Uint32Array[] => {
  let next = 0;
  return program.buffers.map((b) => frame(b.elements, b.access === 'read' ? inputs[next++] : undefined, margin));
};
