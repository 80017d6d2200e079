// What each word of a text is, for colours, and its items, for an outline. Invariant: any text has both, half typed or not. Knows no library.
import { DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { reservedWords, tacticWords } from '../language/syntax/word.js';
import { maximumLength } from '../language/syntax/parse.js';
import { piecesOf } from '../language/syntax/items.js';
import type { ProofItemTree, StatementTree } from '../language/syntax/tree.js';
import type { Lines } from './lines.js';
import { type Use, usesIn } from './names.js';

export const tokenTypes = [
  'keyword',
  'macro',
  'type',
  'function',
  'class',
  'variable',
  'number',
  'string',
  'comment',
  'operator',
] as const;
export const tokenModifiers = ['declaration'] as const;

const [reserved, tactics] = [new Set(reservedWords), new Set<string>([...tacticWords, 'stream', 'qed'])];
const pattern =
  /(?<comment>--[^\n]*)|(?<string>"[^"\n]*")|(?<word>[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9]))*)|(?<number>\d+(?:\.\d+)?(?:[eE]-?\d+)?)|(?<operator>:=|<-|->|=>|==|<=|>=|\+\+|[-+*/=<>?])/g;
const ofKind: Readonly<Record<Use['kind'], (typeof tokenTypes)[number]>> = {
  sort: 'type',
  definition: 'function',
  law: 'class',
};

type Items = readonly (StatementTree | ProofItemTree)[];

function typeOf(
  match: RegExpMatchArray,
  use: Use | undefined,
  proofs: boolean,
): (typeof tokenTypes)[number] | undefined {
  const { comment, string, word, number } = match.groups!;
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  if (word === undefined) return 'operator';
  if (use) return ofKind[use.kind];
  if (proofs && tactics.has(word) && word !== 'qed') return 'macro';
  return reserved.has(word) || word === 'stream' ? 'keyword' : 'variable';
}

/** As the protocol has them: five numbers each, places counted from the one before. */
export function semanticTokens(lines: Lines, items: Items, proofs: boolean): number[] {
  const { text } = lines;
  if (text.length > maximumLength) return [];
  const uses = new Map(items.flatMap(usesIn).map((u) => [u.span.start, u]));
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const match of text.matchAll(pattern)) {
    const use = uses.get(match.index);
    const type = typeOf(match, use, proofs);
    if (!type) continue;
    const at = lines.position(match.index);
    data.push(at.line - line, at.line === line ? at.character - character : at.character, match[0].length);
    data.push(tokenTypes.indexOf(type), use?.declares ? 1 : 0);
    ({ line, character } = at);
  }
  return data;
}

const symbols: Readonly<Record<string, SymbolKind>> = {
  sort: SymbolKind.Struct,
  def: SymbolKind.Function,
  axiom: SymbolKind.Constant,
  theorem: SymbolKind.Class,
  stream: SymbolKind.Interface,
  proof: SymbolKind.Method,
};

/** Of the pieces of the text: what does not parse has its place too. */
export function documentSymbols(lines: Lines): DocumentSymbol[] {
  return piecesOf(lines.text).flatMap(({ text, start }) => {
    const head = /^(sort|def|axiom|theorem|stream|proof)(\s+)([A-Za-z][\w'-]*(?:\.[A-Za-z][\w'-]*)*)/.exec(text);
    if (!head) return [];
    const [, word, gap, name] = head as unknown as readonly [string, string, string, string];
    const at = start + word.length + gap.length;
    const [range, selection] = [
      { start, end: start + text.length },
      { start: at, end: at + name.length },
    ].map((s) => lines.range(s));
    return [DocumentSymbol.create(name, word, symbols[word]!, range!, selection!)];
  });
}
