// A checked library as questions about it see it: its files with their trees, and where names are declared and used. Invariant: one for each check. Knows no protocol.
import type { ProofItemTree, StatementTree } from '../language/syntax/tree.js';
import type { Library } from '../proof/script/check.js';
import { proofsOf, statementsOf } from '../proof/script/file.js';
import type { SourceFile } from '../proof/script/result.js';
import type { Checked } from '../proof/script/workspace.js';
import { Lines } from './lines.js';
import { type Use, declared, isAt, usesIn } from './names.js';

export interface Place {
  readonly file: string;
  readonly use: Use;
  readonly item: StatementTree | ProofItemTree;
}

const lines = new WeakMap<SourceFile, Lines>();
export function linesOf(file: SourceFile): Lines {
  const known = lines.get(file) ?? new Lines(file.text);
  lines.set(file, known);
  return known;
}

export class Book {
  readonly library: Library;
  readonly files: ReadonlyMap<string, SourceFile>;
  private readonly statements: ReadonlySet<string>;
  private readonly sights = new Map<string, ReadonlySet<string>>();
  private declarations: ReadonlyMap<string, readonly Place[]> | undefined;

  constructor({ library, sources }: Checked) {
    this.library = library;
    this.files = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f]));
    this.statements = new Set(sources.statements.map((f) => f.path));
  }

  isStatements(path: string): boolean {
    return this.statements.has(path);
  }

  items(path: string): readonly (StatementTree | ProofItemTree)[] {
    const file = this.files.get(path);
    if (!file) return [];
    return this.isStatements(path) ? statementsOf(file).trees : proofsOf(file).trees;
  }

  *uses(): Generator<Place> {
    for (const file of this.files.keys())
      for (const item of this.items(file)) for (const use of usesIn(item)) yield { file, use, item };
  }

  /** The innermost name at a place. */
  at(path: string, offset: number): Place | undefined {
    for (const item of this.items(path)) {
      const use = isAt(item, offset) ? usesIn(item).find((u) => isAt(u, offset)) : undefined;
      if (use) return { file: path, use, item };
    }
    return undefined;
  }

  /** The files that one sees: for a file of proofs, those that its statements see too. */
  sight(path: string): ReadonlySet<string> {
    const known = this.sights.get(path) ?? this.seenBy(path);
    this.sights.set(path, known);
    return known;
  }

  private seenBy(path: string): ReadonlySet<string> {
    const { statements, proofs } = this.library;
    if (this.isStatements(path)) return statements.sight.get(path) ?? new Set([path]);
    const stated = [...proofs.of].flatMap(([name, p]) =>
      p.file === path ? (statements.stated.get(name)?.file ?? []) : [],
    );
    return new Set([
      path,
      ...(proofs.sight.get(path) ?? []),
      ...stated.flatMap((f) => [f, ...(statements.sight.get(f) ?? [])]),
    ]);
  }

  private declaredBy(): ReadonlyMap<string, readonly Place[]> {
    const found = new Map<string, Place[]>();
    for (const place of this.uses()) {
      if (!place.use.declares) continue;
      const key = `${place.use.kind} ${place.use.name}`;
      found.set(key, [...(found.get(key) ?? []), place]);
    }
    return found;
  }

  /** Where what is meant at a place is declared: in its own file, in one that it sees, or where there is but one anywhere. */
  declarationOf({ file, use }: Pick<Place, 'file' | 'use'>): Place | undefined {
    this.declarations ??= this.declaredBy();
    const all = this.declarations.get(`${use.kind} ${declared(use)}`) ?? [];
    const seen = this.sight(file);
    return (
      all.find((p) => p.file === file) ?? all.find((p) => seen.has(p.file)) ?? (all.length === 1 ? all[0] : undefined)
    );
  }

  /** Every place that means what one place means. */
  meaning(place: Place): readonly Place[] {
    const target = this.declarationOf(place);
    if (!target) return [];
    const name = declared(place.use);
    return [...this.uses()].filter((p) => {
      if (p.use.kind !== place.use.kind || declared(p.use) !== name) return false;
      const own = this.declarationOf(p);
      return own?.file === target.file && own.use.span.start === target.use.span.start;
    });
  }
}
