/** Why there is no kernel, or why it does not fit the arrays, in words. Knows no files. */
import type { MemoryError } from '../kernel/emit/memory.js';
import type { Unheld } from '../kernel/extract/constant.js';
import type { ExtractError } from '../kernel/extract/extract.js';
import type { SizeError } from '../kernel/extract/program.js';
import type { ShapeError } from '../kernel/extract/shapes.js';
import type { IrError } from '../kernel/validate/error.js';
import type { LowerCode, LowerError } from '../kernel/ir/scheduled.js';
import type { TacticFact } from '../proof/tactic/failure.js';
import { clean, listed, plural, quoted } from '../language/print/clean.js';
import { coreMessage } from './core.js';
import { elaborateMessage } from './elaborate.js';
import { lanesMessage } from './lanes.js';
import { certificateMessage } from './certificate.js';
import { type Message, type Table, expectedFound, message, nearest } from './message.js';
import { codeFrame, placeOf } from './place.js';

/** A headline, in which % is the wire, axis or name, and a hint. */
const lowered: Readonly<Record<LowerCode, readonly [string, string]>> = {
  'L-TYPE': [
    '% is no array of real numbers',
    'a kernel reads and writes real arrays: give a truth value as a number, and compare it with 0',
  ],
  'L-AXIS': [
    'the axis % has no place in the kernel',
    'an axis of the result is an axis of some wire; a loop runs over an axis that stays whole, not over one of the result',
  ],
  'L-VARIABLE': [
    '% stands for any diagram: there is nothing to compute',
    'state the stream for a definition of its own instead of a morphism variable',
  ],
  'L-STATE': [
    'the loop over % keeps more than single numbers',
    'the state of a loop inside the stream is a number for each element of the result: write `map q (fold …)`, not `fold … (map q (…))`',
  ],
  'L-SCAN': [
    'the loop over % gives an output for every turn',
    'a kernel returns what a loop ends with: use `fold`, or stream over that axis',
  ],
  'L-POSITION': [
    'a position along % is used where tiles are cut',
    'give the positions as a wire, `p : R[n]`, and read `p[n]` instead of `(position[n])[n]`',
  ],
  'L-EMPTY': [
    'a result over an axis of size 0 has no element',
    'there is nothing to compute: leave out the wire over 0',
  ],
};
function lowerMessage(name: string, { code, where }: LowerError): Message {
  const [what, hint] = lowered[code];
  return message(`${quoted(name)} has no kernel (${code}): ${what.replace('%', quoted(where))}`, hint);
}

const irMessage = (name: string, { code, where }: IrError): Message =>
  message(
    `the kernel of ${quoted(name)} does not validate: ${code} at ${quoted(where)}`,
    'this is a bug of Weft, and nothing was written: please report it',
  );

const levels: Readonly<Record<MemoryError['level'], readonly [what: string, unit: string, more: string]>> = {
  workgroup: ['workgroup memory', 'bytes', ''],
  private: ['private memory of a lane', 'bytes', ''],
  lanes: ['lanes of a block', 'lanes', ', or fewer lanes with --lanes'],
};
function memoryMessage(name: string, { level, needed, limit }: MemoryError): Message {
  const [what, unit, more] = levels[level];
  const found = expectedFound(`at most ${limit} ${unit}`, `${needed} ${unit}`);
  return message(
    `the tiles of ${quoted(name)} do not fit the ${what}`,
    `choose smaller tiles with --tile${more}`,
    found,
  );
}

const unheld: Readonly<Record<Unheld, readonly [what: string, hint: string]>> = {
  'too large': ['a constant that is infinite there', 'write the statement with smaller constants'],
  'too small': ['a constant that is not 0, and may be 0 there', 'write the statement with larger constants, or with 0'],
  'a division by 0': [
    'a division by the constant 0',
    'the reals have 1/0 = 0 by convention, and floats do not: write 0',
  ],
  'a logarithm': [
    'a logarithm of a constant that is not positive',
    'the reals have log 0 = 0 by convention, and floats do not: write 0',
  ],
  'a root': [
    'a root of a constant that is negative',
    'the reals have 0 there by convention, and floats do not: write 0',
  ],
};
function constantMessage({ name, why, target, place }: Extract<ExtractError, { _tag: 'Constant' }>): Message {
  const [what, hint] = unheld[why];
  const at = place && placeOf(place.text, place.span.start);
  const where = place && at ? `${clean(place.file)}:${at.line}:${at.column}: ` : '';
  const frame = place ? codeFrame(place.text, place.span, (s) => s) : [];
  return message(`${where}${quoted(name)} has no kernel for ${target}: it has ${what}`, hint, frame);
}

/** A schedule is a proof: what stopped it is a fact of a tactic. */
function scheduleMessage(name: string, fact: TacticFact): Message {
  const headline = `${quoted(name)} cannot be scheduled`;
  if (fact._tag === 'NotDetermined')
    return message(
      `${clean(fact.name)}: there is no such axis in ${quoted(name)}`,
      `its axes are ${listed(fact.variables.map(quoted))}`,
    );
  if (fact._tag === 'Ungrouped') return ungrouped(headline, fact);
  const inner =
    fact._tag === 'Core'
      ? coreMessage(fact.error)
      : fact._tag === 'Elaborate'
        ? elaborateMessage(fact.error.fact)
        : undefined;
  if (inner) return { ...inner, headline: `${headline}: ${inner.headline}` };
  return otherSchedule(headline, fact);
}

function otherSchedule(headline: string, fact: TacticFact): Message {
  const said = (why: string, hint: string): Message => message(`${headline}: ${why}`, hint);
  switch (fact._tag) {
    case 'Stuck':
      return said(clean(fact.why), 'name another axis, or state the stream in another form');
    case 'Missing':
      return said(`${quoted(fact.name)} is needed as ${clean(fact.role)}`, 'prove it: `weft check` says what is open');
    case 'Budget':
      return said(`it took more than ${fact.limit} steps`, 'divide the statement with definitions');
    case 'SidesDiffer':
    case 'NotThisGoal':
      return said(
        'its tiles do not compute what the statement says by structure alone',
        'write the loop so that its state has one element for each row of the result: `map q (fold …)`',
      );
    default:
      return said('its theorem does not fit the theorems of tiling', 'state the stream over one axis of its wires');
  }
}

const reasons: Readonly<Record<Ungrouped['reason'], readonly [string, string]>> = {
  twice: ['% has the axis $ twice', 'use two axis variables of one size, and give the array with both'],
  compound: [
    '% has the axis $ inside another axis',
    'give the axis a place of its own: `R[n m]` instead of `R[(n*m)]` or `R[(n+m)]`',
  ],
  places: [
    'the parts of % have the axis $ at different places',
    'put the axis at one place: exchange the axes of one part',
  ],
  missing: ['% has no axis $', 'name an axis of the result'],
  rows: [
    'the elements of % along $ are not computed one by one',
    'each element may depend on its own rows of the wires alone: give positions as a wire, and write a loop inside the map, `map q (fold …)`, where its state is over $',
  ],
};
type Ungrouped = Extract<TacticFact, { readonly _tag: 'Ungrouped' }>;
function ungrouped(headline: string, { what, axis, reason }: Ungrouped): Message {
  const [why, hint] = reasons[reason];
  const named = what === 'the result' ? what : quoted(what);
  const fill = (t: string): string => t.replace('%', named).replace('$', quoted(axis));
  return message(`${headline}: ${fill(why)}`, fill(hint));
}

const extracts: Table<ExtractError> = {
  NoStream: (e) =>
    message(
      `there is no stream and no definition ${quoted(e.name)}`,
      nearest(e.candidates.map(quoted), 'streams and definitions have kernels; a theorem has none'),
    ),
  TwoDefinitions: (e) =>
    message(
      `two files define ${quoted(e.name)}, and not alike`,
      'check the one file that is meant, with what it imports',
    ),
  NoArrays: (e) =>
    message(
      `${quoted(e.name)} takes more than arrays`,
      'a kernel is of numbers and truth values: define an instance of it, without {…}',
    ),
  NotProved: (e) =>
    message(
      `${quoted(e.name)} is ${e.status === 'missing' ? 'not stated' : `${e.status}, not proved`}: no theorem, no kernel`,
      e.status === 'missing' ? 'import streaming.weft, which states it' : '`weft check` says why',
    ),
  Tile: (e) =>
    message(`a tile of ${e.size} for ${quoted(e.axis)} is out of range`, 'tiles are whole numbers from 1 to 1024'),
  TileAxis: (e) =>
    message(`there is no axis ${quoted(e.axis)} in ${quoted(e.name)}`, `its axes are ${listed(e.axes.map(quoted))}`),
  PerLane: (e) =>
    e.tile === undefined
      ? message(
          `lanes do not share tiles of ${quoted(e.axis)}`,
          'write --per-lane for axes of the result that have tiles',
        )
      : message(
          `lanes cannot hold ${e.perLane} each of a tile of ${e.tile} along ${quoted(e.axis)}`,
          'a lane holds a divisor of the size of the tile',
        ),
  Lanes: (e) => lanesMessage(e.axis, e.why),
  Whole: (e) =>
    message(
      `${quoted(e.axis)} is no inner axis with a tile`,
      'write --whole for an axis that is neither streamed nor of the result, and its --tile',
    ),
  Vacuous: (e) =>
    message(
      `E-VACUOUS: no inputs that were tried meet what ${quoted(e.name)} holds under: ${e.conditions.map(clean).join('; ')}`,
      'a theorem about no inputs makes every kernel right: weaken the condition after `where`',
    ),
  Schedule: (e) => scheduleMessage(e.name, e.fact),
  Certificate: (e) => certificateMessage(e.error),
  Lower: (e) => lowerMessage(e.name, e.error),
  Invalid: (e) => irMessage(e.name, e.error),
  Memory: (e) => memoryMessage(e.name, e.error),
  Constant: (e) => constantMessage(e),
};
export const extractMessage = (e: ExtractError): Message => (extracts[e._tag] as (e: ExtractError) => Message)(e);

const shape = (s: readonly number[]): string => `(${s.join(', ')}${s.length === 1 ? ',' : ''})`;
const declared = (axes: readonly string[]): string =>
  axes.length === 0 ? 'a number' : `(…, ${axes.map(clean).join(', ')})`;

const shapes: Table<ShapeError | SizeError> = {
  MissingWire: (e) =>
    message(
      `the wire ${quoted(e.wire)} is not given`,
      `the wires are ${listed(e.wires.map(quoted))}: add --in ${clean(e.wire)}=FILE.npy`,
    ),
  UnknownWire: (e) => message(`there is no wire ${quoted(e.wire)}`, `the wires are ${listed(e.wires.map(quoted))}`),
  WrongRank: (e) =>
    message(
      `the array for ${quoted(e.wire)} has ${plural(e.shape.length, 'axis', 'axes')}`,
      'the declared axes come last; further leading axes are the same on all wires',
      expectedFound(declared(e.axes), shape(e.shape)),
    ),
  LeadingDiffers: (e) =>
    message(
      `the leading axes of ${quoted(e.wire)} are not those of the other wires`,
      'batch axes are the same on all wires',
      expectedFound(shape(e.expected), shape(e.found)),
    ),
  SizeDiffers: (e) =>
    message(
      `the axis ${quoted(e.axis)} has two sizes`,
      'wires that share an axis agree on its size',
      expectedFound(`${e.expected}, as before`, `${e.found}, on ${quoted(e.wire)}`),
    ),
  EmptyAxis: (e) =>
    message(
      `the axis ${quoted(e.axis)} of ${quoted(e.wire)} has size 0`,
      'data axes are non-empty: leave out the empty array',
    ),
  SizeMissing: (e) =>
    message(`the size of ${quoted(e.axis)} is not given`, `no array has this axis: add --size ${clean(e.axis)}=NUMBER`),
  SizeOpen: (e) =>
    message(
      `the size of ${quoted(e.axis)} does not follow from the arrays`,
      `${quoted(e.wire)} has the axis ${quoted(e.of)} as a whole: add --size ${clean(e.axis)}=NUMBER`,
    ),
  SizeNone: (e) =>
    message(
      `no size of ${quoted(e.axis)} makes the axis ${quoted(e.of)} of ${quoted(e.wire)} ${e.found} long`,
      'give the array, or --size, that the other sizes ask for',
    ),
  ArrayTooLarge: (e) =>
    message(`the array ${quoted(e.array)} would have ${e.elements} elements`, 'run it in parts along a leading axis'),
  SizeNoMultiple: (e) =>
    message(
      `the axis ${quoted(e.axis)} has size ${e.size}, no multiple of ${e.tile}`,
      'this kernel was extracted with --whole: extract it without, or with a smaller tile',
    ),
  SizeHeld: (e) =>
    message(
      `the axis ${quoted(e.axis)} has size ${e.size}, and this kernel holds at most ${e.most}`,
      `a state has elements along it: extract with --tile ${clean(e.axis)}=${e.size}`,
    ),
  SizeWrong: (e) =>
    message(`the axis ${quoted(e.axis)} cannot have size ${e.size}`, 'sizes are whole numbers from 1 to 2^31 - 1'),
};
export const shapeMessage = (e: ShapeError | SizeError): Message =>
  (shapes[e._tag] as (e: ShapeError | SizeError) => Message)(e);
