// Hand-written sample programs for the runners, the same two computations for every target: a scaled sum, and row sums through
// workgroup memory with barriers. They use no emitter: what is tested here is the runner alone.
import type { BufferDecl, KernelProgram, Target } from '../../../../src/kernel/ir/program.js';

const buffers = (...all: [name: string, elements: number][]): BufferDecl[] =>
  all.map(([name, elements], i) => ({ name, elements, access: i === all.length - 1 ? 'read_write' : 'read' }));

const CUDA_PRELUDE = `#ifdef __CUDACC__
#define WEFT_LAUNCH(kernel, grid, block, bytes, stream, ...) \\
  kernel<<<grid, block, bytes, static_cast<cudaStream_t>(stream)>>>(__VA_ARGS__)
#define WEFT_DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif
`;

const SCALED_SUM: Record<Target, string> = {
  wgsl: `struct Params { n : u32 }
@group(0) @binding(0) var<storage, read> x : array<f32>;
@group(0) @binding(1) var<storage, read> y : array<f32>;
@group(0) @binding(2) var<storage, read_write> z : array<f32>;
@group(0) @binding(3) var<uniform> params : Params;

@compute @workgroup_size(64)
fn scaled_sum(@builtin(global_invocation_id) id : vec3u) {
  if (id.x < params.n) {
    z[id.x] = 2.5 * x[id.x] + y[id.x];
  }
}
`,
  cuda: `${CUDA_PRELUDE}
__global__ void __launch_bounds__(64) scaled_sum(const float* __restrict__ x, const float* __restrict__ y, float* __restrict__ z, unsigned n) {
  const unsigned i = blockIdx.x * 64u + threadIdx.x;
  if (i < n) {
    z[i] = 2.5f * x[i] + y[i];
  }
}

extern "C" int scaled_sum_launch(const float* x, const float* y, float* z, const unsigned* params, void* stream) {
  const unsigned n = params[0];
  WEFT_LAUNCH(scaled_sum, dim3((n + 63u) / 64u), dim3(64), 0, stream, x, y, z, n);
  return static_cast<int>(cudaGetLastError());
}
`,
  host: `export function scaled_sum(buffers: Float32Array[], params: Uint32Array): void {
  const [x, y, z] = buffers;
  const n = params[0];
  for (let i = 0; i < n; i++) {
    z[i] = Math.fround(Math.fround(2.5 * x[i]) + y[i]);
  }
}
`,
};

const ROW_SUM: Record<Target, string> = {
  wgsl: `struct Params { rows : u32, columns : u32 }
@group(0) @binding(0) var<storage, read> x : array<f32>;
@group(0) @binding(1) var<storage, read_write> sums : array<f32>;
@group(0) @binding(2) var<uniform> params : Params;
var<workgroup> part : array<f32, 32>;

@compute @workgroup_size(32)
fn row_sum(@builtin(workgroup_id) row : vec3u, @builtin(local_invocation_index) lane : u32) {
  var sum = 0.0;
  for (var c = lane; c < params.columns; c += 32u) {
    sum += x[row.x * params.columns + c];
  }
  part[lane] = sum;
  for (var half = 16u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      part[lane] += part[lane + half];
    }
  }
  if (lane == 0u) {
    sums[row.x] = part[0];
  }
}
`,
  cuda: `${CUDA_PRELUDE}
__global__ void __launch_bounds__(32) row_sum(const float* __restrict__ x, float* __restrict__ sums, unsigned columns) {
  __shared__ float part[32];
  const unsigned lane = threadIdx.x;
  float sum = 0.0f;
  for (unsigned c = lane; c < columns; c += 32u) {
    sum += x[blockIdx.x * columns + c];
  }
  part[lane] = sum;
  for (unsigned half = 16u; half > 0u; half /= 2u) {
    __syncthreads();
    if (lane < half) {
      part[lane] += part[lane + half];
    }
  }
  if (lane == 0u) {
    sums[blockIdx.x] = part[0];
  }
}

extern "C" int row_sum_launch(const float* x, float* sums, const unsigned* params, void* stream) {
  WEFT_LAUNCH(row_sum, dim3(params[0]), dim3(32), 0, stream, x, sums, params[1]);
  return static_cast<int>(cudaGetLastError());
}
`,
  host: `export function row_sum(buffers: Float32Array[], params: Uint32Array): void {
  const [x, sums] = buffers;
  const rows = params[0];
  const columns = params[1];
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      sum = Math.fround(sum + x[r * columns + c]);
    }
    sums[r] = sum;
  }
}
`,
};

export const scaledSum = (target: Target, n: number): KernelProgram => ({
  target,
  entry: 'scaled_sum',
  text: SCALED_SUM[target],
  params: ['n'],
  buffers: buffers(['x', n], ['y', n], ['z', n]),
  workgroup: [64, 1, 1],
  grid: [Math.ceil(n / 64), 1, 1],
  paramValues: [n],
});

export const rowSum = (target: Target, rows: number, columns: number): KernelProgram => ({
  target,
  entry: 'row_sum',
  text: ROW_SUM[target],
  params: ['rows', 'columns'],
  buffers: buffers(['x', rows * columns], ['sums', rows]),
  workgroup: [32, 1, 1],
  grid: [rows, 1, 1],
  paramValues: [rows, columns],
});

/** The program with its text changed; the change must apply. */
export const edit = (program: KernelProgram, from: string, to: string): KernelProgram => {
  if (!program.text.includes(from)) throw new Error(`the sample text has no ${from}`);
  return { ...program, text: program.text.replace(from, to) };
};

export const expectedScaledSum = (x: Float32Array, y: Float32Array): number[] => [...x].map((v, i) => 2.5 * v + y[i]!);

export const expectedRowSum = (x: Float32Array, columns: number): number[] =>
  Array.from({ length: x.length / columns }, (_, r) =>
    x.subarray(r * columns, (r + 1) * columns).reduce((a, b) => a + b, 0),
  );

const WARP_SUM = `${CUDA_PRELUDE}
__global__ void warp_sum(const float* __restrict__ x, float* __restrict__ sums) {
  WEFT_DYNAMIC_SHARED(float, part);
  const unsigned lane = threadIdx.x % 32u;
  float sum = x[blockIdx.x * 64u + threadIdx.x];
  for (unsigned step = 16u; step > 0u; step /= 2u) {
    sum += __shfl_xor_sync(0xffffffffu, sum, step);
  }
  if (lane == 0u) {
    part[threadIdx.x / 32u] = sum;
  }
  __syncthreads();
  if (threadIdx.x == 0u) {
    sums[blockIdx.x] = part[0] + part[1];
  }
}

extern "C" int warp_sum_launch(const float* x, float* sums, const unsigned* params, void* stream) {
  WEFT_LAUNCH(warp_sum, dim3(params[0]), dim3(64), 2 * sizeof(float), stream, x, sums);
  return static_cast<int>(cudaGetLastError());
}
`;

/** Sums of rows of 64 columns, by warp exchanges and dynamic shared memory; cuda only. */
export const warpSum = (rows: number): KernelProgram => ({
  target: 'cuda',
  entry: 'warp_sum',
  text: WARP_SUM,
  params: ['rows'],
  buffers: buffers(['x', rows * 64], ['sums', rows]),
  workgroup: [64, 1, 1],
  grid: [rows, 1, 1],
  paramValues: [rows],
});
