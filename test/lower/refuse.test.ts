// What lowering refuses, each with its reason and an accepted twin.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import * as K from '../../src/core/index.js';
import type { AxisUse } from '../../src/ir/kernel.js';
import { validate } from '../../src/ir/validate.js';
import { lower } from '../../src/lower/lower.js';
import type { Scheduled } from '../../src/lower/scheduled.js';
import * as D from './dsl.js';

const [n, k] = [D.grouped('n', 4, 'lane'), D.streamed('k', 3)];
const [cv, c] = [D.variable('c'), D.axis(D.variable('c'))];
const serial: AxisUse = { _tag: 'Serial', name: 'c', axis: cv };
const make = (rhs: K.Term, uses: readonly AxisUse[], wires = ['x']): Scheduled => ({
  name: 'case',
  rhs,
  wires: wires.map((name) => ({ name, level: 'global' })),
  results: ['out'],
  uses,
});
const over = (axes: readonly K.Axis[], body: Parameters<typeof D.term>[1]): K.Term =>
  D.term([{ name: 'x', axes }], body);
const rowSum = over(
  [n.axis, k.axis],
  D.map(n.axis, (i) => D.sum(k.axis, (j) => D.at(D.wire('x'), i, j))),
);

const code = (s: Scheduled): string => {
  const made = lower(s);
  if (E.isLeft(made)) return made.left.code;
  const checked = validate(made.right, s.rhs);
  return E.isLeft(checked) ? checked.left.code : 'accepted';
};

const scanned = over(
  [k.axis],
  D.letIn(
    [
      { name: 'last', object: D.R() },
      { name: 'all', object: D.R(k.axis) },
    ],
    D.scanOver(
      'j',
      k.axis,
      [{ name: 's', object: D.R(), init: D.number(0n) }],
      D.tuple(D.add(D.wire('s'), D.at(D.wire('x'), 'j')), D.wire('s')),
    ),
    D.wire('all'),
  ),
);
const turned = (step: (s: Parameters<typeof D.at>[0], i: string) => Parameters<typeof D.at>[0]): K.Term =>
  D.term(
    [
      { name: 'x', axes: [c] },
      { name: 'y', axes: [k.axis] },
    ],
    D.folds(k.axis, [{ object: D.R(c), init: D.wire('x') }], ([s], l) =>
      D.map(c, (i) => D.mul(D.mul(D.at(s!, i), D.at(D.wire('y'), l)), step(s!, i))),
    ),
  );
const shift = turned((s) => D.sum(c, (j) => D.at(s, j)));
const pointwise = turned((s, i) => D.at(s, i));
const h = K.morphismVar('h', [], D.R(), D.R());
const variable = over(
  [n.axis],
  D.map(n.axis, (i) => D.apply(D.get(K.variable(D.get(h), [])), D.at(D.wire('x'), i))),
);
const boolean = D.get(K.operator('not'));

describe('lowering refuses', () => {
  it.each([
    [
      'a morphism variable',
      'L-VARIABLE',
      make(variable, [n.use]),
      make(
        over(
          [n.axis],
          D.map(n.axis, (i) => D.exp(D.at(D.wire('x'), i))),
        ),
        [n.use],
      ),
    ],
    ['an axis without a use', 'L-AXIS', make(rowSum, [n.use]), make(rowSum, [n.use, k.use])],
    [
      'a group that the result does not have',
      'L-AXIS',
      make(rowSum, [n.use, k.use, D.grouped('m', 2, 'register').use]),
      make(rowSum, [n.use, k.use]),
    ],
    [
      'an output for every turn',
      'L-SCAN',
      make(scanned, [k.use]),
      make(
        over(
          [k.axis],
          D.sum(k.axis, (j) => D.at(D.wire('x'), j)),
        ),
        [k.use],
      ),
    ],
    [
      'a state array whose step reads its other elements',
      'L-STATE',
      make(shift, [serial, k.use], ['x', 'y']),
      make(pointwise, [serial, k.use], ['x', 'y']),
    ],
    ['a wire that is not real', 'L-TYPE', make(boolean, []), make(D.get(K.operator('exp')), [])],
    ['a wire without a name', 'L-TYPE', make(rowSum, [n.use, k.use], []), make(rowSum, [n.use, k.use])],
  ] as const)('%s', (_, expected, refused, twin) => {
    expect(code(refused)).toBe(expected);
    expect(code(twin)).toBe('accepted');
  });
});
