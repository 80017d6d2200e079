// Brackets that are not closed, or close nothing. Invariant: the bracket is looked for in the statement or proof that does not parse;
// one that is closed further on is not to blame. Knows no prose.
import { type Found, type Scene, at, closes, openBefore } from './scene.js';
import type { Token } from './token.js';

/** The first bracket of the statement that nothing closes, or that another kind of bracket closes. */
function unclosed(
  tokens: readonly Token[],
  from: number,
  to: number,
): { readonly open: Token; readonly by: string } | undefined {
  const stack: Token[] = [];
  for (const t of tokens.slice(Math.max(0, from), to)) {
    if (t.text in closes) stack.push(t);
    else if (t.text === ')' || t.text === ']' || t.text === '}') {
      const open = stack.pop();
      if (open && closes[open.text] !== t.text) return { open, by: t.text };
    }
  }
  const [open] = stack;
  return open && { open, by: '' };
}

function openString(s: Scene): Found | undefined {
  const quote = s.tokens.find((t, i) => t.text === '"' && i >= s.index - 2 && i <= s.index);
  return quote && at(quote, { _tag: 'OpenBracket', open: '"', found: '' });
}

export function bracket(s: Scene): Found | undefined {
  const { tokens, token, index, endIndex } = s;
  const from = s.headIndex;
  const left = unclosed(tokens, from, endIndex);
  const here = token?.start ?? Infinity;
  if (left && left.open.start < here)
    return at(left.open, { _tag: 'OpenBracket', open: left.open.text, found: left.by || (token?.text ?? '') });
  const closing = token && (token.text === ')' || token.text === ']' || token.text === '}');
  if (closing && openBefore(tokens, from, index).length === 0)
    return at(token, { _tag: 'ClosesNothing', found: token.text });
  return openString(s);
}
