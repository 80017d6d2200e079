// `weft check`: one line a theorem on stdout, diagnostics on stderr, or one JSON object. Invariant: the exit code is 0 only when at
// least one theorem was found and every one is proved. Knows no tactics.
import { clean, plural } from '../diagnostic/clean.js';
import { recordOf, render } from '../diagnostic/render.js';
import { placeOf } from '../diagnostic/place.js';
import { checkLibrary, type Library } from '../script/check.js';
import { type Illustration, illustrate } from '../refute/diagnose.js';
import type { Diagnostic, TheoremReport } from '../script/result.js';
import { out, refuse, say, style, timed } from './output.js';
import { type Sources, loadSources } from './project.js';

export interface Checked {
  readonly library: Library;
  readonly sources: Sources;
  readonly texts: ReadonlyMap<string, string>;
}

export async function checkProject(folder: string, files: readonly string[]): Promise<Checked> {
  const sources = loadSources(folder, files);
  const texts = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f.text]));
  const library = await timed('checking', () => checkLibrary(sources.statements, sources.proofs));
  return { library, sources, texts };
}

export type CheckExit = 0 | 1 | 2 | 3;

/** 1: something is rejected; 2: nothing rejected, something declined or open; 3: there is nothing to prove. */
export function exitOf({ theorems, diagnostics }: Pick<Library, 'theorems' | 'diagnostics'>): CheckExit {
  const wrong = (d: Diagnostic): boolean => d.severity === 'error' && d.code !== 'E-BUDGET';
  if (theorems.some((t) => t.status === 'rejected') || diagnostics.some(wrong)) return 1;
  if (theorems.some((t) => t.status !== 'proved') || diagnostics.some((d) => d.severity !== 'warning')) return 2;
  return theorems.length === 0 ? 3 : 0;
}

function lineOf(t: TheoremReport): string {
  if (t.status !== 'proved') return `${t.status} ${clean(t.name)}${t.code === undefined ? '' : ` (${t.code})`}`;
  const given = t.hypotheses.length === 0 ? '' : `, ${plural(t.hypotheses.length, 'hypothesis', 'hypotheses')}`;
  return `proved ${clean(t.name)} (${plural(t.axioms.length, 'axiom')}${given})`;
}

/** What was asked for, and whatever else is not proved. */
const shown = ({ library, sources }: Checked): readonly TheoremReport[] =>
  library.theorems.filter((t) => sources.asked.has(t.file) || t.status !== 'proved');

/** Numbers at which the equation of a diagnostic is false. */
const falseAt = ({ library, texts }: Checked, d: Diagnostic): Illustration | undefined => illustrate(d, library, texts);

const textOf = (checked: Checked, file: string): string => checked.texts.get(file) ?? '';

function json(checked: Checked): string {
  const theorems = shown(checked).map((t) => ({
    name: t.name,
    file: t.file,
    line: placeOf(textOf(checked, t.file), t.span.start).line,
    status: t.status,
    code: t.code ?? null,
    hypotheses: t.hypotheses,
    axioms: t.axioms,
    uses: t.uses,
  }));
  const diagnostics = checked.library.diagnostics.map((d) => recordOf(d, textOf(checked, d.file), falseAt(checked, d)));
  return JSON.stringify({ theorems, diagnostics });
}

export function report(checked: Checked): void {
  const { color } = style();
  for (const d of checked.library.diagnostics)
    say(`${render(d, checked.texts.get(d.file), { color }, falseAt(checked, d))}\n`);
}

export async function checkCommand(
  folder: string,
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<CheckExit> {
  const checked = await checkProject(folder, files);
  const exit = exitOf(checked.library);
  if (options.json) out(json(checked));
  else {
    report(checked);
    for (const t of shown(checked)) out(lineOf(t));
  }
  if (exit === 3) refuse('no theorem found', 'write statements to theorems/*.weft, or name files');
  return exit;
}
