// Runs of proofs, as questions about them see them: the proof at a place with the goals of its steps and the types of its phrases, and proofs with other steps than they have. Invariant: no verdict of a check
// depends on a run that is made here. Knows no positions of the protocol.
import * as E from 'fp-ts/lib/Either.js';
import { type Heard, listening } from '../language/elaborate/hear.js';
import { parseProofs } from '../language/syntax/parse.js';
import { type Library, type Trial, rerun, trial } from '../proof/script/check.js';
import { proofsOf } from '../proof/script/file.js';
import type { Placed } from '../proof/script/placed.js';
import { type Run, type Trace, Visits } from '../proof/script/trace.js';
import type { Identities } from '../proof/tactic/ring.js';
import type { Book } from './library.js';

export interface Found {
  readonly placed: Placed;
  /** undefined where the statement cannot be read */
  readonly run: Run | undefined;
}

const MOST_TRIALS = 50;

export class Runs {
  readonly visits = new Visits();
  private readonly identities: Identities = new Map();
  private last: { readonly placed: Placed; readonly library: Library; readonly heard: readonly Heard[] } | undefined;

  /** trials of one check, the last ones: a program asks several things of one state */
  private tried: { readonly library: Library; readonly of: Map<string, Trial | undefined> } | undefined;

  /** The proof that a place is in, or after; with the run of it, made now where the check had no need to. */
  at(book: Book, path: string, at: number): Found | undefined {
    const { library } = book;
    const inFile = [...library.proofs.of.values()].filter((p) => p.file === path && p.tree.span.start <= at);
    const placed = inFile.sort((a, b) => b.tree.span.start - a.tree.span.start)[0];
    const next = [...library.proofs.of.values()].filter((p) => p.file === path && p.tree.span.start > at);
    const isIn = placed && (at <= placed.tree.span.end || (next.length === 0 && isMendedAt(book, path, placed)));
    if (!isIn) return undefined;
    const law = library.statements.stated.get(placed.tree.name.name)?.law;
    if (!law) return { placed, run: undefined };
    const run = this.visits.of(placed, law.lhs, law.rhs);
    if (run) return { placed, run };
    this.heard(book, placed);
    return { placed, run: this.visits.of(placed, law.lhs, law.rhs) };
  }

  /** Once more, for its goals and the types of its phrases. */
  heard({ library }: Book, placed: Placed): readonly Heard[] {
    if (this.last?.placed === placed && this.last.library === library) return this.last.heard;
    const heard: Heard[] = [];
    const trace: Trace = {
      begin: (goal, p) => p === placed && this.visits.begin(goal, p),
      step: (v, p) => p === placed && this.visits.step(v, p),
    };
    listening(
      (h) => heard.push(h),
      () => rerun(library, placed.tree.name.name, trace, this.identities),
    );
    this.last = { placed, library, heard };
    return heard;
  }

  /** A theorem with other steps than its proof has, or with some where it has none; undefined where they do not parse. */
  trial({ library }: Book, name: string, file: string, turn: number, text: string): Trial | undefined {
    const key = `${file} ${turn} ${text}`;
    if (this.tried?.library !== library) this.tried = { library, of: new Map() };
    const { of } = this.tried;
    if (!of.has(key)) {
      if (of.size >= MOST_TRIALS) of.clear();
      of.set(key, this.run(library, name, file, turn, text));
    }
    return of.get(key);
  }

  private run(library: Library, name: string, file: string, turn: number, text: string): Trial | undefined {
    const read = parseProofs(text);
    const [tree, ...more] = E.isRight(read) ? read.right : [];
    if (tree?._tag !== 'Proof' || more.length > 0 || tree.name.name !== name) return undefined;
    return trial(library, { file, turn, tree, text }, this.identities);
  }
}

function isMendedAt(book: Book, path: string, { tree }: Placed): boolean {
  const file = book.files.get(path);
  return (
    file !== undefined && proofsOf(file).mended.some((m) => m.start <= tree.span.end && tree.span.end <= m.end + 1)
  );
}
