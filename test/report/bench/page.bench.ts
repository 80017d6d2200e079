// What a visitor of the playground waits for, in Chromium on this machine: bytes of the first load as a host that compresses sends them, time until the editor can be typed in and until all is checked, time from a
// keystroke to the goals. It builds the page first.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPage } from '../../../scripts/playground.mjs';
import { Playground, site } from '../../page/playground.js';
import { median, report } from './report.js';

const ROUNDS = 5;
const KEYS = 24;

const dist = await buildPage();
const own = await site();

/** What the page loads by itself, compressed. */
async function firstLoad(page: Playground): Promise<number> {
  const loaded = await page.page.evaluate(() =>
    performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname),
  );
  // what Workers load is not in that list
  const all = new Set(['/index.html', '/library.json', '/verdicts.json', ...loaded, ...scripts()]);
  const files = [...all].map((path) => path.slice(1)).filter((path) => readdirSync(dist).includes(path));
  return files.reduce((n, file) => n + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
}
const scripts = (): readonly string[] =>
  readdirSync(dist)
    .filter((f) => f.endsWith('.js') && !f.startsWith('workshop'))
    .map((f) => `/${f}`);

const [ready, checked]: [number[], number[]] = [[], []];
for (let i = 0; i < ROUNDS; i += 1) {
  const begun = performance.now();
  const page = await Playground.open(own);
  checked.push(performance.now() - begun);
  ready.push(Number(await page.page.getAttribute('#app', 'data-ready')));
  await page.page.close();
}

const page = await Playground.open(own);
const bytes = await firstLoad(page);
await page.cursor('proofs', 'rewrite sum-add');
await page.saying('goal', 'total.mergeable');
const goals: number[] = [];
for (let i = 0; i < KEYS; i += 1) {
  // armed before the key; the panel is made anew once the checker has answered of the newest text
  await page.page.evaluate(() => {
    const took = new Promise<number>((resolve) => {
      let begun = 0;
      addEventListener('keydown', () => (begun = performance.now()), { once: true, capture: true });
      const seen = new MutationObserver(() => {
        if (begun === 0) return;
        seen.disconnect();
        resolve(performance.now() - begun);
      });
      seen.observe(document.getElementById('goal')!, { childList: true });
    });
    Object.assign(window, { took });
  });
  await page.page.keyboard.press(i % 2 === 0 ? 'x' : 'Backspace');
  goals.push(await page.page.evaluate(() => (window as unknown as { took: Promise<number> }).took));
  await page.checked();
  await page.page.waitForTimeout(300);
}
await own.close();
report('the playground in Chromium, wall clock', [
  { what: 'first load, gzip', value: bytes / 1024, unit: 'KiB', aim: 1536 },
  { what: 'until the editor is ready, median', value: median(ready), unit: 'ms', aim: 2000 },
  { what: 'until all is checked, median', value: median(checked), unit: 'ms', aim: 2000 },
  { what: 'keystroke to goals, median', value: median(goals), unit: 'ms', aim: 100 },
]);
