// `weft check`: one line a theorem on stdout, diagnostics on stderr, or one JSON object. Invariant: the exit code is 0 only when at
// least one theorem was found and every one is proved. Knows no tactics.
import { type AxiomReport, axiomReports, foreign, libraryAxiomsOnly } from '../proof/certificate/axiom.js';
import * as E from 'fp-ts/lib/Either.js';
import { definitionPrefix } from '../proof/certificate/certificate.js';
import { believed, counted, hidden, rememberedOf, rememberedUnder } from '../diagnostic/axiom.js';
import { nearest } from '../diagnostic/message.js';
import { near } from '../language/elaborate/scope.js';
import { clean, plural, quoted } from '../language/print/clean.js';
import { recordOf, render } from '../diagnostic/render.js';
import { placeOf } from '../diagnostic/place.js';
import { neededBy } from '../kernel/extract/needs.js';
import { checkLibrary, type Library, type Only, type Scope } from '../proof/script/check.js';
import type { Memory } from '../proof/script/memory.js';
import { openCache } from '../project/cache.js';
import { Illustrator } from '../proof/refute/diagnose.js';
import { proofsIn } from '../proof/script/file.js';
import { Adviser } from '../proof/script/holes.js';
import type { CheckResult, Diagnostic, TheoremReport } from '../proof/script/result.js';
import { out, say, style, timed } from './output.js';
import { refuse } from '../diagnostic/refused.js';
import type { Sources } from '../proof/script/sources.js';
import { elsewhere } from './elsewhere.js';
import { hiding, isFolder, loadFor, loadSources, namedFiles } from '../project/project.js';
import { type Settings, settingsOf } from '../project/settings.js';

export interface Checked {
  readonly library: Library;
  readonly sources: Sources;
  readonly texts: ReadonlyMap<string, string>;
}

export interface CheckOptions {
  readonly json?: boolean;
  /** `library`: any other axiom is an error */
  readonly axioms?: string;
  /** every proof is run: nothing of an earlier check is read */
  readonly fresh?: boolean;
  /** check again whenever a file changes */
  readonly watch?: boolean;
}

/** The library of some sources; where only the axioms that ship with Weft are allowed, what rests on others is not proved. */
export function checkSources(sources: Sources, axioms: Settings['axioms'], scope: Scope = {}): Library {
  return judged(checkLibrary(sources.statements, sources.proofs, scope), axioms);
}
export const judged = (library: Library, axioms: Settings['axioms']): Library =>
  axioms === 'library' ? libraryAxiomsOnly(library) : library;

/** What is checked of a project: the theorems that some names need, with what those rest on, and what a line on stderr calls it. */
export interface Part {
  /** where they are known before a statement is read */
  readonly names?: readonly string[];
  readonly only: Only;
  readonly what: string;
}
/** Theorems, streams and definitions: what their proofs and kernels need. */
export const partOf = (names: readonly string[]): Part => ({
  names,
  only: (statements) => names.flatMap((name) => neededBy(statements, name)),
  what: names.length === 1 ? `what ${clean(names[0]!)} rests on` : 'what they rest on',
});

/** The files that state and prove what some names mean, and those that would if they could be read. */
export function filesOf(
  { statements, proofs }: Library,
  sources: Sources,
  names: readonly string[],
): ReadonlySet<string> {
  const known = [...statements.stated.keys(), ...statements.axioms.keys()];
  const unread = sources.proofs.filter((f) => E.isLeft(proofsIn(f)));
  return new Set(
    names.flatMap((name) => {
      const files = declaring(statements, name);
      const proof = proofs.of.get(name)?.file;
      const maybe = unread.flatMap((f) => (f.text.includes(name) ? [f.path] : []));
      if (files.length > 0) return [...files, ...(proof === undefined ? maybe : [proof])];
      const hint = nearest(near(name, known).map(quoted), 'name what the files state');
      return refuse(`there is no theorem, stream or definition ${quoted(name)}`, hint);
    }),
  );
}

/** The file that states a theorem or an axiom; of a definition the first that declares it. */
function declaring({ stated, axioms, definitions }: Library['statements'], name: string): readonly string[] {
  const file = (stated.get(name) ?? axioms.get(name))?.file;
  if (file !== undefined) return [file];
  const plain = name.startsWith(definitionPrefix) ? name.slice(definitionPrefix.length) : name;
  return [...definitions].flatMap(([d, place]) => (d.name === plain ? [place.file] : []));
}

/** A library, or how to check it, whole or a part: a command judges its arguments first. */
export type Lazy = Checked | ((part?: Part) => Promise<Checked>);
export const checkedOf = async (library: Lazy, part?: Part): Promise<Checked> =>
  typeof library === 'function' ? library(part) : library;

/** The files alone that some names lead to: undefined where one is not declared, or something is to be said, which takes all files. */
async function checkFew(
  folder: string,
  allowed: Settings['axioms'],
  part: Part,
  memory: Memory | undefined,
): Promise<Checked | undefined> {
  const { names = [] } = part;
  if (names.length === 0 || !isFolder(folder)) return undefined;
  const sources = loadFor(folder, names);
  const texts = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f.text]));
  const library = await timed(`checking ${part.what}`, () =>
    checkSources(sources, allowed, { only: part.only, memory }),
  );
  const isWhole = names.every((name) => declaring(library.statements, name).length > 0);
  const isProved = library.diagnostics.length === 0 && library.theorems.every((t) => t.status === 'proved');
  return isWhole && isProved ? { library, sources, texts } : undefined;
}

/** All files of the project; `files` say which of them are asked for. */
export async function checkProject(
  folder: string,
  files: readonly string[],
  axioms?: Settings['axioms'],
  part?: Part,
  memory?: Memory,
): Promise<Checked> {
  const allowed = axioms ?? settingsOf(folder).axioms;
  const few = part && files.length === 0 ? await checkFew(folder, allowed, part, memory) : undefined;
  if (few) return few;
  const sources = loadSources(folder, files);
  const texts = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f.text]));
  const label = part ? `checking ${part.what}` : 'checking';
  return {
    library: await timed(label, () => checkSources(sources, allowed, { only: part?.only, memory })),
    sources,
    texts,
  };
}

/**
 * The files that those asked for lead to: what they import, the files that belong to them, and the statement of every proof in one of them with
 * what that rests on. Wherever a proof stands, what its statement's file may believe is said.
 */
function reached({ statements, proofs }: Library, { asked, reach }: Sources): ReadonlySet<string> {
  const statedBy = (files: ReadonlySet<string>): readonly string[] =>
    [...proofs.of].flatMap(([name, { file }]) => (files.has(file) ? (statements.stated.get(name)?.file ?? []) : []));
  let files = reach(asked);
  for (let before = -1; before < files.size;) {
    before = files.size;
    files = reach([...files, ...statedBy(files)]);
  }
  return files;
}

/** What is said of a check: of the files that were asked for, and of those that they lead to. */
export function reported(
  library: Library,
  sources: Sources,
): CheckResult & { readonly axioms: readonly AxiomReport[] } {
  const proofOf = (name: string): string => library.proofs.of.get(name)?.file ?? '';
  const seen = reached(library, sources);
  const theorems = library.theorems.filter((t) => seen.has(t.file));
  const files = new Set([...seen, ...theorems.map((t) => proofOf(t.name))]);
  return {
    theorems,
    diagnostics: library.diagnostics.filter((d) => files.has(d.file)),
    axioms: [...axiomReports(library.statements).values()].filter((a) => files.has(a.file)),
  };
}

export type CheckExit = 0 | 1 | 2 | 3;

/** 1: something is rejected; 2: nothing rejected, something declined or open; 3: there is nothing to prove. */
export function exitOf({ theorems, diagnostics }: Pick<Library, 'theorems' | 'diagnostics'>): CheckExit {
  const wrong = (d: Diagnostic): boolean => d.severity === 'error' && d.code !== 'E-BUDGET';
  if (theorems.some((t) => t.status === 'rejected') || diagnostics.some(wrong)) return 1;
  if (theorems.some((t) => t.status !== 'proved') || diagnostics.some((d) => d.severity !== 'warning')) return 2;
  return theorems.length === 0 ? 3 : 0;
}

function lineOf(t: TheoremReport, own: ReadonlySet<string>): string {
  if (t.status !== 'proved') return `${t.status} ${clean(t.name)}${t.code === undefined ? '' : ` (${t.code})`}`;
  const given = t.hypotheses.length === 0 ? '' : `, ${plural(t.hypotheses.length, 'hypothesis', 'hypotheses')}`;
  const axioms = counted(t.axioms.length, t.axioms.filter((a) => own.has(a)).length);
  return `proved ${clean(t.name)} (${axioms}${given}${rememberedUnder(t.remembered)})`;
}

/** What was asked for, and whatever else is not proved. */
const shown = (theorems: readonly TheoremReport[], { library, sources }: Checked): readonly TheoremReport[] =>
  theorems.filter(
    (t) =>
      sources.asked.has(t.file) ||
      sources.asked.has(library.proofs.of.get(t.name)?.file ?? '') ||
      t.status !== 'proved',
  );

const textOf = (checked: Checked, file: string): string => checked.texts.get(file) ?? '';

export function jsonOf(checked: Checked): string {
  const said = reported(checked.library, checked.sources);
  const numbers = new Illustrator(checked.library, checked.texts);
  const adviser = new Adviser(checked.library);
  const theorems = shown(said.theorems, checked).map((t) => ({
    name: t.name,
    file: t.file,
    line: placeOf(textOf(checked, t.file), t.span.start).line,
    status: t.status,
    code: t.code ?? null,
    hypotheses: t.hypotheses,
    axioms: t.axioms,
    uses: t.uses,
    remembered: t.remembered,
  }));
  const find = elsewhere(() => namedFiles(checked.sources));
  const diagnostics = ownFirst(said.diagnostics).map((d) =>
    recordOf(d, textOf(checked, d.file), numbers.of(d), find(d.file), adviser.of(d)),
  );
  return JSON.stringify({ theorems, axioms: said.axioms.map(axiomRecord), diagnostics });
}

/** An axiom as data. */
export const axiomRecord = ({ name, file, statement, hash, library }: AxiomReport) => ({
  name,
  file,
  statement,
  hash,
  library,
});

/** The user's own files before those of the library. */
export const ownFirst = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
  const own = (d: Diagnostic): boolean => !d.file.startsWith('weft/');
  return [...diagnostics.filter(own), ...diagnostics.filter((d) => !own(d))];
};

/** `fresh`: of the theorems that are proved those alone are named. */
export function printed(checked: Checked, fresh?: ReadonlySet<string>): void {
  const { color } = style();
  const numbers = new Illustrator(checked.library, checked.texts);
  const adviser = new Adviser(checked.library);
  const said = reported(checked.library, checked.sources);
  const find = elsewhere(() => namedFiles(checked.sources));
  for (const d of ownFirst(said.diagnostics))
    say(`${render(d, checked.texts.get(d.file), { color }, numbers.of(d), find(d.file), adviser.of(d))}\n`);
  const own = foreign(said.axioms);
  const names = new Set(own.map((a) => a.name));
  for (const t of shown(said.theorems, checked))
    if (!fresh || t.status !== 'proved' || fresh.has(t.name)) out(lineOf(t, names));
  if (said.theorems.length === 0 || fresh) return;
  believed(own, (file) => textOf(checked, file)).forEach(out);
  hiding(checked.sources).forEach((file) => out(hidden(file)));
  rememberedOf(said.theorems).forEach(out);
}

export function demandAxioms(axioms: string | undefined): asserts axioms is Settings['axioms'] {
  if (axioms !== undefined && axioms !== 'library')
    refuse(`--axioms takes ${quoted('library')}, not ${quoted(axioms)}`, 'write --axioms library');
}

export async function checkCommand(
  folder: string,
  files: readonly string[],
  options: CheckOptions,
): Promise<CheckExit> {
  const { axioms } = options;
  demandAxioms(axioms);
  const cache = options.fresh ? undefined : openCache(folder);
  const checked = await checkProject(folder, files, axioms, undefined, cache?.memory);
  cache?.save();
  const exit = exitOf(reported(checked.library, checked.sources));
  if (options.json) out(jsonOf(checked));
  else printed(checked);
  if (exit === 3) refuse('no theorem found', 'write statements to theorems/*.weft, or name files');
  return exit;
}
