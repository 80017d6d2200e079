// Whether the search for counterexamples ever calls a truth false: over every axiom and theorem of the library, over generated truths at the edges of
// float64, and over statements that are true because a hypothesis is not. Invariant: a search that could evaluate nothing counts as none; what is
// false is searched beside them, so that a search that finds nothing is seen. Knows no statement by name.
import { counterexampleText, isConditional } from '../../../../src/diagnostic/counterexample.js';
import { DEFAULTS, type Limits, type Outcome, refute } from '../../../../src/proof/refute/search.js';
import { stream } from '../../../../src/proof/refute/random.js';
import { type Statement, ofLaw } from '../../../../src/proof/refute/statement.js';
import { readStatements } from '../../../../src/proof/script/statements.js';
import { believed, claimed } from '../../../oracle/models/library.js';
import type { Options, Part } from '../../../report/trust/part.js';
import { truth, vacuous } from './truths.js';

export function statementOf(text: string): Statement {
  const law = readStatements([{ path: 'theorems/t.weft', text }]).stated.get('t')?.law;
  if (!law) throw new Error(`cannot be stated: ${text}`);
  return ofLaw(law);
}

interface Searched {
  readonly searched: number;
  readonly evaluated: number;
  /** answers that say no more than that the statement is false if its hypotheses hold */
  readonly conditional: number;
  readonly refuted: readonly string[];
}

/** What a search says of statements that are true. */
export function searched(statements: readonly (readonly [string, Statement])[], limits: Limits): Searched {
  const found = statements.map(([text, s]): readonly [string, Outcome] => [text, refute(s, limits)]);
  const wrong = found.flatMap(([text, { counterexample }]) =>
    counterexample ? [[text, counterexample] as const] : [],
  );
  return {
    searched: found.filter(([, o]) => o.evaluated > 0).length,
    evaluated: found.reduce((n, [, o]) => n + o.evaluated, 0),
    conditional: wrong.filter(([, c]) => isConditional(c)).length,
    refuted: wrong
      .filter(([, c]) => !isConditional(c))
      .map(([text, c]) => `${text.trim()} (seed ${limits.seed}) is called false: ${counterexampleText(c)}`),
  };
}

const many = (n: number, seed: number, make: typeof truth): readonly (readonly [string, Statement])[] => {
  const random = stream(seed);
  return Array.from({ length: n }, () => {
    const text = make(random);
    return [text, statementOf(text)] as const;
  });
};

export async function part({ full, seed }: Options): Promise<Part> {
  const { axioms, theorems } = full ? believed() : claimed();
  const own = [...axioms, ...theorems].filter((_, i) => full || i % 8 === seed % 8);
  const limits: Limits = { ...DEFAULTS, tries: full ? 100 : 30, work: 4_000_000, seed };
  const ofLibrary = searched(
    own.map((n) => [n.name, n.statement]),
    limits,
  );
  const edges = searched(many(full ? 3000 : 200, seed, truth), { ...limits, tries: 40 });
  const empty = searched(many(full ? 300 : 30, seed, vacuous), { ...limits, tries: 40 });
  const refuted = [...ofLibrary.refuted, ...edges.refuted, ...empty.refuted];
  const control = many(120, seed, (r) => truth(r).replace(/\n$/, ' + 1\n'));
  const seen = control.filter(([, s]) => refute(s, limits).counterexample !== undefined).length;
  return Promise.resolve({
    title: 'Refutation',
    figures: [
      { name: 'statements of the library searched', value: ofLibrary.searched },
      { name: 'truths at the edges of float64 searched', value: edges.searched },
      { name: 'instances evaluated', value: ofLibrary.evaluated + edges.evaluated },
      { name: 'statements with a false hypothesis', value: full ? 300 : 30 },
      { name: 'of these, called false if it holds', value: empty.conditional },
      { name: 'refuted truths', value: refuted.length },
      { name: 'control: the same with 1 added, refuted in percent', value: Math.round((100 * seen) / control.length) },
    ],
    failures: [
      ...refuted,
      ...(5 * seen < 2 * control.length
        ? [`the control is refuted ${seen} times of ${control.length} (seed ${seed})`]
        : []),
    ],
  });
}
