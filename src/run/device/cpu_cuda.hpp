// What the text of a CUDA kernel may use, for a C++ compiler: its vocabulary, over the fibers of cpu_fiber.hpp.
// Invariant: the text is compiled unchanged. It does not have every function of CUDA: one that is missing is a compile error.
// The including file defines WEFT_SHARED_SECTION (a string that names the linker section of this kernel's __shared__ variables) and
// WEFT_SHARED_BEGIN, WEFT_SHARED_END (its bounds).
#pragma once
#include <math.h>
#include "cpu_fiber.hpp"

#define __global__
#define __device__
#define __host__
#define __constant__ static
#define __forceinline__ inline
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))
#define __shared__ static __attribute__((section(WEFT_SHARED_SECTION)))
#define WEFT_DYNAMIC_SHARED(type, name) type* name = static_cast<type*>(weft_cpu::dynamic_shared)
#define WEFT_LAUNCH(kernel, grid, block, bytes, stream, ...)               \
  weft_cpu::launch(grid, block, bytes, WEFT_SHARED_BEGIN, WEFT_SHARED_END, \
                   [&] { (void)(stream); kernel(__VA_ARGS__); })

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

namespace weft_cpu {

template <class T>
uint32_t bits(T value) {
  static_assert(sizeof(T) == 4, "a warp exchanges 32-bit words");
  uint32_t word;
  memcpy(&word, &value, 4);
  return word;
}

template <class T>
T value_of(uint32_t word) {
  T value;
  memcpy(&value, &word, 4);
  return value;
}

/** Lane `source` of this lane's segment of `width` lanes, or this lane itself where that lies outside the segment. */
template <class T>
T shuffle(unsigned line, unsigned mask, T value, int source, unsigned width) {
  const unsigned lane = flat_thread() % warp_size, segment = lane / width * width;
  const bool inside = source >= static_cast<int>(segment) && source < static_cast<int>(segment + width);
  return value_of<T>(exchange(line, mask, inside ? static_cast<unsigned>(source) : lane, bits(value)));
}

inline int own_lane() { return static_cast<int>(flat_thread() % warp_size); }

/** The lanes of `mask` whose predicate holds: each lane reads every lane of the mask in turn. */
inline unsigned ballot(unsigned line, unsigned mask, bool predicate) {
  const unsigned warp = flat_thread() / warp_size;
  const unsigned present = lanes_of(warp, block_shape.x * block_shape.y * block_shape.z);
  unsigned result = 0;
  for (unsigned lane = 0; lane < warp_size; lane++)
    if (mask & present & (1u << lane)) result |= exchange(line, mask, lane, predicate ? 1u : 0u) << lane;
  return result;
}

}  // namespace weft_cpu

#define threadIdx (weft_cpu::current->thread)
#define blockIdx (weft_cpu::block_index)
#define blockDim (weft_cpu::block_shape)
#define gridDim (weft_cpu::grid_shape)
#define warpSize 32

// Macros, so that a wait knows its line. The last argument of a shuffle, the width, is optional.
#define __syncthreads() weft_cpu::barrier(__LINE__)
#define __syncwarp(...) ((void)weft_cpu::exchange(__LINE__, weft_mask(__VA_ARGS__), weft_cpu::own_lane(), 0))
#define __shfl_sync(mask, value, ...) weft_shfl(__LINE__, mask, value, __VA_ARGS__)
#define __shfl_xor_sync(mask, value, ...) weft_shfl_xor(__LINE__, mask, value, __VA_ARGS__)
#define __shfl_down_sync(mask, value, ...) weft_shfl_down(__LINE__, mask, value, __VA_ARGS__)
#define __shfl_up_sync(mask, value, ...) weft_shfl_up(__LINE__, mask, value, __VA_ARGS__)
#define __ballot_sync(mask, predicate) weft_cpu::ballot(__LINE__, mask, predicate)
#define __any_sync(mask, predicate) (weft_cpu::ballot(__LINE__, mask, predicate) != 0u)
#define __all_sync(mask, predicate) (weft_cpu::ballot(__LINE__, mask, !(predicate)) == 0u)

inline unsigned weft_mask(unsigned mask = ~0u) { return mask; }

template <class T>
T weft_shfl(unsigned line, unsigned mask, T value, int source, int width = 32) {
  const int lane = weft_cpu::own_lane();
  return weft_cpu::shuffle(line, mask, value, lane / width * width + (source & (width - 1)), width);
}

template <class T>
T weft_shfl_xor(unsigned line, unsigned mask, T value, int flip, int width = 32) {
  return weft_cpu::shuffle(line, mask, value, weft_cpu::own_lane() ^ flip, width);
}

template <class T>
T weft_shfl_down(unsigned line, unsigned mask, T value, unsigned delta, int width = 32) {
  return weft_cpu::shuffle(line, mask, value, weft_cpu::own_lane() + static_cast<int>(delta), width);
}

template <class T>
T weft_shfl_up(unsigned line, unsigned mask, T value, unsigned delta, int width = 32) {
  return weft_cpu::shuffle(line, mask, value, weft_cpu::own_lane() - static_cast<int>(delta), width);
}

using cudaError_t = int;
using cudaStream_t = void*;
enum { cudaSuccess = 0, cudaErrorInvalidValue = 1, cudaErrorLaunchFailure = 719 };
enum { cudaFuncAttributeMaxDynamicSharedMemorySize = 8 };
inline cudaError_t cudaGetLastError() {
  return weft_cpu::report.fault == weft_cpu::no_fault ? cudaSuccess : cudaErrorLaunchFailure;
}
template <class Kernel>
cudaError_t cudaFuncSetAttribute(Kernel*, int, size_t bytes) {
  return bytes <= weft_cpu::max_shared ? cudaSuccess : cudaErrorInvalidValue;
}

inline int min(int a, int b) { return a < b ? a : b; }
inline int max(int a, int b) { return a > b ? a : b; }
inline unsigned min(unsigned a, unsigned b) { return a < b ? a : b; }
inline unsigned max(unsigned a, unsigned b) { return a > b ? a : b; }
inline float min(float a, float b) { return fminf(a, b); }
inline float max(float a, float b) { return fmaxf(a, b); }
inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
inline float __expf(float x) { return expf(x); }
inline float __logf(float x) { return logf(x); }
inline float __fdividef(float a, float b) { return a / b; }
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __frcp_rn(float a) { return 1.0f / a; }
inline float __fsqrt_rn(float a) { return sqrtf(a); }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline float __int_as_float(int word) { return weft_cpu::value_of<float>(static_cast<uint32_t>(word)); }
inline float __uint_as_float(unsigned word) { return weft_cpu::value_of<float>(word); }
inline unsigned __float_as_uint(float value) { return weft_cpu::bits(value); }
template <class T>
T __ldg(const T* place) { return *place; }
