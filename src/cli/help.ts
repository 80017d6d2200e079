// `weft help TOPIC`: the page of a code (E-EQ, L-EMPTY), of a step (`rewrite`), of a part of the language or of a command, from docs/reference.
// Invariant: prints what the pages say, nothing of its own; a topic that no page has is refused with those that there are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { nearest } from '../diagnostic/message.js';
import { near } from '../language/elaborate/scope.js';
import { tacticWords } from '../language/syntax/word.js';
import { out } from './output.js';
import { refuse } from '../diagnostic/refused.js';
import { packageFolder } from '../project/project.js';

const page = (name: string): string => readFileSync(join(packageFolder, 'docs', 'reference', `${name}.md`), 'utf8');

/** A section by its heading, `## E-EQ`, which may name several. */
function section(text: string, of: (heading: string) => boolean): string | undefined {
  const parts = text.split(/^(?=## )/m);
  return parts.find((p) => p.startsWith('## ') && of(p.slice(3).split('\n')[0]!.trim()))?.trim();
}

const others = new Set(['by', 'with', 'at', 'lhs', 'rhs']);
export const steps: readonly string[] = [
  ...tacticWords.filter((w) => !others.has(w)),
  'stream',
  'normalise',
  'positivity',
  'field',
  'linear',
  '?',
];
/** Short names for the sections of the language. */
const parts: Readonly<Record<string, string>> = {
  axes: 'Axes and objects',
  statements: 'Statements',
  expressions: 'Expressions (pointful)',
  diagrams: 'Diagrams (point-free)',
  streams: 'Streams',
  proofs: 'Proofs',
};

/** The lines of a step in the section of proofs, then its own page, or what they refer to. */
function step(word: string): string {
  const proofs = section(page('language'), (h) => h === parts['proofs'])!;
  const lines = proofs.split('\n').filter((l) => l.startsWith(`    ${word}`) || l.startsWith(`    [${word}`));
  const notes = proofs.split(/\n\n/).filter((l) => l.startsWith('INST:'));
  const own = section(page('steps'), (h) => h === word);
  if (own) return [...lines.map((l) => l.trim()), '', own, '', '`weft help proofs` has all steps.'].join('\n');
  return [...lines.map((l) => l.trim()), '', ...notes, '', '`weft help proofs` has all steps.'].join('\n');
}

/** The section whose table has a code of what has no kernel. */
const lowering = (code: string): string | undefined =>
  page('errors')
    .split(/^(?=## )/m)
    .find((p) => p.includes(`\n| ${code} |`))
    ?.trim();

export function topics(): readonly string[] {
  const codes = [...page('errors').matchAll(/^## (.*)$/gm)].flatMap((m) => m[1]!.match(/E-[A-Z]+/g) ?? []);
  const lowered = [...page('errors').matchAll(/^\| (L-[A-Z]+) \|/gm)].map((m) => m[1]!);
  return [...codes, ...lowered, ...steps, 'language', ...Object.keys(parts)];
}

function textOf(topic: string): string | undefined {
  const code = topic.toUpperCase();
  if (/^E-[A-Z]+$/.test(code)) return section(page('errors'), (h) => h.split(/,\s*/).includes(code));
  if (/^L-[A-Z]+$/.test(code)) return lowering(code);
  if (topic === 'language') return page('language').trim();
  if (topic in parts) return section(page('language'), (h) => h === parts[topic]);
  return steps.includes(topic) ? step(topic) : undefined;
}

export function helpCommand(topic: string): void {
  const text = textOf(topic);
  if (text === undefined) {
    const known = topics();
    refuse(
      `there is no page about ${quoted(topic)}`,
      nearest(near(topic, known).map(quoted), `topics: ${known.join(' ')}, and the commands`),
    );
  }
  for (const line of text.split('\n')) out(line);
}
