/** Loops that have a name, known by their shape: what is written for them, and drawn. Knows no text. */
import type { Axis } from '../../core/index.js';
import type { Tree } from './tree.js';

/** Whether an array, at its first element, is this tree: how `max` is known. */
export type FirstOf = (index: number, axis: Axis, body: Tree) => Tree;

type Operated = Tree & { readonly _tag: 'Apply'; readonly head: { readonly _tag: 'Operator' } };
export const isOperator = (t: Tree, operator: string): t is Operated =>
  t._tag === 'Apply' && t.head._tag === 'Operator' && t.head.operator === operator;

/** The two loops that everyone knows by name, with what they go over. */
export function reductionOf(
  t: Tree & { readonly _tag: 'Loop' },
  firstOf: FirstOf,
): readonly [name: 'sum' | 'max', term: Tree] | undefined {
  const [init, step] = [t.inits[0], t.body[0]];
  if (t.inits.length !== 1 || t.body.length !== 1 || step?._tag !== 'Apply' || !init) return undefined;
  const isState = (x: Tree | undefined): boolean => x?._tag === 'State' && x.loop === t.loop;
  if (isOperator(step, 'add')) {
    const term = isState(step.args[0]) ? step.args[1]! : isState(step.args[1]) ? step.args[0]! : undefined;
    const zero = init._tag === 'Number' && init.value.num === 0n;
    return term && zero && !term.free.has(t.loop) ? ['sum', term] : undefined;
  }
  const [condition, then, otherwise] = step.args;
  if (step.head._tag !== 'If' || !condition || !then || !isState(otherwise) || then.free.has(t.loop)) return undefined;
  const larger = isOperator(condition, 'lt') && isState(condition.args[0]) && condition.args[1] === then;
  return larger && firstOf(t.index, t.axis, then) === init ? ['max', then] : undefined;
}
