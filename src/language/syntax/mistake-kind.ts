// What a person probably meant where a text does not parse: closed facts. Invariant: one sentence for each in diagnostic/. Knows no text.
import type { ForeignKind } from './foreign-words.js';

// prettier-ignore
export type FormKind =
  | 'comment' | 'final-stop' | 'semicolon' | 'double-equals' | 'not-an-equation' | 'no-equation' | 'define-equals' | 'define-missing'
  | 'colon-missing' | 'over-missing' | 'wires-untyped' | 'wires-comma' | 'axes-comma' | 'size-number' | 'index-arithmetic' | 'index-number'
  | 'slice' | 'position-index' | 'body-parentheses' | 'loop-state' | 'missing-operator' | 'decimal-point' | 'exponent' | 'power' | 'percent'
  | 'not-equal' | 'and' | 'or' | 'not' | 'lambda' | 'ternary' | 'absolute' | 'underscore' | 'let-define' | 'let-in' | 'if-else' | 'dot'
  | 'import-quotes' | 'name-missing' | 'name-dots' | 'given-name' | 'quantifier' | 'no-strength' | 'stream-part' | 'stream-order'
  | 'proof-elsewhere' | 'proof-in-statements' | 'statement-in-proofs' | 'step-outside' | 'proof-name' | 'proof-header' | 'with'
  | 'with-brackets' | 'with-define' | 'rewrite-brackets' | 'rewrite-comma' | 'rewrite-arrow' | 'rewrite-mark' | 'at-place' | 'in-side'
  | 'step-separator' | 'bullet' | 'calc-blank' | 'calc-define' | 'induction-with' | 'cases-with' | 'have-form' | 'simp-list' | 'block-bare'
  | 'equation-brackets'
  | 'wires-braces'
  | 'binder-brackets'
  | 'apply-arrow'
  | 'operand-missing' | 'trailing-comma' | 'unary-space' | 'map-arrow';

export type Mistake =
  /** a character that no text of the language has, and what to write for it */
  | { readonly _tag: 'Character'; readonly found: string; readonly instead: string | undefined }
  | { readonly _tag: 'NoQed'; readonly name: string }
  /** a bracket that nothing closes, or that `found` does not close */
  | { readonly _tag: 'OpenBracket'; readonly open: string; readonly found: string }
  | { readonly _tag: 'ClosesNothing'; readonly found: string }
  | { readonly _tag: 'ReservedName'; readonly word: string }
  /** a word of another language */
  | { readonly _tag: 'Foreign'; readonly found: string; readonly kind: ForeignKind }
  | { readonly _tag: 'Misspelt'; readonly found: string; readonly words: readonly string[] }
  | { readonly _tag: 'Form'; readonly found: string; readonly kind: FormKind };
