/** Why lanes cannot lie along an axis, in words. It knows no schedule. */
import type { LanesFault } from '../kernel/extract/extract.js';
import { quoted } from '../language/print/clean.js';
import { type Message, message } from './message.js';

/** What is in the way, and what to do. */
const lanesFaults: Readonly<Record<Exclude<LanesFault['_tag'], 'Number'>, readonly [string, string]>> = {
  NotStreamed: ['nothing streams over it', 'write --lanes for the axis after `over` in the statement of the stream'],
  OtherAxes: [
    'the stream has other axes too',
    '--lanes is for streams over rows: put lanes along the result with --tile',
  ],
  RaggedLast: ['its ragged tile stands last', "leave `ragged: 'last'` out, or give it 1 lane"],
  Outputs: ['the stream has outputs along it', 'leave --lanes out'],
  TwoPasses: ['a second pass reads it', 'leave --lanes out'],
  Precondition: ['its laws hold under a condition', 'give it 1 lane'],
  TruthValues: ['its state has truth values, and lanes meet where numbers are held', 'leave --lanes out'],
  NotMergeable: [
    'no law says that its states merge',
    'state and prove it, with `merge` in the stream, or leave --lanes out',
  ],
};
export function lanesMessage(axis: string, why: LanesFault): Message {
  if (why._tag === 'Number')
    return message(
      `there cannot be ${why.lanes} lanes along ${quoted(axis)}`,
      'lanes are a power of 2, from 1 to 1024',
    );
  const [what, hint] = lanesFaults[why._tag];
  return message(`lanes cannot lie along ${quoted(axis)}: ${what}`, hint);
}
