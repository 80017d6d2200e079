/**
 * A place in the tokens of a file, and the grammar of axes and objects. Invariant: brackets nest no deeper than a fixed number, so that
 * what reads the trees may recur. It does not know which names are declared.
 */
import { exhausted, fail, type Token } from './lexer.js';

export type AxisTree =
  | { readonly _tag: 'Name'; readonly name: string; readonly at: Token }
  | { readonly _tag: 'Number'; readonly value: 0 | 1; readonly at: Token }
  | { readonly _tag: 'Sum' | 'Times'; readonly left: AxisTree; readonly right: AxisTree; readonly at: Token };

export type ObjectTree =
  | { readonly _tag: 'Name'; readonly name: string; readonly at: Token }
  | { readonly _tag: 'Unit'; readonly at: Token }
  | { readonly _tag: 'Product'; readonly parts: readonly ObjectTree[]; readonly at: Token }
  | { readonly _tag: 'Array'; readonly axes: readonly AxisTree[]; readonly of: ObjectTree; readonly at: Token };

/** Where an item of `{…}` begins: whether it is an object or a diagram is known only with the definition. */
export interface Item {
  readonly begin: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

const DEPTH = 250;
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

export class Cursor {
  private depth = 0;
  constructor(
    readonly tokens: readonly Token[],
    public at = 0,
    readonly end = tokens.length - 1,
  ) {}
  peek(ahead = 0): Token {
    const at = Math.min(this.at + ahead, this.end);
    return this.tokens[at] as Token;
  }
  /** A name and a string are never mistaken for a sign or a word. */
  is(text: string, ahead = 0): boolean {
    const { kind, text: found } = this.peek(ahead);
    return this.at + ahead < this.end && found === text && (kind === 'symbol' || kind === 'word');
  }
  next(): Token {
    const token = this.peek();
    if (this.at < this.end) this.at += 1;
    return token;
  }
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }
  expect(text: string): Token {
    return this.is(text) ? this.next() : this.fail(`'${text}' is expected here`);
  }
  isName(ahead = 0): boolean {
    return this.at + ahead < this.end && this.peek(ahead).kind === 'name';
  }
  name(): Token {
    return this.isName() ? this.next() : this.fail('a name is expected here');
  }
  fail(reason: string): never {
    return fail(
      this.peek(),
      this.at < this.end ? `${reason}, not ${this.peek().text}` : `${reason}, where the text ends`,
    );
  }
  /** Everything that nests is read inside of this. */
  nested<A>(read: () => A): A {
    if ((this.depth += 1) > DEPTH) exhausted(this.peek(), `the text is nested more than ${DEPTH} deep`);
    const value = read();
    this.depth -= 1;
    return value;
  }
  /** One or more, separated by commas. */
  list<A>(read: () => A): A[] {
    const items = [read()];
    while (this.accept(',')) items.push(read());
    return items;
  }
  /** The items of `{…}`, the opening brace of which was read. */
  items(): Item[] {
    const found: Item[] = [];
    let [level, begin] = [1, this.at];
    for (; level > 0; this.next()) {
      if (this.at >= this.end) this.fail("'}' is expected");
      const { kind, text } = this.peek();
      if (kind !== 'symbol') continue;
      level += OPENING.has(text) ? 1 : CLOSING.has(text) ? -1 : 0;
      if (level === 0 || (level === 1 && text === ',')) {
        found.push({ begin, end: this.at, tokens: this.tokens });
        begin = this.at + 1;
      }
    }
    return found;
  }
}

/** The whole of an item, by one of the grammars. */
export const readItem = <A>(item: Item, read: (c: Cursor) => A): A => {
  const c = new Cursor(item.tokens, item.begin, item.end);
  const value = read(c);
  if (c.at < item.end) c.fail("',' or '}' is expected here");
  return value;
};

export const axisAtom = (c: Cursor): AxisTree => {
  const at = c.peek();
  if (c.isName()) return { _tag: 'Name', name: c.next().text, at };
  if (at.kind === 'number' && (at.text === '0' || at.text === '1')) {
    c.next();
    return { _tag: 'Number', value: at.text === '0' ? 0 : 1, at };
  }
  if (!c.accept('(')) return c.fail('an axis is expected here');
  const inner = c.nested(() => axis(c));
  c.expect(')');
  return inner;
};

const chain = (c: Cursor, sign: '+' | '*', first: AxisTree, next: (c: Cursor) => AxisTree): AxisTree => {
  let left = first;
  for (let at = c.peek(); c.accept(sign); at = c.peek())
    left = { _tag: sign === '+' ? 'Sum' : 'Times', left, right: next(c), at };
  return left;
};
const product = (c: Cursor, first = axisAtom(c)): AxisTree => chain(c, '*', first, axisAtom);
export const axis = (c: Cursor, first = axisAtom(c)): AxisTree => chain(c, '+', product(c, first), (d) => product(d));

/** `[q d]`, or a compound axis alone. */
const arrayAxes = (c: Cursor): AxisTree[] => {
  c.expect('[');
  const first = axisAtom(c);
  const axes = c.is('+') || c.is('*') ? [axis(c, first)] : [first];
  if (axes[0] === first) while (!c.is(']')) axes.push(axisAtom(c));
  c.expect(']');
  return axes;
};

export const startsObject = (c: Cursor): boolean =>
  c.isName() || c.is('(') || (c.peek().kind === 'number' && c.peek().text === '1');

export const objectAtom = (c: Cursor): ObjectTree => {
  const at = c.peek();
  const read = (): ObjectTree => {
    if (c.isName()) return { _tag: 'Name', name: c.next().text, at };
    if (at.kind === 'number' && at.text === '1') return c.next() && { _tag: 'Unit', at };
    if (!c.accept('(')) return c.fail('an object is expected here');
    const inner = c.nested(() => object(c));
    c.expect(')');
    return inner;
  };
  const of = read();
  return c.is('[') ? { _tag: 'Array', axes: arrayAxes(c), of, at } : of;
};

export const object = (c: Cursor): ObjectTree => {
  const at = c.peek();
  const parts = [objectAtom(c)];
  while (c.accept('*')) parts.push(objectAtom(c));
  return parts.length === 1 ? (parts[0] as ObjectTree) : { _tag: 'Product', parts, at };
};
