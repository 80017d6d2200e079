// The step `stream` closes laws of streams, and refuses a merge that is not that of the state.
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadBeside, packageFolder } from '../../../../src/project/project.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

const stream = (name: string, head: string, state: string, merge: string): string => `
stream ${name} [n] (x y : R[n], p : B[n]) over n
  spec ${head}
  state ${state}
  head ${head}
  final ${state.includes(',') ? '(s, t)' : 's'}
  merge ${merge}
  commutative
`;
const [one, two] = ['(s : R)', '(s : R, t : R)'];
const right = [
  stream('totals', '(sum(x), product n (x[n] * y[n]))', two, "(s + s', t * t')"),
  stream('ends', '(max(x), min(y))', two, "(max2(s, s'), min2(t, t'))"),
  stream('two-ends', '(max(x), max(y))', two, "(max2(s, s'), max2(t, t'))"),
  stream('word', 'all(p)', '(s : B)', "s and s'"),
  stream('turned', 'sum(x)', one, "s' + s"),
  stream(
    'weights',
    '(let m = max(x) in (m, sum n (exp(x[n] - m))))',
    two,
    "(let m = max2(s, s') in (m, exp(s - m) * t + exp(s' - m) * t'))",
  ),
];
const wrong = [
  stream('lost', 'sum(x)', one, 's'),
  stream('minus', 'sum(x)', one, "s - s'"),
  stream('crossed', '(max(x), min(y))', two, "(min2(s, s'), max2(t, t'))"),
  stream('unscaled', '(let m = max(x) in (m, sum n (exp(x[n] - m))))', two, "(max2(s, s'), t + t')"),
];
const names = (texts: readonly string[]): readonly string[] => texts.map((t) => /stream (\S+)/.exec(t)![1]!);

let library: Library;
beforeAll(() => {
  const general = loadBeside(packageFolder, join(packageFolder, 'theorems/separation.weft'), [
    'proofs/separation.weft',
  ]);
  const all = [...right, ...wrong];
  const proofs = names(all).flatMap((n) =>
    ['', '.mergeable', '.commutative'].map((l) => `proof ${n}${l}\n  stream\nqed`),
  );
  library = checkLibrary(
    [...general.statements, { path: 'theorems/laws.weft', text: `import "separation.weft"\n${all.join('')}` }],
    [...general.proofs, { path: 'proofs/laws.weft', text: `import "separation.weft"\n${proofs.join('\n')}` }],
  );
}, 300_000);
const status = (name: string) => library.theorems.find((t) => t.name === name);

test.each(names(right))('%s: every law', (name) => {
  for (const law of ['', '.mergeable', '.commutative']) expect(status(`${name}${law}`)?.status, law).toBe('proved');
});
test.each(names(wrong))('%s: the merge is refused', (name) => {
  expect(status(name)?.status).toBe('proved');
  expect(status(`${name}.mergeable`)).toMatchObject({ status: 'rejected', code: 'E-EQ' });
});
