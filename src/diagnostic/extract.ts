/** Why there is no kernel, or why it does not fit the arrays, in words. Knows no files. */
import type { CertificateError } from '../certificate/certificate.js';
import type { MemoryError } from '../emit/memory.js';
import type { ExtractError } from '../extract/extract.js';
import type { SizeError } from '../extract/program.js';
import type { ShapeError } from '../extract/shapes.js';
import type { IrError } from '../ir/error.js';
import type { LowerCode, LowerError } from '../lower/scheduled.js';
import type { TacticFact } from '../tactic/failure.js';
import { clean, listed, plural, quoted } from './clean.js';
import { coreMessage } from './core.js';
import { elaborateMessage } from './elaborate.js';
import { type Message, expectedFound, message, nearest } from './message.js';

type Table<U extends { readonly _tag: string }> = {
  readonly [Tag in U['_tag']]: (fact: Extract<U, { readonly _tag: Tag }>) => Message;
};

const lowered: Readonly<Record<LowerCode, string>> = {
  'L-TYPE': 'a kernel reads and writes real arrays',
  'L-AXIS': 'every axis of the stream needs a use: grid, tile or loop',
  'L-VARIABLE': 'a stream with morphism variables has nothing to compute: instantiate it',
  'L-STATE': 'the state of the loop must be arrays over axes that stay whole',
  'L-SCAN': 'a loop with an output for every turn has no kernel yet',
  'L-POSITION': 'positions inside a ragged tile have no kernel yet',
};
const lowerMessage = (name: string, { code, where }: LowerError): Message =>
  message(`${quoted(name)} has no kernel: ${code} at ${quoted(where)}`, lowered[code]);

const irMessage = (name: string, { code, where }: IrError): Message =>
  message(
    `the kernel of ${quoted(name)} does not validate: ${code} at ${quoted(where)}`,
    'this is a bug of Weft, and nothing was written: please report it',
  );

const levels: Readonly<Record<MemoryError['level'], readonly [what: string, unit: string]>> = {
  workgroup: ['workgroup memory', 'bytes'],
  private: ['private memory of a lane', 'bytes'],
  lanes: ['lanes of a block', 'lanes'],
};
function memoryMessage(name: string, { level, needed, limit }: MemoryError): Message {
  const [what, unit] = levels[level];
  return message(
    `the tiles of ${quoted(name)} do not fit the ${what}`,
    'choose smaller tiles with --tile',
    expectedFound(`at most ${limit} ${unit}`, `${needed} ${unit}`),
  );
}

/** A schedule is a proof: what stopped it is a fact of a tactic. */
function scheduleMessage(name: string, fact: TacticFact): Message {
  const headline = `${quoted(name)} cannot be scheduled`;
  if (fact._tag === 'NotDetermined')
    return message(
      `${clean(fact.name)}: there is no such axis in ${quoted(name)}`,
      `its axes are ${listed(fact.variables.map(quoted))}`,
    );
  const inner =
    fact._tag === 'Core'
      ? coreMessage(fact.error)
      : fact._tag === 'Elaborate'
        ? elaborateMessage(fact.error.fact)
        : undefined;
  if (inner) return { ...inner, headline: `${headline}: ${inner.headline}` };
  const why = fact._tag === 'Stuck' ? fact.why : fact._tag === 'Missing' ? `${fact.name} is missing` : fact._tag;
  return message(`${headline}: ${clean(why)}`, 'a streamed axis must stand at one place of each wire that has it');
}

const certified: Table<CertificateError> = {
  NoTheorem: (e) =>
    message(
      `there is no theorem ${quoted(e.name)}`,
      nearest(e.candidates.map(quoted), '`weft check` lists the theorems'),
    ),
  NotProved: (e) => message(`${quoted(e.name)} is ${e.status}, not proved`, '`weft check` says why'),
  ReservedName: (e) =>
    message(
      `${quoted(e.name)} has no certificate: it has a variable ${quoted(e.variable)}`,
      'names that begin with # are kept for bound variables: name it otherwise',
    ),
};
export const certificateMessage = (e: CertificateError): Message =>
  (certified[e._tag] as (e: CertificateError) => Message)(e);

const extracts: Table<ExtractError> = {
  NoStream: (e) =>
    message(
      `there is no stream ${quoted(e.name)}`,
      nearest(e.candidates.map(quoted), 'only what a `stream` statement claims has a kernel'),
    ),
  NotProved: (e) =>
    message(
      `${quoted(e.name)} is ${e.status === 'missing' ? 'not stated' : `${e.status}, not proved`}: no theorem, no kernel`,
      e.status === 'missing' ? 'import streaming.weft, which states it' : '`weft check` says why',
    ),
  Tile: (e) =>
    message(`a tile of ${e.size} for ${quoted(e.axis)} is out of range`, 'tiles are whole numbers from 1 to 1024'),
  Each: (e) =>
    e.tile === undefined
      ? message(`lanes do not share tiles of ${quoted(e.axis)}`, 'write --each for axes of the result that have tiles')
      : message(
          `lanes cannot hold ${e.each} each of a tile of ${e.tile} along ${quoted(e.axis)}`,
          'a lane holds a divisor of the size of the tile',
        ),
  Whole: (e) =>
    message(
      `${quoted(e.axis)} is no inner axis with a tile`,
      'write --whole for an axis that is neither streamed nor of the result, and its --tile',
    ),
  Schedule: (e) => scheduleMessage(e.name, e.fact),
  Certificate: (e) => certificateMessage(e.error),
  Lower: (e) => lowerMessage(e.name, e.error),
  Invalid: (e) => irMessage(e.name, e.error),
  Memory: (e) => memoryMessage(e.name, e.error),
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
  SizeMissing: (e) => message(`the size of ${quoted(e.axis)} is not given`, 'every axis of the statement needs a size'),
  ArrayTooLarge: (e) =>
    message(`the array ${quoted(e.array)} would have ${e.elements} elements`, 'run it in parts along a leading axis'),
  SizeNoMultiple: (e) =>
    message(
      `the axis ${quoted(e.axis)} has size ${e.size}, no multiple of ${e.tile}`,
      'this kernel was extracted with --whole: extract it without, or with a smaller tile',
    ),
  SizeWrong: (e) =>
    message(`the axis ${quoted(e.axis)} cannot have size ${e.size}`, 'sizes are whole numbers from 1 to 2^31 - 1'),
};
export const shapeMessage = (e: ShapeError | SizeError): Message =>
  (shapes[e._tag] as (e: ShapeError | SizeError) => Message)(e);
