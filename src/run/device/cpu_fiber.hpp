// A block's threads as fibers of one OS thread, blocks one after another, and the scheduler that runs them from wait to wait.
// Invariant: between two barriers every thread of a block runs to its wait, in an order that a seed permutes; a barrier or warp exchange
// that not all reach ends the launch with a fault that names block, thread and line. Shared memory is filled with NaN before each
// block, so a read before a write shows. It does not model memory ordering inside a phase, timing, or caches; it knows no CUDA name
// but dim3 and uint3.
#pragma once
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <utility>
#include <vector>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

struct uint3 { unsigned x, y, z; };
struct dim3 {
  unsigned x, y, z;
  dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
};
namespace weft_cpu {

enum Fault : unsigned { no_fault, barrier_missed, barrier_divergent, warp_divergent, inactive_lane, launch_configuration };

enum Wait : unsigned { runnable, at_barrier, at_exchange, finished };

struct Report { Fault fault; unsigned block, thread, line; };

struct Fiber {
  ucontext_t context;
  jmp_buf resume;
  bool started;
  Wait wait;
  unsigned line;        // of the barrier or exchange it waits at
  unsigned mask;        // lanes that take part in the exchange
  unsigned source;      // lane it reads
  uint32_t given, got;  // the word it brings, the word it takes
  uint3 thread;
  char* stack;
};

constexpr unsigned warp_size = 32;
constexpr unsigned max_threads = 1024;
constexpr size_t max_shared = 227 * 1024;
constexpr size_t stack_bytes = 256 * 1024;
constexpr size_t page_bytes = 4096;
constexpr uint32_t fresh_shared = 0x7fcbd5a9;  // a quiet NaN

inline Fiber* fibers = nullptr;
inline Fiber* current = nullptr;
inline jmp_buf scheduler;
inline ucontext_t scheduler_context;
inline const void* scheduler_stack = nullptr;
inline size_t scheduler_stack_bytes = 0;
inline void (*body)(void*) = nullptr;
inline void* closure = nullptr;
inline void* dynamic_shared = nullptr;
inline uint3 block_index;
inline dim3 block_shape, grid_shape;
inline Report report = {no_fault, 0, 0, 0};
inline uint64_t seed = 0;  // 0: threads and blocks in order

inline uint64_t next_random(uint64_t& state) {
  uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

inline void permute(std::vector<unsigned>& order, uint64_t& state) {
  if (seed == 0) return;
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[next_random(state) % i]);
}

// Switching: makecontext enters a fiber once; later switches are a setjmp and a longjmp, without a system call. The address sanitizer
// has to be told of each switch, and there swapcontext does all of them.
#ifdef __SANITIZE_ADDRESS__
__attribute__((noinline)) inline void yield() {
  void* shadow = nullptr;
  Fiber* self = current;
  __sanitizer_start_switch_fiber(&shadow, scheduler_stack, scheduler_stack_bytes);
  swapcontext(&self->context, &scheduler_context);
  __sanitizer_finish_switch_fiber(shadow, &scheduler_stack, &scheduler_stack_bytes);
}

inline void enter(Fiber& fiber) {
  void* shadow = nullptr;
  current = &fiber;
  __sanitizer_start_switch_fiber(&shadow, fiber.stack, stack_bytes);
  swapcontext(&scheduler_context, &fiber.context);
  __sanitizer_finish_switch_fiber(shadow, nullptr, nullptr);
}
#else
__attribute__((noinline)) inline void yield() {
  if (_setjmp(current->resume) == 0) _longjmp(scheduler, 1);
}

__attribute__((noinline)) inline void enter(Fiber& fiber) {
  current = &fiber;
  if (_setjmp(scheduler) != 0) return;
  if (fiber.started) _longjmp(fiber.resume, 1);
  fiber.started = true;
  setcontext(&fiber.context);
}
#endif

/** A fiber outlives its block: it runs the body once for each time it is made runnable. */
inline void fiber_main() {
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(nullptr, &scheduler_stack, &scheduler_stack_bytes);
#endif
  for (;;) {
    body(closure);
    current->wait = finished;
    yield();
  }
}

inline void make_fiber(Fiber& fiber) {
#ifdef __SANITIZE_ADDRESS__
  __asan_unpoison_memory_region(fiber.stack, stack_bytes);
#endif
  getcontext(&fiber.context);
  fiber.context.uc_stack.ss_sp = fiber.stack;
  fiber.context.uc_stack.ss_size = stack_bytes;
  fiber.context.uc_link = nullptr;
  makecontext(&fiber.context, fiber_main, 0);
  fiber.started = false;
}

inline void make_fibers() {
  fibers = new Fiber[max_threads]();
  for (unsigned i = 0; i < max_threads; i++) {
    const size_t bytes = stack_bytes + page_bytes;
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) abort();
    mprotect(memory, page_bytes, PROT_NONE);  // a stack overflow is a fault, not a neighbour's value
    fibers[i].stack = static_cast<char*>(memory) + page_bytes;
    make_fiber(fibers[i]);
  }
}

inline unsigned flat_thread() { return static_cast<unsigned>(current - fibers); }
inline void barrier(unsigned line) {
  current->wait = at_barrier;
  current->line = line;
  yield();
}

/** Brings a word to the lanes of `mask` and takes that of lane `source`. */
inline uint32_t exchange(unsigned line, unsigned mask, unsigned source, uint32_t word) {
  current->wait = at_exchange;
  current->line = line;
  current->mask = mask;
  current->source = source;
  current->given = word;
  yield();
  return current->got;
}

inline bool fail(Fault fault, unsigned block, unsigned thread, unsigned line) {
  report = {fault, block, thread, line};
  return false;
}

inline unsigned lanes_of(unsigned warp, unsigned threads) {
  const unsigned lanes = threads - warp * warp_size;
  return lanes >= warp_size ? ~0u : (1u << lanes) - 1u;
}

/** Completes the exchanges of one warp whose lanes are all there. Says whether any lane moved; a bad exchange is a fault. */
inline bool settle_warp(unsigned block, unsigned warp, unsigned threads) {
  Fiber* lane = fibers + warp * warp_size;
  const unsigned present = lanes_of(warp, threads);
  bool moved = false;
  for (unsigned i = 0; i < warp_size && (present >> i & 1u); i++) {
    if (lane[i].wait != at_exchange) continue;
    const unsigned mask = lane[i].mask & present, line = lane[i].line;
    if (!(mask >> i & 1u)) return fail(warp_divergent, block, warp * warp_size + i, line);
    bool complete = true;
    for (unsigned j = 0; j < warp_size; j++) {
      if (!(mask >> j & 1u)) continue;
      complete = complete && lane[j].wait == at_exchange && lane[j].line == line && (lane[j].mask & present) == mask;
    }
    if (!complete) continue;
    for (unsigned j = 0; j < warp_size; j++) {
      if (!(mask >> j & 1u)) continue;
      const unsigned from = lane[j].source;
      if (from >= warp_size || !(mask >> from & 1u)) return fail(inactive_lane, block, warp * warp_size + j, line);
      lane[j].got = lane[from].given;
    }
    for (unsigned j = 0; j < warp_size; j++)
      if (mask >> j & 1u) lane[j].wait = runnable;
    moved = true;
  }
  return moved;
}

/** Every thread waits or has finished: who may go on? 1: some, 0: none, the block is done, -1: a fault. */
inline int settle(unsigned block, unsigned threads) {
  bool moved = false;
  for (unsigned warp = 0; warp * warp_size < threads; warp++) {
    moved = settle_warp(block, warp, threads) || moved;
    if (report.fault != no_fault) return -1;
  }
  if (moved) return 1;
  const Fiber* first = nullptr;  // the first that waits
  bool ended = false;
  for (unsigned i = 0; i < threads; i++) {
    if (fibers[i].wait == finished) ended = true;
    else if (first == nullptr) first = fibers + i;
  }
  if (first == nullptr) return 0;
  const unsigned who = static_cast<unsigned>(first - fibers);
  if (first->wait == at_exchange) return fail(warp_divergent, block, who, first->line), -1;
  if (ended) return fail(barrier_missed, block, who, first->line), -1;
  for (unsigned i = 0; i < threads; i++)
    if (fibers[i].wait != at_barrier || fibers[i].line != first->line)
      return fail(barrier_divergent, block, i, fibers[i].line), -1;
  for (unsigned i = 0; i < threads; i++) fibers[i].wait = runnable;
  return 1;
}

__attribute__((no_sanitize_address)) inline void spoil(char* begin, char* end) {
  for (; begin + sizeof fresh_shared <= end; begin += sizeof fresh_shared) {
    volatile uint32_t* word = reinterpret_cast<uint32_t*>(begin);
    *word = fresh_shared;
  }
}

inline bool run_block(unsigned block, unsigned threads, std::vector<unsigned>& order, uint64_t& state) {
  for (unsigned i = 0; i < threads; i++) {
    const unsigned x = block_shape.x, y = block_shape.y;
    fibers[i].thread = {i % x, i / x % y, i / (x * y)};
    fibers[i].wait = runnable;
  }
  for (;;) {
    permute(order, state);
    for (unsigned i : order)
      if (fibers[i].wait == runnable) enter(fibers[i]);
    const int next = settle(block, threads);
    if (next <= 0) return next == 0;
  }
}

inline bool configured(dim3 grid, dim3 block, size_t bytes) {
  const uint64_t threads = uint64_t{block.x} * block.y * block.z;
  return threads >= 1 && threads <= max_threads && block.z <= 64 && grid.x >= 1 && grid.x <= 0x7fffffffu && grid.y >= 1 &&
         grid.y <= 65535 && grid.z >= 1 && grid.z <= 65535 && bytes <= max_shared;
}

inline void run_grid(dim3 grid, dim3 block, char* shared_begin, char* shared_end, size_t bytes) {
  const unsigned threads = block.x * block.y * block.z, blocks = grid.x * grid.y * grid.z;
  uint64_t state = seed;
  std::vector<unsigned> order(threads), turns(blocks);
  for (unsigned i = 0; i < threads; i++) order[i] = i;
  for (unsigned i = 0; i < blocks; i++) turns[i] = i;
  permute(turns, state);
  for (unsigned turn : turns) {
    block_index = {turn % grid.x, turn / grid.x % grid.y, turn / (grid.x * grid.y)};
    spoil(shared_begin, shared_end);
    spoil(static_cast<char*>(dynamic_shared), static_cast<char*>(dynamic_shared) + bytes);
    if (!run_block(turn, threads, order, state)) {
      for (unsigned i = 0; i < max_threads; i++) make_fiber(fibers[i]);  // those that wait will never go on
      return;
    }
  }
}

template <class Body>
void launch(dim3 grid, dim3 block, size_t bytes, char* shared_begin, char* shared_end, Body call) {
  if (!configured(grid, block, bytes)) {
    fail(launch_configuration, 0, 0, 0);
    return;
  }
  if (fibers == nullptr) make_fibers();
  block_shape = block;
  grid_shape = grid;
  closure = &call;
  body = [](void* self) { (*static_cast<Body*>(self))(); };
  dynamic_shared = malloc(bytes);  // of exactly this size, for the address sanitizer
  run_grid(grid, block, shared_begin, shared_end, bytes);
  free(dynamic_shared);
  dynamic_shared = nullptr;
}

}  // namespace weft_cpu
