// Names that nothing declares, in a tree that is too large to elaborate: a name that is not there is said before any limit is.
// Invariant: no recursion, so that depth is bounded by memory only; finds nothing in what elaborates. Knows no types.
import { Failure, codeOf, type ElaborateFact } from '../point/error.js';
import { type Env, near } from './scope.js';
import type { Span } from '../syntax/span.js';
import type { BodyTree, ExprTree, GivenTree, GroupTree, Name, StatementTree } from '../syntax/tree.js';

interface Scope {
  readonly wires: Names;
  readonly indices: Names;
}
/** Innermost first. */
type Names = { readonly name: string; readonly outer: Names } | undefined;
const has = (names: Names, name: string): boolean => {
  for (let n = names; n; n = n.outer) if (n.name === name) return true;
  return false;
};
const add = (names: Names, more: readonly string[]): Names =>
  more.reduce((outer: Names, name) => ({ name, outer }), names);
const listed = (names: Names): readonly string[] => {
  const all: string[] = [];
  for (let n = names; n; n = n.outer) all.push(n.name);
  return all;
};

export interface Missing {
  readonly fact: ElaborateFact;
  readonly span: Span;
}

class Walk {
  first: Missing | undefined;
  private readonly pending: { readonly tree: ExprTree; readonly scope: Scope }[] = [];
  constructor(private readonly functions: ReadonlySet<string>) {}

  private miss(kind: 'wire' | 'index' | 'function', { name, span }: Name, known: readonly string[]): void {
    if (this.first && this.first.span.start <= span.start) return;
    this.first = { fact: { _tag: 'Unknown', kind, name, candidates: near(name, known) }, span };
  }
  private callee(name: Name): void {
    if (!this.functions.has(name.name)) this.miss('function', name, [...this.functions]);
  }

  in(tree: ExprTree, wires: readonly string[]): void {
    this.pending.push({ tree, scope: { wires: add(undefined, wires), indices: undefined } });
    for (let next = this.pending.pop(); next; next = this.pending.pop()) this.visit(next.tree, next.scope);
  }
  private push(scope: Scope, ...trees: readonly ExprTree[]): void {
    for (const tree of trees) this.pending.push({ tree, scope });
  }

  private visit(t: ExprTree, scope: Scope): void {
    const inner = (wires: readonly string[], indices: readonly string[] = []): Scope => ({
      wires: add(scope.wires, wires),
      indices: add(scope.indices, indices),
    });
    switch (t._tag) {
      case 'Wire':
        return has(scope.wires, t.name) ? undefined : this.miss('wire', t, listed(scope.wires));
      case 'Index':
        for (const i of t.indices) if (!has(scope.indices, i.name)) this.miss('index', i, listed(scope.indices));
        return this.push(scope, t.array);
      case 'Binary':
        return this.push(scope, t.left, t.right);
      case 'If':
        return this.push(scope, t.condition, t.then, t.otherwise);
      case 'Call':
        this.callee(t.callee);
        return this.push(scope, ...t.args);
      case 'Reduce':
        this.callee(t.callee);
        return this.push(inner([], t.binders.map((b) => b.index)), t.body); // prettier-ignore
      case 'Map':
        return this.push(inner([], t.binders.map((b) => b.index)), t.body); // prettier-ignore
      case 'Loop':
        this.push(scope, ...t.state.map((s) => s.value));
        return this.push(inner(t.state.map((s) => s.name), [t.binder.index]), t.body); // prettier-ignore
      case 'Let':
        this.push(scope, t.value);
        return this.push(inner(t.names.map((n) => n.name)), t.body); // prettier-ignore
      default:
        return this.push(scope, ...partsOf(t));
    }
  }
}

function partsOf(t: ExprTree): readonly ExprTree[] {
  if ('value' in t && typeof t.value === 'object' && '_tag' in t.value) return [t.value];
  if ('args' in t) return t.args;
  return t._tag === 'Tuple' ? t.parts : [];
}

const wiresIn = (groups: readonly GroupTree[]): readonly string[] =>
  groups.flatMap((g) => (g._tag === 'WireGroup' ? g.wires.map((w) => w.name) : []));
const morphismsIn = (groups: readonly GroupTree[]): readonly string[] =>
  groups.flatMap((g) => (g._tag === 'VariableGroup' ? g.variables.map((v) => v.name) : []));

const exprs = (bodies: readonly BodyTree[]): readonly ExprTree[] =>
  bodies.flatMap((b) => (b._tag === 'Pointful' ? [b.expr] : []));
const conditionOf = (tree: StatementTree): readonly ExprTree[] => ('where' in tree && tree.where ? [tree.where] : []);
const givenBodies = (g: GivenTree): readonly BodyTree[] => [g.lhs, g.rhs];

/** The first name of a statement that nothing declares; parts of streams are not looked at. */
export function unresolved(env: Env, tree: StatementTree): Missing | undefined {
  if (tree._tag === 'Import' || tree._tag === 'Sort' || tree._tag === 'Stream') return undefined;
  const walk = new Walk(new Set([...env.functions.keys(), ...morphismsIn(tree.params)]));
  const wires = wiresIn(tree.params);
  const bodies = tree._tag === 'Def' ? [tree.body] : [tree.lhs, tree.rhs];
  for (const e of [...exprs(bodies), ...conditionOf(tree)]) walk.in(e, wires);
  const givens = tree._tag === 'Def' ? [] : tree.givens;
  for (const g of givens) for (const e of exprs(givenBodies(g))) walk.in(e, (g.wires ?? []).map((w) => w.name)); // prettier-ignore
  return walk.first;
}

/** Runs an elaboration of an expression; where it is too large, a name that nothing declares is what is refused. */
export function namesFirst<A>(env: Env, wires: readonly string[], tree: ExprTree, elaborated: () => A): A {
  try {
    return elaborated();
  } catch (error) {
    const large = error instanceof Failure && codeOf(error.fact) === 'E-BUDGET';
    if (!large) throw error;
    const walk = new Walk(new Set([...env.functions.keys(), ...env.names.morphisms.keys()]));
    walk.in(tree, wires);
    if (walk.first) throw new Failure(walk.first.fact, walk.first.span);
    throw error;
  }
}
