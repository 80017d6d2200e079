// Each axiom with one slip of the pen, each of them false: an operator, a sign, a constant, a condition. Invariant: a slip is a change of
// the axiom's own text, and changes it.
import { type Statement, ofTheorem } from '../../../src/proof/refute/statement.js';
import type { SourceFile } from '../../../src/proof/script/result.js';
import { readStatements } from '../../../src/proof/script/statements.js';
import { library } from '../../support/corpus.js';

type Slip = readonly [from: string, to: string];

// prettier-ignore
export const slips: Readonly<Record<string, readonly Slip[]>> = {
  'add-assoc':     [['(x + y) + z', '(x + y) - z'], ['(y + z)', '(y * z)']],
  'add-zero':      [['x + 0', 'x + 1'], ['= x', '= -x']],
  'add-neg':       [['x + -x', 'x + x'], ['= 0', '= 1']],
  'mul-assoc':     [['(x * y) * z', '(x * y) + z'], ['(y * z)', '(y * y)']],
  'mul-comm':      [['= y * x', '= y + x'], ['= y * x', '= -(y * x)']],
  'mul-one':       [['x * 1', 'x * 2'], ['x * 1', 'x + 1']],
  distrib:         [['x * z + y * z', 'x * z - y * z'], ['x * z + y * z', 'x * z + y']],
  'mul-recip':     [['if x == 0 then 0 else 1', '1'], ['then 0 else 1', 'then 1 else 1'], ['x * recip x', '-x * recip x']],
  'recip-zero':    [['= 0', '= 1'], ['recip 0', 'recip 1']],
  'zero-lt-one':   [['= true', '= false'], ['0 < 1', '1 < 0'], ['0 < 1', '0 < 0']],
  'lt-asymm':      [['x < y and', 'x < y or'], ['y < x', 'x < y']],
  'lt-cotrans':    [['y < z', 'z < y'], ['or', 'and'], ['if x < z then x < y or y < z else true', 'x < y or y < z']],
  'eq-subst':      [['then y else z', 'then z else z'], ['if x == y', 'if x < y']],
  'add-lt':        [['y + z', 'y - z'], ['(x < y)', '(y < x)'], ['x + z', 'x * z']],
  'mul-pos':       [['0 < x and 0 < y', '0 < x'], ['0 < x * y', 'x * y < 0'], ['0 < x and', 'x < 0 and']],
  'exp-add':       [['exp(x + y)', 'exp(x * y)'], ['exp x * exp y', 'exp x + exp y'], ['x + y', 'x - y']],
  'exp-lt':        [['exp x < exp y', 'exp x < exp(-y)'], ['(x < y)', '(y < x)']],
  'exp-log':       [['else 1', 'else 0'], ['if 0 < x then x else 1', 'x'], ['exp(log x)', 'exp(-log x)']],
  'sqrt-square':   [['else 0', 'else x'], ['sqrt x * sqrt x', 'sqrt x + sqrt x'], ['if 0 < x', 'if x < 0']],
  'sqrt-nonneg':   [['not (sqrt x < 0)', 'sqrt x < 0'], ['sqrt x < 0', 'sqrt x < 1'], ['sqrt x < 0', '0 < sqrt x']],
  'boolean-cases': [
    ['  given yes : (x : A) : f(true, x) = g(true, x)\n', ''],
    ['  given no : (x : A) : f(false, x) = g(false, x)\n', ''],
    ['f(false, x) = g(false, x)', 'f(true, x) = g(true, x)'],
    ['f(b, x) = g(b, x)', 'f(b, x) = g(not b, x)'],
  ],
};

/** Each axiom of a file with its text. */
export function axiomTexts({ text }: SourceFile): ReadonlyMap<string, string> {
  const bare = text.replace(/^--.*$/gm, '');
  const blocks = bare.split(/^(?=axiom )/m).filter((b) => b.startsWith('axiom '));
  return new Map(blocks.map((b) => [/^axiom (\S+)/.exec(b)![1]!, `${b.trimEnd()}\n`]));
}

export interface Typo {
  readonly axiom: string;
  readonly text: string;
}
/** Where it is not there to be changed, the slip is none. */
export const typos = (texts: ReadonlyMap<string, string>): readonly Typo[] =>
  Object.entries(slips).flatMap(([axiom, list]) =>
    list.flatMap(([from, to]): readonly Typo[] => {
      const text = texts.get(axiom);
      return text?.includes(from) ? [{ axiom, text: text.replace(from, to) }] : [];
    }),
  );

export const theAxioms = (): ReadonlyMap<string, string> =>
  axiomTexts(library().statements.find((f) => f.path === 'theorems/axioms.weft')!);

/** What one axiom states; undefined where it cannot be stated. */
export function axiomStatement({ axiom, text }: Typo): Statement | undefined {
  const stated = readStatements([{ path: 'theorems/t.weft', text }]).axioms.get(axiom);
  return stated && ofTheorem(stated);
}
