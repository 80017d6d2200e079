// What a checker says of a case, and whether that is what the case expects. Invariant: a refusal counts only with its code at its
// line, and only when no claim that it marks is called proved; a case that was not looked at counts as wrong.
import path from 'node:path';
import { type Library, checkLibrary } from '../../src/proof/script/check.js';
import type { CheckResult } from '../../src/proof/script/result.js';
import { type Case, type Mark, library, lineAt } from '../support/corpus.js';

export interface Verdict {
  /** the names of the theorems that the case states, with their status */
  readonly statuses: ReadonlyMap<string, string>;
  /** every diagnostic at the case's files, sorted */
  readonly marks: readonly Mark[];
}
export type Checker = (c: Case) => Verdict;

const filesOf = (c: Case): ReadonlyMap<string, string> =>
  new Map([...c.statements, ...c.proofs].map((f) => [f.path, f.text]));

export function verdictOf(c: Case, { theorems, diagnostics }: CheckResult): Verdict {
  const texts = filesOf(c);
  const marks = diagnostics
    .filter((d) => texts.has(d.file))
    .map((d) => `${d.file}:${lineAt(texts.get(d.file)!, d.span.start)} ${d.code ?? 'open'}`)
    .sort();
  return { statuses: new Map(theorems.filter((t) => texts.has(t.file)).map((t) => [t.name, t.status])), marks };
}

/** The real checker, over the library and all cases at once. */
export function whole(cases: readonly Case[]): Library {
  const { statements, proofs } = library();
  return checkLibrary(
    [...statements, ...cases.flatMap((c) => c.statements)],
    [...proofs, ...cases.flatMap((c) => c.proofs)],
  );
}

/** The statement or proof that each marked line belongs to. */
export function claims(c: Case): readonly { readonly name: string; readonly code: string }[] {
  const texts = filesOf(c);
  return c.marks.flatMap((m) => {
    const [, file, line, code] = /^(.*):(\d+) (\S+)$/.exec(m)!;
    const above = texts.get(file!)!.split('\n').slice(0, Number(line)).reverse();
    const name = above.map((l) => /^(?:proof|theorem|stream|def|axiom) (\S+)/.exec(l)?.[1]).find((n) => n !== undefined);
    return name === undefined ? [] : [{ name, code: code! }];
  });
}

/** Why a verdict is not what the case expects; undefined when it is. */
export function wrong(c: Case, { statuses, marks }: Verdict): string | undefined {
  const name = `${c.kind}/${c.id}`;
  if (c.kind === 'run') return statuses.size + marks.length > 0 ? undefined : `${name}: nothing was looked at`;
  if (JSON.stringify(marks) !== JSON.stringify(c.marks))
    return `${name}: expected ${c.marks.join(', ') || 'no diagnostic'}; found ${marks.join(', ') || 'none'}`;
  if (statuses.size === 0) return `${name}: states no theorem`;
  const proved = (n: string): boolean => statuses.get(n) === 'proved';
  if (c.kind === 'accept') {
    const open = [...statuses].filter(([n]) => !proved(n));
    return open.length === 0 ? undefined : `${name}: not proved: ${open.map(([n]) => n).join(', ')}`;
  }
  if (marks.length === 0) return `${name}: marks no line`;
  if (marks.some((m) => m.endsWith('E-SYNTAX'))) return `${name}: rejected by the parser`;
  const false_ = claims(c).find((k) => k.code !== 'E-VACUOUS' && proved(k.name));
  return false_ && `${name}: ${false_.name} is called proved`;
}

/** The share of cases that a checker gets right; refuses an empty list, for a check of nothing finds nothing wrong. */
export function score(cases: readonly Case[], checker: Checker): { readonly share: number; readonly faults: readonly string[] } {
  if (cases.length === 0) throw new Error('no case was run');
  const faults = cases.flatMap((c) => wrong(c, checker(c)) ?? []);
  return { share: 1 - faults.length / cases.length, faults };
}

export const baseName = (file: string): string => path.basename(file);
