// What a kernel says of its domain: conditions that are proved by their form, those that are the caller's, and which of a loop's state is never negative.
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { beforeAll, describe, expect, test } from 'vitest';
import * as core from '../../../../src/core/index.js';
import { extract } from '../../../../src/kernel/extract/extract.js';
import { type Lemmas, notNegative, signOf } from '../../../../src/kernel/extract/sign.js';
import { wiresOf } from '../../../../src/proof/tactic/discharge.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const file = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const names = ['axioms', 'ring', 'order', 'reductions'];

/** a definition; what is proved of it, what is left */
const definitions: readonly (readonly [string, string, string])[] = [
  ['a [n] (x : R[n]) : R[n] := map n (recip(1 + exp(x[n])))', 'not zero', ''],
  ['b [n] (x : R[n]) : R[n] := map n (recip(1 + x[n]))', '', 'not zero'],
  ['c [n, m] (x : R[n m]) : R[n] := map n (sqrt(sum m (x[n, m] * x[n, m])))', 'not negative', ''],
  ['d [n, m] (x : R[n m]) : R[n] := map n (sqrt(sum m (x[n, m] * x[n, m] * x[n, m])))', '', 'not negative'],
  ['e [n, m] (x : R[n m]) : R[n] := map n (log(sum m (exp(x[n, m]) / sqrt(size m))))', 'positive, not zero, not negative', ''],
  ['f [n, m?] (x : R[n m]) : R[n] := map n (log(sum m (exp(x[n, m]))))', '', 'positive'],
  // what is computed once, outside of the indices, is known inside
  ['g [n] (x : R[n], y : R) : R[n] := let z = 1 + exp y in map n (x[n] / (z * z + x[n] * x[n]))', 'not zero', ''],
  ['h [n] (x : R[n], y : R) : R[n] := map n (x[n] / (y + x[n] * x[n]))', '', 'not zero'],
]; // prettier-ignore

/** a start, a turn over the state and an element, and which of the state is not negative at every turn */
const loops: readonly (readonly [start: string, turn: string, kept: readonly number[]])[] = [
  ['(0, x)', '(s + 1, t + y)', [0]],
  ['(0, x)', '(s - 1, t + y)', []],
  ['(-1, x)', '(s + 1, t + y)', []],
  ['(x, 0)', '(s + y * y, t + exp y)', [1]],
  ['(exp x, x * x)', '(s + t, t * s)', [0, 1]],
  // one that is kept only while another is, which is not
  ['(1, 1)', '(s + t, t - y)', []],
  ['(1, 1)', '(s + t, t + recip(1 + s))', [0, 1]],
];

let library: Library;
let lemmas: Lemmas;
beforeAll(() => {
  const parts = loops.map(
    ([start, turn], i) => `def start${i} (x : R) : R * R := ${start}\ndef turn${i} (s t y : R) : R * R := ${turn}\n`,
  );
  const own =
    'def positive (x : R) : R := exp x\ntheorem own-exp-pos (x : R)\n  given all : (y : R) : 0 < y = true\n  : 0 < exp x = true\n';
  const text = `import "reductions.weft"\n${own}${definitions.map(([d]) => `def ${d}\n`).join('')}${parts.join('')}`;
  const statements = [...names.map((n) => file(`theorems/${n}.weft`)), { path: 'theorems/t.weft', text }];
  library = checkLibrary(statements, [
    ...names.slice(1).map((n) => file(`proofs/${n}.weft`)),
    { path: 'proofs/t.weft', text: 'proof own-exp-pos\n  rewrite all\nqed\n' },
  ]);
  expect(library.diagnostics.filter((d) => d.file === 'theorems/t.weft')).toEqual([]);
  const axioms = [...library.statements.axioms].map(([name, a]) => [name, a.thm] as const);
  lemmas = new Map([...axioms, ...[...library.proved].map(([name, c]) => [name, c.thm] as const)]);
});

describe('a definition', () => {
  test.each(definitions)('%s', (text, proved, left) => {
    const made = extract(library, text.split(' ')[0]!, 'wgsl', { tiles: new Map(), ragged: 'first' });
    if (E.isLeft(made)) throw new Error(made.left._tag);
    const of = (is: boolean): string =>
      made.right.domain
        .filter((c) => c.proved === is)
        .map((c) => c.requires)
        .join(', ');
    expect([of(true), of(false)]).toEqual([proved, left]);
    for (const c of made.right.domain.filter((d) => d.proved)) expect(c.by.length).toBeGreaterThan(0);
  });
});

describe('the state of a loop', () => {
  test.each(loops.map((l, i) => [i, ...l] as const))('%i: from %s by %s', (i, _start, _turn, kept) => {
    const body = (name: string): core.Term => library.statements.envs.get('theorems/t.weft')!.functions.get(name)!.definition.body;
    const [start, turn] = [body(`start${i}`), body(`turn${i}`)];
    const [s, t, y] = wiresOf(turn);
    const loop = { state: [s!, t!], start, turn: { term: turn, wires: [s!, t!, y!], holds: [0, 1] } };
    expect([...notNegative(loop, lemmas, core.evaluator()).components]).toEqual(kept);
    expect(notNegative(loop, new Map(), core.evaluator()).components.size, 'without lemmas nothing is known').toBe(0);
  });

  test('a lemma of the same name that has a hypothesis proves nothing; without one it does', () => {
    const term = library.statements.envs.get('theorems/t.weft')!.functions.get('positive')!.definition.body;
    const own = library.proved.get('own-exp-pos')!.thm;
    const [known, stated] = [lemmas, new Map([...lemmas, ['exp-pos', own]])].map((l) => signOf(term, 'positive', l, core.evaluator()));
    expect([known !== undefined, stated]).toEqual([true, undefined]);
  });
}); // prettier-ignore
