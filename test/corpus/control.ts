// Checkers that do not check: what a corpus is worth is how far they fall behind. They read the names of the claims, no more.
import * as E from 'fp-ts/lib/Either.js';
import { parseProofs, parseStatements } from '../../src/language/syntax/parse.js';
import type { Case } from '../support/corpus.js';
import type { Checker, Verdict } from './verdict.js';

const claimed = (c: Case): readonly string[] =>
  c.statements.flatMap((f) => [...f.text.matchAll(/^(?:theorem|stream) (\S+)/gm)].map((m) => m[1]!));
const all = (c: Case, status: string, code: string | undefined): Verdict => ({
  statuses: new Map(claimed(c).map((n) => [n, status])),
  marks: code === undefined ? [] : [`${(c.proofs[0] ?? c.statements[0]!).path}:1 ${code}`],
});

const parses = (c: Case): boolean =>
  c.statements.every((f) => E.isRight(parseStatements(f.text))) && c.proofs.every((f) => E.isRight(parseProofs(f.text)));

export const controls: Readonly<Record<string, Checker>> = {
  'always accept': (c) => all(c, 'proved', undefined),
  'always reject': (c) => all(c, 'rejected', 'E-EQ'),
  'always decline': (c) => all(c, 'declined', 'E-BUDGET'),
  'parse only': (c) => (parses(c) ? all(c, 'proved', undefined) : all(c, 'rejected', 'E-SYNTAX')),
};
