/**
 * Properties put on the prototypes that everything inherits from, before or after theorems are made. Invariant: nothing false is proved
 * meanwhile, and nothing afterwards. Built-in functions are not replaced here: docs/explanation/trust.md says that they are believed.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Attack, K, k, must, unlikeItsDerivation, zeroIsOne } from './attack.js';

const t0 = k.ax0('t');
const node = (): unknown => must(K.normalForm(K.evaluator(), k.num(1))).outputs[0]!.body;
/** A table that knows one answer to every question. */
function lyingTable(): Map<unknown, unknown> {
  let first: unknown;
  return Object.assign(new Map<unknown, unknown>(), { has: () => true, get: (key: unknown) => (first ??= key) });
}

const values: Readonly<Record<string, () => unknown>> = {
  'a summand of nothing': () => ({ vars: [], tail: undefined }),
  'a table that lies': lyingTable,
  'an empty axis': () => t0,
  'a term': () => k.num(1),
  'an object': () => k.R,
  'a node': node,
  references: () => [{ _tag: 'Bound', depth: 7 }],
  'a pair': () => [k.v('n'), t0],
  'a function': () => () => true,
  true: () => true,
  'a number': () => 0,
  'a definition': () => must(K.define('p', { axes: [], objects: [], morphisms: [] }, k.num(0))),
};
const keys = ['-2', '-1', '0', '1', '2', '3', 'undefined', 'id', 'axis', 'axes', 'other', 'object', 'objects', 'morphisms', 'premises', 'rule', 'sort', 'maybeEmpty', 'scope', 'tail', 'vars', 'terms', 'dom', 'cod', 'leaves', 'binders', 'lhs', 'rhs', 'hypotheses', 'has', 'get', 'value', 'lt', 'add', 'exp', 'done', 'next', 'body', 'cells', 'refs', 'free', 'fact', 'coefficient'] as const; // prettier-ignore

/** What is false, each asked anew: names are fresh, so that nothing is remembered. */
let count = 0;
function falsehoods(): string | undefined {
  count += 1;
  const fresh = (s: string): ReturnType<typeof k.ax> => k.ax(`${s}${count}`);
  const [a, b] = [fresh('a'), fresh('b')];
  const n = k.v(`n${count}`);
  const firstOf = must(K.first(k.of(n), k.R));
  const law = must(K.structural(firstOf, firstOf));
  const hyp = must(K.hypothesis([n], must(K.size(k.of(n))), k.num(1)));
  const claims: readonly (readonly [string, () => E.Either<unknown, unknown>])[] = [
    ['0 = 1', zeroIsOne],
    ['map exp = map sqrt', () => K.structural(k.map(a, k.op('exp')), k.map(a, k.op('sqrt')))],
    ['a transposed square', () => K.structural(must(K.exchange(a, a, k.R)), k.id(k.real(a, a)))],
    ['size a = size b', () => K.structural(must(K.size(a)), must(K.size(b)))],
    [
      'blocks in another order',
      () => K.structural(must(K.position(k.plus(a, k.by(a, a)))), must(K.position(k.plus(k.by(a, a), a)))),
    ],
    [
      'a sum that is its start',
      () => K.structural(k.scan(a, k.R, k.op('add')), k.par(k.id(k.R), must(K.discard(k.real(a))))),
    ],
    ['an element of the empty axis', () => K.first(K.zero, k.R)],
    ['the first of nothing', () => K.instantiate(law, { axes: [[n, K.zero]] })],
    ['the first of what may be empty', () => K.instantiate(law, { axes: [[n, k.ax0(`t${count}`)]] })],
    ['an assumption at nothing', () => K.assume(hyp, [K.zero])],
    ['a missing axis', () => K.assume(hyp, [])],
    ['an unknown operator', () => K.operator('next' as never)],
    ['a swap that is the identity', () => K.structural(must(K.swap(k.R, k.R)), k.id(k.obj(k.R, k.R)))],
  ];
  for (const [name, claim] of claims) {
    let made: E.Either<unknown, unknown>;
    try {
      made = claim();
    } catch {
      continue;
    }
    if (E.isRight(made)) return name;
  }
  const thm = K.structural(must(K.size(a)), must(K.size(a)));
  return E.isRight(thm) ? unlikeItsDerivation(thm.right) : undefined;
}

function polluted(holder: object, key: string, value: unknown): string | undefined {
  if (Object.hasOwn(holder, key)) return undefined;
  Object.defineProperty(holder, key, { value, configurable: true, writable: true });
  let during: string | undefined;
  try {
    during = falsehoods();
  } catch {
    during = undefined;
  } finally {
    Reflect.deleteProperty(holder, key);
  }
  return during ?? (falsehoods() === undefined ? undefined : 'something false, afterwards');
}

const holders: Readonly<Record<string, object>> = {
  'Object.prototype': Object.prototype,
  'Array.prototype': Array.prototype,
  'Map.prototype': Map.prototype,
};
export const pollution: readonly Attack[] = Object.entries(holders).flatMap(([holder, object]) =>
  keys.flatMap((key) =>
    Object.entries(values).map(([name, make]): Attack => ({
      family: 'polluted prototypes',
      name: `${holder}['${key}'] is ${name}`,
      run: () => polluted(object, key, make()),
    })),
  ),
);
