// What is checked alone comes out as it does in its library: the same verdict, the same axioms, the same certificate, the same kernel, whatever else is
// loaded; and nothing else is checked.
import { beforeAll, describe, expect, it } from 'vitest';
import * as E from 'fp-ts/lib/Either.js';
import { checkTexts, extract as extractKernel, libraryFolder, WeftError } from '../../../../src/index.js';
import { loadFor } from '../../../../src/project/project.js';
import { neededBy } from '../../../../src/kernel/extract/needs.js';
import { type Extracted, extract } from '../../../../src/kernel/extract/extract.js';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import type { TheoremReport } from '../../../../src/proof/script/result.js';
import { library } from '../../../support/corpus.js';
import { world } from '../../kernel/extract/world.js';

const files = library();
let whole: Library;
beforeAll(() => {
  whole = checkLibrary(files.statements, files.proofs);
}, 240_000);

/** The files that the names lead to, and of those what they rest on. */
const alone = (...names: readonly string[]): Library => {
  const few = loadFor(libraryFolder, names);
  expect(few.statements.length).toBeLessThan(files.statements.length);
  return checkLibrary(few.statements, few.proofs, { only: (s) => names.flatMap((n) => neededBy(s, n)) });
};
const said = ({ name, status, code, hypotheses, axioms, uses }: TheoremReport) => ({
  name,
  status,
  code,
  hypotheses,
  axioms,
  uses,
});
const reportOf = (of: Library, name: string) => of.theorems.filter((t) => t.name === name).map(said);
const kernel = (of: Library, name: string): Extracted => {
  const made = extract(of, name, 'wgsl', { tiles: new Map(), ragged: 'first' });
  if (E.isLeft(made)) throw new Error(made.left._tag);
  return made.right;
};

describe('checked alone', () => {
  it.each(['attention', 'layer-norm-linear', 'arg-max', 'decay', 'sum-zero', 'ring-atom', 'total', 'map-fold'])(
    '%s, and what it rests on',
    { timeout: 240_000 },
    (name) => {
      const part = alone(name);
      expect(part.theorems.length).toBeLessThan(whole.theorems.length);
      expect(part.theorems.map((t) => t.name)).toContain(name);
      for (const t of part.theorems) {
        expect([said(t)]).toEqual(reportOf(whole, t.name));
        const [a, b] = [part, whole].map((of) => certificates(of).of(t.name));
        expect(a).toEqual(b);
      }
      const proofless = whole.diagnostics.filter((d) => d.fact._tag !== 'NoProof');
      expect(part.diagnostics.filter((d) => !proofless.some((w) => w.file === d.file && w.code === d.code))).toEqual(
        [],
      );
    },
  );

  it('checks nothing that is not needed', () => {
    const part = alone('total');
    expect(part.theorems.map((t) => t.name)).not.toContain('attention');
    expect(part.only!.has('attention')).toBe(false);
    expect(part.proved.has('attention')).toBe(false);
    const extracted = extract(part, 'attention', 'wgsl', { tiles: new Map(), ragged: 'first' });
    expect(E.isLeft(extracted) && extracted.left._tag).toBe('NotProved');
  });

  it('a kernel is the same, whatever is checked or loaded with it', { timeout: 240_000 }, () => {
    for (const name of ['total', 'logsumexp']) {
      const text = kernel(whole, name).text;
      expect(kernel(alone(name), name).text).toBe(text);
      expect(kernel(alone('total', 'logsumexp'), name).text).toBe(text);
    }
    expect(kernel(world('attention'), 'attention').text).toBe(kernel(whole, 'attention').text);
    expect(kernel(alone('def:softmax'), 'def:softmax').text).toBe(kernel(whole, 'def:softmax').text);
  });
});

// ---- a project of its own -----------------------------------------------------------------------------------------------

const theorems = `import "../weft/theorems/axioms.weft"
theorem good (x : R) : x = x + 0
theorem better (x : R) : x = x + 0 + 0
theorem wrong (x : R) : x = x + 1
theorem lost (x : R) : x + 0 = x
theorem late (x : R) : x = x + 0
`;
const proofs = `proof good
  rewrite add-zero in rhs
qed
proof better
  rewrite good
  { rewrite add-zero in rhs }
qed
proof wrong
  rewrite add-zero in rhs
qed
proof lost
  rewrite wrong
qed
proof late
  rewrite better
qed
`;
const project = (only?: readonly string[], more = '') =>
  checkTexts(
    [
      { path: 'theorems/a.weft', text: theorems },
      { path: 'proofs/a.weft', text: proofs + more },
    ],
    only ? { only } : {},
  );

describe('check(…, { only })', () => {
  const all = project();
  it.each(['good', 'better', 'wrong', 'lost', 'late'])('%s has the verdict that it has among all', (name) => {
    const one = project([name]);
    expect(reportOf(one.library, name)).toEqual(reportOf(all.library, name));
    const status = all.theorems.find((t) => t.name === name)!.status;
    expect(one.ok).toBe(status === 'proved');
    expect(one.unchecked.length + one.theorems.length).toBe(5);
    for (const t of one.theorems) expect(one.unchecked).not.toContain(t.name);
  });

  it('says nothing of what is not asked, and everything of what it rests on', () => {
    expect(project(['good']).messages).toEqual([]);
    expect(project(['good']).theorems.map((t) => t.name)).toEqual(['good']);
    expect(project(['lost']).theorems.map((t) => t.name)).toEqual(['wrong', 'lost']);
    expect(project(['lost']).messages.join()).toContain('E-MATCH');
  });

  it('a statement that cannot be read, in a file that it sees, is said', () => {
    const texts = (bad: string) => [
      { path: 'theorems/a.weft', text: `${theorems}${bad}` },
      { path: 'proofs/a.weft', text: proofs },
    ];
    expect(checkTexts(texts('theorem odd (x : R) : x = nothing(x)\n'), { only: ['good'] }).messages.length).toBe(1);
    expect(checkTexts(texts(''), { only: ['good'] }).messages.length).toBe(0);
  });

  it('a file of proofs that cannot be read is said where it may prove what is asked', () => {
    const texts = (own: string) => [
      { path: 'theorems/a.weft', text: 'theorem t (x : R) : x = x\n' },
      { path: 'proofs/a.weft', text: '' },
      { path: 'proofs/b.weft', text: own },
    ];
    const broken = checkTexts(texts('proof t\n  refl (\nqed\n'), { only: ['t'] });
    expect(broken.messages.join()).toContain('E-SYNTAX');
    expect(broken.ok).toBe(false);
    const elsewhere = checkTexts(texts('proof t\n  refl\nqed\n'), { only: ['t'] });
    expect(elsewhere.ok).toBe(true);
  });

  it('a name that there is not is refused, with one that is near', () => {
    expect(() => project(['goood'])).toThrow(WeftError);
    expect(() => project(['goood'])).toThrow(/good/);
  });

  it('is what a kernel is extracted from', { timeout: 120_000 }, () => {
    const stream = `import "../weft/theorems/streaming.weft"
stream plain-sum [n] (x : R[n]) over n
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  merge s + s'
  commutative
`;
    const proof = `import "../weft/proofs/streaming.weft"
proof plain-sum
  refl
qed
proof plain-sum.mergeable
  rewrite sum-add
qed
proof plain-sum.commutative
  ring
qed
`;
    const texts = [
      { path: 'theorems/s.weft', text: stream },
      { path: 'proofs/s.weft', text: proof },
    ];
    const one = checkTexts(texts, { only: ['plain-sum'] });
    expect(one.messages).toEqual([]);
    expect(extractKernel(one, 'plain-sum', { target: 'wgsl' }).text).toBe(
      extractKernel(checkTexts(texts), 'plain-sum', { target: 'wgsl' }).text,
    );
  });
});
