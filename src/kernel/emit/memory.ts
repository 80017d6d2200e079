/** What a kernel occupies, per level, and whether it fits. Invariant: read off the IR; a bound is stated with what was found. */
import * as E from 'fp-ts/lib/Either.js';
import { type Dim, type Kernel, type Stmt, type TileDecl, laneCount } from '../ir/kernel.js';

const BYTES = { f32: 4 } as const;

export interface Memory {
  /** bytes of workgroup (shared) memory */
  readonly workgroup: number;
  /** bytes of private arrays for each lane */
  readonly private: number;
  readonly lanes: number;
}
export interface Limits {
  readonly workgroup: number;
  readonly private: number;
  readonly lanes: number;
}

// prettier-ignore
export const LIMITS: Readonly<Record<'wgsl' | 'cuda' | 'host', Limits>> = {
  wgsl: { workgroup: 16 * 1024,                private: 8 * 1024,                lanes: 256 },
  cuda: { workgroup: 160 * 1024,               private: 64 * 1024,               lanes: 1024 }, // of compute capability 8.0 and 9.0
  host: { workgroup: Number.MAX_SAFE_INTEGER,  private: Number.MAX_SAFE_INTEGER, lanes: Number.MAX_SAFE_INTEGER },
};

export type MemoryError = {
  readonly _tag: 'MemoryError';
  readonly level: keyof Limits;
  readonly needed: number;
  readonly limit: number;
};

const elements = (dims: readonly Dim[]): number => dims.reduce((n, d) => n * (d.share?.perLane ?? d.capacity), 1);

/** The numbers of a tile, its rows as long as they lie in memory, up to where the next may begin. */
export const alignedElements = (t: TileDecl): number => Math.ceil(tileElements(t) / 4) * 4;

function tileElements({ dims, pad }: TileDecl): number {
  const last = dims.at(-1)!.capacity;
  return (elements(dims) / last) * (last + (pad ?? 0));
}

/** The numbers that a lane has a place for: of a fill those that are on their way. */
function held(s: Stmt): number {
  if (s._tag === 'Stage') return s.ahead ?? 0;
  return s._tag === 'Var' ? elements(s.dims) : 'body' in s ? s.body.map(held).reduce((n, m) => n + m, 0) : 0;
}

export const memoryOf = (kernel: Kernel): Memory => ({
  workgroup: kernel.tiles.reduce((n, t) => n + alignedElements(t) * BYTES[t.datatype], 0),
  private: kernel.body.map(held).reduce((n, m) => n + m, 0) * BYTES.f32,
  lanes: laneCount(kernel),
});

export function fits(memory: Memory, limits: Limits): E.Either<MemoryError, Memory> {
  for (const level of ['workgroup', 'private', 'lanes'] as const)
    if (memory[level] > limits[level])
      return E.left({ _tag: 'MemoryError', level, needed: memory[level], limit: limits[level] });
  return E.right(memory);
}
