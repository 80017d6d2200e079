// What the models are of: the axioms and the proved theorems of the library, and the false statements of the corpus. Knows no numbers.
import { type Statement, ofLaw, ofTheorem } from '../../src/refute/statement.js';
import { checkLibrary } from '../../src/script/check.js';
import { readStatements } from '../../src/script/statements.js';
import { type Case, cases, library } from '../corpus/load.js';
import { claims } from '../corpus/verdict.js';

export interface Named {
  readonly name: string;
  readonly statement: Statement;
}
export interface Believed {
  readonly axioms: readonly Named[];
  readonly theorems: readonly Named[];
}

/** Checks the library: what is not proved is not among them. */
export function believed(): Believed {
  const { statements, proofs } = library();
  const checked = checkLibrary(statements, proofs);
  const named = ([name, c]: readonly [string, Parameters<typeof ofTheorem>[0]]): Named => ({
    name,
    statement: ofTheorem(c),
  });
  return { axioms: [...checked.statements.axioms].map(named), theorems: [...checked.proved].map(named) };
}

export interface Claimed extends Named {
  readonly id: string;
}
/** The claims that the corpus marks as refused for what they say, where they can be stated at all. */
export function falseStatements(): readonly Claimed[] {
  const { statements } = library();
  const all = cases().filter((c) => c.kind === 'reject');
  const { stated } = readStatements([...statements, ...all.flatMap((c) => c.statements)]);
  return all.flatMap((c) =>
    falseNames(c).flatMap((name) => {
      const law = stated.get(name)?.law;
      return law ? [{ id: c.id, name, statement: ofLaw(law) }] : [];
    }),
  );
}
const codes = ['E-EQ', 'E-STATE', 'E-SIDE', 'E-MATCH', 'E-NOAX'];
const falseNames = (c: Case): readonly string[] => [
  ...new Set(claims(c).flatMap((k) => (codes.includes(k.code) ? [k.name] : []))),
];
