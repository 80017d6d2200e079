/**
 * The text of a certificate: lines, words, strings, numbers, lists. Invariant: exactly the form of the page is read, one space between tokens
 * and none around parentheses; anything else is refused. It does not know records.
 */
import { LIMITS, decline, refuse, require } from '../logic/refusal.js';

/** The same for most lines, which have neither strings nor lists. */
const PLAIN = /^[^ ()"]+(?: [^ ()"]+)*$/;
const TOKEN = / ?(\(|\)|"(?:[^"\\]|\\.)*"|[^ ()"]+)/y;

const UNSPACED = 'the line is not tokens with one space between them';

/** The tokens, if they are spaced as they must be. */
const tokens = (line: string): readonly string[] => {
  if (line.length > LIMITS.line) decline('a line is too long');
  if (PLAIN.test(line)) return line.split(' ');
  const found: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < line.length;) found.push(TOKEN.exec(line)?.[1] ?? refuse(UNSPACED));
  const spaced = found.map((token, n) => (n === 0 || token === ')' || found[n - 1] === '(' ? token : ` ${token}`));
  require(found.length > 0 && spaced.join('') === line, UNSPACED);
  return found;
};

export const stringOf = (token: string): string => {
  try {
    const value: unknown = token.startsWith('"') ? JSON.parse(token) : undefined;
    if (typeof value === 'string') return value;
  } catch {
    // not a string: refused below
  }
  return refuse(`a string is expected, not ${token.slice(0, 40)}`);
};

/** The tokens of one record, from left to right. */
export class Record {
  private at = 0;
  private readonly all: readonly string[];

  constructor(line: string) {
    this.all = tokens(line);
  }

  word(): string {
    const token = this.all[this.at];
    if (token === undefined) return refuse('the record is too short');
    this.at += 1;
    return token;
  }

  string(): string {
    return stringOf(this.word());
  }

  number(): number {
    const token = this.word();
    return /^(0|[1-9][0-9]{0,8})$/.test(token)
      ? Number(token)
      : refuse(`a number is expected, not ${token.slice(0, 40)}`);
  }

  /** `(X…)` */
  list<A>(item: () => A): A[] {
    const items: A[] = [];
    require(this.word() === '(', 'a list is expected');
    while (this.all[this.at] !== ')') items.push(item());
    this.at += 1;
    return items;
  }

  /** Pairs one after the other, each first once. */
  pairs<K, W>(key: () => K, value: () => W): Map<K, W> {
    const found = new Map<K, W>();
    this.list(() => {
      const k = key();
      require(!found.has(k), 'a variable is replaced twice');
      found.set(k, value());
    });
    return found;
  }

  /** What is left, of the form `X…`. */
  rest<A>(item: () => A): A[] {
    const items: A[] = [];
    while (this.at < this.all.length) items.push(item());
    return items;
  }

  end(): void {
    require(this.at === this.all.length, 'the record is too long');
  }
}

export interface Text {
  readonly name: string;
  readonly kind: 'theorem' | 'schedule';
  /** all lines; the records begin at the third */
  readonly lines: readonly string[];
}

/** A file as it was written, where a tool put a byte order mark in front or CR before LF. */
export const restored = (text: string): string => text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');

/** The first two lines, and that every line ends in LF. */
export const readText = (text: string): Text => {
  if (text.length > LIMITS.characters) decline('the certificate is too long');
  require(!/\p{Surrogate}/u.test(text), 'the certificate is no Unicode text');
  require(text.startsWith('weft-certificate 1\n'), 'the first line is not "weft-certificate 1"');
  require(text.endsWith('\n'), 'the last line does not end');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > LIMITS.records) decline('the certificate has too many records');
  const record = new Record(lines[1] ?? '');
  const kind = record.word();
  const name = record.string();
  record.end();
  return kind === 'theorem' || kind === 'schedule'
    ? { kind, name, lines }
    : refuse('the second line says neither theorem nor schedule');
};

/** The hashes that are cited: read before the records are, for the order of certificates. */
export const citedBy = (text: string): readonly { readonly hash: string; readonly name: string }[] => {
  const found: { hash: string; name: string }[] = [];
  for (const [line] of text.matchAll(/^s cite [^\n]{0,2000}$/gm)) {
    const [, name = '', hash = ''] = /^s cite (".*") ([0-9a-f]{64})$/.exec(line) ?? [];
    try {
      found.push({ name: stringOf(name), hash });
    } catch {
      // refused where the record is read
    }
  }
  return found;
};
