// Surface axes and objects to core values, and the checks that expressions share.
import {
  type Axis,
  type Obj,
  boolean,
  objVar,
  one,
  product,
  real,
  sum,
  tensorObj,
  unit,
  weave,
  zero,
} from '../point/build.js';
import { fail, within } from '../point/error.js';
import { type Env, type Typed, lookUp } from './scope.js';
import type { Span } from '../syntax/span.js';
import type { AxisTree, ObjectTree } from '../syntax/tree.js';

export function axisOf(env: Env, tree: AxisTree): Axis {
  return within(tree.span, () => {
    switch (tree._tag) {
      case 'AxisName':
        return lookUp('axis', env.names.axes, tree.name, tree.span);
      case 'AxisNumber':
        return tree.value === 0 ? zero : one;
      case 'AxisSum':
        return sum(axisOf(env, tree.left), axisOf(env, tree.right));
      case 'AxisProduct':
        return product(axisOf(env, tree.left), axisOf(env, tree.right));
    }
  });
}

export const baseObjects: ReadonlyMap<string, Obj> = new Map([
  ['R', real()],
  ['B', boolean()],
]);

export function objectOf(env: Env, tree: ObjectTree): Obj {
  return within(tree.span, () => {
    switch (tree._tag) {
      case 'ObjectName':
        return lookUp('object', new Map([...baseObjects, ...env.names.objects]), tree.name, tree.span);
      case 'ObjectUnit':
        return unit;
      case 'ObjectArray':
        return array(
          objectOf(env, tree.base),
          tree.axes.map((a) => axisOf(env, a)),
        );
      case 'ObjectProduct':
        return tensorObj(objectOf(env, tree.left), objectOf(env, tree.right));
    }
  });
}

const array = (base: Obj, axes: readonly Axis[]): Obj => axes.reduceRight((o, a) => weave(a, o), base);

export const variableObject = (name: string): Obj => objVar(name);

export function expectObject(expected: Obj, found: Obj, span: Span): void {
  if (expected !== found) fail({ _tag: 'ObjectMismatch', expected, found }, span);
}

export const typed = (expr: Typed['expr'], object: Obj, parts: readonly Obj[] = [object]): Typed => ({
  expr,
  object,
  parts,
});

export const tupled = (values: readonly Typed[]): Typed => {
  const [only, ...others] = values;
  if (only && others.length === 0) return only;
  return typed(
    { _tag: 'Tuple', parts: values.map((v) => v.expr) },
    tensorObj(...values.map((v) => v.object)),
    values.flatMap((v) => v.parts),
  );
};
