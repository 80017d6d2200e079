/**
 * Texts without a plan: random characters, the language's own tokens in random order, real files cut and joined. Invariant: a case is
 * a function of its random source and of the files of the repository. Knows nothing of what should become of it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../../src/proof/script/result.js';
import { reservedWords } from '../../../src/language/syntax/word.js';
import type { Case } from './outcome.js';
import type { Random } from './random.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => ({ path: `${folder}/${f}`, text: readFileSync(join(root, folder, f), 'utf8') }));
const theorems = read('theorems');
const proofs = read('proofs');

// ---- random characters --------------------------------------------------------------------------------------------------

const special = ['\0', '\u0007', '\u001b[31m', '\r', '\r\n', '\u2028', '\u202e', '\ufeff', '\ud800', '\u0430', '\u{1f600}', '*/', '"', '\\', '${', '`', '--', '{', '(', '[', '<-', ':='] as const; // prettier-ignore
const character = (r: Random): string => {
  const kind = r.below(10);
  if (kind < 6) return String.fromCharCode(32 + r.below(95));
  if (kind < 7) return r.pick(special);
  if (kind < 8) return '\n';
  return String.fromCodePoint(r.below(0x11000));
};
const letters = (r: Random, most: number): string => r.times(r.below(most), () => character(r)).join('');

export const randomBytes = (r: Random): Case => ({
  _tag: 'Library',
  statements: [{ path: 'theorems/a.weft', text: letters(r, 400) }],
  proofs: [{ path: 'proofs/a.weft', text: letters(r, 400) }],
});

// ---- tokens -------------------------------------------------------------------------------------------------------------

const signs = ['(', ')', '[', ']', '{', '}', ',', ':', ';', '=', ':=', '=>', '->', '<-', '+', '-', '*', '/', '<', '<=', '==', '++', '?', '.', '"', "'", '--', '\n']; // prettier-ignore
const names = ['x', 'y', 'n', 'm', 'R', 'B', 'A', 'f', 'h', 'sum', 's', "s'", 'add-comm', '0', '1', '2', '0.5', '1e9', 'q', 'spec', 'state', 'head', 'final', 'merge', 'step', 'where', 'mergeable', '"a.weft"']; // prettier-ignore
const tokens = [...reservedWords, ...signs, ...names, ...signs, ...names];
const soup = (r: Random, start: readonly string[]): string =>
  [...(r.chance(0.7) ? [r.pick(start)] : []), ...r.times(r.below(60), () => r.pick(tokens))].join(
    r.chance(0.9) ? ' ' : '',
  );

const starts = [
  'theorem t (x : R) :',
  'axiom a {f : R -> R} :',
  'def d (x : R) :=',
  'stream s [n] (x : R[n]) over n spec',
  'import',
  'sort',
];
const proofStarts = [
  'proof t',
  'proof t rewrite',
  'proof t calc',
  'proof t have h () :',
  'proof t induction n {',
  'import',
];
export const tokenSoup = (r: Random): Case =>
  r.chance(0.2)
    ? { _tag: 'Expression', text: soup(r, ['let', 'map', 'x', '(']) }
    : {
        _tag: 'Library',
        statements: [
          { path: 'theorems/a.weft', text: soup(r, starts) },
          ...(r.chance(0.5) ? [{ path: 'theorems/t.weft', text: 'theorem t (x : R) : x = x' }] : []),
        ],
        proofs: [{ path: 'proofs/a.weft', text: `${soup(r, proofStarts)}${r.chance(0.5) ? ' qed' : ''}` }],
      };

// ---- real files, changed --------------------------------------------------------------------------------------------------

/** What a file imports is taken as it is: its theorems become axioms, which need no proof. */
const believed = new Map(
  theorems.map((f) => [
    f.path,
    { ...f, text: f.text.replace(/^theorem /gm, 'axiom ').replace(/^stream [^]*?(?=\n\n|$(?![^]))/gm, '') },
  ]),
);
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^import "([^"]+)"/gm)].map((m) => `theorems/${m[1]!}`);
function importedBy(text: string): readonly SourceFile[] {
  const found = new Map<string, SourceFile>();
  const pending = [...importsOf(text)];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const file = believed.get(path);
    if (!file || found.has(path)) continue;
    found.set(path, file);
    pending.push(...importsOf(file.text));
  }
  return [...found.values()];
}

/** A text with one part of it changed. */
export function changed(r: Random, text: string, other: string): string {
  const lines = text.split('\n');
  const at = r.below(lines.length);
  const i = r.below(text.length + 1);
  const words = text.split(/(\s+|[()[\]{},;])/);
  const [p, q] = [r.below(words.length), r.below(words.length)];
  switch (r.below(9)) {
    case 0:
      return lines.filter((_, k) => k !== at).join('\n');
    case 1:
      return [...lines.slice(0, at + 1), ...lines.slice(at)].join('\n');
    case 2: {
      const to = r.below(lines.length);
      return lines.map((l, k) => (k === at ? lines[to]! : k === to ? lines[at]! : l)).join('\n');
    }
    case 3:
      return text.slice(0, i) + character(r) + text.slice(i);
    case 4:
      return text.slice(0, i) + text.slice(i + 1 + r.below(8));
    case 5:
      return text.slice(0, i) + other.slice(r.below(other.length)).slice(0, 40) + text.slice(i);
    case 6:
      return words.map((w, k) => (k === p ? words[q]! : k === q ? words[p]! : w)).join('');
    case 7:
      return words.map((w, k) => (k === p ? r.pick(tokens) : w)).join('');
    default:
      return words.map((w, k) => (k === p ? words[q]! : w)).join('');
  }
}

const blocks = (text: string): readonly string[] => text.match(/^proof [^]*?^qed/gm) ?? [];

/** One file of the library with one or two of its proofs, each changed up to three times. */
export function realFiles(r: Random): Case {
  const pairs = theorems.filter((t) => proofs.some((p) => p.path === t.path.replace('theorems/', 'proofs/')));
  const file = r.pick(pairs);
  const proof = proofs.find((p) => p.path === file.path.replace('theorems/', 'proofs/'))!;
  const chosen = r.times(1 + r.below(2), () => r.pick(blocks(proof.text))).join('\n');
  const other = r.pick(theorems).text;
  let [text, steps] = [file.text, chosen];
  for (let n = r.below(4); n > 0; n -= 1) {
    if (r.chance(0.4)) text = changed(r, text, other);
    else steps = changed(r, steps, proof.text);
  }
  return {
    _tag: 'Library',
    statements: [...importedBy(text), { path: file.path, text }],
    proofs: [{ path: proof.path, text: steps }],
  };
}
