/**
 * A counterexample as a line of text and as a record: sizes of axes, objects, diagrams, values of wires, and both sides where they first
 * differ. Invariant: a value that is a fraction is shown exactly; one that is not is marked as near. Finds nothing itself.
 */
import type { Shown } from '../proof/refute/compare.js';
import { contextOf } from '../proof/refute/form.js';
import type { Input } from '../proof/refute/random.js';
import type { Counterexample } from '../proof/refute/search.js';
import { showNumber, showObject, showVariable } from '../language/print/algebra.js';
import { clean } from '../language/print/clean.js';
import { labelled, showTerm, wiresFor } from '../language/print/show.js';
import { brief, grouped, nested, tupled } from './values.js';

export interface CounterexampleRecord {
  readonly sizes: Readonly<Record<string, number>>;
  readonly objects: Readonly<Record<string, string>>;
  readonly functions: Readonly<Record<string, string>>;
  /** nested arrays as text: [1, 1/2] */
  readonly inputs: Readonly<Record<string, string>>;
  /** which output, and where in it, both counted from 0 */
  readonly output: number;
  readonly index: readonly number[];
  readonly left: string;
  readonly right: string;
  readonly exact: boolean;
  /** a hypothesis was equal at every input tried and is not known to hold: the statement is false if it does */
  readonly conditional: boolean;
  readonly text: string;
}

/** Two near values with as many digits as tell them apart. */
function shown(x: Shown, other: Shown): string {
  if (x._tag === 'Truth') return String(x.value);
  if (x._tag === 'Exact') return showNumber(x.value);
  const digits = [6, 10, 17].find(
    (n) => other._tag !== 'Near' || x.value.toPrecision(n) !== other.value.toPrecision(n),
  );
  return `about ${Number(x.value.toPrecision(digits ?? 17))}`;
}

type Pairs = readonly (readonly [name: string, value: string])[];

/** The wires with their values, each array as `show` has it. */
function inputsOf({ model, inputs }: Counterexample, show: (x: Input) => string): Pairs {
  const { wires, lhs } = model.statement;
  const count = wires.reduce((n, w) => n + w.object.leaves.length, 0);
  const named =
    count === inputs.length
      ? wires.map((w) => ({ name: w.name, n: w.object.leaves.length }))
      : wiresFor(lhs.dom).map((w) => ({ name: w.name, n: 1 }));
  let from = 0;
  const pairs = named
    .filter((w) => w.n > 0)
    .map(({ name, n }): readonly [string, string] => {
      from += n;
      return [clean(name), tupled(inputs.slice(from - n, from).map(show))];
    });
  return once(pairs);
}

/** Each name once: a second one gets a prime. */
function once(pairs: Pairs): Pairs {
  const taken = new Set<string>();
  return pairs.map(([name, value]) => {
    let own = name;
    while (taken.has(own)) own = `${own}'`;
    taken.add(own);
    return [own, value];
  });
}

function functionsOf({ model }: Counterexample): Pairs {
  return [...model.families].map(([h, family]) => {
    const signature = model.signatures.get(h)!;
    const context = contextOf(signature);
    const axes = signature.binders.length === 0 ? '' : `[${signature.binders.map(showVariable).join(', ')}]`;
    const given = context.length === 0 ? '' : `(${context.map((w) => w.name).join(', ')})`;
    const body = showTerm(family.body, context).map((l) => l.trim());
    return [`${clean(h.name)}${axes}${given}`, body.join(' ')];
  });
}

const sizesOf = ({ sizes }: Counterexample): Pairs => once([...sizes].map(([v, n]) => [showVariable(v), String(n)]));
/** A wire may have the name of an axis: then the axis is shown as its size. */
function axesBeside(c: Counterexample, inputs: Pairs): Pairs {
  const wires = new Set(inputs.map(([name]) => name));
  return sizesOf(c).map(([name, n]) => [wires.has(name) ? `size ${name}` : name, n]);
}
const objectsOf = ({ model }: Counterexample): Pairs =>
  [...model.objects].map(([name, o]) => [clean(name), showObject(o)]);

const equations = (pairs: Pairs): readonly string[] => pairs.map(([name, value]) => `${name} = ${value}`);

function sides(c: Counterexample): string {
  const { at, left, right } = c.differ;
  const outputs = c.model.statement.lhs.cod.leaves.length;
  const where = [
    ...(outputs > 1 ? [`output ${at.leaf + 1}`] : []),
    ...(at.index.length > 0 ? [`index [${at.index.join(', ')}]`] : []),
  ];
  const place = where.length === 0 ? '' : `at ${where.join(', ')} `;
  return `${place}the left side is ${shown(left, right)}, the right side ${shown(right, left)}`;
}

/** Whether it rests on hypotheses that nothing shows but the inputs tried. */
export const isConditional = (c: Counterexample): boolean => c.seen.length > 0;

/** `n = 1, x = [0]: the left side is 1, the right side 0` */
export function counterexampleText(c: Counterexample): string {
  const inputs = inputsOf(c, brief);
  const given = [...equations([...axesBeside(c, inputs), ...objectsOf(c), ...functionsOf(c)]), ...grouped(inputs)];
  return `${given.length === 0 ? '' : `${given.join(', ')}: `}${sides(c)}`;
}

/** The same with a line for each diagram. */
export function counterexampleLines(c: Counterexample): readonly string[] {
  const inputs = inputsOf(c, brief);
  const values = [...equations([...axesBeside(c, inputs), ...objectsOf(c)]), ...grouped(inputs)];
  return [
    ...(values.length === 0 ? [] : [values.join(', ')]),
    ...functionsOf(c).flatMap(([name, body]) => labelled(`${name} = `, [body])),
    sides(c),
  ];
}

export function counterexampleRecord(c: Counterexample): CounterexampleRecord {
  const { at, left, right, exact } = c.differ;
  return {
    sizes: Object.fromEntries(sizesOf(c).map(([name, n]) => [name, Number(n)])),
    objects: Object.fromEntries(objectsOf(c)),
    functions: Object.fromEntries(functionsOf(c)),
    inputs: Object.fromEntries(inputsOf(c, nested)),
    output: at.leaf,
    index: at.index,
    left: shown(left, right),
    right: shown(right, left),
    exact,
    conditional: isConditional(c),
    text: counterexampleText(c),
  };
}
