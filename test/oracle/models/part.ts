// The axioms and the proved theorems at numbers: in float64, with sizes that differ and with equal ones, and in fractions where they are
// rational; and the false statements of the corpus, refuted. Invariant: a statement without an instance is a failure unless it is listed with
// its reason; a run that evaluated nothing is a failure. Knows no statement by name.
import { DEFAULTS, refute } from '../../../src/proof/refute/search.js';
import { stream } from '../../../src/proof/refute/random.js';
import type { Options, Part } from '../../report/trust/part.js';
import { type Regime, type Verdict, inFloats, inFractions, instanceOf, isRational } from './instance.js';
import { type Believed, type Named, believed, claimed, falseStatements } from './library.js';
import { axiomStatement, theAxioms, typos } from './typos.js';
import { unchecked } from './unchecked.js';

export interface Seen {
  floats: number;
  fractions: number;
  /** instances whose comparison could not be told, by reason */
  readonly untold: Map<string, number>;
  readonly failures: string[];
}

/** How many of each: in floats at distinct sizes, in floats at equal ones, in fractions. */
interface Plan {
  readonly distinct: number;
  readonly equal: number;
  readonly fractions: number;
}
const plans: Readonly<Record<'sample' | 'full', Plan>> = {
  sample: { distinct: 1, equal: 0, fractions: 1 },
  full: { distinct: 8, equal: 1, fractions: 8 },
};
/** Instances that cannot be told are tried again this often: of five whose scores overflow, one does not. */
const ATTEMPTS = 100;

/** A name's own stream of numbers: a statement that is added changes no other's. */
const own = (seed: number, name: string): number => [...name].reduce((s, c) => (31 * s + c.charCodeAt(0)) | 0, seed);

export function see({ name, statement }: Named, seed: number, plan: Plan): Seen {
  const random = stream(own(seed, name));
  const seen: Seen = { floats: 0, fractions: 0, untold: new Map(), failures: [] };
  const rational = isRational(statement);
  const one = (regime: Regime, evaluate: typeof inFloats): boolean => {
    for (let i = 0; i < ATTEMPTS; i++) {
      const instance = instanceOf(statement, regime, random);
      const verdict: Verdict = instance ? evaluate(instance, random) : { _tag: 'Untold', reason: 'no model' };
      if (verdict._tag === 'Fails') seen.failures.push(`${name} (seed ${seed}, ${regime} sizes): ${verdict.how}`);
      if (verdict._tag !== 'Untold') return verdict._tag === 'Holds';
      seen.untold.set(verdict.reason, (seen.untold.get(verdict.reason) ?? 0) + 1);
    }
    return false;
  };
  for (let i = 0; i < plan.distinct; i++) if (one('distinct', inFloats)) seen.floats += 1;
  for (let i = 0; i < plan.equal; i++) if (one('equal', inFloats)) seen.floats += 1;
  if (rational) for (let i = 0; i < plan.fractions; i++) if (one('distinct', inFractions)) seen.fractions += 1;
  return seen;
}

/** Not seen in floats, or rational and not seen in fractions, and nothing else said of it. */
const isUnchecked = ({ statement }: Named, seen: Seen): boolean =>
  seen.failures.length === 0 && (seen.floats === 0 || (isRational(statement) && seen.fractions === 0));

export interface Models {
  readonly seen: ReadonlyMap<string, Seen>;
  readonly unchecked: readonly string[];
  readonly failures: readonly string[];
}

export function models({ axioms, theorems }: Believed, { full, seed }: Options): Models {
  const all = [...axioms, ...theorems];
  const plan = full ? plans.full : plans.sample;
  const seen = new Map(all.map((n) => [n.name, see(n, seed, plan)]));
  const missed = all.filter((n) => isUnchecked(n, seen.get(n.name)!)).map((n) => n.name);
  const failures = [
    ...[...seen.values()].flatMap((s) => s.failures),
    ...missed.filter((n) => !unchecked.has(n)).map((n) => `${n} (seed ${seed}): no instance was found`),
    ...[...unchecked.keys()]
      .filter((n) => seen.has(n) && !missed.includes(n))
      .map((n) => `${n} is listed as unchecked and is checked`),
    ...(axioms.length === 0 ? ['no axiom was evaluated'] : []),
    ...(theorems.length === 0 ? ['no theorem was evaluated'] : []),
  ];
  return { seen, unchecked: missed, failures };
}

const sum = (seen: readonly Seen[], of: (s: Seen) => number): number => seen.reduce((n, s) => n + of(s), 0);

export async function part(options: Options): Promise<Part> {
  const started = Date.now();
  const all = options.full ? believed() : claimed();
  const found = models(all, options);
  const seen = [...found.seen.values()];
  const ofTheorems = all.theorems.map((t) => found.seen.get(t.name)!);
  const claims = options.full ? falseStatements() : falseStatements().filter((_, i) => i % 4 === 0);
  const limits = { ...DEFAULTS, seed: options.seed };
  const refuted = claims.filter((c) => refute(c.statement, limits).counterexample !== undefined);
  const missed = claims.filter((c) => !refuted.includes(c)).map((c) => `${c.id}: no counterexample to ${c.name}`);
  const planted = typos(theAxioms());
  const blind = planted.filter((t) => {
    const statement = axiomStatement(t);
    return !statement || refute(statement, limits).counterexample === undefined;
  });
  const evaluated = (list: readonly Named[]): number => list.filter((n) => found.seen.get(n.name)!.floats > 0).length;
  return Promise.resolve({
    title: 'Models',
    figures: [
      { name: 'axioms evaluated', value: evaluated(all.axioms) },
      { name: 'theorems evaluated', value: evaluated(all.theorems) },
      { name: 'theorems checked exactly', value: ofTheorems.filter((s) => s.fractions > 0).length },
      { name: 'theorems unchecked', value: found.unchecked.length },
      { name: 'instances in floats', value: sum(seen, (s) => s.floats) },
      { name: 'instances in fractions', value: sum(seen, (s) => s.fractions) },
      {
        name: 'instances that could not be told',
        value: sum(seen, (s) => [...s.untold.values()].reduce((a, b) => a + b, 0)),
      },
      { name: 'false statements of the corpus', value: claims.length },
      { name: 'false statements refuted', value: refuted.length },
      { name: 'slips planted in axioms', value: planted.length },
      { name: 'slips refuted', value: planted.length - blind.length },
      { name: 'seconds', value: Math.round((Date.now() - started) / 1000) },
    ],
    failures: [
      ...found.failures,
      ...missed,
      ...blind.map((t) => `a slip in ${t.axiom} is not refuted (seed ${options.seed}): ${t.text.trim()}`),
      ...(claims.length === 0 ? ['no false statement was read'] : []),
      ...(planted.length === 0 ? ['no slip was planted'] : []),
    ],
  });
}
