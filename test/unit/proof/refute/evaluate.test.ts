// The evaluator over fractions and balls against the float64 reference, on random diagrams with every former and every kind of axis; they
// share no code. And that work is counted.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { UNIT_ROUNDOFF, boundAt, evaluateBounded } from '../../../../src/run/reference/bound.js';
import type { Ball } from '../../../../src/proof/refute/ball.js';
import { balls } from '../../../../src/proof/refute/ball.js';
import { attempt, compare, inBalls } from '../../../../src/proof/refute/compare.js';
import { Budget, Evaluator, type Scalar, evaluatedDepth, isTruth } from '../../../../src/proof/refute/evaluate.js';
import { type Fraction, fraction, fractions, toNumber } from '../../../../src/proof/refute/field.js';
import { type Model, modelOf } from '../../../../src/proof/refute/model.js';
import { type Inputs, distinctSizes, randomInputs, stream } from '../../../../src/proof/refute/random.js';
import type { Statement } from '../../../../src/proof/refute/statement.js';
import * as core from '../../../../src/core/index.js';
import { must } from '../../../support/door.js';
import { diagram } from '../../../oracle/laws/generate.js';
import { NEAR, magnitude, ofFloat, ofFraction } from './precise.js';
import { k, someObj } from '../../../oracle/laws/object.js';
import { Tape, choicesOf } from '../../../oracle/laws/tape.js';

const seed = Math.floor(Math.random() * 2 ** 31);
const count = 250;

const alone = (term: core.Term): Statement => ({ wires: [], conditions: [], lhs: term, rhs: term });

/** A random diagram with diagrams for its variables, at sizes and inputs. */
function sample(i: number): {
  readonly model: Model;
  readonly world: ConstructorParameters<typeof Evaluator>[1];
  readonly inputs: Inputs;
} {
  const random = stream(seed + i);
  const tape = new Tape(choicesOf(seed + i, 400));
  const statement = alone(diagram(tape, someObj(tape, 2)));
  const model = modelOf(statement, new Map(), random, () => new Budget(1e7))!;
  const sizes = distinctSizes(model.axes, random, [1, 2, 3]);
  const inputs = randomInputs(model.statement.lhs.dom.leaves, { sizes, budget: new Budget(1e7) }, random).map((x) => ({
    dims: x.dims,
    data: x.data.map((v) => (typeof v === 'boolean' ? v : fraction(BigInt(Math.floor(random() * 64) - 32), 8n))),
  }));
  return { model, world: { sizes, families: model.families }, inputs };
}

const numberOf = (v: Scalar<Fraction>): number => (typeof v === 'object' && v !== null ? toNumber(v) : Number(v));

function reference({ model, world, inputs }: ReturnType<typeof sample>) {
  const morphisms = [...model.families].map(([h, f]) => [h, must(core.family(f.binders, f.body))] as const);
  const term = must(core.substituteTerm({ morphisms }, model.statement.lhs));
  const arrays = inputs.map((x) => ({ shape: x.dims, data: Float64Array.from(x.data, numberOf) }));
  const found = evaluateBounded(term, { sizes: world.sizes }, arrays);
  if (E.isLeft(found)) throw new Error(found.left._tag);
  return found.right;
}

describe('random diagrams', () => {
  const tally = { near: 0, exact: 0, untold: 0, elements: 0 };
  test(`mean the same to both evaluators (seed ${seed})`, () => {
    for (let i = 0; i < count; i++) {
      const s = sample(i);
      const near = attempt(() =>
        new Evaluator(balls, s.world, new Budget(2e7)).run(s.model.statement.lhs, inBalls(s.inputs)),
      );
      const exact = attempt(() =>
        new Evaluator(fractions, s.world, new Budget(2e7)).run(s.model.statement.lhs, s.inputs),
      );
      if (typeof near === 'string') {
        tally.untold += 1;
        continue;
      }
      tally.near += 1;
      if (typeof exact !== 'string') tally.exact += 1;
      reference(s).forEach((y, leaf) => {
        expect(near[leaf]!.dims, `diagram ${i}, seed ${seed}`).toEqual(y.shape);
        y.data.forEach((v, j) => {
          tally.elements += 1;
          const ball = near[leaf]!.data[j]! as Ball | boolean | null;
          if (ball === null) return;
          const [mid, rad] = typeof ball === 'boolean' ? [Number(ball), 0] : [ball.mid, ball.rad];
          const slack = rad + boundAt(y, j, UNIT_ROUNDOFF.f64);
          expect(Math.abs(v - mid), `diagram ${i}, output ${leaf} at ${j}, seed ${seed}`).toBeLessThanOrEqual(slack);
          if (typeof exact === 'string') return;
          const told = exact[leaf]!.data[j]!;
          const truth = isTruth(told) ? ofFloat(Number(told)) : ofFraction(told);
          expect(magnitude(truth - ofFloat(mid)) <= ofFloat(rad) + NEAR, `diagram ${i}, seed ${seed}`).toBe(true);
        });
      });
    }
    expect(tally.near).toBeGreaterThan(count / 2);
    expect(tally.exact).toBeGreaterThan(count / 8);
    expect(tally.elements).toBeGreaterThan(count);
  }, 120_000);
});

describe('work', () => {
  const n = k.of(k.v('n'));
  const sum = k.seq(k.par(k.num(0), k.id(k.real(n))), k.scan(n, k.R, k.op('add')));
  const world = { sizes: new Map([[k.v('n'), 1000]]), families: new Map() };
  const inputs: Inputs = [{ dims: [1000], data: Array.from({ length: 1000 }, () => fraction(1n)) }];
  test('is counted, and stops where it is spent', () => {
    expect(compare({ lhs: sum, rhs: sum }, world, inputs, new Budget(1000))).toEqual({
      _tag: 'Unknown',
      reason: 'budget',
    });
    expect(compare({ lhs: sum, rhs: sum }, world, inputs, new Budget(1e6))).toEqual({ _tag: 'Equal', exact: true });
  });
  test('a variable that means nothing, or an axis without a size, is no instance', () => {
    const none = { sizes: new Map(), families: new Map() };
    expect(compare({ lhs: sum, rhs: sum }, none, inputs, new Budget(1e6))).toEqual({ _tag: 'Unknown', reason: 'type' });
    const h = k.at(k.h('h', k.R, k.R));
    const one: Inputs = [{ dims: [], data: [fraction(1n)] }];
    expect(compare({ lhs: h, rhs: h }, world, one, new Budget(1e6))).toEqual({ _tag: 'Unknown', reason: 'type' });
  });
});

describe('depth is counted', () => {
  const neg = must(core.operator('neg'));
  const inward = (n: number): core.Term =>
    Array.from({ length: n }).reduce((t: core.Term) => must(core.compose(neg, t)), neg);
  const outward = (n: number): core.Term =>
    Array.from({ length: n }).reduce((t: core.Term) => must(core.compose(t, neg)), neg);
  const at = (term: core.Term) =>
    compare(
      { lhs: term, rhs: must(core.compose(term, must(core.id(neg.cod)))) },
      { sizes: new Map(), families: new Map() },
      [{ dims: [], data: [fraction(3n)] }],
      new Budget(1e6),
    );
  test.each([evaluatedDepth, 3000, 30_000])('%i operators inside one another are not evaluated', (n) => {
    expect(at(inward(n))).toEqual({ _tag: 'Unknown', reason: 'deep' });
  });
  test('just below, and a chain of any length, they are', () => {
    expect(at(inward(evaluatedDepth - 3))).toEqual({ _tag: 'Equal', exact: true });
    expect(at(outward(30_000))).toEqual({ _tag: 'Equal', exact: true });
  });
  test('an axis of more elements than an array may have is out of budget before it is made', () => {
    const v = must(core.axisVar('n'));
    const n = must(core.ofVar(v));
    const many = Array.from({ length: 7 }).reduce((a: core.Axis) => must(core.product(a, a)), n);
    const spread = must(core.repeat(many, neg.dom));
    const world = { sizes: new Map([[v, 3]]), families: new Map() };
    const input = [{ dims: [], data: [fraction(3n)] }];
    const map = must(core.compose(spread, must(core.map(many, neg))));
    for (const t of [spread, map, must(core.position(many))])
      expect(compare({ lhs: t, rhs: t }, world, t === map || t === spread ? input : [], new Budget(1e6))).toEqual({ _tag: 'Unknown', reason: 'budget' }); // prettier-ignore
  });
});
