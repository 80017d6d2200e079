/**
 * Attempts to change a theorem that was made, what it leads to, or what the core remembers. Invariant: after each, the theorem says
 * what it said, and 0 = 1 is refused.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Attack, K, genuine, k, must, zeroIsOne } from './attack.js';

/** Tries what strict mode may refuse. */
function quietly(action: () => unknown): void {
  try {
    action();
  } catch {
    // refused by the language: as good as refused by the core
  }
}

const other = k.num(1);
const { lhs } = must(K.sequent(genuine));
const thm = must(K.structural(k.num(0), k.num(0)));
const sequent = must(K.sequent(thm));
const poly = must(K.normalForm(K.evaluator(), must(K.size(k.plus(k.ax('a'), k.ax('b'))))));
const hyp = must(K.hypothesis([k.v('n')], must(K.size(k.ax('n'))), k.num(1)));

const targets: Readonly<Record<string, object>> = {
  'a theorem': thm,
  'its prototype': Object.getPrototypeOf(thm) as object,
  'its sequent': sequent,
  'its hypotheses': sequent.hypotheses,
  'its derivation': must(K.derivation(thm)),
  'a term': sequent.lhs,
  'an object': sequent.lhs.cod,
  'its leaves': sequent.lhs.cod.leaves,
  'an axis': k.ax('a'),
  'the axis 0': K.zero,
  'its summands': K.zero.terms,
  'the axis 1': K.one,
  'an axis variable': k.v('a'),
  blocks: K.paths(k.plus(k.ax('a'), k.ax('b'))),
  slots: must(K.slots(k.real(k.ax('a')))),
  'a normal form': poly,
  'its outputs': poly.outputs as object,
  'a node': poly.outputs[0]!.body,
  'data of a node': poly.outputs[0]!.body.data,
  'cells of a node': poly.outputs[0]!.body.cells,
  'a hypothesis': hyp,
  'binders of a hypothesis': hyp.binders,
  'a definition': must(K.define('c', { axes: [], objects: [], morphisms: [] }, k.num(0))),
  'an evaluator': K.evaluator(),
  'the prototype of evaluators': Object.getPrototypeOf(K.evaluator()) as object,
  'the prototype of pools': Object.getPrototypeOf(K.evaluator().pool) as object,
};

/** What is done to each. */
const changes: Readonly<Record<string, (target: object) => void>> = {
  'every property assigned': (t) =>
    Reflect.ownKeys(t).forEach((key) => quietly(() => ((t as Record<PropertyKey, unknown>)[key] = other))),
  'every property redefined': (t) =>
    Reflect.ownKeys(t).forEach((key) => quietly(() => Object.defineProperty(t, key, { value: other }))),
  'every property replaced by a getter': (t) =>
    Reflect.ownKeys(t).forEach((key) => quietly(() => Object.defineProperty(t, key, { get: () => other }))),
  'every property deleted': (t) => Reflect.ownKeys(t).forEach((key) => quietly(() => Reflect.deleteProperty(t, key))),
  'properties added': (t) =>
    ['lhs', 'rhs', 'dom', 'cod', 'terms', 'id', '0', '1', '_tag', 'hypotheses'].forEach((key) =>
      quietly(() => Object.defineProperty(t, key, { value: other, configurable: true })),
    ),
  'its prototype changed': (t) =>
    quietly(() => Object.setPrototypeOf(t, { lhs: other, rhs: other, normalForm: () => poly })),
  'methods of arrays': (t) => {
    if (!Array.isArray(t)) return;
    for (const method of ['push', 'pop', 'shift', 'reverse', 'sort', 'splice', 'fill'] as const)
      quietly(() => (t as unknown as Record<string, (...args: unknown[]) => unknown>)[method]!(other));
  },
  'methods of its prototype replaced': (t) => {
    const up = Object.getPrototypeOf(t) as Record<PropertyKey, unknown> | null;
    const shared: readonly unknown[] = [null, Object.prototype, Array.prototype];
    if (!up || shared.includes(up)) return;
    for (const key of Reflect.ownKeys(up)) quietly(() => (up[key] = () => ({ inputs: [], outputs: [] })));
  },
};

function judged(): string | undefined {
  const now = must(K.sequent(thm));
  if (now.lhs !== sequent.lhs || now.rhs !== k.num(0) || now.hypotheses.length > 0) return 'a theorem was changed';
  if (E.isRight(zeroIsOne())) return '0 = 1';
  if (E.isLeft(K.structural(lhs, lhs))) return 'nothing is proved any more';
  if (E.isRight(K.first(K.zero, k.R))) return 'an element of the empty axis';
  const [x, y] = [k.ax('x'), k.ax('y')];
  const turned = K.structural(must(K.size(k.plus(x, x, y))), must(K.size(k.plus(y, y, x))));
  return E.isRight(turned) ? 'x + x + y has the size of y + y + x' : undefined;
}

export const mutations: readonly Attack[] = Object.entries(targets).flatMap(([target, value]) =>
  Object.entries(changes).map(([change, apply]): Attack => ({
    family: 'changed results',
    name: `${target}: ${change}`,
    run: () => {
      apply(value);
      return judged();
    },
  })),
);
