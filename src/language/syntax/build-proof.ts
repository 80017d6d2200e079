// From parse nodes to trees: proofs.
import { type Actions, each, items, option, word } from './build-term.js';
import { type Node, read, spanOf } from './node.js';
import type { InstTree, Name, Phrase, TacticTree } from './tree.js';

type Modifier =
  { readonly insts: readonly InstTree[] } | { readonly at: number | Phrase } | { readonly side: 'lhs' | 'rhs' };

const words = { refl: 'Refl', symm: 'Symm', ring: 'Ring', tauto: 'Tauto', stream: 'Stream', normalise: 'Normalise', positivity: 'Positivity', field: 'Field', linear: 'Linear' } as const; // prettier-ignore
const plain = (name: string): TacticTree => ({ _tag: words[name as keyof typeof words] });

const simp = (rules: Node): TacticTree => ({ _tag: 'Simp', rules: items(rules) });

export const tacticActions: Actions = {
  Tactic_plain: (name) => plain(word(name)),
  Tactic_hole: (_mark) => ({ _tag: 'Hole' }),
  Tactic_unfold: (_word, name) => ({ _tag: 'Unfold', name: read(name) }),
  Tactic_rewrite: (_word, rule, modifiers) => ({
    _tag: 'Rewrite',
    rule: read(rule),
    insts: [],
    at: undefined,
    side: undefined,
    ...Object.assign({}, ...each<Modifier>(modifiers)),
  }),
  Tactic_simp: (_word, _open, rules, _close) => simp(rules),
  Tactic_simpBare: (_word, rules) => simp(rules),
  Tactic_calc: (_word, from, links) => ({ _tag: 'Calc', from: read(from), links: each(links) }),
  Tactic_apply: (_word, name, insts) => ({ _tag: 'Apply', name: read(name), insts: option(insts) ?? [] }),
  Tactic_induction: (_word, axis, side) => ({
    _tag: 'Induction',
    axis: read(axis),
    side: side.numChildren > 0 ? (word(side) as 'left' | 'right') : undefined,
  }),
  Tactic_assumption: (_word, name, insts) => ({ _tag: 'Assumption', name: option(name), insts: option(insts) ?? [] }),
  Tactic_cases: (_word, on) => ({ _tag: 'Cases', on: items(on) }),
  Tactic_have: (_word, name, params, givens, _colon, lhs, _is, rhs, by) => ({
    _tag: 'Have',
    name: read(name),
    params: read(params),
    givens: each(givens),
    lhs: read(lhs),
    rhs: read(rhs),
    by: read(by),
  }),
};

export const proofActions: Actions = {
  ProofFile: (list) => each(list),
  Opening: (imports, _proof, _rest) => each(imports),
  Proof(_proof, name, steps, _qed) {
    return { _tag: 'Proof', name: read<Name>(name), steps: each(steps), span: spanOf(this) };
  },
  Step(tactic, blocks) {
    return { tactic: read(tactic), blocks: each(blocks), span: spanOf(this) };
  },
  Block: (_open, steps, _close) => each(steps),
  By_block: (_by, block) => read(block),
  By_step: (_by, step) => [read(step)],
  Link(_is, side, by) {
    return { side: read(side), by: option(by), span: spanOf(this) };
  },
  RuleName: (backward, name) => ({ name: read(name), backward: backward.numChildren > 0 }),
  Modifier_with: (insts) => ({ insts: read(insts) }),
  Modifier_at: (_at, count) => ({ at: Number(count.sourceString) }),
  Modifier_atPhrase: (_at, _open, phrase, _close) => ({ at: read(phrase) }),
  Modifier_in: (_in, side) => ({ side: word(side) }),
  With: (_with, insts) => items(insts),
  Inst(name, _is, binders, value) {
    return { name: read(name), binders: option(binders), value: read(value), span: spanOf(this) };
  },
  FamilyBinders: (_open, list, _close) => items(list),
  Phrase(node) {
    return { text: node.source.trimmed().contents, span: spanOf(node) };
  },
  Phrase_diagram: (text, _end) => text,
  Phrase_expr: (text, _end) => text,
  Phrase_axis: (text, _end) => text,
  Phrase_object: (text, _end) => text,
};
