// Which hypotheses a theorem has after each rule, as named tests over a core under test; and the changes of the core that lose one.
// Invariant: a rule that loses a hypothesis proves too much, so each is expected exactly.
import type * as Door from '../../../../src/core/index.js';
import { type Kit, must } from '../../../support/door.js';
import type { Change } from './mutant.js';

export interface Kept {
  readonly name: string;
  readonly theorem: (k: Kit) => Door.Thm;
  readonly hypotheses: (k: Kit) => readonly Door.Hypothesis[];
}

const hyp = (k: Kit, l: Door.Term, r: Door.Term): Door.Hypothesis => must(k.K.hypothesis([], l, r));
const size = (k: Kit, e: Door.Axis): Door.Term => must(k.K.size(e));
/** exp = log, and log = neg, as hypotheses and from themselves */
const first = (k: Kit): Door.Hypothesis => hyp(k, k.op('exp'), k.op('log'));
const second = (k: Kit): Door.Hypothesis => hyp(k, k.op('log'), k.op('neg'));
const from = (k: Kit, h: Door.Hypothesis): Door.Thm => must(k.K.assume(h, []));
const aside = (k: Kit, n: number): Door.Hypothesis => hyp(k, size(k, k.ax('q')), k.num(n));
/** exp = log, believed under a hypothesis */
const believed = (k: Kit): Door.Thm => must(k.K.axiom('believed', [aside(k, 1)], k.op('exp'), k.op('log')));
const both = (k: Kit): Door.Thm => must(k.K.transitivity(from(k, first(k)), from(k, second(k))));
const sized = (k: Kit, e: Door.Axis): Door.Hypothesis => hyp(k, size(k, e), k.num(7));

/** size a = size a ; id by induction, base and step under hypotheses, the step under the claim as well. */
function inductive(k: Kit): Door.Thm {
  const a = k.ax('a');
  const P = (e: Door.Axis): readonly [Door.Term, Door.Term] => [size(k, e), k.seq(size(k, e), k.id(k.R))];
  const base = must(k.K.axiom('base', [aside(k, 1)], ...P(k.K.one)));
  const step = must(k.K.axiom('step', [aside(k, 2), hyp(k, ...P(a))], ...P(k.plus(a, k.K.one))));
  return must(k.K.induction(k.v('a'), ...P(a), base, step, 'right'));
}

const of = (name: string, theorem: Kept['theorem'], hypotheses: Kept['hypotheses']): Kept => ({
  name,
  theorem,
  hypotheses,
});
// prettier-ignore
export const kept: readonly Kept[] = [
  of('symmetry: the hypotheses stay', (k) => must(k.K.symmetry(from(k, first(k)))), (k) => [first(k)]),
  of('transitivity: the hypotheses of both stay', both, (k) => [first(k), second(k)]),
  of(';: the hypotheses of both stay', (k) => must(k.K.composeCong(from(k, first(k)), from(k, second(k)))), (k) => [first(k), second(k)]),
  of('*: the hypotheses of both stay', (k) => must(k.K.tensorCong(from(k, first(k)), from(k, second(k)))), (k) => [first(k), second(k)]),
  of('map: the hypotheses stay', (k) => must(k.K.mapCong(k.ax('a'), from(k, first(k)))), (k) => [first(k)]),
  of('scan: the hypotheses stay', (k) => must(k.K.scanCong(k.ax('a'), k.R, from(k, hyp(k, k.op('add'), k.op('mul'))))), (k) => [hyp(k, k.op('add'), k.op('mul'))]),
  of('instantiate: the hypotheses are instantiated', (k) => must(k.K.instantiate(from(k, sized(k, k.ax('n'))), { axes: [[k.v('n'), k.ax('m')]] })), (k) => [sized(k, k.ax('m'))]),
  of('assume: what is assumed is a hypothesis', (k) => from(k, first(k)), (k) => [first(k)]),
  of('cut: the hypotheses of both stay, but the one that was proved', (k) => must(k.K.cut(believed(k), [], both(k))), (k) => [aside(k, 1), second(k)]),
  of('axiom: its hypotheses are the theorem\'s', believed, (k) => [aside(k, 1)]),
  of('induction: the hypotheses of both stay, but the claim', inductive, (k) => [aside(k, 1), aside(k, 2)]),
];

export function keeps(k: Kit, c: Kept): boolean {
  const found = must(k.K.sequent(c.theorem(k))).hypotheses.map((h) => h.id);
  const expected = c.hypotheses(k).map((h) => h.id);
  return JSON.stringify([...found].sort()) === JSON.stringify([...expected].sort());
}

const file = 'src/core/thm.ts';
// prettier-ignore
export const losses: readonly Change[] = [
  { file, from: 'make(hyps, rhs, lhs,', to: 'make([], rhs, lhs,' },
  { file, from: 'make([...p.hypotheses, ...q.hypotheses], p.lhs, q.rhs,', to: 'make([...p.hypotheses], p.lhs, q.rhs,' },
  { file, from: 'make([...p.hypotheses, ...q.hypotheses], p.lhs, q.rhs,', to: 'make([...q.hypotheses], p.lhs, q.rhs,' },
  { file, from: 'const hyps = [...p.hypotheses, ...q.hypotheses];', to: 'const hyps = [...p.hypotheses];' },
  { file, from: 'const hyps = [...p.hypotheses, ...q.hypotheses];', to: 'const hyps = [...q.hypotheses];' },
  { file, from: 'make(hyps, T.map(', to: 'make([], T.map(' },
  { file, from: 'make(hyps, T.scan(', to: 'make([], T.scan(' },
  { file, from: 'make(moved, ', to: 'make([], ' },
  { file, from: 'make(moved, ', to: 'make(hyps, ' },
  { file, from: 'make([h], S.substitute', to: 'make([], S.substitute' },
  { file, from: 'make([...p.hypotheses, ...without(q.hypotheses, h)]', to: 'make([...without(q.hypotheses, h)]' },
  { file, from: 'make([...p.hypotheses, ...without(q.hypotheses, h)]', to: 'make([...p.hypotheses]' },
  { file, from: 'make(own, lhs, rhs,', to: 'make([], lhs, rhs,' },
  { file, from: 'const kept = [...p.hypotheses, ...without', to: 'const kept = [...without' },
  { file, from: 'const kept = [...p.hypotheses, ...without(q.hypotheses, hypothesis([], lhs, rhs))];', to: 'const kept = [...p.hypotheses];' },
  { file, from: 'notFreeIn(\'induction\', axis, kept)', to: 'notFreeIn(\'induction\', axis, p.hypotheses)' },
  { file, from: 'notFreeIn(\'induction\', axis, kept)', to: 'notFreeIn(\'induction\', axis, q.hypotheses)' },
];
