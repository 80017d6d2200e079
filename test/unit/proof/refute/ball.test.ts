// A ball holds what is true, at the edges of float64 too: each operation at every kind of ball, and expressions of several, against real
// numbers to 2400 binary places.
import { describe, expect, test } from 'vitest';
import { type Ball, apart, balls } from '../../../../src/proof/refute/ball.js';
import { type Field, Unknown, fraction } from '../../../../src/proof/refute/field.js';
import { type Random, below, pick, stream } from '../../../../src/proof/refute/random.js';
import { type Chain, type Unary, chain, edge } from './edges.js';
import { NEAR, magnitude, ofFloat, precise } from './precise.js';

const seed = Math.floor(Math.random() * 2 ** 31);
const holds = ({ mid, rad }: Ball, value: bigint): boolean => magnitude(value - ofFloat(mid)) <= ofFloat(rad) + NEAR;

/** Undefined where it stops, in balls or in what judges them. */
function value<A>(run: () => A): A | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unknown || error instanceof RangeError) return undefined;
    throw error;
  }
}

const given = (mid: number, rad = 0): Ball => ({ mid, rad });
function anyBall(random: Random): Ball {
  const mid = edge(random);
  const size = Math.abs(mid);
  const rads = [0, 0, 0, Number.MIN_VALUE, size * 2 ** -53, size * 1e-9, size / 3, size, size * 1.001, 1, 700, 3e-11];
  const rad = pick(random, rads);
  return Number.isFinite(rad) ? given(mid, rad) : given(mid);
}
/** A real number within the ball. */
function within({ mid, rad }: Ball, random: Random): bigint {
  return ofFloat(mid) + (ofFloat(rad) * BigInt(below(random, 17) - 8)) / 8n;
}

describe('one operation', () => {
  const unary = ['neg', 'recip', 'exp', 'log', 'sqrt'] as const;
  test.each([...unary, 'add', 'mul', 'either', 'less'] as const)(
    `%s (seed ${seed})`,
    (name) => {
      const random = stream(seed);
      let told = 0;
      for (let i = 0; i < 1500; i++) {
        const [x, y] = [anyBall(random), anyBall(random)];
        const found = value<Ball | boolean | null>(() =>
          (unary as readonly string[]).includes(name) ? balls[name as Unary](x) : balls[name as 'add'](x, y),
        );
        if (found === undefined || found === null) continue;
        for (let j = 0; j < 3; j++) {
          const [a, b] = [within(x, random), within(y, random)];
          const where = `${name} of ${JSON.stringify([x, y])}, seed ${seed}`;
          if (typeof found === 'boolean') expect(precise.less(a, b), where).toBe(found);
          else if (name === 'either') expect(holds(found, a) && holds(found, b), where).toBe(true);
          else {
            const truth = value(() =>
              (unary as readonly string[]).includes(name) ? precise[name as Unary](a) : precise[name as 'add'](a, b),
            );
            if (truth !== undefined) expect(holds(found, truth), where).toBe(true);
          }
          told += 1;
        }
      }
      expect(told).toBeGreaterThan(500);
    },
    120_000,
  );

  test('what is called exact is exact', () => {
    expect(balls.mul(given(3), given(3002399751580331)).rad).toBeGreaterThan(0);
    expect(balls.mul(given(3), given(3002399751580330)).rad).toBe(0);
    expect(balls.recip(given(16 + 2 ** -48)).rad).toBeGreaterThan(0);
    expect(balls.recip(given(16)).rad).toBe(0);
    expect(balls.sqrt(given(2 ** 54 + 2 ** 28)).rad).toBeGreaterThan(0);
    expect(balls.sqrt(given(94906265 ** 2)).rad).toBe(0);
  });
  test('an exp that underflows covers the far end of its ball', () => {
    const wide = balls.exp(given(-800, 400));
    expect(holds(wide, precise.exp(ofFloat(-400)))).toBe(true);
    expect(apart(wide, balls.exp(given(-400)))).toBe(false);
    expect(balls.exp(given(-400)).rad).toBeLessThan(1e-180);
  });
});

function evaluated<N>(field: Field<N>, c: Chain, of: (x: number) => N): N {
  if (c._tag === 'Float') return of(c.value);
  const x = evaluated(field, c.x, of);
  if (c._tag === 'Unary') return field[c.operator](x);
  const y = evaluated(field, c.y, of);
  if (c.operator !== 'max') return field[c.operator](x, y);
  const less = field.less(x, y);
  return less === null ? field.either(x, y) : less ? y : x;
}
const wordsOf = (c: Chain): string =>
  c._tag === 'Float'
    ? String(c.value)
    : c._tag === 'Unary'
      ? `${c.operator}(${wordsOf(c.x)})`
      : `${c.operator}(${wordsOf(c.x)}, ${wordsOf(c.y)})`;

test(`expressions (seed ${seed})`, () => {
  const random = stream(seed + 1);
  let told = 0;
  for (let i = 0; i < 6000; i++) {
    const c = chain(random, 2 + below(random, 4));
    const ball = value(() => evaluated(balls, c, (x) => given(x)));
    const truth = ball && value(() => evaluated(precise, c, ofFloat));
    if (!ball || truth === undefined) continue;
    told += 1;
    expect(holds(ball, truth), `${wordsOf(c)} is not in ${JSON.stringify(ball)}, seed ${seed}`).toBe(true);
  }
  expect(told).toBeGreaterThan(1000);
}, 120_000);

test('the judge sees a ball that is too small', () => {
  const { mid, rad } = balls.exp(given(1));
  expect(holds({ mid, rad }, precise.exp(ofFloat(1)))).toBe(true);
  expect(holds({ mid: mid * (1 + 2 ** -40), rad }, precise.exp(ofFloat(1)))).toBe(false);
  expect(balls.of(fraction(1n, 3n)).rad).toBeGreaterThan(0);
});
