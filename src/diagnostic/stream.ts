// What was found of a stream, as lines and as a record. Invariant: says of a rank that it is a bound, and of a refusal what it rests on.
import type { Evidence, Verdict } from '../proof/derive/verdict.js';
import { clean, plural } from '../language/print/clean.js';

/** The object that `weft stream --json` prints. */
export function streamRecord({ verdict, outputs, found, evidence }: Verdict): unknown {
  const { ranks, reason, blocking, why, selects } = evidence;
  return {
    verdict,
    state: found?.state ?? [],
    outputs,
    rank: { fold: ranks.fold, merge: ranks.merge },
    script: found ? { theorems: found.theorems, proofs: found.proofs } : null,
    evidence: {
      reason: reason._tag,
      text: because(evidence),
      ...(reason._tag === 'Passes' ? { passes: reason.count } : {}),
      ...(blocking === undefined ? {} : { blocking, why }),
      selects,
      ...(evidence.economy ? { economy: evidence.economy } : {}),
      ...(evidence.witness ? { witness: evidence.witness } : {}),
      ranks: { table: ranks.table, width: ranks.width, others: ranks.others, seed: ranks.seed },
    },
  };
}

const verdicts: Readonly<Record<Verdict['verdict'], string>> = {
  commutative: 'streams: the parts merge, in any order',
  mergeable: 'streams: the parts merge, in their order',
  foldable: 'streams: one part after another',
  'two-pass': 'needs two passes',
  refused: 'does not stream with a differentiable state of fixed size',
  'out-of-budget': 'no state was found, and nothing shows that there is none',
};

function because({ reason, ranks, why }: Evidence): string {
  switch (reason._tag) {
    case 'Proof':
      return 'the laws are proved';
    case 'Carry':
      return 'the laws of the state are proved; a statement cannot say outputs along the axis yet, so the script states the state alone';
    case 'Passes':
      return reason.count > 2
        ? `it takes ${reason.count} passes`
        : `the second pass reads results of the first${reason.statistic ? ', which streams: the script states and proves that' : ''}`;
    case 'Rank':
      return `no differentiable state of fewer than ${ranks.table.at(-1)?.fold ?? 0} numbers for a list of ${ranks.table.at(-1)?.length ?? 0}; the rank is full or grows`;
    case 'Unproved':
      return `a state was found, and the proof of ${reason.theorem} was not`;
    case 'Unclear':
      return `${why ?? 'no law'}`;
  }
}

function economyLines(
  { numbers, redundant, cost }: NonNullable<Evidence['economy']>,
  others: number,
): readonly string[] {
  const more =
    redundant === undefined
      ? 'whether fewer would do is not known'
      : redundant > 0
        ? `${redundant} more than any differentiable state needs`
        : 'minimal: no differentiable state of fewer';
  const [rows, before, after] = [cost.rows, cost.before, cost.after].map((list) => list.join(' and '));
  return [
    `size      ${plural(numbers, 'number')}, other axes of size ${others}; ${more}`,
    `cost      for ${rows} rows ${before} operations as stated, ${after} for the state in one pass`,
  ];
}

/** Results that differ most. */
function witnessLines({ length, results: [one, two] }: NonNullable<Evidence['witness']>): readonly string[] {
  const gap = (i: number): number => Math.abs(one[i]! - two[i]!);
  const at = one.reduce((best, _, i) => (gap(i) > gap(best) ? i : best), 0);
  return [
    `witness   two lists of ${length} with the same sums and sums of squares, the same rows after both: ${one[at]!.toPrecision(6)} and ${two[at]!.toPrecision(6)} (--json gives them)`,
  ];
}

export function streamLines(name: string, axis: string, v: Verdict): readonly string[] {
  const { ranks, blocking, selects } = v.evidence;
  const size = v.found?.state.map((s) => `${s.name} : ${s.object}`).join(', ');
  const bound = selects ? ' (a lower bound: something is compared)' : '';
  return [
    `${clean(name)} over ${clean(axis)}: ${v.verdict}, ${verdicts[v.verdict]}`,
    ...(size === undefined ? [] : [`state     ${size}`]),
    `rank      fold ${ranks.fold}, merge ${ranks.merge}${bound}, other axes of size ${ranks.others}`,
    ...(v.outputs ? ['outputs   the result keeps the axis'] : []),
    `because   ${because(v.evidence)}`,
    ...(blocking === undefined ? [] : [`blocked   ${blocking}`]),
    ...(v.evidence.reason._tag === 'Rank'
      ? [`lengths   ${ranks.table.map((r) => `${r.length}: ${r.fold}`).join(', ')} (seed ${ranks.seed})`]
      : []),
    ...(v.evidence.economy ? economyLines(v.evidence.economy, ranks.others) : []),
    ...(v.evidence.witness ? witnessLines(v.evidence.witness) : []),
    ...(v.found
      ? [`script    ${plural(v.found.lines, 'line')} of proof`, '', v.found.theorems.trim(), '', v.found.proofs.trim()]
      : []),
  ];
}
