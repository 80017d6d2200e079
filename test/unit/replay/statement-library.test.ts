// The reader on the project's own statements: everything is read, under the names that the text declares, and every law without hypotheses
// holds at random numbers, at pairwise distinct sizes, at size 1 and at equal sizes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readStatements, type Law } from '../../../src/replay/language/statement.js';
import type { Expression, Side } from '../../../src/replay/logic/expression.js';
import { type Axis, type AxisVar, axisVars } from '../../../src/replay/logic/axis.js';
import type { Term } from '../../../src/replay/logic/term.js';
import { objectAxes } from '../../../src/replay/logic/object.js';
import { distance, evaluateSide, randomFrom, randomValues } from './statement-model.js';

const files = readdirSync('theorems')
  .filter((name) => name.endsWith('.weft'))
  .map((name) => ({ path: `theorems/${name}`, text: readFileSync(`theorems/${name}`, 'utf8') }));
const statements = readStatements(files);

/** What the text declares, by regular expressions alone. */
const declared = (): { axioms: string[]; theorems: string[]; streams: string[] } => {
  const text = files.map((f) => f.text.replace(/--[^\n]*/g, '')).join('\n');
  const names = (word: string): string[] =>
    [...text.matchAll(new RegExp(`^${word} (\\S+)`, 'gm'))].map((m) => m[1] ?? '');
  const laws = text.split(/^(?=(?:import|sort|def|axiom|theorem|stream)\b)/m).flatMap((piece) => {
    const name = /^stream (\S+)/.exec(piece)?.[1];
    if (name === undefined) return [];
    const has = (word: string): boolean => new RegExp(`^ +${word}\\b`, 'm').test(piece);
    return [
      name,
      // before the spec, `where` is of all laws
      ...(/^ +where\b[^]*^ +spec\b/m.test(piece) ? [`${name}.inherits`] : []),
      ...(has('step') ? [`${name}.foldable`] : []),
      ...(has('merge') ? [`${name}.mergeable`] : []),
      ...(has('commutative') ? [`${name}.commutative`] : []),
      ...(has('output') ? [`${name}.outputs`] : []),
    ];
  });
  return { axioms: names('axiom'), theorems: [...names('theorem'), ...laws], streams: names('stream') };
};

test('every statement is read, and nothing else', () => {
  const text = declared();
  expect(text.axioms.length).toBeGreaterThanOrEqual(20);
  expect(text.theorems.length).toBeGreaterThanOrEqual(150);
  expect([...statements.axioms.keys()].sort()).toEqual(text.axioms.sort());
  expect([...statements.theorems.keys()].sort()).toEqual(text.theorems.sort());
  expect([...statements.streams.keys()].sort()).toEqual(text.streams.sort());
});

test('the order of the files does not matter', () => {
  const other = readStatements([...files].reverse());
  for (const [name, law] of statements.theorems) expect(other.theorems.get(name)).toEqual(law);
});

const axisNames = (e: Expression, found = new Set<string>(), seen = new Set<Expression>()): Set<string> => {
  if (seen.has(e)) return found;
  seen.add(e);
  for (const part of Object.values(e).flat()) {
    if (typeof part !== 'object' || part === null) continue;
    if ('_tag' in part) axisNames(part as Expression, found, seen);
    else if ('summands' in part) axisVars(part as Axis).forEach((v: AxisVar) => found.add(v.name));
    else if ('dom' in part) (part as Term).axes.flatMap(axisVars).forEach((v) => found.add(v.name));
  }
  return found;
};
const namesOf = (side: Side): string[] => {
  if (side._tag !== 'Pointful') throw new Error('the reader gives expressions');
  const wires = side.wires.flatMap((w) => objectAxes(w.object).map((v) => v.name));
  return [...new Set([...wires, ...axisNames(side.body)])].sort();
};

const SIZES = [2, 3, 5, 4, 7, 6];
const sizesOf = (names: readonly string[], at: (n: number) => number): Record<string, number> =>
  Object.fromEntries(names.map((name, n) => [name, at(n)]));

/** A function of any arguments to one real; no law without hypotheses has a morphism variable of another type. */
const generic = (...args: readonly unknown[]): number[] => [
  args.flat(9).reduce((s: number, x, n) => s + Math.sin(n + 1) * (typeof x === 'number' ? x : x === true ? 1 : 0), 0.3),
];
const NAMES = ['f', 'g', 'h', 'k', 'phi', 'a1', 'a2', 'b', 'd', 'step', 'part'];
const functions = Object.fromEntries(
  NAMES.map((name, n) => [name, (...args: readonly unknown[]) => generic(n, ...args)]),
);

describe('laws without hypotheses hold in numbers', () => {
  const laws: Law[] = [...statements.axioms.values(), ...statements.theorems.values()].filter(
    (law) => law.hypotheses.length === 0,
  );
  const seed = (Date.now() ^ process.pid) >>> 0;
  const random = randomFrom(seed);
  const choices: readonly (readonly [string, (n: number) => number])[] = [
    ['distinct', (n) => SIZES[n] ?? 1],
    ['distinct', (n) => SIZES[SIZES.length - 1 - n] ?? 1],
    ['size 1', () => 1],
    ['equal', () => 3],
  ];

  test(`all of them (seed ${seed})`, () => {
    let checked = 0;
    for (const law of laws) {
      const names = [...new Set([...namesOf(law.lhs), ...namesOf(law.rhs)])];
      // those beyond the sizes are 1
      expect(names.length).toBeLessThanOrEqual(SIZES.length + 4);
      for (const [kind, at] of choices) {
        const model = { sizes: sizesOf(names, at), functions };
        const wires = law.lhs._tag === 'Pointful' ? law.lhs.wires : [];
        const inputs = randomValues(wires, model, random);
        const found = distance(evaluateSide(law.lhs, inputs, model), evaluateSide(law.rhs, inputs, model));
        expect(found, `${law.name}, ${kind}, ${JSON.stringify(model.sizes)}`).toBeLessThan(1e-6);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(600);
  });
});
