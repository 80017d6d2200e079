// Each structural law holds in random contexts: the two sides are called equal, and mean the same.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference } from './world.js';
import { effort } from './object.js';
import { MOST, equalOrDeclined, value } from './property.js';
import { beyond, inContext, laws } from './rules.js';
import { partsOf, show } from './show.js';
import { Tape, tapes } from './tape.js';

const RUNS = Math.max(15, Number(process.env.WEFT_LAWS_RUNS ?? 0) / 20);

describe('structural laws', () => {
  for (const [name, law] of Object.entries(laws))
    test(name, () => {
      let [checked, declined] = [0, 0];
      fc.assert(
        fc.property(tapes(160), (choices) => {
          const tape = new Tape(choices);
          const [l, r] = inContext(tape, law(tape));
          if (effort(l, partsOf) + effort(r, partsOf) > 3 * MOST) {
            declined++;
            return;
          }
          checked++;
          if (!equalOrDeclined(l, r)) throw new Error(`not equal:\n${show(l)}\n${show(r)}`);
          const seed = choices[0]!;
          expect(difference(value(l, 'distinct', seed), value(r, 'distinct', seed))).toBeUndefined();
        }),
        { numRuns: RUNS },
      );
      expect(checked).toBeGreaterThan(declined);
    });
});

describe('true equations that structural equality leaves to theorems', () => {
  for (const [name, law] of Object.entries(beyond))
    test(name, () => {
      let decided = 0;
      fc.assert(
        fc.property(tapes(160), (choices) => {
          const [l, r] = law(new Tape(choices));
          if (l !== r && equalOrDeclined(l, r)) decided++;
          expect(difference(value(l, 'distinct', choices[0]!), value(r, 'distinct', choices[0]!))).toBeUndefined();
        }),
        { numRuns: RUNS },
      );
      expect(decided).toBeLessThan(RUNS);
    });
});
