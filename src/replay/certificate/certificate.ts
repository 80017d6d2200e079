/**
 * One certificate, record by record: its steps and its end. Invariant: a certificate proves what its `qed` says only when every record before
 * it was accepted. It does not know other certificates, but what those it cites have proved.
 */
import { build, emptyTables, Refs, type Tables } from './build.js';
import { requireAxiom, requireLaw, requireNames, requireSchedule, type Schedule } from './law.js';
import { readText, Record } from './record.js';
import { allow, fuelFor, Refusal, refuse, require } from '../logic/refusal.js';
import * as rules from '../logic/rules.js';
import { type Sequent } from '../logic/rules.js';
import { type Law, type Statements, type StreamLaw } from '../language/statement.js';

/** What is rested on: the axioms' names, and what each was stated to say. */
export type Axioms = ReadonlyMap<string, Sequent>;

/** What a theorem's certificate has proved, by the certificate's hash. */
export interface Cited {
  readonly name: string;
  readonly sequent: Sequent;
  readonly axioms: Axioms;
}

export interface Given {
  readonly statements: Statements;
  readonly cited: ReadonlyMap<string, Cited>;
}

interface Step {
  readonly sequent: Sequent;
  /** the steps that it is from, and what it rests on by itself */
  readonly from: readonly number[];
  readonly axioms: Axioms;
}

export interface Proved {
  readonly name: string;
  readonly kind: 'theorem' | 'schedule';
  readonly sequent: Sequent;
  readonly axioms: Axioms;
  readonly steps: number;
  readonly law?: Law;
  readonly schedule?: Schedule;
}

/** A refusal with the line that it is about. */
export class At extends Refusal {
  constructor(
    readonly line: number,
    { reason, declined }: Refusal,
  ) {
    super(reason, declined);
  }
}

/** References to earlier steps, remembered for the axioms that are used. */
class Steps {
  readonly all: Step[] = [];
  private used: number[] = [];

  constructor(readonly given: Given) {}

  readonly step = (record: Record): Sequent => {
    const n = record.number();
    this.used.push(n);
    return this.all[n]?.sequent ?? refuse(`there is no earlier s ${n}`);
  };

  add(sequent: Sequent, axioms: Axioms = new Map()): void {
    this.all.push({ sequent, from: this.used, axioms });
    this.used = [];
  }

  /** The axioms that step n rests on: of itself and of all that it is from. */
  axioms(n: number): Axioms {
    const seen = new Set([n]);
    const found = new Map<string, Sequent>();
    for (const at of seen) {
      this.all[at]?.axioms.forEach((says, name) => found.set(name, says));
      this.all[at]?.from.forEach((m) => seen.add(m));
    }
    return found;
  }
}

const axiom = (r: Refs, steps: Steps): void => {
  const name = r.string();
  const sequent = rules.axiom(r.record.list(r.hypothesis), r.term(), r.term());
  const law = steps.given.statements.axioms.get(name) ?? refuse(`no axiom ${JSON.stringify(name)} is stated`);
  requireAxiom(law, sequent);
  steps.add(sequent, new Map([[name, sequent]]));
};

const cite = (r: Refs, steps: Steps): void => {
  const name = r.string();
  const hash = r.record.word();
  require(/^[0-9a-f]{64}$/.test(hash), 'a hash is 64 hexadecimal digits in lower case');
  const found =
    steps.given.cited.get(hash) ?? refuse(`the certificate of ${JSON.stringify(name)} with this hash was not accepted`);
  require(found.name === name, `the certificate with this hash is of ${JSON.stringify(found.name)}`);
  steps.add(found.sequent, found.axioms);
};

const instance = (r: Refs, steps: Steps): void => {
  const sequent = steps.step(r.record);
  const axes = r.record.pairs(r.axisVar, r.axis);
  const objects = r.record.pairs(r.string, r.object);
  const morphisms = r.record.pairs(r.morphism, r.family);
  steps.add(rules.instantiate(sequent, { axes, objects, morphisms }));
};

const induction = (r: Refs, steps: Steps): void => {
  const [v, lhs, rhs] = [r.axisVar(), r.term(), r.term()];
  const [base, next] = [steps.step(r.record), steps.step(r.record)];
  const side = r.record.word();
  if (side !== 'left' && side !== 'right') return refuse('the side is left or right');
  steps.add(rules.induct(v, lhs, rhs, base, next, side));
};

// prettier-ignore
const kinds: Readonly<{ [word: string]: (r: Refs, s: Steps) => void }> = {
  eq:     (r, s) => s.add(rules.eq(r.term(), r.term())),
  sym:    (r, s) => s.add(rules.sym(s.step(r.record))),
  trans:  (r, s) => s.add(rules.trans(s.step(r.record), s.step(r.record))),
  ';':    (r, s) => s.add(rules.compose(s.step(r.record), s.step(r.record))),
  '*':    (r, s) => s.add(rules.tensor(s.step(r.record), s.step(r.record))),
  map:    (r, s) => s.add(rules.map(r.axis(), s.step(r.record))),
  scan:   (r, s) => s.add(rules.scan(r.axis(), r.object(), s.step(r.record))),
  inst:   instance,
  assume: (r, s) => s.add(rules.assume(r.hypothesis(), r.axes())),
  cut:    (r, s) => s.add(rules.cut(s.step(r.record), s.step(r.record), r.axisVars())),
  axiom,
  def:    (r, s) => s.add(rules.define(r.definition(), r.axes(), r.objects(), r.terms())),
  ind:    induction,
  cite,
};

const step = (r: Refs, steps: Steps): void => {
  const word = r.record.word();
  const rule = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (!rule) return refuse(`there is no rule ${word.slice(0, 40)}`);
  rule(r, steps);
};

/** A stream; after `def:`, which no name of a stream begins with, a definition. */
const scheduled = ({ streams, definitions }: Given['statements'], name: string): StreamLaw => {
  if (!name.startsWith('def:')) return streams.get(name) ?? refuse(`no stream ${JSON.stringify(name)} is stated`);
  return definitions.get(name.slice(4)) ?? refuse(`no one definition of arrays alone is ${JSON.stringify(name)}`);
};

/** What S proves is what the statement of this name says. */
const end = (kind: Proved['kind'], name: string, r: Refs, steps: Steps): Proved => {
  const { statements } = steps.given;
  const n = r.record.number();
  const sequent = steps.all[n]?.sequent ?? refuse(`there is no earlier s ${n}`);
  const proved = { name, kind, sequent, axioms: steps.axioms(n), steps: steps.all.length };
  if (kind === 'theorem') {
    r.record.end();
    const law = statements.theorems.get(name) ?? refuse(`no theorem ${JSON.stringify(name)} is stated`);
    requireLaw(law, sequent);
    requireNames(sequent);
    return { ...proved, law };
  }
  const stream = scheduled(statements, name);
  const at = { axes: r.record.pairs(r.axisVar, r.axis), batch: r.axis() };
  const schedule = stream.under ? { ...at, branch: r.term() } : at;
  r.record.end();
  requireNames(sequent);
  requireSchedule(stream, sequent, schedule);
  return { ...proved, schedule };
};

/** A record that is neither the header nor the end. */
const read = (line: string, tables: Tables, steps: Steps): void => {
  const record = new Record(line);
  const refs = new Refs(record, tables);
  const kind = record.word();
  if (kind === 's') step(refs, steps);
  else if (!build(kind, refs, tables)) refuse(`there is no record ${kind.slice(0, 40)}`);
  record.end();
};

/** What the certificate proves; refusals tell the line. */
export const check = (text: string, given: Given): Proved => {
  let line = 1;
  try {
    fuelFor(text.length);
    const { kind, name, lines } = readText(text);
    const tables = emptyTables();
    const steps = new Steps(given);
    for (const [n, record] of lines.slice(2, -1).entries()) {
      line = n + 3;
      allow();
      read(record, tables, steps);
    }
    line = lines.length;
    const record = new Record(lines.length > 2 ? (lines.at(-1) ?? '') : 'none');
    require(record.word() === 'qed', 'the last record is not qed');
    return end(kind, name, new Refs(record, tables), steps);
  } catch (error) {
    if (error instanceof Refusal) throw new At(line, error);
    throw error;
  }
};
