// The second checker's opinion: certificates of accepted mutants, and changed certificates. Invariant: what a certificate cites was replayed before,
// each certificate once; a changed statement is read from its text, in the file where it stands. Knows no family.
import * as E from 'fp-ts/lib/Either.js';
import type { Thm } from '../../../../src/core/index.js';
import { check, type Cited, type Proved } from '../../../../src/replay/certificate/certificate.js';
import { showProved } from '../../../../src/replay/certificate/print.js';
import { citedBy } from '../../../../src/replay/certificate/record.js';
import { Refusal } from '../../../../src/replay/logic/refusal.js';
import { readStatements, type Statements } from '../../../../src/replay/language/statement.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { resolveImport } from '../../../../src/proof/script/imports.js';
import type { SourceFile } from '../../../../src/proof/script/result.js';
import { parseStatements } from '../../../../src/language/syntax/parse.js';
import type { StatementTree } from '../../../../src/language/syntax/tree.js';
import type { Archive } from './certificates.js';
import { certificateOf } from './export.js';

/** What the second checker says of a certificate. */
export type Opinion =
  | { readonly _tag: 'Proved'; readonly proved: Proved; readonly statement: string }
  | { readonly _tag: 'Refused' | 'Declined'; readonly reason: string };

interface Parsed extends SourceFile {
  readonly trees: readonly StatementTree[];
}

export class Second {
  private readonly cited = new Map<string, Cited>();
  private readonly texts: ReadonlyMap<string, string>;
  private readonly files: ReadonlyMap<string, Parsed>;
  readonly statements: Statements;

  constructor(
    private readonly library: Library,
    readonly archive: Archive,
    files: readonly SourceFile[],
  ) {
    this.statements = readStatements(files);
    this.texts = new Map(archive.all.map((c) => [c.hash, c.text]));
    this.files = new Map(
      files.map((f) => {
        const parsed = parseStatements(f.text);
        return [f.path, { ...f, trees: E.isRight(parsed) ? parsed.right : [] }];
      }),
    );
  }

  /** Replays a certificate against what it cites, and against the statements. */
  opinion(text: string, statements: Statements = this.statements): Opinion {
    this.replayCited(text);
    try {
      const proved = check(text, { statements, cited: this.cited });
      return { _tag: 'Proved', proved, statement: showProved(proved) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { _tag: error.declined ? 'Declined' : 'Refused', reason: error.reason };
    }
  }

  /** What the library proves under a hash is replayed once; other hashes stay unknown. */
  private replayCited(text: string): void {
    const pending = this.unknown(text);
    for (let hash = pending.at(-1); hash !== undefined; hash = pending.at(-1)) {
      const own = this.texts.get(hash)!;
      const missing = this.cited.has(hash) ? [] : this.unknown(own);
      if (missing.length > 0) pending.push(...missing);
      else {
        pending.pop();
        if (!this.cited.has(hash)) this.cited.set(hash, check(own, { statements: this.statements, cited: this.cited }));
      }
    }
  }
  private unknown(text: string): string[] {
    return citedBy(text).flatMap(({ hash }) => (this.texts.has(hash) && !this.cited.has(hash) ? [hash] : []));
  }

  /** An accepted theorem, exported and replayed: why it is not proved, or undefined. */
  doubts(name: string, thm: Thm, statement?: string): string | undefined {
    const statements = statement === undefined ? this.statements : this.restated(name, statement);
    if (typeof statements === 'string') return statements;
    const said = this.opinion(certificateOf(this.library, this.archive, name, thm), statements);
    return said._tag === 'Proved' ? undefined : `the second checker: ${said._tag}, ${said.reason}`;
  }

  /** The statements, with the text of the one that states `name` replaced; the others of its file are left out, since none sees another. */
  restated(name: string, text: string): Statements | string {
    const { file } = this.library.statements.stated.get(name)!;
    const slim = this.around(file).map((f) => ({
      path: f.path,
      text: this.slim(f, f.path === file ? name : '', text),
    }));
    try {
      const { theorems } = readStatements(slim);
      return { ...this.statements, theorems };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return `the second checker does not read the statement: ${error.reason}`;
    }
  }
  private around(path: string, seen = new Set<string>()): readonly Parsed[] {
    const file = this.files.get(path);
    if (!file || seen.has(path)) return [];
    seen.add(path);
    const imported = file.trees.flatMap((t) => (t._tag === 'Import' ? [resolveImport(path, t.path)] : []));
    return [...imported.flatMap((p) => (p === undefined ? [] : this.around(p, seen))), file];
  }
  /** Imports, sorts and definitions, and the statement of `name` as `text`. */
  private slim({ text, trees }: Parsed, name: string, by: string): string {
    return trees
      .flatMap((t) => {
        if (t._tag === 'Import' || t._tag === 'Sort' || t._tag === 'Def') return [text.slice(t.span.start, t.span.end)];
        return name === t.name.name || name.startsWith(`${t.name.name}.`) ? [by] : [];
      })
      .join('\n');
  }
}
