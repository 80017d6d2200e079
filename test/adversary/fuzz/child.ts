// The process that cases are tried in: one message, one answer. It is killed by its parent where it hangs.
import { type Case, type Outcome, tried } from './outcome.js';

export interface Answer {
  readonly outcome: Outcome | undefined;
  /** what was thrown: a finding */
  readonly thrown: string | undefined;
  /** of processor time */
  readonly seconds: number;
  readonly megabytes: number;
}

process.on('message', (c: Case) => {
  const begin = process.cpuUsage();
  const end = (): number => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  };
  let answer: Answer;
  const megabytes = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);
  try {
    const outcome = tried(c);
    answer = { outcome, thrown: undefined, seconds: end(), megabytes: megabytes() };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    answer = { outcome: undefined, thrown: thrown.slice(0, 2000), seconds: end(), megabytes: megabytes() };
  }
  process.send!(answer);
});
process.on('disconnect', () => process.exit(0));
