// Mutants of proofs, statements and certificates, and of the core: their outcomes, counted. Invariant: a mutant that is no text of the language, or
// says the same as before, is counted apart; an accepted one is a failure unless everything that doubts it agrees.
import type { Figure, Options, Part } from '../../../report/trust/part.js';
import { type CoreMutant, coreMutants, killers, survives, survivors } from '../core/core.js';
import { certificateMutants, judgeCertificate } from './archive.js';
import { type Verdict } from './judge.js';
import { type Prepared, judged, mutants, prepared, sample, small } from './run.js';

/** How many of which kind. */
const full = { texts: 6_900, certificates: 3_900, core: Infinity };
const few = { texts: 130, certificates: 60, core: 3 };

type Fate = 'rejected' | 'declined' | 'open' | 'accepted' | 'vacuous' | 'unread' | 'same' | 'failed';
interface Outcome {
  readonly family: string;
  readonly fate: Fate;
  readonly failure?: string;
}
const fates: Readonly<Record<Verdict['_tag'], Fate>> = {
  Rejected: 'rejected',
  Declined: 'declined',
  Open: 'open',
  Accepted: 'accepted',
  Unread: 'unread',
  Same: 'same',
};

// ---- the three kinds --------------------------------------------------------------------------------------------------

function ofTexts(library: Prepared, count: number, seed: number): readonly Outcome[] {
  const list = sample(mutants(library), library.cost, count, seed);
  return judged(library, list, seed).map(({ mutant, verdict }) => {
    const { family, name, text } = mutant;
    const fate = fates[verdict._tag];
    if (verdict._tag !== 'Accepted' || verdict.doubt === undefined) return { family, fate };
    return {
      family,
      fate,
      failure: `${family}, of ${name}, accepted: ${verdict.doubt}\n${text}\n${mutant.proof ?? ''}`,
    };
  });
}

function ofCertificates({ judges: { second } }: Prepared, count: number, seed: number): readonly Outcome[] {
  return certificateMutants(second.archive, count, seed).map((mutant) => {
    const { family, name, text } = mutant;
    const verdict = judgeCertificate(second, mutant);
    if (verdict._tag !== 'Accepted') return { family, fate: fates[verdict._tag] };
    if (verdict.doubt === undefined) return { family, fate: 'accepted' };
    return { family, fate: 'accepted', failure: `${family}, of ${name}, accepted: ${verdict.doubt}\n${text}` };
  });
}

async function ofCore(most: number, seed: number): Promise<readonly Outcome[]> {
  const all = coreMutants();
  const chosen = most >= all.length ? all : Array.from({ length: most }, (_, i) => all[(seed + 37 * i) % all.length]!);
  const outcomes: Outcome[] = [];
  for (const m of chosen) outcomes.push(await fateOfCore(m));
  return outcomes;
}
async function fateOfCore(m: CoreMutant): Promise<Outcome> {
  const family = 'core: a check removed';
  const noticed = (await killers(m)).length > 0;
  if (noticed !== survives(m)) return { family, fate: noticed ? 'rejected' : 'accepted' };
  const failure = noticed ? `no longer survives: ${m.file} ${m.text}` : `no named test notices: ${m.file} ${m.text}`;
  return { family, fate: 'failed', failure };
}

// ---- figures ----------------------------------------------------------------------------------------------------------

const counted = (o: Outcome): boolean => o.fate !== 'unread' && o.fate !== 'same';
const figure = (name: string, value: number): Figure => ({ name, value });

function figuresOf(outcomes: readonly Outcome[], core: readonly Outcome[]): readonly Figure[] {
  const of = (fate: Fate, list = outcomes): number => list.filter((o) => o.fate === fate).length;
  const real = outcomes.filter(counted);
  const families = [...new Set(outcomes.map((o) => o.family))].sort();
  return [
    figure('mutants', real.length),
    figure('mutants rejected', of('rejected')),
    figure('mutants declined', of('declined')),
    figure('mutants left open', of('open')),
    figure('mutants accepted, true and replayed', real.filter((o) => o.fate === 'accepted' && !o.failure).length),
    figure('mutants accepted, replayed, of a hypothesis that is false everywhere', of('vacuous')),
    figure('mutants accepted in doubt', real.filter((o) => o.failure !== undefined).length),
    figure('mutants that are no text (not counted)', of('unread')),
    figure('mutants that say the same (not counted)', of('same')),
    ...families.flatMap((f) => {
      const own = real.filter((o) => o.family === f);
      const accepted = of('accepted', own);
      return [figure(f, own.length), ...(accepted > 0 ? [figure(`${f}, accepted`, accepted)] : [])];
    }),
    figure('checks of the core removed', core.length),
    figure('checks of the core removed and noticed by a named test', of('rejected', core)),
    figure('checks of the core whose removal no test can see', of('accepted', core)),
  ];
}

/** Seconds of processor time of this process. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The library may be one that is at hand. */
export async function part(options: Options, given?: Prepared): Promise<Part> {
  const start = performance.now();
  const counts = options.full ? full : few;
  const library = given ?? prepared(options.full ? undefined : small());
  const clock = [processor()];
  const texts = ofTexts(library, counts.texts, options.seed);
  clock.push(processor());
  const outcomes = [...texts, ...ofCertificates(library, counts.certificates, options.seed)];
  clock.push(processor());
  const core = await ofCore(counts.core, options.seed);
  clock.push(processor());
  const real = outcomes.filter(counted).length;
  const least = options.full ? 10_000 : 100;
  const families = new Set(outcomes.filter(counted).map((o) => o.family));
  const empty = options.full ? [...new Set(outcomes.map((o) => o.family))].filter((f) => !families.has(f)) : [];
  return {
    title: 'mutants',
    figures: [
      ...figuresOf(outcomes, core),
      ...['texts', 'certificates', 'core'].map((of, i) =>
        figure(`processor seconds for ${of}`, Math.round(clock[i + 1]! - clock[i]!)),
      ),
      figure('seconds', Math.round((performance.now() - start) / 1000)),
    ],
    failures: [
      ...[...outcomes, ...core].flatMap((o) => (o.failure === undefined ? [] : [`seed ${options.seed}: ${o.failure}`])),
      ...(real < least ? [`only ${real} mutants`] : []),
      ...empty.map((f) => `no mutant of the family ${f}`),
      ...(options.full && core.filter((o) => o.fate === 'accepted').length !== survivors.length
        ? ['the survivors of the core are not those that are listed']
        : []),
    ],
  };
}
