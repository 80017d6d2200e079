/**
 * The part of the trust figures about texts that would reach the context: what stands in comments, in strings, after characters that look like the end
 * of a line, in files that nobody imports. Invariant: each attempt wants 0 = 1 from an axiom that its statement's file does not import; its twin with an
 * honest import is proved, so that it failed for no other reason.
 */
import type { Options, Part } from '../../report/trust/part.js';
import { type Files, checked, outcome } from './attempt.js';

const lie = 'axiom lie () : 0 = 1\ntheorem lemma () : 0 = 1\n';
const lemma = 'proof lemma\nrewrite lie in lhs\nqed\n';
const ends = [
  '\r',
  '\u2028',
  '\u2029',
  '\u0085',
  '\v',
  '\f',
  '\0',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u00a0',
  '\u200b',
  '\\n',
  ' ',
];

/** How a text is put where it is no item of its file: an item `text`, and a character that is no line feed. */
const hidden: Readonly<Record<string, (text: string, end: string) => string>> = {
  'behind a comment': (text, end) => `-- note ${end}${text}\n`,
  'behind two comments': (text, end) => `-- note -- ${end} -- ${end}${text}\n`,
  'in a name': (text, end) => `def a${end}${text} () : R := 0\n`,
  'in a path': (text, end) => `import "axioms.weft${end}${text.replace(/"/g, "'")}"\n`,
  'behind a path': (text, end) => `import "axioms.weft" -- ${end}${text}\n`,
  'in an einsum': (text, end) => `def e [n] (x : R[n]) : R := einsum "n${end}${text.replace(/"/g, "'")}" (x)\n`,
  'behind a mark': (text, end) => `\ufeff-- ${end}${text}\n`,
};
/** What would lend the axiom. */
const lent: Readonly<Record<string, string>> = {
  'an import': 'import "z.weft"',
  'an import of a path that goes round': 'import "./x/../z.weft"',
  'an axiom': 'axiom own () : 0 = 1',
};
/** How the proof would use it, once it is in sight. */
const uses: Readonly<Record<string, string>> = {
  rewrite: 'rewrite NAME in lhs',
  apply: 'apply NAME',
  simp: 'simp NAME',
  calc: 'calc 0 = 1 by apply NAME',
  'a lemma': 'apply lemma',
};

interface Attempt {
  readonly name: string;
  readonly files: Files;
  readonly twin: Files;
}

function attempts(): readonly Attempt[] {
  const made: Attempt[] = [];
  const name = (what: string): string => (what === 'an axiom' ? 'own' : 'lie');
  for (const [what, item] of Object.entries(lent))
    for (const [use, steps] of Object.entries(uses)) {
      if (what === 'an axiom' && use === 'a lemma') continue;
      const proof = `import "z.proofs.weft"\nproof bad\n${steps.replace('NAME', name(what))}\nqed\n`;
      const files = (before: string, ahead = ''): Files => ({
        'z.weft': lie,
        'z.proofs.weft': lemma,
        'a.weft': `import "axioms.weft"\n${before}theorem bad () : 0 = 1\n`,
        'a.proofs.weft': `${ahead}${proof}`,
      });
      const twin = files(`${item.replace('./x/../', '')}\n`);
      for (const [where, hide] of Object.entries(hidden))
        for (const end of ends)
          made.push({
            name: `${what} ${where}, ${JSON.stringify(end)}, by ${use}`,
            files: files(hide(item, end)),
            twin,
          });
      made.push({ name: `${what} in a file of proofs, by ${use}`, files: files('', what === 'an axiom' ? '' : 'import "z.weft"\n'), twin }); // prettier-ignore
      made.push({ name: `${what} nowhere, by ${use}`, files: files(''), twin });
      made.push({
        name: `${what} in a file beside it, by ${use}`,
        files: { ...files(''), 'b.weft': `${item}\n` },
        twin,
      });
    }
  return made;
}

export async function part({ full, seed }: Options): Promise<Part> {
  const tried = attempts().filter((_, i) => full || (i + seed) % 23 === 0);
  const failures: string[] = [];
  const twins = new Map<Files, boolean>();
  let reached = 0;
  for (const { name, files, twin } of tried) {
    const library = checked(files);
    const bad = library.theorems.find((t) => t.name === 'bad');
    if (bad?.status === 'proved') {
      reached += 1;
      failures.push(`${name}: 0 = 1 is proved, on ${bad.axioms.join()}`);
    }
    if (!twins.has(twin)) twins.set(twin, outcome(checked(twin), 'bad') === 'proved');
  }
  const honest = [...twins.values()].filter((ok) => ok).length;
  if (honest < twins.size) failures.push(`${twins.size - honest} honest twins are not proved`);
  if (tried.length === 0) failures.push('no text was tried');
  return Promise.resolve({
    title: 'context',
    figures: [
      { name: 'texts tried', value: tried.length },
      { name: 'texts that reach the context', value: reached },
      { name: 'honest twins proved', value: honest },
    ],
    failures,
  });
}
