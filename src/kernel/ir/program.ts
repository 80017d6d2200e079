// A kernel as data: its text and what a runner must know to launch it on one set of sizes.
// Invariant: a program is complete; a runner derives nothing from the text. It does not know which theorem, schedule or emitter the text came from.
//
// Conventions, by target. Buffers hold f32, in binding order. Every `read` buffer is an input, every `read_write` one an output,
// which the runner poisons before the launch; a kernel never relies on an output's old value.
//   wgsl  buffer i is `@group(0) @binding(i) var<storage, …>`. If `params` is non-empty, one more binding follows:
//         `var<uniform> params : Params`, a struct of u32 fields. `arrayLength` is not used: the runner binds guard words behind each buffer.
//   cuda  `extern "C" int ENTRY_launch(buffer 0, …, buffer n-1, const unsigned* params, void* stream)`; inputs are `const float*`, outputs
//         `float*`, both on the device; `params` is read on the host. It returns a cudaError as int. The launch itself is written
//             WEFT_LAUNCH(kernel, dim3(…), dim3(…), dynamicSharedBytes, stream, arguments…);
//         and dynamic shared memory `WEFT_DYNAMIC_SHARED(float, name);`. The text defines both for nvcc alone:
//             #ifdef __CUDACC__
//             #define WEFT_LAUNCH(kernel, grid, block, bytes, stream, ...) \
//               kernel<<<grid, block, bytes, static_cast<cudaStream_t>(stream)>>>(__VA_ARGS__)
//             #define WEFT_DYNAMIC_SHARED(type, name) extern __shared__ type name[]
//             #endif
//         and cpu_cuda.hpp defines them for a C++ compiler. The text needs no #include.
//   host  TypeScript whose only type annotations are those of the line
//             export function ENTRY(buffers: Float32Array[], params: Uint32Array): void {
//         so that it runs as JavaScript once that line is replaced by its unannotated form. It imports nothing.

export type Target = 'wgsl' | 'cuda' | 'host';

export type Access = 'read' | 'read_write';

export type BufferDecl = { readonly name: string; readonly access: Access; readonly elements: number };

export type Triple = readonly [x: number, y: number, z: number];

export type KernelProgram = {
  readonly target: Target;
  readonly entry: string;
  readonly text: string;
  readonly params: readonly string[];
  readonly buffers: readonly BufferDecl[];
  readonly workgroup: Triple;
  readonly grid: Triple;
  readonly paramValues: readonly number[];
};

export const inputsOf = (program: KernelProgram): readonly BufferDecl[] =>
  program.buffers.filter((b) => b.access === 'read');

export const outputsOf = (program: KernelProgram): readonly BufferDecl[] =>
  program.buffers.filter((b) => b.access === 'read_write');
