/**
 * The grammar of diagrams. Invariant: `f ; g ; h` leans to the left; what was left out of the text is left out of the tree. It does not
 * know domains.
 */
import type { Token } from './lexer.js';
import { axisAtom, objectAtom, startsObject } from './parse-object.js';
import type { AxisTree, Cursor, ObjectTree } from './parse-object.js';
import { expression, pattern, reference, wireGroup } from './parse-expression.js';
import type { Reference, Tree, WireTree } from './parse-expression.js';

type DiagramNode =
  | { readonly _tag: 'Compose'; readonly left: DiagramTree; readonly right: DiagramTree }
  | { readonly _tag: 'Tensor'; readonly left: DiagramTree; readonly right: DiagramTree }
  | { readonly _tag: 'Map'; readonly axis: AxisTree; readonly of: DiagramTree }
  | {
      readonly _tag: 'Loop';
      readonly op: string;
      readonly axis: AxisTree;
      readonly state: ObjectTree;
      readonly of: DiagramTree;
    }
  | { readonly _tag: 'Plumb'; readonly op: string; readonly axes: readonly AxisTree[]; readonly object?: ObjectTree }
  | { readonly _tag: 'Swap'; readonly left: ObjectTree; readonly right: ObjectTree }
  | { readonly _tag: 'Constant'; readonly sign: boolean; readonly top: string; readonly bottom: string }
  | { readonly _tag: 'Op'; readonly op: string }
  | { readonly _tag: 'Einsum'; readonly text: string }
  | { readonly _tag: 'Reference'; readonly to: Reference }
  | { readonly _tag: 'Fun'; readonly wires: readonly WireTree[]; readonly body: Tree };
export type DiagramTree = DiagramNode & { readonly at: Token };

const AXES: Readonly<Record<string, number>> = {
  ...{
    id: 0,
    copy: 0,
    del: 0,
    select: 0,
    repeat: 1,
    diag: 1,
    first: 1,
    exchange: 2,
    split: 2,
    concat: 2,
    tile: 2,
    flatten: 2,
  },
};
const OPS = new Set('add mul neg recip exp log sqrt lt not and or true false'.split(' '));

const left = (c: Cursor, sign: ';' | '*', next: (c: Cursor) => DiagramTree): DiagramTree => {
  let tree = next(c);
  for (let at = c.peek(); c.accept(sign); at = c.peek())
    tree = { _tag: sign === ';' ? 'Compose' : 'Tensor', left: tree, right: next(c), at };
  return tree;
};
export const diagram = (c: Cursor): DiagramTree => c.nested(() => left(c, ';', (d) => left(d, '*', diagramAtom)));

const diagramAtom = (c: Cursor): DiagramTree => {
  const at = c.peek();
  if (c.isName()) return { _tag: 'Reference', to: reference(c), at };
  if (c.accept('(')) {
    const inner = diagram(c);
    c.expect(')');
    return inner;
  }
  return at.kind === 'word' ? diagramWord(c, at, c.next().text) : c.fail('a diagram is expected here');
};

const digits = (c: Cursor): string =>
  c.peek().kind === 'number' ? c.next().text : c.fail('a number is expected here');

const diagramWord = (c: Cursor, at: Token, op: string): DiagramTree => {
  const count = Object.hasOwn(AXES, op) ? AXES[op] : undefined;
  if (count !== undefined) {
    const axes = Array.from({ length: count }, () => axisAtom(c));
    return { _tag: 'Plumb', op, axes, ...(startsObject(c) ? { object: objectAtom(c) } : {}), at };
  }
  if (OPS.has(op)) return { _tag: 'Op', op, at };
  switch (op) {
    case 'position':
    case 'size':
      return { _tag: 'Plumb', op, axes: [axisAtom(c)], at };
    case 'swap':
      return { _tag: 'Swap', left: objectAtom(c), right: objectAtom(c), at };
    case 'map':
      return { _tag: 'Map', axis: axisAtom(c), of: c.nested(() => diagramAtom(c)), at };
    case 'fold':
    case 'scan':
      return { _tag: 'Loop', op, axis: axisAtom(c), state: objectAtom(c), of: c.nested(() => diagramAtom(c)), at };
    case 'const': {
      const [sign, top] = [c.accept('-'), digits(c)];
      return { _tag: 'Constant', sign, top, bottom: c.accept('/') ? digits(c) : '1', at };
    }
    case 'einsum':
      return { _tag: 'Einsum', text: pattern(c), at };
    case 'fun': {
      const bound = wireGroup(c);
      c.expect('=>');
      return { _tag: 'Fun', wires: bound, body: expression(c), at };
    }
    default:
      c.at -= 1;
      return c.fail('a diagram is expected here');
  }
};
