/**
 * A hole in the place of what a proof does from some line on. Invariant: what stands before the hole is what the file says; no file is changed.
 * Knows no lines: places are offsets.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { ProofItemTree, StepTree } from '../../language/syntax/tree.js';
import { proofsIn } from './file.js';
import type { SourceFile } from './result.js';
import type { Statements } from './statements.js';

/** A file of proofs with a hole in it: where, and in whose proof. */
export interface Opened {
  readonly file: SourceFile;
  readonly theorem: string;
  readonly offset: number;
}

type ProofTree = ProofItemTree & { readonly _tag: 'Proof' };
const proofsOf = (file: SourceFile): readonly ProofTree[] => {
  const read = proofsIn(file);
  return E.isRight(read) ? read.right.flatMap((t) => (t._tag === 'Proof' ? [t] : [])) : [];
};

/** Every step of a proof, those in blocks too. */
export function* stepsIn(steps: readonly StepTree[]): Generator<StepTree> {
  for (const s of steps) {
    yield s;
    const { tactic } = s;
    for (const block of s.blocks) yield* stepsIn(block);
    if (tactic._tag === 'Have') yield* stepsIn(tactic.by);
    if (tactic._tag === 'Calc') for (const l of tactic.links) yield* stepsIn(l.by ?? []);
  }
}

/** The first place that is neither white space nor a comment. */
function skipped(text: string, from: number): number {
  const found = /^(?:\s|--[^\n]*)*/.exec(text.slice(from));
  return from + (found?.[0].length ?? 0);
}

/** A hole before the first step at or after a place; at the end of the block or the proof that ends there. */
export function holeAt(file: SourceFile, from: number): Opened | undefined {
  const { text } = file;
  const at = skipped(text, from);
  const proof = proofsOf(file).find((p) => at < p.span.end && from >= lineStart(text, p.span.start));
  if (!proof) return undefined;
  const ends = text[at] === '}' || /^qed\b/.test(text.slice(at, at + 4));
  const starts = [...stepsIn(proof.steps)].map((s) => s.span.start).filter((s) => s >= at);
  const offset = ends ? at : Math.min(...starts, proof.span.end - 'qed'.length);
  return { file: withHole(file, offset, offset, '? '), theorem: proof.name.name, offset };
}
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

const withHole = ({ path, text }: SourceFile, from: number, to: number, hole: string): SourceFile => ({
  path,
  text: `${text.slice(0, from)}${hole}${text.slice(to)}`,
});

/** A hole in the place of the whole proof of the theorem that is stated at a place; `otherwise`: the file of proofs where it has none. */
export function holeFor(
  { stated }: Statements,
  proofs: readonly SourceFile[],
  path: string,
  from: number,
  otherwise: string,
): Opened | undefined {
  const laws = [...stated.values()].filter(({ file, law, span }) => law && file === path && span.end > from);
  const law = laws.sort((a, b) => a.span.start - b.span.start)[0];
  if (!law) return undefined;
  const found = proofs.flatMap((file) =>
    proofsOf(file).flatMap((p) => (p.name.name === law.name ? [{ file, p }] : [])),
  );
  if (found[0]) {
    const { file, p } = found[0];
    const offset = p.name.span.end + 1;
    return { file: withHole(file, offset - 1, p.span.end, ' ? qed'), theorem: law.name, offset };
  }
  const file = proofs.find((f) => f.path === otherwise) ?? { path: otherwise, text: '' };
  const head = `${file.text}\nproof ${law.name} `;
  return { file: { path: otherwise, text: `${head}? qed\n` }, theorem: law.name, offset: head.length };
}
