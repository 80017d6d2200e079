// Guard words and poison: an output is believed only if it is whole and nothing around it changed.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, GUARD_BITS, POISON_BITS, unframe } from '../../../../src/run/device/frame.js';

const margins = fc.record({ front: fc.nat(5), back: fc.nat(5) });
const written = (elements: number, margin: { front: number; back: number }) => {
  const words = frame(elements, undefined, margin);
  for (let i = 0; i < elements; i++) words[margin.front + i] = i;
  return words;
};

describe('unframe', () => {
  it('gives back every element of an output that was written whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), margins, (n, margin) => {
        const result = unframe('z', written(n, margin), n, margin);
        const bits = E.isRight(result) ? [...new Uint32Array(result.right.buffer)] : result.left;
        expect(bits).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it('refuses it when any one word changed outside, or did not inside', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 20 }), margins, fc.nat());
    fc.assert(
      fc.property(cases, ([n, margin, pick]) => {
        const words = written(n, margin);
        const at = pick % words.length;
        const inside = at >= margin.front && at < margin.front + n;
        words[at] = inside ? POISON_BITS : 0;
        const left = {
          _tag: inside ? 'Unwritten' : 'GuardTouched',
          buffer: 'z',
          count: 1,
          firstIndex: at - margin.front,
        };
        expect(unframe('z', words, n, margin)).toEqual(E.left(left));
      }),
    );
  });

  it('takes an ordinary NaN for a value', () => {
    const words = frame(1, undefined, { front: 1, back: 1 });
    words[1] = 0x7fc0_0000;
    expect(unframe('z', words, 1, { front: 1, back: 1 })).toEqual(E.right(Float32Array.of(NaN)));
  });

  it('frames inputs so that a word copied from beside one is no guard of an output', () => {
    const input = frame(1, Float32Array.of(2), { front: 1, back: 1 });
    expect([input[0], input[2]]).not.toContain(GUARD_BITS);
    expect([input[0], input[2]]).not.toContain(POISON_BITS);
    expect(new Float32Array(input.buffer)).toEqual(Float32Array.of(NaN, 2, NaN));
  });
});
