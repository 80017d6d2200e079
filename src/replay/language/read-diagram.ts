/**
 * Diagrams as functions of one input. Invariant: an object that the text leaves out is that which what stands before fixes, or the text is
 * refused. It does not know statements.
 */
import { type Axis } from '../logic/axis.js';
import { exhausted, fail, type Token } from './lexer.js';
import * as objects from '../logic/object.js';
import { type Obj, showObject } from '../logic/object.js';
import type { DiagramTree } from './parse-diagram.js';
import * as b from './read-build.js';
import { type Fn, fn, ofTerm, type Typed } from './read-build.js';
import { instance } from './read-call.js';
import { axisNamed, readExpression } from './read-expression.js';
import { constant, decimal, einsum, plumb, plumbFrom } from './read-plumb.js';
import { declared, nested, placed, readAxis, readObject, type Scope, Unfixed } from './read-scope.js';
import { rational } from '../logic/rational.js';
import { LIMITS, refuse } from '../logic/refusal.js';
import * as t from '../logic/term.js';

type Of<Tag extends DiagramTree['_tag']> = Extract<DiagramTree, { readonly _tag: Tag }>;

/** A chain of `;` leans to the left and may be long. */
export const readDiagram = (tree: DiagramTree, scope: Scope, dom?: Obj): Fn => {
  const rest: Of<'Compose'>[] = [];
  let start = tree;
  for (; start._tag === 'Compose'; start = start.left) rest.push(start);
  const read = (part: DiagramTree, input?: Obj): Fn => nested(part.at, () => one(part, scope, input));
  return rest.reverse().reduce(
    (f, { right, at }) => {
      const g = read(right, f.result.object);
      return placed(at, () => fn(f.dom, (x) => b.applyFn(g, b.applyFn(f, x))));
    },
    read(start, dom),
  );
};

const unfixed = (at: Token): never => {
  throw new Unfixed(at, 'nothing before this fixes its object, so it has to be written');
};

const one = (tree: DiagramTree, scope: Scope, dom?: Obj): Fn => {
  switch (tree._tag) {
    case 'Compose':
      return readDiagram(tree, scope, dom);
    case 'Tensor':
      return tensor(tree, scope, dom);
    case 'Map':
      return mapped(tree, scope, dom);
    case 'Loop':
      return loop(tree, scope, dom);
    case 'Plumb':
      return plumbing(tree, scope, dom);
    case 'Swap': {
      const [left, right] = [readObject(tree.left, scope), readObject(tree.right, scope)];
      const wires = [
        { name: '#l', object: left },
        { name: '#r', object: right },
      ];
      return fn(b.total(wires), (x) => b.bind(wires, x, b.tuple([b.wire('#r', right), b.wire('#l', left)])));
    }
    case 'Constant': {
      const [n, d] = [decimal(tree.top), decimal(tree.bottom)];
      if (d.n === 0n) return refuse('a constant is divided by 0');
      const value = rational((tree.sign ? -1n : 1n) * n.n * d.d, n.d * d.n);
      return fn(objects.unit, () => constant(value));
    }
    case 'Op':
      return ofTerm(t.isOperator(tree.op) ? t.op(tree.op) : fail(tree.at, `there is no operator ${tree.op}`));
    case 'Einsum':
      return einsum(tree.text, (k) => axisNamed(k, tree.at, scope));
    case 'Reference':
      return instance(tree.to, scope, dom && [dom]);
    case 'Fun': {
      const wires = tree.wires.map((wire) => ({ _tag: 'Wire' as const, wire }));
      const inner = declared(wires, { ...scope, wires: new Map(), indices: new Map() });
      return fn(b.total(inner.wires), (x) => b.bind(inner.wires, x, readExpression(tree.body, inner.scope)));
    }
  }
};

const plumbing = (tree: Of<'Plumb'>, scope: Scope, dom?: Obj): Fn => {
  const axes = tree.axes.map((a) => readAxis(a, scope));
  const [axis] = axes;
  if (axis && (tree.op === 'size' || tree.op === 'position'))
    return ofTerm(tree.op === 'size' ? t.size(axis) : t.position(axis));
  if (tree.object) return plumb(tree.op, axes, readObject(tree.object, scope));
  return plumbFrom(tree.op, axes, dom ?? unfixed(tree.at));
};

const attempt = (tree: DiagramTree, scope: Scope): Fn | undefined => {
  try {
    return readDiagram(tree, scope);
  } catch (e) {
    if (e instanceof Unfixed) return undefined;
    throw e;
  }
};

const beside = (fs: readonly Fn[]): Fn => {
  const wires = fs.map((f, n) => ({ name: `#${n}`, object: f.dom }));
  const sides = fs.map((f, n) => b.applyFn(f, b.wire(`#${n}`, f.dom)));
  return fn(b.total(wires), (x) => b.bind(wires, x, b.tuple(sides)));
};

/** What one part does not fix by itself is what is left of the domain; several such parts take one array each. */
const tensor = (tree: Of<'Tensor'>, scope: Scope, dom?: Obj): Fn => {
  const parts: DiagramTree[] = [];
  let start: DiagramTree = tree;
  for (; start._tag === 'Tensor'; start = start.left) parts.unshift(start.right);
  parts.unshift(start);
  if (parts.length > LIMITS.leaves) exhausted(tree.at, 'a product of diagrams is too long');
  const found = parts.map((p) => attempt(p, scope));
  const open = parts.filter((_, n) => !found[n]);
  const [first] = open;
  if (first === undefined) return beside(found as Fn[]);
  const taken = found.reduce((n, f) => n + (f?.dom.leaves.length ?? 0), 0);
  const rest = dom ? dom.leaves.length - taken : -1;
  if (!dom || (open.length > 1 && rest !== open.length)) return unfixed(first.at);
  if (rest < 0) return refuse(`more than ${showObject(dom)} is taken`);
  let from = 0;
  return beside(
    found.map((f, n) => {
      const to = from + (f?.dom.leaves.length ?? rest / open.length);
      const here = objects.object(dom.leaves.slice(from, to));
      from = to;
      return f ?? readDiagram(parts[n] as DiagramTree, scope, here);
    }),
  );
};

/** The object of the data under the axis, if a domain is known and has it. */
const inside = (axis: Axis, dom: Obj | undefined): Obj | undefined =>
  dom && (objects.unweave(axis, dom) ?? refuse(`${showObject(dom)} does not have the axis in front`));

const mapped = (tree: Of<'Map'>, scope: Scope, dom?: Obj): Fn => {
  const axis = readAxis(tree.axis, scope);
  const f = readDiagram(tree.of, scope, inside(axis, dom));
  return fn(objects.weave(axis, f.dom), (x) => b.map('#i', axis, b.applyFn(f, b.at(x, '#i', axis))));
};

const loop = (tree: Of<'Loop'>, scope: Scope, dom?: Obj): Fn => {
  const [axis, state] = [readAxis(tree.axis, scope), readObject(tree.state, scope)];
  const rest = dom && (objects.after(state, dom) ?? refuse(`${showObject(dom)} does not begin with the state`));
  const data = inside(axis, rest);
  const f = readDiagram(tree.of, scope, data && objects.tensor(state, data));
  const taken = objects.after(state, f.dom) ?? refuse(`${showObject(f.dom)} does not begin with the state`);
  if (tree.op === 'fold') b.same(state, f.result.object);
  const wires = [
    { name: '#s', object: state },
    { name: '#x', object: objects.weave(axis, taken) },
  ];
  const [s, xs] = wires.map((w) => b.wire(w.name, w.object)) as [Typed, Typed];
  const step = b.applyFn(f, b.tuple([s, b.at(xs, '#i', axis)]));
  return fn(b.total(wires), (x) => b.bind(wires, x, b.scan('#i', axis, wires.slice(0, 1), s, step)));
};
