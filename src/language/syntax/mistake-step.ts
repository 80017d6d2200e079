// Forms of proofs that other provers have. Invariant: looks only where a proof does not parse. Knows no prose.
import type { FormKind } from './mistake-kind.js';
import { type Found, type Scene, at } from './scene.js';
import type { Token } from './token.js';

const same = (t: Token | undefined, ...texts: readonly string[]): boolean => t !== undefined && texts.includes(t.text);

/** The step word that begins what the place is in, on its line. */
function stepOf(s: Scene): Token | undefined {
  for (let i = s.index - 1; i > s.headIndex; i -= 1) {
    const t = s.tokens[i]!;
    if (
      /^(rewrite|apply|simp|calc|induction|assumption|cases|have|unfold|refl|ring|symm|normalise|positivity|field|linear)$/.test(
        t.text,
      )
    )
      return t;
  }
  return undefined;
}

function citing(s: Scene, step: Token): FormKind | undefined {
  const { token, before } = s;
  const own = before === step;
  if (own && same(token, '[')) return step.text === 'rewrite' ? 'rewrite-brackets' : 'with';
  if (own && same(token, '(', '@')) return 'with';
  if (own && step.text === 'apply' && same(token, '<', '<-', '->')) return 'apply-arrow';
  if (own && same(token, '->')) return 'rewrite-arrow';
  if (own && same(token, '!', '?', '-')) return 'rewrite-mark';
  if (same(before, 'at') && token?.kind === 'word') return 'at-place';
  if (same(before, 'in') && step.text === 'rewrite') return 'in-side';
  if (same(token, ',') && step.text === 'rewrite') return 'rewrite-comma';
  if (same(before, 'with') && same(token, '(')) return 'with-brackets';
  if (same(token, '=') && s.wants('":="')) return 'with-define';
  const beside = token && before && !token.first && before.kind === 'word' && before !== step;
  if (beside && (token.kind !== 'mark' || same(token, '(', '_'))) return 'with';
  return undefined;
}

function inSteps(s: Scene): FormKind | undefined {
  const { token, before } = s;
  const step = stepOf(s);
  if (same(token, ';', '<', '|', '&&', ',') && !s.within && step && step.text !== 'rewrite') return 'step-separator';
  if (same(token, ';', '&&')) return 'step-separator';
  if (token?.first && same(token, '-', '+', '*', '.')) return 'bullet';
  if (step && /^(rewrite|apply|assumption|unfold)$/.test(step.text)) return citing(s, step);
  const chained = s.tokens.slice(Math.max(0, s.headIndex), s.index).some((t) => t.text === 'calc');
  if (chained && same(token, '_')) return 'calc-blank';
  if (step?.text === 'calc' && same(token, ':=')) return 'calc-define';
  if (step?.text === 'induction' && same(token, 'with', 'generalizing', '(', 'using', 'as')) return 'induction-with';
  if (step?.text === 'cases' && same(token, 'with', 'as')) return 'cases-with';
  if (step?.text === 'have' && (same(token, ':=') || (same(token, ':') && before === step))) return 'have-form';
  if (step?.text === 'simp' && s.wants('a name')) return 'simp-list';
  if (same(token, '{') && !s.within) return 'block-bare';
  return undefined;
}

function opening(s: Scene): FormKind | undefined {
  const { token, before, head, headIndex, index } = s;
  if (head?.text !== 'proof') return undefined;
  if (same(before, 'proof') && same(token, '-', '(', '.', '{')) return 'proof-name';
  if (index === headIndex + 2 && same(token, ':', '(', '[', ':=', '=')) return 'proof-header';
  return undefined;
}

export function stepForm(s: Scene): Found | undefined {
  const { token, before } = s;
  const proofs = s.head?.text === 'proof' || (s.wants('"proof"') && !s.wants('"theorem"'));
  if (!proofs || !token) return undefined;
  if (s.head === undefined || before?.text === 'qed') return after(s);
  const kind = same(token, '.') ? 'final-stop' : (opening(s) ?? inSteps(s));
  return kind && at(token, { _tag: 'Form', found: token.text, kind });
}

/** Between proofs. */
function after(s: Scene): Found | undefined {
  const token = s.token!;
  if (same(token, '.')) return at(token, { _tag: 'Form', found: '.', kind: 'final-stop' });
  if (/^(theorem|axiom|def|stream|sort)$/.test(token.text))
    return at(token, { _tag: 'Form', found: token.text, kind: 'statement-in-proofs' });
  if (/^(rewrite|apply|simp|calc|induction|assumption|cases|have|unfold|refl|ring|symm|qed|\?)$/.test(token.text))
    return at(token, { _tag: 'Form', found: token.text, kind: 'step-outside' });
  return undefined;
}
