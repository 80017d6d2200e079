// Characters that no text of the language has, and what to write for them. Invariant: a closed table; letters of other alphabets are
// named by what mathematics calls them. Knows no prose.
import { type Found, type Scene, at } from './scene.js';

/** Written for a character: text of the language. */
const written: Readonly<Record<string, string>> = {
  '·': '*', '×': '*', '∗': '*', '⋅': '*', '∙': '*', '⊗': '*', '⊙': '*', '÷': '/', '∕': '/', '⁄': '/',
  '−': '-', '–': '-', '—': '--', '‐': '-', '‑': '-', '≤': '<=', '⩽': '<=', '≥': '>=', '⩾': '>=', '≠': 'not (x == y)',
  '≡': '=', '≈': '=', '≔': ':=', '→': '->', '⟶': '->', '⇒': '=>', '↦': '=>', '←': '<-', '∘': 'f ; g', '⨾': ';',
  '∧': 'and', '∨': 'or', '¬': 'not', '√': 'sqrt', '∑': 'sum n (…)', 'Σ': 'sum n (…)', '∏': 'prod n (…)', 'Π': 'prod n (…)', 'λ': 'fun (x : R) => …',
  'ℝ': 'R', '𝔹': 'B', '∀': 'a group `[n]` or `(x : R)`', '∃': 'a group `(x : R)`', '∈': ':', '∞': 'a number', '∅': '0', '…': 'what is left out',
  '⟨': '(', '⟩': ')', '⟦': '[', '⟧': ']', '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': "'", '’': "'", '′': "'", '²': 'square(x)', '³': 'x * x * x',
  '½': '1/2', '⊤': 'true', '⊥': 'false', '•': '{ … }', '▸': 'rewrite', '（': '(', '）': ')', '，': ',', '：': ':', '；': ';', '＝': '=', '＋': '+', '。': 'nothing',
}; // prettier-ignore

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const digits = '₀₁₂₃₄₅₆₇₈₉';

function instead(c: string): string | undefined {
  const known = written[c];
  if (known !== undefined) return known;
  const lower = c.toLowerCase().codePointAt(0)! - 0x3b1;
  if (greek[lower])
    return c === c.toLowerCase() ? greek[lower] : `${greek[lower]![0]!.toUpperCase()}${greek[lower]!.slice(1)}`;
  if (digits.includes(c)) return String(digits.indexOf(c));
  return /\p{Zs}/u.test(c) ? ' ' : undefined;
}

export function character(s: Scene): Found | undefined {
  const c = s.token && String.fromCodePoint(s.text.codePointAt(s.token.start)!);
  if (!s.token || !c || (c >= ' ' && c <= '~')) return undefined;
  return at(
    { start: s.token.start, end: s.token.start + c.length },
    { _tag: 'Character', found: c, instead: instead(c) },
  );
}
