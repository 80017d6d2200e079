/**
 * The texts that were found, checked like any other: the statements are elaborated, the proofs run, and the core decides. Invariant:
 * `proved` only where every theorem of the texts is.
 */
import * as E from 'fp-ts/lib/Either.js';
import { elaborateStatement } from '../../language/elaborate/elaborate.js';
import { citableOf, lawGoal } from '../script/block.js';
import { checkOne, type Library } from '../script/check.js';
import type { Diagnostic } from '../script/result.js';
import type { Stated, Statements } from '../script/statements.js';
import { type Env } from '../../language/elaborate/scope.js';
import { parseProofs, parseStatements } from '../../language/syntax/parse.js';
import type { Proofs } from '../script/checker.js';
import type { Identities } from '../tactic/ring.js';
import type { Citable } from '../script/scope.js';
import type { Found } from './emit.js';

export interface Verified {
  readonly proved: boolean;
  readonly failed: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the texts may cite: a checked library and the scope of the file that they stand beside. */
export interface Ground {
  readonly library: Library;
  readonly env: Env;
  readonly identities: Identities;
  /** reductions that the file may write by the library's names */
  readonly words: ReadonlySet<string>;
  /** can the file of statements import the general theorems beside its own names? */
  readonly joined: boolean;
}

const [path, proofPath] = ['theorems/found.weft', 'proofs/found.weft'];

/** The statements of the texts, elaborated; or why one is not. */
function elaborated(ground: Ground, theorems: string): ReadonlyMap<string, Stated> | string {
  const parsed = parseStatements(theorems);
  if (E.isLeft(parsed)) return 'the statement does not parse';
  let env = ground.env;
  const stated = new Map<string, Stated>(ground.library.statements.stated);
  for (const tree of parsed.right) {
    if (tree._tag === 'Import') continue;
    const done = elaborateStatement(env, tree);
    if (E.isLeft(done)) return `${tree.name.name}: ${JSON.stringify(done.left.fact, shallow)}`;
    env = done.right.env;
    for (const law of done.right.statements)
      if (law._tag === 'Theorem')
        stated.set(law.name, { name: law.name, file: path, span: law.span, law, code: undefined, env });
  }
  return stated;
}

export function verify(ground: Ground, found: Found): Verified {
  const stated = elaborated(ground, found.theorems);
  if (typeof stated === 'string') return { proved: false, failed: stated, diagnostics: [] };
  const { library } = ground;
  const all = new Set([...library.statements.sight.keys(), path]);
  const statements: Statements = {
    ...library.statements,
    stated,
    sight: new Map(library.statements.sight).set(path, all),
  };
  const of = new Map(library.proofs.of);
  const sees = new Set([...library.proofs.sight.keys(), proofPath]);
  const proofs: Proofs = { of, sight: new Map(library.proofs.sight).set(proofPath, sees) };
  const proved = new Map<string, Citable>(library.proved);
  for (const { name, text } of found.parts) {
    const before = { proved, failed: new Map(), identities: ground.identities };
    const result = checkOne(statements, proofs, before, { path: proofPath, text }, name);
    const report = result.theorems[0];
    if (report?.status !== 'proved' || !report.thm)
      return { proved: false, failed: name, diagnostics: result.diagnostics };
    proved.set(name, citable(stated.get(name)!, report.thm));
    const tree = parseProofs(text);
    if (E.isRight(tree) && tree.right[0]?._tag === 'Proof')
      of.set(name, { file: proofPath, turn: of.size, tree: tree.right[0], text });
  }
  return { proved: true, failed: undefined, diagnostics: [] };
}

const shallow = (key: string, value: unknown): unknown =>
  typeof value === 'object' && key !== '' && value !== null ? '…' : value;

function citable(stated: Stated, thm: NonNullable<ReturnType<typeof checkOne>['theorems'][number]['thm']>): Citable {
  return citableOf(stated.law!, thm, lawGoal(stated.law!, []).hypotheses);
}
