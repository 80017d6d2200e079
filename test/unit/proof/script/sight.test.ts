// What a proof may cite, and what a theorem may rest on: what its statement's file imports, and for theorems what the proof's file imports. Each refusal
// has a twin that differs by an import alone; the order of files and files that nobody imports change nothing.
import { describe, expect, it } from 'vitest';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';

type Files = Readonly<Record<string, string>>;
const check = (files: Files, order: 1 | -1 = 1): Library => {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }));
  all.sort((a, b) => (a.path < b.path ? -order : order));
  const proofs = all.filter((f) => f.path.startsWith('p/'));
  return checkLibrary(
    all.filter((f) => !proofs.includes(f)),
    proofs,
  );
};
const verdicts = (files: Files, order: 1 | -1 = 1): Readonly<Record<string, string>> =>
  Object.fromEntries(check(files, order).theorems.map((t) => [t.name, t.code ?? t.status]));
const facts = (files: Files): readonly string[] => check(files).diagnostics.map((d) => d.fact._tag);

const believed: Files = { 's/ax.weft': 'axiom add-zero (x : R) : x + 0 = x\n' };
const proofOf = (name: string, step: string): string => `proof ${name}\n  ${step}\nqed\n`;

describe('an axiom', () => {
  const files = (imports: string): Files => ({
    ...believed,
    's/a.weft': `${imports}theorem t (x : R) : x + 0 = x\n`,
    'p/a.weft': proofOf('t', 'apply add-zero'),
  });
  it('is cited where the statement imports it, and nowhere else', () => {
    expect(verdicts(files('import "ax.weft"\n'))).toEqual({ t: 'proved' });
    expect(verdicts(files(''))).toEqual({ t: 'E-SCOPE' });
    expect(facts(files(''))).toEqual(['NotInSight']);
  });
  it('is in sight in turn', () => {
    const turn = { ...files('import "b.weft"\n'), 's/b.weft': 'import "ax.weft"\n' };
    expect(verdicts(turn)).toEqual({ t: 'proved' });
    expect(verdicts({ ...turn, 's/b.weft': '' })).toEqual({ t: 'E-SCOPE' });
  });
  it('is not brought by the import of a proof', () => {
    const brought = (imports: string): Files => ({
      ...files(imports),
      's/b.weft': 'import "ax.weft"\ntheorem u (x : R) : x + 0 = x\n',
      'p/b.weft': proofOf('u', 'apply add-zero'),
      'p/a.weft': `import "b.weft"\n${proofOf('t', 'apply add-zero')}`,
    });
    expect(verdicts(brought('')).t).toBe('E-SCOPE');
    expect(verdicts(brought('import "ax.weft"\n')).t).toBe('proved');
  });
  it.each(['apply u', 'rewrite u', 'simp [u]', 'have l (y : R) : y + 0 = y by apply u\n  apply l'])(
    'is not brought by a lemma that rests on it: %s',
    (step) => {
      const through = (imports: string): Files => ({
        ...believed,
        's/a.weft': `${imports}theorem t (x : R) : x + 0 = x\n`,
        's/b.weft': 'import "ax.weft"\ntheorem u (x : R) : x + 0 = x\n',
        'p/b.weft': proofOf('u', 'apply add-zero'),
        'p/a.weft': `import "b.weft"\n${proofOf('t', step)}`,
      });
      expect(verdicts(through(''))).toEqual({ t: 'E-SCOPE', u: 'proved' });
      expect(facts(through(''))).toEqual(['AxiomNotImported']);
      expect(verdicts(through('import "ax.weft"\n'))).toEqual({ t: 'proved', u: 'proved' });
    },
  );
  it('is not brought by a lemma of a lemma', () => {
    const files2 = (imports: string): Files => ({
      ...believed,
      's/a.weft': `${imports}theorem t (x : R) : x + 0 = x\n`,
      's/b.weft': 'import "ax.weft"\ntheorem u (x : R) : x + 0 = x\ntheorem v (x : R) : x + 0 = x\n',
      'p/b.weft': proofOf('u', 'apply add-zero') + proofOf('v', 'apply u'),
      'p/a.weft': `import "b.weft"\n${proofOf('t', 'apply v')}`,
    });
    expect(verdicts(files2('')).t).toBe('E-SCOPE');
    expect(verdicts(files2('import "ax.weft"\n')).t).toBe('proved');
  });
});

describe('a theorem', () => {
  const lemma: Files = {
    's/b.weft': 'theorem u (x : R) : x = let y = x in y\n',
    'p/b.weft': proofOf('u', 'refl'),
  };
  const files = (statement: string, proof: string): Files => ({
    ...lemma,
    's/a.weft': `${statement}theorem t (x : R) : x = x\n`,
    'p/a.weft': `${proof}${proofOf('t', 'apply u')}`,
  });
  it('is cited where the statement imports it, or the proof imports its proof', () => {
    expect(verdicts(files('', '')).t).toBe('E-SCOPE');
    expect(verdicts(files('import "b.weft"\n', '')).t).toBe('proved');
    expect(verdicts(files('', 'import "b.weft"\n')).t).toBe('proved');
  });
  it('is proved first, in whatever order the files come', () => {
    for (const order of [1, -1] as const) {
      expect(verdicts(files('import "b.weft"\n', ''), order)).toEqual({ t: 'proved', u: 'proved' });
      const renamed = { 's/z.weft': lemma['s/b.weft']!, 'p/z.weft': lemma['p/b.weft']! };
      const late = { ...files('import "z.weft"\n', ''), 's/b.weft': '', 'p/b.weft': '', ...renamed };
      expect(verdicts(late, order)).toEqual({ t: 'proved', u: 'proved' });
    }
  });
  it('that fails is not in scope, and one in a circle fails, in whatever order', () => {
    const circle: Files = {
      's/a.weft': 'import "b.weft"\ntheorem t () : 0 = 1\n',
      's/b.weft': 'theorem u () : 0 = 1\n',
      'p/a.weft': proofOf('t', 'apply u'),
      'p/b.weft': `import "a.weft"\n${proofOf('u', 'apply t')}`,
    };
    for (const order of [1, -1] as const) expect(verdicts(circle, order)).toEqual({ t: 'E-STATUS', u: 'E-STATUS' });
    const open = { ...circle, 'p/b.weft': proofOf('u', '?') };
    expect(verdicts(open)).toEqual({ t: 'E-STATUS', u: 'E-HOLE' });
  });
  it('has the same verdict when files that it does not see are there too', () => {
    const alone = files('', 'import "b.weft"\n');
    const more = {
      ...alone,
      's/c.weft': 'axiom untrue () : 0 = 1\ntheorem w () : 0 = 1\n',
      'p/c.weft': proofOf('w', 'apply untrue'),
    };
    expect(verdicts(more)).toEqual({ ...verdicts(alone), w: 'proved' });
    const stolen = { ...more, 'p/a.weft': proofOf('t', 'apply w') };
    expect(verdicts(stolen).t).toBe('E-SCOPE');
  });
});

describe('a tactic that needs theorems by name', () => {
  it.each(['ring', 'cases x < 0'])('finds those in sight alone: %s', (step) => {
    const files: Files = {
      's/a.weft': 'theorem t (x y : R) : x + y = y + x\n',
      's/b.weft': 'axiom boolean-cases (x : R) : x = x + 1\naxiom add-comm (x y : R) : x + y = y + x\n',
      'p/a.weft': proofOf('t', step),
    };
    expect(verdicts(files)).toEqual({ t: 'E-SCOPE' });
  });
});

describe('definitions and sorts', () => {
  it('are those of imported files', () => {
    const files = (imports: string): Files => ({
      's/d.weft': 'def c () : R := 0\nsort P\n',
      's/a.weft': `${imports}theorem t [n : P] () : c() = 0\n`,
      'p/a.weft': proofOf('t', 'refl'),
    });
    expect(verdicts(files('import "d.weft"\n'))).toEqual({ t: 'proved' });
    expect(verdicts(files(''))).toEqual({ t: 'E-SCOPE' });
  });
  it('of one name are not both imported, sorts too', () => {
    const files = (second: string): Files => ({
      's/a.weft': 'sort P\n',
      's/b.weft': second,
      's/c.weft': 'import "a.weft"\nimport "b.weft"\ntheorem t [n : P] () : 0 = 0 * size n + 0 * size n\n',
      'p/c.weft': proofOf('t', 'refl'),
    });
    expect(facts(files('sort P\n'))).toContain('Elaborate');
    expect(facts(files('import "a.weft"\n'))).toEqual([]);
  });
});

describe('files of two kinds', () => {
  it('do not import each other', () => {
    const files = (from: string, to: string): Files => ({
      's/b.weft': 'theorem t () : 0 = 0 * 1\n',
      's/a.weft': from,
      'p/a.weft': `${to}${proofOf('t', 'refl')}`,
    });
    expect(facts(files('import "../p/a.weft"\n', ''))).toEqual(['WrongKind']);
    expect(facts(files('', 'import "../s/a.weft"\n'))).toEqual(['WrongKind']);
    expect(facts(files('import "b.weft"\n', ''))).toEqual([]);
    expect(facts(files('', 'import "none.weft"\n'))).toEqual(['NoFile']);
  });
});
