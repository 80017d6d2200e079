// Changes of what a statement declares and assumes. Each family is a function from a subject to mutants. Knows no checker.
import type { AxisDecl } from '../../../../src/language/syntax/tree.js';
import type { StepFamily } from './steps.js';
import { type Given, type Subject, dropped, exchanged, pairs, replaced, trees } from './text.js';

const givens = (s: Subject): readonly Given[] => (s.statement?._tag === 'Theorem' ? s.statement.givens : []);
const axes = (s: Subject): readonly AxisDecl[] => [
  ...trees(s, 'AxisGroup').flatMap((g) => g.axes),
  ...trees(s, 'MorphismVariable').flatMap((m) => m.binders),
  ...givens(s).flatMap((g) => g.axes),
];

export const dropHypothesis: StepFamily = (s) => givens(s).map((g) => dropped(s, g));

export const permuteHypotheses: StepFamily = (s) =>
  pairs(givens(s)).flatMap(([a, b]) => [exchanged(s, a, b), exchanged(s, a.name, b.name)]);

/** A conditional rule the other way round, and the equation itself. */
export const exchangeSides: StepFamily = (s) => [
  ...givens(s).map((g) => exchanged(s, g.lhs, g.rhs)),
  ...(s.statement?._tag === 'Theorem' ? [exchanged(s, s.statement.lhs, s.statement.rhs)] : []),
];
/** A hypothesis that says less: the same on both sides. */
export const weakenHypothesis: StepFamily = (s) =>
  givens(s).flatMap((g) => [
    replaced(s, g.rhs, s.text.slice(g.lhs.span.start, g.lhs.span.end)),
    replaced(s, g.lhs, s.text.slice(g.rhs.span.start, g.rhs.span.end)),
  ]);

/** The condition that an axis has an element. */
export const allowEmpty: StepFamily = (s) =>
  axes(s).map((a) => {
    const from = { span: { start: a.span.start, end: a.span.start + a.name.length + (a.maybeEmpty ? 1 : 0) } };
    return replaced(s, from, a.maybeEmpty ? a.name : `${a.name}?`);
  });

/** The sort of an axis, or another one. */
export const forgetSort: StepFamily = (s) =>
  axes(s).flatMap((a) => {
    if (!a.sort) return [];
    const start = s.text.lastIndexOf(':', a.sort.span.start);
    return [dropped(s, { span: { start, end: a.sort.span.end } }), replaced(s, a.sort, 'Other')];
  });

/** Two variables in each other's place, where they are declared. */
export const exchangeDeclarations: StepFamily = (s) => [
  ...trees(s, 'WireGroup').flatMap((g) =>
    pairs(g.wires).map(([a, b]) => {
      const head = (w: typeof a) => ({ span: { start: w.span.start, end: w.span.start + w.name.length } });
      return exchanged(s, head(a), head(b));
    }),
  ),
  ...trees(s, 'WireGroup').flatMap((g) => g.wires.map((w) => replaced(s, w.object, 'R'))),
  ...trees(s, 'MorphismVariable').map((m) => exchanged(s, m.dom, m.cod)),
];

/** A claim of another theorem under this name. */
export const anotherStatement: StepFamily = (s, world) => {
  const name = s.statement?.name.name;
  if (name === undefined || s.statement?._tag !== 'Theorem') return [];
  const near = world.citable(s.name).slice(-12);
  return near.flatMap((n) => {
    const other = world.statements.get(n);
    if (!other || !other.text.startsWith('theorem ')) return [];
    return [other.text.replace(other.own, name)];
  });
};

/** A stronger promise about the merge than the stream makes, or a weaker one. */
export const changeStrength: StepFamily = (s) => {
  if (s.statement?._tag !== 'Stream') return [];
  const { strength } = s.statement.parts;
  return ['foldable', 'mergeable', 'commutative']
    .filter((w) => w !== strength)
    .map((w) => s.text.replace(new RegExp(`${strength}\\s*$`), w));
};
