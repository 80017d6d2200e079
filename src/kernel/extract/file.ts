/**
 * A scheduled diagram -> a kernel file: lower, validate, emit, under its header. Invariant: what does not validate is not emitted. It takes no
 * theorem: that the scheduled side is one's right-hand side is the schedule layer's business.
 */
import * as E from 'fp-ts/lib/Either.js';
import { hashOf } from '../../proof/certificate/hash.js';
import { type Emitted, type Target, emit } from '../emit/emit.js';
import { LIMITS, type Limits, type MemoryError, memoryOf } from '../emit/memory.js';
import type { Grid } from '../emit/print.js';
import type { IrError } from '../validate/error.js';
import { lawOf, validate } from '../validate/validate.js';
import { lower } from '../lower/lower.js';
import type { LowerError, Scheduled } from '../ir/scheduled.js';
import { type Unheld, unheldIn } from './constant.js';
import { type Provenance, headerLines } from './header.js';
import { RECORDED } from './recorded.generated.js';

/** What was measured of exactly this code. */
function recordOf(text: string): Pick<Provenance, 'tested' | 'measured'> {
  const found = new Map(Object.entries(RECORDED)).get(hashOf(text));
  return found ? { tested: found.tested, measured: found.measured } : {};
}

export interface ConstantError {
  readonly _tag: 'ConstantError';
  readonly why: Unheld;
}
export type ExtractError = LowerError | IrError | MemoryError | ConstantError;

/** The file of a kernel for one target. */
export function extractKernel(
  scheduled: Scheduled,
  target: Target,
  from: Provenance,
  limits: Limits = LIMITS[target],
  grid: Grid = 'three',
): E.Either<ExtractError, Emitted> {
  const ir = lower(scheduled);
  if (E.isLeft(ir)) return ir;
  const checked = validate(ir.right, scheduled.rhs);
  if (E.isLeft(checked)) return checked;
  const { kernel } = checked.right;
  const why = unheldIn(kernel, target);
  if (why !== undefined) return E.left({ _tag: 'ConstantError', why });
  const code = emit(target, checked.right, [], limits, grid);
  if (E.isLeft(code)) return code;
  const header = headerLines(kernel, memoryOf(kernel), lawOf(checked.right), { ...from, ...recordOf(code.right.text) });
  return emit(target, checked.right, header, limits, grid);
}
