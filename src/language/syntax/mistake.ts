// What a person probably meant where a text does not parse: closed facts, each with the place to mend. Invariant: looks only at a text
// that was refused; undefined where nothing is known better than the list of what would fit. Knows no prose (diagnostic/mistake.ts).
import { type Found, type Scene, at, scene } from './scene.js';
import { bracket } from './mistake-bracket.js';
import { character } from './mistake-character.js';
import { form } from './mistake-form.js';
import { foreign } from './mistake-foreign.js';
import { statementForm } from './mistake-statement.js';
import { stepForm } from './mistake-step.js';
import { structureWords, reservedWords } from './word.js';

/** Expected words that are close to what stands there. */
function misspelt(s: Scene): Found | undefined {
  const found = s.token?.kind === 'word' ? s.token.text : '';
  if (found.length < 3 || reservedWords.includes(found)) return undefined;
  const wanted = s.expected.flatMap((e) => (/^"[a-z]{2,}"$/.test(e) ? [e.slice(1, -1)] : []));
  const near = wanted
    .map((word) => ({ word, far: distance(found.toLowerCase(), word) }))
    .filter(({ word, far }) => far <= (word.length < 6 ? 1 : 2))
    .sort((a, b) => a.far - b.far);
  if (near.length === 0) return undefined;
  return at(s.token!, { _tag: 'Misspelt', found, words: near.slice(0, 2).map((n) => n.word) });
}

/** Insertions, deletions, changes, and exchanges of neighbours. */
export function distance(a: string, b: string): number {
  const row = (i: number, before: readonly number[], earlier: readonly number[]): readonly number[] => {
    const made = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(before[j]! + 1, made[j - 1]! + 1, before[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, earlier[j - 2]! + 1);
      made.push(best);
    }
    return made;
  };
  let [earlier, before]: (readonly number[])[] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) [earlier, before] = [before!, row(i, before!, earlier!)];
  return before!.at(-1)!;
}

/** A word of the language where a name is declared. */
function reservedName(s: Scene): Found | undefined {
  const { token, before } = s;
  if (token?.kind !== 'word' || !reservedWords.includes(token.text) || !s.wants('a name')) return undefined;
  const starts = token.first && (structureWords as readonly string[]).includes(token.text);
  const declares =
    before !== undefined &&
    /^(def|axiom|theorem|stream|sort|proof|given|have|let|over|\(|\[|\{|,|for)$/.test(before.text);
  if (starts && !declares) return undefined;
  // in the middle of an expression the word is more likely out of place than a name
  const group = before !== undefined && (declares || (before.kind === 'word' && s.within !== undefined && s.header));
  return group ? at(token, { _tag: 'ReservedName', word: token.text }) : undefined;
}

/** The end of a proof is missing: another begins, or the text ends. */
function noQed(s: Scene): Found | undefined {
  const { head, token } = s;
  if (head?.text !== 'proof' || !s.wants('"qed"') || s.within) return undefined;
  if (token && !(token.first && /^(proof|import|theorem|axiom|def|stream)$/.test(token.text))) return undefined;
  const name = s.tokens[s.headIndex + 1];
  if (!name || name === token) return undefined;
  const whole = /^\S+/.exec(s.text.slice(name.start))![0]; // the law of a stream: NAME.mergeable
  return { span: { start: head.start, end: name.start + whole.length }, mistake: { _tag: 'NoQed', name: whole } };
}

const rules: readonly ((s: Scene) => Found | undefined)[] = [
  character,
  bracket,
  noQed,
  foreign,
  stepForm,
  statementForm,
  form,
  reservedName,
  misspelt,
];

export function mistakeAt(text: string, start: number, expected: readonly string[]): Found | undefined {
  const s = scene(text, start, expected);
  for (const rule of rules) {
    const found = rule(s);
    if (found) return found;
  }
  return undefined;
}
