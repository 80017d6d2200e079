/**
 * A scheduled diagram -> a kernel file: lower, validate, emit, under its header. Invariant: what does not validate is not emitted. It takes no
 * theorem: that the scheduled side is one's right-hand side is the schedule layer's business.
 */
import * as E from 'fp-ts/lib/Either.js';
import { hashOf } from '../certificate/hash.js';
import { type Emitted, type Target, emit } from '../emit/emit.js';
import { LIMITS, type Limits, type MemoryError, memoryOf } from '../emit/memory.js';
import type { IrError } from '../ir/error.js';
import { lawOf, validate } from '../ir/validate.js';
import { lower } from '../lower/lower.js';
import type { LowerError, Scheduled } from '../lower/scheduled.js';
import { type Provenance, headerLines } from './header.js';
import { RECORDED } from './recorded.generated.js';

/** What was measured of exactly this code. */
function recordOf(text: string): Pick<Provenance, 'tested' | 'measured'> {
  const found = new Map(Object.entries(RECORDED)).get(hashOf(text));
  return found ? { tested: found.tested, measured: found.measured } : {};
}

export type ExtractError = LowerError | IrError | MemoryError;

/** The file of a kernel for one target. */
export function extractKernel(
  scheduled: Scheduled,
  target: Target,
  from: Provenance,
  limits: Limits = LIMITS[target],
): E.Either<ExtractError, Emitted> {
  const ir = lower(scheduled);
  if (E.isLeft(ir)) return ir;
  const checked = validate(ir.right, scheduled.rhs);
  if (E.isLeft(checked)) return checked;
  const { kernel } = checked.right;
  const code = emit(target, checked.right, [], limits);
  if (E.isLeft(code)) return code;
  const header = headerLines(kernel, memoryOf(kernel), lawOf(checked.right), { ...from, ...recordOf(code.right.text) });
  return emit(target, checked.right, header, limits);
}
