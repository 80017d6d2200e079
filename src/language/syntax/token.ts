// The words and marks of a text that does not parse, for saying what is wrong with it. Invariant: total; comments and white space
// are not tokens; every other character is in exactly one. Knows no grammar.
import type { Span } from './span.js';

export interface Token extends Span {
  readonly text: string;
  readonly kind: 'word' | 'number' | 'string' | 'mark';
  /** whether only white space stands before it on its line */
  readonly first: boolean;
}

const marks = String.raw`:=|<-|->|=>|==|<=|>=|!=|<>|&&|\|\||\+\+|\*\*|\/\\|\\\/`;
const pattern = new RegExp(
  String.raw`(?<blank>[\u0000-\u0020]+|--[^\n]*)|(?<word>[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9]))*)|(?<number>\d+(?:\.\d+)?(?:[eE]-?\d+)?)|(?<string>"[^"\n]*")|(?<mark>${marks}|[^])`,
  'gu',
);

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const { blank, word, number, string } = match.groups as Record<string, string | undefined>;
    if (blank !== undefined) continue;
    const start = match.index;
    const line = text.lastIndexOf('\n', start - 1) + 1;
    tokens.push({
      text: match[0],
      kind: word !== undefined ? 'word' : number !== undefined ? 'number' : string !== undefined ? 'string' : 'mark',
      start,
      end: start + match[0].length,
      first: text.slice(line, start).trim() === '',
    });
  }
  return tokens;
}
