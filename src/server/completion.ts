// What may stand at a place: steps, names that are in sight, variables of what is cited. Invariant: every name that is offered can be cited or used there, as far as the last check knows. Knows no
// goals but the one that it is given.
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { diagramWords, expressionWords, structureWords, tacticWords } from '../language/syntax/word.js';
import type { Goal } from '../proof/tactic/goal.js';
import type { Citable } from '../proof/script/scope.js';
import { shown } from '../proof/script/scope.js';
import { type Book, linesOf } from './library.js';
import { sourceOf } from './hover.js';
import type { Kind } from './names.js';

const steps = [...tacticWords.filter((w) => !['by', 'with', 'at', 'lhs', 'rhs'].includes(w)), 'stream', '?', 'qed'];

const item = (label: string, kind: CompletionItemKind, detail?: string, documentation?: string): CompletionItem => ({
  label,
  kind,
  ...(detail === undefined ? {} : { detail }),
  ...(documentation === undefined
    ? {}
    : { documentation: { kind: 'markdown', value: `\`\`\`weft\n${documentation}\n\`\`\`` } }),
});
const words = (all: readonly string[]): readonly CompletionItem[] =>
  all.map((w) => item(w, CompletionItemKind.Keyword));

/** What is declared in files that one sees. */
function named(book: Book, path: string, kind: Kind, as: CompletionItemKind): readonly CompletionItem[] {
  const seen = book.sight(path);
  const found = new Map<string, CompletionItem>();
  for (const place of book.uses())
    if (place.use.declares && place.use.kind === kind && seen.has(place.file))
      found.set(place.use.name, item(place.use.name, as, place.file, sourceOf(book, place)));
  return [...found.values()];
}

/** Laws that a proof of this file may cite: axioms in sight, and theorems that are proved; a stream is its laws. */
function laws(book: Book, path: string): readonly CompletionItem[] {
  const { statements, theorems } = book.library;
  const seen = book.sight(path);
  const proved = new Set(theorems.filter((t) => t.status === 'proved').map((t) => t.name));
  const axioms = [...statements.axioms.values()].filter((a) => seen.has(a.file));
  const stated = [...statements.stated.values()].filter(
    (s) => proved.has(s.name) && (seen.has(s.file) || seen.has(book.library.proofs.of.get(s.name)?.file ?? '')),
  );
  return [
    ...axioms.map((a) => item(a.name, CompletionItemKind.Constant, `axiom, ${a.file}`)),
    ...stated.map((s) => item(s.name, CompletionItemKind.Class, `theorem, ${s.file}`)),
  ];
}

const variables = (c: Citable): readonly CompletionItem[] => [
  ...c.wires.map((w) => item(w.name, CompletionItemKind.Variable, 'wire')),
  ...[...c.axes].map((a) => item(shown(a.name), CompletionItemKind.TypeParameter, 'axis')),
  ...[...c.objects].map((o) => item(shown(o), CompletionItemKind.TypeParameter, 'object')),
  ...[...c.morphisms].map((m) => item(m.name, CompletionItemKind.Function, 'diagram')),
];

function ofGoal(goal: Goal | undefined, what: 'axes' | 'hypotheses'): readonly CompletionItem[] {
  if (!goal) return [];
  if (what === 'hypotheses') return goal.locals.map((l) => item(l.name, CompletionItemKind.Variable, 'hypothesis'));
  const axes = new Set(
    goal.wires.flatMap((w) => w.object.leaves.flatMap((l) => l.axes.flatMap((a) => a.terms.flatMap((t) => t.vars)))),
  );
  return [...axes].map((v) => item(v.name, CompletionItemKind.TypeParameter, 'axis'));
}

/** The step that a place is in: from the last word at the start of a line that begins one. */
const inStep =
  /(?:^|\n)[ \t]*(?:\{[ \t]*|\}[ \t]*)*(?:by[ \t]+)?([a-z]+)[ \t]([^\n]*(?:\n(?![ \t]*(?:refl|symm|ring|tauto|stream|unfold|rewrite|simp|calc|apply|induction|assumption|cases|have|qed|proof)\b)[^\n]*)*)$/;

function inProof(book: Book, path: string, before: string, goal: Goal | undefined): readonly CompletionItem[] {
  const step = inStep.exec(before);
  const [word, rest] = [step?.[1] ?? '', step?.[2] ?? ''];
  if (/(?:^|\n)[ \t]*proof[ \t]+[^\s]*$/.test(before)) return open(book, path);
  const citing = word === 'rewrite' || word === 'apply' || word === 'simp';
  if (citing && /^(?:\[?[ \t]*(?:[\w'.-]+[ \t]*,[ \t]*)*)?(?:<-[ \t]*)?[\w'.-]*$/.test(rest)) return laws(book, path);
  if (word === 'unfold') return named(book, path, 'definition', CompletionItemKind.Function);
  if (word === 'induction') return [...ofGoal(goal, 'axes'), ...words(['left', 'right'])];
  if (word === 'assumption') return ofGoal(goal, 'hypotheses');
  const cited = citing ? /^(?:<-[ \t]*)?([A-Za-z][\w'.-]*)[\s]+with\b/.exec(rest)?.[1] : undefined;
  const citable =
    cited === undefined ? undefined : (book.library.proved.get(cited) ?? book.library.statements.axioms.get(cited));
  const isName = /(?:with|,)[ \t\n]*[\w']*$/.test(rest);
  if (citable && isName) return variables(citable);
  if (citing && /\s$|\s\w+$/.test(rest) && !rest.includes(':=')) return words(['with', 'at', 'in']);
  if (citing) return [...named(book, path, 'definition', CompletionItemKind.Function), ...words(expressionWords)];
  return words(steps);
}

/** Theorems that have no proof yet, of the files that this one may prove. */
function open(book: Book, path: string): readonly CompletionItem[] {
  const { statements, proofs } = book.library;
  const partner = path.replace(/(^|\/)proofs\//, '$1theorems/');
  const all = [...statements.stated.values()].filter(
    (s) => !proofs.of.has(s.name) && (s.file === partner || book.sight(path).has(s.file)),
  );
  return all.map((s) => item(s.name, CompletionItemKind.Class, `no proof, ${s.file}`));
}

export function completion(
  book: Book,
  path: string,
  text: string,
  at: number,
  goal: Goal | undefined,
): readonly CompletionItem[] {
  const before = text.slice(0, at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/--/.test(line)) return [];
  if (/^\s*import\s+"[^"]*$/.test(line)) return files(book, path);
  if (!book.isStatements(path)) {
    if (/^\s*[a-z]*$/.test(line) && !/\bproof\b(?:(?!\bqed\b)[^])*$/.test(before)) return words(['proof', 'import']);
    return inProof(book, path, before, goal);
  }
  if (/^[a-z]*$/.test(line)) return words(structureWords.filter((w) => w !== 'proof' && w !== 'qed'));
  if (/\[[^\]]*:\s*[\w'-]*$/.test(line)) return named(book, path, 'sort', CompletionItemKind.Struct);
  return [
    ...named(book, path, 'definition', CompletionItemKind.Function),
    ...words([...expressionWords, ...diagramWords]),
  ];
}

function files(book: Book, path: string): readonly CompletionItem[] {
  const kind = book.isStatements(path);
  const others = [...book.files.keys()].filter((f) => f !== path && book.isStatements(f) === kind);
  return others.map((f) =>
    item(relative(path, f), CompletionItemKind.File, linesOf(book.files.get(f)!).text.split('\n')[0]),
  );
}

/** `to` as a file beside `from` would import it. */
export function relative(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common += 1;
  return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('/');
}
