// Certificates of small libraries: the golden text, every rule and former, names, refusals, depth, and bytes that do not depend on what the
// process did before.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import * as core from '../../../../src/core/index.js';
import * as B from '../../../../src/language/point/build.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { type Citable, theorem } from '../../../../src/proof/script/scope.js';
import { get } from '../../../support/ir/dsl.js';
import { part } from './part.js';
import { read } from './reader.js';
import { Replay, miscounted, sameSequent } from './replayed.js';
import { everyRule } from './rules.js';
import { small, smallTexts } from './small.js';

const golden = readFileSync(fileURLToPath(new URL('golden.cert', import.meta.url)), 'utf8');
const textOf = (library: Library, name: string): string => get(certificates(library).of(name)).text;
const withTheorem = (name: string, thm: core.Thm): Library => {
  const library = small();
  return { ...library, proved: new Map([...library.proved, [name, theorem(name, thm, undefined, [])]]) };
};

test('the golden text, with hypotheses, families, induction and sorts', () => {
  expect(textOf(small(), 'shrink')).toBe(golden);
});

describe('every rule and every former', () => {
  const library = everyRule();
  test('replays to the same theorem', () => {
    const replay = new Replay(library);
    replay.theorems();
    expect(replay.problems).toEqual([]);
    expect(replay.done.size).toBe(library.proved.size);
  });
  test('is there', () => {
    const lines = [...library.proved.keys()].flatMap((n) => read(textOf(library, n)).records);
    const words = (kind: string): readonly string[] =>
      [...new Set(lines.filter((l) => l.kind === kind).map((l) => String(l.items[0])))].sort();
    // prettier-ignore
    expect(words('s')).toEqual(['*', ';', 'assume', 'axiom', 'cite', 'cut', 'def', 'eq', 'ind', 'inst', 'map', 'scan', 'sym', 'trans']);
    // prettier-ignore
    expect(words('t')).toEqual(['*', ';', 'call', 'concat', 'const', 'copy', 'del', 'diag', 'exchange', 'first', 'flatten', 'id', 'map', 'op', 'position', 'repeat', 'scan', 'select', 'size', 'split', 'swap', 'tile', 'var']);
    expect(words('a')).toEqual(['*', '+', '0', '1', 'v']);
  });
  test('exact numbers and odd names are kept', () => {
    expect(textOf(library, 'formers')).toContain(`t const -1${'0'.repeat(30)}/7\n`);
    expect(textOf(library, 'definition')).toContain('d "pair \\"of\\" #\\n" (');
  });
});

describe('citation', () => {
  const library = small();
  const [swappedReport, swappedStated] = [
    library.theorems.find((t) => t.name === 'swapped')!,
    library.statements.stated.get('swapped')!,
  ];
  /** The library with more proved theorems, each said to cite some others. */
  const withMore = (more: readonly (readonly [string, Citable, readonly string[]])[]): Library => ({
    ...library,
    proved: new Map([...library.proved, ...more.map(([name, c]) => [name, c] as const)]),
    theorems: [...library.theorems, ...more.map(([name, , uses]) => ({ ...swappedReport, name, uses }))],
    statements: {
      ...library.statements,
      stated: new Map([...library.statements.stated, ...more.map(([name]) => [name, swappedStated] as const)]),
    },
  });
  test('is by name and hash, and of what was proved before', () => {
    const moved = get(certificates(library).of('moved'));
    expect(moved.cites).toEqual(['swapped']);
    expect(moved.text).toContain(`s cite "swapped" ${get(certificates(library).of('swapped')).hash}\n`);
    expect(moved.text).not.toContain('axiom');
  });
  test('the same theorem under a second name cites the first', () => {
    const swapped = library.proved.get('swapped')!;
    const twice = withMore([['other', swapped, ['swapped']]]);
    expect(get(certificates(twice).of('other')).cites).toEqual(['swapped']);
    expect(get(certificates(twice).of('swapped')).cites).toEqual([]);
  });
  test('what a proof does not rest on is not cited: other theorems change no certificate', () => {
    const swapped = library.proved.get('swapped')!;
    const apart = certificates(withMore([['other', swapped, []]]));
    expect(get(apart.of('other')).cites).toEqual([]);
    expect(get(apart.of('moved')).text).toBe(get(certificates(library).of('moved')).text);
  });
  test('a chain of theorems longer than the stack', () => {
    const r = B.real();
    let thm = get(core.axiom('first', [], B.id(r), B.id(r)));
    const more: (readonly [string, Citable, readonly string[]])[] = [['t0', theorem('t0', thm, undefined, []), []]];
    for (let i = 1; i <= 3000; i += 1) {
      thm = get(core.symmetry(thm));
      more.push([`t${i}`, theorem(`t${i}`, thm, undefined, []), [`t${i - 1}`]]);
    }
    expect(get(certificates(withMore(more)).of('t3000')).steps).toBe(2);
  });
});

describe('refused', () => {
  const hole = checkLibrary(
    smallTexts.statements,
    smallTexts.proofs.map((f) => ({ ...f, text: f.text.replace('rewrite still with c := m', '?') })),
  );
  test('a name that nothing states, with the nearest', () => {
    const none = certificates(small()).of('swaped');
    expect(none).toMatchObject({ left: { _tag: 'NoTheorem', name: 'swaped', candidates: ['swapped'] } });
  });
  test('what is not proved; its neighbour is', () => {
    expect(certificates(hole).of('shrink')).toMatchObject({ left: { _tag: 'NotProved', status: 'open' } });
    expect(certificates(hole).of('moved')).toMatchObject({ _tag: 'Right' });
  });
  test('a variable whose name is kept for bound ones; another name is fine', () => {
    const about = (name: string): core.Thm => {
      const f = B.id(B.real(B.ofVar(B.axisVar(name))));
      return get(core.structural(f, f));
    };
    expect(certificates(withTheorem('t', about('#h0'))).of('t')).toMatchObject({
      left: { _tag: 'ReservedName', variable: '#h0' },
    });
    expect(certificates(withTheorem('t', about('h#0'))).of('t')).toMatchObject({ _tag: 'Right' });
  });
});

test('terms and derivations deeper than the stack', () => {
  const negate = B.operator('neg');
  let [term, thm] = [negate, get(core.axiom('twice', [], negate, negate))];
  for (let i = 0; i < 20_000; i += 1) term = B.compose(term, negate);
  const deep = get(core.axiom('deep', [], term, term));
  for (let i = 0; i < 30_000; i += 1) thm = get(core.composeCong(thm, deep));
  const made = get(certificates(withTheorem('t', thm)).of('t'));
  expect(made).toMatchObject({ terms: 20_001, steps: 30_002 });
  expect(read(made.text).qed.items).toEqual(['30001']);
});

describe('the bytes', () => {
  const all = (library: Library): readonly string[] => [...everyName(library)].map((n) => textOf(library, n));
  const everyName = (library: Library): readonly string[] => [...library.proved.keys()];
  const numbered = (files: typeof smallTexts.statements, change: (text: string) => string) =>
    files.map((f) => ({ ...f, text: change(f.text) }));

  test('are those of a library checked after others that made the same things in another order', () => {
    const first = all(small());
    const backwards = (text: string): string =>
      text
        .split(/\n(?=axiom|theorem|def|sort)/)
        .reverse()
        .join('\n');
    checkLibrary(numbered(smallTexts.statements, backwards), []);
    checkLibrary(
      numbered(smallTexts.statements, (t) => t.replaceAll('pixel', 'dot')),
      smallTexts.proofs,
    );
    expect(all(small())).toEqual(first);
    expect(first.length).toBe(4);
  });
  test('do not depend on when the core made the hypotheses of an axiom', () => {
    const r = B.real();
    const made = (mark: string, order: (i: number) => number): string => {
      const given = [0, 1, 2, 3, 4].map((i) => {
        const g = B.variable(B.morphismVar(`g${order(i)}${mark}`, [], r, r), []);
        return get(core.hypothesis([], g, B.id(r)));
      });
      const thm = get(core.axiom('many', given, B.id(r), B.id(r)));
      return textOf(withTheorem('t', thm), 't').replaceAll(mark, '');
    };
    expect(made('@up', (i) => i)).toBe(made('@down', (i) => 4 - i));
  });
  test('are made once for a library', () => {
    const library = small();
    expect(get(certificates(library).of('moved'))).toBe(get(certificates(library).of('moved')));
  });
});

describe('the figures', () => {
  test('of the sample are counted, and nothing failed', async () => {
    const { figures, failures } = await part({ full: false, seed: 1 });
    const value = (name: string): number | undefined => figures.find((f) => f.name === name)?.value;
    expect(failures).toEqual([]);
    expect(value('certificates that replay through the core to their theorem')).toBe(everyRule().proved.size);
    expect(value('compressed bytes a step')).toBeGreaterThan(1);
  });
  test('of a library without a theorem are a failure', () => {
    const replay = new Replay({ ...small(), proved: new Map() });
    replay.theorems();
    expect(replay.problems).toEqual(['no theorem is proved']);
  });
  test('a theorem that is not that of the certificate is noticed', () => {
    const { proved } = small();
    const [one, other] = ['swapped', 'moved'].map((n) => proved.get(n)!.thm);
    expect([sameSequent(one!, one!), sameSequent(one!, other!)]).toEqual([true, false]);
    const made = get(certificates(small()).of('moved'));
    expect(miscounted({ ...made, steps: made.steps + 1, cites: [] }, read(made.text))).toEqual(['steps', 'citations']);
    expect(miscounted(made, read(made.text))).toEqual([]);
  });
});

describe('the reader of these tests refuses', () => {
  test.each([
    ['a reference to a later record', /s trans (\d+) (\d+)/, 's trans $1 9999'],
    ['a reference to itself', /^t var 0 \(0\)$/m, 't ; 0 0'],
    ['a rule that is none', /s eq/, 's ek'],
    ['two spaces', /s eq /, 's eq  '],
    ['a space in parentheses', /\(0\)/, '( 0)'],
    ['an open parenthesis', /\(0\)/, '(0'],
    ['a missing qed', /qed.*\n/, ''],
    ['an unknown kind', /\nt /, '\nx '],
    ['a name that is no string', /theorem "/, 'theorem '],
    ['an empty line', /\nt /, '\n\nt '],
    ['a leading zero', /qed (\d)/, 'qed 0$1'],
    ['a text that ends early', /\n$/, ''],
  ])('%s', (_, from, to) => {
    const broken = golden.replace(from, to);
    expect(broken).not.toBe(golden);
    expect(() => read(broken)).toThrow();
    expect(read(golden).name).toBe('shrink');
  });
});
