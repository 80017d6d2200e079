/**
 * The keys of theorems and axioms: digests of all the texts that a proof can read. Invariant: two theorems with one key have one statement, in one
 * environment, and one proof, letter by letter; the statements of other theorems are in no key, since a proof reads those that it cites alone.
 * Knows no verdicts.
 */
import type { StatementTree } from '../../language/syntax/tree.js';
import { statementsOf } from './file.js';
import { resolveImport } from './imports.js';
import type { Digest } from './memory.js';
import type { SourceFile } from './result.js';

const slice = (text: string, { span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
  text.slice(span.start, span.end);

interface Item {
  readonly name: string;
  readonly text: string;
}

function itemsOf(file: SourceFile | undefined): readonly Item[] {
  if (!file) return [];
  return statementsOf(file).trees.flatMap((t) =>
    t._tag === 'Import' ? [] : [{ name: t.name.name, text: slice(file.text, t) }],
  );
}

/** Of a set of files of statements. */
export class Keys {
  private readonly files: ReadonlyMap<string, SourceFile>;
  private readonly scopes = new Map<string, string>();
  private readonly items = new Map<string, readonly Item[]>();

  constructor(
    files: readonly SourceFile[],
    private readonly digest: Digest,
  ) {
    this.files = new Map(files.map((f) => [f.path, f]));
  }

  /** What the declarations of a file and of those that it imports say, theorems left out. */
  private scope(path: string, open: ReadonlySet<string> = new Set()): string {
    const known = this.scopes.get(path);
    const file = this.files.get(path);
    if (known !== undefined || !file || open.has(path)) return known ?? '';
    const { trees, failures } = statementsOf(file);
    const declared = trees.flatMap((t) => this.declared(file, t, new Set([...open, path])));
    // what is not read declares nothing, whatever it says
    const parts = failures.length > 0 ? ['unread', ...declared] : declared;
    const made = this.digest(JSON.stringify(parts));
    this.scopes.set(path, made);
    return made;
  }

  private declared(file: SourceFile, tree: StatementTree, open: ReadonlySet<string>): readonly string[] {
    if (tree._tag === 'Theorem') return [];
    if (tree._tag !== 'Import') return [slice(file.text, tree)];
    return ['import', this.scope(resolveImport(file.path, tree.path) ?? '', open)];
  }

  /** All that a file says under a name, or under that of the stream of a law: a definition may be called like a theorem. */
  private statement(path: string, name: string): readonly string[] {
    const file = this.files.get(path);
    const known = this.items.get(path) ?? itemsOf(file);
    this.items.set(path, known);
    const stream = name.replace(/\..*$/, '');
    return known.flatMap((i) => (i.name === name || i.name === stream ? [i.text] : []));
  }

  /** Of a theorem with its proof, or of an axiom without one; undefined where its text is not found. */
  key(path: string, name: string, proof: string): string | undefined {
    const statement = this.statement(path, name);
    if (statement.length === 0) return undefined;
    return this.digest(JSON.stringify([name, this.scope(path), statement, proof]));
  }
}
