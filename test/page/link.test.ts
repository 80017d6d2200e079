// The page in Chromium: a link that carries the texts, one that is broken, and texts that a reload brings back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Playground, type Site, site } from './playground.js';

let own: Site;
beforeAll(async () => (own = await site()));
afterAll(() => own.close());

/** The part of the address after #. */
const hashOf = (page: Playground): Promise<string> => page.page.evaluate(() => location.hash);

describe('a link', () => {
  it('carries what is typed: a reload and another page have the same texts', async () => {
    const page = await Playground.open(own);
    await page.cursor('theorems', 'the sum of a row');
    await page.type(' ∑ typed');
    await page.page.waitForFunction(() => location.hash.startsWith('#w1.'));
    const [before, hash] = [await page.source('theorems'), await hashOf(page)];
    expect(before).toContain('∑ typed');
    expect(hash).toMatch(/^#w1\.[\w-]+$/);
    await page.page.reload();
    await page.checked();
    expect(await page.source('theorems')).toBe(before);
    const other = await Playground.open(own, hash);
    expect(await other.source('theorems')).toBe(before);
    expect(await other.source('proofs')).toBe(await page.source('proofs'));
    await other.page.close();
    await page.page.close();
  });
  it('is written by the button, for an example that nobody changed', async () => {
    const page = await Playground.open(own);
    expect(await hashOf(page)).toBe('');
    await page.page.click('#link');
    await page.page.waitForFunction(() => location.hash.startsWith('#w1.'));
    await page.saying('link-status', /copied|address/);
    await page.page.close();
  });
  it.each([
    ['cut', (hash: string) => hash.slice(0, -20)],
    ['changed', (hash: string) => `${hash.slice(0, 40)}AAAA${hash.slice(44)}`],
    ['of another form', () => '#hello'],
    ['no base64', () => '#w1.%%%'],
  ])('that is %s is said to be broken, stays, and goes when something is typed', async (_, broken) => {
    const first = await Playground.open(own);
    await first.page.click('#link');
    await first.page.waitForFunction(() => location.hash.startsWith('#w1.'));
    const hash = broken(await hashOf(first));
    await first.page.close();
    const page = await Playground.open(own, hash);
    expect(await page.saying('notice', 'The link cannot be read')).toContain('stays in the address');
    expect(await page.text('verdicts')).toContain('proved total');
    expect(await hashOf(page)).toBe(hash);
    await page.cursor('theorems', 'the sum of a row');
    await page.type('!');
    await page.page.waitForFunction((was) => location.hash !== was && location.hash.startsWith('#w1.'), hash);
    await page.page.close();
  });
});
