// Surface diagrams to terms, objects inferred from left to right: what the diagram before fixes need not be written.
// Invariant: a term that is returned has the domain that was asked for. Knows nothing of wires: outer wires are not in scope.
import {
  type Axis,
  type Obj,
  type Term,
  compose,
  concat,
  constant,
  copy,
  diag,
  discard,
  exchange,
  first,
  flatten,
  id,
  map,
  ofLeaves,
  operator,
  peel,
  position,
  product,
  rational,
  repeat,
  scan,
  select,
  size,
  split,
  sum,
  swap,
  tensor,
  tensorObj,
  tile,
  unit,
} from '../point/build.js';
import { called, needsGiven, onWhole } from './call.js';
import { compile } from '../point/compile.js';
import { contraction, einsumOf, operandWires } from './einsum.js';
import { descend, fail, within } from '../point/error.js';
import { heard } from './hear.js';
import { exact } from './operator.js';
import { type Local, withWires } from './scope.js';
import { axisOf, expectObject, objectOf } from './type.js';
import { wiresOf } from './parameter.js';
import type { DiagramTree } from '../syntax/tree.js';

type Tree<Tag extends DiagramTree['_tag']> = DiagramTree & { readonly _tag: Tag };

export function diagram(local: Local, tree: DiagramTree, dom: Obj | undefined): Term {
  return within(tree.span, () => {
    const term = made(local, tree, dom);
    if (dom) expectObject(dom, term.dom, tree.span);
    return heard(
      tree.span,
      term,
      (t) => t.cod,
      (t) => t.dom,
    );
  });
}

function made(local: Local, tree: DiagramTree, dom: Obj | undefined): Term {
  switch (tree._tag) {
    case 'Compose': {
      const f = diagram(local, tree.first, dom);
      return compose(f, diagram(local, tree.second, f.cod));
    }
    case 'Tensor':
      return parallel(local, tree, dom);
    case 'MapDiagram':
      return mapDiagram(local, tree, dom);
    case 'LoopDiagram':
      return loopDiagram(local, tree, dom);
    case 'Named':
      return called(local, tree.callee, tree.explicit, dom && onWhole(dom));
    case 'Fun': {
      const wires = wiresOf(local.env, tree.wires);
      const inner = withWires({ ...local, wires: new Map(), indices: new Map() }, wires);
      return compile(wires, local.knot.expression(inner, tree.body).expr);
    }
    case 'EinsumDiagram': {
      const einsum = einsumOf(local.env, tree.text);
      return compile(operandWires(einsum), contraction(einsum).expr);
    }
    default:
      return primitive(local, tree, dom);
  }
}

type Primitive = Exclude<
  DiagramTree,
  Tree<'Compose' | 'Tensor' | 'MapDiagram' | 'LoopDiagram' | 'Named' | 'Fun' | 'EinsumDiagram'>
>;

function primitive(local: Local, tree: Primitive, dom: Obj | undefined): Term {
  switch (tree._tag) {
    case 'OnObject':
      return onObject(tree, tree.object ? objectOf(local.env, tree.object) : undefined, dom);
    case 'OnAxis':
      return onAxis(
        tree,
        axisOf(local.env, tree.axis),
        tree.object ? objectOf(local.env, tree.object) : undefined,
        dom,
      );
    case 'OnAxes':
      return onAxes(local, tree, tree.object ? objectOf(local.env, tree.object) : undefined, dom);
    case 'SwapDiagram':
      return swap(objectOf(local.env, tree.left), objectOf(local.env, tree.right));
    case 'Const':
      return constant(valueOf(tree));
    case 'OperatorDiagram':
      return operator(tree.word);
    case 'PositionDiagram':
      return position(axisOf(local.env, tree.axis));
    case 'SizeDiagram':
      return size(axisOf(local.env, tree.axis));
  }
}

function valueOf({ negative, numerator, denominator }: Tree<'Const'>) {
  const [top, below] = [exact(numerator), denominator ? exact(denominator) : rational(1n)];
  return rational((negative ? -top.num : top.num) * below.den, top.den * below.num);
}

// ---- objects that the domain fixes --------------------------------------------------------------------------------------

const needed = (word: string): never => fail({ _tag: 'ObjectNeeded', word });

function onObject({ word }: Tree<'OnObject'>, written: Obj | undefined, dom: Obj | undefined): Term {
  const object = written ?? (dom && word === 'select' ? branch(dom) : dom) ?? needed(word);
  switch (word) {
    case 'id':
      return id(object);
    case 'copy':
      return copy(object);
    case 'del':
      return discard(object);
    case 'select':
      return select(object);
  }
}

/** B * A * A -> A */
const branch = (dom: Obj): Obj => ofLeaves(dom.leaves.slice(1, 1 + Math.floor((dom.leaves.length - 1) / 2)));

/** What is left of a domain after its leading axes. */
function after(dom: Obj | undefined, axes: readonly Axis[], word: string): Obj {
  return axes.reduce(
    (object, axis) => {
      const next = peel(object) ?? fail({ _tag: 'NoLeadingAxis', found: object });
      if (next.axis !== axis) fail({ _tag: 'AxisMismatch', expected: axis, found: next.axis });
      return next.rest;
    },
    dom ?? needed(word),
  );
}

function onAxis({ word }: Tree<'OnAxis'>, axis: Axis, written: Obj | undefined, dom: Obj | undefined): Term {
  switch (word) {
    case 'repeat':
      return repeat(axis, written ?? dom ?? needed(word));
    case 'diag':
      return diag(axis, written ?? after(dom, [axis, axis], word));
    case 'first':
      return first(axis, written ?? after(dom, [axis], word));
  }
}

function onAxes(local: Local, tree: Tree<'OnAxes'>, written: Obj | undefined, dom: Obj | undefined): Term {
  const [a, b] = [axisOf(local.env, tree.axes[0]), axisOf(local.env, tree.axes[1])];
  switch (tree.word) {
    case 'exchange':
      return exchange(a, b, written ?? after(dom, [a, b], tree.word));
    case 'split':
      return split(a, b, written ?? after(dom, [sum(a, b)], tree.word));
    case 'concat':
      return concat(a, b, written ?? after(dom && half(dom), [a], tree.word));
    case 'tile':
      return tile(a, b, written ?? after(dom, [product(a, b)], tree.word));
    case 'flatten':
      return flatten(a, b, written ?? after(dom, [a, b], tree.word));
  }
}

const half = (dom: Obj): Obj => ofLeaves(dom.leaves.slice(0, dom.leaves.length / 2));

// ---- weave and loops ----------------------------------------------------------------------------------------------------

function mapDiagram(local: Local, tree: Tree<'MapDiagram'>, dom: Obj | undefined): Term {
  const axis = axisOf(local.env, tree.axis);
  const inner = dom === undefined || dom === unit ? dom : after(dom, [axis], 'map');
  return map(axis, diagram(local, tree.body, inner));
}

function loopDiagram(local: Local, tree: Tree<'LoopDiagram'>, dom: Obj | undefined): Term {
  const axis = axisOf(local.env, tree.axis);
  const state = objectOf(local.env, tree.state);
  const step = diagram(local, tree.body, dom && stepDomain(axis, state, dom));
  if (tree.word === 'fold') expectObject(state, step.cod, tree.body.span);
  return scan(axis, state, step);
}

/** S * a▹A -> S * A */
function stepDomain(axis: Axis, state: Obj, dom: Obj): Obj {
  const data = ofLeaves(dom.leaves.slice(state.leaves.length));
  if (tensorObj(state, data) !== dom) fail({ _tag: 'ObjectMismatch', expected: state, found: dom });
  return data === unit ? state : tensorObj(state, after(data, [axis], 'scan'));
}

// ---- f * g --------------------------------------------------------------------------------------------------------------

const factorsOf = (tree: DiagramTree): readonly DiagramTree[] =>
  tree._tag === 'Tensor' ? [...factorsOf(tree.first), tree.second] : [tree];

/** Factors that fix their own domain first; what is left of the domain goes to the others. */
function parallel(local: Local, tree: DiagramTree, dom: Obj | undefined): Term {
  const factors = factorsOf(tree);
  if (!dom) return factors.map((f) => diagram(local, f, undefined)).reduce(tensor);
  const known = factors.map((f) => (waits(local, f) ? undefined : diagram(local, f, undefined)));
  const open = known.filter((k) => !k).length;
  const width = known.reduce((n, k) => n + (k?.dom.leaves.length ?? 0), 0);
  const rest = dom.leaves.length - width;
  if (open > 1 && rest !== open) fail({ _tag: 'ObjectNeeded', word: '*' });
  let from = 0;
  const terms = factors.map((f, i) => {
    const leaves = known[i]?.dom.leaves.length ?? (open === 1 ? Math.max(rest, 0) : 1);
    const part = ofLeaves(dom.leaves.slice(from, from + leaves));
    from += leaves;
    return known[i] ?? diagram(local, f, part);
  });
  return terms.reduce(tensor);
}

/** Does a diagram need its domain? */
export const waits = (local: Local, tree: DiagramTree): boolean => descend(() => waiting(local, tree));

function waiting(local: Local, tree: DiagramTree): boolean {
  switch (tree._tag) {
    case 'Compose':
      return waits(local, tree.first);
    case 'Tensor':
      return factorsOf(tree).some((f) => waits(local, f));
    case 'MapDiagram':
    case 'LoopDiagram':
      return waits(local, tree.body);
    case 'OnObject':
    case 'OnAxis':
    case 'OnAxes':
      return tree.object === undefined;
    case 'Named':
      return needsGiven(local, tree.callee, tree.explicit);
    default:
      return false;
  }
}
