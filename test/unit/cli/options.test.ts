// The options of `check`, `extract` and `run` as a program gives them: what is not known, or is no value of its option, is refused by name and never
// ignored. Each refusal stands beside its accepted twin.
import { describe, expect, it } from 'vitest';
import { type Check, type Extracted, WeftError, check, checkTexts, extract, run } from 'weft';

const text = `def double [n, m] (x : R[n m]) : R[n m] := map n, m (2 * x[n, m])
theorem same [n, m] (x : R[n m]) : double(x) = map n, m (2 * x[n, m])
`;
const files = [
  { path: 'theorems/a.weft', text },
  { path: 'proofs/a.weft', text: 'proof same\n  refl\nqed\n' },
];
const checked: Check = checkTexts(files);
const said = (operation: () => unknown): string => {
  try {
    operation();
  } catch (error) {
    expect(error).toBeInstanceOf(WeftError);
    return (error as WeftError).message.replace(/\s+/g, ' ');
  }
  return 'accepted';
};
const extracting = (options: unknown): string => said(() => extract(checked, 'double', options as never));

describe('extract', () => {
  it.each<[string, unknown, unknown, string]>([
    ['a target that there is not', { target: 'metal' }, { target: 'wgsl' }, 'the option `target` cannot be "metal"'],
    ['no target', {}, { target: 'cuda' }, 'the option `target` cannot be undefined'],
    [
      'the name of a method as a target',
      { target: 'constructor' },
      { target: 'host' },
      'the option `target` cannot be',
    ],
    [
      'sizes that are no numbers',
      { target: 'wgsl', sizes: { n: '4' } },
      { target: 'wgsl', sizes: { n: 4 } },
      'the option `sizes` cannot be',
    ],
    [
      'an option misspelt',
      { target: 'wgsl', tile: { n: 4 } },
      { target: 'wgsl', tiles: { n: 4 } },
      'there is no option `tile`',
    ],
    [
      'an option of another function',
      { target: 'host', check: true },
      { target: 'host' },
      'there is no option `check`',
    ],
    [
      'a tile that is a text',
      { target: 'wgsl', tiles: { n: '4' } },
      { target: 'wgsl', tiles: { n: 4 } },
      'the option `tiles` cannot be',
    ],
    [
      'an order that there is not',
      { target: 'host', ragged: 'middle' },
      { target: 'host', ragged: undefined },
      'the option `ragged` cannot be',
    ],
    [
      'a fold that is a number',
      { target: 'wgsl', fold: 1 },
      { target: 'wgsl', fold: true },
      'the option `fold` cannot be 1',
    ],
    [
      'a fold on the host',
      { target: 'host', fold: true },
      { target: 'host', fold: false },
      'the host has no grid to fold',
    ],
    ['no object', 'wgsl', { target: 'wgsl' }, 'the options cannot be "wgsl"'],
    ['null', null, { target: 'wgsl' }, 'the options cannot be null'],
  ])('refuses %s', (_, wrong, right, words) => {
    expect(extracting(wrong)).toContain(words);
    expect(extracting(right)).toBe('accepted');
  });
  it('refuses an axis that the kernel does not tile, in `tiles`, `perLane` and `whole` alike', () => {
    for (const wrong of [{ tiles: { zz: 4 } }, { perLane: { zz: 4 } }, { whole: ['zz'] }])
      expect(extracting({ target: 'wgsl', ...wrong })).toContain('zz');
  });
});

describe('run', () => {
  const kernel: Extracted = extract(checked, 'double', { target: 'host' });
  const x = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const running = async (options: unknown, of: unknown = { x }): Promise<string> => {
    try {
      const { outputs } = await run(kernel, of as never, options as never);
      expect([...outputs[0]!.data]).toEqual([2, 4, 6, 8, 10, 12]);
      return 'accepted';
    } catch (error) {
      expect(error).toBeInstanceOf(WeftError);
      return (error as WeftError).message;
    }
  };
  it.each<[string, unknown, unknown, string]>([
    ['an option that there is not', { chekc: true }, { check: true }, 'there is no option `chekc`'],
    ['a check that is no truth value', { check: 'yes' }, { check: false }, 'the option `check` cannot be "yes"'],
    ['sizes that are no numbers', { sizes: { b: '4' } }, { sizes: {} }, 'the option `sizes` cannot be'],
    ['a GPU that is none', { gpu: true }, { gpu: undefined }, 'the option `gpu` cannot be true'],
    ['options that are none', 7, {}, 'the options cannot be 7'],
  ])('refuses %s', async (_, wrong, right, words) => {
    expect(await running(wrong)).toContain(words);
    expect(await running(right)).toBe('accepted');
  });
});

describe('check', () => {
  it.each<[string, unknown, unknown, string]>([
    ['an option that there is not', { axiom: 'library' }, { axioms: 'library' }, 'there is no option `axiom`'],
    ['axioms of nobody', { axioms: 'mine' }, {}, 'the option `axioms` cannot be "mine"'],
    ['options that are none', 'library', { axioms: undefined }, 'the options cannot be "library"'],
  ])('refuses %s', (_, wrong, right, words) => {
    for (const each of [
      (o: unknown) => checkTexts(files, o as never),
      (o: unknown) => check(process.cwd(), [], o as never),
    ])
      expect(said(() => each(wrong))).toContain(words);
    expect(said(() => checkTexts(files, right as never))).toBe('accepted');
  });
});
