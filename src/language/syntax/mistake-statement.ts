// Forms of statements that other languages have, and parts that are missing. Invariant: looks only where a statement does not parse.
// Knows no prose.
import type { FormKind } from './mistake-kind.js';
import { type Found, type Scene, at } from './scene.js';
import type { Token } from './token.js';

const isClose = (t: Token | undefined): boolean => t?.text === ')' || t?.text === ']' || t?.text === '}';

/** The first token of the statement at which its header is not one, with what is wrong there. */
function headerFault(s: Scene): Found | undefined {
  const { tokens, head, headIndex, endIndex } = s;
  if (!head || !/^(theorem|axiom|def|stream)$/.test(head.text)) return undefined;
  let i = headIndex + 1;
  const name = tokens[i];
  if (!name || name.kind !== 'word' || i >= endIndex) return undefined;
  for (i += 1; i < endIndex && /^[([{]$/.test(tokens[i]!.text); i += 1) {
    const close = closing(tokens, i);
    const typed = tokens.slice(i, close).some((t) => t.text === ':') || tokens[i]!.text !== '(' || close === i + 1;
    if (!typed) return untyped(s, i, close);
    i = close;
  }
  const next = tokens[i];
  const last = tokens[i - 1]!;
  const wanted = head.text === 'def' ? /^(:|:=)$/ : head.text === 'stream' ? /^over$/ : /^(:|given|where)$/;
  if (i < endIndex && next && wanted.test(next.text)) return undefined;
  if (next && next.start > (s.token?.start ?? Infinity)) return undefined;
  const kind = head.text === 'stream' ? 'over-missing' : head.text === 'def' ? 'define-missing' : 'colon-missing';
  if (next && i < endIndex && /^(:=|,|\.)$/.test(next.text)) return undefined;
  return at({ start: last.end, end: last.end + 1 }, { _tag: 'Form', found: last.text, kind });
}

/** `(x y)` is a group of wires without an object where a `:` follows, and the statement itself where none does. */
function untyped(s: Scene, open: number, close: number): Found | undefined {
  const after = s.tokens[close + 1];
  const group = { start: s.tokens[open]!.start, end: s.tokens[close]?.end ?? s.tokens[open]!.end };
  if (after && /^(:|:=|\(|\[|\{|given|where|over)$/.test(after.text))
    return at(group, { _tag: 'Form', found: '', kind: 'wires-untyped' });
  const before = s.tokens[open - 1]!;
  const kind = s.head!.text === 'def' ? 'define-missing' : 'colon-missing';
  return at({ start: before.end, end: before.end + 1 }, { _tag: 'Form', found: before.text, kind });
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (/^[([{]$/.test(tokens[i]!.text)) depth += 1;
    if (isClose(tokens[i])) depth -= 1;
    if (depth === 0) return i;
  }
  return tokens.length - 1;
}

/** The marks outside brackets between the head and the end of a statement. */
function outer(s: Scene): readonly Token[] {
  const found: Token[] = [];
  for (let i = s.headIndex + 1; i < s.endIndex; i += 1) {
    if (/^[([{]$/.test(s.tokens[i]!.text)) i = closing(s.tokens, i);
    else found.push(s.tokens[i]!);
  }
  return found;
}

/** `a == b` for `a = b`, a statement without a right side, a `.` at its end. */
function equation(s: Scene): Found | undefined {
  const { head, token } = s;
  if (!head || !/^(theorem|axiom)$/.test(head.text)) return undefined;
  const marks = outer(s);
  const colon = marks.findIndex((t) => t.text === ':');
  const doubled = marks.slice(colon + 1).find((t) => t.text === '==');
  const single = marks.slice(colon + 1).some((t) => t.text === '=');
  if (colon >= 0 && doubled && !single) return at(doubled, { _tag: 'Form', found: '==', kind: 'double-equals' });
  const other = marks.slice(colon + 1).find((t) => /^(<|>|<=|>=|<->|->|=>)$/.test(t.text));
  const ends = !token || token.start >= (s.tokens[s.endIndex]?.start ?? Infinity);
  if (colon >= 0 && !single && ends && other)
    return at(other, { _tag: 'Form', found: other.text, kind: 'not-an-equation' });
  if (colon >= 0 && !single && ends) return at(marks[0]!, { _tag: 'Form', found: marks[0]!.text, kind: 'no-equation' });
  return undefined;
}

const parts = ['spec', 'state', 'head', 'final'] as const;
function streamPart(s: Scene): Found | undefined {
  const { head, headIndex, token, tokens, endIndex } = s;
  if (head?.text !== 'stream') return undefined;
  const name = tokens[headIndex + 1]!;
  const place = { start: head.start, end: name?.end ?? head.end };
  const form = (kind: FormKind, found = ''): Found =>
    at(token && kind === 'stream-order' ? token : place, { _tag: 'Form', found, kind });
  const has = (word: string): boolean => tokens.slice(headIndex, endIndex).some((t) => t.first && t.text === word);
  const ends = !token || token.start >= (tokens[endIndex]?.start ?? Infinity);
  if (ends && s.wants('"foldable"')) return form('no-strength');
  const missing = parts.find((p) => s.wants(`"${p}"`));
  if (missing && has(missing)) return form('stream-order', missing);
  if (missing && (ends || token.first)) return form('stream-part', missing);
  return undefined;
}

function misplaced(s: Scene): FormKind | undefined {
  const { token, before, head } = s;
  const text = token?.text ?? '';
  if (text === 'proof' || text === 'qed') return 'proof-in-statements';
  if (
    text === ':=' &&
    !s.within &&
    s.tokens[s.index - 2]?.text !== 'let' &&
    head &&
    /^(theorem|axiom)$/.test(head.text)
  )
    return 'proof-elsewhere';
  if (text === 'by' || (text === 'proof' && s.wants('"theorem"'))) return 'proof-elsewhere';
  if (text === '=' && head?.text === 'def') return 'define-equals';
  if (text === '=' && s.within?.text === '(' && !s.header && s.wants('")"')) return 'equation-brackets';
  if (text === '}' && s.wants('"->"')) return 'wires-braces';
  if (text === ':' && before?.text === 'given') return 'given-name';
  if (before?.text === 'import' && token?.kind !== 'string') return 'import-quotes';
  if (before && before === head && token && token.kind !== 'word') return 'name-missing';
  if (text === '.' && before && s.tokens[s.headIndex + 1] === before) return 'name-dots';
  if (text === '.' && (!s.after || s.after.first)) return 'final-stop';
  if (text === ';' && (!s.after || s.after.first)) return 'semicolon';
  return undefined;
}

export function statementForm(s: Scene): Found | undefined {
  if (s.head?.text === 'proof') return undefined;
  const kind = misplaced(s);
  if (kind && s.token) return at(s.token, { _tag: 'Form', found: s.token.text, kind });
  return headerFault(s) ?? equation(s) ?? streamPart(s);
}
