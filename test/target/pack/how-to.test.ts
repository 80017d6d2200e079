// Every how-to is done from its own text, in an empty folder, with the tarball beside it, on a machine with Node alone (two pages say that they use g++ too) and no network but the
// registry of this test, which has what node_modules has. Invariant: a page that does nothing fails.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../support/tree.js';
import { blocksOf } from '../../docs/blocks.js';
import { follow, placeOf, printedIn } from './how-to.js';
import { environment, putTarball } from './user.js';

const MINUTES = 60_000;
const pages = readdirSync(join(root, 'docs/how-to')).map((f) => `docs/how-to/${f}`);
let base = '';

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'weft-how-to-'));
});

afterAll(() => {
  if (base !== '') rmSync(base, { recursive: true, force: true });
});

/** An empty folder but for the tarball, as the pages say. */
function empty(name: string): string {
  const folder = join(base, name);
  mkdirSync(folder);
  putTarball(folder);
  return folder;
}

describe('how-tos', () => {
  test.each(pages)(
    '%s',
    async (page) => {
      const blocks = blocksOf(page);
      expect(blocks.filter((b) => b.language === 'sh').length).toBeGreaterThan(1);
      expect(blocks.filter((b) => placeOf(b) !== undefined).length).toBeGreaterThan(0);
      const folder = empty(page.replaceAll('/', '-'));
      expect(await follow(page, folder, environment(base))).toEqual([]);
    },
    10 * MINUTES,
  );

  test('are found', () => expect(pages.length).toBeGreaterThanOrEqual(2));
});

describe('the runner', () => {
  const printed = 'one\ntwo\n  three\nfour\n';
  test.each([
    ['two\n  three\n', true],
    ['one\n…\nfour\n', true],
    ['four\n…\none\n', false],
    ['two\nthree\n', false],
    ['tw\n', false],
  ])('compares %j', (text, found) => expect(printedIn(printed, text)).toBe(found));

  test('follows into a folder, and fails where there is none', async () => {
    const folder = join(base, 'entered');
    mkdirSync(join(folder, 'a'), { recursive: true });
    const page = join(folder, 'page.md');
    writeFileSync(
      page,
      'To `b.txt`:\n\n```sh\ncd a\n```\n\n```text as b.txt\nb\n```\n\n```sh\ntest -f b.txt\ntest -f a/b.txt\n```\n',
    );
    const wrong = await follow(page, folder, environment(base));
    expect(wrong.map((w) => w.split('\n')[0]!.replace(/^.*page\.md:/, ''))).toEqual([
      '11 test -f a/b.txt: exit 1, not 0',
    ]);
    writeFileSync(page, '```sh\ncd nowhere\n```\n');
    await expect(follow(page, folder, environment(base))).rejects.toThrow('ENOENT');
  });

  test('sees a line that fails, a text that is not printed, and a package that is not there', async () => {
    const folder = join(base, 'seen');
    mkdirSync(folder);
    const page = join(folder, 'page.md');
    writeFileSync(
      page,
      '```sh\nnode -e 1\nfalse\nnpm view no-such-package\n```\n\n```text\nnothing\n```\n\n```js\n1\n```\n',
    );
    const wrong = await follow(page, folder, environment(base));
    expect(wrong.map((w) => w.split('\n')[0]!.replace(/^.*page\.md:/, ''))).toEqual([
      '1 false: exit 1, not 0',
      '1 npm view no-such-package: exit 1, not 0',
      '7 is not what was printed:',
      '11 a block of a kind that is not executed: js',
    ]);
  });
});
