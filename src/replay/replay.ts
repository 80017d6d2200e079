/**
 * Certificates against statement files. Invariant: one verdict for each certificate; what cites a certificate that was not accepted is not
 * accepted; the order of the given files does not matter. It does not know where texts come from.
 */
import { createHash } from 'node:crypto';
import { At, check, type Cited, type Proved } from './certificate/certificate.js';
import { forget } from './logic/equal.js';
import { showProved, type Shown } from './certificate/print.js';
import { citedBy, readText, restored } from './certificate/record.js';
import { Refusal } from './logic/refusal.js';
import { readStatements, type Statements } from './language/statement.js';

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
  /** where each of them is stated: `FILE:LINE` */
  readonly places: readonly string[];
  /** those of them that the library does not state: in no file with the text of one of its own */
  readonly foreign: readonly string[];
  /** what each of those says */
  readonly believed: readonly string[];
  readonly steps: number;
  readonly statement: string;
  /** the hash of the library, where its statements were read */
  readonly library?: string;
}

export interface Options {
  /** leave out the text of statements */
  readonly quiet?: boolean;
  /** the statement files of the library, under weft/theorems/ */
  readonly library?: readonly File[];
}

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The lines that `sha256sum theorems/*.weft` prints in the library's folder, hashed. */
const libraryHash = (library: readonly File[]): string =>
  hashOf(library.map(({ path, text }) => `${hashOf(text)}  ${path.replace(/^weft\//, '')}\n`).join(''));

/** What these files state; and what the library does, under the names that they do not state, where one of those is certified or imported. */
const statementsFor = (names: readonly string[], files: readonly File[], library: readonly File[]): Statements => {
  const own = readStatements(files, library);
  const known = (name: string): boolean => own.theorems.has(name) || own.streams.has(name);
  if (library.length === 0 || (!own.library && names.every(known))) return own;
  const shipped = readStatements(library, library);
  const states = (name: string): boolean => shipped.theorems.has(name) || shipped.streams.has(name);
  if (!own.library && !names.some((name) => !known(name) && states(name))) return own;
  return {
    axioms: new Map([...shipped.axioms, ...own.axioms]),
    theorems: new Map([...shipped.theorems, ...own.theorems]),
    streams: new Map([...shipped.streams, ...own.streams]),
    definitions: new Map([...shipped.definitions, ...own.definitions]),
    library: true,
  };
};

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
  show: (p: Shown) => string,
  { axioms: stated }: Statements,
): [Verdict, Proved?] => {
  const { name, kind } = heading(text);
  const nothing = {
    name,
    kind,
    path,
    hash,
    axioms: [],
    places: [],
    foreign: [],
    believed: [],
    steps: 0,
    statement: '',
  };
  try {
    const proved = run();
    const { steps } = proved;
    const statement = show(proved);
    const axioms = [...proved.axioms.keys()].sort();
    const places = axioms.map((name) => stated.get(name)?.place ?? '');
    const foreign = axioms.filter((name) => stated.get(name)?.shipped !== true);
    const believed = [...proved.axioms]
      .filter(([name]) => foreign.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sequent]) => show({ kind: 'axiom', name, sequent, law: stated.get(name) }));
    return [{ ...nothing, status: 'proved', axioms, places, foreign, believed, steps, statement }, proved];
  } catch (error) {
    if (!(error instanceof Refusal))
      return [{ ...nothing, status: 'declined', reason: `the checker failed: ${String(error)}` }];
    const status = error.declined ? 'declined' : 'rejected';
    return [{ ...nothing, status, reason: error.reason, ...(error instanceof At && { line: error.line }) }];
  }
};

/** One verdict for each certificate, in the given order. Throws a Refusal when the statement files cannot be read. */
export const replay = (files: readonly File[], statementFiles: readonly File[], options: Options = {}): Verdict[] => {
  const { library = [] } = options;
  const certificates = files.map(({ path, text: given }) => {
    const text = restored(given);
    return { path, text, hash: hashOf(text), cites: citedBy(text).map((c) => c.hash) };
  });
  const names = certificates.map((f) => heading(f.text).name);
  const statements = statementsFor(names, statementFiles, library);
  const from = statements.library ? { library: libraryHash(library) } : {};
  const cited = new Map<string, Cited>();
  const verdicts = new Map<Certificate, Verdict>();
  forget();
  for (const certificate of ordered(certificates)) {
    const [said, proved] = verdict(
      certificate,
      () => check(certificate.text, { statements, cited }),
      (p) => (options.quiet ? '' : showProved(p)),
      statements,
    );
    verdicts.set(certificate, { ...said, ...from });
    if (proved?.kind === 'theorem') cited.set(certificate.hash, proved);
  }
  forget();
  return certificates.flatMap((c) => verdicts.get(c) ?? []);
};
