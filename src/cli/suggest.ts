// `weft suggest FILE:LINE`: steps for the goal at a line of a proof, or of a statement that has none. Invariant: changes no file; the goal is what `?` at that
// line would show; what is said to finish it was run. Knows not how a step is found.
import { existsSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { quoted } from '../language/print/clean.js';
import { labelled } from '../language/print/show.js';
import { showGoal } from '../diagnostic/goal.js';
import { refuse } from '../diagnostic/refused.js';
import { render } from '../diagnostic/render.js';
import { suggestionLines, suggestionRecords } from '../diagnostic/suggest.js';
import { openCache } from '../project/cache.js';
import { loadSources } from '../project/project.js';
import { settingsOf } from '../project/settings.js';
import { kindOf, partner, proofsIn } from '../proof/script/file.js';
import { citableNames } from '../proof/script/holes.js';
import { type Opened, holeAt, holeFor } from '../proof/script/insert.js';
import type { SourceFile } from '../proof/script/result.js';
import { type Sources } from '../proof/script/sources.js';
import { readStatements } from '../proof/script/statements.js';
import { type OpenHole, type Suggestions, suggest } from '../proof/script/suggest.js';
import { checkSources } from './check.js';
import { out, say, style, timed } from './output.js';

export interface SuggestOptions {
  readonly json?: boolean;
}
export type SuggestExit = 0 | 1 | 2;

/** What is shown of each kind. */
const shown = { finishing: 8, matching: 20 } as const;

function asked(target: string): { readonly file: string; readonly line: number } {
  const parts = /^(.+):(\d{1,7})$/.exec(target);
  if (!parts || Number(parts[2]) === 0)
    return refuse(`${quoted(target)} is not FILE:LINE`, 'for example proofs/mine.weft:12');
  return { file: parts[1]!, line: Number(parts[2]) };
}

/** Where a line begins. */
function offsetOf({ path, text }: SourceFile, line: number): number {
  const lines = text.split('\n');
  if (line > lines.length)
    refuse(`${quoted(path)} has ${lines.length} lines, not ${line}`, 'name a line of a proof, or of a statement');
  return lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0);
}

/** The files with a hole at the line. */
function opened(sources: Sources, file: SourceFile, line: number): Opened {
  const offset = offsetOf(file, line);
  const found =
    kindOf(file) === 'proofs'
      ? holeAt(file, offset)
      : holeFor(readStatements(sources.statements), sources.proofs, file.path, offset, partner(file.path) ?? file.path);
  return (
    found ??
    refuse(
      `line ${line} of ${quoted(file.path)} is in no proof and no theorem`,
      'name a line of a proof, or of a theorem',
    )
  );
}

function unreadable(file: SourceFile): boolean {
  const read = kindOf(file) === 'proofs' ? proofsIn(file) : undefined;
  if (!read || E.isRight(read)) return false;
  const { span, code } = read.left;
  const fact = { _tag: 'Syntax', failure: read.left } as const;
  say(render({ severity: 'error', code, file: file.path, span, fact }, file.text, style()));
  return true;
}

export async function suggestCommand(folder: string, target: string, options: SuggestOptions): Promise<SuggestExit> {
  const { file, line } = asked(target);
  if (!existsSync(file)) refuse(`${quoted(file)} cannot be read: it does not exist`, 'check the name');
  const sources = loadSources(folder, [file]);
  const path = [...sources.asked][0];
  const own = [...sources.statements, ...sources.proofs].find((f) => f.path === path);
  if (!own) return refuse(`${quoted(file)} is no file of the language`, 'name a file that ends in .weft');
  if (unreadable(own)) return 1;
  const hole = opened(sources, own, line);
  const cache = openCache(folder);
  const proofs = [...sources.proofs.filter((f) => f.path !== hole.file.path), hole.file];
  const library = await timed('checking', () =>
    checkSources({ ...sources, proofs }, settingsOf(folder).axioms, { memory: cache?.memory }),
  );
  cache?.save();
  const found = library.holes.find(
    (h) =>
      h.theorem === hole.theorem && h.diagnostic.file === hole.file.path && h.diagnostic.span.start === hole.offset,
  );
  const closed = library.diagnostics.some((d) => d.fact._tag === 'Closed' && d.span.start === hole.offset);
  if (closed) return nothingLeft(hole, own, line, options);
  if (!found) {
    const inside = library.diagnostics.filter((d) => d.severity === 'error' && d.file === hole.file.path);
    for (const d of inside) say(`${render(d, hole.file.text, style())}\n`);
    return refuse(
      `the proof of ${quoted(hole.theorem)} stops before line ${line}`,
      'mend what comes before it first',
      [],
      1,
    );
  }
  const names = [...found.context.lemmas, ...citableNames(library)];
  const steps = await timed('trying', () => suggest(found.context, found.goal, names));
  print(found, steps, own, line, options);
  return steps.list.some((s) => s.finishes) ? 0 : steps.cut ? 2 : 1;
}

/** The goal is closed before the line. */
function nothingLeft({ theorem }: Opened, { path }: SourceFile, line: number, { json }: SuggestOptions): SuggestExit {
  out(
    json
      ? JSON.stringify({ file: path, line, theorem, goal: [], suggestions: [], all: true })
      : 'nothing is left to prove here',
  );
  return 0;
}

function print(hole: OpenHole, steps: Suggestions, { path }: SourceFile, line: number, { json }: SuggestOptions): void {
  const goal = showGoal(hole.goal);
  if (json) {
    const suggestions = suggestionRecords(steps, { finishing: Infinity, matching: Infinity });
    out(JSON.stringify({ file: path, line, theorem: hole.theorem, goal, suggestions, all: !steps.cut }));
    return;
  }
  labelled('goal      ', goal).forEach(out);
  suggestionLines(steps, shown).forEach(out);
}
