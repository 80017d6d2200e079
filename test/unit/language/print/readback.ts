// What is shown of a random diagram, read again. Invariant: nothing is skipped in silence: what is too large to show is counted.
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../../src/core/index.js';
import * as core from '../../../../src/core/index.js';
import { showTerm } from '../../../../src/language/print/show.js';
import * as B from '../../../../src/language/point/build.js';
import { elaborateExpr } from '../../../../src/language/elaborate/elaborate.js';
import type { Binding } from '../../../../src/language/point/point.js';
import { type Env, type FunctionEntry, enter } from '../../../../src/language/elaborate/scope.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { parseExpr } from '../../../../src/language/syntax/parse.js';
import { partsOf, show as showDiagram } from '../../../oracle/laws/show.js';

const prelude = `def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
def max2 (x y : R) : R := if x < y then y else x
def max [n] (x : R[n]) : R := fold i:n (m = first x) (max2(m, x[i]))
`;
const base: Env = checkLibrary([{ path: 'a.weft', text: prelude }], []).statements.envs.get('a.weft')!;

/** The definitions that a diagram calls, as functions. */
function functionsOf(root: Door.Term): ReadonlyMap<string, FunctionEntry> {
  const found = new Map(base.functions);
  const pending = [root];
  for (let t = pending.pop(); t; t = pending.pop()) {
    pending.push(...partsOf(t));
    if (t._tag !== 'Call') continue;
    const { objects, morphisms } = t.definition.parameters;
    const braces = [
      ...objects.map((name) => ({ _tag: 'Object', name }) as const),
      ...morphisms.map((variable) => ({ _tag: 'Morphism', variable }) as const),
    ];
    if (!found.has(t.definition.name))
      found.set(t.definition.name, { definition: t.definition, braces, wires: undefined });
  }
  return found;
}

/** What a goal about the diagram would have in scope. */
export function envOf(term: Door.Term): Env {
  const vars = core.variables(term);
  if (E.isLeft(vars)) throw new Error(vars.left.condition);
  const { axes, signatureAxes, objects, morphisms } = vars.right;
  const names = {
    axes: new Map([...axes, ...signatureAxes].filter((v) => v.scope === 'free').map((v) => [v.name, B.ofVar(v)])),
    objects: new Map([...objects].map((o) => [o, B.objVar(o)])),
    morphisms: new Map([...morphisms].map((h) => [h.name, h])),
  };
  return { ...enter(base, names), functions: functionsOf(term) };
}

export const wiresOf = (term: Door.Term): readonly Binding[] =>
  B.leafObjects(term.dom).map((object, i) => ({ name: `w${i + 1}`, object }));

/** No scope has two morphism variables of one name. */
const clashes = (term: Door.Term): boolean => {
  const vars = core.variables(term);
  if (E.isLeft(vars)) return false;
  const names = [...vars.right.morphisms].map((h) => h.name);
  return new Set(names).size < names.length;
};

/** A loop without a state has a diagram, `scan n 1 f`, and no expression. */
export function stateless(root: Door.Term): boolean {
  const pending = [root];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (t._tag === 'Scan' && t.state.leaves.length === 0) return true;
    pending.push(...partsOf(t));
  }
  return false;
}

export type Outcome =
  'same' | 'abridged' | 'over a limit' | 'two of a name' | 'no expression' | { readonly wrong: string };

/** Shows a diagram, reads what is shown, and compares. */
export function readBack(term: Door.Term): Outcome {
  if (clashes(term)) return 'two of a name';
  if (stateless(term)) return 'no expression';
  const wires = wiresOf(term);
  const text = showTerm(term, wires).join('\n');
  if (text.includes('…')) return 'abridged';
  const tree = parseExpr(text);
  if (E.isLeft(tree)) return { wrong: `does not parse: ${text}\n${JSON.stringify(tree.left.fact)}` };
  const again = elaborateExpr(envOf(term), wires, tree.right);
  if (E.isLeft(again)) {
    if (again.left.code === 'E-BUDGET') return 'over a limit';
    return {
      wrong: `does not elaborate: ${text}\n${again.left.code} ${again.left.fact._tag} at ${again.left.span?.start}: ${text.slice(again.left.span?.start, again.left.span?.end)}`,
    };
  }
  const same = core.equal(term, again.right.term);
  if (E.isLeft(same)) return 'over a limit';
  return same.right
    ? 'same'
    : { wrong: `is another diagram: ${text}\n${showDiagram(term)}\n${showDiagram(again.right.term)}` };
}
