/**
 * Fuzz: cases by generator, what became of them, how far they came, the slowest. Invariant: a case that is not answered with a verdict or
 * a code is a failure, with the seed that makes it again.
 */
import type { Figure, Options, Part } from '../../report/trust/part.js';
import { arrayFile, certificate } from './binary.js';
import { extremes } from './extremes.js';
import { randomBytes, realFiles, tokenSoup } from './noise.js';
import type { Case, Outcome } from './outcome.js';
import { Random } from './random.js';
import { grammarScript } from './script.js';
import { Trial } from './trial.js';

/** A case may take this long, and a process that tries cases this much memory. */
export const limits = { seconds: 120, megabytes: 1500, worst: 20 } as const;

interface Generator {
  readonly name: string;
  /** cases in the whole, and in the sample */
  readonly full: number;
  readonly sample: number;
  readonly make: (r: Random) => Case;
}
const generators: readonly Generator[] = [
  { name: 'random characters', full: 1500, sample: 60, make: randomBytes },
  { name: 'token soup', full: 3000, sample: 100, make: tokenSoup },
  { name: 'real files, changed', full: 200, sample: 4, make: realFiles },
  { name: 'grammar', full: 1000, sample: 25, make: grammarScript },
  { name: 'array files', full: 5000, sample: 300, make: arrayFile },
  { name: 'certificates', full: 500, sample: 20, make: certificate },
];

interface Tally {
  readonly outcomes: Map<Outcome['verdict'], number>;
  cases: number;
  seconds: number;
  parsed: number;
  elaborated: number;
  tactics: number;
}
const empty = (): Tally => ({ outcomes: new Map(), cases: 0, seconds: 0, parsed: 0, elaborated: 0, tactics: 0 });

class Fuzz {
  readonly tallies = new Map<string, Tally>();
  readonly failures: string[] = [];
  readonly trial = new Trial(limits);
  worst = { seconds: 0, name: '' };
  megabytes = 0;

  async try(family: string, name: string, c: Case): Promise<void> {
    const tally = this.tallies.get(family) ?? empty();
    this.tallies.set(family, tally);
    tally.cases += 1;
    const tried = await this.trial.try(c);
    tally.seconds += tried.seconds;
    if (tried.seconds > this.worst.seconds) this.worst = { seconds: tried.seconds, name: `${family}: ${name}` };
    if (tried._tag !== 'Answered') {
      this.failures.push(
        `${family}: ${name}: ${tried._tag.toLowerCase()} after ${tried.seconds.toFixed(1)} s ${tried.said.split('\n')[0] ?? ''}`,
      );
      return;
    }
    this.megabytes = Math.max(this.megabytes, tried.megabytes);
    if (tried.seconds > limits.worst) this.failures.push(`${family}: ${name}: took ${tried.seconds.toFixed(1)} s`);
    if (!tried.outcome) this.failures.push(`${family}: ${name}: threw ${tried.thrown ?? ''}`);
    else this.count(tally, tried.outcome);
  }

  private count(tally: Tally, { verdict, parsed, elaborated, tactics }: Outcome): void {
    tally.outcomes.set(verdict, (tally.outcomes.get(verdict) ?? 0) + 1);
    tally.parsed += Number(parsed > 0);
    tally.elaborated += Number(elaborated > 0);
    tally.tactics += Number(tactics > 0);
  }
}

/** One case of a generator, by its number. */
export const caseOf = (name: string, seed: number, n: number): Case =>
  generators.find((g) => g.name === name)!.make(new Random(seed * 1_000_003 + n));

async function tryAll(fuzz: Fuzz, { full, seed }: Options): Promise<void> {
  for (const g of generators)
    for (let n = 0; n < (full ? g.full : g.sample); n += 1)
      await fuzz.try(g.name, `case ${n} of seed ${seed}`, caseOf(g.name, seed, n));
  for (const [family, list] of Object.entries(extremes))
    for (const [i, e] of list.entries())
      if (full || (e.quick && (i + seed) % 6 === 0)) await fuzz.try(`extremes, ${family}`, e.name, e.case);
}

const round = (x: number): number => Math.round(x * 10) / 10;

export async function part(options: Options): Promise<Part> {
  const fuzz = new Fuzz();
  try {
    await tryAll(fuzz, options);
  } finally {
    await fuzz.trial.close();
  }
  const all = [...fuzz.tallies];
  const sum = (f: (t: Tally) => number): number => all.reduce((n, [, t]) => n + f(t), 0);
  const verdicts = [...new Set(all.flatMap(([, t]) => [...t.outcomes.keys()]))].sort();
  const figures: Figure[] = [
    { name: 'cases', value: sum((t) => t.cases) },
    { name: 'crashes, hangs, unknown errors', value: fuzz.failures.length },
    { name: 'seconds', value: round(sum((t) => t.seconds)) },
    { name: 'worst case, seconds', value: round(fuzz.worst.seconds) },
    { name: 'largest process, megabytes', value: fuzz.megabytes },
    ...verdicts.map((v): Figure => ({ name: `outcome: ${v}`, value: sum((t) => t.outcomes.get(v) ?? 0) })),
    ...all.flatMap(([name, t]): Figure[] => [
      { name: `${name}: cases`, value: t.cases },
      { name: `${name}: read`, value: t.parsed },
      ...(t.elaborated > 0 ? [{ name: `${name}: stated`, value: t.elaborated }] : []),
      ...(t.tactics > 0 ? [{ name: `${name}: reached a tactic or a rule`, value: t.tactics }] : []),
    ]),
  ];
  const nothing = sum((t) => t.cases) === 0 ? ['no case was tried'] : [];
  return {
    title: 'Fuzz',
    figures,
    failures: [...fuzz.failures, ...nothing],
  };
}
