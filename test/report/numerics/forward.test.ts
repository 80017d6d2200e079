// The rules of the forward bound: each holds for arguments anywhere within their errors and for roundings in either direction, flushed or not; what
// cannot be bounded is infinite; formats round to nearest. WEFT_SEED repeats a run.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARITHMETIC, STORAGE, rounded } from '../../../src/run/rounding/arithmetic.js';
import { rules } from '../../../src/run/rounding/forward-rules.js';
import { SEED } from '../../target/kernels/pool.js';

/** A number of f32 beside x, up or down: what a rounding in either direction may give. */
function neighbour(x: number, up: boolean): number {
  const near = Math.fround(x);
  if (near === x || near > x === up || !Number.isFinite(near)) return near;
  const words = new Int32Array(new Float32Array([near]).buffer);
  words[0]! += near > 0 === up ? 1 : -1;
  return near === 0 ? (up ? 2 ** -149 : -(2 ** -149)) : new Float32Array(words.buffer)[0]!;
}
const flushed = (x: number): number => (Math.abs(x) < 2 ** -126 ? 0 : x);

const number = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -70, max: 40 }))
  .map(([x, n]) => Math.fround(x * 2 ** n));
const share = fc.double({ min: -1, max: 1, noNaN: true });
const relative = fc.constantFrom(0, 2 ** -24, 2 ** -20, 2 ** -10, 0.5);
/** A number, its error, and a computed one within it. */
const argument = fc
  .tuple(number, relative, share)
  .map(([x, r, s]) => ({ x, e: Math.abs(x) * r, computed: x + s * Math.abs(x) * r }));

const operations = {
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  exp: (a: number) => Math.exp(a),
  log: (a: number) => Math.log(a),
  sqrt: (a: number) => Math.sqrt(a),
} as const;

describe('rules', () => {
  it.each(['wgsl', 'cuda'] as const)('%s: what is computed lies within the error of each operation', (target) => {
    const R = rules(ARITHMETIC[target], 'f32', true);
    const written = {
      mul: (a: number, ea: number, b: number, eb: number) => product(R, a, ea, b, eb),
      div: R.div,
      exp: R.exp,
      log: R.log,
      sqrt: (a: number, ea: number) => R.sqrt(a, ea, false),
    };
    let finite = 0;
    const holds = fc.property(argument, argument, fc.boolean(), fc.boolean(), (a, b, up, flush) => {
      for (const op of ['mul', 'div', 'exp', 'log', 'sqrt'] as const) {
        const exact = operations[op](a.x, b.x);
        const e = written[op](a.x, a.e, b.x, b.e);
        const result = operations[op](a.computed, b.computed);
        const stored =
          target === 'cuda' ? Math.fround(result) : flush ? flushed(neighbour(result, up)) : neighbour(result, up);
        if (e < Infinity) finite += 1;
        if (e < Infinity && !(Math.abs(stored - exact) <= e))
          throw new Error(
            `${op}(${a.x} +- ${a.e}, ${b.x} +- ${b.e}): ${stored} is ${Math.abs(stored - exact) / e} of ${e}`,
          );
      }
    });
    fc.assert(holds, { seed: SEED, numRuns: 3000 });
    expect(finite).toBeGreaterThan(3000);
  });

  it.each(['wgsl', 'cuda', 'host'] as const)(
    '%s: exp covers its whole argument where its middle underflows',
    (target) => {
      const R = rules(ARITHMETIC[target], 'f32', true);
      for (const [a, ea] of [
        [-760, 100],
        [-1000, 999],
        [-2000, 2010],
        [-745, 0.5],
        [-1e10, 1e10],
      ] as const)
        expect(R.exp(a, ea)).toBeGreaterThanOrEqual(Math.exp(a + ea) - Math.exp(a));
      expect(R.exp(-760, 1e-3)).toBeLessThan(1e-37);
      expect(R.exp(-2000, 3000)).toBe(Infinity);
    },
  );

  it('says nothing where nothing can be said', () => {
    const R = rules(ARITHMETIC.wgsl, 'f32', true);
    expect(R.div(1, 0, 0, 0)).toBe(Infinity);
    expect(R.div(1, 0, 1e-3, 1e-3)).toBe(Infinity);
    expect(R.div(1, 0, 2 ** 127, 0)).toBe(Infinity);
    expect(R.log(1, 1)).toBe(Infinity);
    expect(R.sqrt(1e-3, 2e-3, false)).toBe(Infinity);
    expect(R.exp(89, 0)).toBe(Infinity);
    expect(R.exp(88, 0)).toBeLessThan(Infinity);
    expect(R.sqrt(1e-3, 2e-3, true)).toBeLessThan(0.1);
  });
});

/** The rule that the text writes out for a product. */
function product(R: ReturnType<typeof rules>, a: number, ea: number, b: number, eb: number): number {
  const [v, s] = [a * b, Math.abs(a) * eb + Math.abs(b) * ea + ea * eb];
  const r = s + R.U * (Math.abs(v) + s);
  return Math.abs(v) + r > R.L ? Infinity : Math.abs(v) - r < R.S && Math.abs(v) + s !== 0 ? r + R.W : r;
}

describe('formats', () => {
  const bits: Readonly<Record<'f16' | 'bf16', readonly [exponent: number, fraction: number]>> = {
    f16: [5, 10],
    bf16: [8, 7],
  };
  /** All non-negative numbers of a format, ascending. */
  function all(format: 'f16' | 'bf16'): readonly number[] {
    const [exponent, fraction] = bits[format];
    const bias = 2 ** (exponent - 1) - 1;
    return Array.from({ length: (2 ** exponent - 1) * 2 ** fraction }, (_, word) => {
      const [e, f] = [Math.floor(word / 2 ** fraction), (word % 2 ** fraction) / 2 ** fraction];
      return e === 0 ? f * 2 ** (1 - bias) : (1 + f) * 2 ** (e - bias);
    });
  }
  it.each(['f16', 'bf16'] as const)(
    '%s: every number is kept, every other goes to the nearest, a tie to the even one',
    (format) => {
      const numbers = all(format);
      const { relative, absolute, largest } = STORAGE[format];
      expect(numbers.at(-1)).toBe(largest);
      const wrong = numbers.flatMap((x, i) => {
        const y = numbers[i + 1] ?? Infinity;
        const middle = (x + y) / 2;
        const even = i % 2 === 0 ? x : y;
        const found = [
          rounded(x, format),
          rounded(-x, format),
          rounded(middle, format),
          rounded(x + 0.4 * (y - x), format),
        ];
        const right = y === Infinity ? [x, -x, Infinity, Infinity] : [x, -x, even, x];
        const near = y === Infinity || Math.abs(middle - even) <= relative * middle + absolute;
        return near && found.every((z, k) => z === right[k]) ? [] : [[x, found, right]];
      });
      expect(wrong).toEqual([]);
    },
  );
});
