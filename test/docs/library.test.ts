// The page of the library and its pictures are what the script makes of the files; every link of it leads somewhere; all pictures together stay small.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Check, check } from 'weft';
import { itemsOf, libraryPage, proofLines } from '../../scripts/library-page.js';
import { libraryPicture, picturesOf } from '../../scripts/library-pictures.js';
import { listFiles, root } from '../support/tree.js';

const page = 'docs/reference/library.md';
const pictures = join(root, 'docs/pictures/library');
const text = readFileSync(join(root, page), 'utf8');

let library: Check;
beforeAll(() => {
  library = check(root);
}, 120_000);

describe('the page of the library', () => {
  test('is what the script makes (npm run library writes it again)', () => {
    expect(libraryPage(root, library)).toBe(text);
  }, 180_000);

  test('has every theorem, axiom, definition and stream, once', () => {
    const { statements } = library.library;
    const laws = new Set([...statements.streams.values()].flatMap((s) => s.laws));
    const names = [
      ...[...statements.stated.keys()].filter((n) => !laws.has(n)),
      ...statements.axioms.keys(),
      ...[...statements.definitions.keys()].map((d) => d.name),
      ...statements.streams.keys(),
    ];
    expect(names.length).toBeGreaterThan(250);
    const rows = text.split('\n').flatMap((l) => /^\| `([^`]*)` \|/.exec(l)?.[1] ?? []);
    const sorts = ['Position'];
    expect(rows.filter((n) => !sorts.includes(n)).toSorted()).toEqual(names.toSorted());
  });

  test('leads somewhere with every link', () => {
    const links = [...text.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)]+)\)/g)].map((m) => m[1]!);
    const headings = new Set([...text.matchAll(/^#+ (.*)$/gm)].map((m) => m[1]!.toLowerCase().replaceAll(' ', '-')));
    const leads = (to: string): boolean =>
      to.startsWith('#') ? headings.has(to.slice(1)) : existsSync(join(root, dirname(page), to));
    expect(links.length).toBeGreaterThan(80);
    expect(links.filter((l) => !leads(l))).toEqual([]);
    expect([leads('#nowhere'), leads('../pictures/library/nowhere.svg')]).toEqual([false, false]);
  });
});

describe('the pictures of the library', () => {
  test('are what is drawn, and no others', () => {
    const { statements } = library.library;
    const names = [...picturesOf(statements)];
    expect(readdirSync(pictures).toSorted()).toEqual(names.map((n) => `${n}.svg`).toSorted());
    for (const name of names) {
      expect(libraryPicture(statements, name), name).toBe(readFileSync(join(pictures, `${name}.svg`), 'utf8'));
      expect(text, name).toContain(`(../pictures/library/${name}.svg)`);
    }
  });
  test('take less than 4 MB, with those of the other pages', () => {
    const sizes = listFiles(root, 'docs/pictures').map((f) => statSync(join(root, f)).size);
    expect(sizes.length).toBeGreaterThan(60);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(4_000_000);
  });
});

describe('its reader of files', () => {
  test('takes the comment above a statement, not the ruler above that', () => {
    const file =
      '-- A theme,\n-- on two lines.\nimport "x.weft"\n\n-- ---- part ----\n\n-- Says a.\ntheorem a (x : R) -- here\n  : x = x\ntheorem b (x : R) : x = x\n';
    expect(itemsOf('f', file)).toEqual({
      name: 'f',
      theme: 'A theme, on two lines.',
      items: [
        { kind: 'theorem', name: 'a', text: 'theorem a (x : R) : x = x', sentence: 'Says a.' },
        { kind: 'theorem', name: 'b', text: 'theorem b (x : R) : x = x', sentence: '' },
      ],
    });
  });
  test('counts the lines of a proof', () => {
    const text = 'proof a\n  refl\nqed\n-- c\nproof b.c\n  -- why\n  ring\n\n  { refl }\nqed\n';
    expect([...proofLines([text])]).toEqual([
      ['a', 1],
      ['b.c', 2],
    ]);
  });
});
