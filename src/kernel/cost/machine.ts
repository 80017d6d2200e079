/**
 * What a device can do, as numbers of a file. Invariant: a model is decoded before it is used, and says where its figures come from. It knows no kernel
 * and no file system.
 */
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

const positive = new t.Type<number>(
  'a positive number',
  (u): u is number => typeof u === 'number' && Number.isFinite(u) && u > 0,
  (u, c) => (typeof u === 'number' && Number.isFinite(u) && u > 0 ? t.success(u) : t.failure(u, c)),
  t.identity,
);

/** The codec of a file of a device; units in the comments. */
export const machineCodec = t.readonly(
  t.exact(
    t.type({
      name: t.string,
      /** where each figure is from: measured, published or assumed */
      from: t.string,
      multiprocessors: positive,
      /** f32 additions and multiplications a second, a fused pair counted as two */
      flops: positive,
      /** exponentials, logarithms, roots and reciprocals a second */
      special: positive,
      /** bytes a second between global memory and the chip */
      bandwidth: positive,
      /** bytes a second between the cache of all multiprocessors and them */
      cacheBandwidth: positive,
      /** bytes a second that lanes can ask of workgroup memory, all multiprocessors together */
      workgroupBandwidth: positive,
      /** seconds from a load of global memory to its value */
      latency: positive,
      /** seconds of a launch that does nothing */
      launch: positive,
      perMultiprocessor: t.type({ registers: positive, workgroupBytes: positive, lanes: positive, blocks: positive }),
      /** bytes of workgroup memory that a block takes besides its own; lanes that run in step; registers that a lane can have */
      reservedBytes: t.number,
      warp: positive,
      registersOfLane: positive,
    }),
  ),
);
export type Machine = t.TypeOf<typeof machineCodec>;

/** The model, or the path of the first field that is wrong. */
export function machineFrom(value: unknown): E.Either<string, Machine> {
  const decoded = machineCodec.decode(value);
  if (E.isRight(decoded)) return decoded;
  const keys = decoded.left[0]?.context.map((c) => c.key).filter((k) => k !== '') ?? [];
  return E.left(keys.join('.'));
}
