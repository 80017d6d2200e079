/**
 * The grammar of expressions and diagrams. Invariant: a tree says what stands in the text and no more; a chain of operators leans to
 * the left and is as deep as it is long. It does not know what a name stands for, so `x[i]`, `f x` and `f i (e)` are read by their shape.
 */
import type { Token } from './lexer.js';
import { axis, axisAtom, object } from './parse-object.js';
import type { AxisTree, Cursor, Item, ObjectTree } from './parse-object.js';

export interface Binder {
  readonly name: string;
  readonly axis: AxisTree;
}
export interface Reference {
  readonly name: string;
  readonly axes?: readonly AxisTree[];
  readonly items?: readonly Item[];
  readonly at: Token;
}
export interface WireTree {
  readonly name: string;
  readonly object: ObjectTree;
  readonly at: Token;
}
interface Bound {
  readonly name: string;
  readonly value: Tree;
}
type Node =
  | { readonly _tag: 'Number'; readonly text: string }
  | { readonly _tag: 'Truth'; readonly value: boolean }
  | { readonly _tag: 'Tuple'; readonly parts: readonly Tree[] }
  | { readonly _tag: 'Reference'; readonly to: Reference }
  | { readonly _tag: 'Call'; readonly to: Reference; readonly args: readonly Tree[] }
  | { readonly _tag: 'Bind'; readonly to: Reference; readonly binders: readonly Binder[]; readonly body: Tree }
  | { readonly _tag: 'Element'; readonly array: Tree; readonly indices: readonly AxisTree[] }
  | { readonly _tag: 'Binary'; readonly op: string; readonly left: Tree; readonly right: Tree }
  | { readonly _tag: 'Unary'; readonly op: string; readonly of: Tree }
  | { readonly _tag: 'Shape'; readonly op: string; readonly axes: readonly AxisTree[]; readonly of?: Tree }
  | { readonly _tag: 'If'; readonly test: Tree; readonly yes: Tree; readonly no: Tree }
  | { readonly _tag: 'Let'; readonly names: readonly string[]; readonly value: Tree; readonly body: Tree }
  | { readonly _tag: 'Map'; readonly binders: readonly Binder[]; readonly body: Tree }
  | {
      readonly _tag: 'Loop';
      readonly op: string;
      readonly binder: Binder;
      readonly state: readonly Bound[];
      readonly body: Tree;
    }
  | { readonly _tag: 'Diagram'; readonly item: Item; readonly args: readonly Tree[] }
  | { readonly _tag: 'Einsum'; readonly text: string; readonly of: Tree };
export type Tree = Node & { readonly at: Token };

const LEVELS: Readonly<Record<string, number>> = {
  ...{ or: 1, and: 2, '<': 4, '>': 4, '<=': 4, '>=': 4, '==': 4 },
  ...{ '++': 5, '+': 6, '-': 6, '*': 7, '/': 7 },
};
const NOT = 3;
const COMPARE = 4;
const NEGATE = 8;
const level = (c: Cursor): number => (c.peek().kind !== 'name' && c.is(c.peek().text) && LEVELS[c.peek().text]) || 0;

export const expression = (c: Cursor): Tree => c.nested(() => binary(c, 1));

const binary = (c: Cursor, from: number): Tree => {
  let left = prefix(c, from);
  for (let found = level(c); found >= from; found = level(c)) {
    const at = c.next();
    left = { _tag: 'Binary', op: at.text, left, right: binary(c, found + 1), at };
    if (found === COMPARE && level(c) === COMPARE)
      c.fail('comparisons do not chain: an operator of another kind is expected here');
  }
  return left;
};

const prefix = (c: Cursor, from: number): Tree => {
  const at = c.peek();
  if (from <= NOT && c.accept('not')) return { _tag: 'Unary', op: 'not', of: c.nested(() => binary(c, NOT)), at };
  if (from <= NEGATE && c.accept('-')) return { _tag: 'Unary', op: 'neg', of: c.nested(() => binary(c, NEGATE)), at };
  return application(c);
};

const conditional = (c: Cursor, at: Token): Tree => {
  const test = expression(c);
  c.expect('then');
  const yes = expression(c);
  c.expect('else');
  return { _tag: 'If', test, yes, no: expression(c), at };
};

const inParens = <A>(c: Cursor, read: () => A): A[] => {
  c.expect('(');
  const found = c.is(')') ? [] : c.list(read);
  c.expect(')');
  return found;
};

const binding = (c: Cursor, at: Token): Tree => {
  const names = (c.is('(') ? inParens(c, () => c.name()) : [c.name()]).map((t) => t.text);
  c.expect('=');
  const value = expression(c);
  c.expect('in');
  return { _tag: 'Let', names, value, body: expression(c), at };
};

const binder = (c: Cursor): Binder => {
  const at = c.name();
  if (c.is(':') && !c.peek().first) return c.next() && { name: at.text, axis: axisAtom(c) };
  return { name: at.text, axis: { _tag: 'Name', name: at.text, at } };
};

const loop = (c: Cursor, at: Token): Tree => {
  const bound = binder(c);
  const state = inParens(c, () => {
    const name = c.name().text;
    c.expect('=');
    return { name, value: expression(c) };
  });
  return { _tag: 'Loop', op: at.text, binder: bound, state, body: expression(c), at };
};

export const axesOf = (c: Cursor): AxisTree[] => {
  c.expect('[');
  const found = c.list(() => axis(c));
  c.expect(']');
  return found;
};

const application = (c: Cursor): Tree => {
  const at = c.peek();
  let tree = primary(c, at);
  if (at.text !== '(' && (tree._tag === 'Bind' || tree._tag === 'Map')) return tree;
  while (c.is('[')) tree = { _tag: 'Element', array: tree, indices: axesOf(c), at };
  return tree;
};
const operand = (c: Cursor): Tree => c.nested(() => application(c));
/** Tuples are flat. */
const tuple = (parts: readonly Tree[], at: Token): Tree =>
  parts.length === 1
    ? (parts[0] as Tree)
    : { _tag: 'Tuple', parts: parts.flatMap((p) => (p._tag === 'Tuple' ? p.parts : [p])), at };

const body = (c: Cursor): Tree => {
  const at = c.peek();
  const parts = inParens(c, () => expression(c));
  return parts.length === 0 ? c.fail('the body of a binder is expected before this') : tuple(parts, at);
};

const primary = (c: Cursor, at: Token): Tree => {
  if (c.isName()) return named(c);
  if (at.kind === 'number') return c.next() && { _tag: 'Number', text: at.text, at };
  if (c.is('('))
    return tuple(
      inParens(c, () => expression(c)),
      at,
    );
  if (c.accept('{')) {
    const [item, ...more] = c.items();
    if (item === undefined || more.length > 0) return c.fail('one diagram in braces is expected before this');
    return { _tag: 'Diagram', item, args: inParens(c, () => expression(c)), at };
  }
  return at.kind === 'word' ? word(c, at) : c.fail('an expression is expected here');
};

const word = (c: Cursor, at: Token): Tree => {
  const op = at.text;
  c.next();
  switch (op) {
    case 'if':
      return conditional(c, at);
    case 'let':
      return binding(c, at);
    case 'fold':
    case 'scan':
      return loop(c, at);
    case 'true':
    case 'false':
      return { _tag: 'Truth', value: op === 'true', at };
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'recip':
    case 'first':
      return { _tag: 'Unary', op, of: operand(c), at };
    case 'size':
      return { _tag: 'Shape', op, axes: [axisAtom(c)], at };
    case 'position':
      return { _tag: 'Shape', op, axes: axesOf(c), at };
    case 'repeat':
    case 'split':
    case 'concat':
    case 'tile':
    case 'flatten':
      return { _tag: 'Shape', op, axes: axesOf(c), of: operand(c), at };
    case 'map':
      return { _tag: 'Map', binders: c.list(() => binder(c)), body: body(c), at };
    case 'einsum':
      return { _tag: 'Einsum', text: pattern(c), of: operand(c), at };
    default:
      c.at -= 1;
      return c.fail('an expression is expected here');
  }
};

export const pattern = (c: Cursor): string =>
  c.peek().kind === 'string'
    ? c.next().text.slice(1, -1)
    : c.fail('the pattern of an einsum in quotes is expected here');

export const reference = (c: Cursor): Reference => {
  const at = c.name();
  const axes = c.is('[') ? { axes: axesOf(c) } : {};
  return { name: at.text, ...axes, ...(c.accept('{') ? { items: c.items() } : {}), at };
};

/** Whether binders and an opening parenthesis stand here, as in `sum i:n, k (…)`; if so, they are read. */
const binders = (c: Cursor): Binder[] | undefined => {
  const start = c.at;
  const found: Binder[] = [];
  do {
    if (!c.isName()) break;
    if (c.is(':', 1) && !c.peek(1).first && !(c.isName(2) || c.is('(', 2) || c.peek(2).kind === 'number')) break;
    found.push(binder(c));
    if (c.is('(')) return found;
  } while (c.accept(','));
  c.at = start;
  return undefined;
};

const named = (c: Cursor): Tree => {
  const to = reference(c);
  const { at } = to;
  if (c.is('(')) return { _tag: 'Call', to, args: inParens(c, () => expression(c)), at };
  if (c.peek().line !== at.line || to.axes || to.items) return { _tag: 'Reference', to, at };
  const bound = c.isName() ? binders(c) : undefined;
  if (bound !== undefined) return { _tag: 'Bind', to, binders: bound, body: body(c), at };
  return startsOperand(c) ? { _tag: 'Call', to, args: [operand(c)], at } : { _tag: 'Reference', to, at };
};

const OPERANDS = new Set(
  'true false exp log sqrt recip first size position repeat split concat tile flatten map einsum'.split(' '),
);
const startsOperand = (c: Cursor): boolean =>
  c.isName() || c.peek().kind === 'number' || (c.peek().kind === 'word' && OPERANDS.has(c.peek().text));

export const wires = (c: Cursor): WireTree[] => {
  const names = [c.name()];
  while (c.isName()) names.push(c.name());
  c.expect(':');
  const of = object(c);
  return names.map((at) => ({ name: at.text, object: of, at }));
};
export const wireGroup = (c: Cursor): WireTree[] => inParens(c, () => wires(c)).flat();
