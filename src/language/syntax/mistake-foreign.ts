// Words of other provers and languages, by what they are for. Invariant: a word counts only where the text does not parse, so that a
// name spelled alike is never meant. Knows no prose.
import { type ForeignKind, foreignWords } from './foreign-words.js';
import { type Found, type Scene, at } from './scene.js';
import { reservedWords } from './word.js';

const kinds = Object.entries(foreignWords) as readonly (readonly [ForeignKind, string])[];
const inProof: ReadonlySet<ForeignKind> = new Set<ForeignKind>(['rewrite', 'apply', 'refl', 'symm', 'calc', 'cases', 'induction', 'have', 'intro', 'congr', 'assumption', 'unfold', 'simp', 'search', 'ring', 'hole', 'qed', 'exists']); // prettier-ignore

/** The kind of a word, that of a step where steps are expected. */
export function foreignKind(word: string, step: boolean): ForeignKind | undefined {
  const plain = word.toLowerCase().replace(/[!?']+$/, '');
  const all = kinds.flatMap(([kind, list]) => (list.split(' ').includes(plain) ? [kind] : []));
  return all.find((k) => inProof.has(k) === step) ?? all[0];
}

/** `Theorem`, `Qed`, `PROOF`: a word of the language in other letters. */
function capital(s: Scene, text: string): Found | undefined {
  const lower = text.toLowerCase();
  if (lower === text || !reservedWords.includes(lower)) return undefined;
  return at(s.token!, { _tag: 'Misspelt', found: text, words: [lower] });
}

export function foreign(s: Scene): Found | undefined {
  const { token, before, after } = s;
  const hashed = token?.text === '#' && after?.start === token.end && after.kind === 'word' ? after : undefined;
  const word = hashed ?? token;
  if (!word || word.kind !== 'word') return undefined;
  const found = hashed ? `#${hashed.text}` : word.text;
  const same = capital(s, word.text);
  if (same) return same;
  // a reserved word is a word of ours, `begin` a word of theirs
  const step = s.wants('"rewrite"') || s.wants('"qed"');
  const starts = token!.first || step || s.headIndex < 0 || before?.text === 'by';
  const ours = reservedWords.includes(word.text) && word.text !== 'fun';
  const kind = starts && !ours ? foreignKind(found, step) : undefined;
  return kind && at({ start: token!.start, end: word.end }, { _tag: 'Foreign', found, kind });
}
