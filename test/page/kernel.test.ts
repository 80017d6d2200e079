// The page in Chromium: kernels. What it extracts is what the library extracts, and what its software GPU computes is the statement in float64, evaluated here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputsFor } from '../../playground/src/data.js';
import { type Check, checkTexts, extract } from '../../src/index.js';
import { compare, launchOn, specOf } from '../../src/run/launch/launch.js';
import { launch } from '../../src/run/launch/device.js';
import { root } from '../support/tree.js';
import { type Playground, onePage } from './playground.js';

let page: Playground;
onePage((_own, opened) => (page = opened));

/** An example, checked here. */
function checkedHere(example: string): Check {
  const text = (part: string): string =>
    readFileSync(join(root, 'playground/gallery', example, `${part}.weft`), 'utf8');
  return checkTexts(['theorems', 'proofs'].map((part) => ({ path: `${part}/mine.weft`, text: text(part) })));
}
/** What the page shows of a run, by its term. */
async function results(): Promise<Readonly<Record<string, string>>> {
  const terms = await page.page.locator('#result dt').allTextContents();
  const said = await page.page.locator('#result dd').allTextContents();
  return Object.fromEntries(terms.map((t, i) => [t, said[i] ?? '']));
}

const SIZES = { total: { batch: 16, n: 128 }, attention: { q: 128, k: 128, d: 32, e: 32 } } as const;

describe.each([
  ['sum', 'total', SIZES.total],
  ['attention', 'attention', SIZES.attention],
] as const)('the kernel of the example %s', (example, name, sizes) => {
  it('is the text that the library extracts', async () => {
    await page.choose(example);
    const here = extract(checkedHere(example), name, { target: 'wgsl' });
    expect(await page.extract()).toBe(here.text);
    expect(here.text).toContain('@compute');
    expect(await page.text('kernel-status')).toMatch(/proved here with \d+ theorems/);
  });
  it('runs on the software adapter, and its numbers are those of the host', async () => {
    expect(await page.run()).toBe('Every element is within its bound.');
    const { device, first, error, bound, time } = await results();
    expect(device).toContain('swiftshader');
    expect(time).toMatch(/^\d+\.\d ms/);
    expect(Number(/^[\d.e-]+/.exec(error!)![0])).toBeLessThan(Number(/^[\d.e-]+/.exec(bound!)![0]));
    const kernel = extract(checkedHere(example), name, { target: 'host' });
    // the first data of a kernel are drawn from the seed 1
    const inputs = inputsFor(kernel, sizes, 1);
    const host = await launch(kernel, inputs);
    if (host._tag === 'Left') throw new Error(JSON.stringify(host.left));
    const shown = first!.split(', ').map(Number);
    expect(shown).toHaveLength(8);
    shown.forEach((x, i) => expect(x).toBeCloseTo(host.right.outputs[0]!.data[i]!, 3));
    expect(new Set(shown).size).toBeGreaterThan(4);
  });
});

describe('a run is judged', () => {
  it('a device that computes something else is over its bound', async () => {
    const kernel = extract(checkedHere('sum'), 'total', { target: 'wgsl' });
    const inputs = inputsFor(kernel, SIZES.total, 1);
    expect(specOf(kernel)).toBeDefined();
    const wrong = await launchOn(kernel, inputs, async () => ({
      _tag: 'Right',
      right: {
        run: async () => ({ _tag: 'Right', right: [new Float32Array(16).fill(1)] }),
        device: 'none',
        close: async () => undefined,
      },
    }));
    if (wrong._tag === 'Left') throw new Error('no launch');
    const off = compare(kernel, inputs, wrong.right);
    expect(off._tag === 'Right' && off.right.ratio).toBeGreaterThan(1);
  });
});

describe('tiles and sizes', () => {
  it('are taken from the page, and a tile that does not fit is refused in words', async () => {
    await page.choose('own-norm');
    const before = await page.extract();
    await page.page.fill('#tiles input[data-axis=n]', '8');
    await page.page.click('#extract');
    await page.page.locator('#kernel-text', { hasText: 'axis n: streamed in tiles of 8' }).waitFor();
    expect(await page.text('kernel-text')).not.toBe(before);
    await page.page.fill('#sizes input[data-axis=n]', '77');
    expect(await page.run()).toBe('Every element is within its bound.');
  });
  it('a text that changes makes the kernel old', async () => {
    await page.cursor('theorems', 'each row of x');
    await page.type('!');
    await page.saying('kernel-status', 'The texts have changed since');
    expect(await page.page.locator('#run').isDisabled()).toBe(true);
  });
  it('a stream that is not proved has no kernel', async () => {
    await page.choose('wrong-mean');
    await page.page.locator('#stream option', { hasText: 'average' }).waitFor({ state: 'attached' });
    await page.tab('kernel');
    await page.page.click('#extract');
    expect(await page.saying('kernel-status', 'average')).toMatch(/is not proved|rejected/);
    expect(await page.page.locator('#run').isDisabled()).toBe(true);
  });
});

describe('finding a stream', () => {
  it('gives a script that is proved when it is put into the texts', async () => {
    await page.choose('find');
    await page.page.locator('#definition option', { hasText: 'weighed' }).waitFor({ state: 'attached' });
    await page.tab('stream');
    await page.page.selectOption('#definition', 'weighed');
    await page.page.click('#find');
    await page.page.locator('#found button').click();
    await page.checked();
    expect(await page.saying('verdicts', 'weighed-found.mergeable')).not.toMatch(/rejected|open/);
  });
  it('refuses what does not stream, with two lists that show why', async () => {
    await page.page.selectOption('#definition', 'meetings');
    await page.page.click('#find');
    const said = await page.saying('found', 'meetings over n: refused');
    expect(said).toMatch(/witness.*the same sums and sums of squares/);
    expect(said).toMatch(/first {5}\[.*\]/);
  });
});
