// What stands at a place: the statement of a name, and the type of the smallest phrase. Knows no protocol but the shape of an answer.
import type { Hover } from 'vscode-languageserver';
import { emptyEnv, type Env } from '../language/elaborate/scope.js';
import { elaborateStatement } from '../language/elaborate/elaborate.js';
import { type Heard, listening } from '../language/elaborate/hear.js';
import { showObject } from '../language/print/algebra.js';
import { clean, plural } from '../language/print/clean.js';
import type { StatementTree } from '../language/syntax/tree.js';
import { showGoal } from '../diagnostic/goal.js';
import { lawGoal } from '../proof/script/block.js';
import { type Book, type Place, linesOf } from './library.js';
import { isAt } from './names.js';

const code = (text: string): string => `\`\`\`weft\n${text.trim()}\n\`\`\``;

/** The text of what a name declares. */
export function sourceOf(book: Book, { file, item }: Place): string {
  const text = book.files.get(file)?.text ?? '';
  return text.slice(item.span.start, item.span.end);
}

function verdictOf({ library }: Book, name: string): string | undefined {
  const axiom = library.statements.axioms.get(name);
  if (axiom) return 'an axiom';
  const t = library.theorems.find((r) => r.name === name);
  if (!t) return undefined;
  if (t.status !== 'proved') return t.code === undefined ? t.status : `${t.status} (${t.code})`;
  const remembered = t.remembered > 0 ? `, ${t.remembered} remembered` : '';
  return `proved (${plural(t.axioms.length, 'axiom')}${remembered})`;
}

/** A law of a stream is stated by the stream: what it says is shown too. */
function statementOf(book: Book, place: Place): string {
  const target = book.declarationOf(place);
  const { name } = place.use;
  const law = book.library.statements.stated.get(name)?.law;
  const said = target?.item._tag === 'Stream' && law ? code(showGoal(lawGoal(law, []).goal).join('\n')) : undefined;
  const verdict = place.use.kind === 'law' ? verdictOf(book, name) : undefined;
  const parts = [target && code(sourceOf(book, target)), said, verdict, target && `from \`${clean(target.file)}\``];
  return parts.filter((p) => p !== undefined && p !== '').join('\n\n');
}

/** The environment of a file without what one statement declares. */
function before(env: Env, name: string): Env {
  const [functions, laws, streams, sorts] = [
    new Map(env.functions),
    new Map(env.laws),
    new Map(env.streams),
    new Set(env.sorts),
  ];
  functions.delete(name);
  laws.delete(name);
  streams.delete(name);
  sorts.delete(name);
  return { ...env, functions, laws, streams, sorts };
}

/** The types of the phrases of a statement. */
export function heardIn(book: Book, file: string, tree: StatementTree): readonly Heard[] {
  const heard: Heard[] = [];
  const env = book.library.statements.envs.get(file) ?? emptyEnv;
  if ('name' in tree)
    listening(
      (h) => heard.push(h),
      () => elaborateStatement(before(env, tree.name.name), tree),
    );
  return heard;
}

export const typeText = ({ dom, cod }: Heard): string =>
  dom ? `${showObject(dom)} -> ${showObject(cod)}` : showObject(cod);

/** The smallest phrase at an offset; of one that is read twice, the last time. */
export function smallest(heard: readonly Heard[], at: number): Heard | undefined {
  const here = heard.filter((h) => isAt(h, at));
  const size = ({ span }: Heard): number => span.end - span.start;
  return here.reduce<Heard | undefined>((best, h) => (!best || size(h) <= size(best) ? h : best), undefined);
}

export function hover(book: Book, path: string, at: number, heard: readonly Heard[]): Hover | null {
  const file = book.files.get(path);
  if (!file) return null;
  const place = book.at(path, at);
  const found = smallest(heard, at);
  const phrase = found && file.text.slice(found.span.start, found.span.end);
  const type =
    found && phrase !== undefined && phrase.length < 200
      ? code(`${phrase} : ${typeText(found)}`)
      : found && code(`: ${typeText(found)}`);
  const said = place ? statementOf(book, place) : '';
  const value = [type, said].filter((p) => p !== undefined && p !== '').join('\n\n');
  if (value === '') return null;
  return { contents: { kind: 'markdown', value }, range: linesOf(file).range(place?.use.span ?? found!.span) };
}
