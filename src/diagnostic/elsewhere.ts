/** Where a name that is not in scope stands, for hints that name the file. Invariant: proposes a file, never puts a name in scope. */
import { quoted } from '../language/print/clean.js';

export interface Place {
  /** the file of statements that declares it, as the user would name it */
  readonly file: string;
  readonly word: 'def' | 'axiom' | 'theorem' | 'stream' | 'sort';
  /** how a file of statements imports it */
  readonly path: string;
  /** the file of proofs that proves it, and how a file of proofs imports that */
  readonly proofs: { readonly file: string; readonly path: string } | undefined;
}
/** From the file that a message is about. */
export type Find = (name: string) => Place | undefined;

export const nowhere: Find = () => undefined;

const written = (path: string): string => `\`import "${path}"\``;

/** For a file of statements: what is declared is in scope below an import of its file. */
export function importStatement(find: Find, name: string): string | undefined {
  const at = find(name);
  return at && `${quoted(name)} is in ${at.file}: import it, ${written(at.path)}`;
}

/** For a file of proofs: a theorem is in scope once its proof is imported, an axiom once its statement is. */
export function importProof(find: Find, name: string): string | undefined {
  const at = find(name);
  if (!at) return undefined;
  if (at.word === 'axiom')
    return `${quoted(name)} is an axiom of ${at.file}: import it in your file of statements, ${written(at.path)}`;
  if (at.word === 'def')
    return `${quoted(name)} is a definition of ${at.file}: import it in your file of statements, ${written(at.path)}`;
  if (!at.proofs) return `${quoted(name)} is stated in ${at.file}, and no file proves it`;
  return `${quoted(name)} is proved in ${at.proofs.file}: import it, ${written(at.proofs.path)}`;
}
