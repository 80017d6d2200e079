// Runs the cuda target: on the CPU through g++, or on an NVIDIA GPU through nvcc. Many programs, one process, many runs.
// Invariant: a result is returned only if the launch reported no error, every output element was written and no word around an output was.
// It does not know what a kernel computes. (The compile check for given architectures is in cuda-nvcc.ts.)
import { existsSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { buildDriver, type Build } from './cuda-build.js';
import { openDriver, type Answer, type DriverProcess } from './cuda-process.js';
import { checkProgram, frameAll, GUARD, unframeAll } from './frame.js';
import { outputsOf, type KernelProgram } from '../../kernel/ir/program.js';
import type { BarrierFault, RunError } from './run-error.js';
import { removeScratch, scratchFolder } from './run-scratch.js';
import { runTool } from './run-tool.js';

type Result<A> = Promise<E.Either<RunError, A>>;

export type CudaRunner = {
  /** The name of what it runs on. */
  readonly device: string;
  /** One of the programs that the runner was opened with, at any sizes. A seed permutes threads and blocks (CPU only; 0: in order). */
  readonly run: (program: KernelProgram, inputs: readonly Float32Array[], seed?: number) => Result<Float32Array[]>;
  readonly close: () => Promise<void>;
};

export type CudaCpuOptions = {
  /** Address sanitizer: an access outside a buffer or a shared array ends the run with `Crashed` and the sanitizer's report. Slower. */
  readonly sanitize?: boolean;
  readonly timeoutMs?: number;
};

export type CudaDeviceOptions = { readonly arch?: string; readonly timeoutMs?: number };

const MARGIN = { front: GUARD, back: GUARD };
const TEN_MINUTES = 600_000;

const FAULTS: readonly BarrierFault[] = [
  'barrier-missed',
  'barrier-divergent',
  'warp-divergent',
  'inactive-lane',
  'launch-configuration',
];

const keyOf = (program: KernelProgram): string => `${program.entry}\0${program.text}`;

const request = (
  kernel: number,
  seed: number,
  program: KernelProgram,
  inputs: readonly Float32Array[],
): Uint32Array[] => {
  const { buffers, paramValues } = program;
  const [low, high] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  const head = Uint32Array.of(
    kernel,
    low,
    high,
    MARGIN.front,
    MARGIN.back,
    paramValues.length,
    buffers.length,
    ...paramValues,
  );
  const framed = frameAll(program, inputs, MARGIN);
  const body = buffers.flatMap((b, i) => [Uint32Array.of(b.elements, b.access === 'read' ? 0 : 1), framed[i]!]);
  return [head, ...body];
};

const outputs = (program: KernelProgram, words: Uint32Array): Uint32Array[] => {
  let at = 0;
  return outputsOf(program).map((b) => words.subarray(at, (at += MARGIN.front + b.elements + MARGIN.back)));
};

const judge = (program: KernelProgram, { status, detail, words }: Answer): E.Either<RunError, Float32Array[]> => {
  const [a, block, thread, line] = detail as [number, number, number, number];
  if (status === 0) return unframeAll(program, outputs(program, words), MARGIN);
  if (status === 1) return E.left({ _tag: 'KernelFault', fault: FAULTS[a - 1]!, block, thread, line });
  const text = new TextDecoder().decode(words).trim();
  return E.left({ _tag: 'DeviceFault', detail: `CUDA error ${a}: ${text}` });
};

const runner = (
  programs: readonly KernelProgram[],
  device: string,
  driver: DriverProcess,
  folder: string,
): CudaRunner => {
  const numbers = new Map(programs.map((p, i) => [keyOf(p), i]));
  const run: CudaRunner['run'] = async (program, inputs, seed = 0) => {
    const checked = checkProgram(program, 'cuda', inputs);
    if (E.isLeft(checked)) return checked;
    const number = numbers.get(keyOf(program));
    const { entry } = program;
    if (number === undefined) return E.left({ _tag: 'BadProgram', entry, fault: { _tag: 'NotCompiled', entry } });
    const answer = await driver.ask(request(number, seed, program, inputs));
    return E.isLeft(answer) ? answer : judge(program, answer.right);
  };
  const close = async (): Promise<void> => {
    await driver.close();
    removeScratch(folder);
  };
  return { device, run, close };
};

const open = async (
  programs: readonly KernelProgram[],
  build: Build,
  device: string,
  environment: NodeJS.ProcessEnv,
  timeoutMs: number,
): Result<CudaRunner> => {
  const wrong = programs.find((p) => p.target !== 'cuda' || !/^[A-Za-z]\w*$/.test(p.entry));
  if (wrong !== undefined)
    return E.left({
      _tag: 'BadProgram',
      entry: wrong.entry,
      fault: { _tag: 'WrongTarget', expected: 'cuda', found: wrong.target },
    });
  const folder = scratchFolder();
  const built = await buildDriver(programs, build, folder);
  if (E.isRight(built))
    return E.right(runner(programs, device, openDriver(built.right, environment, timeoutMs), folder));
  removeScratch(folder);
  return built;
};

/** Compiles the programs with g++ and runs them on the CPU. */
export const openCudaCpu = (programs: readonly KernelProgram[], options: CudaCpuOptions = {}): Result<CudaRunner> =>
  open(
    programs,
    { _tag: 'Cpu', sanitize: options.sanitize ?? false },
    'the CPU',
    { ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=0:abort_on_error=1' },
    options.timeoutMs ?? TEN_MINUTES,
  );

export type NvidiaGpu = { readonly name: string; readonly arch: string };

const UNNAMED = 'an NVIDIA GPU';

/** The first NVIDIA GPU and its architecture, such as sm_90, or why there is none. */
export const findNvidiaGpu = async (): Result<NvidiaGpu> => {
  const asked = await runTool('nvidia-smi', ['--query-gpu=compute_cap,name', '--format=csv,noheader']);
  const answer = E.isRight(asked) && asked.right.status === 0 ? asked.right.stdout.trim() : '';
  const found = /^(\d+)\.(\d+), *(.+)/.exec(answer);
  if (found !== null) return E.right({ name: found[3]!.trim(), arch: `sm_${found[1]}${found[2]}` });
  if (existsSync('/dev/nvidia0')) return E.right({ name: UNNAMED, arch: 'native' });
  return E.left({ _tag: 'NoNvidiaGpu', detail: 'nvidia-smi names none, and there is no /dev/nvidia0' });
};

/** Compiles the programs with nvcc and runs them on the NVIDIA GPU of this machine. */
export const openCudaDevice = async (
  programs: readonly KernelProgram[],
  options: CudaDeviceOptions = {},
): Result<CudaRunner> => {
  const found = await findNvidiaGpu();
  const gpu =
    options.arch === undefined
      ? found
      : E.right({ name: E.isRight(found) ? found.right.name : UNNAMED, arch: options.arch });
  if (E.isLeft(gpu)) return gpu;
  const { name, arch } = gpu.right;
  return open(programs, { _tag: 'Device', arch }, name, {}, options.timeoutMs ?? TEN_MINUTES);
};
