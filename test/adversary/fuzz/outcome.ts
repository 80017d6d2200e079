/**
 * What happens to one case, in the process that it is tried in. Invariant: a verdict or a diagnostic with a code, each of them
 * rendered as text and as a record; whatever is thrown is the finding. Knows nothing of generators and of processes.
 */
import * as E from 'fp-ts/lib/Either.js';
import { decodeNpy } from '../../../src/run/npy/npy.js';
import { exitOf } from '../../../src/cli/check.js';
import { recordOf, render } from '../../../src/diagnostic/render.js';
import { Refusal } from '../../../src/replay/logic/refusal.js';
import { replay } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';
import { parseExpr } from '../../../src/language/syntax/parse.js';

export type Case =
  | { readonly _tag: 'Library'; readonly statements: readonly SourceFile[]; readonly proofs: readonly SourceFile[] }
  | { readonly _tag: 'Expression'; readonly text: string }
  | { readonly _tag: 'Npy'; readonly base64: string }
  | {
      readonly _tag: 'Certificate';
      readonly certificates: readonly SourceFile[];
      readonly statements: readonly SourceFile[];
    };

/** How far a case came, and how it ended. */
export interface Outcome {
  readonly verdict: 'proved' | 'rejected' | 'declined' | 'open' | 'syntax' | 'nothing' | 'read' | 'refused';
  /** files or texts that parsed; statements that were elaborated; proofs that reached a tactic */
  readonly parsed: number;
  readonly elaborated: number;
  readonly tactics: number;
  readonly codes: readonly string[];
}

/** The codes that a person can look up. */
export const known: ReadonlySet<string> = new Set(
  'E-SYNTAX E-BUDGET E-SCOPE E-TYPE E-SIDE E-EQ E-MATCH E-STATE E-STATUS E-HOLE E-VACUOUS E-NOAX E-LEVEL E-CERT'.split(
    ' ',
  ),
);

const none = { parsed: 0, elaborated: 0, tactics: 0, codes: [] } as const;

export function tried(c: Case): Outcome {
  switch (c._tag) {
    case 'Library':
      return library(c.statements, c.proofs);
    case 'Expression': {
      const parsed = parseExpr(c.text);
      if (E.isRight(parsed)) return { ...none, verdict: 'read', parsed: 1 };
      return { ...none, verdict: 'syntax', codes: [parsed.left.code] };
    }
    case 'Certificate':
      return certified(c.certificates, c.statements);
    case 'Npy': {
      const decoded = decodeNpy(Buffer.from(c.base64, 'base64'));
      if (E.isLeft(decoded)) return { ...none, verdict: 'refused', codes: [decoded.left._tag] };
      const { shape, data } = decoded.right;
      if (shape.reduce((n, s) => n * s, 1) !== data.length) throw new Error('a shape that is not that of its data');
      return { ...none, verdict: 'read', parsed: 1 };
    }
  }
}

function certified(files: readonly SourceFile[], statements: readonly SourceFile[]): Outcome {
  try {
    const verdicts = replay(files, statements);
    if (verdicts.length !== files.length) throw new Error('a certificate without a verdict');
    const said = verdicts.find((v) => v.status !== 'proved');
    if (said && !said.reason) throw new Error('a rejection without a reason');
    const status = verdicts.some((v) => v.status === 'rejected') ? 'rejected' : (said?.status ?? 'proved');
    return {
      ...none,
      verdict: status,
      parsed: verdicts.filter((v) => v.name !== '').length,
      tactics: verdicts.filter((v) => v.status === 'proved').length,
    };
  } catch (error) {
    if (error instanceof Refusal) return { ...none, verdict: 'refused' };
    throw error;
  }
}

function library(statements: readonly SourceFile[], proofs: readonly SourceFile[]): Outcome {
  const checked = checkLibrary(statements, proofs);
  const texts = new Map([...statements, ...proofs].map((f) => [f.path, f.text]));
  for (const d of checked.diagnostics) {
    const shown = render(d, texts.get(d.file), { color: false });
    const record = JSON.stringify(recordOf(d, texts.get(d.file) ?? ''));
    if (shown.includes('    at ') || record.includes('    at '))
      throw new Error(`a stack trace in a message: ${shown}`);
    if (d.code !== undefined && !known.has(d.code)) throw new Error(`unknown code ${d.code}`);
    if (d.severity === 'error' && d.code === undefined) throw new Error(`an error without a code: ${shown}`);
  }
  const codes = [...new Set(checked.diagnostics.flatMap((d) => (d.code === undefined ? [] : [d.code])))].sort();
  const badFiles = new Set(checked.diagnostics.flatMap((d) => (d.fact._tag === 'Syntax' ? [d.file] : [])));
  const counts = {
    parsed: texts.size - badFiles.size,
    elaborated: [...checked.statements.stated.values()].filter((s) => s.law !== undefined).length,
    tactics: checked.diagnostics.filter((d) => d.fact._tag === 'Step').length + checked.proved.size,
    codes,
  };
  const verdicts = ['proved', 'open', 'declined', 'rejected', 'nothing'] as const;
  const exit = exitOf(checked);
  if (exit === 1 && codes.length > 0 && codes.every((code) => code === 'E-SYNTAX'))
    return { ...counts, verdict: 'syntax' };
  const declined = exit === 2 && codes.includes('E-BUDGET');
  return {
    ...counts,
    verdict:
      exit === 0 ? 'proved' : exit === 1 ? 'rejected' : exit === 3 ? 'nothing' : declined ? verdicts[2] : verdicts[1],
  };
}
