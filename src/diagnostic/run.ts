/** What can go wrong with arrays, kernels and devices, in words. Invariant: total over the unions of codec/ and numeric/. Knows no files. */
import type { NpyError } from '../run/npy/npy.js';
import type { EvaluateError } from '../run/reference/evaluate.js';
import type { CompileMessage, ProgramFault, RunError } from '../run/device/run-error.js';
import { showVariable } from '../language/print/algebra.js';
import { clean, plural, quoted, shortened } from '../language/print/clean.js';
import { type Message, expectedFound, message } from './message.js';

const shape = (s: readonly number[]): string => `(${s.join(', ')}${s.length === 1 ? ',' : ''})`;
type Of<U extends { readonly _tag: string }, Tag extends U['_tag']> = Extract<U, { readonly _tag: Tag }>;
type Table<U extends { readonly _tag: string }> = { readonly [Tag in U['_tag']]: (fact: Of<U, Tag>) => Message };

const save = 'save it again with numpy.save, as float32 or float64 in C order';

const npy: Table<NpyError> = {
  BadMagic: () => message('this is not an .npy file', save),
  BadVersion: (e) => message(`version ${e.major}.${e.minor} of .npy is not known`, save),
  BrokenHeader: (e) => message(`the .npy header is broken: ${clean(e.detail)}`, save),
  FortranOrder: () => message('the array is in Fortran order', 'save numpy.ascontiguousarray(x) instead'),
  UnsupportedDtype: (e) =>
    message(
      'the type of its elements is not supported',
      'convert it: x.astype(numpy.float32)',
      expectedFound('float32, float64, float16, integers or booleans', shortened(e.dtype, 40)),
    ),
  BadSize: (e) =>
    message(
      e.why === 'negative'
        ? `an axis has the negative size ${shortened(e.size, 40)}`
        : `an axis has the size ${shortened(e.size, 40)}, which is not a whole number`,
      save,
    ),
  NotExact: (e) =>
    message(
      `the integer ${shortened(e.value, 40)}, element ${e.index} of the array, has no float32 of its own`,
      'kernels compute in float32: scale the integers, or round them yourself with x.astype(numpy.float32)',
    ),
  ZeroSize: (e) =>
    message(`an axis of ${shape(e.shape)} has size 0`, 'data axes are non-empty: leave out the empty array'),
  TooLarge: (e) => message(`an array of shape ${shape(e.shape)} is too large`, 'run it in parts along a leading axis'),
  TruncatedData: (e) =>
    message(
      'the file ends before its data does',
      save,
      expectedFound(`${e.expected} bytes of data`, `${e.found} bytes`),
    ),
  TrailingBytes: (e) =>
    message(
      'there is more in the file than its shape says',
      save,
      expectedFound(`${e.expected} bytes of data`, e.found === undefined ? 'more' : `${e.found} bytes`),
    ),
};
export const npyMessage = (e: NpyError): Message => (npy[e._tag] as (e: NpyError) => Message)(e);

const report = 'this is a bug of Weft: please report it with the kernel';

const faults: Table<ProgramFault> = {
  WrongTarget: (f) => message('the kernel is for another target', report, expectedFound(f.expected, f.found)),
  InputCount: (f) =>
    message(
      'the kernel takes another number of inputs',
      report,
      expectedFound(plural(f.expected, 'input'), plural(f.found, 'input')),
    ),
  InputLength: (f) =>
    message(
      `the input ${quoted(f.buffer)} has another length`,
      'give every array the shape that its wire declares',
      expectedFound(plural(f.expected, 'element'), plural(f.found, 'element')),
    ),
  ParamCount: (f) =>
    message('the kernel takes another number of sizes', report, expectedFound(String(f.expected), String(f.found))),
  ParamValue: (f) => message(`the size ${quoted(f.param)} cannot be ${f.value}`, 'sizes are whole numbers below 2^32'),
  EmptyBuffer: (f) =>
    message(`the array ${quoted(f.buffer)} is empty`, 'data axes are non-empty: leave out the empty array'),
  BadName: (f) => message(`${quoted(f.name)} is no name for a kernel`, report),
  NoOutput: () => message('the kernel has no output', report),
  NotCompiled: (f) => message(`${quoted(f.entry)} was not compiled`, report),
};

const compiled = (messages: readonly CompileMessage[]): readonly string[] =>
  messages.slice(0, 5).map((m) => `${m.line > 0 ? `line ${m.line}: ` : ''}${shortened(m.text, 200)}`);
const cells = (count: number, first: number): string => `${plural(count, 'element')}, the first at ${first}`;

const runs: Table<RunError> = {
  BadProgram: (e) => (faults[e.fault._tag] as (f: ProgramFault) => Message)(e.fault),
  PackageMissing: (e) =>
    message(
      `the package ${quoted(e.package)} is not installed`,
      `npm install ${clean(e.package)}, or choose --target host`,
      [shortened(e.detail, 160)],
    ),
  ToolMissing: (e) =>
    message(
      `${quoted(e.tool)} is not on the path`,
      `install it (Debian: ${clean(e.debianPackage)}), or choose --target host`,
    ),
  NoAdapter: (e) =>
    message(
      'there is no WebGPU adapter',
      'install a Vulkan driver (Debian: mesa-vulkan-drivers) or the software one (npm install @sparticuz/chromium, Linux x64), or choose --target host',
      [shortened(e.detail, 160)],
    ),
  AdapterWrong: (e) =>
    message(`the adapter ${quoted(e.adapter)} computes wrongly`, 'update its driver, or choose --target host', [
      shortened(e.detail, 160),
    ]),
  NoNvidiaGpu: (e) =>
    message('there is no NVIDIA GPU', 'choose --target wgsl or --target host', [shortened(e.detail, 160)]),
  CompileFailed: (e) => message(`the kernel ${quoted(e.entry)} does not compile`, report, compiled(e.messages)),
  OverLimit: (e) =>
    message(
      `the device allows less ${clean(e.what)}`,
      /Binding|BufferSize/.test(e.what)
        ? 'run it in parts along a leading axis, or choose --target host'
        : 'choose smaller tiles with --tile, or divide the arrays',
      expectedFound(`at most ${e.limit}`, String(e.asked)),
    ),
  DeviceFault: (e) =>
    message('the device reports an error', 'try --target host, which needs no device', [shortened(e.detail, 400)]),
  KernelFault: (e) =>
    message(`a barrier is wrong: ${e.fault} in block ${e.block}, thread ${e.thread}, line ${e.line}`, report),
  KernelThrew: (e) => message('the kernel stopped', report, [shortened(e.detail, 200)]),
  Crashed: (e) => message(`the kernel crashed with ${clean(e.signal)}`, report, [shortened(e.detail, 400)]),
  TimedOut: (e) =>
    message(`the kernel was stopped after ${e.milliseconds / 1000} s`, 'run it on fewer rows, or on another target'),
  GuardTouched: (e) => message(`the kernel wrote outside ${quoted(e.buffer)}: ${cells(e.count, e.firstIndex)}`, report),
  Unwritten: (e) => message(`the kernel left ${quoted(e.buffer)} unwritten: ${cells(e.count, e.firstIndex)}`, report),
};
export const runMessage = (e: RunError): Message => (runs[e._tag] as (e: RunError) => Message)(e);

const evaluates: Table<EvaluateError> = {
  MissingSize: (e) =>
    message(`the size of ${quoted(showVariable(e.axis))} is not given`, 'every axis of the statement needs a size'),
  BadSize: (e) =>
    message(
      `the axis ${quoted(showVariable(e.axis))} cannot have size ${e.size}`,
      'sizes are whole numbers, and 1 or more unless the axis may be empty',
    ),
  MissingMorphism: (e) =>
    message(`the morphism variable ${quoted(e.morphism.name)} has no value`, 'give a function for it'),
  InputCount: (e) =>
    message(
      'the diagram takes another number of arrays',
      'give one array for each leaf',
      expectedFound(String(e.expected), String(e.found)),
    ),
  InputShape: (e) =>
    message(
      `array ${e.leaf + 1} has another shape`,
      'give every array the shape that its wire declares',
      expectedFound(shape(e.expected), shape(e.found)),
    ),
  MorphismShape: (e) =>
    message(
      `the function for ${quoted(e.morphism.name)} answers with other shapes`,
      'answer with the leaves of its codomain',
      [`expected  ${e.expected.map(shape).join(', ')}`],
    ),
};
export const evaluateMessage = (e: EvaluateError): Message => (evaluates[e._tag] as (e: EvaluateError) => Message)(e);
