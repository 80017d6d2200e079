// A certificate as records, for tests: every line has the shape that the page gives its kind, and every number refers to an earlier record. Invariant:
// what is read was checked; anything else throws with its line. It does not know what the records mean.
export type Item = string | readonly Item[];
export interface Line {
  readonly kind: string;
  readonly items: readonly Item[];
  readonly line: number;
}
export interface Read {
  readonly kind: string;
  readonly name: string;
  readonly records: readonly Line[];
  readonly qed: Line;
  readonly counts: ReadonlyMap<string, number>;
}

const kinds = 'vaomdfths';
/** Upper-case letters are references; N a name of the table, Q a rational, X a string, H a hash, ( ) a list of that, repeated. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  v: ['X *sort *empty'],
  a: ['0', '1', 'v V', '+ A A', '* A A'],
  o: ['*leaves'],
  m: ['X (V) O O'],
  d: ['X (V) (X) (M) T'],
  f: ['(V) T'],
  h: ['(V) T T'],
  t: [
    ...['id O', '; T T', '* T T', 'swap O O', 'copy O', 'del O', 'map A T', 'repeat A O', 'diag A O', 'exchange A A O'],
    ...['split A A O', 'concat A A O', 'tile A A O', 'flatten A A O', 'first A O', 'const *rational', 'op *operator'],
    ...['select O', 'position A', 'size A', 'scan A O T', 'var M (A)', 'call D (A) (O) (T)'],
  ],
  s: [
    ...['eq T T', 'sym S', 'trans S S', '; S S', '* S S', 'map A S', 'scan A O S', 'inst S (V A) (X O) (M F)'],
    ...['assume H (A)', 'cut S S (V)', 'axiom X (H) T T', 'def D (A) (O) (T)', 'ind V T T S S *side', 'cite X *hash'],
  ],
  qed: ['S', 'S (V A) A', 'S (V A) A T'],
};
const forms: Readonly<Record<string, RegExp>> = {
  '*sort': /^(-|".*")$/,
  '*empty': /^[?+]$/,
  '*rational': /^(0|-?[1-9]\d*)(\/[1-9]\d*)?$/,
  '*operator': /^(add|mul|neg|recip|exp|log|sqrt|lt|not|and|or|true|false)$/,
  '*side': /^(left|right)$/,
  '*hash': /^[0-9a-f]{64}$/,
  X: /^".*"$/,
};

/** Tokens: strings, parentheses, words; one space between, none inside parentheses. */
function itemsOf(text: string): readonly Item[] {
  const stack: Item[][] = [[]];
  let rest = text;
  let space = true;
  while (rest !== '') {
    const [token] = /^(?:\s|\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+)/.exec(rest) ?? [];
    if (token === undefined) throw new Error('no token');
    rest = rest.slice(token.length);
    if (token === ' ' ? space || rest === '' || rest.startsWith(')') : !space && token !== ')')
      throw new Error('spaces');
    space = token === ' ' || token === '(';
    if (token === '(') stack.push([]);
    else if (token === ')') {
      const done = stack.pop()!;
      stack.at(-1)!.push(done);
    } else if (token !== ' ') stack.at(-1)!.push(token);
  }
  if (stack.length !== 1) throw new Error('parentheses');
  return stack[0]!;
}

class Reader {
  readonly counts = new Map<string, number>();
  readonly records: Line[] = [];

  add(line: number, text: string): void {
    const [kind, ...items] = itemsOf(text);
    if (typeof kind !== 'string' || kind.length !== 1 || !kinds.includes(kind))
      throw new Error(`no kind: ${String(kind)}`);
    this.fits(kind, items);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.records.push({ kind, items, line });
  }

  fits(kind: string, items: readonly Item[]): void {
    if (kind === 'o') return items.forEach((leaf) => this.leaf(leaf));
    const shape = shapes[kind]!.find((s) => this.matches(s, items));
    if (shape === undefined) throw new Error(`no ${kind} record, or a reference to a later one`);
  }

  private leaf(leaf: Item): void {
    if (typeof leaf === 'string') throw new Error('no leaf');
    const [base, ...axes] = leaf;
    if (typeof base !== 'string' || !/^(R|B|".*")$/.test(base)) throw new Error('no base');
    if (!axes.every((a) => this.one('A', a))) throw new Error('a reference to a later axis');
  }

  private matches(shape: string, items: readonly Item[]): boolean {
    const words = shape.match(/\([^)]*\)|\S+/g)!;
    return words.length === items.length && words.every((w, i) => this.one(w, items[i]!));
  }

  private one(word: string, item: Item): boolean {
    if (word.startsWith('(')) {
      const inner = word.slice(1, -1).split(' ');
      if (typeof item === 'string' || item.length % inner.length !== 0) return false;
      return item.every((x, i) => this.one(inner[i % inner.length]!, x));
    }
    if (typeof item !== 'string') return false;
    const form = forms[word];
    if (form) return form.test(item) && (word !== 'X' || typeof JSON.parse(item) === 'string');
    if (/^[A-Z]$/.test(word))
      return /^(0|[1-9]\d*)$/.test(item) && Number(item) < (this.counts.get(word.toLowerCase()) ?? 0);
    return word === item;
  }
}

export function read(text: string): Read {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  const [version, title, ...rest] = lines;
  const [, kind, name] = /^(theorem|schedule) (".*")$/.exec(title ?? '') ?? [];
  if (version !== 'weft-certificate 1' || kind === undefined) throw new Error('the first two lines');
  const reader = new Reader();
  const last = rest.pop() ?? '';
  rest.forEach((line, i) => {
    try {
      reader.add(i + 3, line);
    } catch (error) {
      throw new Error(`line ${i + 3}: ${(error as Error).message}: ${line}`, { cause: error });
    }
  });
  const [word, ...items] = itemsOf(last);
  if (word !== 'qed') throw new Error(`the last record is ${last}`);
  reader.fits('qed', items);
  if ((items.length === 1) !== (kind === 'theorem')) throw new Error(`a ${kind} does not end so`);
  return {
    kind,
    name: JSON.parse(name!) as string,
    records: reader.records,
    qed: { kind: 'qed', items, line: lines.length },
    counts: reader.counts,
  };
}
