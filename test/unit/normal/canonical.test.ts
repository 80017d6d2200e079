// The canonical form means the same: normal forms before and after, evaluated in float64; and equal loops meet in it.
import { describe, expect, it } from 'vitest';
import * as K from '../../../src/core/index.js';
import { canonicalCells } from '../../../src/normal/canonical.js';
import * as fc from 'fast-check';
import { evaluateNormal } from '../../../src/run/reference/normal.js';
import { effort } from '../../oracle/laws/object.js';
import { MOST, randomTerm } from '../../oracle/laws/property.js';
import { partsOf, show } from '../../oracle/laws/show.js';
import { tapes } from '../../oracle/laws/tape.js';
import { difference, inputsOf, regimes, sizesOf, worldOf } from '../../oracle/laws/world.js';
import * as D from '../../support/ir/dsl.js';

const [nv, kv] = [D.variable('n'), D.variable('k')];
const [n, k] = [D.axis(nv), D.axis(kv)];
const x = (i: string, j: string) => D.at(D.wire('x'), i, j);
const term = (body: Parameters<typeof D.term>[1]): K.Term => D.term([{ name: 'x', axes: [n, k] }], body);

const mapOutside = term(D.map(n, (i) => D.sum(k, (j) => x(i, j))));
const mapInside = term(D.fold2(n, k, (s, i, j) => D.add(s, x(i, j))));
const pair = term(
  D.map(n, (i) =>
    D.letIn(
      [
        { name: 'a', object: D.R() },
        { name: 'b', object: D.R() },
      ],
      D.folds(
        k,
        [
          { object: D.R(), init: D.number(1n) },
          { object: D.R(), init: D.number(0n) },
        ],
        ([p, q], j) => D.tuple(D.mul(p!, D.exp(x(i, j))), D.add(q!, x(i, j))),
      ),
      D.wire('b'),
    ),
  ),
);
const mixed = term(D.fold2(n, k, (s, i, j) => D.add(s, D.mul(x(i, j), D.number(2n)))));
const crossed = term(
  D.foldRows(n, k, (s, i, j) =>
    D.add(
      D.at(s, i),
      D.mul(
        x(i, j),
        D.sum(n, (l) => D.at(s, l)),
      ),
    ),
  ),
);

const cells = (...terms: K.Term[]) => {
  const e = K.evaluator();
  return terms.map((t) => ({
    plain: e.normalForm(t).outputs,
    canonical: canonicalCells(e.pool, e.normalForm(t).outputs),
    pool: e.pool,
  }));
};

describe('the canonical form', () => {
  it('brings map inside and map outside together, and drops what nothing reads', () => {
    const [a, b, c] = cells(mapOutside, mapInside, pair);
    expect(a!.plain[0]).not.toBe(b!.plain[0]);
    expect(a!.canonical[0]).toBe(b!.canonical[0]);
    expect(a!.canonical[0]).toBe(c!.canonical[0]);
  });
  it('keeps different loops apart', () => {
    const [a, b, c] = cells(mapInside, mixed, crossed);
    expect(a!.canonical[0]).not.toBe(b!.canonical[0]);
    expect(a!.canonical[0]).not.toBe(c!.canonical[0]);
  });
  it('keeps a state array that is read at other elements, and is idempotent', () => {
    const [c] = cells(crossed);
    expect(c!.canonical[0]!.body.cells.some((cell) => cell.vars.length === 1)).toBe(true);
    expect(canonicalCells(c!.pool, c!.canonical)[0]).toBe(c!.canonical[0]);
  });

  it('means what the normal form means, on random diagrams', () => {
    const count = { checked: 0, moved: 0, declined: 0 };
    fc.assert(
      fc.property(tapes(), (choices) => {
        expect(disagreement(randomTerm(choices), choices.length, count)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
    expect(count.checked).toBeGreaterThan(250);
    expect(count.moved).toBeGreaterThan(10);
  });
});

function disagreement(
  t: K.Term,
  seed: number,
  count: { checked: number; moved: number; declined: number },
): string | undefined {
  if (effort(t, partsOf) > MOST) {
    count.declined++;
    return undefined;
  }
  const made = K.evaluator();
  let form;
  try {
    form = made.normalForm(t);
  } catch {
    count.declined++;
    return undefined;
  }
  const outputs = canonicalCells(made.pool, form.outputs);
  count.checked++;
  if (outputs.some((c, i) => c !== form.outputs[i])) count.moved++;
  for (const regime of regimes) {
    const sizes = sizesOf(regime, seed);
    const at = (cells: typeof outputs) =>
      evaluateNormal({ ...form, outputs: cells }, t.dom, t.cod, worldOf(t, sizes), inputsOf(t.dom, sizes, seed));
    const off = difference(at(form.outputs), at(outputs));
    if (off !== undefined) return `${regime}: ${off}\n${show(t)}`;
  }
  return undefined;
}
