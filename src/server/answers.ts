// Where names are declared and used, as the protocol has it. Invariant: of one check. Knows no texts but those of that check.
import type { Location, Position, Range, WorkspaceEdit } from 'vscode-languageserver';
import { type Book, type Place, linesOf } from './library.js';
import { rename, renameable, spanOf } from './rename.js';

export class NameAnswers {
  constructor(
    private readonly book: Book,
    private readonly uriOf: (path: string) => string,
  ) {}

  private offset(path: string, position: Position): number | undefined {
    const file = this.book.files.get(path);
    return file && linesOf(file).offset(position);
  }

  private location({ file, use }: Place): Location {
    return { uri: this.uriOf(file), range: linesOf(this.book.files.get(file)!).range(use.span) };
  }

  definition(path: string, position: Position): Location | null {
    const at = this.offset(path, position);
    if (at === undefined) return null;
    const imported = this.book.items(path).find((t) => t._tag === 'Import' && t.span.start <= at && at <= t.span.end);
    const start = { line: 0, character: 0 };
    if (imported?._tag === 'Import') {
      const target = [...this.book.sight(path)].find(
        (f) => f !== path && f.endsWith(imported.path.replace(/^(?:\.\.?\/)+/, '')),
      );
      return target === undefined ? null : { uri: this.uriOf(target), range: { start, end: start } };
    }
    const place = this.book.at(path, at);
    const target = place && this.book.declarationOf(place);
    return target ? this.location(target) : null;
  }

  references(path: string, position: Position, withDeclaration: boolean): Location[] {
    const at = this.offset(path, position);
    const place = at === undefined ? undefined : this.book.at(path, at);
    const all = place ? this.book.meaning(place) : [];
    return all.filter((p) => withDeclaration || !p.use.declares).map((p) => this.location(p));
  }

  prepareRename(path: string, position: Position): Range | null {
    const at = this.offset(path, position);
    if (at === undefined) return null;
    const place = renameable(this.book, path, at);
    return linesOf(this.book.files.get(path)!).range(spanOf(place));
  }

  rename(path: string, position: Position, to: string): WorkspaceEdit | null {
    const at = this.offset(path, position);
    if (at === undefined) return null;
    const edits = rename(this.book, path, at, to);
    return { changes: Object.fromEntries([...edits].map(([file, all]) => [this.uriOf(file), [...all]])) };
  }
}
