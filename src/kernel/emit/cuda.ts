/**
 * The CUDA C++ table, the frame of a kernel and its launcher. Invariant: the text is C++17 and needs no include; it says how it is launched
 * with WEFT_LAUNCH, which it defines for nvcc alone. It knows the IR alone.
 */
import { type Kernel, blocksOf, gridDims, laneCount } from '../ir/kernel.js';
import { type Dialect, call, common, decimal, differs, equals, over } from './dialect.js';
import { alignedElements, memoryOf } from './memory.js';
import { type Grid, Printer, blockBindings, foldedBindings } from './print.js';
import type { Text } from './text.js';
import { constants, single } from './wgsl.js';

const type = { real: 'float', boolean: 'bool' } as const;
const boxes = (dims: readonly string[]): string => dims.map((d) => `[${d}]`).join('');

// prettier-ignore
export const cuda: Dialect = {
  target: 'cuda',
  integer:    (n) => `${n}u`,
  real:       (value) => decimal(value, 'f'),
  toReal:     call('static_cast<float>'),
  toInteger:  call('static_cast<unsigned>'),
  equal:      equals,
  operator:   common('1.0f', { exp: 'expf', log: 'logf', sqrt: 'sqrtf', max: 'fmaxf', min: 'fminf' }),
  quotient:   over,
  lesser:     call('weft_lesser'),
  truth:      differs('!=', '0.0f'),
  choose:     (condition, yes, no) => ({ text: `${condition.level < 2 ? `(${condition.text})` : condition.text} ? ${yes.level < 2 ? `(${yes.text})` : yes.text} : ${no.level < 2 ? `(${no.text})` : no.text}`, level: 0 }),
  isFirst:    (block) => ({ text: `${block} == 0u`, level: 3 }),
  intBinding: (name, value) => `const unsigned ${name} = ${value};`,
  letBinding: (name, kind, value) => `const ${type[kind]} ${name} = ${value};`,
  variable:   (name, kind, init) => `${type[kind]} ${name}${init === undefined ? '' : ` = ${init}`};`,
  array:      (name, kind, dims) => `${type[kind]} ${name}${boxes(dims)};`,
  loop:       (index, from, bound, by) => `for (unsigned ${index} = ${from}; ${index} < ${bound}; ${by === undefined ? `++${index}` : `${index} += ${by}`})`,
  unrolled:   (turns) => [`#pragma unroll${turns === undefined ? '' : ` ${turns}`}`],
  barrier:    ['__syncthreads();'],
  alone:      false,
};

const PRELUDE = [
  '#ifdef __CUDACC__',
  '#define WEFT_LAUNCH(kernel, grid, block, bytes, stream, ...) \\',
  '  kernel<<<grid, block, bytes, static_cast<cudaStream_t>(stream)>>>(__VA_ARGS__)',
  '#define WEFT_DYNAMIC_SHARED(type, name) extern __shared__ type name[]',
  '#endif',
];
/** How much an array of workgroup memory may be declared with; what is more, a launcher must ask for. */
const DECLARED = 48 * 1024;
const DYNAMIC_PRELUDE = [
  '#ifdef __CUDACC__',
  '#define WEFT_LAUNCH(kernel, grid, block, bytes, stream, ...) \\',
  '  cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes), \\',
  '  kernel<<<grid, block, bytes, static_cast<cudaStream_t>(stream)>>>(__VA_ARGS__)',
  '#define WEFT_DYNAMIC_SHARED(type, name) extern __shared__ __align__(16) type name[]',
  '#endif',
];
const LESSER = [
  '__device__ __forceinline__ unsigned weft_lesser(unsigned x, unsigned y) {',
  '  return x < y ? x : y;',
  '}',
];

/** A grid may be 2^31 - 1 blocks long in x, which no kernel's outputs are. */
const bindings = (p: Printer, numbered: Grid): string[] =>
  numbered === 'folded'
    ? foldedBindings(p, 'blockIdx.x')
    : blockBindings(p, ['blockIdx.x', 'blockIdx.y', 'blockIdx.z']);

export function printCuda(kernel: Kernel, numbered: Grid): Text {
  const p = new Printer(kernel, cuda);
  const body = p.lines(kernel.body, 1);
  const grid = bindings(p, numbered).map((l) => `  ${l}`);
  const lanes = laneCount(kernel);
  const used = (name: string): boolean => new RegExp(`\\b${name}\\b`).test([...grid, ...body].join('\n'));
  const counted = gridDims(kernel).flat();
  const params = p.params.filter((x) => used(x.name) || counted.some((u) => u.name === x.use && x.part !== 'rest'));
  const passed = params.filter((x) => used(x.name));
  const arrays = [
    ...kernel.inputs.map((a) => `const float* __restrict__ ${p.arrays.get(a.name)!}`),
    ...kernel.outputs.map((a) => `float* __restrict__ ${p.arrays.get(a.name)!}`),
  ];
  const bytes = memoryOf(kernel).workgroup;
  const isDynamic = bytes > DECLARED;
  const tiles = isDynamic ? carved(p) : shared(p);
  const lane =
    lanes > 1
      ? [`  const unsigned ${p.lane()} = threadIdx.x;`, ...p.laneIndices().map((l) => `  ${l}`)]
      : single(p, lanes);
  const text = [
    ...(isDynamic ? DYNAMIC_PRELUDE : PRELUDE),
    '',
    ...constants(p, (name, n) => `constexpr unsigned ${name} = ${n}u;`),
    ...(body.some((l) => l.includes('weft_lesser(')) ? [...LESSER, ''] : []),
    `__global__ void __launch_bounds__(${lanes}) ${p.entry}(`,
    `    ${[...arrays, ...passed.map((x) => `unsigned ${x.name}`)].join(',\n    ')}) {`,
    ...tiles,
    ...grid,
    ...lane,
    ...body,
    '}',
    '',
    ...launcher(p, params, passed, isDynamic ? bytes : 0, numbered),
  ];
  return { lines: text, entry: p.entry, params, arrays: [...p.arrays.values()] };
}

const shared = (p: Printer): string[] =>
  p.kernel.tiles.map(
    (t) =>
      `  __shared__ ${t.pad === undefined ? '' : '__align__(16) '}float ${p.tiles.get(t.name)!}${boxes(p.tileDims(t))};`,
  );

/** The tiles one after another in memory that the launcher asks for; each begins where four numbers do. */
function carved(p: Printer): string[] {
  let from = 0;
  const lines = p.kernel.tiles.map((t) => {
    const [, ...inner] = p.tileDims(t);
    const name = p.tiles.get(t.name)!;
    const start = `weft_shared + ${from}u`;
    from += alignedElements(t);
    if (inner.length === 0) return `  float* const ${name} = ${start};`;
    return `  float (* const ${name})${boxes(inner)} = reinterpret_cast<float (*)${boxes(inner)}>(${start});`;
  });
  return ['  WEFT_DYNAMIC_SHARED(float, weft_shared);', ...lines];
}

function gridOf(p: Printer, numbered: Grid): readonly string[] {
  if (numbered === 'folded') return [p.int(p.kernel.frame.folded.end).text];
  return gridDims(p.kernel).map((uses) =>
    uses.length === 0 ? '1u' : uses.map((u) => `(${p.int(blocksOf(u)).text})`).join(' * '),
  );
}

function launcher(p: Printer, params: Text['params'], passed: Text['params'], bytes: number, numbered: Grid): string[] {
  const { kernel } = p;
  const names = [...p.arrays.values()];
  const typed = names.map((n, i) => `${i < kernel.inputs.length ? 'const ' : ''}float* ${n}`);
  const blocks = gridOf(p, numbered);
  const needed = params.filter((x) => passed.includes(x) || blocks.some((b) => new RegExp(`\\b${x.name}\\b`).test(b)));
  return [
    `extern "C" int ${p.entry}_launch(${[...typed, 'const unsigned* params', 'void* stream'].join(', ')}) {`,
    ...(params.length === 0 ? ['  (void)params;'] : []),
    ...needed.map((x) => `  const unsigned ${x.name} = params[${params.indexOf(x)}];`),
    `  WEFT_LAUNCH(${p.entry}, dim3(${blocks.join(', ')}), dim3(${laneCount(kernel)}u), ${bytes}, stream, ${[...names, ...passed.map((x) => x.name)].join(', ')});`,
    '  return static_cast<int>(cudaGetLastError());',
    '}',
  ];
}
