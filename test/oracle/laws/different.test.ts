// Diagrams that differ numerically are never called equal: random neighbours, random pairs of one type, and false laws.
// Invariant: whenever the core says yes, the two are compared at every regime of sizes; and many pairs do differ.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { core as K, must } from '../../support/door.js';
import { toward } from './generate.js';
import { mutated } from './mutate.js';
import { axes, effort, k, someObj } from './object.js';
import { MOST, equalOrDeclined, randomTerm, value } from './property.js';
import { partsOf, show } from './show.js';
import { Tape, tapes } from './tape.js';
import { difference, regimes } from './world.js';

const RUNS = Number(process.env.WEFT_LAWS_RUNS ?? 300);
const big = (t: Door.Term): boolean => effort(t, partsOf) > MOST;

/** Where the two differ, if they do at any regime. */
function differs(f: Door.Term, g: Door.Term, seed: number): boolean {
  return regimes.some((r) => difference(value(f, r, seed), value(g, r, seed)) !== undefined);
}

function never(pair: (tape: Tape, choices: readonly number[]) => readonly [Door.Term, Door.Term]): number {
  let different = 0;
  fc.assert(
    fc.property(tapes(), (choices) => {
      const [f, g] = pair(new Tape(choices), choices);
      if (big(f) || big(g) || f === g) return;
      const apart = differs(f, g, choices[0]!);
      if (apart) different++;
      if (apart && equalOrDeclined(f, g)) throw new Error(`called equal:\n${show(f)}\n${show(g)}`);
    }),
    { numRuns: RUNS },
  );
  return different;
}

describe('never equal when different', () => {
  test('a diagram and its neighbour', () => {
    const different = never((_tape, choices) => {
      const f = randomTerm(choices);
      return [f, mutated(new Tape([...choices].reverse()), f)];
    });
    expect(different).toBeGreaterThan(RUNS / 10);
  });
  test('two diagrams of one type', () => {
    const different = never((tape) => {
      const [from, to] = [someObj(tape), someObj(tape, 2)];
      return [toward(tape, from, to), toward(tape, from, to)];
    });
    expect(different).toBeGreaterThan(RUNS / 10);
  });
});

const [x, y, z] = ['x', 'y', 'z'].map((n) => k.ax(n)) as [Door.Axis, Door.Axis, Door.Axis];
const { R, seq, par, id, op } = k;
const exchange = must(K.exchange(x, x, R));
const cut = must(K.split(x, x, R));
const glue = must(K.concat(x, x, R));
const twist = must(K.swap(k.real(x), k.real(x)));
const sum = (e: Door.Axis): Door.Term => seq(par(k.num(0), id(k.real(e))), k.scan(e, R, op('add')));
const running = (e: Door.Axis): Door.Term => k.scan(e, R, seq(op('add'), must(K.copy(R))));

/** False laws that have been believed; each a pair of one type. */
// prettier-ignore
const falsehoods: Readonly<Record<string, readonly [Door.Term, Door.Term]>> = {
  'swap = id': [must(K.swap(R, R)), id(k.obj(R, R))],
  'exchange a a = id': [exchange, id(k.real(x, x))],
  'concat (x, y) = concat (y, x)': [glue, seq(twist, glue)],
  'split a a ; swap = split a a': [seq(cut, twist), cut],
  'tile a a ; exchange = tile a a': [seq(must(K.tile(x, x, R)), exchange), must(K.tile(x, x, R))],
  'scan has no carry over a sum': [seq(running(k.plus(x, y)), par(id(R), must(K.split(x, y, R)))), seq(par(id(R), must(K.split(x, y, R))), par(must(K.copy(R)), id(k.obj(k.real(x), k.real(y)))), par(id(R), must(K.swap(R, k.real(x))), id(k.real(y))), par(running(x), running(y)), par(must(K.discard(R)), id(k.real(x)), id(R), id(k.real(y))), par(must(K.swap(k.real(x), R)), id(k.real(y))))],
  'sum of products = product of sums': [seq(k.map(x, op('mul')), sum(x)), seq(par(sum(x), sum(x)), op('mul'))],
  'position restarts': [must(K.position(k.plus(x, x))), seq(must(K.position(x)), must(K.copy(k.real(x))), glue)],
  'position a * size a': [seq(must(K.position(k.by(x, y))), must(K.tile(x, y, R))), seq(must(K.position(x)), k.map(x, must(K.repeat(y, R))))],
  'size is one axis for another': [must(K.size(x)), must(K.size(y))],
  'first = the first of another axis': [must(K.first(x, k.real(x))), seq(exchange, must(K.first(x, k.real(x))))],
  'diag forgets the inner index': [must(K.diag(x, R)), seq(must(K.first(x, k.real(x))))],
  'select takes the other branch': [must(K.select(R)), seq(par(id(k.B), must(K.swap(R, R))), must(K.select(R)))],
  'max is add': [seq(par(sum(x), sum(x)), op('add')), seq(par(sum(x), sum(x)), op('mul'))],
  '1e16 + 1 = 1e16': [k.seq(k.par(must(K.constant(must(K.rational(10n ** 16n)))), k.num(1)), op('add')), must(K.constant(must(K.rational(10n ** 16n))))],
  '1/3 + 1/3 + 1/3 = 0.999…': [k.seq(k.par(k.num(1, 3), k.num(2, 3)), op('add')), k.num(9999999, 10000000)],
  'log 0 = 1': [seq(k.num(0), op('log')), k.num(1)],
  'a sum in the other order of axes': [seq(k.map(x, sum(y))), seq(must(K.exchange(x, y, R)), k.map(y, sum(x)), must(K.discard(k.real(y))), par(seq(k.num(0), must(K.repeat(x, R)))))],
  'z for y': [seq(sum(k.by(x, z))), seq(must(K.tile(x, z, R)), must(K.first(x, k.real(z))), sum(z))],
};

describe('false laws', () => {
  for (const [name, [f, g]] of Object.entries(falsehoods))
    test(name, () => {
      expect([f.dom, f.cod]).toEqual([g.dom, g.cod]);
      expect(must(K.equal(f, g))).toBe(false);
      expect(must(K.equal(f, f))).toBe(true);
    });
  test('one axis is never taken for another, whatever their sizes', () => {
    for (const e of axes)
      for (const d of axes)
        if (e !== d)
          expect(
            must(K.equal(must(K.size(e)), must(K.size(d)))),
            `${show(must(K.size(e)))} ${show(must(K.size(d)))}`,
          ).toBe(sameSize(e, d));
  });
});

/** Whether two axes of the list have one size everywhere: 1+x and x+1 do, and are different axes all the same. */
function sameSize(e: Door.Axis, d: Door.Axis): boolean {
  const size = (a: Door.Axis, s: Record<string, number>): number =>
    K.paths(a).reduce((n, p) => n + p.reduce((m, v) => m * s[v.name]!, 1), 0);
  return [
    { x: 2, y: 3, z: 5, t: 7, u: 11 },
    { x: 13, y: 4, z: 6, t: 9, u: 8 },
  ].every((s) => size(e, s) === size(d, s));
}
