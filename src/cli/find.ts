// `weft find PATTERN`: statements of the project and of the library that have a shape, such as "sum k (_ * _)". Invariant: reads statements only; what is
// found is stated, not proved. Knows not how a shape is matched.
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { foundLine, foundRecord, unreadPattern } from '../diagnostic/find.js';
import { refuse } from '../diagnostic/refused.js';
import { type Env, emptyEnv } from '../language/elaborate/scope.js';
import { quoted } from '../language/print/clean.js';
import { hasLibrary, isLibrary, librarySources, loadSources } from '../project/project.js';
import { type Found, byName, find } from '../proof/script/find.js';
import { type PatternFailure, readShapes } from '../proof/script/pattern.js';
import { type Statements, readStatements } from '../proof/script/statements.js';
import { out, say, timed } from './output.js';

export interface FindOptions {
  readonly json?: boolean;
}
export type FindExit = 0 | 1 | 2;

/** The project's statements, and those that ship with Weft, which it may import. */
function searched(folder: string): readonly Statements[] {
  const own = hasLibrary(folder) ? [readStatements(loadSources(folder, []).statements)] : [];
  return isLibrary(folder) ? own : [...own, readStatements(librarySources().statements)];
}

/** All definitions, whatever imports them. */
const everything = ({ envs }: Statements): Env =>
  [...envs.values()].reduce(
    (all: Env, env) => ({ ...all, functions: new Map([...env.functions, ...all.functions]) }),
    emptyEnv,
  );

interface Answer {
  readonly found: readonly (Found & { readonly text: string })[];
  readonly skipped: number;
}

/** A name alone is one of statements and definitions; anything else is a shape. */
function looked(statements: Statements, pattern: string) {
  if (/^\s*[A-Za-z][\w'.-]*\s*$/.test(pattern))
    return E.right({ found: byName(statements, pattern.trim()), skipped: 0 });
  return pipe(
    readShapes(everything(statements), pattern),
    E.map((shapes) => find(statements, shapes)),
  );
}

/** Each statement once: one that the project imports is in both. */
function answer(folder: string, pattern: string): Answer {
  const all = new Map<string, Found & { readonly text: string }>();
  let skipped = 0;
  let failure: PatternFailure | undefined;
  let read = 0;
  for (const statements of searched(folder)) {
    const result = looked(statements, pattern);
    if (E.isLeft(result)) {
      failure ??= result.left;
      continue;
    }
    read += 1;
    skipped += result.right.skipped;
    for (const f of result.right.found) {
      const text = statements.texts.get(f.file) ?? '';
      const key = text.slice(f.law.span.start, f.law.span.end).concat(f.law.name);
      if (!all.has(key)) all.set(key, { ...f, text });
    }
  }
  if (read === 0 && failure) refuse(...unreadPattern(pattern, failure));
  const found = [...all.values()].sort(
    (a, b) => Number(b.whole) - Number(a.whole) || length(a) - length(b) || (a.law.name < b.law.name ? -1 : 1),
  );
  return { found, skipped };
}
const length = ({ law }: Found): number => law.span.end - law.span.start;

export async function findCommand(folder: string, pattern: string, { json }: FindOptions): Promise<FindExit> {
  if (pattern.trim() === '') refuse('the pattern is empty', 'for example weft find "sum k (_ * _)"');
  const { found, skipped } = await timed('searching', () => answer(folder, pattern));
  if (json) out(JSON.stringify({ pattern, found: found.map((f) => foundRecord(f, f.text)), skipped }));
  else {
    for (const f of found) out(foundLine(f, f.text));
    if (found.length === 0) say(`weft: no statement has the shape ${quoted(pattern)}`);
    if (skipped > 0) say(`weft: ${skipped} sides were too large to look at`);
  }
  if (found.length > 0) return 0;
  return skipped > 0 ? 2 : 1;
}
