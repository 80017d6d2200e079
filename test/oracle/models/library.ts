// What the models are of: the axioms and the proved theorems of the library, and the false statements of the corpus. Knows no numbers.
import { type Statement, ofLaw, ofTheorem } from '../../../src/proof/refute/statement.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { trueClaims } from './unchecked.js';
import { type Case, cases, library } from '../../support/corpus.js';
import { claims } from '../../corpus/verdict.js';

export interface Named {
  readonly name: string;
  readonly statement: Statement;
}
export interface Believed {
  readonly axioms: readonly Named[];
  readonly theorems: readonly Named[];
}

type Cited = Parameters<typeof ofTheorem>[0];
const named = ([name, c]: readonly [string, Cited]): Named => ({ name, statement: ofTheorem(c) });

/** Checks the library: what is not proved is not among them. */
export function believed(): Believed {
  const { statements, proofs } = library();
  const checked = checkLibrary(statements, proofs);
  return { axioms: [...checked.statements.axioms].map(named), theorems: [...checked.proved].map(named) };
}

const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined;
  return () => (made ??= { value: make() }).value;
};
/** The statements of the library and of the refused cases. */
const everything = once(() => {
  const own = library().statements;
  const refused = cases().filter((c) => c.kind === 'reject');
  const read = readStatements([...own, ...refused.flatMap((c) => c.statements)]);
  return { files: new Set(own.map((f) => f.path)), refused, axioms: read.axioms, stated: read.stated };
});

/** The same without its proofs, for a sample: that every one is proved is the corpus' to see. */
export function claimed(): Believed {
  const { files, axioms, stated } = everything();
  const own = [...stated.values()].filter((s) => files.has(s.file));
  const laws = own.flatMap((s) => (s.law ? [{ name: s.name, statement: ofLaw(s.law) }] : []));
  return { axioms: [...axioms].map(named), theorems: laws };
}

export interface Claimed extends Named {
  readonly id: string;
}
/** The claims that the corpus marks as refused for what they say, where they can be stated at all. */
export function falseStatements(): readonly Claimed[] {
  const { refused, stated } = everything();
  return refused.flatMap((c) =>
    falseNames(c).flatMap((name): readonly Claimed[] => {
      const law = trueClaims.has(name) ? undefined : stated.get(name)?.law;
      return law ? [{ id: c.id, name, statement: ofLaw(law) }] : [];
    }),
  );
}
const codes = ['E-EQ', 'E-STATE', 'E-SIDE', 'E-MATCH', 'E-NOAX'];
const falseNames = (c: Case): readonly string[] => [
  ...new Set(claims(c).flatMap((k) => (codes.includes(k.code) ? [k.name] : []))),
];
