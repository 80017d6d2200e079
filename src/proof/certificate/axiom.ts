/**
 * The axioms of a library as an auditor is told them: where each is stated, its text, the hash of what it says, and whether it is one of those
 * that ship with Weft. Invariant: that is decided by the hash alone, never by a name or a path. Knows no disk.
 */
import type { Thm } from '../../core/index.js';
import type { Library } from '../script/check.js';
import type { Diagnostic, TheoremReport } from '../script/result.js';
import type { Axiom, Statements } from '../script/statements.js';
import { hashOf } from './hash.js';
import { LIBRARY_AXIOMS } from './library.generated.js';
import { Records } from './records.js';
import { Steps } from './step.js';
import { Things } from './term.js';

export interface AxiomReport {
  readonly name: string;
  readonly file: string;
  /** where its statement begins in the file */
  readonly start: number;
  /** its statement on one line, as it is written, without comments */
  readonly statement: string;
  readonly hash: string;
  /** one of those that ship with Weft */
  readonly library: boolean;
}

/** The SHA-256 of the lines that a certificate has for the axiom alone (docs/reference/certificate.md): its name and all of its statement. */
export function axiomHash(thm: Thm): string {
  const records = new Records();
  new Steps(
    new Things(records),
    () => undefined,
    () => '',
  ).step(thm);
  return hashOf([...records.lines, ''].join('\n'));
}

/** A statement on one line. */
export const oneLine = (text: string): string =>
  text
    .replace(/--[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function reportOf({ name, file, law, thm }: Axiom, { texts }: Statements): AxiomReport {
  const hash = axiomHash(thm);
  const { start, end } = law.span;
  const statement = oneLine((texts.get(file) ?? '').slice(start, end));
  return { name, file, start, statement, hash, library: Object.hasOwn(LIBRARY_AXIOMS, hash) };
}

const made = new WeakMap<Statements, ReadonlyMap<string, AxiomReport>>();

/** Every axiom that the files state, in their order. */
export function axiomReports(statements: Statements): ReadonlyMap<string, AxiomReport> {
  const known =
    made.get(statements) ?? new Map([...statements.axioms].map(([name, a]) => [name, reportOf(a, statements)]));
  made.set(statements, known);
  return known;
}

/** Those that theorems rest on, each once, by name. */
export function axiomsUnder(library: Library, names: Iterable<string>): readonly AxiomReport[] {
  const all = axiomReports(library.statements);
  return [...new Set(names)].sort().map((n) => all.get(n) ?? unknown(n));
}
/** Of what no file states, nothing is claimed. */
const unknown = (name: string): AxiomReport => ({ name, file: '', start: 0, statement: '', hash: '', library: false });

export const foreign = (axioms: Iterable<AxiomReport>): readonly AxiomReport[] => [...axioms].filter((a) => !a.library);

// ---- a project that allows the library's axioms alone -------------------------------------------------------------------

/** The library where any other axiom is an error, and what rests on one is not proved. */
export function libraryAxiomsOnly(library: Library): Library {
  const found = foreign(axiomReports(library.statements).values());
  if (found.length === 0) return library;
  const names = new Set(found.map((a) => a.name));
  const refused = library.theorems.filter((t) => t.axioms.some((a) => names.has(a)));
  const gone = new Set(refused.map((t) => t.name));
  const theorems = library.theorems.map((t): TheoremReport =>
    gone.has(t.name) ? { ...t, status: 'rejected', code: 'E-NOAX', axioms: [], thm: undefined } : t,
  );
  const atAxioms = found.map(({ name, file, hash }): Diagnostic => {
    const { span } = library.statements.axioms.get(name)!.law;
    return { severity: 'error', code: 'E-NOAX', file, span, fact: { _tag: 'ForeignAxiom', axiom: name, hash } };
  });
  const atTheorems = refused.map(({ name, file, span, axioms }): Diagnostic => {
    const own = axioms.filter((a) => names.has(a));
    return { severity: 'error', code: 'E-NOAX', file, span, fact: { _tag: 'RestsOnForeign', name, axioms: own } };
  });
  return {
    ...library,
    theorems,
    diagnostics: [...library.diagnostics, ...atAxioms, ...atTheorems],
    proved: new Map([...library.proved].filter(([name]) => !gone.has(name))),
    barred: names,
  };
}
