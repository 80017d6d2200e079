// The figures of the second checker: what it proves of what the first exports, how fast, and how long it is. The sample is a library of a few
// lines with every rule, which no statement file states, so that its certificates must reach their ends; the whole is the library with its
// schedules. Seconds on one core: about thirty for the whole, most of them the first checker's; one for the sample.
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../src/certificate/certificate.js';
import { replay, type Verdict } from '../../src/replay/replay.js';
import { codeLines } from '../architecture/budget.js';
import { readSources, root } from '../architecture/tree.js';
import { everyRule } from '../certificate/rules.js';
import type { Figure, Options, Part } from '../trust/part.js';
import { exported, statements } from './library.js';

const lines = (): Figure[] => {
  const files = readSources(root, 'src').filter((s) => s.path.startsWith('src/replay/'));
  const reader = (path: string): boolean => /\/(statement|lexer|parse|read)[^/]*$/.test(path);
  const count = (of: typeof files): number => of.reduce((n, s) => n + codeLines(s), 0);
  return [
    { name: 'code lines of the second checker', value: count(files) },
    { name: 'of which read statement files', value: count(files.filter((s) => reader(s.path))) },
  ];
};

const told = (v: Verdict): string => `${v.path}:${v.line ?? 0}: ${v.status}: ${v.reason ?? ''}`;

const whole = (): Part => {
  const { theorems, schedules, proved } = exported();
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
    ...lines(),
  ];
  return { title: 'second checker', figures, failures };
};

/** Every record before the end is accepted, and the end refused for want of a statement alone. */
const sample = (): Part => {
  const library = everyRule();
  const files = [...library.proved.keys()].flatMap((name) => {
    const made = certificates(library).of(name);
    return E.isRight(made) ? [{ path: `${name}.cert`, text: made.right.text }] : [];
  });
  const verdicts = replay(files, statements(), { quiet: true });
  const ends = verdicts.filter((v) => /^no theorem ".*" is stated$/s.test(v.reason ?? ''));
  // its axioms are stated nowhere either, and what cites one that was not accepted is not accepted
  const cites = verdicts.filter((v) => /was not accepted$|^no axiom ".*" is stated$/.test(v.reason ?? ''));
  const others = verdicts.filter((v) => !ends.includes(v) && !cites.includes(v));
  const failures = others.map(told);
  if (ends.length < 5) failures.push(`only ${ends.length} certificates reached their ends`);
  const figures = [{ name: 'certificates with every rule, read to their ends', value: ends.length }, ...lines()];
  return { title: 'second checker', figures, failures };
};

export const part = ({ full }: Options): Promise<Part> => Promise.resolve(full ? whole() : sample());
