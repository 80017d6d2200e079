/** The corpus in figures: cases by verdict, what the control checkers score, forged and honest certificates. */
import type { Figure, Options, Part } from '../report/trust/part.js';
import { controls } from './control.js';
import { judge } from './judge.js';
import { cases } from '../support/corpus.js';
import { score, verdictOf, whole } from './verdict.js';

/** The sample leaves the second checker to the tests of the corpus. */
export function part({ full }: Options): Promise<Part> {
  const all = cases();
  const judged = all.filter((c) => c.kind !== 'run');
  const library = whole(judged);
  const real = score(judged, (c) => verdictOf(c, library));
  const rejects = judged.filter((c) => c.kind === 'reject');
  const shares = Object.entries(controls).map(([name, checker]): Figure => {
    const [of, ofRejects] = [score(judged, checker), score(rejects, checker)];
    return { name: `control: ${name}, cases right in percent`, value: Math.round(100 * Math.max(of.share, ofRejects.share)) };
  });
  const count = (kind: string): number => all.filter((c) => c.kind === kind).length;
  const figures: Figure[] = [
    { name: 'cases accepted', value: count('accept') },
    { name: 'cases rejected', value: count('reject') },
    { name: 'cases run', value: count('run') },
    { name: 'false lines marked', value: rejects.flatMap((c) => c.marks).length },
    { name: 'cases wrong', value: real.faults.length },
    ...shares,
  ];
  if (!full) return Promise.resolve({ title: 'corpus', figures, failures: real.faults });
  const { forged, honest, refused } = judge(judged, library);
  const through = forged.filter(({ verdict }) => verdict.status !== 'rejected');
  const lost = honest.filter((v) => v.status !== 'proved');
  return Promise.resolve({
    title: 'corpus',
    figures: [
      ...figures,
      { name: 'forged certificates', value: forged.length },
      { name: 'forged certificates not rejected', value: through.length },
      { name: 'honest certificates replayed', value: honest.length },
      { name: 'honest certificates not proved', value: lost.length },
    ],
    failures: [
      ...real.faults,
      ...through.map(({ forged: f, verdict }) => `${f.path}: ${verdict.status}`),
      ...lost.map((v) => `${v.path}: ${v.reason}`),
      ...refused.filter((r) => r.reason === undefined).map((r) => `${r.id}: the second checker reads its statement`),
    ],
  });
}
