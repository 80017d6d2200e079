// What lowering refuses, each with its reason and an accepted twin.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import * as K from '../../../../src/core/index.js';
import type { AxisUse } from '../../../../src/kernel/ir/kernel.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import { lower } from '../../../../src/kernel/lower/lower.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import * as D from '../../../support/ir/dsl.js';

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

type Pointful = ReturnType<typeof D.wire>;
/** The running sums along an axis of the wire, as `all`, in a result. */
const scanned = (axis: K.Axis, result: Pointful, all = 'all'): Pointful =>
  D.letIn(
    [
      { name: `${all}-last`, object: D.R() },
      { name: all, object: D.R(axis) },
    ],
    D.scanOver(
      'j',
      axis,
      [{ name: 's', object: D.R(), init: D.number(0n) }],
      D.tuple(D.add(D.wire('s'), D.at(D.wire('x'), 'j')), D.wire('s')),
    ),
    result,
  );
const both = D.map(k.axis, (i) => D.map(k.axis, (j) => D.mul(D.at(D.wire('all'), i), D.at(D.wire('all'), j))));
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
      'outputs along two axes of which neither loop runs in the other',
      'L-SCAN',
      make(over([k.axis], scanned(k.axis, both)), [k.use]),
      make(over([k.axis], scanned(k.axis, D.wire('all'))), [k.use]),
    ],
    [
      'a state array whose step reads its other elements, over an axis without a most',
      'L-AXIS',
      make(shift, [serial, k.use], ['x', 'y']),
      make(pointwise, [serial, k.use], ['x', 'y']),
    ],
    [
      'the same, of a loop that is no axis of the state',
      'L-AXIS',
      make(shift, [serial, k.use], ['x', 'y']),
      make(shift, [{ _tag: 'Held', name: 'c', axis: cv, most: 4 }, k.use], ['x', 'y']),
    ],
    ['an object that is no array', 'L-TYPE', make(D.get(K.id(D.get(K.objVar('A')))), []), make(boolean, [])],
    ['a wire without a name', 'L-TYPE', make(rowSum, [n.use, k.use], []), make(rowSum, [n.use, k.use])],
  ] as const)('%s', (_, expected, refused, twin) => {
    expect(code(refused)).toBe(expected);
    expect(code(twin)).toBe('accepted');
  });
});
