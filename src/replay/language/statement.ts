/**
 * The statements of a set of files. Invariant: every statement of every file is read, or there is an error with its place; a definition
 * is read before it is used. It does not know proofs or certificates.
 */
import type { AxisVar } from '../logic/axis.js';
import type { Side, Wire } from '../logic/expression.js';
import { exhausted, fail } from './lexer.js';
import * as objects from '../logic/object.js';
import type { Conditioned, Equation, SideTree, StatementTree } from './parse-statement.js';
import { parseFile } from './parse-statement.js';
import * as b from './read-build.js';
import { otherwise, type Under, underAll } from './read-condition.js';
import { readDiagram } from './read-diagram.js';
import { readExpression } from './read-expression.js';
import { declared, type Meaning, placed, readObject, type Scope, Unfixed } from './read-scope.js';
import { fuelFor } from '../logic/refusal.js';
import { readStream } from './statement-stream.js';

export interface Hypothesis {
  readonly name: string;
  readonly binders: readonly AxisVar[];
  readonly lhs: Side;
  readonly rhs: Side;
}
export interface Law {
  readonly name: string;
  /** `FILE:LINE` */
  readonly place: string;
  /** stated in a file with the very text of one of the library's */
  readonly shipped?: boolean;
  readonly hypotheses: readonly Hypothesis[];
  readonly lhs: Side;
  readonly rhs: Side;
}
/** What a schedule starts from: a stream's left side, or a definition. */
export interface StreamLaw {
  readonly name: string;
  readonly axes: readonly AxisVar[];
  readonly wires: readonly Wire[];
  readonly spec: Side;
  /** of a stream whose main law holds under conditions */
  readonly under?: Under;
}
export interface Statements {
  readonly axioms: Map<string, Law>;
  readonly theorems: Map<string, Law>;
  readonly streams: Map<string, StreamLaw>;
  /** those of arrays alone; a name that two files define means nothing */
  readonly definitions: Map<string, StreamLaw | undefined>;
  /** whether a file of the library was read */
  library: boolean;
}

const IMPORTS = 100;

const side = (wires: readonly Wire[], { expression }: b.Typed): Side => ({ _tag: 'Pointful', wires, body: expression });

/** A diagram is an expression over one wire, of its domain. */
const diagramSide = (f: b.Fn): Side => side([{ name: b.INPUT, object: f.dom }], f.result);

type Tree<Tag extends SideTree['_tag']> = Extract<SideTree, { readonly _tag: Tag }>['tree'];

const diagrams = (lhs: Tree<'Diagram'>, rhs: Tree<'Diagram'>, scope: Scope): [b.Fn, b.Fn] => {
  try {
    const f = readDiagram(lhs, scope);
    return [f, readDiagram(rhs, scope, f.dom)];
  } catch (e) {
    if (!(e instanceof Unfixed)) throw e;
    const g = readDiagram(rhs, scope);
    return [readDiagram(lhs, scope, g.dom), g];
  }
};

const sides = (
  { lhs, rhs, at, where }: Equation & Conditioned,
  scope: Scope,
  wires: readonly Wire[],
): { lhs: Side; rhs: Side } => {
  if (lhs._tag === 'Expression' && rhs._tag === 'Expression') {
    const [l, r] = [readExpression(lhs.tree, scope), readExpression(rhs.tree, scope)];
    placed(rhs.tree.at, () => b.same(l.object, r.object));
    if (!where) return { lhs: side(wires, l), rhs: side(wires, r) };
    const others = otherwise(l.object, wires);
    const condition = readExpression(where, scope);
    const under = (e: b.Typed): Side => side([...wires, ...others], underAll([condition], e, others));
    return placed(where.at, () => ({ lhs: under(l), rhs: under(r) }));
  }
  if (lhs._tag !== 'Diagram' || rhs._tag !== 'Diagram') return fail(at, 'one side is a diagram and the other is not');
  const [f, g] = diagrams(lhs.tree, rhs.tree, scope);
  placed(rhs.tree.at, () => (b.same(f.dom, g.dom), b.same(f.result.object, g.result.object)));
  return { lhs: diagramSide(f), rhs: diagramSide(g) };
};

type Of<Tag extends StatementTree['_tag']> = Extract<StatementTree, { readonly _tag: Tag }>;

/** A hypothesis speaks of all inputs: the wires of the statement are not in its scope. */
const hypothesis = (given: Equation, scope: Scope): Hypothesis => {
  const own = declared(given.parameters, { ...scope, wires: new Map() });
  return { name: given.name, binders: own.axes, ...sides(given, own.scope, own.wires) };
};

const placeOf = ({ path, line }: Meaning['at']): string => `${path}:${line}`;

const law = (tree: Of<'Axiom' | 'Theorem'>, scope: Scope): Law => {
  const own = declared(tree.parameters, scope);
  const hypotheses = tree.givens.map((given, n) => {
    if (tree.givens.findIndex((g) => g.name === given.name) !== n) fail(given.at, `${given.name} is declared twice`);
    return hypothesis(given, own.scope);
  });
  return { name: tree.name, place: placeOf(tree.at), hypotheses, ...sides(tree, own.scope, own.wires) };
};

const definition = (tree: Of<'Definition'>, scope: Scope): Meaning => {
  const own = declared(tree.parameters, scope);
  const { axes, objects, morphisms } = own;
  if (morphisms.some((m) => m.binders.length > 0)) fail(tree.at, 'a definition takes no families');
  const [from, to = from] = tree.type.map((o) => readObject(o, own.scope));
  const common = { name: tree.name, at: tree.at, axes, objects, morphisms, instances: new Map<string, b.Fn>() };
  if (tree.body._tag === 'Expression') {
    const body = readExpression(tree.body.tree, own.scope);
    placed(tree.body.tree.at, () => from && b.same(from, body.object));
    const fn = placed(tree.at, () => b.fn(b.total(own.wires), (x) => b.bind(own.wires, x, body)));
    return { ...common, wires: own.wires, fn };
  }
  const fn = readDiagram(tree.body.tree, own.scope, from);
  placed(tree.body.tree.at, () => from && to && (b.same(from, fn.dom), b.same(to, fn.result.object)));
  return { ...common, wires: undefined, fn };
};

/** A definition over its wires; a diagram has one for each array of its domain. */
const plain = ({ name, axes, wires, fn }: Meaning): StreamLaw => {
  const own = wires ?? fn.dom.leaves.map((leaf, n) => ({ name: `x${n + 1}`, object: objects.object([leaf]) }));
  const inputs = b.tuple(own.map((w) => b.wire(w.name, w.object)));
  return { name, axes, wires: own, spec: side(own, b.applyFn(fn, inputs)) };
};

/** `../a.weft` beside `b/c.weft` is `a.weft`. */
const resolved = (from: string, to: string): string =>
  [...from.split('/').slice(0, -1), ...to.split('/')]
    .reduce<string[]>((path, step) => {
      if (step === '.') return path;
      return step === '..' && path.length > 0 && path.at(-1) !== '..' ? path.slice(0, -1) : [...path, step];
    }, [])
    .join('/');

/** What a file makes known to those that import it. */
interface Known {
  readonly sorts: Scope['sorts'] & Map<string, Meaning['at']>;
  readonly definitions: Scope['definitions'] & Map<string, Meaning>;
}

class Reader {
  readonly found: Statements = {
    axioms: new Map(),
    theorems: new Map(),
    streams: new Map(),
    definitions: new Map(),
    library: false,
  };
  private readonly known = new Map<string, Known | 'open'>();
  private depth = 0;
  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    private readonly library: ReadonlyMap<string, string>,
  ) {}

  file(path: string): Known {
    const done = this.known.get(path);
    if (done && done !== 'open') return done;
    this.known.set(path, 'open');
    const own: Known = { sorts: new Map(), definitions: new Map() };
    const text = this.texts.get(path) ?? this.library.get(path) ?? '';
    for (const tree of parseFile(path, text)) this.statement(tree, own);
    this.known.set(path, own);
    return own;
  }

  /** A file that was given, or else one of the library, which stands beside the folders of every project as the folder weft. */
  private located(path: string): string | undefined {
    if (this.texts.has(path)) return path;
    const [, shipped = ''] = /(?:^|\/)(weft\/theorems\/[^/]+)$/.exec(path) ?? [];
    if (!this.library.has(shipped)) return undefined;
    this.found.library = true;
    return shipped;
  }

  private import({ path, at }: Of<'Import'>, own: Known): void {
    const named = resolved(at.path, path);
    const whole = this.located(named) ?? fail(at, `there is no file ${named}`);
    if (this.known.get(whole) === 'open') fail(at, `${whole} imports itself`);
    if (this.depth >= IMPORTS) exhausted(at, `imports are nested more than ${IMPORTS} deep`);
    this.depth += 1;
    const other = this.file(whole);
    this.depth -= 1;
    other.sorts.forEach((first, name) => this.once(own.sorts, name, first, at, own.sorts.get(name) === first));
    other.definitions.forEach((d, name) => this.once(own.definitions, name, d, at, own.definitions.get(name) === d));
  }

  private once<A>(map: Map<string, A>, name: string, value: A, at: Meaning['at'], again = false): void {
    if (map.has(name) && !again) fail(at, `${name} is declared twice`);
    map.set(name, value);
  }

  private isShipped(path: string): boolean {
    return [...this.library.values()].includes(this.texts.get(path) ?? this.library.get(path) ?? '');
  }

  private theorem(kind: 'axioms' | 'theorems', made: Law, at: Meaning['at']): void {
    if (this.found.axioms.has(made.name) || this.found.theorems.has(made.name))
      fail(at, `${made.name} is declared twice`);
    this.found[kind].set(made.name, made);
  }

  private statement(tree: StatementTree, own: Known): void {
    const empty = {
      axes: new Map(),
      objects: new Set<string>(),
      morphisms: new Map(),
      wires: new Map(),
      indices: new Map(),
    };
    const scope: Scope = { ...own, ...empty, diagram: readDiagram };
    switch (tree._tag) {
      case 'Import':
        return this.import(tree, own);
      case 'Sort':
        return this.once(own.sorts, tree.name, tree.at, tree.at);
      case 'Definition': {
        const made = definition(tree, scope);
        this.once(own.definitions, tree.name, made, tree.at);
        const { definitions } = this.found;
        const isAlone = made.objects.length + made.morphisms.length === 0 && !definitions.has(made.name);
        return void definitions.set(made.name, isAlone ? plain(made) : undefined);
      }
      case 'Axiom':
      case 'Theorem':
        return this.theorem(
          tree._tag === 'Axiom' ? 'axioms' : 'theorems',
          { ...law(tree, scope), shipped: this.isShipped(tree.at.path) },
          tree.at,
        );
      case 'Stream': {
        const { stream, laws } = readStream(tree, scope);
        const place = placeOf(tree.at);
        laws.forEach(([name, lhs, rhs]) =>
          this.theorem('theorems', { name, place, hypotheses: [], lhs, rhs }, tree.at),
        );
        this.found.streams.set(stream.name, stream);
      }
    }
  }
}

interface File {
  readonly path: string;
  readonly text: string;
}

/** All statements of these files, and of those of the library that they import. */
export const readStatements = (files: readonly File[], library: readonly File[] = []): Statements => {
  fuelFor([...files, ...library].reduce((n, { text }) => n + text.length, 0));
  const normal = files.map(({ path, text }) => [resolved('', path), text] as const);
  const texts = new Map(normal);
  normal.forEach(([path], n) => {
    if (normal.findIndex(([other]) => other === path) !== n)
      fail({ path, line: 1, column: 1 }, 'the file is given twice');
  });
  const reader = new Reader(texts, new Map(library.map(({ path, text }) => [path, text])));
  normal.forEach(([path]) => reader.file(path));
  return reader.found;
};
