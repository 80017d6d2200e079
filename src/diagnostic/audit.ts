/** An audit in words, from what was found of a theorem. Knows no files. */
import type { AxiomReport } from '../proof/certificate/axiom.js';
import { type TextOf, axiomLine, lineIn } from './axiom.js';
import { clean, listed } from '../language/print/clean.js';

export interface Stands {
  readonly name: string;
  readonly file: string;
  readonly start: number;
  /** as it is written */
  readonly text: string;
}
export interface Note {
  readonly code: 'E-VACUOUS';
  readonly theorem: string;
  readonly text: string;
}
export interface Audit {
  readonly statement: Stands;
  /** the theorem, or the laws of the stream */
  readonly theorems: readonly string[];
  readonly definitions: readonly Stands[];
  readonly axioms: readonly AxiomReport[];
  readonly notes: readonly Note[];
}

export const vacuous = (theorem: string): Note => ({
  code: 'E-VACUOUS',
  theorem,
  text: 'both sides of the statement are the same diagram: it says nothing',
});
const NOTHING_NEW = {
  head: 'the spec is the head, and the final is the identity',
  outputs: 'the spec is the outputs',
  pass: 'the second pass is the spec, and reads no state',
} as const;
export const lawsSayAll = (theorem: string, why: keyof typeof NOTHING_NEW): Note => ({
  code: 'E-VACUOUS',
  theorem,
  text: `${NOTHING_NEW[why]}: this theorem says nothing, the laws of the stream say all`,
});

const block = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((l) => `  ${clean(l.replace(/\r$/, ''))}`.trimEnd())
    .filter((l) => l !== '');
const place = ({ file, start }: Stands, texts: TextOf): string => `${clean(file)}:${lineIn(texts, file, start)}`;
const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [`${title}: none`] : [`${title}:`, ...lines];

export function auditLines(
  { statement, theorems, definitions, axioms, notes }: Audit,
  texts: TextOf,
): readonly string[] {
  return [
    `${clean(statement.name)} (${place(statement, texts)}), proved: ${listed(theorems.map(clean))}`,
    ...block(statement.text),
    ...section(
      'definitions that it unfolds to, each after those that it is made of',
      definitions.flatMap((d) => [`  -- ${place(d, texts)}`, ...block(d.text)]),
    ),
    ...section(
      'axioms',
      axioms.map((a) => `  ${axiomLine(a, texts)}`),
    ),
    ...section(
      'notes',
      notes.map((n) => `  ${n.code} ${clean(n.theorem)}: ${n.text}`),
    ),
  ];
}
