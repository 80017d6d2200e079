/**
 * The grammar of a file of statements. Invariant: the statements stand in the order of the text. It does not know other files or types.
 */
import { fail, tokens, type Token } from './lexer.js';
import { diagram, type DiagramTree } from './parse-diagram.js';
import { expression, wireGroup, type Tree, type WireTree } from './parse-expression.js';
import { Cursor, object, type ObjectTree } from './parse-object.js';

export interface AxisDeclaration {
  readonly name: string;
  readonly sort?: string;
  readonly maybeEmpty: boolean;
  readonly at: Token;
}
export type Parameter =
  | { readonly _tag: 'Axis'; readonly axis: AxisDeclaration }
  | { readonly _tag: 'Object'; readonly name: string; readonly at: Token }
  | {
      readonly _tag: 'Morphism';
      readonly name: string;
      readonly binders: readonly AxisDeclaration[];
      readonly dom: ObjectTree;
      readonly cod: ObjectTree;
      readonly at: Token;
    }
  | { readonly _tag: 'Wire'; readonly wire: WireTree };
/** A pointful thing declares wires, if none of them; its sides are expressions. */
export type SideTree =
  { readonly _tag: 'Expression'; readonly tree: Tree } | { readonly _tag: 'Diagram'; readonly tree: DiagramTree };
export interface Equation {
  readonly name: string;
  readonly at: Token;
  readonly parameters: readonly Parameter[];
  readonly lhs: SideTree;
  readonly rhs: SideTree;
}
export interface Part {
  readonly name: string;
  readonly at: Token;
  readonly body: Tree;
}
interface Head {
  readonly name: string;
  readonly at: Token;
  readonly parameters: readonly Parameter[];
}
/** `where EXPR` */
export interface Conditioned {
  readonly where?: Tree;
}
export type StatementTree =
  | { readonly _tag: 'Import'; readonly path: string; readonly at: Token }
  | { readonly _tag: 'Sort'; readonly name: string; readonly at: Token }
  | (Head & { readonly _tag: 'Definition'; readonly type: readonly ObjectTree[]; readonly body: SideTree })
  | (Equation & Conditioned & { readonly _tag: 'Axiom' | 'Theorem'; readonly givens: readonly Equation[] })
  | (Head & {
      readonly _tag: 'Stream';
      readonly axis: Token;
      readonly parts: readonly Part[];
      readonly state: readonly WireTree[];
      readonly strength: string;
    });

/** `q, k? : Sort`: a sort is that of the names since the last comma. `end` says where a colon begins what comes after. */
const axisDeclarations = (c: Cursor, ends: (c: Cursor) => boolean): AxisDeclaration[] =>
  c
    .list(() => {
      const names: { at: Token; maybeEmpty: boolean }[] = [];
      do names.push({ at: c.name(), maybeEmpty: c.accept('?') });
      while (c.isName());
      const sort = !ends(c) && c.accept(':') ? { sort: c.name().text } : {};
      return names.map(({ at, maybeEmpty }) => ({ name: at.text, ...sort, maybeEmpty, at }));
    })
    .flat();

const axisGroup = (c: Cursor): AxisDeclaration[] => {
  c.expect('[');
  const found = axisDeclarations(c, () => false);
  c.expect(']');
  return found;
};

const braceGroup = (c: Cursor): Parameter[] => {
  c.expect('{');
  const found = c.list((): Parameter => {
    const at = c.name();
    if (!c.is('[') && !c.is(':')) return { _tag: 'Object', name: at.text, at };
    const binders = c.is('[') ? axisGroup(c) : [];
    c.expect(':');
    const dom = object(c);
    c.expect('->');
    return { _tag: 'Morphism', name: at.text, binders, dom, cod: object(c), at };
  });
  c.expect('}');
  return found;
};

const asWires = (found: readonly WireTree[]): Parameter[] => found.map((wire) => ({ _tag: 'Wire', wire }));

const parameters = (c: Cursor): { parameters: Parameter[]; pointful: boolean } => {
  const found: Parameter[] = [];
  for (let pointful = false; ;) {
    if (c.is('[')) found.push(...axisGroup(c).map((axis): Parameter => ({ _tag: 'Axis', axis })));
    else if (c.is('{')) found.push(...braceGroup(c));
    else if (c.is('(')) found.push(...asWires(wireGroup(c)));
    else return { parameters: found, pointful };
    pointful ||= c.tokens[c.at - 1]?.text === ')';
  }
};

const side = (c: Cursor, pointful: boolean): SideTree =>
  pointful ? { _tag: 'Expression', tree: expression(c) } : { _tag: 'Diagram', tree: diagram(c) };

const sides = (c: Cursor, pointful: boolean): { lhs: SideTree; rhs: SideTree } => {
  c.expect(':');
  const lhs = side(c, pointful);
  c.expect('=');
  return { lhs, rhs: side(c, pointful) };
};

/** In `for a : Sort (…)` and `for a : Sort : …` the colon brings a sort; otherwise it ends the binders. */
const binderEnds = (c: Cursor): boolean =>
  !(c.is(':') && c.isName(1) && (c.is('(', 2) || c.is(':', 2) || c.is(',', 2)));
const startsWires = (c: Cursor): boolean => {
  if (!c.is('(')) return false;
  let ahead = 1;
  while (c.isName(ahead)) ahead += 1;
  return ahead === 1 ? c.is(')', 1) : c.is(':', ahead);
};

const given = (c: Cursor): Equation => {
  const at = c.name();
  c.expect(':');
  const quantified = c.accept('for');
  const axes = quantified ? axisDeclarations(c, binderEnds) : [];
  const pointful = startsWires(c) || (quantified && c.is('('));
  const bound = pointful ? wireGroup(c) : [];
  if (!quantified && !pointful) c.at -= 1;
  const all = [...axes.map((axis): Parameter => ({ _tag: 'Axis', axis })), ...asWires(bound)];
  return { name: at.text, at, parameters: all, ...sides(c, pointful) };
};

/** `where` is a word here alone. */
const conditioned = (c: Cursor): boolean => c.isName() && c.peek().text === 'where' && c.next().kind === 'name';

const equation = (c: Cursor, _tag: 'Axiom' | 'Theorem'): StatementTree => {
  const at = c.name();
  const head = parameters(c);
  const where = head.pointful && conditioned(c) ? { where: expression(c) } : {};
  const givens: Equation[] = [];
  while (c.accept('given')) givens.push(given(c));
  return { _tag, name: at.text, at, parameters: head.parameters, ...where, givens, ...sides(c, head.pointful) };
};

const definition = (c: Cursor): StatementTree => {
  const at = c.name();
  const head = parameters(c);
  const type = c.accept(':') ? [object(c)] : [];
  if (type.length > 0 && c.accept('->')) type.push(object(c));
  if (type.length > 0 && (type.length === 1) !== head.pointful)
    c.fail('a type A -> B belongs to a diagram, a type A to an expression');
  c.expect(':=');
  return { _tag: 'Definition', name: at.text, at, parameters: head.parameters, type, body: side(c, head.pointful) };
};

/** What `where` says follows the axis, or the results. */
const RESULTS = new Set(['final', 'pass', 'outputs']);
const PARTS = new Set(['spec', 'head', 'final', 'pass', 'outputs', 'step', 'output', 'merge']);
/** Under these keys, which are no words, stand the conditions of all laws and of the main one. */
export const [OF_ALL, OF_RESULTS] = ['where all', 'where results'] as const;
const STRENGTHS = new Set(['foldable', 'mergeable', 'commutative']);

const stream = (c: Cursor): StatementTree => {
  const at = c.name();
  const head = parameters(c).parameters;
  c.expect('over');
  const axis = c.name();
  const parts = new Map<string, Part>();
  let [strength, state]: [string, WireTree[] | undefined] = ['', undefined];
  while (c.isName() && c.peek().first) {
    const word = c.name();
    if (parts.has(word.text) || strength !== '')
      fail(word, `${word.text} stands after the strength, or for the second time`);
    const last = [...parts.keys()].at(-1);
    if (word.text === 'where') {
      const isFirst = last === undefined && state === undefined;
      if (!isFirst && !RESULTS.has(last ?? '')) fail(word, 'where stands before spec, or after the results');
      parts.set(isFirst ? OF_ALL : OF_RESULTS, { name: word.text, at: word, body: expression(c) });
    } else if (parts.has(OF_RESULTS) && RESULTS.has(word.text)) fail(word, 'where stands after all results');
    else if (PARTS.has(word.text)) parts.set(word.text, { name: word.text, at: word, body: expression(c) });
    else if (word.text === 'state' && state === undefined) state = wireGroup(c);
    else if (STRENGTHS.has(word.text)) strength = word.text;
    else fail(word, 'a part of a stream is expected here');
  }
  const has = (name: string): void => void (parts.has(name) || fail(at, `the stream has no ${name}`));
  ['spec', 'head'].forEach(has);
  if (!['final', 'pass', 'outputs'].some((p) => parts.has(p))) return fail(at, 'the stream has no results');
  if (parts.has('final') && parts.has('pass')) return fail(at, 'a stream has a final or a second pass, not both');
  if (parts.has('output') !== parts.has('outputs')) return fail(at, 'outputs and output belong together');
  if (state === undefined || strength === '') return fail(at, 'the stream has no state or no strength');
  has(strength === 'foldable' ? 'step' : 'merge');
  const named = [...parts].map(([name, part]) => ({ ...part, name }));
  return { _tag: 'Stream', name: at.text, at, parameters: head, axis, parts: named, state, strength };
};

const statement = (c: Cursor): StatementTree => {
  const at = c.next();
  switch (at.kind === 'word' ? at.text : '') {
    case 'import':
      return c.peek().kind === 'string'
        ? { _tag: 'Import', path: c.next().text.slice(1, -1), at }
        : c.fail('a path is expected here');
    case 'sort':
      return { _tag: 'Sort', name: c.name().text, at };
    case 'def':
      return definition(c);
    case 'axiom':
      return equation(c, 'Axiom');
    case 'theorem':
      return equation(c, 'Theorem');
    case 'stream':
      return stream(c);
    default:
      return fail(at, `a statement is expected here, not ${at.text}`);
  }
};

export const parseFile = (path: string, text: string): StatementTree[] => {
  const c = new Cursor(tokens(path, text));
  const found: StatementTree[] = [];
  while (c.at < c.end) found.push(statement(c));
  return found;
};
