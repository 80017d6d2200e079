// Changes of the steps of a proof. Each family is a function from a subject and what surrounds it to mutants. Knows no checker.
import type { Span } from '../../../../src/language/syntax/span.js';
import type { InstTree, Name, StepTree, TacticTree } from '../../../../src/language/syntax/tree.js';
import { type Subject, droppedOfList, edited, exchanged, pairs, replaced } from './text.js';

/** What surrounds a theorem. */
export interface World {
  /** what its proof may cite */
  readonly citable: (name: string) => readonly string[];
  /** names of its hypotheses */
  readonly givens: (name: string) => readonly string[];
  /** theorems with the same shape have the same key */
  readonly shape: (name: string) => string;
  /** the text of a statement, and the name that it states */
  readonly statements: ReadonlyMap<string, { readonly text: string; readonly own: string }>;
}
export type StepFamily = (s: Subject, world: World) => readonly string[];
type Of<T extends TacticTree['_tag']> = StepTree & { readonly tactic: Extract<TacticTree, { _tag: T }> };

// ---- steps in a proof -------------------------------------------------------------------------------------------------

/** Every list of steps: the proof's, and those of blocks, links and lemmas. */
export function blocks(steps: readonly StepTree[]): readonly (readonly StepTree[])[] {
  const inner = steps.flatMap((step) => {
    const { tactic } = step;
    const own =
      tactic._tag === 'Calc' ? tactic.links.map((l) => l.by ?? []) : tactic._tag === 'Have' ? [tactic.by] : [];
    return [...step.blocks, ...own].flatMap(blocks);
  });
  return [steps, ...inner];
}
const all = (s: Subject): readonly (readonly StepTree[])[] => blocks(s.proof?.steps ?? []);
const steps = <T extends TacticTree['_tag']>(s: Subject, ...tags: readonly T[]): readonly Of<T>[] =>
  all(s)
    .flat()
    .filter((step): step is Of<T> => (tags as readonly string[]).includes(step.tactic._tag));

const whole = (list: readonly StepTree[]): { readonly span: Span } | undefined =>
  list.length === 0 ? undefined : { span: { start: list[0]!.span.start, end: list.at(-1)!.span.end } };
const insert = (s: Subject, at: number, by: string): string => edited(s, [{ span: { start: at, end: at }, by }]);

// ---- families ---------------------------------------------------------------------------------------------------------

export const exchangeSteps: StepFamily = (s) => [
  ...all(s).flatMap((list) => pairs(list).map(([a, b]) => exchanged(s, a, b))),
  ...steps(s, 'Calc').flatMap((c) => pairs(c.tactic.links).map(([a, b]) => exchanged(s, a, b))),
  ...all(s)
    .flat()
    .flatMap((step) =>
      pairs(step.blocks).flatMap(([a, b]) => {
        const [first, second] = [whole(a), whole(b)];
        return first && second ? [exchanged(s, first, second)] : [];
      }),
    ),
];

export const deleteStep: StepFamily = (s) => [
  ...all(s).flatMap((list) => list.map((step) => edited(s, [{ span: step.span, by: ' ' }]))),
  ...steps(s, 'Calc').flatMap((c) => c.tactic.links.map((l) => edited(s, [{ span: l.span, by: ' ' }]))),
];

export const repeatStep: StepFamily = (s) =>
  all(s)
    .flat()
    .map((step) => insert(s, step.span.end, `\n${s.text.slice(step.span.start, step.span.end)}`));

const insts = (s: Subject): readonly (readonly InstTree[])[] =>
  steps(s, 'Rewrite', 'Apply', 'Assumption').map((step) => step.tactic.insts);

export const dropArgument: StepFamily = (s) =>
  insts(s).flatMap((list) => (list.length < 2 ? [] : list.map((_, i) => droppedOfList(s, list, i))));

/** The value of one argument for that of another. */
export const swapInstantiation: StepFamily = (s) =>
  insts(s).flatMap((list) => [
    ...pairs(list).map(([a, b]) => exchanged(s, a.value, b.value)),
    ...pairs(list).map(([a, b]) => exchanged(s, a.name, b.name)),
    ...list.flatMap((a) => (a.binders ? pairs(a.binders).map(([x, y]) => exchanged(s, x, y)) : [])),
  ]);

/** A rewrite's own text after the name of its rule, up to its blocks. */
function tail(s: Subject, step: Of<'Rewrite'>): { readonly from: number; readonly text: string } {
  const from = step.tactic.rule.name.span.end;
  const end = whole(step.blocks[0] ?? [])?.span.start ?? step.span.end;
  return { from, text: s.text.slice(from, end) };
}

/** `at N` by one. */
export const matchByOne: StepFamily = (s) =>
  steps(s, 'Rewrite').flatMap((step) => {
    const { from, text } = tail(s, step);
    const found = /\bat\s+(\d+)/.exec(text);
    const n = Number(found?.[1]);
    if (!found) return [insert(s, from, ' at 2'), insert(s, from, ' at 3')];
    const span = { start: from + found.index, end: from + found.index + found[0].length };
    return [n + 1, n - 1].map((by) => edited(s, [{ span, by: `at ${by}` }]));
  });

/** In the other side, or in the side that is not meant. */
export const neighbouringMatch: StepFamily = (s) =>
  steps(s, 'Rewrite').flatMap((step) => {
    const { from, text } = tail(s, step);
    const found = /\bin\s+(lhs|rhs)/.exec(text);
    if (!found) return [insert(s, from, ' in rhs'), insert(s, from, ' in rhs at 2'), insert(s, from, ' in lhs at 2')];
    const span = { start: from + found.index, end: from + found.index + found[0].length };
    return [found[1] === 'lhs' ? 'in rhs' : 'in lhs', '', `${found[0]} at 2`].map((by) => edited(s, [{ span, by }]));
  });

export const otherInduction: StepFamily = (s) =>
  steps(s, 'Induction').flatMap((step) => {
    const { axis, side } = step.tactic;
    const end =
      side === undefined ? axis.span.end : axis.span.end + /^\s*\w+/.exec(s.text.slice(axis.span.end))![0].length;
    const by = side === 'left' ? ' right' : ' left';
    return [edited(s, [{ span: { start: axis.span.end, end }, by }])];
  });

export const reverseRewrite: StepFamily = (s) =>
  steps(s, 'Rewrite', 'Simp').flatMap((step) => {
    const rules = step.tactic._tag === 'Rewrite' ? [step.tactic.rule] : step.tactic.rules;
    return rules.map(({ name, backward }) => {
      if (!backward) return insert(s, name.span.start, '<- ');
      const start = s.text.lastIndexOf('<-', name.span.start);
      return edited(s, [{ span: { start, end: start + 2 }, by: '' }]);
    });
  });

const cited = (s: Subject): readonly Name[] =>
  steps(s, 'Rewrite', 'Simp', 'Apply', 'Assumption').flatMap(({ tactic: t }) => {
    if (t._tag === 'Rewrite') return [t.rule.name];
    if (t._tag === 'Simp') return t.rules.map((r) => r.name);
    return t.name === undefined ? [] : [t.name];
  });

/** The theorem beside it of the same shape, the one before it, another hypothesis. */
export const neighbouringTheorem: StepFamily = (s, world) => {
  const known = world.citable(s.name);
  return cited(s).flatMap((name) => {
    const shape = world.shape(name.name);
    const same = known.filter((k) => k !== name.name && world.shape(k) === shape);
    const at = known.indexOf(name.name);
    const beside = at < 0 ? [] : [known[at - 1], known[at + 1]].flatMap((k) => (k === undefined ? [] : [k]));
    const hypotheses = at < 0 ? [...world.givens(s.name), 'ih'].filter((g) => g !== name.name) : [];
    const near = [...new Set([...beside, ...same.slice(at % 7, (at % 7) + 4), ...same.slice(-2), ...hypotheses])];
    return near.map((by) => replaced(s, name, by));
  });
};

/** A weaker closing step. */
export const otherTactic: StepFamily = (s) => [
  ...steps(s, 'Ring').map((step) => edited(s, [{ span: step.span, by: 'refl' }])),
  ...steps(s, 'Refl').map((step) => edited(s, [{ span: step.span, by: 'ring' }])),
  ...steps(s, 'Apply').map((step) =>
    replaced(s, { span: { start: step.span.start, end: step.span.start + 5 } }, 'rewrite'),
  ),
  ...all(s)
    .flat()
    .map((step) => insert(s, step.span.start, 'symm\n')),
];

/** One condition fewer to decide, or two in the other order. */
export const changeCases: StepFamily = (s) =>
  steps(s, 'Cases').flatMap(({ tactic }) => [
    ...(tactic.on.length < 2 ? [] : tactic.on.map((_, i) => droppedOfList(s, tactic.on, i))),
    ...pairs(tactic.on).map(([a, b]) => exchanged(s, a, b)),
  ]);
