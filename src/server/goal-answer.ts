// The answer to proof/goals. Invariant: what takes longer than to look (a picture, steps, numbers) is made only where it is asked for. Field names are those of coq-lsp's proof/goals where it has them.
import { type Diagnostic as ProtocolDiagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { counterexampleRecord } from '../diagnostic/counterexample.js';
import { type SuggestionRecord, suggestionRecords } from '../diagnostic/suggest.js';
import { Illustrator } from '../proof/refute/diagnose.js';
import { citableNames } from '../proof/script/holes.js';
import type { Diagnostic } from '../proof/script/result.js';
import { suggest } from '../proof/script/suggest.js';
import { type Goals, type Mode, goalsAt, holeAt, openAt } from './goals.js';
import { sourceOf } from './hover.js';
import type { Book } from './library.js';
import { pictureOf } from './picture.js';
import type { Found, Runs } from './runs.js';

type Said = ProtocolDiagnostic & { readonly message: string };

/** What is asked of a place, besides its goals. */
export interface Wants {
  readonly mode: Mode;
  readonly counterexample: boolean;
  readonly suggestions: boolean;
  /** the width of the picture, in pixels; undefined: none */
  readonly picture: number | undefined;
}

export interface GoalAnswer {
  readonly goals: Goals | null;
  readonly messages: readonly { readonly text: string; readonly range: Said['range']; readonly level: number }[];
  readonly error: string | null;
  /** the statement, as it is written */
  readonly law: string | null;
  readonly name: string | null;
  readonly counterexample: unknown;
  /** SVG: a row for each goal */
  readonly picture: string | null;
  /** steps for the first goal; null: not asked, or there is none */
  readonly suggestions: readonly SuggestionRecord[] | null;
}

export const noGoals: GoalAnswer = {
  goals: null,
  messages: [],
  error: null,
  law: null,
  name: null,
  counterexample: null,
  picture: null,
  suggestions: null,
};

export function goalAnswer(
  book: Book,
  runs: Runs,
  path: string,
  at: number,
  wants: Wants,
  say: (d: Diagnostic) => Said | undefined,
): GoalAnswer {
  const found = book.isStatements(path) ? undefined : runs.at(book, path, at);
  if (!found) return noGoals;
  const { placed, run } = found;
  const { span, name } = placed.tree.name;
  const end = Math.max(placed.tree.span.end, at);
  const inside = book.library.diagnostics.filter(
    (d) => d.file === path && d.span.start >= placed.tree.span.start && d.span.start <= end,
  );
  const said = inside.flatMap((d) => say(d) ?? []);
  const place = book.declarationOf({
    file: path,
    use: { kind: 'law', name, span, declares: false },
  });
  const { text } = book.files.get(path)!;
  const open = run ? (openAt(run, text, at, wants.mode) ?? []) : [];
  return {
    goals: run ? (goalsAt(run, text, at, wants.mode) ?? null) : null,
    messages: said.map((d) => ({ text: d.message, range: d.range, level: d.severity ?? 1 })),
    error: said.find((d) => d.severity === DiagnosticSeverity.Error)?.message ?? null,
    law: place ? sourceOf(book, place) : null,
    name,
    counterexample: wants.counterexample ? numbers(book, inside) : null,
    picture: wants.picture !== undefined && open.length > 0 ? pictureOf(open, name, wants.picture) : null,
    suggestions:
      run && wants.suggestions && open.length > 0
        ? stepsAt(book, runs, placed, text, holeAt(run, text, at, wants.mode))
        : null,
  };
}

function numbers({ library, files }: Book, inside: readonly Diagnostic[]): unknown {
  const illustrator = new Illustrator(library, new Map([...files].map(([path, f]) => [path, f.text])));
  const found = inside.map((d) => illustrator.of(d)).find((i) => i !== undefined);
  return found ? { of: found.of, ...counterexampleRecord(found.counterexample) } : null;
}

/** What is shown of each kind. */
const shown = { finishing: 8, matching: 20 } as const;

/** Those of `?` at an offset of the file: the proof runs with one there. */
export function stepsAt(
  book: Book,
  runs: Runs,
  { file, turn, tree: { span, name } }: Found['placed'],
  text: string,
  offset: number,
): readonly SuggestionRecord[] | null {
  const opened = `${text.slice(span.start, offset)} ? ${text.slice(offset, span.end)}`;
  const holes = runs.trial(book, name.name, file, turn, opened)?.holes ?? [];
  const hole = holes.find((h) => h.diagnostic.span.start === offset - span.start + 1);
  if (!hole) return null;
  const names = [...hole.context.lemmas, ...citableNames(book.library)];
  return suggestionRecords(suggest(hole.context, hole.goal, names), shown);
}
