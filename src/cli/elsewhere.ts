// Where names are declared and proved, among the files of a project and those of the library that ships with Weft. Invariant: reads
// heads of statements and proofs, line by line; what it finds goes into hints only. Knows no scopes.
import type { Find, Place } from '../diagnostic/elsewhere.js';
import type { SourceFile } from '../proof/script/result.js';

interface Declared {
  readonly file: string;
  readonly word: Place['word'];
}

const statement = /^[ \t]*(def|axiom|theorem|stream|sort)[ \t]+([A-Za-z][\w'-]*)/gm;
const proof = /^[ \t]*proof[ \t]+([A-Za-z][\w'.-]*)/gm;

/** `to` as a file beside `from` would import it. */
export function relativeImport(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common += 1;
  return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('/');
}

/** The first file that declares a name is the one: a project's own come before the library's. */
export function elsewhere(files: () => readonly SourceFile[]): (from: string) => Find {
  let tables:
    { readonly stated: ReadonlyMap<string, Declared>; readonly proved: ReadonlyMap<string, string> } | undefined;
  const read = () => {
    const [stated, proved] = [new Map<string, Declared>(), new Map<string, string>()];
    for (const { path, text } of files()) {
      for (const [, word, name] of text.matchAll(statement))
        if (!stated.has(name!)) stated.set(name!, { file: path, word: word as Place['word'] });
      for (const [, name] of text.matchAll(proof)) if (!proved.has(name!)) proved.set(name!, path);
    }
    return { stated, proved };
  };
  return (from) => (name) => {
    tables ??= read();
    const at = tables.stated.get(name) ?? tables.stated.get(name.replace(/\..*$/, ''));
    if (!at || at.file === from) return undefined;
    const by = tables.proved.get(name);
    const proofs = by === undefined || by === from ? undefined : { file: by, path: relativeImport(from, by) };
    return { file: at.file, word: at.word, path: relativeImport(from, at.file), proofs };
  };
}
