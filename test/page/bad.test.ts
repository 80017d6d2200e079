// The page in Chromium: Workers that end, a device that is lost, no GPU. Each is said, and the texts are kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Playground, type Site, site } from './playground.js';

let own: Site;
beforeAll(async () => (own = await site()));
afterAll(() => own.close());

describe('the checker', () => {
  it.each([
    ['throws', () => void setTimeout(() => { throw new Error('planted'); })], // prettier-ignore
    ['ends without a word', () => self.close()],
  ])('that %s is started again, with the texts', async (_, end) => {
    const page = await Playground.open(own);
    await page.cursor('theorems', 'the sum of a row');
    await page.type(' kept');
    await page.checked();
    const dead = page.worker('checker');
    await dead.evaluate(end).catch(() => undefined);
    expect(await page.saying('notice', 'was started again')).toContain('Your texts are as they were');
    await page.checked();
    expect(await page.source('theorems')).toContain(
      'the sum of a row, one tile after another: the state is the sum so far kept',
    );
    await page.cursor('proofs', 'rewrite sum-add');
    await page.type('x');
    await page.saying('verdicts', 'rejected total.mergeable');
    await page.page.close();
  });
  it('that ends again and again is stopped, and started by a button', async () => {
    const page = await Playground.open(own);
    await page.page.route('**/library.json', (route) => route.abort());
    await page
      .worker('checker')
      .evaluate(() => self.close())
      .catch(() => undefined);
    await page.saying('notice', 'ended again and again');
    expect(await page.text('status')).toBe('The checker is not running');
    expect(await page.source('proofs')).toContain('rewrite sum-add');
    await page.page.unroute('**/library.json');
    await page.page.click('#notice button');
    await page.checked();
    await page.cursor('proofs', 'rewrite sum-add');
    await page.saying('goal', 'total.mergeable');
    await page.page.close();
  });
});

describe('the workshop', () => {
  it('that ends says so; the next command starts another', async () => {
    const page = await Playground.open(own);
    await page.extract();
    await page
      .worker('workshop')
      .evaluate(() => self.close())
      .catch(() => undefined);
    await page.page.locator('#run:disabled').waitFor();
    expect(await page.extract()).toContain('@compute');
    expect(await page.run()).toBe('Every element is within its bound.');
    await page.page.close();
  });
  it('can be stopped', async () => {
    const page = await Playground.open(own);
    await page.choose('variance');
    await page.tab('kernel');
    await page.page.click('#extract');
    await page.page.click('#stop');
    expect(await page.saying('kernel-status', 'did not finish')).toContain('stopped');
    expect(await page.page.locator('#stop').isDisabled()).toBe(true);
    await page.page.close();
  });
  it('whose device is lost says so, and runs again on another', async () => {
    const page = await Playground.open(own);
    await page.extract();
    const worker = page.worker('workshop');
    await worker.evaluate(() => {
      const kept = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (asked) {
        const device = await kept.call(this, asked);
        Object.assign(self, { opened: device });
        return device;
      };
    });
    expect(await page.run()).toBe('Every element is within its bound.');
    await worker.evaluate(() => (self as unknown as { opened: GPUDevice }).opened.destroy());
    expect(await page.run()).toContain('The GPU device was lost');
    expect(await page.page.locator('#run').isEnabled()).toBe(true);
    expect(await page.run()).toBe('Every element is within its bound.');
    await page.page.close();
  });
});

describe('without a GPU', () => {
  it('a browser without WebGPU is told so, and all else works', async () => {
    const page = await Playground.open(own);
    expect(await page.extract()).toContain('@compute');
    await page.worker('workshop').evaluate(() => Object.defineProperty(navigator, 'gpu', { value: undefined }));
    expect(await page.run()).toContain('This browser has no WebGPU');
    expect(await page.text('kernel-text')).toContain('@compute');
    await page.page.close();
  });
  it('a browser that gives no adapter is told so', async () => {
    const none = await site('none');
    const page = await Playground.open(none);
    expect(await page.extract()).toContain('@compute');
    expect(await page.run()).toMatch(/no WebGPU|no GPU for it/);
    await none.close();
  });
});

describe('a narrow page', () => {
  it('has all in one column, and nothing wider than it', async () => {
    const page = await Playground.open(own, '', 420);
    const wide = await page.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(420);
    await page.page.close();
  });
});
