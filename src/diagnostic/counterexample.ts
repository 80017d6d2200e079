/**
 * A counterexample as a line of text and as a record: sizes of axes, objects, diagrams, values of wires, and both sides where they first
 * differ. Invariant: a value that is a fraction is shown exactly; one that is not is marked as near. Finds nothing itself.
 */
import type { Shown } from '../refute/compare.js';
import { isTruth } from '../refute/evaluate.js';
import { contextOf } from '../refute/form.js';
import type { Input } from '../refute/random.js';
import type { Counterexample } from '../refute/search.js';
import { showNumber, showObject, showVariable } from './algebra.js';
import { clean } from './clean.js';
import { labelled, showTerm, wiresFor } from './show.js';

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
  readonly text: string;
}

type Element = Input['data'][number];
const element = (x: Element): string => (isTruth(x) ? String(x) : showNumber(x));

function nested(dims: readonly number[], data: readonly Element[]): string {
  const [n, ...rest] = dims;
  if (n === undefined) return element(data[0]!);
  const step = data.length / Math.max(1, n);
  return `[${Array.from({ length: n }, (_, i) => nested(rest, data.slice(i * step, (i + 1) * step))).join(', ')}]`;
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

function inputsOf({ model, inputs }: Counterexample): readonly (readonly [string, string])[] {
  const { wires, lhs } = model.statement;
  const count = wires.reduce((n, w) => n + w.object.leaves.length, 0);
  const named =
    count === inputs.length
      ? wires.map((w) => ({ name: w.name, n: w.object.leaves.length }))
      : wiresFor(lhs.dom).map((w) => ({ name: w.name, n: 1 }));
  let from = 0;
  return named
    .filter((w) => w.n > 0)
    .map(({ name, n }) => {
      from += n;
      const parts = inputs.slice(from - n, from).map((x) => nested(x.dims, x.data));
      return [clean(name), parts.length === 1 ? parts[0]! : `(${parts.join(', ')})`];
    });
}

function functionsOf({ model }: Counterexample): readonly (readonly [string, string])[] {
  return [...model.families].map(([h, family]) => {
    const signature = model.signatures.get(h)!;
    const context = contextOf(signature);
    const axes = signature.binders.length === 0 ? '' : `[${signature.binders.map(showVariable).join(', ')}]`;
    const given = context.length === 0 ? '' : `(${context.map((w) => w.name).join(', ')})`;
    const body = showTerm(family.body, context).map((l) => l.trim());
    return [`${clean(h.name)}${axes}${given}`, body.join(' ')];
  });
}

const sizesOf = ({ sizes }: Counterexample): readonly (readonly [string, string])[] =>
  [...sizes].map(([v, n]) => [showVariable(v), String(n)]);
const objectsOf = ({ model }: Counterexample): readonly (readonly [string, string])[] =>
  [...model.objects].map(([name, o]) => [clean(name), showObject(o)]);

const equations = (pairs: readonly (readonly [string, string])[]): readonly string[] =>
  pairs.map(([name, value]) => `${name} = ${value}`);

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

/** `n = 1, x = [0]: the left side is 1, the right side 0` */
export function counterexampleText(c: Counterexample): string {
  const given = equations([...sizesOf(c), ...objectsOf(c), ...functionsOf(c), ...inputsOf(c)]);
  return `${given.length === 0 ? '' : `${given.join(', ')}: `}${sides(c)}`;
}

/** The same with a line for each diagram. */
export function counterexampleLines(c: Counterexample): readonly string[] {
  const values = [...sizesOf(c), ...objectsOf(c), ...inputsOf(c)];
  return [
    ...(values.length === 0 ? [] : [equations(values).join(', ')]),
    ...functionsOf(c).flatMap(([name, body]) => labelled(`${name} = `, [body])),
    sides(c),
  ];
}

export function counterexampleRecord(c: Counterexample): CounterexampleRecord {
  const { at, left, right, exact } = c.differ;
  return {
    sizes: Object.fromEntries([...c.sizes].map(([v, n]) => [showVariable(v), n])),
    objects: Object.fromEntries(objectsOf(c)),
    functions: Object.fromEntries(functionsOf(c)),
    inputs: Object.fromEntries(inputsOf(c)),
    output: at.leaf,
    index: at.index,
    left: shown(left, right),
    right: shown(right, left),
    exact,
    text: counterexampleText(c),
  };
}
