// The figures of the second checker: what it proves of what the first exports, how fast, and how long it is. The sample is the first files of
// the library, up to the theorems about streams; the whole is all of it, with its schedules. Seconds on one core: about thirty for the whole,
// most of them the first checker's; five for the sample.
import { replay, type Verdict } from '../../../src/replay/replay.js';
import { words } from '../../architecture/budget.js';
import { readSources, root } from '../../support/tree.js';
import type { Figure, Options, Part } from '../../report/trust/part.js';
import { compare } from './differential.js';
import { exported, statements } from './library.js';

const sizes = (): Figure[] => {
  const files = readSources(root, 'src').filter((s) => s.path.startsWith('src/replay/'));
  const reader = (path: string): boolean => /\/(statement|lexer|parse|read)[^/]*$/.test(path);
  const count = (of: typeof files): number => of.reduce((n, s) => n + words(s), 0);
  return [
    { name: 'words of the second checker', value: count(files) },
    { name: 'of which read statement files', value: count(files.filter((s) => reader(s.path))) },
  ];
};

const told = (v: Verdict): string => `${v.path}:${v.line ?? 0}: ${v.status}: ${v.reason ?? ''}`;

const judge = (names?: readonly string[]): Part => {
  const { theorems, schedules, proved } = exported(names);
  const start = process.cpuUsage();
  const verdicts = replay([...theorems, ...schedules], statements(), { quiet: true });
  const { user, system } = process.cpuUsage(start);
  const steps = verdicts.reduce((n, v) => n + v.steps, 0);
  const accepted = verdicts.filter((v) => v.status === 'proved');
  const seconds = (user + system) / 1e6;
  const failures = verdicts.filter((v) => v.status !== 'proved').map(told);
  if (theorems.length !== proved.size) failures.push(`${proved.size} are proved and ${theorems.length} exported`);
  if (accepted.length === 0) failures.push('nothing was replayed');
  const figures = [
    { name: 'certificates replayed', value: accepted.length },
    { name: 'of theorems', value: accepted.filter((v) => v.kind === 'theorem').length },
    { name: 'axioms that they rest on', value: new Set(accepted.flatMap((v) => v.axioms)).size },
    { name: 'steps replayed', value: steps },
    { name: 'seconds of one core', value: Math.round(seconds * 10) / 10 },
    { name: 'steps replayed per second', value: Math.round(steps / seconds) },
    ...sizes(),
  ];
  return { title: 'second checker', figures, failures };
};

const SAMPLE = ['axioms', 'ring', 'order', 'reductions', 'streaming'];

/** Random pairs of diagrams, through both checkers. */
const compared = ({ full, seed }: Options): Part => {
  const { pairs, equal, different, declined, disagreements } = compare(seed, full ? 6_000 : 200);
  const figures = [
    { name: 'pairs compared with the first checker', value: pairs },
    { name: 'of which both call equal', value: equal },
    { name: 'of which both call different', value: different },
    { name: 'of which one declines', value: declined },
    { name: 'disagreements', value: disagreements.length },
  ];
  return { title: '', figures, failures: disagreements };
};

export const part = (options: Options): Promise<Part> => {
  const [own, other] = [options.full ? judge() : judge(SAMPLE), compared(options)];
  const figures = [...own.figures, ...other.figures];
  return Promise.resolve({ title: own.title, figures, failures: [...own.failures, ...other.failures] });
};
