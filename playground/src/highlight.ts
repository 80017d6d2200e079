// Colours of the language, word by word, as the grammar for other editors has them. Invariant: colours alone depend on it. Knows no meaning of a name.
import { HighlightStyle, StreamLanguage, type StreamParser, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { diagramWords, expressionWords, structureWords, tacticWords } from '../../src/language/syntax/word.js';

const parts = ['spec', 'state', 'head', 'final', 'step', 'merge', 'pass', 'outputs', 'output', 'commutative', 'mergeable', 'foldable', 'where', 'stream', 'over']; // prettier-ignore
const kinds = new Map<string, string>([
  ...diagramWords.map((w) => [w, 'atom'] as const),
  ...tacticWords.map((w) => [w, 'keyword'] as const),
  ...expressionWords.map((w) => [w, 'operatorKeyword'] as const),
  ...parts.map((w) => [w, 'definitionKeyword'] as const),
  ...structureWords.map((w) => [w, 'definitionKeyword'] as const),
  ['true', 'bool'],
  ['false', 'bool'],
]);

const parser: StreamParser<null> = {
  name: 'weft',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^--.*/)) return 'comment';
    if (stream.match(/^"[^"\n]*"?/)) return 'string';
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE]-?\d+)?/)) return 'number';
    const word = stream.match(/^[A-Za-z](?:[A-Za-z0-9_']|-(?=[A-Za-z0-9])|\.(?=[A-Za-z]))*/);
    if (word && typeof word === 'object') return kinds.get(word[0]) ?? 'variableName';
    stream.next();
    return 'operator';
  },
  languageData: { commentTokens: { line: '--' } },
};

const style = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--comment)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: [tags.number, tags.bool], color: 'var(--number)' },
  { tag: [tags.keyword, tags.definitionKeyword], color: 'var(--keyword)' },
  { tag: tags.operatorKeyword, color: 'var(--keyword)' },
  { tag: tags.atom, color: 'var(--atom)' },
]);

export const highlighting = [StreamLanguage.define(parser), syntaxHighlighting(style)];
