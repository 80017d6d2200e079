// The TextMate grammar that editors share, run by the engine that VS Code runs it with, against what the grammar of the language says of the same texts. Invariant: the classes are read off
// the parse of each text, and the words off the grammar's own text, so that a new word is asked for here.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Node, Semantics } from 'ohm-js';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { beforeAll, describe, expect, it } from 'vitest';
import { uncommented } from '../../../src/language/syntax/character.js';
import { grammar, grammarText } from '../../../src/language/syntax/grammar.js';
import { reservedWords } from '../../../src/language/syntax/word.js';
import { root } from '../../support/tree.js';

type Class = 'keyword' | 'name' | 'number' | 'string' | 'comment' | 'other';
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly is: Class;
}

const path = join(root, 'editors/weft.tmLanguage.json');
const text = readFileSync(path, 'utf8');

async function load(source: string): Promise<textmate.IGrammar> {
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (string) => new oniguruma.OnigString(string),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(source, path)),
  });
  const made = await registry.loadGrammar('source.weft');
  if (!made) throw new Error('no grammar');
  return made;
}

const prefixes: readonly (readonly [string, Class])[] = [
  ['comment', 'comment'],
  ['string', 'string'],
  ['constant.numeric', 'number'],
  ['keyword.operator', 'other'],
  ['keyword', 'keyword'],
  ['constant.language', 'keyword'],
  ['support', 'keyword'],
  ['variable', 'name'],
  ['entity.name', 'name'],
];
const classOf = (scopes: readonly string[]): Class =>
  prefixes.find(([prefix]) => scopes.at(-1)!.startsWith(prefix))?.[1] ?? 'other';

/** What the editors' grammar makes of a text. */
function coloured(made: textmate.IGrammar, source: string): readonly Mark[] {
  let [stack, at] = [textmate.INITIAL, 0];
  return source.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = made.tokenizeLine(line, stack);
    const start = at;
    [stack, at] = [ruleStack, at + line.length + 1];
    return tokens.map((t) => ({
      start: start + t.startIndex,
      end: Math.min(start + t.endIndex, start + line.length),
      is: classOf(t.scopes),
    }));
  });
}

const lexical: Readonly<Record<string, Class>> = {
  name: 'name',
  ident: 'name',
  path: 'name',
  decimal: 'number',
  zeroOne: 'number',
  count: 'number',
  string: 'string',
  freeWord: 'keyword',
};

interface Marking {
  mark(): void;
}
let found: Mark[] = [];
const markAll = (nodes: readonly Node[]): void => nodes.forEach((n) => (n as Node & Marking).mark());
function mark({ ctorName, source, children }: Node): void {
  // what is quoted is a phrase to the language, and a string to a reader
  const quotes = ctorName === 'Modifier_atPhrase' ? children.slice(1) : undefined;
  const is = quotes ? 'string' : /^[a-z]+W$/.test(ctorName) ? 'keyword' : lexical[ctorName];
  if (quotes) markAll(children.slice(0, 1));
  if (is) found.push({ start: quotes?.[0]?.source.startIdx ?? source.startIdx, end: source.endIdx, is });
  else markAll(children);
}
let semantics: Semantics | undefined;
const marking = (): Semantics =>
  (semantics ??= grammar()
    .createSemantics()
    .addOperation<void>('mark', {
      _nonterminal() {
        mark(this as unknown as Node);
      },
      _iter: (...children) => markAll(children as unknown as Node[]),
      _terminal: () => undefined,
    }));

/** What the grammar of the language makes of it. */
function parsed(source: string, rule: 'StatementFile' | 'ProofFile'): readonly Mark[] {
  found = [];
  const match = grammar().match(uncommented(source), rule);
  if (match.failed()) throw new Error(match.message);
  (marking()(match) as unknown as Marking).mark();
  for (const { index, 0: comment } of source.matchAll(/"[^"\n]*"|(--[^\n]*)/g))
    if (comment.startsWith('--')) found.push({ start: index, end: index + comment.length, is: 'comment' });
  return found;
}

/** Words and marks that the two see in different ways. */
function differences(made: textmate.IGrammar, source: string, marks: readonly Mark[]): readonly string[] {
  const colours = new Array<Class>(source.length).fill('other');
  for (const { start, end, is } of coloured(made, source)) colours.fill(is, start, end);
  const wanted = new Array<Class>(source.length).fill('other');
  for (const { start, end, is } of marks) wanted.fill(is, start, end);
  // the unit object 1 is a mark of the language, and a number to a reader
  const seen = (i: number): Class => (colours[i] === 'number' && source[i] === '1' ? wanted[i]! : colours[i]!);
  const wrong = [...source].flatMap((_, i) => (seen(i) === wanted[i] ? [] : [i]));
  return wrong
    .filter((i) => wrong[wrong.indexOf(i) - 1] !== i - 1)
    .map((i) => `${source.slice(i, i + 12).split('\n')[0]}: ${colours[i]}, not ${wanted[i]}`);
}

/** Words that stand in the grammar of the language as such. */
const words = (): readonly string[] => {
  const rules = grammarText.split('\n').filter((l) => !/^\s*(?:\/\/|reserved )/.test(l));
  return [
    ...new Set(
      rules
        .join('\n')
        .match(/"[a-z]{2,}"/g)
        ?.map((w) => w.slice(1, -1)) ?? [],
    ),
  ];
};
/** Where a word may be one. */
const places = (word: string): readonly string[] => [
  `${word} x`,
  `proof t\n  ${word} x`,
  `proof t\n  induction a ${word}`,
  `stream s\n  ${word} x`,
];
const missing = (made: textmate.IGrammar, all: readonly string[]): readonly string[] =>
  all.filter((word) =>
    places(word).every((place) => {
      const start = place.lastIndexOf(word);
      const marks = coloured(made, place);
      return !marks.some((m) => m.is === 'keyword' && m.start === start && m.end === start + word.length);
    }),
  );

let made: textmate.IGrammar;
beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM({ data: readFileSync(wasm).buffer });
  made = await load(text);
});

const files = ['theorems', 'proofs', 'test/corpus/accept'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((f) => f.endsWith('.weft'))
    .map((f) => `${folder}/${f}`),
);

describe('the grammar of the editors', () => {
  it('finds files', () => expect(files.length).toBeGreaterThan(60));
  it.each(files)('%s is coloured as it is read', (file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const isProofs = file.startsWith('proofs/') || file.includes('.proofs.');
    const marks = parsed(source, isProofs ? 'ProofFile' : 'StatementFile');
    expect(marks.length).toBeGreaterThan(0);
    expect(differences(made, source, marks)).toEqual([]);
  });
  it('knows every word of the language, and no other', () => {
    const all = words();
    expect(reservedWords.filter((w) => !all.includes(w))).toEqual([]);
    expect(all.length).toBeGreaterThan(reservedWords.length);
    expect(missing(made, all)).toEqual([]);
    const known = [...text.matchAll(/\(\?:([a-z]+(?:\|[a-z]+)+)\)/g)].flatMap((m) => m[1]!.split('|'));
    expect(known.filter((w) => !all.includes(w))).toEqual([]);
  });
  it('is seen to lack a word', async () => {
    expect(missing(made, ['transmogrify'])).toEqual(['transmogrify']);
    const less = await load(text.replace('|rewrite', ''));
    expect(missing(less, words())).toEqual(['rewrite']);
    const source = 'proof t\n  rewrite a\nqed\n';
    expect(differences(less, source, parsed(source, 'ProofFile'))).toEqual(['rewrite a: name, not keyword']);
  });
});
