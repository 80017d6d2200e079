/**
 * The records that say what things are: axes, objects, variables, definitions, families, terms, hypotheses. Invariant: a record refers to
 * earlier records only, and every thing is made by its constructor. It does not know steps.
 */
import { type Axis, type AxisVar, axisVar, ofVar, one, product, sum, zero } from '../logic/axis.js';
import { type Base, type Leaf, type Obj, object } from '../logic/object.js';
import { type Rational, rational, showRational } from '../logic/rational.js';
import { type Record, stringOf } from './record.js';
import { decline, LIMITS, refuse, require } from '../logic/refusal.js';
import { definition, type Family, family, type Hypothesis, hypothesis } from '../logic/substitute.js';
import * as t from '../logic/term.js';
import { type Definition, type MorphismVar, type Term } from '../logic/term.js';

/** The records so far, by kind; those of a kind are numbered from 0. */
export interface Tables {
  readonly v: AxisVar[];
  readonly a: Axis[];
  readonly o: Obj[];
  readonly m: MorphismVar[];
  readonly d: Definition[];
  readonly f: Family[];
  readonly t: Term[];
  readonly h: Hypothesis[];
}

export const emptyTables = (): Tables => ({ v: [], a: [], o: [], m: [], d: [], f: [], t: [], h: [] });

const pick = <A>(kind: string, table: readonly A[], n: number): A =>
  table[n] ?? refuse(`there is no earlier ${kind} ${n}`);

/** References of one record. */
export class Refs {
  constructor(
    readonly record: Record,
    private readonly tables: Tables,
  ) {}

  readonly axisVar = (): AxisVar => pick('v', this.tables.v, this.record.number());
  readonly axis = (): Axis => pick('a', this.tables.a, this.record.number());
  readonly object = (): Obj => pick('o', this.tables.o, this.record.number());
  readonly morphism = (): MorphismVar => pick('m', this.tables.m, this.record.number());
  readonly definition = (): Definition => pick('d', this.tables.d, this.record.number());
  readonly family = (): Family => pick('f', this.tables.f, this.record.number());
  readonly term = (): Term => pick('t', this.tables.t, this.record.number());
  readonly hypothesis = (): Hypothesis => pick('h', this.tables.h, this.record.number());
  readonly string = (): string => this.record.string();
  readonly axisVars = (): AxisVar[] => this.record.list(this.axisVar);
  readonly axes = (): Axis[] => this.record.list(this.axis);
  readonly objects = (): Obj[] => this.record.list(this.object);
  readonly terms = (): Term[] => this.record.list(this.term);
}

/** `v "name" SORT EMPTY` */
const readAxisVar = ({ record }: Refs): AxisVar => {
  const name = record.string();
  const sort = record.word();
  const empty = record.word();
  require(empty === '?' || empty === '+', 'an axis variable ends in ? or +');
  return axisVar(name, sort === '-' ? undefined : stringOf(sort), empty === '?');
};

const readAxis = (refs: Refs): Axis => {
  const kind = refs.record.word();
  switch (kind) {
    case '0':
      return zero;
    case '1':
      return one;
    case 'v':
      return ofVar(refs.axisVar());
    case '+':
      return sum(refs.axis(), refs.axis());
    case '*':
      return product(refs.axis(), refs.axis());
    default:
      return refuse('an axis is 0, 1, v, + or *');
  }
};

/** `(BASE A…)` */
const readLeaf = (refs: Refs): Leaf => {
  const axes: Axis[] = [];
  const bases: Base[] = [];
  refs.record.list(() => {
    if (bases.length > 0) return axes.push(refs.axis());
    const word = refs.record.word();
    return bases.push(word === 'R' || word === 'B' ? word : { name: stringOf(word) });
  });
  return { base: bases[0] ?? refuse('an array is of nothing'), axes };
};

/** An exact rational in lowest terms. */
const readRational = (word: string): Rational => {
  const [, n = '', d = '1'] =
    /^(-?[0-9]+)(?:\/([0-9]+))?$/.exec(word) ?? refuse(`a rational is expected, not ${word.slice(0, 40)}`);
  if (word.length > LIMITS.digits) decline('a number has too many digits');
  require(BigInt(d) !== 0n, 'a denominator is 0');
  const q = rational(BigInt(n), BigInt(d));
  require(showRational(q) === word, 'a rational is not in lowest terms');
  return q;
};

const readOperator = (name: string): Term =>
  t.isOperator(name) ? t.op(name) : refuse(`there is no operator ${name.slice(0, 40)}`);

// prettier-ignore
const terms: Readonly<{ [word: string]: (r: Refs) => Term }> = {
  id:       (r) => t.id(r.object()),
  ';':      (r) => t.compose(r.term(), r.term()),
  '*':      (r) => t.tensor(r.term(), r.term()),
  swap:     (r) => t.swap(r.object(), r.object()),
  copy:     (r) => t.copy(r.object()),
  del:      (r) => t.del(r.object()),
  map:      (r) => t.map(r.axis(), r.term()),
  repeat:   (r) => t.repeat(r.axis(), r.object()),
  diag:     (r) => t.diag(r.axis(), r.object()),
  exchange: (r) => t.exchange(r.axis(), r.axis(), r.object()),
  split:    (r) => t.split(r.axis(), r.axis(), r.object()),
  concat:   (r) => t.concat(r.axis(), r.axis(), r.object()),
  tile:     (r) => t.tile(r.axis(), r.axis(), r.object()),
  flatten:  (r) => t.flatten(r.axis(), r.axis(), r.object()),
  first:    (r) => t.first(r.axis(), r.object()),
  const:    (r) => t.constant(readRational(r.record.word())),
  op:       (r) => readOperator(r.record.word()),
  select:   (r) => t.select(r.object()),
  position: (r) => t.position(r.axis()),
  size:     (r) => t.size(r.axis()),
  scan:     (r) => t.scan(r.axis(), r.object(), r.term()),
  var:      (r) => t.variable(r.morphism(), r.axes()),
  call:     (r) => t.call(r.definition(), r.axes(), r.objects(), r.terms()),
};

const readTerm = (refs: Refs): Term => {
  const word = refs.record.word();
  return (
    (Object.hasOwn(terms, word) ? terms[word]?.(refs) : undefined) ?? refuse(`there is no term ${word.slice(0, 40)}`)
  );
};

// prettier-ignore
const kinds: Readonly<{ [kind: string]: (r: Refs, to: Tables) => unknown }> = {
  v: (r, to) => to.v.push(readAxisVar(r)),
  a: (r, to) => to.a.push(readAxis(r)),
  o: (r, to) => to.o.push(object(r.record.rest(() => readLeaf(r)))),
  m: (r, to) => to.m.push(t.morphismVar(r.string(), r.axisVars(), r.object(), r.object())),
  d: (r, to) => to.d.push(definition(r.string(), r.axisVars(), r.record.list(r.string), r.record.list(r.morphism), r.term())),
  f: (r, to) => to.f.push(family(r.axisVars(), r.term())),
  t: (r, to) => to.t.push(readTerm(r)),
  h: (r, to) => to.h.push(hypothesis(r.axisVars(), r.term(), r.term())),
};

/** A record of this kind that is no step and no end: whether there is such a kind. */
export const build = (kind: string, refs: Refs, to: Tables): boolean => {
  const make = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  make?.(refs, to);
  return make !== undefined;
};
