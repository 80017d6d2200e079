// Why a kernel did not run, as a message. Invariant: total over what launch can say. Knows no files and no device.
import { castMessage } from '../diagnostic/judged.js';
import { evaluateMessage, runMessage } from '../diagnostic/run.js';
import { shapeMessage } from '../diagnostic/extract.js';
import { message, type Message } from '../diagnostic/message.js';
import { clean, quoted } from '../language/print/clean.js';
import type { LaunchError } from '../run/launch/launch.js';

export function launchMessage(e: LaunchError): Message {
  switch (e._tag) {
    case 'Shapes':
      return shapeMessage(e.error);
    case 'Run':
      return runMessage(e.error);
    case 'Reference':
      return evaluateMessage(e.error);
    case 'NotFinite':
      return message(
        `${quoted(e.wire)} is not finite at element ${e.index}`,
        'a theorem speaks of real numbers: clean the data first',
      );
    case 'NotTruth':
      return message(
        `${quoted(e.wire)} is of truth values, and has ${e.value} at element ${e.index}`,
        'write 0 for false and 1 for true',
      );
    case 'Unmet':
      return message(
        `the data ${e.surely ? 'do not meet' : 'may not meet'} what ${quoted(e.name)} holds under, at element ${e.element} of the batch: ${clean(e.condition)}`,
        e.surely
          ? 'the theorem says nothing of such data: nothing is written; without --check the kernel runs all the same'
          : 'rounding leaves it open in float64: no judgement is possible; without --check the kernel runs all the same',
      );
    case 'CastInfinite':
    case 'CastZero':
      return castMessage(e.wire, e.value, `element ${e.index}`, e._tag === 'CastInfinite');
  }
}
