// Each side condition is checked: broken, the core refuses with its code, rule and condition; kept, the core accepts.
import { describe, expect, test } from 'vitest';
import { conditions, isFor } from './conditions.js';
import { core, kit, must, refused } from '../../support/door.js';

const k = kit(core);

describe('side conditions', () => {
  for (const [i, c] of conditions.entries())
    test(`${c.rule}: ${c.condition} (${i})`, () => {
      const fact = refused(c.rejects(k));
      expect(isFor(c, fact), `${fact.code} ${fact.rule}: ${fact.condition}`).toBe(true);
      must(c.accepts(k));
    });
});
