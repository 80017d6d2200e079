/**
 * A shape to search for, such as `sum k (_ * _)`. `_` stands for anything there, which may depend on the indices around it; a name that nothing
 * declares for one thing, the same wherever it stands. Invariant: a pattern is an ordinary term over the wires that its holes become; what
 * they are is read off their places. Makes no theorem.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Obj, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { expressionIn } from '../../language/elaborate/elaborate.js';
import { type Env, type FunctionEntry, enter, noNames } from '../../language/elaborate/scope.js';
import * as B from '../../language/point/build.js';
import { Failure } from '../../language/point/error.js';
import type { Binding } from '../../language/point/point.js';
import { type Parsed, type SyntaxFailure, parseExpr } from '../../language/syntax/parse.js';
import type { AxisTree, BinderTree, ExprTree, Name } from '../../language/syntax/tree.js';

export interface Shape {
  readonly term: Term;
  readonly wires: readonly Binding[];
  readonly axes: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
}

/** Where what a hole stands for is bound. */
interface Scope {
  /** indices, innermost last */
  readonly indices: readonly { readonly index: string; readonly axis: Axis }[];
  readonly names: ReadonlySet<string>;
}

/** What `_` is called while the text is read. */
const anything = /^any'\d+$/;
const holes = /(?<![\w'-])_(?![\w'-])/g;

/** The text with a name for each `_`: no name begins with one. */
export function named(text: string): string {
  let count = 0;
  return text.replace(holes, () => `any'${(count += 1)}`);
}
export const parsePattern = (text: string): Parsed<ExprTree> => parseExpr(named(text));

type Other = Exclude<ExprTree, { _tag: 'Wire' | 'Index' | 'Binary' | 'Unary' | 'If' | 'Call' | 'Reduce' | 'Map' }>;

/** The pattern over the names of an environment; throws a Failure where it has no type. */
export function shapeOf(env: Env, tree: ExprTree): Shape {
  try {
    return new Reader(env, true).shape(tree);
  } catch (error) {
    // `first x` has an element only where the axis has one
    if (!(error instanceof Failure)) throw error;
    return new Reader(env, false).shape(tree);
  }
}

class Reader {
  private readonly axes = new Map<string, AxisVar>();
  private readonly objects = new Set<string>();
  private readonly wires = new Map<string, Binding>();
  private count = 0;

  constructor(
    private readonly env: Env,
    private readonly maybeEmpty: boolean,
  ) {}

  shape(tree: ExprTree): Shape {
    const read = this.read(tree, B.real(), { indices: [], names: new Set() });
    const wires = [...this.wires.values()];
    const names = { ...noNames, axes: new Map([...this.axes].map(([n, v]): [string, Axis] => [n, B.ofVar(v)])) };
    const term = expressionIn(enter(this.env, names), wires, read);
    return { term, wires, axes: new Set(this.axes.values()), objects: this.objects };
  }

  private axisNamed(name: string): Axis {
    const known = this.axes.get(name) ?? B.axisVar(name, { maybeEmpty: this.maybeEmpty });
    this.axes.set(name, known);
    return B.ofVar(known);
  }
  private freshAxis(): Axis {
    return this.axisNamed(`n'${(this.count += 1)}`);
  }
  private axis(tree: AxisTree): Axis {
    switch (tree._tag) {
      case 'AxisName':
        return this.axisNamed(tree.name);
      case 'AxisNumber':
        return tree.value === 0 ? core.zero : core.one;
      case 'AxisSum':
        return B.sum(this.axis(tree.left), this.axis(tree.right));
      case 'AxisProduct':
        return B.product(this.axis(tree.left), this.axis(tree.right));
    }
  }

  /** The tree with its holes as wires at the indices that they may depend on; `wanted` is what its place takes. */
  private read(tree: ExprTree, wanted: Obj, scope: Scope): ExprTree {
    switch (tree._tag) {
      case 'Wire':
        return this.hole(tree, wanted, scope);
      case 'Index':
        return this.indexed(tree, wanted, scope);
      case 'Binary': {
        const [l, r] = this.operands(tree.word, wanted);
        return { ...tree, left: this.read(tree.left, l, scope), right: this.read(tree.right, r, scope) };
      }
      case 'Unary':
        return { ...tree, value: this.read(tree.value, tree.word === 'not' ? B.boolean() : B.real(), scope) };
      case 'If':
        return {
          ...tree,
          condition: this.read(tree.condition, B.boolean(), scope),
          then: this.read(tree.then, wanted, scope),
          otherwise: this.read(tree.otherwise, wanted, scope),
        };
      case 'Call':
        return this.call(tree, scope);
      case 'Reduce':
        return { ...tree, body: this.read(tree.body, this.element(tree), this.under(scope, tree.binders)) };
      case 'Map':
        return {
          ...tree,
          body: this.read(tree.body, peeled(wanted, tree.binders.length), this.under(scope, tree.binders)),
        };
      default:
        return this.other(tree, wanted, scope);
    }
  }

  private other(tree: Other, wanted: Obj, scope: Scope): ExprTree {
    const real = (t: ExprTree): ExprTree => this.read(t, B.real(), scope);
    switch (tree._tag) {
      case 'Loop':
        return this.loop(tree, wanted, scope);
      case 'Let':
        return { ...tree, value: real(tree.value), body: this.read(tree.body, wanted, withNames(scope, tree.names)) };
      case 'Tuple':
        return { ...tree, parts: tree.parts.map(real) };
      case 'First':
      case 'Repeat':
        if (tree._tag === 'Repeat') this.axis(tree.axis);
        return {
          ...tree,
          value: this.read(tree.value, tree._tag === 'First' ? this.array(wanted) : peeled(wanted, 1), scope),
        };
      case 'Position':
      case 'Size':
        this.axis(tree.axis);
        return tree;
      case 'Reshape':
        tree.axes?.forEach((a) => this.axis(a));
        return { ...tree, args: tree.args.map((a) => this.read(a, this.array(B.real()), scope)) };
      case 'Number':
      case 'Truth':
        return tree;
      case 'Applied':
      case 'Einsum':
        return { ...tree, args: tree.args.map(real) };
    }
  }

  private readonly array = (of: Obj): Obj => B.weave(this.freshAxis(), of);

  private operands(word: string, wanted: Obj): readonly [Obj, Obj] {
    if (word === 'and' || word === 'or') return [B.boolean(), B.boolean()];
    if (word !== '++') return [B.real(), B.real()];
    const of = peeled(wanted, 1);
    return [this.array(of), this.array(of)];
  }

  private hole(tree: Extract<ExprTree, { _tag: 'Wire' }>, wanted: Obj, scope: Scope): ExprTree {
    if (scope.names.has(tree.name)) return tree;
    const free = anything.test(tree.name);
    const around = free ? scope.indices : [];
    const object = [...around].reverse().reduce((o, { axis }) => B.weave(axis, o), wanted);
    if (!this.wires.has(tree.name)) this.wires.set(tree.name, { name: tree.name, object });
    if (around.length === 0) return tree;
    const indices = around.map(({ index }): Name => ({ name: index, span: tree.span }));
    return { _tag: 'Index', array: tree, indices, span: tree.span };
  }

  private indexed(tree: Extract<ExprTree, { _tag: 'Index' }>, wanted: Obj, scope: Scope): ExprTree {
    const { array, indices } = tree;
    if (array._tag !== 'Wire' || scope.names.has(array.name))
      return { ...tree, array: this.read(array, wanted, scope) };
    const axes = indices.map(({ name }) => scope.indices.find((i) => i.index === name)?.axis ?? this.axisNamed(name));
    const object = [...axes].reverse().reduce((o, axis) => B.weave(axis, o), wanted);
    if (!this.wires.has(array.name)) this.wires.set(array.name, { name: array.name, object });
    return tree;
  }

  private under(scope: Scope, binders: readonly BinderTree[]): Scope {
    const added = binders.map((b) => ({ index: b.index, axis: this.axis(b.axis) }));
    return { ...scope, indices: [...scope.indices, ...added] };
  }

  /** What the wires of a definition are, over axes and objects of its own for each call. */
  private parameters({ definition, wires }: FunctionEntry): readonly Obj[] {
    const { axes, objects } = definition.parameters;
    const images = {
      axes: axes.map((v): [AxisVar, Axis] => [v, this.freshAxis()]),
      objects: objects.map((name): [string, Obj] => [name, this.object()]),
    };
    return (wires?.map((w) => w.object) ?? [definition.body.dom]).map((o) => B.substituteObject(images, o));
  }
  private object(): Obj {
    const name = `A'${(this.count += 1)}`;
    this.objects.add(name);
    return B.objVar(name);
  }

  private call(tree: Extract<ExprTree, { _tag: 'Call' }>, scope: Scope): ExprTree {
    const entry = this.env.functions.get(tree.callee.name);
    const wires = entry ? this.parameters(entry) : [];
    return { ...tree, args: tree.args.map((a, i) => this.read(a, wires[i] ?? B.real(), scope)) };
  }

  private element({ callee, binders }: Extract<ExprTree, { _tag: 'Reduce' }>): Obj {
    const entry = this.env.functions.get(callee.name);
    const last = entry && this.parameters(entry).at(-1);
    return last ? peeled(last, binders.length > 0 ? 1 : 0) : B.real();
  }

  private loop(tree: Extract<ExprTree, { _tag: 'Loop' }>, wanted: Obj, scope: Scope): ExprTree {
    const state = tree.state.map((s) => ({ ...s, value: this.read(s.value, B.real(), scope) }));
    const inner = withNames(this.under(scope, [tree.binder]), tree.state);
    return { ...tree, state, body: this.read(tree.body, wanted, inner) };
  }
}

const withNames = (scope: Scope, names: readonly { readonly name: string }[]): Scope => ({
  ...scope,
  names: new Set([...scope.names, ...names.map((n) => n.name)]),
});

/** What is under so many leading axes. */
function peeled(object: Obj, count: number): Obj {
  const inner = count > 0 ? B.peel(object)?.rest : undefined;
  return inner ? peeled(inner, count - 1) : object;
}

/** Both sides of `l = r`, or the whole: `=` outside of brackets that is no part of another sign. */
export function sidesOf(text: string): readonly string[] {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    if ('([{'.includes(c)) depth += 1;
    else if (')]}'.includes(c)) depth -= 1;
    const alone = c === '=' && !'<>=:'.includes(text[i - 1] ?? ' ') && !'=>'.includes(text[i + 1] ?? ' ');
    if (alone && depth === 0 && !/\blet\b/.test(text.slice(0, i))) return [text.slice(0, i), text.slice(i + 1)];
  }
  return [text];
}

/** Why a text is no pattern. */
export type PatternFailure = SyntaxFailure | Failure;

/** The shapes of a pattern, of both sides where it is an equation. */
export function readShapes(env: Env, text: string): E.Either<PatternFailure, readonly Shape[]> {
  const shapes: Shape[] = [];
  for (const side of sidesOf(text)) {
    const parsed = parsePattern(side);
    if (E.isLeft(parsed)) return parsed;
    try {
      shapes.push(shapeOf(env, parsed.right));
    } catch (error) {
      if (error instanceof Failure) return E.left(error);
      throw error;
    }
  }
  return E.right(shapes);
}
