// From parse nodes to trees: names, axes, objects and expressions. Invariant: total on what the grammar accepts.
import type * as ohm from 'ohm-js';
import { type Node, read, spanOf } from './node.js';
import { spanning } from './span.js';
import { infix } from './precedence.js';
import type { AxisTree, BinderTree, Decimal, ExprTree, Explicit, Name, ObjectTree } from './tree.js';

export type Actions = ohm.ActionDict<unknown>;

/** The children of an iteration. */
export const each = <T>(node: Node): readonly T[] => node.children.map((c) => read<T>(c));
/** The items of a ListOf. */
export const items = <T>(node: Node): readonly T[] => node.asIteration().children.map((c: Node) => read<T>(c));
/** first, rest, …: a list that is written out in its rule */
export const list = <T>(first: Node, rest: Node): readonly T[] => [read<T>(first), ...each<T>(rest)];
/** The child of an option. */
export const option = <T>(node: Node): T | undefined => (node.children[0] ? read<T>(node.children[0]) : undefined);
export const nameOf = (node: Node): Name => ({ name: node.sourceString, span: spanOf(node) });
export const word = (node: Node): string => node.sourceString.trim();

export const noExplicit: Explicit = { axes: undefined, braces: undefined };

function decimal(digits: string, fraction: string, exponent: string): Decimal {
  return { digits: BigInt(digits + fraction), exponent: Number(exponent || '0') - fraction.length };
}

/** a + b + …, grouped to the left */
const axes = (tag: 'AxisSum' | 'AxisProduct', first: Node, rest: Node): AxisTree =>
  list<AxisTree>(first, rest).reduce((left, right): AxisTree => ({
    _tag: tag,
    left,
    right,
    span: spanning(left.span, right.span),
  }));

export const axisActions: Actions = {
  name: (ident) => nameOf(ident),
  path(first, _dots, rest) {
    return { name: [first, ...rest.children].map((n: Node) => n.sourceString).join('.'), span: spanOf(this) };
  },
  decimal: (digits, fraction, exponent) =>
    decimal(digits.sourceString, fraction.sourceString.slice(1), exponent.sourceString.slice(1)),
  string(_open, _text, _close) {
    const { start, end } = spanOf(this);
    return { name: this.sourceString.slice(1, -1), span: { start: start + 1, end: end - 1 } };
  },
  Axis: (left, _plus, right) => axes('AxisSum', left, right),
  AxisTerm: (left, _times, right) => axes('AxisProduct', left, right),
  AxisAtom_paren: (_open, axis, _close) => read(axis),
  AxisAtom_number(number) {
    return { _tag: 'AxisNumber', value: number.sourceString === '1' ? 1 : 0, span: spanOf(this) };
  },
  AxisAtom_name: (name) => ({ _tag: 'AxisName', ...nameOf(name) }),
  Object: (first, _times, rest) =>
    list<ObjectTree>(first, rest).reduce((left, right): ObjectTree => ({
      _tag: 'ObjectProduct',
      left,
      right,
      span: spanning(left.span, right.span),
    })),
  ObjectAtom(base, axes) {
    const over = option<readonly AxisTree[]>(axes);
    return over ? { _tag: 'ObjectArray', base: read(base), axes: over, span: spanOf(this) } : read(base);
  },
  ObjectAxes_many: (_open, list, _close) => each(list),
  ObjectAxes_one: (_open, axis, _close) => [read(axis)],
  ObjectBase_paren: (_open, object, _close) => read(object),
  ObjectBase_unit(_one) {
    return { _tag: 'ObjectUnit', span: spanOf(this) };
  },
  ObjectBase_name: (name) => ({ _tag: 'ObjectName', ...nameOf(name) }),
};

export const operatorActions: Actions = {
  Exp: (first, words, rest) => infix([first, ...rest.children], words.children),
  Operand: (words, operand) => ({ prefixes: words.children, operand: read(operand) }),
  WordExp_unary(op, value) {
    return { _tag: 'Unary', word: word(op), value: read(value), span: spanOf(this) };
  },
};

const bare = (index: Node): BinderTree => {
  const { name, span } = nameOf(index);
  return { index: name, axis: { _tag: 'AxisName', name, span }, span };
};

export const binderActions: Actions = {
  WordExp_if(_if, condition, _then, then, _else, otherwise) {
    return { _tag: 'If', condition: read(condition), then: read(then), otherwise: read(otherwise), span: spanOf(this) };
  },
  WordExp_let(_let, names, _is, value, _in, body) {
    return { _tag: 'Let', names: read(names), value: read(value), body: read(body), span: spanOf(this) };
  },
  WordExp_loop(op, binder, _open, state, _close, body) {
    return {
      _tag: 'Loop',
      word: word(op),
      binder: read(binder),
      state: read(state),
      body: read(body),
      span: spanOf(this),
    };
  },
  Pattern_one: (name) => [read(name)],
  Pattern_many: (_open, names, _close) => read(names),
  Inits: (first, _commas, rest) => list(first, rest),
  NamesExp: (first, _commas, rest) => list(first, rest),
  Init(name, _is, value) {
    return { name: name.sourceString, value: read(value), span: spanOf(this) };
  },
  Binder_typed(index, _beside, _colon, axis) {
    return { index: index.sourceString, axis: read(axis), span: spanOf(this) };
  },
  Binder_bare: (index) => bare(index),
  Binders: (first, _commas, rest) => list(first, rest),
  Exps: (first, _commas, rest) => list(first, rest),
};

export const applicationActions: Actions = {
  WordExp_first(_word, value) {
    return { _tag: 'First', value: read(value), span: spanOf(this) };
  },
  WordExp_repeat(_word, _open, axis, _close, value) {
    return { _tag: 'Repeat', axis: read(axis), value: read(value), span: spanOf(this) };
  },
  WordExp_position(_word, _open, axis, _close) {
    return { _tag: 'Position', axis: read(axis), span: spanOf(this) };
  },
  WordExp_size(_word, axis) {
    return { _tag: 'Size', axis: read(axis), span: spanOf(this) };
  },
  WordExp_reshape(op, pair, arg) {
    const value = read<ExprTree>(arg);
    const args = value._tag === 'Tuple' ? value.parts : [value];
    return { _tag: 'Reshape', word: word(op), axes: option(pair), args, span: spanOf(this) };
  },
  AppExp_word: (_word, e) => read(e),
  AppExp_post: (e) => read(e),
  Primary_prefix(callee, _gap, arg) {
    return { _tag: 'Call', callee: read(callee), explicit: noExplicit, args: [read(arg)], span: spanOf(this) };
  },
  AxisPair: (_open, a, _comma, b, _close) => [read(a), read(b)],
  PostExp: (primary, indices) =>
    indices.children.reduce<ExprTree>(
      (array, node) => ({ _tag: 'Index', array, indices: read(node), span: spanning(array.span, spanOf(node)) }),
      read(primary),
    ),
  Indices: (_open, names, _close) => read(names),
  Primary_number(value) {
    return { _tag: 'Number', value: read(value), span: spanOf(this) };
  },
  Primary_truth(value) {
    return { _tag: 'Truth', value: word(value) === 'true', span: spanOf(this) };
  },
  Primary_map(_map, binders, _open, body, _close) {
    return { _tag: 'Map', binders: read(binders), body: tupled(body), span: spanOf(this) };
  },
  Primary_einsum(_word, text, _open, args, _close) {
    return { _tag: 'Einsum', text: read(text), args: read(args), span: spanOf(this) };
  },
  Primary_applied(_open, diagram, _close, _open2, args, _close2) {
    return { _tag: 'Applied', diagram: read(diagram), args: option(args) ?? [], span: spanOf(this) };
  },
  Primary_call(callee, axes, braces, _open, args, _close) {
    const explicit: Explicit = { axes: option(axes), braces: option(braces) };
    return { _tag: 'Call', callee: read(callee), explicit, args: option(args) ?? [], span: spanOf(this) };
  },
  Primary_reduce(callee, _gap, binders, _open, body, _close) {
    return { _tag: 'Reduce', callee: read(callee), binders: read(binders), body: tupled(body), span: spanOf(this) };
  },
  Primary_tuple(_open, list, _close) {
    const parts = option<readonly ExprTree[]>(list) ?? [];
    return parts.length === 1 ? parts[0] : { _tag: 'Tuple', parts, span: spanOf(this) };
  },
  Primary_wire: (name) => ({ _tag: 'Wire', ...nameOf(name) }),
  Axes: (_open, first, _commas, rest, _close) => list(first, rest),
  Braces: (_open, first, _commas, rest, _close) => list(first, rest),
  Brace_object(object, _end) {
    return { _tag: 'BraceObject', object: read(object), span: spanOf(this) };
  },
  Brace_diagram(diagram) {
    return { _tag: 'BraceDiagram', diagram: read(diagram), span: spanOf(this) };
  },
};

/** (e, …): one expression is itself. */
function tupled(list: Node): ExprTree {
  const parts = read<readonly ExprTree[]>(list);
  return parts.length === 1 ? parts[0]! : { _tag: 'Tuple', parts, span: spanOf(list) };
}
