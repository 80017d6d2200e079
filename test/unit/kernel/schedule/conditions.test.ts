// Streams under preconditions: their kernels on data that meet them, by the statement, at sizes around every border; data that do not are refused with their
// place, and so is a condition that nothing meets; their certificates replay, and another branch is refused. Each refusal has an accepted twin.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import { extract, scheduleOf } from '../../../../src/kernel/extract/extract.js';
import { isMet } from '../../../../src/kernel/extract/vacuous.js';
import { launchMessage } from '../../../../src/cli/launch-message.js';
import { extractMessage } from '../../../../src/diagnostic/extract.js';
import { launch } from '../../../../src/run/launch/device.js';
import { type InputArray, type Inputs, compare } from '../../../../src/run/launch/launch.js';
import { replay } from '../../../../src/replay/replay.js';
import { get } from '../../../support/ir/dsl.js';
import { random } from '../../../support/ir/run.js';
import { PROOFS, STATEMENTS, conditionsLibrary } from './conditions.js';
import { readFileSync } from 'node:fs';

const SEED = Number(process.env['WEFT_SEED'] ?? Date.now() % 1_000_000);
const library = conditionsLibrary();
const STREAMS = ['along', 'shares', 'whole', 'scaled', 'twins', 'pair'] as const;
type Name = (typeof STREAMS)[number];

it('all is proved', () => {
  expect(library.diagnostics.filter((d) => d.file.endsWith('/t.weft'))).toEqual([]);
});

const array = (shape: readonly number[], of: (i: number) => number): InputArray => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => of(i)),
});
/** Inputs that meet the conditions, over a batch of 2. */
function inputsOf(name: Name, n: number, next: () => number): Inputs {
  const positive = (): number => 0.1 + next();
  if (name === 'twins') return { x: array([2, n], positive), "x'": array([2, n], () => 2 * next() - 1) };
  if (name !== 'scaled' && name !== 'pair') return { x: array([2, n], positive) };
  if (name === 'pair')
    return {
      x: array([2, n], () => 2 * next() - 1),
      open: array([2, n], (i) => (i % n === 0 || next() < 0.5 ? 1 : 0)),
    };
  const any = (): number => 2 * next() - 1;
  return { a: array([], positive), x: array([2, 3, n], any), v: array([2, n, 5], any) };
}
const made = (name: string, ragged: 'first' | 'last' = 'first', tile = 4) =>
  get(extract(library, name, 'host', { tiles: new Map([['n', tile]]), ragged }));

describe('a kernel under conditions', () => {
  const cases = STREAMS.flatMap((name) => (['first', 'last'] as const).map((ragged) => [name, ragged] as const));
  it.each(cases)(`%s, the ragged tile %s, computes its spec (seed ${SEED})`, async (name, ragged) => {
    const kernel = made(name, ragged);
    const next = random(SEED);
    for (const n of [1, 3, 4, 5, 8, 13]) {
      const inputs = inputsOf(name, n, next);
      const ran = get(await launch(kernel, inputs));
      const { ratio, judged, unjudged } = get(compare(kernel, inputs, ran));
      expect([ratio <= 1, unjudged, judged > 0], `n = ${n}`).toEqual([true, 0, true]);
    }
  });
  it('says what it holds under, as the file does, and what that means', () => {
    const { text } = made('scaled');
    expect(text).toContain('// where, to be met by the caller: 0 < a\n// where, to be met by the caller: a < 100\n');
    expect(text).toContain('// of inputs that do not meet that, the theorem says nothing\n');
    expect(text).not.toContain('no inputs were seen to meet that');
    const plain = get(extract(library, 'def:all', 'host', { tiles: new Map(), ragged: 'first' })).text;
    expect(plain).not.toContain('where, to be met');
  });
  it('is printed for every target', () => {
    for (const target of ['wgsl', 'cuda'] as const)
      for (const name of STREAMS)
        expect(E.isRight(extract(library, name, target, { tiles: new Map(), ragged: 'first' })), name).toBe(true);
  });
  it.each([
    ['along', 'Precondition'],
    ['whole', 'Precondition'],
  ])('%s takes no lanes along its axis', (name, why) => {
    const asked = extract(library, name, 'cuda', { tiles: new Map(), ragged: 'first', lanes: new Map([['n', 4]]) });
    const expected = name === 'along' ? 'Outputs' : why;
    expect(asked).toMatchObject({ left: { _tag: 'Lanes', why: { _tag: expected } } });
  });
});

describe('data', () => {
  it.each<readonly [Name, string, (x: Inputs) => void, number]>([
    ['along', 'a number that is 0', (x) => (x['x']!.data[7] = 0), 1],
    ['along', 'a negative number in the first element', (x) => (x['x']!.data[2] = -1), 0],
    ['whole', 'a sum that is 0', (x) => x['x']!.data.fill(0, 5), 1],
    ['pair', 'a first element that is closed', (x) => (x['open']!.data[5] = 0), 1],
    ['scaled', 'a factor at which the results are not', (x) => (x['a']!.data[0] = 100), 0],
  ])('%s: %s is refused with its element', async (name, _, spoil, element) => {
    const kernel = made(name);
    const inputs = inputsOf(name, 5, random(SEED));
    expect(E.isRight(compare(kernel, inputs, get(await launch(kernel, inputs))))).toBe(true);
    spoil(inputs);
    const judged = compare(kernel, inputs, get(await launch(kernel, inputs)));
    expect(judged).toMatchObject({ left: { _tag: 'Unmet', element, surely: true } });
    const said = E.isLeft(judged) ? launchMessage(judged.left).headline : '';
    expect(said).toContain(`what '${name}' holds under, at element ${element} of the batch`.replaceAll("'", '`'));
  });
});

const stated = (name: string, where: string, inherits: string, more = ''): readonly [string, string] => [
  `stream ${name} [n] (x : R[n], c : R) over n
  where ${where}
  spec sum(x)
  state (s : R)
  head sum n (x[n])
  final s${more}
  step s + sum n (x[n])
  foldable
`,
  `proof ${name}
  refl
qed
proof ${name}.inherits
  ${inherits}
qed
proof ${name}.foldable
  stream
qed
`,
];
/** Conditions that people write, with numbers of their own. */
const MEETABLE = [
  ['small', '0 < c and c < 1e-3'],
  ['large', '100 < c'],
  ['two', 'c == 2'],
  ['tenths', '0.1 + 0.2 == 0.3'],
] as const;
const SOME = 'fold n (b = false) (b or 0 < x[n])';

describe('a condition', () => {
  const variants = [
    stated('nothing', '0 < c and c < 0', 'cases 0 < c and c < 0'),
    stated('something', '0 < c and c < 9', 'cases 0 < c and c < 9'),
    stated('far', 'c == 12345', 'cases c == 12345'),
    stated('ordered', '5 < c and c < 4', 'cases 5 < c and c < 4'),
    stated('near', 'c == 1', 'cases c == 1'),
    ...MEETABLE.map(([name, where]) => stated(name, where, `cases ${where}`)),
    stated('results', 'true', 'refl', `\n  where ${SOME}`),
    stated('prefix', SOME, 'refl'),
  ];
  const [first, second] = [variants.map(([t]) => t).join(''), variants.map(([, p]) => p).join('')];
  const checked = conditionsLibrary(`import "conditions.weft"\n${first}`, `import "conditions.weft"\n${second}`);
  const asked = (name: string) => extract(checked, name, 'host', { tiles: new Map(), ragged: 'first' });

  it.each<readonly [string, string | undefined]>([
    ['nothing', 'Vacuous'],
    ['something', undefined],
    ['far', undefined],
    ['ordered', 'Vacuous'],
    ...MEETABLE.map(([name]) => [name, undefined] as const),
    ['near', undefined],
    ['results', undefined],
  ])('%s: %s', (name, expected) => {
    const made = asked(name);
    expect(E.isLeft(made) ? made.left._tag : undefined).toBe(expected);
    if (name === 'tenths') expect(get(made).text).toContain('// no inputs were seen to meet that: on some');
    if (E.isLeft(made))
      expect(extractMessage(made.left).headline).toMatch(/^E-VACUOUS: no inputs that were tried meet/);
  });
  it('that first parts do not inherit has no proof, and no kernel; of the results alone it need not be inherited', () => {
    const found = checked.diagnostics.filter((d) => d.file === 'proofs/t.weft');
    expect(found.map((d) => d.code)).toEqual(['E-EQ']);
    expect(asked('prefix')).toMatchObject({ left: { _tag: 'NotProved', name: 'prefix.inherits' } });
    expect(checked.theorems.find((t) => t.name === 'results.inherits')?.status).toBe('proved');
  });
});

describe('a certificate', () => {
  const files = ['axioms', 'ring', 'order', 'reductions', 'streaming', 'booleans', 'outputs', 'conditions'];
  const texts = [
    ...files.map((f) => ({ path: `theorems/${f}.weft`, text: readFileSync(`theorems/${f}.weft`, 'utf8') })),
    { path: 'theorems/t.weft', text: STATEMENTS },
  ];
  const all = certificates(library);
  const named = [...library.proved.keys()].filter((n) => library.statements.stated.has(n));
  const theorems = named.map((name) => ({ path: `${name}.cert`, text: get(all.of(name)).text }));
  const scheduled = (name: string, tile = 4) => {
    const theorem = get(scheduleOf(library, name, { tiles: new Map([['n', tile]]), ragged: 'first' }));
    return { path: `${name}.schedule.cert`, text: get(all.schedule(theorem)).text };
  };
  const verdictOf = (text: string) =>
    replay([...theorems, { path: 'x.cert', text }], texts).find((v) => v.path === 'x.cert')!;

  it('of every law and of every schedule replays', () => {
    const found = replay([...theorems, ...STREAMS.map((s) => scheduled(s))], texts, { quiet: true });
    expect(found.filter((v) => v.status !== 'proved').map((v) => [v.path, v.reason])).toEqual([]);
    expect(found).toHaveLength(theorems.length + STREAMS.length);
  });
  it.each([
    ['without its branch', (t: string) => t.replace(/ \d+\n$/, '\n'), /too short/],
    [
      'with a branch of another type',
      (t: string) => t.replace(/ (\d+)\n$/, ' 0\n'),
      /the branch (takes other wires|has other results)/,
    ],
    [
      'of another stream',
      (t: string) => t.replace('schedule "scaled"', 'schedule "whole"'),
      /is no axis of the stream|takes other wires/,
    ],
  ])('%s is refused', (_, changed, reason) => {
    const { text } = scheduled('scaled');
    expect(verdictOf(text).status).toBe('proved');
    expect(changed(text)).not.toBe(text);
    expect(verdictOf(changed(text)).reason).toMatch(reason);
  });
  it('whose branch is not what the right side has is refused', () => {
    const { text } = scheduled('whole');
    const lines = text.trimEnd().split('\n');
    const [end] = lines.slice(-1);
    const [batch, branch] = / (\d+) (\d+)$/.exec(end!)!.slice(1).map(Number);
    const terms = lines.filter((l) => l.startsWith('t '));
    // the branch, negated after all
    const more = ['t op neg', `t map ${batch} ${terms.length}`, `t ; ${branch} ${terms.length + 1}`];
    const neg = [...lines.slice(0, -1), ...more, end!.replace(/ \d+$/, ` ${terms.length + 2}`)].join('\n') + '\n';
    const { status, reason } = verdictOf(neg);
    expect([status, reason]).toEqual(['rejected', 'the right side is not the branch under the conditions']);
  });
});

it('the texts say what their names say', () => {
  expect(PROOFS.match(/^proof \S+\.inherits$/gm)).toHaveLength(STREAMS.filter((s) => s !== 'whole').length);
});

describe('whether a condition is met by anything is said soon', () => {
  const factors = Array.from({ length: 16 }, () => 'n').join('*');
  const eights = Array.from({ length: 5 }, () => '(1+1+1+1+1+1+1+1)').join(' ');
  const nested = Array.from({ length: 9 }).reduce((e: string) => `(fold n (b = ${e}) (b or 0 < x[n]))`, 'false');
  it.each([
    ['over an axis of many factors', `size n < 0`, `, y : R[(${factors})]`, 'never'],
    ['over arrays that are too large to try', `0 < first x`, `, y : R[${eights}]`, 'open'],
    ['that rounding leaves open', '0.1 + 0.2 == 0.3', '', 'open'],
    ['in many loops', `false and ${nested}`, '', 'never'],
    ['in many loops that some numbers meet', nested, '', 'met'],
  ])('%s', (_, where, more, expected) => {
    const text = `import "conditions.weft"\nstream t [n, m] (x : R[n]${more.replaceAll('n', 'm')}) over n\n  where ${where}\n  spec sum(x)\n  state (s : R)\n  head sum n (x[n])\n  final s\n  step s + sum n (x[n])\n  foldable\n`;
    const { streams } = conditionsLibrary(text, '');
    expect(isMet(streams.get('t')!)).toBe(expected);
  });
});
