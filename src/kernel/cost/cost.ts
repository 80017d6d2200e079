/**
 * One schedule of a proved stream as figures: scheduled, lowered, validated, counted. Invariant: what is counted was validated; nothing is printed or run.
 * It knows no command and no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Library } from '../../proof/script/check.js';
import { type Emitted, type Target, emit } from '../emit/emit.js';
import { LIMITS, type MemoryError, fits, memoryOf } from '../emit/memory.js';
import { type ExtractError, claimOf, scheduleOf } from '../extract/extract.js';
import { type SizeError, axisSizes, program } from '../extract/program.js';
import type { Kernel } from '../ir/kernel.js';
import { lanesFault } from '../schedule/lanes.js';
import { lower } from '../lower/lower.js';
import { validate } from '../validate/validate.js';
import { type Choice, type Shape, optionsOf } from './candidate.js';
import { countOf } from './count.js';
import { inSizes } from './form.js';
import type { Machine } from './machine.js';
import type { Tally } from './meter.js';
import { Uncounted } from './place.js';
import { type Polynomial, spelled } from './polynomial.js';
import { predicted, residenceOf, workOf } from './predict.js';
import type { Candidate, Figures, Formulas } from './report.js';

export type CostError =
  | { readonly _tag: 'Extract'; readonly error: ExtractError }
  | { readonly _tag: 'Size'; readonly error: SizeError }
  /** a form of loops that has no formula */
  | { readonly _tag: 'Uncounted'; readonly why: string };

export interface Asked {
  readonly library: Library;
  readonly name: string;
  readonly target: Target;
  readonly sizes: ReadonlyMap<string, number>;
  readonly machine: Machine;
}

/** How the axes are used where nobody says more than is named. */
export function shapeOf({ library, name, sizes }: Asked, named: Choice): E.Either<ExtractError, Shape> {
  const made = scheduleOf(library, name, optionsOf(named, sizes));
  if (E.isLeft(made)) return made;
  const { claim, scheduled } = made.right;
  return E.right({ streamed: claim?.info.axis.name, uses: scheduled.uses });
}

/** Whether several lanes can lie along the streamed axis. */
export function takesLanes({ library, name }: Asked): boolean {
  const claim = claimOf(library, name);
  return E.isRight(claim) && lanesFault(claim.right, claim.right.info.axis.name, 2) === undefined;
}

const UNLIMITED = { workgroup: Infinity, private: Infinity, lanes: Infinity };

/** The validated kernel of a schedule, whether it fits or not. */
function made({ library, name, target, sizes }: Asked, choice: Choice): E.Either<CostError, Emitted> {
  const refused = (error: ExtractError): E.Either<CostError, never> => E.left({ _tag: 'Extract', error });
  const theorem = scheduleOf(library, name, optionsOf(choice, sizes));
  if (E.isLeft(theorem)) return refused(theorem.left);
  const ir = lower(theorem.right.scheduled);
  if (E.isLeft(ir)) return refused({ _tag: 'Lower', name, error: ir.left });
  const checked = validate(ir.right, theorem.right.scheduled.rhs);
  if (E.isLeft(checked)) return refused({ _tag: 'Invalid', name, error: checked.left });
  const text = emit(target, checked.right, [], UNLIMITED);
  return E.isLeft(text) ? refused({ _tag: 'Memory', name, error: text.left }) : text;
}

/** Figures and formulas of a schedule at sizes of all its axes. */
export function costOf(asked: Asked, choice: Choice): E.Either<CostError, Candidate> {
  const emitted = made(asked, choice);
  if (E.isLeft(emitted)) return emitted;
  const launch = program(emitted.right, Object.fromEntries(asked.sizes));
  if (E.isLeft(launch)) return E.left({ _tag: 'Size', error: launch.left });
  const { kernel } = emitted.right.validated;
  const alone = asked.target === 'host';
  try {
    const all = countOf(kernel, { alone, inside: false });
    const inside = countOf(kernel, { alone, inside: true });
    const misfit = fits(memoryOf(kernel), LIMITS[asked.target]);
    return E.right({
      tiles: Object.fromEntries(choice.tiles),
      perLane: Object.fromEntries(choice.perLane),
      lanes: Object.fromEntries(choice.lanes),
      whole: [...choice.whole],
      misfit: E.isLeft(misfit) ? misfitText(misfit.left) : null,
      figures: figuresOf(asked, kernel, all, inside),
      formulas: formulasOf(kernel, all),
    });
  } catch (error) {
    if (error instanceof Uncounted) return E.left({ _tag: 'Uncounted', why: error.message });
    throw error;
  }
}

const misfitText = ({ level, needed, limit }: MemoryError): string => `${level} ${needed} of ${limit}`;

function figuresOf({ sizes, machine }: Asked, kernel: Kernel, all: Tally, inside: Tally): Figures {
  const values = axisSizes(kernel, Object.fromEntries(sizes));
  const work = workOf(kernel, all, values);
  const memory = memoryOf(kernel);
  const { blocks, by, ...residence } = residenceOf(kernel, machine);
  const { instructions: _, ...counts } = work;
  return {
    ...counts,
    flopInside: workOf(kernel, inside, values).flop,
    intensity: work.flop / (work.bytesRead + work.bytesWritten),
    workgroupMemory: memory.workgroup,
    privateMemory: memory.private,
    bytesOnChip: memory.workgroup + memory.private * memory.lanes,
    ...residence,
    blocksOfMultiprocessor: blocks,
    limitedBy: by,
    ...predicted(kernel, work, { blocks, by, ...residence }, machine),
  };
}

function formulasOf(kernel: Kernel, tally: Tally): Formulas {
  const text = (p: Polynomial): string => spelled(inSizes(kernel, p));
  const texts = (all: Iterable<readonly [string, Polynomial]>): Record<string, string> =>
    Object.fromEntries([...all].map(([name, p]) => [name, text(p)]));
  const loads = kernel.inputs.flatMap(({ name }) => {
    const found = tally.loads.get(name);
    return found ? [[name, found] as const] : [];
  });
  return {
    operations: texts(tally.operations),
    moved: texts(loads.map(([a, l]) => [a, l.moved])),
    asked: texts(loads.map(([a, l]) => [a, l.asked])),
    written: texts(tally.stores),
    workgroupRead: text(tally.tileReads.asked),
    workgroupWritten: text(tally.tileWrites),
  };
}
