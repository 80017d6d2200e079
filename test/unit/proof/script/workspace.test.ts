// A workspace says what a check of the same files says, after any edits, and runs no proof that they do not touch.
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { Verdicts, numbered } from '../../../../src/proof/script/memory.js';
import { kindOf } from '../../../../src/proof/script/file.js';
import { sourcesFrom } from '../../../../src/proof/script/sources.js';
import { type Check, WeftError, checkTexts, openWorkspace } from '../../../../src/index.js';
import { Workspace, changed } from '../../../../src/proof/script/workspace.js';

type Files = Readonly<Record<string, string>>;
const base: Files = {
  'theorems/base.weft': `axiom add-zero (x : R) : x + 0 = x
axiom add-comm (x y : R) : x + y = y + x
def double (x : R) : R := x + x
theorem zero-add (x : R) : 0 + x = x
theorem twice (x : R) : double(x) = x + x
`,
  'proofs/base.weft': `proof zero-add
  rewrite add-comm
  rewrite add-zero
qed
proof twice
  unfold double
qed
`,
  'theorems/user.weft': `import "base.weft"
theorem lone (x : R) : x + 0 = x
theorem u1 (x : R) : 0 + (0 + x) = x
theorem u2 (x : R) : 0 + (0 + (0 + x)) = x
theorem u3 (x y : R) : double(x) + 0 = x + x
`,
  'proofs/user.weft': `import "base.weft"
proof lone
  rewrite add-zero
qed
proof u1
  rewrite zero-add
  rewrite zero-add
qed
proof u2
  rewrite zero-add
  rewrite u1
qed
proof u3
  rewrite add-zero
  rewrite twice
qed
`,
};

const workspace = (files: Files): Workspace =>
  new Workspace({ roots: () => Object.keys(files), read: (path) => files[path] });
const said = (l: Library) => ({
  theorems: l.theorems.map(({ thm, remembered, ...rest }) => ({ ...rest, has: thm !== undefined, remembered })),
  diagnostics: l.diagnostics.map((d) => JSON.stringify([d.file, d.span, d.code, d.severity, d.fact._tag])).sort(),
});
function afresh(files: Files): Library {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { statements, proofs } = sourcesFrom(Object.keys(files), Object.keys(files), (path) => files[path]);
  expect(statements.length).toBe(all.filter((f) => kindOf(f) === 'statements').length);
  return checkLibrary(statements, proofs);
}
const edited = (files: Files, path: string, from: string, to: string): Files => {
  const text = files[path]!.replace(from, to);
  if (text === files[path]) throw new Error(`nothing to edit: ${from}`);
  return { ...files, [path]: text };
};

/** An edit, and how many proofs it makes run. */
const edits: readonly (readonly [name: string, path: string, from: string, to: string, runs: number])[] = [
  ['a proof', 'proofs/user.weft', 'proof lone\n  rewrite', 'proof lone\n  symm\n  rewrite add-zero in rhs\n--', 1],
  [
    'a proof that others cite: they stand on the new one',
    'proofs/base.weft',
    'rewrite add-comm\n',
    'rewrite add-comm with x := 0, y := x\n',
    4,
  ],
  ['a comment between proofs', 'proofs/user.weft', 'proof u1', '-- hello\nproof u1', 0],
  ['a comment between statements', 'theorems/base.weft', 'theorem twice', '-- hello\n\ntheorem twice', 0],
  ['a statement that nobody cites', 'theorems/user.weft', 'x + 0 = x', 'x + 0 + 0 = x', 1],
  ['a definition', 'theorems/base.weft', ':= x + x', ':= (x + x)', 6],
  ['a definition that makes a theorem false', 'theorems/base.weft', ':= x + x', ':= x', 4],
  [
    'an axiom that some cite',
    'theorems/base.weft',
    'axiom add-zero (x : R) : x + 0 = x',
    'axiom add-zero (y : R) : y + 0 = y',
    6,
  ],
  [
    'a definition called like a theorem',
    'theorems/user.weft',
    'theorem lone',
    'def lone (x : R) : R := x\ntheorem lone',
    4,
  ],
  ['a theorem twice', 'theorems/user.weft', 'theorem u2', 'theorem lone (x : R) : x + 0 = x\ntheorem u2', 6],
  [
    'a theorem twice, in two files',
    'theorems/user.weft',
    'theorem u2',
    'theorem twice (x : R) : double(x) = x + x\ntheorem u2',
    6,
  ],
  ['an axiom twice', 'theorems/base.weft', 'theorem twice', 'axiom add-zero (x : R) : x + 0 = x\ntheorem twice', 6],
  ['a definition twice', 'theorems/base.weft', 'theorem twice', 'def double (x : R) : R := x + x\ntheorem twice', 6],
  ['an import that is missing', 'theorems/user.weft', 'import "base.weft"\n', '', 0],
  ['a proof that fails', 'proofs/base.weft', 'rewrite add-zero\nqed', 'qed', 0],
  ['a proof twice', 'proofs/user.weft', 'proof u1', 'proof lone\n  refl\nqed\nproof u1', 0],
];

describe('an edit', () => {
  it.each(edits)('of %s', (_, path, from, to, runs) => {
    const own = workspace(base);
    own.check();
    expect(own.proofs).toBe(6);
    const files = edited(base, path, from, to);
    own.edit(path, files[path]!);
    expect(said(own.check().library)).toEqual(said(afresh(files)));
    expect(own.proofs - 6).toBeLessThanOrEqual(runs);
    // and back
    expect(own.undo()).toBe(true);
    expect(said(own.check().library)).toEqual(said(afresh(base)));
    expect(own.undo()).toBe(false);
  });

  it('of one theorem leaves the verdicts of the others the objects that they were', () => {
    const own = workspace(base);
    const before = own.state;
    const files = edited(base, 'proofs/user.weft', 'proof lone\n  rewrite add-zero', 'proof lone\n  symm');
    own.edit('proofs/user.weft', files['proofs/user.weft']!);
    const after = own.state;
    expect(changed(before, after)).toEqual(['lone']);
    expect(after.theorems['u1']).toBe(before.theorems['u1']);
    own.undo();
    expect(own.state.theorems).toBe(before.theorems);
    expect(own.proofs).toBe(6);
  });

  it('that says nothing new changes nothing', () => {
    const own = workspace(base);
    const before = own.state;
    own.edit('proofs/user.weft', base['proofs/user.weft']!);
    expect(own.state).toBe(before);
    expect(own.undo()).toBe(false);
  });

  it('may take a file away, and bring it back', () => {
    const own = workspace(base);
    own.edit('proofs/base.weft', null);
    const without = Object.fromEntries(Object.entries(base).filter(([path]) => path !== 'proofs/base.weft'));
    expect(said(own.check().library)).toEqual(said(afresh(without)));
    own.undo();
    expect(said(own.check().library)).toEqual(said(afresh(base)));
  });
});

it('any edits, in any order: what is said is what a check says', { timeout: 120_000 }, () => {
  const step = fc.record({ edit: fc.nat(edits.length - 1), undo: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const own = workspace(base);
      const states: Files[] = [base];
      for (const { edit, undo } of steps) {
        const [, path, from, to] = edits[edit]!;
        const now = states.at(-1)!;
        if (undo && states.length > 1) {
          states.pop();
          own.undo();
        } else if (now[path]!.includes(from) && now[path] !== now[path]!.replace(from, to)) {
          states.push(edited(now, path, from, to));
          own.edit(path, states.at(-1)![path]!);
        }
        expect(said(own.check().library)).toEqual(said(afresh(states.at(-1)!)));
      }
    }),
    { numRuns: 12 },
  );
});

describe('a workspace that recovers', () => {
  const recovering = (files: Files): Workspace =>
    new Workspace({ roots: () => Object.keys(files), read: (path) => files[path] }, { recovers: true });
  const statuses = (w: Workspace) => Object.fromEntries(w.check().library.theorems.map((t) => [t.name, t.status]));

  it('says of files that parse what a check says', () => {
    const own = recovering(base);
    for (const [, path, from, to] of edits) {
      const files = edited(base, path, from, to);
      own.edit(path, files[path]!);
      expect(said(own.check().library)).toEqual(said(afresh(files)));
      own.undo();
    }
  });

  it('hides the item that does not parse, and what needs it', () => {
    const own = recovering(base);
    own.check();
    const strict = workspace(base);
    strict.check();
    for (const w of [own, strict])
      w.edit('theorems/base.weft', base['theorems/base.weft']!.replace('x + x\n', 'x +\n'));
    expect(statuses(own)).toEqual({
      'zero-add': 'proved',
      twice: 'open',
      lone: 'proved',
      u1: 'proved',
      u2: 'proved',
      u3: 'open',
    });
    expect(own.check().library.diagnostics.map((d) => [d.file, d.code])).toEqual([['theorems/base.weft', 'E-SYNTAX']]);
    expect(Object.values(statuses(strict))).not.toContain('proved');
    own.undo();
    expect(said(own.check().library)).toEqual(said(afresh(base)));
  });

  it('runs the steps of a proof that is half typed', () => {
    const own = recovering(base);
    own.edit(
      'proofs/user.weft',
      base['proofs/user.weft']!.replace('proof u1\n  rewrite zero-add', 'proof u1\n  rewrite'),
    );
    expect(statuses(own)).toMatchObject({ lone: 'proved', u1: 'open', u2: 'rejected' });
    const facts = own
      .check()
      .library.diagnostics.filter((d) => d.severity !== 'open')
      .map((d) => d.fact._tag);
    expect(facts).toEqual(expect.arrayContaining(['Syntax', 'NotProved']));
  });

  it('can be asked in pieces, and given up', () => {
    const own = recovering(base);
    const pieces = own.checking();
    let count = 0;
    while (!pieces.next().done) count += 1;
    expect(count).toBeGreaterThan(6);
    own.edit('proofs/user.weft', base['proofs/user.weft']!.replace('proof u1\n  rewrite zero-add', 'proof u1\n  refl'));
    const late = own.checking();
    late.next();
    own.undo();
    while (!late.next().done);
    expect(own.isChecked).toBe(false);
    expect(said(own.check().library)).toEqual(said(afresh(base)));
  });
});

it('the workspace of the API gives what a check of the texts gives', () => {
  const texts = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));
  const own = openWorkspace(texts(base));
  const plain = ({ theorems, library: _, ...rest }: Check) => ({
    ...rest,
    names: theorems.map((t) => [t.name, t.status]),
  });
  expect(plain(own.check())).toEqual(plain(checkTexts(texts(base))));
  expect(own.check()).toBe(own.check());
  const files = edited(base, 'proofs/user.weft', 'proof lone\n  rewrite add-zero', 'proof lone\n  symm');
  own.edit('proofs/user.weft', files['proofs/user.weft']!);
  expect(own.check().ok).toBe(false);
  expect(plain(own.check())).toEqual(plain(checkTexts(texts(files))));
  own.undo();
  expect([own.check().ok, own.isFull()]).toEqual([true, false]);
  expect(() => own.edit('../a.weft', '')).toThrow(WeftError);
  expect(() => openWorkspace('/nowhere')).toThrow(WeftError);
});

describe('a memory that this process did not fill', () => {
  const memory = new Verdicts(numbered());
  const { statements, proofs } = sourcesFrom(Object.keys(base), Object.keys(base), (path) => base[path]);
  const proved = checkLibrary(statements, proofs, { memory });
  const verdicts = new Map([...memory.kept].map(([key, v]) => [key, { ...v, thm: undefined }]));
  const again = (files: Files = base) => {
    const taken = new Verdicts(memory.digest, verdicts);
    const from = sourcesFrom(Object.keys(files), Object.keys(files), (path) => files[path]);
    return checkLibrary(from.statements, from.proofs, { memory: taken });
  };

  it('gives the same report, and every theorem says that it is remembered', () => {
    const taken = again();
    const without = (l: Library) => said(l).theorems.map(({ remembered: _, ...rest }) => rest);
    expect(without(taken)).toEqual(without(proved));
    expect(Object.fromEntries(taken.theorems.map((t) => [t.name, t.remembered]))).toEqual({
      'zero-add': 1,
      twice: 1,
      lone: 1,
      u1: 2,
      u2: 3,
      u3: 2,
    });
    expect(proved.theorems.every((t) => t.remembered === 0)).toBe(true);
  });

  it('what is proved now says how many it rests on are remembered', () => {
    const files = edited(base, 'proofs/user.weft', 'rewrite zero-add\n  rewrite u1', 'rewrite u1\n  rewrite zero-add');
    const second = again(files).theorems.find((t) => t.name === 'u2')!;
    expect([second.status, second.axioms, second.remembered]).toEqual(['proved', ['add-comm', 'add-zero'], 2]);
  });

  it('the axioms behind what is remembered must be in sight', () => {
    const files = edited(base, 'theorems/user.weft', 'import "base.weft"\n', '');
    expect(said(again(files)).theorems.map((t) => t.status)).toEqual(said(afresh(files)).theorems.map((t) => t.status));
  });

  it('has no certificate', () => {
    const taken = again();
    for (const name of ['zero-add', 'u2']) {
      const [found, twin] = [taken, proved].map((l) => certificates(l).of(name));
      expect(found).toMatchObject({ _tag: 'Left', left: { _tag: 'Remembered', name } });
      expect(twin).toMatchObject({ _tag: 'Right' });
    }
    const files = edited(base, 'proofs/user.weft', 'rewrite zero-add\n  rewrite u1', 'rewrite u1\n  rewrite zero-add');
    expect(certificates(again(files)).of('u2')).toMatchObject({ _tag: 'Left', left: { _tag: 'Remembered' } });
  });
});
