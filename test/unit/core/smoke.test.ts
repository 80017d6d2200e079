import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import * as K from '../../../src/core/index.js';

const get = <A>(e: E.Either<K.CoreError, A>): A => {
  if (E.isLeft(e)) throw new Error(JSON.stringify({ ...e.left, found: [] }));
  return e.right;
};
const ax = (name: string, maybeEmpty = false): K.Axis => get(K.ofVar(get(K.axisVar(name, { maybeEmpty }))));
const R = get(K.real());

describe('core smoke', () => {
  it('compares a tower of 200 copies quickly', () => {
    const layer = get(K.compose(get(K.copy(R)), get(K.operator('add'))));
    let tower = K.id(R);
    for (let i = 0; i < 200; i++) tower = K.compose(get(tower), layer);
    expect(get(K.equal(get(tower), get(tower)))).toBe(true);
    const f = get(K.compose(get(K.copy(R)), get(K.tensor(get(K.operator('exp')), get(K.operator('exp'))))));
    const g = get(K.compose(get(K.operator('exp')), get(K.copy(R))));
    expect(get(K.equal(f, g))).toBe(true);
  });
  it('handles depth 10,000', () => {
    let t = get(K.operator('exp'));
    let u = get(K.operator('exp'));
    for (let i = 0; i < 10_000; i++) {
      t = get(K.compose(t, get(K.operator('exp'))));
      u = get(K.compose(get(K.operator('exp')), u));
    }
    expect(get(K.equal(t, u))).toBe(true);
  });
  it('computes folds on sums', () => {
    const [a, b] = [ax('a'), ax('b')];
    const add = get(K.operator('add'));
    const whole = get(K.scan(get(K.sum(a, b)), R, add));
    const parts = get(
      K.compose(
        get(K.tensor(get(K.id(R)), get(K.split(a, b, R)))),
        get(K.compose(get(K.tensor(get(K.scan(a, R, add)), get(K.id(get(K.weave(b, R)))))), get(K.scan(b, R, add)))),
      ),
    );
    expect(get(K.equal(whole, parts))).toBe(true);
    expect(get(K.equal(get(K.position(get(K.sum(a, b)))), get(K.position(get(K.sum(a, b))))))).toBe(true);
  });
});
