/**
 * The corpus through the second checker: forged certificates of false lines, honest ones of true lines. Invariant: one reading of the
 * statements for all that can be read; a case whose statement is refused is read alone. Counts, and names what is not as it should be.
 */
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../src/proof/certificate/certificate.js';
import { type File, type Verdict, replay } from '../../src/replay/replay.js';
import { Refusal } from '../../src/replay/logic/refusal.js';
import type { Library } from '../../src/proof/script/check.js';
import { type Case, library as librarySources } from '../support/corpus.js';
import { type Forged, forgeries } from './forged.js';
import { aboutTheChecker, routes } from './route.js';

export interface Judged {
  readonly forged: readonly { readonly forged: Forged; readonly verdict: Verdict }[];
  readonly honest: readonly Verdict[];
  /** false lines whose statement the second checker refuses, with its reason; undefined where it reads it */
  readonly refused: readonly { readonly id: string; readonly reason: string | undefined }[];
}

export function judge(all: readonly Case[], library: Library): Judged {
  const false_ = all.filter((c) => c.kind === 'reject' && !aboutTheChecker.test(c.id));
  const stated = false_.filter((c) => !routes(c).has('statement'));
  const accepted = all.filter((c) => c.kind === 'accept');
  const statements = [...librarySources().statements, ...[...accepted, ...stated].flatMap((c) => c.statements)];
  const honest = honestly(library, new Set(statements.map((f) => f.path)));
  const forged = stated.flatMap((c) => forgeries(c, library));
  const verdicts = replay([...honest, ...forged], statements, { quiet: true });
  return {
    honest: verdicts.slice(0, honest.length),
    forged: forged.map((f, i) => ({ forged: f, verdict: verdicts[honest.length + i]! })),
    refused: false_.filter((c) => routes(c).has('statement')).map((c) => ({ id: c.id, reason: unreadable(c) })),
  };
}

/** The certificates of everything that is proved in the files read. */
function honestly(library: Library, paths: ReadonlySet<string>): readonly File[] {
  const written = certificates(library);
  return [...library.proved.keys()].flatMap((name) => {
    if (!paths.has(library.statements.stated.get(name)!.file)) return [];
    const made = written.of(name);
    if (E.isLeft(made)) throw new Error(`${name}: ${made.left._tag}`);
    return [{ path: `honest/${name}.cert`, text: made.right.text }];
  });
}

function unreadable(c: Case): string | undefined {
  try {
    replay([], [...librarySources().statements, ...c.statements], { quiet: true });
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}
