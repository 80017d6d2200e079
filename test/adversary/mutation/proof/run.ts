// Makes mutants of a library's theorems and judges a sample of them. Invariant: the same seed, the same mutants; every family has its share,
// theorems that are quick to check come more often. Knows no verdict but that of judge.ts.
import type { Law } from '../../../../src/language/elaborate/law.js';
import { type Library as Checked, checkLibrary } from '../../../../src/proof/script/check.js';
import type { SourceFile } from '../../../../src/proof/script/result.js';
import { rechecker } from '../../../support/recheck.js';
import { stream } from '../../attack/model.js';
import { library } from '../../../support/corpus.js';
import { both } from './both.js';
import { onProofs, onStatements } from './families.js';
import { archived } from './export.js';
import { type Judges, type Mutant, type Verdict, judge } from './judge.js';
import { Second } from './second.js';
import type { World } from './steps.js';
import { type Subject, proofSubject, statementSubject } from './text.js';

export interface Prepared {
  readonly whole: Checked;
  readonly judges: Judges;
  readonly world: World;
  readonly subjects: readonly Subject[];
  /** about how long it takes to check a theorem again: the length of its texts */
  readonly cost: ReadonlyMap<string, number>;
}

export interface Files {
  readonly statements: readonly SourceFile[];
  readonly proofs: readonly SourceFile[];
}
/** What is quick to check, for a sample: rings, order, sums, streaming and means. */
export function small(): Files {
  const { statements, proofs } = library();
  const among = (folder: string, names: readonly string[]) => (f: SourceFile) =>
    names.some((n) => f.path === `${folder}/${n}.weft`);
  const names = ['axioms', 'ring', 'order', 'reductions', 'gauge', 'streaming', 'linear', 'logsumexp'];
  return { statements: statements.filter(among('theorems', names)), proofs: proofs.filter(among('proofs', names)) };
}

export function prepared({ statements, proofs }: Files = library()): Prepared {
  const whole = checkLibrary(statements, proofs);
  const again = rechecker(whole, statements, proofs);
  const laws = new Map([...whole.statements.stated].flatMap(([n, s]): [string, Law][] => (s.law ? [[n, s.law]] : [])));
  const cost = new Map(again.names.map((n) => [n, again.proofOf(n)!.length + 2 * again.statementOf(n)!.length]));
  const axioms = [...whole.statements.axioms.keys()];
  const owners = again.names.filter((n) => !again.names.some((m) => m !== n && n.startsWith(`${m}.`)));
  const subjects = [
    ...again.names.map((n) => proofSubject(n, again.proofOf(n)!)),
    ...owners.map((n) => statementSubject(n, again.statementOf(n)!)),
  ];
  const world: World = {
    citable: (name) => [...axioms, ...again.names.slice(0, again.names.indexOf(name))],
    givens: (name) => laws.get(name)?.hypotheses.map((h) => h.name) ?? [],
    shape: (name) => shapeOf(laws.get(name)),
    statements: new Map(owners.map((n) => [n, { text: again.statementOf(n)!, own: n }])),
  };
  const second = new Second(whole, archived(whole), statements);
  return { whole, judges: { again, originals: laws, second }, world, subjects, cost };
}

const shapeOf = (law: Law | undefined): string =>
  law === undefined
    ? 'axiom'
    : [law.wires?.length ?? 'none', law.names.morphisms.size, law.hypotheses.length, law.lhs.cod.leaves.length].join();

// ---- mutants ----------------------------------------------------------------------------------------------------------

/** All mutants of all theorems: kind and family, then mutants. Texts that are the original's are left out. */
export function mutants({ subjects, world }: Prepared): ReadonlyMap<string, readonly Mutant[]> {
  const found = new Map<string, Mutant[]>();
  for (const s of subjects)
    for (const [family, make] of Object.entries(s.kind === 'proof' ? onProofs : onStatements)) {
      const key = `${s.kind}: ${family}`;
      const texts = new Set(make(s, world));
      texts.delete(s.text);
      const list = found.get(key) ?? [];
      for (const text of texts) list.push({ family: key, kind: s.kind, name: s.name, text });
      found.set(key, list);
    }
  return found.set(inBoth, bothOf(subjects));
}

const inBoth = 'statement: the same change in its proof';
function bothOf(subjects: readonly Subject[]): Mutant[] {
  const proofs = new Map(subjects.flatMap((s) => (s.kind === 'proof' ? [[s.name, s.text]] : [])));
  return subjects.flatMap((s) => {
    const own = s.statement?._tag === 'Theorem' ? proofs.get(s.name) : undefined;
    if (own === undefined) return [];
    return both(s.text, own).map(({ statement, proof }): Mutant => {
      return { family: inBoth, kind: 'statement', name: s.name, text: statement, proof };
    });
  });
}

/** `count` of all, each family its share; within a family the cheap ones more often. */
export function sample(
  all: ReadonlyMap<string, readonly Mutant[]>,
  cost: ReadonlyMap<string, number>,
  count: number,
  seed: number,
): readonly Mutant[] {
  const random = stream(seed);
  const lists = [...all.values()].sort((a, b) => a.length - b.length);
  const chosen: Mutant[] = [];
  lists.forEach((list, i) => {
    const share = Math.ceil((count - chosen.length) / (lists.length - i));
    const keyed = list.map((m) => ({ m, key: Math.log(random()) * (100 + (cost.get(m.name) ?? 500)) ** 1.5 }));
    keyed.sort((a, b) => b.key - a.key);
    chosen.push(...keyed.slice(0, share).map((k) => k.m));
  });
  return chosen;
}

export interface Judged {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly ms: number;
}
export function judged({ judges }: Prepared, list: readonly Mutant[], seed: number): readonly Judged[] {
  return list.map((mutant, i) => {
    const start = performance.now();
    const verdict = judge(judges, mutant, seed + i);
    return { mutant, verdict, ms: performance.now() - start };
  });
}
