/**
 * The part of the trust figures about fuel: every tower, in a child process with a limit on time and memory. Invariant: a tower that is not
 * answered within them, or with neither a verdict nor a code, is a failure; so is one of a family in which nothing ran out.
 */
import type { Options, Part } from '../../report/trust/part.js';
import type { Case } from './outcome.js';
import { recordTowers, tacticTowers } from './towers.js';
import { Trial } from './trial.js';

/** Seconds of processor time, and megabytes of the heap. */
export const fuelLimits = { seconds: 90, megabytes: 1000, worst: 15 } as const;

class Fuel {
  readonly trial = new Trial(fuelLimits);
  readonly failures: string[] = [];
  readonly counts = { tried: 0, declined: 0, megabytes: 0, seconds: 0 };

  async try(name: string, c: Case): Promise<void> {
    this.counts.tried += 1;
    const tried = await this.trial.try(c);
    this.counts.seconds = Math.max(this.counts.seconds, tried.seconds);
    if (tried._tag !== 'Answered') {
      this.failures.push(`${name}: ${tried._tag.toLowerCase()} after ${tried.seconds.toFixed(1)} s`);
      return;
    }
    this.counts.megabytes = Math.max(this.counts.megabytes, tried.megabytes);
    if (tried.seconds > fuelLimits.worst) this.failures.push(`${name}: took ${tried.seconds.toFixed(1)} s`);
    if (!tried.outcome) this.failures.push(`${name}: threw ${tried.thrown ?? ''}`);
    if (tried.outcome?.verdict === 'declined') this.counts.declined += 1;
  }
}

export async function part({ full, seed }: Options): Promise<Part> {
  const fuel = new Fuel();
  const towers = [...tacticTowers, ...recordTowers];
  const chosen = towers.filter((_, i) => full || (i + seed) % 16 === 0);
  try {
    for (const [name, c] of chosen) await fuel.try(name, c);
  } finally {
    await fuel.trial.close();
  }
  const { tried, declined, megabytes, seconds } = fuel.counts;
  const nothing = declined === 0 ? ['no tower ran out of anything'] : [];
  return {
    title: 'fuel',
    figures: [
      { name: 'towers tried', value: tried },
      { name: 'towers declined', value: declined },
      { name: 'hangs, crashes, over the limit', value: fuel.failures.length },
      { name: 'worst tower, seconds', value: Math.round(seconds * 10) / 10 },
      { name: 'largest process, megabytes', value: megabytes },
    ],
    failures: [...fuel.failures, ...nothing],
  };
}
