// The loop that is drawn of a stream computes what its statement says: every stream of the library, at sizes that differ, in float64.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import type { AxisVar, Term } from '../../../src/core/index.js';
import { streamLoop } from '../../../src/language/elaborate/stream-loop.js';
import * as B from '../../../src/language/point/build.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { type NumArray, evaluate } from '../../../src/run/reference/evaluate.js';
import { inputsOf, worldOf } from '../../oracle/laws/world.js';
import { core, must } from '../../support/door.js';
import { library } from '../../support/corpus.js';

const { streams } = readStatements(library().statements);

function values(term: Term, sizes: ReadonlyMap<AxisVar, number>, inputs: readonly NumArray[]): readonly number[] {
  const done = evaluate(term, worldOf(term, sizes), inputs);
  if (E.isLeft(done)) throw new Error(done.left._tag);
  return done.right.flatMap((x) => [...x.data]);
}
const near = (x: number, y: number): boolean =>
  Object.is(x, y) || (!Number.isFinite(x) && !Number.isFinite(y)) || Math.abs(x - y) <= 1e-9 * (1 + Math.abs(x));

describe('the loop of a stream', () => {
  test('is known of every stream', () => {
    expect(streams.size).toBeGreaterThan(20);
  });
  test.each([...streams.keys()])('%s computes what is stated', (name) => {
    const info = streams.get(name)!;
    const loop = streamLoop(info);
    if (E.isLeft(loop)) throw new Error(loop.left.fact._tag);
    const { term, first, count } = loop.right;
    const whole = B.sum(B.ofVar(first), B.product(B.ofVar(count), B.ofVar(info.axis)));
    const spec = must(core.substituteTerm({ axes: [[info.axis, whole]] }, info.spec));
    expect([term.dom, term.cod]).toEqual([spec.dom, spec.cod]);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const axes = [...info.names.axes.values()].map((e) => e.terms[0]!.vars[0]!);
    const sizes = new Map([...axes, first, count].map((v, i) => [v, [3, 2, 4, 5, 1, 6][i % 6]!]));
    const inputs = inputsOf(term.dom, sizes, seed).map((x) => ({ ...x, data: x.data.map((y) => Math.abs(y) + 0.1) }));
    const [stated, looped] = [spec, term].map((t) => values(t, sizes, inputs)) as [number[], number[]];
    expect(looped).toHaveLength(stated.length);
    expect(stated.some(Number.isFinite), `seed ${seed}`).toBe(true);
    expect(
      stated.filter((x, i) => !near(x, looped[i]!)),
      `seed ${seed}`,
    ).toEqual([]);
  });
});
