/**
 * What a comparison of schedules says, as data: the codec of `weft cost --json`. Invariant: plain numbers and texts; bytes, seconds and counts as the field
 * says. It knows nothing of how they were found.
 */
import * as t from 'io-ts';

const sizes = t.record(t.string, t.number);

/** Figures of one schedule at the sizes. */
export const figuresCodec = t.type({
  flop: t.number,
  /** of these, what is done inside the extents of ragged tiles */
  flopInside: t.number,
  special: t.number,
  bytesRead: t.number,
  bytesAsked: t.number,
  bytesWritten: t.number,
  bytesLeast: t.number,
  workgroupBytesRead: t.number,
  workgroupBytesWritten: t.number,
  barriers: t.number,
  /** operations for each byte that is read or written */
  intensity: t.number,
  blocks: t.number,
  lanes: t.number,
  /** bytes of a block, and of a lane's private variables */
  workgroupMemory: t.number,
  privateMemory: t.number,
  /** bytes of a block that live on the chip: its workgroup memory, and the private variables of all its lanes */
  bytesOnChip: t.number,
  registers: t.number,
  isOverfull: t.boolean,
  blocksOfMultiprocessor: t.number,
  limitedBy: t.string,
  occupancy: t.number,
  /** seconds */
  floor: t.type({ compute: t.number, memory: t.number }),
  terms: t.record(t.string, t.number),
  time: t.number,
});

/** The same as formulas in the sizes of axes. */
export const formulasCodec = t.type({
  operations: t.record(t.string, t.string),
  /** numbers of 4 bytes, by array */
  moved: t.record(t.string, t.string),
  asked: t.record(t.string, t.string),
  written: t.record(t.string, t.string),
  workgroupRead: t.string,
  workgroupWritten: t.string,
});

export const candidateCodec = t.type({
  tiles: sizes,
  perLane: sizes,
  lanes: sizes,
  whole: t.array(t.string),
  /** why it does not fit the target, or null where it does */
  misfit: t.union([t.string, t.null]),
  figures: figuresCodec,
  formulas: formulasCodec,
});

/** The object that `weft cost --json` prints. */
export const costCodec = t.type({
  name: t.string,
  target: t.keyof({ wgsl: null, cuda: null, host: null }),
  device: t.string,
  sizes,
  candidates: t.array(candidateCodec),
  /** schedules that were tried and that extraction or the counting refused, by reason */
  refused: t.record(t.string, t.number),
});

export type Figures = t.TypeOf<typeof figuresCodec>;
export type Formulas = t.TypeOf<typeof formulasCodec>;
export type Candidate = t.TypeOf<typeof candidateCodec>;
export type Cost = t.TypeOf<typeof costCodec>;
