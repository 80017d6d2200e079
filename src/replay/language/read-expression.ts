/**
 * Expressions: names resolved, objects inferred from the wires upwards, definitions unfolded. Invariant: what is built is typed; an index
 * and a wire are those of the innermost binder. It does not know statements, nor how a diagram is read.
 */
import { type Axis, ofVar, one, sum } from '../logic/axis.js';
import type { Wire } from '../logic/expression.js';
import { exhausted, fail, type Token } from './lexer.js';
import { diagram } from './parse-diagram.js';
import type { Binder, Reference, Tree } from './parse-expression.js';
import { type AxisTree, readItem } from './parse-object.js';
import * as objects from '../logic/object.js';
import { showObject } from '../logic/object.js';
import * as b from './read-build.js';
import type { Typed } from './read-build.js';
import { instance, target } from './read-call.js';
import { constant, decimal, einsum, operate, plumbFrom, select } from './read-plumb.js';
import { extended, nested, placed, readAxis, type Scope, withWires } from './read-scope.js';
import { rational, type Rational, times } from '../logic/rational.js';
import { refuse } from '../logic/refusal.js';
import * as t from '../logic/term.js';

type Of<Tag extends Tree['_tag']> = Extract<Tree, { readonly _tag: Tag }>;

export const readExpression = (tree: Tree, scope: Scope): Typed => nested(tree.at, () => read(tree, scope));

const read = (tree: Tree, scope: Scope): Typed => {
  switch (tree._tag) {
    case 'Number':
      return constant(decimal(tree.text));
    case 'Truth':
      return operate(tree.value ? 'true' : 'false');
    case 'Tuple':
      return b.tuple(tree.parts.map((p) => readExpression(p, scope)));
    case 'Reference':
      return reference(tree, scope);
    case 'Call':
      return call(tree.to, readAll(tree.args, scope), scope);
    case 'Bind':
      return named(tree, scope);
    case 'Element':
      return element(readExpression(tree.array, scope), tree.indices, scope);
    case 'Binary':
      return binary(tree, scope);
    case 'Unary':
      return unary(tree, scope);
    case 'Shape':
      return shape(tree, scope);
    case 'If':
      return select(readExpression(tree.test, scope), readExpression(tree.yes, scope), readExpression(tree.no, scope));
    case 'Let':
      return binding(tree, scope);
    case 'Map':
      return mapped(tree.binders, scope, (inner) => readExpression(tree.body, inner));
    case 'Loop':
      return loop(tree, scope);
    case 'Diagram':
      return applied(tree, scope);
    case 'Einsum':
      return b.applyFn(
        einsum(tree.text, (k) => axisNamed(k, tree.at, scope)),
        readExpression(tree.of, scope),
      );
  }
};

const readAll = (trees: readonly Tree[], scope: Scope): Typed[] => trees.map((x) => readExpression(x, scope));

const applied = ({ item, args }: Of<'Diagram'>, scope: Scope): Typed => {
  const argument = b.tuple(readAll(args, scope));
  const closed = { ...scope, wires: new Map(), indices: new Map() };
  return b.applyFn(scope.diagram(readItem(item, diagram), closed, argument.object), argument);
};

export const axisNamed = (name: string, at: Token, scope: Scope): Axis =>
  ofVar(scope.axes.get(name) ?? fail(at, `there is no axis ${name} here`));

const call = (to: Reference, args: readonly Typed[], scope: Scope): Typed =>
  b.applyFn(
    instance(
      to,
      scope,
      args.map((a) => a.object),
    ),
    b.tuple(args),
  );

/** A wire, or else a function of nothing. */
const reference = ({ to, at }: Of<'Reference'>, scope: Scope): Typed => {
  const object = to.items ? undefined : scope.wires.get(to.name);
  if (object) return element(b.wire(to.name, object), to.axes ?? [], scope);
  if (!target(to.name, scope)) fail(at, `there is no wire ${to.name} here`);
  return call(to, [], scope);
};

const element = (array: Typed, indices: readonly AxisTree[], scope: Scope): Typed =>
  indices.reduce((x, tree) => {
    if (tree._tag !== 'Name') return fail(tree.at, 'an element is read at an index; there is no arithmetic of indices');
    const axis = scope.indices.get(tree.name) ?? fail(tree.at, `there is no index ${tree.name} here`);
    return placed(tree.at, () => b.at(x, tree.name, axis));
  }, array);

const withIndex = (scope: Scope, name: string, axis: Axis): Scope => ({
  ...scope,
  indices: extended(scope.indices, [[name, axis]]),
});

/** `done` is what becomes of the array after each binder, the innermost first. */
const mapped = (
  binders: readonly Binder[],
  scope: Scope,
  body: (inner: Scope) => Typed,
  done: (array: Typed) => Typed = (x) => x,
): Typed => {
  const [head, ...rest] = binders;
  if (!head) return body(scope);
  const axis = readAxis(head.axis, scope);
  return done(b.map(head.name, axis, mapped(rest, withIndex(scope, head.name, axis), body, done)));
};

/** `NAME i (e)`: NAME of the array of all e, or NAME of i(e). */
const named = ({ to, binders, body, at }: Of<'Bind'>, scope: Scope): Typed => {
  const found = target(to.name, scope) ?? fail(at, `there is no function ${to.name} here`);
  const [head, ...more] = binders;
  const plain = head !== undefined && more.length === 0 && head.axis._tag === 'Name' && head.axis.name === head.name;
  const inner = plain && target(head.name, scope) !== undefined;
  if (found.arrays && !(inner && !scope.axes.has(head.name)))
    return mapped(
      binders,
      scope,
      (s) => readExpression(body, s),
      (array) => call(to, [array], scope),
    );
  if (!inner || head.axis._tag !== 'Name')
    return fail(at, `${to.name} takes no array over an axis, so it binds no index`);
  const args = body._tag === 'Tuple' ? readAll(body.parts, scope) : [readExpression(body, scope)];
  return call(to, [call({ name: head.name, at: head.axis.at }, args, scope)], scope);
};

const DIVISIONS = 100;

/** Literals, and negation and division of them. */
const literal = (tree: Tree, level = 0): Rational | undefined => {
  if (level > DIVISIONS) exhausted(tree.at, `more than ${DIVISIONS} divisions stand in each other`);
  let sign = 1n;
  let of = tree;
  for (; of._tag === 'Unary' && of.op === 'neg'; of = of.of) sign = -sign;
  if (of._tag === 'Number') return times(rational(sign, 1n), decimal(of.text));
  if (of._tag !== 'Binary' || of.op !== '/') return undefined;
  const [n, d] = [literal(of.left, level + 1), literal(of.right, level + 1)];
  return n && d && d.n !== 0n ? times(rational(sign * n.n, n.d), rational(d.d, d.n)) : undefined;
};

const reciprocal = (tree: Tree, scope: Scope): Typed => {
  const value = literal(tree);
  return value && value.n !== 0n ? constant(rational(value.d, value.n)) : operate('recip', readExpression(tree, scope));
};

/** Equal: neither is less. Each is computed once. */
const equals = (left: Typed, right: Typed): Typed => {
  const names: Wire[] = ['#l', '#r'].map((name) => ({ name, object: objects.reals() }));
  const [l, r] = [b.wire('#l', objects.reals()), b.wire('#r', objects.reals())];
  const neither = operate('and', operate('not', operate('lt', l, r)), operate('not', operate('lt', r, l)));
  return b.bind(names, b.tuple([left, right]), neither);
};

const concatenated = (left: Typed, right: Typed): Typed => {
  const [a, c] = [left.object.leaves[0]?.axes[0], right.object.leaves[0]?.axes[0]];
  const o = a && objects.unweave(a, left.object);
  if (!a || !c || !o || o !== objects.unweave(c, right.object))
    return refuse(
      `${showObject(left.object)} ++ ${showObject(right.object)}: arrays that differ in the leading axis are expected`,
    );
  sum(a, c);
  return b.apply(t.concat(a, c, o), b.tuple([left, right]));
};

const binary = (tree: Of<'Binary'>, scope: Scope): Typed => {
  const folded = tree.op === '/' ? literal(tree) : undefined;
  if (folded) return constant(folded);
  const left = readExpression(tree.left, scope);
  if (tree.op === '/') return operate('mul', left, reciprocal(tree.right, scope));
  const right = readExpression(tree.right, scope);
  switch (tree.op) {
    case '+':
      return operate('add', left, right);
    case '-':
      return operate('add', left, operate('neg', right));
    case '*':
      return operate('mul', left, right);
    case '<':
      return operate('lt', left, right);
    case '>':
      return operate('lt', right, left);
    case '<=':
      return operate('not', operate('lt', right, left));
    case '>=':
      return operate('not', operate('lt', left, right));
    case '==':
      return equals(left, right);
    case '++':
      return concatenated(left, right);
    case 'and':
    case 'or':
      return operate(tree.op, left, right);
    default:
      return fail(tree.at, `there is no operator ${tree.op}`);
  }
};

const unary = (tree: Of<'Unary'>, scope: Scope): Typed => {
  const value = tree.op === 'neg' ? literal(tree) : undefined;
  if (value) return constant(value);
  const of = readExpression(tree.of, scope);
  if (tree.op === 'first') {
    const axis = of.object.leaves[0]?.axes[0] ?? refuse(`${showObject(of.object)} has no leading axis`);
    return b.applyFn(plumbFrom('first', [axis], of.object), of);
  }
  return t.isOperator(tree.op) ? operate(tree.op, of) : fail(tree.at, `there is no operator ${tree.op}`);
};

const shape = (tree: Of<'Shape'>, scope: Scope): Typed => {
  const axes = tree.axes.map((a) => readAxis(a, scope));
  const [axis = one] = axes;
  if (tree.of === undefined) {
    if (axes.length !== 1) return refuse(`${tree.op} takes one axis`);
    return b.apply(tree.op === 'size' ? t.size(axis) : t.position(axis), b.tuple([]));
  }
  const of = readExpression(tree.of, scope);
  return b.applyFn(plumbFrom(tree.op, axes, of.object), of);
};

const binding = (tree: Of<'Let'>, scope: Scope): Typed => {
  const value = readExpression(tree.value, scope);
  const count = tree.names.length;
  if (new Set(tree.names).size !== count) refuse('a let binds a name twice');
  const leaves = value.object.leaves.map((leaf) => objects.object([leaf]));
  const parts = [[value.object], value.parts ?? [], leaves].find((p) => p.length === count);
  if (!parts) return refuse(`${count} names cannot share out ${showObject(value.object)}`);
  const wires = tree.names.map((name, n) => ({ name, object: parts[n] ?? objects.unit }));
  return b.bind(wires, value, readExpression(tree.body, withWires(scope, wires)));
};

const loop = (tree: Of<'Loop'>, scope: Scope): Typed => {
  const axis = readAxis(tree.binder.axis, scope);
  const start = readAll(
    tree.state.map((s) => s.value),
    scope,
  );
  const state = tree.state.map(({ name }, n) => ({ name, object: start[n]?.object ?? objects.unit }));
  if (new Set(state.map((s) => s.name)).size !== state.length) refuse('a loop binds a name twice');
  const body = readExpression(tree.body, withIndex(withWires(scope, state), tree.binder.name, axis));
  if (tree.op === 'fold') b.same(b.total(state), body.object);
  return b.scan(tree.binder.name, axis, state, b.tuple(start), body);
};
