// A project that is edited, and what is asked about it. Invariant: diagnostics are those of a check of the same texts, but that what does not parse hides itself alone; every answer is of one check. Knows no
// transport and no disk: it is told how a path is read.
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as ProtocolDiagnostic,
  DiagnosticSeverity,
  type InlayHint,
  type TextEdit,
} from 'vscode-languageserver';
import type { Find } from '../diagnostic/elsewhere.js';
import { diagnosticMessage } from '../diagnostic/script.js';
import type { Heard } from '../language/elaborate/hear.js';
import { formatted } from '../language/format/format.js';
import type { Library } from '../proof/script/check.js';
import { kindOf, proofsOf, statementsOf } from '../proof/script/file.js';
import type { Memory } from '../proof/script/memory.js';
import type { Diagnostic, SourceFile } from '../proof/script/result.js';
import { type Ground, Workspace } from '../proof/script/workspace.js';
import { actionsFor } from './actions.js';
import { closable, closing } from './closing.js';
import { completion } from './completion.js';
import { type GoalAnswer, type Wants, goalAnswer, noGoals } from './goal-answer.js';
import { heardIn, hover } from './hover.js';
import { inlayHints } from './inlay.js';
import { Book, linesOf } from './library.js';
import { NameAnswers } from './answers.js';
import { Runs } from './runs.js';
import { signatureHelp } from './signature.js';
import { Trying } from './trying.js';
import { documentSymbols, semanticTokens } from './tokens.js';

export interface Host {
  readonly ground: Ground;
  readonly memory?: Memory;
  readonly judge?: (library: Library) => Library;
  /** where names are declared, in files that are not imported too */
  readonly find: (files: readonly SourceFile[]) => (from: string) => Find;
  readonly uriOf: (path: string) => string;
}

type Said = ProtocolDiagnostic & { readonly message: string };

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  open: DiagnosticSeverity.Information,
} as const;

export class Analysis {
  private readonly runs = new Runs();
  private readonly workspace: Workspace;
  private readonly open = new Set<string>();
  private told = new Set<string>();
  private book: Book | undefined;

  constructor(private readonly host: Host) {
    const { ground, memory, judge } = host;
    this.workspace = new Workspace(ground, {
      recovers: true,
      trace: this.runs.visits,
      ...(memory ? { memory } : {}),
      ...(judge ? { judge } : {}),
    });
  }

  // ---- what changes ---------------------------------------------------------------------------------------------------

  edit(path: string, text: string): void {
    this.open.add(path);
    this.workspace.edit(path, text);
  }
  close(path: string): void {
    this.open.delete(path);
    this.workspace.forget(path);
    this.workspace.refresh();
  }
  refresh(): void {
    this.workspace.refresh();
  }
  get isFresh(): boolean {
    return this.workspace.isChecked;
  }
  get isFull(): boolean {
    return this.workspace.isFull;
  }
  get proofs(): number {
    return this.workspace.proofs;
  }

  /** A check, in pieces; where an edit comes in between it is for nothing. */
  *checking(): Generator<void, void> {
    const checked = yield* this.workspace.checking();
    if (this.workspace.isChecked) this.book = new Book(checked);
  }

  /** What was checked last; undefined before the first check came to its end. */
  get checked(): Book | undefined {
    return this.book;
  }

  // ---- diagnostics ----------------------------------------------------------------------------------------------------

  /** Of every file that is open, of the project's own files that have some, and of those that had some the last time. */
  diagnostics(): ReadonlyMap<string, readonly Said[]> {
    const { book } = this;
    const found = new Map<string, Said[]>([...this.told, ...this.open].map((path) => [path, []]));
    for (const d of book?.library.diagnostics ?? []) {
      if (d.file.startsWith('weft/') && !this.open.has(d.file)) continue;
      const said = this.said(d);
      if (said) found.set(d.file, [...(found.get(d.file) ?? []), said]);
    }
    this.told = new Set([...found].flatMap(([path, all]) => (all.length > 0 ? [path] : [])));
    return found;
  }

  private said(d: Diagnostic): Said | undefined {
    const file = this.book?.files.get(d.file);
    if (!file || this.isMended(file, d)) return undefined;
    const { headline, details, hint } = diagnosticMessage(d, this.find(d.file));
    return {
      range: linesOf(file).marked(d.span),
      severity: severities[d.severity],
      code: d.code ?? (d.severity === 'open' ? 'open' : 'error'),
      source: 'weft',
      message: [headline, ...details, `hint: ${hint}`].join('\n'),
    };
  }

  /** Of the holes that stand for steps that do not parse nothing is said: the steps are. */
  private isMended(file: SourceFile, { fact, span }: Diagnostic): boolean {
    if (fact._tag === 'Syntax' || this.book?.isStatements(file.path)) return false;
    return proofsOf(file).mended.some((m) => m.start <= span.start && span.start < Math.max(m.end, m.start + 2));
  }

  private find(from: string): Find {
    return this.host.find([...(this.book?.files.values() ?? [])])(from);
  }

  // ---- questions that any text answers --------------------------------------------------------------------------------

  private source(path: string): SourceFile | undefined {
    return this.workspace.source(path);
  }
  symbols(path: string) {
    const file = this.source(path);
    return file ? documentSymbols(linesOf(file)) : [];
  }
  tokens(path: string): number[] {
    const file = this.source(path);
    if (!file) return [];
    const isProofs = kindOf(file) === 'proofs';
    return semanticTokens(linesOf(file), isProofs ? proofsOf(file).trees : statementsOf(file).trees, isProofs);
  }
  /** The whole text in the place of itself; nothing where it does not parse, or is laid out. */
  formatting(path: string): TextEdit[] {
    const file = this.source(path);
    if (!file) return [];
    const { trees, failures } = kindOf(file) === 'proofs' ? proofsOf(file) : statementsOf(file);
    const newText = failures.length > 0 ? file.text : formatted(file.text, trees);
    const range = linesOf(file).range({ start: 0, end: file.text.length });
    return newText === file.text ? [] : [{ range, newText }];
  }
  /** By the last check that came to its end: names that are typed now need none. */
  completion(path: string, position: Said['range']['start']) {
    const file = this.source(path);
    if (!file || !this.book) return [];
    const at = linesOf(file).offset(position);
    const run = this.isFresh ? this.runs.at(this.book, path, at)?.run : undefined;
    const goal = run?.visits.findLast((v) => v.span.start <= at)?.before ?? run?.goal;
    return completion(this.book, path, file.text, at, goal);
  }

  signature(path: string, position: Said['range']['start']) {
    const file = this.source(path);
    if (!file || !this.book || kindOf(file) !== 'proofs') return null;
    const before = file.text.slice(0, linesOf(file).offset(position));
    return signatureHelp(this.book, before.slice(before.lastIndexOf('\nproof') + 1));
  }

  // ---- questions about what was checked -------------------------------------------------------------------------------

  private offset(path: string, position: Said['range']['start']): number | undefined {
    const file = this.book?.files.get(path);
    return file && linesOf(file).offset(position);
  }

  goals(path: string, position: Said['range']['start'], wants: Wants): GoalAnswer {
    const at = this.offset(path, position);
    const { book } = this;
    if (at === undefined || !book) return noGoals;
    return goalAnswer(book, this.runs, path, at, wants, (d) => this.said(d));
  }

  /** Proofs that a program tries; undefined before the first check. */
  get trying(): Trying | undefined {
    return this.book && new Trying(this.book, this.runs, (from) => this.find(from));
  }

  hover(path: string, position: Said['range']['start']) {
    const at = this.offset(path, position);
    if (at === undefined) return null;
    return hover(this.book!, path, at, this.heardAt(path, at));
  }

  private heardAt(path: string, at: number): readonly Heard[] {
    const item = this.book!.items(path).find((t) => t.span.start <= at && at <= t.span.end);
    if (!item) return [];
    if (item._tag !== 'Proof') return heardIn(this.book!, path, item);
    const placed = this.book!.library.proofs.of.get(item.name.name);
    return placed?.tree === item ? this.runs.heard(this.book!, placed) : [];
  }

  /** What the last check that came to its end says of names; undefined before the first. */
  get names(): NameAnswers | undefined {
    return this.book && new NameAnswers(this.book, this.host.uriOf);
  }

  /** Of the proofs in a range: those that the check did not run are run for it. */
  inlays(path: string, range: Said['range']): readonly InlayHint[] {
    const { book } = this;
    const file = book?.files.get(path);
    if (!book || !file || book.isStatements(path)) return [];
    const lines = linesOf(file);
    const within = { start: lines.offset(range.start), end: lines.offset(range.end) };
    const here = [...book.library.proofs.of.values()].filter(
      ({ file, tree: { span } }) => file === path && span.start <= within.end && within.start <= span.end,
    );
    return here.flatMap(({ tree }) => {
      const run = this.runs.at(book, path, tree.span.start)?.run;
      return run ? inlayHints(run, lines, within) : [];
    });
  }

  /** What may be done about the diagnostics of a range. */
  actions(path: string, range: Said['range']): CodeAction[] {
    const lines = this.book?.files.get(path);
    if (!lines) return [];
    const [start, end] = [linesOf(lines).offset(range.start), linesOf(lines).offset(range.end)];
    const here = this.book!.library.diagnostics.filter(
      (d) => d.file === path && d.span.start <= end && start <= Math.max(d.span.end, d.span.start + 1),
    );
    return here.flatMap((d) => {
      const said = this.said(d);
      const diagnostics = said ? { diagnostics: [said] } : {};
      const kind = CodeActionKind.QuickFix;
      const offset = closable(lines.text, d);
      const data = offset === undefined ? [] : [{ path, offset, uri: this.host.uriOf(path) }];
      return [
        ...actionsFor(this.book!, d, (from) => this.find(from)).map((a): CodeAction => ({
          title: a.title,
          kind,
          ...diagnostics,
          edit: { changes: { [this.host.uriOf(a.file)]: [a.edit] } },
        })),
        ...data.map((data): CodeAction => ({
          title: 'look for steps that close the goal',
          kind,
          ...diagnostics,
          data,
        })),
      ];
    });
  }

  /** An action with the edit that takes longer to find. */
  resolved(path: string, action: CodeAction): CodeAction {
    const { offset } = action.data as { readonly offset: number };
    const edit = closing(this.book!, this.runs, path, offset);
    return { ...action, edit: { changes: { [this.host.uriOf(path)]: [edit] } } };
  }
}
