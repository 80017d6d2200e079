// The process that runs compiled kernels, on the CPU (cpu_cuda.hpp) or on an NVIDIA GPU (nvcc): requests on stdin, answers on stdout.
// Invariant: one answer for each request, in order; an answer carries every output with the words around it, unjudged. It does not know
// what the guard words mean, nor the sizes that a kernel expects.
//
//   request  u32: kernel, seed (low, high), front, back, parameters, buffers; parameters; then for each buffer: elements, is output, and the
//            words front + elements + back
//   answer   u32: magic, status, a, b, c, d, words; then the words: for each output front + elements + back, or a text
//   status   0 right; 1 fault a in block b, thread c, line d; 2 CUDA error a, with a text
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vector>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace weft_driver {

using Call = int (*)(float* const* buffers, const unsigned* params);
using Words = std::vector<uint32_t>;

constexpr uint32_t magic = 0x54464557;  // "WEFT"

struct Buffer {
  Words words;
  uint32_t elements;
  bool output;
  void* memory;
};

struct Request {
  uint32_t kernel, seed_low, seed_high, front, back;
  Words params;
  std::vector<Buffer> buffers;
};

inline bool get(void* place, size_t bytes) { return fread(place, 1, bytes, stdin) == bytes; }

inline bool get_request(Request& r) {
  uint32_t head[7];
  if (!get(head, sizeof head)) return false;
  r.kernel = head[0], r.seed_low = head[1], r.seed_high = head[2], r.front = head[3], r.back = head[4];
  r.params.resize(head[5] + 1);  // one more, so that a kernel without parameters gets a place
  r.buffers.resize(head[6]);
  if (!get(r.params.data(), 4 * size_t{head[5]})) return false;
  for (Buffer& b : r.buffers) {
    uint32_t shape[2];
    if (!get(shape, sizeof shape)) return false;
    b.elements = shape[0], b.output = shape[1] != 0;
    b.words.resize(size_t{r.front} + b.elements + r.back);
    if (!get(b.words.data(), 4 * b.words.size())) return false;
  }
  return true;
}

inline void put(const void* place, size_t bytes) {
  if (fwrite(place, 1, bytes, stdout) != bytes) exit(3);
}

inline void put_head(uint32_t status, uint32_t a, uint32_t b, uint32_t c, uint32_t d, size_t words) {
  const uint32_t head[7] = {magic, status, a, b, c, d, static_cast<uint32_t>(words)};
  put(head, sizeof head);
}

inline void put_outputs(const Request& r) {
  size_t words = 0;
  for (const Buffer& b : r.buffers)
    if (b.output) words += b.words.size();
  put_head(0, 0, 0, 0, 0, words);
  for (const Buffer& b : r.buffers)
    if (b.output) put(b.words.data(), 4 * b.words.size());
}

inline void put_error(int code, const char* text) {
  const size_t words = (strlen(text) + 3) / 4;
  std::vector<char> padded(4 * words, ' ');
  memcpy(padded.data(), text, strlen(text));
  put_head(2, static_cast<uint32_t>(code), 0, 0, 0, words);
  put(padded.data(), padded.size());
}

#ifdef __CUDACC__

inline bool answered(cudaError_t code) {
  if (code == cudaSuccess) return false;
  put_error(code, cudaGetErrorString(code));
  return true;
}

/** A CUDA error stays with the process: it ends after the answer, and whoever asks starts another. */
inline bool run(Request& r, Call call) {
  std::vector<float*> places;
  for (Buffer& b : r.buffers) {
    const size_t bytes = 4 * b.words.size();
    if (answered(cudaMalloc(&b.memory, bytes))) return false;
    if (answered(cudaMemcpy(b.memory, b.words.data(), bytes, cudaMemcpyHostToDevice))) return false;
    places.push_back(static_cast<float*>(b.memory) + r.front);
  }
  const cudaError_t launched = static_cast<cudaError_t>(call(places.data(), r.params.data()));
  if (answered(launched) || answered(cudaDeviceSynchronize())) return false;
  for (Buffer& b : r.buffers) {
    if (b.output && answered(cudaMemcpy(b.words.data(), b.memory, 4 * b.words.size(), cudaMemcpyDeviceToHost))) return false;
    cudaFree(b.memory);
  }
  put_outputs(r);
  return true;
}

#else

/** A copy of the elements alone where the sanitizer watches its ends; the framed words themselves where not. */
inline float* place_of(Buffer& b, const Request& r) {
#ifdef __SANITIZE_ADDRESS__
  b.memory = malloc(4 * size_t{b.elements});
  memcpy(b.memory, b.words.data() + r.front, 4 * size_t{b.elements});
#else
  b.memory = b.words.data() + r.front;
#endif
  return static_cast<float*>(b.memory);
}

inline void take_back(Buffer& b, const Request& r) {
#ifdef __SANITIZE_ADDRESS__
  memcpy(b.words.data() + r.front, b.memory, 4 * size_t{b.elements});
  free(b.memory);
#else
  (void)b, (void)r;
#endif
}

inline bool run(Request& r, Call call) {
  std::vector<float*> places;
  for (Buffer& b : r.buffers) places.push_back(place_of(b, r));
  weft_cpu::seed = uint64_t{r.seed_high} << 32 | r.seed_low;
  weft_cpu::report = {weft_cpu::no_fault, 0, 0, 0};
  const int code = call(places.data(), r.params.data());
  for (Buffer& b : r.buffers) take_back(b, r);
  const weft_cpu::Report& fault = weft_cpu::report;
  if (fault.fault != weft_cpu::no_fault) put_head(1, fault.fault, fault.block, fault.thread, fault.line, 0);
  else if (code != 0) put_error(code, "the launcher returned an error");
  else put_outputs(r);
  return true;
}

#endif

inline int serve(const Call* calls, uint32_t count) {
  Request request;
  while (get_request(request)) {
    if (request.kernel >= count) return 4;
    const bool goes_on = run(request, calls[request.kernel]);
    fflush(stdout);
    if (!goes_on) return 0;
  }
  return 0;
}

}  // namespace weft_driver
