// A failure made small: fewer results, components and operations, tiles of 1, sizes of 1, as long as it fails in the same way. Invariant: what is
// returned was seen to fail. All candidates of a round are checked in one library. It does not know what failing means.
import type { Library } from '../../../src/proof/script/check.js';
import type { Case } from '../../target/kernels/case.js';
import { isProved, libraryWith } from './library.js';
import { type Program, proof, statement } from './program.js';
import { smallerPrograms } from './smaller.js';
import { type Failure, type Schedule, fitting } from './trial.js';

/** A stream, a schedule and a case that are to be tried together. */
export interface Subject {
  readonly program: Program;
  readonly schedule: Schedule;
  readonly cases: readonly Case[];
}
export type Try = (library: Library, s: Subject) => Promise<Failure | undefined>;

const ROUNDS = 12;
const EACH = 24;

const sourceOf = (p: Program): { readonly statement: string; readonly proof: string } => ({
  statement: statement(p),
  proof: proof(p),
});
const only = <A>(of: Readonly<Record<string, A>>, axes: readonly string[]): Record<string, A> =>
  Object.fromEntries(Object.entries(of).filter(([a]) => axes.includes(a)));

/** The schedule and the cases for what is left of the axes. */
function fitted(s: Subject, program: Program): Subject {
  const axes = [...program.axes, ...(program.result.length === 0 ? ['batch'] : [])];
  const cases = s.cases.map((c) => ({ ...c, sizes: only(c.sizes, program.axes) }));
  return { program, schedule: fitting({ ...s.schedule, tiles: only(s.schedule.tiles, axes) }), cases };
}

function simplerSettings(s: Subject): readonly Subject[] {
  const { tiles, ragged } = s.schedule;
  const tiled = Object.entries(tiles).flatMap(([a, n]) => {
    const { [a]: _, ...rest } = tiles;
    return [...(n > 1 ? [{ ...tiles, [a]: 1 }] : []), ...(n > 2 ? [{ ...tiles, [a]: 2 }] : []), rest];
  });
  const sized = s.cases.flatMap((c) => [
    ...(s.cases.length > 1 ? [[c]] : []),
    ...(c.leading.length > 0 ? [[{ ...c, leading: [] }]] : []),
    ...Object.entries(c.sizes).flatMap(([a, n]) =>
      [1, 2, 3, n - 1].filter((m) => m >= 1 && m < n).map((m) => [{ ...c, sizes: { ...c.sizes, [a]: m } }]),
    ),
  ]);
  return [
    ...sized.map((cases) => ({ ...s, cases })),
    ...plainer(s.schedule).map((schedule) => ({ ...s, schedule })),
    ...tiled.map((t) => ({ ...s, schedule: fitting({ ...s.schedule, tiles: t }) })),
    ...(ragged === 'last' ? [{ ...s, schedule: { ...s.schedule, ragged: 'first' as const } }] : []),
  ];
}

/** Without one of its shares, or with one axis more that has a ragged tile. */
const plainer = (s: Schedule): readonly Schedule[] => [
  ...Object.keys(s.perLane ?? {}).map((a) => {
    const { [a]: _, ...each } = s.perLane!;
    return { ...s, each };
  }),
  ...(s.whole ?? []).map((a) => ({ ...s, whole: s.whole!.filter((x) => x !== a) })),
];

async function settled(library: Library, start: Subject, failure: Failure, attempt: Try): Promise<Subject> {
  let best = start;
  for (let round = 0; round < 3 * ROUNDS; round++) {
    let next: Subject | undefined;
    for (const s of simplerSettings(best)) if (!next && (await attempt(library, s))?.key === failure.key) next = s;
    if (!next) return best;
    best = next;
  }
  return best;
}

/** The smallest that was found to fail with the same key. */
export async function shrunk(start: Subject, failure: Failure, attempt: Try): Promise<Subject> {
  let best = start;
  for (let round = 0; round < ROUNDS; round++) {
    const candidates = smallerPrograms(best.program)
      .slice(0, EACH)
      .map((p, i) => ({ ...p, name: `r${round}-${i}` }));
    const library = libraryWith(candidates.map(sourceOf));
    let next: Subject | undefined;
    for (const p of candidates) {
      if (next || !isProved(library, p.name)) continue;
      const s = fitted(best, p);
      if ((await attempt(library, s))?.key === failure.key) next = s;
    }
    if (!next) break;
    best = next;
  }
  return settled(libraryWith([sourceOf(best.program)]), best, failure, attempt);
}
