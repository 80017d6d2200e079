// A proof that is being typed: the steps that do not parse are left out, with a hole in their place, so that what stands before and beside them has its goals. Invariant:
// every character of what is kept stands where it stood; what is mended always has a hole, and so is never proved. Knows no goals.
import * as E from 'fp-ts/lib/Either.js';
import { type SyntaxFailure, proofsAt } from './parse.js';
import type { Span } from './span.js';
import { type Token, tokensOf } from './token.js';
import type { ProofItemTree } from './tree.js';

export interface Mended {
  readonly trees: readonly ProofItemTree[];
  readonly places: readonly Span[];
}

/** Steps that are left out, at most; then all from there on. */
const MOST = 3;
const step =
  /^(?:refl|symm|ring|tauto|stream|unfold|rewrite|simp|calc|apply|induction|assumption|cases|have|obtain|exact|intro)$/;
const begins = (t: Token): boolean => (t.kind === 'word' && step.test(t.text)) || t.text === '?';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
/** A hole where it begins, and spaces. */
function without(text: string, { start, end }: Span): string {
  const rest = blank(text.slice(start, end));
  return `${text.slice(0, start)}?${rest.slice(1)}${text.slice(end)}`;
}

/** What is missing at the end: a hole, the brackets of open blocks, and qed. */
function closed(text: string, tokens: readonly Token[]): string {
  const depth = tokens.reduce((n, t) => Math.max(0, n + (t.text === '{' ? 1 : t.text === '}' ? -1 : 0)), 0);
  return `${text} ? ${'} '.repeat(depth)}qed`;
}

/** The step around a place: from the step word before it to what ends it. */
function stepAt(text: string, at: number, header: number): Span {
  const tokens = tokensOf(text).filter((t) => t.start >= header);
  // what cannot stand where a step begins, or ends, says that the step before it is not complete
  const isEnd = tokens.some((t) => t.start === at && (begins(t) || t.text === '}' || t.text === 'qed'));
  const before = tokens.filter((t) => (isEnd ? t.start < at : t.start <= at) && (t.first || begins(t))).at(-1);
  const start = before?.start ?? Math.min(at, text.length);
  const next = tokens.find((t) => t.start > start && t.start >= at && (begins(t) || /^[}]$|^qed$/.test(t.text)));
  const end = Math.max(next?.start ?? text.length, start + 1);
  return { start, end };
}

/** `text` begins with the word proof; undefined where not even its name is there. */
export function mendedProof(text: string, from: number, failure: SyntaxFailure): Mended | undefined {
  const head = /^proof[ \t\r\n]+[A-Za-z][\w'-]*(?:\.[A-Za-z][\w'-]*)*(?![\w'.-])/.exec(text);
  if (!head || failure.code === 'E-BUDGET') return undefined;
  const places: Span[] = [];
  const hasQed = tokensOf(text).some((t) => t.text === 'qed');
  let now = hasQed ? text : closed(text, tokensOf(text));
  if (!hasQed) places.push({ start: text.trimEnd().length, end: text.length });
  for (let tries = 0; tries <= MOST + 1; tries += 1) {
    const parsed = proofsAt(now, from);
    if (E.isRight(parsed))
      return {
        trees: parsed.right.map((t) => clamped(t, from + text.length)),
        places: places.map((p) => ({ start: p.start + from, end: Math.max(p.end, p.start + 1) + from })),
      };
    const at = Math.max(parsed.left.span.start - from, head[0].length);
    const isLast = tries >= MOST;
    const place = stepAt(now, isLast ? Math.min(at, places[0]?.start ?? at) : at, head[0].length);
    const end = isLast ? Math.max(now.lastIndexOf('qed'), place.start + 1) : place.end;
    places.push({ start: place.start, end });
    now = without(now, { start: place.start, end });
    if (isLast) now = balanced(now);
  }
  return undefined;
}

/** Blocks that are still open where everything to the end was left out. */
function balanced(text: string): string {
  const depth = tokensOf(text).reduce((n, t) => n + (t.text === '{' ? 1 : t.text === '}' ? -1 : 0), 0);
  const at = text.lastIndexOf('qed');
  return depth > 0 && at >= 0 ? `${text.slice(0, at)}${'} '.repeat(depth)}${text.slice(at)}` : text;
}

/** What was added at the end has the place of the end. */
function clamped(tree: ProofItemTree, end: number): ProofItemTree {
  return { ...tree, span: { start: tree.span.start, end: Math.min(tree.span.end, end) } };
}
