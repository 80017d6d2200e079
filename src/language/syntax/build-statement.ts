// From parse nodes to trees: diagrams and statements.
import { type Actions, each, items, nameOf, noExplicit, option, word } from './build-term.js';
import { type Node, read, spanOf } from './node.js';
import { spanning } from './span.js';
import type { AxisDecl, BodyTree, DiagramTree, ExprTree, Name, StreamParts, WireDecl } from './tree.js';

/** f ; g ; … grouped to the left */
const chain = (tag: 'Compose' | 'Tensor', first: Node, rest: Node): DiagramTree =>
  each<DiagramTree>(rest).reduce(
    (f, g): DiagramTree => ({ _tag: tag, first: f, second: g, span: spanning(f.span, g.span) }),
    read<DiagramTree>(first),
  );

export const diagramActions: Actions = {
  Diagram: (first, _semicolons, rest) => chain('Compose', first, rest),
  Parallel: (first, _times, rest) => chain('Tensor', first, rest),
  DiagramAtom_paren: (_open, diagram, _close) => read(diagram),
  DiagramAtom_map(_map, axis, body) {
    return { _tag: 'MapDiagram', axis: read(axis), body: read(body), span: spanOf(this) };
  },
  DiagramAtom_loop(op, axis, state, body) {
    return {
      _tag: 'LoopDiagram',
      word: word(op),
      axis: read(axis),
      state: read(state),
      body: read(body),
      span: spanOf(this),
    };
  },
  DiagramAtom_object(op, object) {
    return { _tag: 'OnObject', word: word(op), object: option(object), span: spanOf(this) };
  },
  DiagramAtom_swap(_swap, left, right) {
    return { _tag: 'SwapDiagram', left: read(left), right: read(right), span: spanOf(this) };
  },
  DiagramAtom_axis(op, axis, object) {
    return { _tag: 'OnAxis', word: word(op), axis: read(axis), object: option(object), span: spanOf(this) };
  },
  DiagramAtom_axes(op, a, b, object) {
    return { _tag: 'OnAxes', word: word(op), axes: [read(a), read(b)], object: option(object), span: spanOf(this) };
  },
  DiagramAtom_const(_const, minus, numerator, denominator) {
    const negative = minus.numChildren > 0;
    return {
      _tag: 'Const',
      negative,
      numerator: read(numerator),
      denominator: option(denominator),
      span: spanOf(this),
    };
  },
  Denominator: (_slash, value) => read(value),
  DiagramAtom_operator(op) {
    return { _tag: 'OperatorDiagram', word: word(op), span: spanOf(this) };
  },
  DiagramAtom_position(_word, axis) {
    return { _tag: 'PositionDiagram', axis: read(axis), span: spanOf(this) };
  },
  DiagramAtom_size(_word, axis) {
    return { _tag: 'SizeDiagram', axis: read(axis), span: spanOf(this) };
  },
  DiagramAtom_einsum(_word, text) {
    return { _tag: 'EinsumDiagram', text: read(text), span: spanOf(this) };
  },
  DiagramAtom_fun(_fun, wires, _arrow, body) {
    return { _tag: 'Fun', wires: read(wires), body: read(body), span: spanOf(this) };
  },
  DiagramAtom_named(callee, axes, braces) {
    const explicit = { ...noExplicit, axes: option(axes), braces: option(braces) };
    return { _tag: 'Named', callee: read(callee), explicit, span: spanOf(this) };
  },
  WireGroup: (_open, list, _close) => items<readonly WireDecl[]>(list).flat(),
  Wires: (names, _colon, object) =>
    names.children.map((n: Node): WireDecl => ({ name: n.sourceString, object: read(object), span: spanOf(n) })),
};

const pointful = (node: Node): BodyTree => ({ _tag: 'Pointful', expr: read(node), span: spanOf(node) });
const pointFree = (node: Node): BodyTree => ({ _tag: 'PointFree', diagram: read(node), span: spanOf(node) });

type Plain = Omit<AxisDecl, 'sort'>;
const sorted = (names: Node, sort: Node): readonly AxisDecl[] => {
  const named = option<Name>(sort);
  return each<Plain>(names).map((n) => ({ ...n, sort: named }));
};

export const parameterActions: Actions = {
  Params: (groups) => each(groups),
  PointParams: (before, wires, after) => [
    ...each(before),
    { _tag: 'WireGroup', wires: read(wires), span: spanOf(wires) },
    ...each(after),
  ],
  FreeParams: (groups) => each(groups),
  Group(group) {
    const tree = read<unknown>(group);
    return Array.isArray(tree) ? { _tag: 'WireGroup', wires: tree, span: spanOf(this) } : tree;
  },
  FreeGroup_axes(_open, list, _close) {
    return { _tag: 'AxisGroup', axes: items<readonly AxisDecl[]>(list).flat(), span: spanOf(this) };
  },
  FreeGroup_variables(_open, list, _close) {
    return { _tag: 'VariableGroup', variables: items(list), span: spanOf(this) };
  },
  AxisDecls: (names, sort) => sorted(names, sort),
  SortOf: (_colon, name) => read(name),
  AxisName_maybeEmpty(name, _mark) {
    return { name: name.sourceString, maybeEmpty: true, span: spanOf(this) };
  },
  AxisName_plain(name) {
    return { name: name.sourceString, maybeEmpty: false, span: spanOf(this) };
  },
  Variable_morphism(name, binders, _colon, dom, _arrow, cod) {
    const bound = option<readonly AxisDecl[]>(binders) ?? [];
    return {
      _tag: 'MorphismVariable',
      name: name.sourceString,
      binders: bound,
      dom: read(dom),
      cod: read(cod),
      span: spanOf(this),
    };
  },
  Variable_object: (name) => ({ _tag: 'ObjectVariable', ...nameOf(name) }),
  VariableBinders: (_open, list, _close) => items<readonly AxisDecl[]>(list).flat(),
};

const given = (
  name: Node,
  axes: readonly AxisDecl[],
  wires: readonly WireDecl[] | undefined,
  lhs: BodyTree,
  rhs: BodyTree,
  whole: Node,
) => ({
  name: read(name),
  axes,
  wires,
  lhs,
  rhs,
  span: spanOf(whole),
});

const law = (
  [op, name, params, givens]: readonly [Node, Node, Node, Node],
  lhs: BodyTree,
  rhs: BodyTree,
  whole: Node,
  where?: ExprTree,
) => ({
  _tag: word(op) === 'axiom' ? 'Axiom' : 'Theorem',
  name: read(name),
  params: read(params),
  where,
  givens: each(givens),
  lhs,
  rhs,
  span: spanOf(whole),
});

export const statementActions: Actions = {
  StatementFile: (list) => each(list),
  Import(_import, path) {
    return { _tag: 'Import', path: read<Name>(path).name, span: spanOf(this) };
  },
  Sort(_sort, name) {
    return { _tag: 'Sort', name: read(name), span: spanOf(this) };
  },
  Def_pointful(_def, name, params, type, _is, body) {
    return {
      _tag: 'Def',
      name: read(name),
      params: read(params),
      type: option(type),
      body: pointful(body),
      span: spanOf(this),
    };
  },
  Def_pointFree(_def, name, params, type, _is, body) {
    return {
      _tag: 'Def',
      name: read(name),
      params: read(params),
      type: option(type),
      body: pointFree(body),
      span: spanOf(this),
    };
  },
  DefType_arrow: (_colon, dom, _arrow, cod) => ({ dom: read(dom), cod: read(cod) }),
  DefType_object: (_colon, cod) => ({ dom: undefined, cod: read(cod) }),
  Law_pointful(op, name, params, where, givens, _colon, lhs, _is, rhs) {
    return law([op, name, params, givens], pointful(lhs), pointful(rhs), this, option(where));
  },
  Law_pointFree(op, name, params, givens, _colon, lhs, _is, rhs) {
    return law([op, name, params, givens], pointFree(lhs), pointFree(rhs), this);
  },
  Given_pointful(_given, name, _colon, axes, wires, _colon2, lhs, _is, rhs) {
    return given(name, option(axes) ?? [], read(wires), pointful(lhs), pointful(rhs), this);
  },
  Given_quantified(_given, name, _colon, axes, _colon2, lhs, _is, rhs) {
    return given(name, read(axes), undefined, pointFree(lhs), pointFree(rhs), this);
  },
  Given_plain(_given, name, _colon, lhs, _is, rhs) {
    return given(name, [], undefined, pointFree(lhs), pointFree(rhs), this);
  },
  Quantifier: (_for, list) => items<readonly AxisDecl[]>(list).flat(),
  QuantifiedAxes: (names, sort) => sorted(names, sort),
  Sorted: (_colon, name, _end) => read(name),
  Stream(_stream, name, params, _over, axis, where, spec, state, head, results, own, step, output, merge, strength) {
    const parts: StreamParts = {
      where: option(where),
      resultsWhere: option(own),
      spec: read(spec),
      state: read(state),
      head: read(head),
      ...read<Pick<StreamParts, 'final' | 'pass' | 'outputs'>>(results),
      step: option(step),
      output: option(output),
      merge: option(merge),
      strength: word(strength) as StreamParts['strength'],
    };
    return { _tag: 'Stream', name: read(name), params: read(params), over: read(axis), parts, span: spanOf(this) };
  },
  WherePart: (_word, e) => read(e),
  SpecPart: (_word, e) => read(e),
  StatePart: (_word, wires) => read(wires),
  HeadPart: (_word, e) => read(e),
  Results_final: (final, outputs) => ({ final: read(final), pass: undefined, outputs: option(outputs) }),
  Results_pass: (pass, outputs) => ({ final: undefined, pass: read(pass), outputs: option(outputs) }),
  Results_outputs: (outputs) => ({ final: undefined, pass: undefined, outputs: read(outputs) }),
  FinalPart: (_word, e) => read(e),
  OutputsPart: (_word, e) => read(e),
  PassPart: (_word, e) => read(e),
  StepPart: (_word, e) => read(e),
  OutputPart: (_word, e) => read(e),
  MergePart: (_word, e) => read(e),
};
