// What stands around the place where a text does not parse: its tokens, the statement or proof that it is in, the bracket that is
// open there. Invariant: total, linear in the text. Knows no mistakes.
import type { Mistake } from './mistake-kind.js';
import type { Span } from './span.js';
import { type Token, tokensOf } from './token.js';
import { itemHeads } from './word.js';

export interface Found {
  readonly span: Span;
  readonly mistake: Mistake;
}
export interface Scene {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** of the token that does not fit; that of no token at the end of the text */
  readonly index: number;
  readonly token: Token | undefined;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
  readonly expected: readonly string[];
  readonly wants: (what: string) => boolean;
  /** `theorem`, `proof` …: the word that begins what the place is in */
  readonly head: Token | undefined;
  readonly headIndex: number;
  /** the first token after it: the next such word, or the end */
  readonly endIndex: number;
  /** the innermost bracket that is open at the place, and what stands before it */
  readonly within: Token | undefined;
  readonly owner: Token | undefined;
  /** whether the place is in front of the `:` or `:=` of its statement */
  readonly header: boolean;
}

const opens = '([{';
export const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export const at = (span: Span, mistake: Mistake): Found => ({ span: { start: span.start, end: span.end }, mistake });

/** Indices of the brackets that are open before a token, innermost last. */
export function openBefore(tokens: readonly Token[], from: number, to: number): readonly number[] {
  const stack: number[] = [];
  for (let i = Math.max(0, from); i < to; i += 1) {
    const { text } = tokens[i]!;
    if (text.length !== 1) continue;
    if (opens.includes(text)) stack.push(i);
    else if (closes[tokens[stack.at(-1) ?? -1]?.text ?? ''] === text) stack.pop();
  }
  return stack;
}

/** The index of the bracket that the one at `close` closes. */
export function opening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i -= 1) {
    const { text } = tokens[i]!;
    if (text === ')' || text === ']' || text === '}') depth += 1;
    if (text.length === 1 && opens.includes(text)) depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}

/** Of each token whether it begins an item. */
function headsIn(tokens: readonly Token[]): readonly boolean[] {
  const begins = itemHeads();
  return tokens.map((t, i) => t.kind === 'word' && (t.first || i === 0 || t.text === 'qed') && begins(t.text));
}

/** Whether a `:` or `:=` stands outside brackets between two tokens. */
function declared(tokens: readonly Token[], from: number, to: number): boolean {
  let depth = 0;
  for (let i = from; i < to; i += 1) {
    const { text } = tokens[i]!;
    if (text.length === 1 && opens.includes(text)) depth += 1;
    else if (text === ')' || text === ']' || text === '}') depth -= 1;
    else if (depth <= 0 && (text === ':' || text === ':=')) return true;
  }
  return false;
}

export function scene(text: string, start: number, expected: readonly string[]): Scene {
  const tokens = tokensOf(text);
  const found = tokens.findIndex((t) => t.end > start);
  const index = found < 0 ? tokens.length : found;
  const isHead = headsIn(tokens);
  const headIndex = isHead.slice(0, index).lastIndexOf(true);
  const next = isHead.indexOf(true, Math.max(headIndex, index - 1) + 1);
  const stack = openBefore(tokens, headIndex, index);
  const inner = stack.at(-1);
  const wanted = new Set(expected);
  return {
    text,
    tokens,
    index,
    token: tokens[index],
    before: tokens[index - 1],
    after: tokens[index + 1],
    expected,
    wants: (what) => wanted.has(what),
    head: tokens[headIndex],
    headIndex,
    endIndex: next < 0 ? tokens.length : next,
    within: inner === undefined ? undefined : tokens[inner],
    owner: inner === undefined ? undefined : tokens[inner - 1],
    header: headIndex >= 0 && !declared(tokens, headIndex, index),
  };
}
