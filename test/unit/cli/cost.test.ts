// `weft cost`: the table, the object of --json as its codec reads it, and what is refused. Invariant: every refusal has its exit code and no stack trace.
import * as E from 'fp-ts/lib/Either.js';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { costCodec } from 'weft';
import { type Checked, checkProject } from '../../../src/cli/check.js';
import { type CostCommandOptions, costCommand } from '../../../src/cli/cost.js';
import { type ExtractCommandOptions, commandOf, extractCommand } from '../../../src/cli/extract.js';
import { scaled, scheduleText, seconds } from '../../../src/cli/cost-text.js';
import { Refused } from '../../../src/diagnostic/refused.js';
import { clean, project, weft } from '../../support/weft.js';

const statement = `import "../weft/theorems/reductions.weft"
import "../weft/theorems/streaming.weft"
stream scaled [m, k, n] (a : R[m k], b : R[k n]) over k
  spec map m, n (sum k (a[m, k] * b[k, n]))
  state (s : R[m n])
  head map m, n (sum k (a[m, k] * b[k, n]))
  final s
  merge map m, n (s[m, n] + s'[m, n])
  mergeable
stream unproved [k] (x : R[k]) over k
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  merge s + s'
  mergeable
`;
const folder = project({
  'theorems/s.weft': statement,
  'proofs/s.weft': 'proof scaled\n  refl\nqed\nproof scaled.mergeable\n  rewrite sum-add\nqed\n',
});

let checked: Checked;
beforeAll(async () => {
  checked = await checkProject(folder, []);
}, 120_000);
afterEach(() => vi.restoreAllMocks());

const usual: CostCommandOptions = { target: 'cuda', sizes: 'm=200,k=70,n=90', device: 'h200' };
async function said(name: string, options: Partial<CostCommandOptions>): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (lines.push(String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await costCommand(checked, name, { ...usual, ...options });
  return lines.join('');
}
async function refusal(name: string, options: Partial<CostCommandOptions>): Promise<Refused> {
  const error: unknown = await said(name, options).then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe('a comparison', () => {
  test('is an object that its codec reads, those that fit first, the fastest first', async () => {
    const decoded = costCodec.decode(JSON.parse(await said('scaled', { json: true, tile: 'k=64' })));
    if (E.isLeft(decoded)) throw new Error('not decoded');
    const { candidates, sizes, name } = decoded.right;
    expect({ name, sizes }).toEqual({ name: 'scaled', sizes: { batch: 1, m: 200, k: 70, n: 90 } });
    expect(candidates.length).toBeGreaterThan(10);
    const times = candidates.filter((c) => c.misfit === null).map((c) => c.figures.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { figures, formulas } of candidates) {
      expect(figures.time).toBeGreaterThanOrEqual(Math.max(figures.floor.compute, figures.floor.memory));
      expect(figures.flopInside).toBeGreaterThanOrEqual(2 * 200 * 70 * 90);
      expect(figures.flop).toBeGreaterThanOrEqual(figures.flopInside);
      expect(figures.bytesLeast).toBe(4 * (200 * 70 + 70 * 90 + 200 * 90));
      expect(Object.keys(formulas.moved)).toEqual(['a', 'b']);
    }
    const shared = candidates.find((c) => c.perLane['m'] === 8 && c.tiles['m'] === 64 && c.tiles['n'] === 64)!;
    expect(shared.formulas.moved).toEqual({ a: 'batch ceil(n/64) k m', b: 'batch ceil(m/64) k n' });
    expect(shared.figures.bytesRead).toBe(4 * (200 * 70 * 2 + 70 * 90 * 4));
    expect(shared.figures.blocks).toBe(4 * 2);
  });
  test('says what does not fit the target', async () => {
    const text = await said('scaled', { target: 'wgsl', tile: 'm=128,n=64,k=64' });
    expect(text).toMatch(/^no fit .* workgroup \d+ of 16384 /m);
  });
  test('has what was named in every schedule', async () => {
    const text = await said('scaled', { tile: 'm=16,k=16' });
    const rows = text.split('\n').filter((l) => l.includes('--tile'));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((l) => !l.includes('m=16'))).toEqual([]);
  });
});

describe('refused', () => {
  // prettier-ignore
  const CASES: readonly (readonly [name: string, options: Partial<CostCommandOptions>, exit: number, says: string])[] = [
    ['scaled',   { sizes: 'm=2,k=3,n=4,q=5' },    3, 'has no axis'],
    ['scaled',   { sizes: 'm=2,k=3' },            3, 'the size of `n` is not given'],
    ['scaled',   { sizes: 'm=2,k=0,n=1' },        3, 'cannot have size 0'],
    ['scaled',   { sizes: 'm=2,k=3,n=two' },      3, 'is no size'],
    ['scaled',   { device: 'h20' },               3, 'there is no device'],
    ['scaled',   { device: 'nowhere.json' },      3, 'it does not exist'],
    ['scaled',   { target: 'metal' },             3, 'there is no target'],
    ['scaled',   { tile: 'z=3' },                 3, 'z'],
    ['unproved', { sizes: 'k=3' },                2, 'unproved'],
    ['nothing',  { sizes: 'k=3' },                3, 'nothing'],
  ];
  test.each(CASES)('%s with %o: exit %i', async (name, options, exit, says) => {
    const error = await refusal(name, options);
    expect(error.exit).toBe(exit);
    expect(error.said.headline).toContain(says);
  });
  test('in a process of its own, in seconds: a size of an axis that is not there', () => {
    const begin = Date.now();
    const ran = weft(folder, ['cost', 'scaled', '--sizes', 'm=2,k=3,n=4,q=5']);
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(clean(ran.stderr)).toBe(true);
    expect(Date.now() - begin).toBeLessThan(30_000);
    expect(weft(folder, ['cost', 'scaled']).status).toBe(3);
  });
});

describe('weft extract --explain', () => {
  test('says on stderr what costs more than it might, and prints the same text', async () => {
    const printed = async (explain: boolean): Promise<readonly [string, string]> => {
      const [text, told]: [string[], string[]] = [[], []];
      vi.spyOn(process.stdout, 'write').mockImplementation((t) => (text.push(String(t)), true));
      vi.spyOn(process.stderr, 'write').mockImplementation((t) => (told.push(String(t)), true));
      await extractCommand(checked, 'scaled', { target: 'cuda', explain });
      return [text.join(''), told.join('')];
    };
    const [plain, nothing] = await printed(false);
    const [text, told] = await printed(true);
    expect(text).toBe(plain);
    expect(nothing).not.toContain('side by side');
    expect(told).toBe('weft: out is written by neighbouring lanes n numbers apart, not side by side\n');
  });
});

describe('numbers in a table', () => {
  test('are rounded with their unit', () => {
    expect([seconds(0.00123), seconds(2), seconds(4e-6)]).toEqual(['1.23 ms', '2.00 s', '4.00 us']);
    expect([scaled(999, 'B'), scaled(1000, 'B'), scaled(1.5e9, '')]).toEqual(['999 B', '1 kB', '1.5 G']);
    expect(scheduleText({ tiles: {}, perLane: {}, lanes: {}, whole: [] })).toBe('(nothing named)');
  });
});

describe('`weft extract` with sizes', () => {
  async function text(name: string, options: Partial<ExtractCommandOptions>): Promise<string> {
    const lines: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((t) => (lines.push(String(t)), true));
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await extractCommand(checked, name, { target: 'cuda', ...options });
    return lines.join('');
  }
  const first = (of: string): string => of.split('\n', 1)[0]!;

  test('takes the first schedule of the comparison, and says how to get the same text again', async () => {
    const found = await text('scaled', { sizes: usual.sizes });
    const { candidates } = JSON.parse(await said('scaled', { json: true })) as {
      readonly candidates: readonly Parameters<typeof scheduleText>[0][];
    };
    expect(first(found)).toBe(
      `// Generated by Weft: weft extract scaled --target cuda ${scheduleText(candidates[0]!)}`,
    );
    const how = commandOf(found)!;
    const again = await text('scaled', {
      tile: [...how.chosen.tiles].map(([a, n]) => `${a}=${n}`).join(),
      ...(how.chosen.perLane.size > 0 ? { perLane: [...how.chosen.perLane].map(([a, n]) => `${a}=${n}`).join() } : {}),
      ...(how.chosen.whole.size > 0 ? { whole: [...how.chosen.whole].join() } : {}),
    });
    expect(again).toBe(found);
  });
  test('other sizes have another schedule, and what is named stands', async () => {
    const large = await text('scaled', { sizes: 'm=4096,k=4096,n=4096' });
    expect(first(large)).not.toBe(first(await text('scaled', { sizes: 'm=4,k=5,n=3' })));
    expect(first(await text('scaled', { sizes: 'm=4096,k=4096,n=4096', tile: 'k=24' }))).toMatch(/k=24\b/);
  });
  test.each([
    ['a size that is missing', { sizes: 'm=4,k=5' }, 3],
    ['an axis that is not there', { sizes: 'm=4,k=5,n=3,z=1' }, 3],
    ['a device without sizes', { device: 'h200' }, 3],
    ['a target whose time means nothing', { sizes: usual.sizes, target: 'host' }, 3],
    ['a device that is not there', { sizes: usual.sizes, device: 'h20' }, 3],
    ['tiles that fit no memory', { sizes: 'm=4096,k=4096,n=4096', target: 'wgsl', tile: 'm=128,n=128,k=128' }, 1],
  ])('refuses %s', async (_what, options, exit) => {
    const error: unknown = await text('scaled', options).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ exit });
  });
});
