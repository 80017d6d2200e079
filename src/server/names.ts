// Every place where a file declares or uses a name that other files can see: sorts, definitions, and what is stated. Invariant: read off the trees; a name that a statement or a proof
// declares for itself is none of these. Knows no types.
import * as E from 'fp-ts/lib/Either.js';
import type { Span } from '../language/syntax/span.js';
import { asDiagram, asExpr } from '../language/syntax/parse.js';
import type { Name, Phrase, ProofItemTree, StatementTree } from '../language/syntax/tree.js';

export type Kind = 'sort' | 'definition' | 'law';

export interface Use {
  readonly kind: Kind;
  readonly name: string;
  readonly span: Span;
  readonly declares: boolean;
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
const isName = (x: unknown): x is Name => isRecord(x) && typeof x['name'] === 'string' && isRecord(x['span']);
const isPhrase = (x: unknown): x is Phrase => isRecord(x) && typeof x['text'] === 'string' && isRecord(x['span']);

/** A tree, and all that is in it. */
function* everything(tree: unknown): Generator<Record<string, unknown>> {
  const pending = [tree];
  for (let t = pending.pop(); pending.length > 0 || t !== undefined; t = pending.pop()) {
    if (!isRecord(t)) continue;
    yield t;
    pending.push(...Object.values(t));
  }
}

const phrases = new WeakMap<Phrase, unknown>();
function read(p: Phrase): unknown {
  if (phrases.has(p)) return phrases.get(p);
  const [expr, diagram] = [asExpr(p), asDiagram(p)];
  const tree = E.isRight(expr) ? expr.right : E.isRight(diagram) ? diagram.right : undefined;
  phrases.set(p, tree);
  return tree;
}

const kinds: Readonly<Record<string, Kind>> = {
  Sort: 'sort',
  Def: 'definition',
  Axiom: 'law',
  Theorem: 'law',
  Stream: 'law',
};
/** A name as a use; a path of a stream's law is a use of the stream. */
const use = (kind: Kind, { name, span }: Name, declares = false): Use => ({ kind, name, span, declares });

function usesOf(t: Record<string, unknown>): readonly Use[] {
  const found: Use[] = [];
  const add = (kind: Kind, name: unknown): void => void (isName(name) && found.push(use(kind, name)));
  add('definition', t['callee']);
  add('sort', t['sort']);
  if (t['_tag'] === 'Unfold') add('definition', t['name']);
  if (t['_tag'] === 'Apply' || t['_tag'] === 'Proof') add('law', t['name']);
  if ('backward' in t) add('law', t['name']);
  return found;
}

/** What a tree declares for itself: variables for diagrams, and lemmas. */
function own(tree: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  for (const t of everything(tree)) {
    if (t['_tag'] === 'MorphismVariable') names.add(String(t['name']));
    if (t['_tag'] === 'Have' && isName(t['name'])) names.add(t['name'].name);
    if ('lhs' in t && !('_tag' in t) && isName(t['name'])) names.add(t['name'].name);
  }
  return names;
}

const known = new WeakMap<object, readonly Use[]>();

/** Of one item of a file, in the order of the text. */
export function usesIn(tree: StatementTree | ProofItemTree): readonly Use[] {
  const before = known.get(tree);
  if (before) return before;
  const local = own(tree);
  const found: Use[] = [];
  const kind = kinds[tree._tag];
  if (kind && 'name' in tree) found.push(use(kind, tree.name, true));
  const visit = (of: unknown): void => {
    for (const t of everything(of)) {
      found.push(...usesOf(t).filter((u) => !local.has(u.name)));
      if (isPhrase(t)) visit(read(t));
    }
  };
  visit(tree);
  const sorted = [...new Map(found.map((u) => [`${u.span.start} ${u.kind}`, u])).values()].sort(
    (a, b) => a.span.start - b.span.start,
  );
  known.set(tree, sorted);
  return sorted;
}

/** The part of a law's name that its stream, or the law itself, declares. */
export const declared = (u: Use): string => (u.kind === 'law' ? u.name.replace(/\..*$/, '') : u.name);
export const isAt = ({ span }: { readonly span: Span }, offset: number): boolean =>
  span.start <= offset && offset <= span.end;
