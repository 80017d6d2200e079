// Forms of expressions, axes and objects that other languages have. Invariant: looks only where a text does not parse; the kinds are
// closed, one sentence each in diagnostic/mistake.ts. Knows no prose.
import type { FormKind } from './mistake-kind.js';
import { type Found, type Scene, at, opening } from './scene.js';
import type { Token } from './token.js';

const same = (t: Token | undefined, ...texts: readonly string[]): boolean => t !== undefined && texts.includes(t.text);
const touching = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && a.end === b.start;

const commentMarks = ['//', '/*', '/-', '(*', '{-', '{*', '<!'];
function comment(s: Scene): FormKind | undefined {
  const { token, before, after } = s;
  const pair = (p: string): boolean =>
    (same(token, p[0]!) && same(after, p[1]!) && touching(token, after)) ||
    (same(before, p[0]!) && same(token, p[1]!) && touching(before, token));
  const doubled = same(token, '**') && same(before, '/');
  if (commentMarks.some(pair) || doubled || same(token, '#') || lineComment(s)) return 'comment';
  return same(token, '%') ? (token!.first ? 'comment' : 'percent') : undefined;
}
/** A line of the statement that begins as a comment does elsewhere: read as an operator, it goes wrong further on. */
const lineComment = ({ tokens, headIndex, index }: Scene): boolean =>
  tokens
    .slice(Math.max(0, headIndex), index)
    .some((t, i, all) => t.first && same(t, '/') && same(all[i + 1], '/', '*', '-') && touching(t, all[i + 1]));

const operators: Readonly<Record<string, FormKind>> = {
  '^': 'power',
  '**': 'power',
  '%': 'percent',
  '!=': 'not-equal',
  '<>': 'not-equal',
  '&&': 'and',
  '/\\': 'and',
  '&': 'and',
  '||': 'or',
  '\\/': 'or',
  '!': 'not',
  '~': 'not',
  '\\': 'lambda',
  '|': 'absolute',
  _: 'underscore',
};

/** `x[n+1]`, `x[0]`, `R[4]`, `x[i:j]`: what stands between brackets. */
function indices(s: Scene): FormKind | undefined {
  const { tokens, token, before, within, owner, index } = s;
  if (same(before, ']')) {
    const open = opening(tokens, index - 1);
    const inside = tokens.slice(open + 1, index - 1);
    const of = tokens[open - 1];
    if (same(of, 'position') && same(token, '[')) return 'position-index';
    if (of?.kind === 'word' && inside.some((t) => /^[-+*/]$/.test(t.text))) return 'index-arithmetic';
    if (of?.kind === 'word' && inside.length > 0 && inside.every((t) => t.kind === 'number')) return 'index-number';
  }
  if (within?.text !== '[') return same(before, ':') && token?.kind === 'number' ? 'size-number' : undefined;
  const object = /^[A-Z]/.test(owner?.text ?? '') || owner?.text === ')' || owner?.kind !== 'word';
  if (same(token, ',') && object && s.header) return 'axes-comma';
  if (same(token, ',') && /^[RB]$/.test(owner?.text ?? '')) return 'axes-comma';
  if (same(token, ':') && !object) return 'slice';
  if (token?.kind === 'number') return object ? 'size-number' : before === within ? 'index-number' : 'index-arithmetic';
  return same(token, '+', '-', '*', '/', '(') && !object ? 'index-arithmetic' : undefined;
}

/** `map n x[n]`, `fold i:n s + x[i]`: a binder without what follows it in brackets. */
function binder(s: Scene): FormKind | undefined {
  const { tokens, before, index, token } = s;
  if (same(before, 'map', 'fold', 'scan') && same(token, '(')) return 'binder-brackets';
  if (same(token, ':=') && s.within?.text === '(' && !same(tokens[index - 2], 'let')) return 'loop-state';
  if (!s.wants('"("') || before?.kind !== 'word') return undefined;
  let i = index - 1;
  for (;;) {
    if (same(tokens[i - 1], ':')) i -= 2;
    if (!same(tokens[i - 1], ',')) break;
    i -= 2;
  }
  const word = tokens[i - 1];
  if (same(word, 'fold', 'scan')) return 'loop-state';
  if (same(word, 'map') && same(token, '=>', '->', '.')) return 'map-arrow';
  if (same(word, 'map')) return 'body-parentheses';
  const bound = i < index - 1 && word?.kind === 'word' && token !== undefined && !token.first;
  return bound && s.wants('","') ? (same(token, '=>', '->', '.') ? 'map-arrow' : 'body-parentheses') : undefined;
}

/** `let x := e`, `let x = e` without `in`, `if c then x` without `else`. */
function keywords(s: Scene): FormKind | undefined {
  const { token, before, tokens, index } = s;
  if (same(before, 'fun') && token?.kind === 'word') return 'lambda';
  if (same(token, ':=') && same(tokens[index - 2], 'let')) return 'let-define';
  if (same(token, '?') && s.wants('"+"')) return 'ternary';
  if (s.wants('"in"') && tokens.slice(0, index).some((t) => t.text === 'let')) return 'let-in';
  if (s.wants('"else"') || s.wants('"then"')) return 'if-else';
  if (same(before, ',') && same(token, ')', ']', '}')) return 'trailing-comma';
  return undefined;
}

function numbers(s: Scene): FormKind | undefined {
  const { token, before, after } = s;
  if (same(token, '.') && before?.kind === 'number') return 'decimal-point';
  if (same(token, '.') && after?.kind === 'number') return 'decimal-point';
  if (token?.kind === 'word' && before?.kind === 'number' && touching(before, token))
    return /^e/i.test(token.text) ? 'exponent' : 'missing-operator';
  if (token?.kind === 'number' && after?.kind === 'word' && touching(token, after))
    return /^e/i.test(after.text) ? 'exponent' : 'missing-operator';
  return undefined;
}

function operatorBetween(s: Scene): FormKind | undefined {
  const { token, before } = s;
  if (!token || !before || token.first) return undefined;
  const ended = before.kind !== 'mark' || same(before, ')', ']');
  const begins = token.kind === 'word' || token.kind === 'number' || token.text === '(';
  return ended && begins && s.wants('"+"') ? 'missing-operator' : undefined;
}

/** A group of wires, and what stands at its place in other languages. */
function group(s: Scene): FormKind | undefined {
  const { token, before, within } = s;
  if (within?.text === '(' && same(token, ',') && s.header && before?.kind === 'word') return 'wires-comma';
  if (same(token, 'forall', 'exists') || (same(before, 'forall', 'all') && token?.kind === 'word')) return 'quantifier';
  return undefined;
}

function operand(s: Scene): FormKind | undefined {
  const { before, token } = s;
  const operator = before?.kind === 'mark' && /^(\+|-|\*|\/|<|>|<=|>=|==|=|\+\+|:|:=|,|\(|;)$/.test(before.text);
  const ends = !token || token.first || /^([)\]}]|[-+*/=<>]|==|<=|>=)$/.test(token.text);
  return operator && ends && (s.wants('a name') || s.wants('a number')) ? 'operand-missing' : undefined;
}

export function form(s: Scene): Found | undefined {
  const { token, before } = s;
  const kind =
    comment(s) ??
    numbers(s) ??
    indices(s) ??
    group(s) ??
    binder(s) ??
    keywords(s) ??
    operators[token?.text ?? ''] ??
    dotted(s) ??
    operand(s) ??
    operatorBetween(s);
  if (!kind) return undefined;
  const place = kind === 'operand-missing' && before ? before : (token ?? before);
  return place && at(place, { _tag: 'Form', found: place.text, kind });
}

const dotted = ({ token, after }: Scene): FormKind | undefined =>
  same(token, '.') && touching(token, after) ? 'dot' : same(token, '.') ? 'final-stop' : undefined;
