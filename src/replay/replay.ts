/**
 * Certificates against statement files. Invariant: one verdict for each certificate; what cites a certificate that was not accepted is not
 * accepted; the order of the given files does not matter. It does not know where texts come from.
 */
import { createHash } from 'node:crypto';
import { At, check, type Cited, type Proved } from './certificate.js';
import { forget } from './equal.js';
import { showProved } from './print.js';
import { citedBy, readText } from './record.js';
import { Refusal } from './refusal.js';
import { readStatements } from './statement.js';

export interface File {
  readonly path: string;
  readonly text: string;
}

export interface Verdict {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly hash: string;
  readonly status: 'proved' | 'rejected' | 'declined';
  readonly line?: number;
  readonly reason?: string;
  readonly axioms: readonly string[];
  readonly steps: number;
  readonly statement: string;
}

export interface Options {
  /** leave out the text of statements */
  readonly quiet?: boolean;
}

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

interface Certificate extends File {
  readonly hash: string;
  readonly cites: readonly string[];
}

/** Those that are cited before those that cite; a circle, which a hash cannot make, ends in the middle and is refused there. */
const ordered = (certificates: readonly Certificate[]): readonly Certificate[] => {
  const byHash = new Map(certificates.map((c) => [c.hash, c]));
  const seen = new Set<Certificate>();
  const order = new Set<Certificate>();
  const stack = [...certificates].reverse();
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const open = seen.has(top) ? [] : top.cites.flatMap((hash) => byHash.get(hash) ?? []).filter((c) => !seen.has(c));
    seen.add(top);
    if (open.length > 0) stack.push(...open);
    else order.add(stack.pop() ?? top);
  }
  return [...order];
};

/** Name and kind as far as they can be read. */
const heading = (text: string): { readonly name: string; readonly kind: string } => {
  try {
    return readText(text);
  } catch {
    return { name: '', kind: '' };
  }
};

const verdict = (
  { path, hash, text }: Certificate,
  run: () => Proved,
  show: (p: Proved) => string,
): [Verdict, Proved?] => {
  const { name, kind } = heading(text);
  const nothing = { name, kind, path, hash, axioms: [], steps: 0, statement: '' };
  try {
    const proved = run();
    const { steps } = proved;
    const statement = show(proved);
    return [{ ...nothing, status: 'proved', axioms: [...proved.axioms].sort(), steps, statement }, proved];
  } catch (error) {
    if (!(error instanceof Refusal))
      return [{ ...nothing, status: 'declined', reason: `the checker failed: ${String(error)}` }];
    const status = error.declined ? 'declined' : 'rejected';
    return [{ ...nothing, status, reason: error.reason, ...(error instanceof At && { line: error.line }) }];
  }
};

/** One verdict for each certificate, in the given order. Throws a Refusal when the statement files cannot be read. */
export const replay = (files: readonly File[], statementFiles: readonly File[], options: Options = {}): Verdict[] => {
  const statements = readStatements(statementFiles);
  const certificates = files.map((f) => ({ ...f, hash: hashOf(f.text), cites: citedBy(f.text).map((c) => c.hash) }));
  const cited = new Map<string, Cited>();
  const verdicts = new Map<Certificate, Verdict>();
  forget();
  for (const certificate of ordered(certificates)) {
    const [said, proved] = verdict(
      certificate,
      () => check(certificate.text, { statements, cited }),
      (p) => (options.quiet ? '' : showProved(p)),
    );
    verdicts.set(certificate, said);
    if (proved?.kind === 'theorem') cited.set(certificate.hash, proved);
  }
  forget();
  return certificates.flatMap((c) => verdicts.get(c) ?? []);
};
