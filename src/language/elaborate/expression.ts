// Surface expressions to point expressions, objects inferred bottom-up. Invariant: what is returned compiles (its types are
// checked here, with spans); refusals carry the span of the smallest phrase that is at fault.
import {
  type Axis,
  type Obj,
  concat,
  first,
  flatten,
  ofLeaves,
  peel,
  position,
  product,
  real,
  repeat,
  size,
  split,
  sum,
  tensorObj,
  tile,
  weave,
  leafObjects,
} from '../point/build.js';
import { type Given, called, isReducer } from './call.js';
import { einsumApplied, einsumOf } from './einsum.js';
import { descend, fail, within } from '../point/error.js';
import { heard } from './hear.js';
import { conditional, exact, literal, scalars, truth, unaryScalar } from './operator.js';
import { type Binding, apply, at, firstOf, letIn, mapOver, scanOver, wire } from '../point/point.js';
import { type Local, type Typed, calleeOf, unknownIn, withIndex, withWires } from './scope.js';
import { axisOf, expectObject, tupled, typed } from './type.js';
import type { Span } from '../syntax/span.js';
import type { BinderTree, ExprTree, Explicit, Name } from '../syntax/tree.js';

type Tree<Tag extends ExprTree['_tag']> = Extract<ExprTree, { readonly _tag: Tag }>;
type Spanned = Typed & { readonly span: Span };

export function expression(local: Local, tree: ExprTree): Typed {
  return heard(
    tree.span,
    within(tree.span, () => typedOf(local, tree)),
    (t) => t.object,
  );
}

function typedOf(local: Local, tree: ExprTree): Typed {
  switch (tree._tag) {
    case 'Wire':
      return wireOf(local, tree);
    case 'Index':
      return indexed(local, tree);
    case 'Number':
      return typed(literal(exact(tree.value)), real());
    case 'Truth':
      return truth(tree.value);
    case 'Binary':
      return tree.word === '++' ? concatenated(local, tree) : scalars(local, tree);
    case 'Unary':
      return unaryScalar(local, tree);
    case 'If':
      return conditional(local, tree);
    case 'Call':
      return application(local, tree.callee, tree.explicit, spanned(local, tree.args));
    case 'Reduce':
      return reduced(local, tree);
    case 'Map':
      return mapped(local, tree.binders, tree.body);
    case 'Loop':
      return loop(local, tree);
    case 'Let':
      return bound(local, tree);
    case 'Tuple':
      return tupled(tree.parts.map((p) => expression(local, p)));
    default:
      return structural(local, tree);
  }
}

type Structural = Tree<'First' | 'Repeat' | 'Position' | 'Size' | 'Reshape' | 'Applied' | 'Einsum'>;

function structural(local: Local, tree: Structural): Typed {
  switch (tree._tag) {
    case 'First': {
      const array = expression(local, tree.value);
      const { axis, rest } = peeled(array.object, tree.value.span);
      first(axis, rest); // E-SIDE here, with a span
      return typed(firstOf(axis, array.expr), rest);
    }
    case 'Repeat': {
      const [axis, value] = [axisOf(local.env, tree.axis), expression(local, tree.value)];
      return typed(
        apply(repeat(axis, value.object), value.expr),
        weave(axis, value.object),
        value.parts.map((p) => weave(axis, p)),
      );
    }
    case 'Position': {
      const axis = axisOf(local.env, tree.axis);
      return typed(apply(position(axis)), real(axis));
    }
    case 'Size':
      return typed(apply(size(axisOf(local.env, tree.axis))), real());
    case 'Reshape':
      return reshaped(local, tree);
    case 'Applied': {
      const args = spanned(local, tree.args);
      const given = tensorObj(...args.map((a) => a.object));
      const term = local.knot.diagram(local, tree.diagram, given);
      expectObject(term.dom, given, tree.span);
      return typed(apply(term, ...args.map((a) => a.expr)), term.cod, leafObjects(term.cod));
    }
    case 'Einsum':
      return einsumApplied(einsumOf(local.env, tree.text), spanned(local, tree.args));
  }
}

const spanned = (local: Local, trees: readonly ExprTree[]): readonly Spanned[] =>
  trees.map((t) => ({ ...expression(local, t), span: t.span }));

// ---- wires and elements -----------------------------------------------------------------------------------------------

function wireOf(local: Local, { name, span }: Tree<'Wire'>): Typed {
  const object = local.wires.get(name) ?? unknownIn(local, 'wire', [...local.wires.keys()], { name, span });
  return typed(wire(name), object);
}

const peeled = (object: Obj, span: Span) => peel(object) ?? fail({ _tag: 'NoLeadingAxis', found: object }, span);

function indexed(local: Local, tree: Tree<'Index'>): Typed {
  const array = expression(local, tree.array);
  return tree.indices.reduce<Typed>(({ expr, object }, { name, span }) => {
    const known = [...local.indices.keys()];
    const axis = local.indices.get(name) ?? unknownIn(local, 'index', known, { name, span });
    const { axis: leading, rest } = peeled(object, tree.array.span);
    if (axis !== leading) fail({ _tag: 'AxisMismatch', expected: leading, found: axis }, span);
    return typed(at(expr, name), rest);
  }, array);
}

// ---- binders ----------------------------------------------------------------------------------------------------------

/** An array over the binders, the first outermost; `each` makes something of every array, innermost first. */
function arrays(local: Local, binders: readonly BinderTree[], body: ExprTree, each: (array: Typed) => Typed): Typed {
  const [binder, ...inner] = binders;
  if (!binder) return expression(local, body);
  const axis = axisOf(local.env, binder.axis);
  const { expr, object, parts } = descend(() => arrays(withIndex(local, binder.index, axis), inner, body, each));
  return each(
    typed(
      mapOver(binder.index, axis, expr),
      weave(axis, object),
      parts.map((p) => weave(axis, p)),
    ),
  );
}

const mapped = (local: Local, binders: readonly BinderTree[], body: ExprTree): Typed =>
  arrays(local, binders, body, (a) => a);

/** NAME i, j (e); or, where NAME takes no array or the binder names no axis, NAME applied to i(e). */
function reduced(local: Local, tree: Tree<'Reduce'>): Typed {
  const [only, ...others] = tree.binders;
  const callee = calleeOf(local.env, tree.callee);
  const bare = only && others.length === 0 && only.axis._tag === 'AxisName' && only.axis.span.start === only.span.start;
  const reducer = callee._tag === 'Definition' && isReducer(callee.entry);
  if (only && bare && !(reducer && local.env.names.axes.has(only.index)) && isFunction(local, only.index)) {
    const args = tree.body._tag === 'Tuple' ? tree.body.parts : [tree.body];
    const span = { start: only.span.start, end: tree.span.end };
    const inner = within(span, () =>
      application(local, { name: only.index, span: only.span }, none, spanned(local, args)),
    );
    return application(local, tree.callee, none, [{ ...inner, span }]);
  }
  return arrays(local, tree.binders, tree.body, (a) =>
    application(local, tree.callee, none, [{ ...a, span: tree.body.span }]),
  );
}

const none: Explicit = { axes: undefined, braces: undefined };
const isFunction = (local: Local, name: string): boolean =>
  local.env.names.morphisms.has(name) || local.env.functions.has(name);

/** The names of a pattern, each with its component of the value. */
function dealt(names: readonly Name[], value: Typed, span: Span): readonly Binding[] {
  const twice = names.find(({ name }, i) => names.findIndex((n) => n.name === name) !== i);
  if (twice) fail({ _tag: 'Duplicate', kind: 'wire', name: twice.name }, twice.span);
  const leaves = leafObjects(value.object);
  const objects =
    names.length === 1 ? [value.object] : [value.parts, leaves].find((list) => list.length === names.length);
  if (!objects)
    return fail({ _tag: 'Arity', what: 'let (…)', expected: names.length, found: value.parts.length }, span);
  return names.map(({ name }, i) => ({ name, object: objects[i]! }));
}

function bound(local: Local, tree: Tree<'Let'>): Typed {
  const value = expression(local, tree.value);
  const names = dealt(tree.names, value, tree.value.span);
  const body = expression(withWires(local, names), tree.body);
  return { ...body, expr: letIn(names, value.expr, body.expr) };
}

function loop(local: Local, tree: Tree<'Loop'>): Typed {
  const axis = axisOf(local.env, tree.binder.axis);
  const twice = tree.state.find(({ name }, i) => tree.state.findIndex((s) => s.name === name) !== i);
  if (twice) fail({ _tag: 'Duplicate', kind: 'wire', name: twice.name }, twice.span);
  const state = tree.state.map((s) => {
    const init = expression(local, s.value);
    return { name: s.name, object: init.object, init: init.expr };
  });
  const body = expression(withWires(withIndex(local, tree.binder.index, axis), state), tree.body);
  const whole = tensorObj(...state.map((s) => s.object));
  const outputs = outputsOf(tree, state, whole, body);
  const parts = [...state.map((s) => s.object), ...outputs.map((o) => weave(axis, o))];
  return typed(scanOver(tree.binder.index, axis, state, body.expr), tensorObj(...parts), parts);
}

/** What the body gives beside the new state. */
function outputsOf(tree: Tree<'Loop'>, state: readonly Binding[], whole: Obj, body: Typed): readonly Obj[] {
  const n = whole.leaves.length;
  const rest = ofLeaves(body.object.leaves.slice(n));
  const fits = tensorObj(whole, rest) === body.object && (tree.word === 'scan' || rest.leaves.length === 0);
  if (!fits) fail({ _tag: 'ObjectMismatch', expected: whole, found: body.object }, tree.body.span);
  const parts = body.parts.slice(state.length);
  const aligned = state.every((s, i) => body.parts[i] === s.object) && tensorObj(...parts) === rest;
  return aligned ? parts : leafObjects(rest);
}

// ---- application ------------------------------------------------------------------------------------------------------

function application(local: Local, callee: Name, explicit: Explicit, args: readonly Spanned[]): Typed {
  if (!isFunction(local, callee.name)) {
    const known = [...local.env.names.morphisms.keys(), ...local.env.functions.keys()];
    unknownIn(local, 'function', known, callee);
  }
  const given: Given = { objects: args.map((a) => a.object), parts: args.flatMap((a) => a.parts) };
  const term = called(local, callee, explicit, given);
  checkArguments(local, callee, term.dom, args);
  return typed(apply(term, ...args.map((a) => a.expr)), term.cod, leafObjects(term.cod));
}

/** Finds the argument at fault: the first that differs from what stands at its place. */
function checkArguments(local: Local, callee: Name, dom: Obj, args: readonly Spanned[]): void {
  const found = tensorObj(...args.map((a) => a.object));
  if (found === dom) return;
  let from = 0;
  for (const { object, span } of args) {
    const expected = ofLeaves(dom.leaves.slice(from, from + object.leaves.length));
    from += object.leaves.length;
    expectObject(expected, object, span);
  }
  fail({ _tag: 'ObjectMismatch', expected: dom, found }, callee.span);
}

// ---- concatenation and tiling -------------------------------------------------------------------------------------------

function concatenated(local: Local, tree: Tree<'Binary'>): Typed {
  const args = spanned(local, [tree.left, tree.right]);
  return joined(args, undefined);
}

function joined(args: readonly Spanned[], written: readonly [Axis, Axis] | undefined): Typed {
  const [left, right] = args;
  if (!left || !right || args.length > 2)
    return fail({ _tag: 'Arity', what: 'concat', expected: 2, found: args.length });
  const [a, b] = [peeled(left.object, left.span), peeled(right.object, right.span)];
  expectAxes(written, [a.axis, b.axis]);
  expectObject(a.rest, b.rest, right.span);
  return typed(apply(concat(a.axis, b.axis, a.rest), left.expr, right.expr), weave(sum(a.axis, b.axis), a.rest));
}

function expectAxes(expected: readonly [Axis, Axis] | undefined, found: readonly [Axis, Axis]): void {
  expected?.forEach((e, i) => {
    if (e !== found[i]) fail({ _tag: 'AxisMismatch', expected: e, found: found[i]! });
  });
}

function reshaped(local: Local, tree: Tree<'Reshape'>): Typed {
  const args = spanned(local, tree.args);
  const axes = tree.axes && ([axisOf(local.env, tree.axes[0]), axisOf(local.env, tree.axes[1])] as const);
  if (tree.word === 'concat') return joined(args, axes);
  const [array] = args;
  if (!array || args.length > 1) return fail({ _tag: 'Arity', what: tree.word, expected: 1, found: args.length });
  if (tree.word === 'flatten') return flattened(array, axes);
  const [a, b] = axes ?? fail({ _tag: 'NotInferred', what: 'axis', name: `${tree.word}[…]` });
  const { axis, rest } = peeled(array.object, array.span);
  const whole = tree.word === 'split' ? sum(a, b) : product(a, b);
  if (axis !== whole) fail({ _tag: 'AxisMismatch', expected: whole, found: axis }, array.span);
  if (tree.word === 'tile') return typed(apply(tile(a, b, rest), array.expr), weave(a, weave(b, rest)));
  const parts = [weave(a, rest), weave(b, rest)];
  return typed(apply(split(a, b, rest), array.expr), tensorObj(...parts), parts);
}

function flattened(array: Spanned, written: readonly [Axis, Axis] | undefined): Typed {
  const outer = peeled(array.object, array.span);
  const inner = peeled(outer.rest, array.span);
  expectAxes(written, [outer.axis, inner.axis]);
  const [a, b] = [outer.axis, inner.axis];
  return typed(apply(flatten(a, b, inner.rest), array.expr), weave(product(a, b), inner.rest));
}
