/**
 * What names stand for, and the axes and objects of a text. Invariant: a scope is never changed, only extended; a name is declared once
 * in its space. It does not know expressions.
 */
import * as axes from '../logic/axis.js';
import type { Axis, AxisVar } from '../logic/axis.js';
import type { Wire } from '../logic/expression.js';
import { exhausted, fail, ReadError, type Token } from './lexer.js';
import * as objects from '../logic/object.js';
import type { Obj } from '../logic/object.js';
import type { DiagramTree } from './parse-diagram.js';
import type { AxisTree, ObjectTree } from './parse-object.js';
import type { AxisDeclaration, Parameter } from './parse-statement.js';
import type { Fn } from './read-build.js';
import { LIMITS, Refusal, spend } from '../logic/refusal.js';
import { morphismVar, type MorphismVar } from '../logic/term.js';

/** The body is read once, at its own variables; `wires` where it is an expression. `instances` remembers its unfoldings. */
export interface Meaning {
  readonly name: string;
  readonly at: Token;
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
  readonly wires: readonly Wire[] | undefined;
  readonly fn: Fn;
  readonly instances: Map<string, Fn>;
}

export interface Scope {
  readonly sorts: ReadonlyMap<string, Token>;
  readonly definitions: ReadonlyMap<string, Meaning>;
  readonly axes: ReadonlyMap<string, AxisVar>;
  readonly objects: ReadonlySet<string>;
  readonly morphisms: ReadonlyMap<string, MorphismVar>;
  readonly wires: ReadonlyMap<string, Obj>;
  readonly indices: ReadonlyMap<string, Axis>;
  /** a diagram, where the object that comes in may be known */
  readonly diagram: (tree: DiagramTree, scope: Scope, dom?: Obj) => Fn;
}

/** What is left out is not fixed by what is known so far. */
export class Unfixed extends ReadError {}

/** Trees may be deep, and small texts may say much: both are bounded. */
const DEPTH = 400;
let depth = 0;

export const nested = <A>(at: Token, build: () => A): A => {
  if (depth >= DEPTH) exhausted(at, `the text is nested more than ${DEPTH} deep`);
  depth += 1;
  try {
    return placed(at, () => (spend(), build()));
  } finally {
    depth -= 1;
  }
};

/** A refusal by what is built gets the place of the text that it was built for. */
export const placed = <A>(at: Token, build: () => A): A => {
  try {
    return build();
  } catch (e) {
    if (e instanceof Refusal && !(e instanceof ReadError)) throw new ReadError(at, e.reason, e.declined);
    throw e;
  }
};

export const readAxis = (tree: AxisTree, scope: Scope): Axis => {
  // a sum leans to the left and may be long
  const rest: AxisTree[] = [];
  let leftmost = tree;
  for (; leftmost._tag === 'Sum' || leftmost._tag === 'Times'; leftmost = leftmost.left) rest.push(leftmost);
  const start = (): Axis => {
    if (leftmost._tag === 'Number') return leftmost.value === 0 ? axes.zero : axes.one;
    if (leftmost._tag !== 'Name') return fail(leftmost.at, 'an axis is expected here');
    return axes.ofVar(scope.axes.get(leftmost.name) ?? fail(leftmost.at, `there is no axis ${leftmost.name} here`));
  };
  return rest.reverse().reduce((left, node) => {
    if (node._tag !== 'Sum' && node._tag !== 'Times') return left;
    const right = readAxis(node.right, scope);
    return placed(node.at, () => (node._tag === 'Sum' ? axes.sum(left, right) : axes.product(left, right)));
  }, start());
};

export const readObject = (tree: ObjectTree, scope: Scope): Obj => {
  switch (tree._tag) {
    case 'Unit':
      return objects.unit;
    case 'Name':
      if (scope.objects.has(tree.name)) return objects.objectVar(tree.name);
      if (tree.name === 'R') return objects.reals();
      return tree.name === 'B' ? objects.booleans() : fail(tree.at, `there is no object ${tree.name} here`);
    case 'Product':
      if (tree.parts.length > LIMITS.leaves) exhausted(tree.at, 'an object is too large');
      return placed(tree.at, () => objects.tensor(...tree.parts.map((p) => readObject(p, scope))));
    case 'Array': {
      const of = readObject(tree.of, scope);
      return placed(tree.at, () =>
        tree.axes.map((a) => readAxis(a, scope)).reduceRight((o, a) => objects.weave(a, o), of),
      );
    }
  }
};

export const extended = <K, V>(map: ReadonlyMap<K, V>, entries: Iterable<readonly [K, V]>): ReadonlyMap<K, V> =>
  new Map([...map, ...entries]);

export interface Declared {
  readonly scope: Scope;
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
  readonly wires: readonly Wire[];
}

const once = (taken: boolean, name: string, at: Token): void => void (taken && fail(at, `${name} is declared twice`));

const declareAxis = ({ name, sort, maybeEmpty, at }: AxisDeclaration, scope: Scope): AxisVar => {
  if (sort !== undefined && !scope.sorts.has(sort)) fail(at, `there is no sort ${sort}`);
  return axes.axisVar(name, sort, maybeEmpty);
};

const withAxes = (scope: Scope, vars: readonly AxisVar[]): Scope => ({
  ...scope,
  axes: extended(
    scope.axes,
    vars.map((v) => [v.name, v]),
  ),
});

const declare = (done: Declared, p: Parameter): Declared => {
  const { scope } = done;
  switch (p._tag) {
    case 'Axis': {
      once(scope.axes.has(p.axis.name), p.axis.name, p.axis.at);
      const v = declareAxis(p.axis, scope);
      return { ...done, scope: withAxes(scope, [v]), axes: [...done.axes, v] };
    }
    case 'Object': {
      once(scope.objects.has(p.name) || p.name === 'R' || p.name === 'B', p.name, p.at);
      return {
        ...done,
        scope: { ...scope, objects: new Set([...scope.objects, p.name]) },
        objects: [...done.objects, p.name],
      };
    }
    case 'Morphism': {
      once(scope.morphisms.has(p.name), p.name, p.at);
      const binders = p.binders.map((b) => declareAxis(b, scope));
      const inner = withAxes(scope, binders);
      const m = placed(p.at, () => morphismVar(p.name, binders, readObject(p.dom, inner), readObject(p.cod, inner)));
      return {
        ...done,
        scope: { ...scope, morphisms: extended(scope.morphisms, [[p.name, m]]) },
        morphisms: [...done.morphisms, m],
      };
    }
    case 'Wire': {
      const { name, object, at } = p.wire;
      once(scope.wires.has(name), name, at);
      const wire = { name, object: readObject(object, scope) };
      return { ...done, scope: withWires(scope, [wire]), wires: [...done.wires, wire] };
    }
  }
};

export const withWires = (scope: Scope, wires: readonly Wire[]): Scope => ({
  ...scope,
  wires: extended(
    scope.wires,
    wires.map((w) => [w.name, w.object]),
  ),
});

const placeOf = (p: Parameter): Token => (p._tag === 'Axis' ? p.axis.at : p._tag === 'Wire' ? p.wire.at : p.at);

const PARAMETERS = 1_000;
export const declared = (parameters: readonly Parameter[], scope: Scope): Declared => {
  const [first] = parameters;
  if (first && parameters.length > PARAMETERS)
    exhausted(placeOf(first), `there are more than ${PARAMETERS} parameters`);
  return parameters.reduce(declare, { scope, axes: [], objects: [], morphisms: [], wires: [] });
};
