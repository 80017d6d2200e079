// The page in Chromium: texts that are edited, and what is said of them.
import { describe, expect, it } from 'vitest';
import { type Playground, type Site, onePage } from './playground.js';

let own: Site;
let page: Playground;
onePage((s, p) => ([own, page] = [s, p]));

describe('the page', () => {
  it('opens with an example that is proved, and loads nothing from another host', async () => {
    expect(await page.text('verdicts')).toContain('proved total.mergeable');
    expect(await page.text('problem-count')).toBe('0');
    // of the library nothing is proved again: the verdicts that ship are of this build, by the page's own digest
    expect(await page.text('status')).toContain(', 3 proofs run');
    expect(await page.text('verdicts')).toContain('7 remembered');
    const loaded = await page.page.evaluate(() => performance.getEntriesByType('resource').map((e) => e.name));
    expect(loaded.length).toBeGreaterThan(2);
    expect(loaded.filter((name) => !name.startsWith(own.url) && !name.startsWith('data:'))).toEqual([]);
  });
  it('moves nothing while it loads', async () => {
    const moved = await page.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          const seen = new PerformanceObserver((list) => {
            for (const e of list.getEntries()) sum += (e as unknown as { readonly value: number }).value;
          });
          seen.observe({ type: 'layout-shift', buffered: true } as PerformanceObserverInit);
          setTimeout(() => resolve(sum), 200);
        }),
    );
    expect(moved).toBeLessThan(0.02);
  });
  it('shows the goals at the cursor, before and after a step, with a picture', async () => {
    await page.cursor('proofs', 'proof total.mergeable');
    const before = await page.saying('goal', 'total.mergeable: One goal');
    expect(before).toContain('sum(x ++ x\')'); // prettier-ignore
    expect(await page.page.locator('#goal .picture').count()).toBe(1);
    const drawn = await page.page.locator('#goal .picture svg').getAttribute('width');
    expect(Number(drawn)).toBeGreaterThan(100);
    await page.cursor('proofs', 'rewrite sum-add');
    // both sides are one now
    await page.saying('goal', /x' : R\[b\]\s*sum\(x\) \+ sum\(x'\)\s*= sum\(x\) \+ sum\(x'\)/);
  });
  it('draws the statement at the cursor', async () => {
    await page.cursor('theorems', 'stream total');
    await page.page.locator('#goal .picture svg > title', { hasText: /^total$/ }).waitFor({ state: 'attached' });
  });
  it('says what is wrong as it is typed, with its code and place, and takes it back', async () => {
    await page.cursor('proofs', 'rewrite sum-add');
    await page.type('x');
    await page.page.locator('#problem-count', { hasText: '1' }).waitFor();
    await page.tab('problems');
    const said = await page.text('problems');
    expect(said).toContain('E-SCOPE');
    expect(said).toContain('Proofs 11:11');
    expect(await page.saying('verdicts', 'rejected')).toContain('total.mergeable E-SCOPE');
    await page.page.click('#problems .place');
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('Backspace');
    await page.page.locator('#problem-count', { hasText: '0' }).waitFor();
  });
  it('half-typed text is said at its place, and hides no other proof', async () => {
    await page.cursor('proofs', 'rewrite sum-add');
    await page.type('\n  rewrite sum-add with (');
    await page.saying('problems', 'E-SYNTAX');
    const verdicts = await page.text('verdicts');
    expect(verdicts).toContain('proved total.commutative');
    await page.tab('goal');
    await page.cursor('proofs', 'proof total.mergeable');
    await page.saying('goal', 'sum(x ++');
    await page.choose('sum');
  });
  it('shows numbers for which a wrong law is false', async () => {
    await page.choose('wrong-mean');
    await page.saying('verdicts', 'rejected average.mergeable E-EQ');
    await page.cursor('proofs', 'proof average.mergeable');
    const said = await page.saying('goal', 'Counterexample');
    expect(said).toMatch(/Counterexample: .*the left side is .*, the right side /);
  });
});

describe('the gallery', () => {
  it.each(['sum', 'variance', 'softmax', 'attention', 'spherical', 'own-norm', 'find'])(
    '%s is proved whole',
    async (key) => {
      await page.choose(key);
      const verdicts = await page.text('verdicts');
      expect(verdicts).not.toMatch(/rejected|declined|open/);
      expect(verdicts).toMatch(key === 'find' ? 'No theorem' : /✓ proved/);
      expect(await page.text('problem-count')).toBe('0');
    },
  );
  it('has no example besides, but the wrong one', async () => {
    const keys = await page.page
      .locator('#example option')
      .evaluateAll((all) => all.map((o) => o.getAttribute('value')));
    expect(keys).toEqual([
      '',
      'sum',
      'variance',
      'softmax',
      'attention',
      'spherical',
      'own-norm',
      'wrong-mean',
      'find',
    ]);
  });
});

describe('a keyboard alone', () => {
  it('goes through the page, moves between tabs by arrows, and leaves the editor by Tab', async () => {
    await page.page.focus('#tab-goal');
    await page.page.keyboard.press('ArrowRight');
    expect(await page.page.locator('#tab-problems').getAttribute('aria-selected')).toBe('true');
    await page.page.keyboard.press('End');
    expect(await page.page.evaluate(() => document.activeElement?.id)).toBe('tab-stream');
    await page.page.keyboard.press('Home');
    await page.cursor('theorems', 'stream');
    await page.page.keyboard.press('Tab');
    expect(await page.page.evaluate(() => document.activeElement?.closest('#theorems'))).toBeNull();
  });
  it('every control has a name', async () => {
    const bare = await page.page.evaluate(() =>
      [...document.querySelectorAll('button, select, input, [role=tabpanel], [contenteditable=true]')]
        .filter((e) => {
          const labelled = e.getAttribute('aria-label') ?? e.getAttribute('aria-labelledby') ?? e.textContent;
          return (labelled ?? '').trim() === '' && (e as HTMLInputElement).labels?.length === 0;
        })
        .map((e) => e.outerHTML.slice(0, 80)),
    );
    expect(bare).toEqual([]);
  });
});

describe('completion and hover', () => {
  it('offer what is in sight, and say what a name states', async () => {
    await page.choose('sum');
    await page.cursor('proofs', 'rewrite sum-add');
    await page.type('\n  rewrite sum-a');
    await page.page.locator('.cm-tooltip-autocomplete li', { hasText: 'sum-add' }).first().waitFor();
    await page.page.keyboard.press('Escape');
    await page.choose('sum');
    const line = page.page.locator('#proofs .cm-line', { hasText: 'rewrite sum-add' });
    const box = (await line.boundingBox())!;
    // in the middle of the second word
    await page.page.mouse.move(box.x + 110, box.y + box.height / 2);
    const said = await page.page.locator('.hover', { hasText: 'theorem sum-add' }).textContent();
    expect(said).toContain('sum(x ++ y) = sum(x) + sum(y)');
  });
});
