// The page that `npm start` writes, of fewer genes: it loads nothing, is well formed, and its numbers are those that are printed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, test } from 'vitest';
import { check, decodeNpy } from 'weft';
import { factsOf, linesOf } from '../../../examples/genes.js';
import { type Facts, inside, loopOf, pageOf, shares } from '../../../examples/page/page.js';
import { root } from '../../support/tree.js';

const [GENES, PATIENTS] = [90, 38];
let [facts, page] = [undefined as unknown as Facts, ''];

beforeAll(async () => {
  const file = decodeNpy(readFileSync(join(root, 'examples/data/golub-3051x38.npy')));
  if (file._tag === 'Left') throw new Error('no data');
  const data = { shape: [GENES, PATIENTS], data: Float32Array.from(file.right.data.subarray(0, GENES * PATIENTS)) };
  const lines = readFileSync(join(root, 'examples/data/golub-genes.txt'), 'utf8').split('\n');
  const names = lines.slice(0, GENES).map((l) => l.split('\t')[1]!);
  const checked = check(root, [], { only: ['spherical-attention'] });
  facts = await factsOf(checked, { names, data }, 'host', () => undefined);
  // the host's text has other words; the page shows the one for WebGPU
  facts = { ...facts, kernel: readFileSync(join(root, 'kernels/spherical-attention.wgsl'), 'utf8') };
  page = pageOf(facts);
  if (process.env['PAGE'] !== undefined) writeFileSync(process.env['PAGE'], page);
}, 120_000);

/** What a strict reader of XML complains of, and what it read. */
function read(text: string) {
  const [wrong, texts, attributes]: [string[], string[], (readonly [string, string])[]] = [[], [], []];
  const parser = new SaxesParser();
  parser.on('error', (e) => wrong.push(e.message));
  parser.on('text', (t) => texts.push(t));
  parser.on('opentag', (t) => attributes.push(...Object.entries(t.attributes)));
  parser.write(text).close();
  return { wrong, texts, attributes };
}

/** What a page would load, and the scripts that it has. */
const loads = (text: string): readonly string[] => {
  const { attributes } = read(text);
  const links = attributes.filter(([name]) => /^(?:src|href|xlink:href|srcset|action|data|poster)$/.test(name));
  const others = attributes.filter(([name, value]) => !name.startsWith('xmlns') && /https?:|url\(/.test(value));
  const free = text.match(/<script\b|@import\b|url\(|\bon\w+="|<(?:link|iframe|object|embed)\b/g) ?? [];
  return [...links.map(([n, v]) => `${n}=${v}`), ...others.map(([n, v]) => `${n}=${v}`), ...free];
};

describe('the page', () => {
  test('is well formed', () => {
    expect(read(page).wrong).toEqual([]);
    expect(read(page.replace('</figure>', '')).wrong).not.toEqual([]);
    const ids = read(page).attributes.flatMap(([name, value]) => (name === 'id' ? [value] : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, to] of read(page).attributes.filter(([name]) => name === 'aria-labelledby'))
      for (const id of to.split(' ')) expect(ids).toContain(id);
  });

  test('loads nothing', () => {
    expect(loads(page)).toEqual([]);
    expect(page.replace(/xmlns(?::\w+)?="[^"]*"/g, '')).not.toMatch(/https?:/);
    for (const bad of [
      '<script>1</script>',
      '<img src="a.png" />',
      '<i style="background:url(a)" />',
      '<a href="https://x.org" />',
    ])
      expect(loads(page.replace('</main>', `${bad}</main>`)), bad).not.toEqual([]);
  });

  test('has a title, a description, a language, dark mode, and a name for each picture', () => {
    const { document } = parseHTML(page);
    expect(document.querySelector('title')!.textContent).toBe('Genes that attend to genes');
    expect(document.querySelector('meta[name=description]')!.getAttribute('content')).toContain(`${GENES} genes`);
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    expect(page).toContain('prefers-color-scheme:dark');
    const pictures = [...document.querySelectorAll('svg')];
    expect(pictures.length).toBe(4);
    for (const p of pictures) {
      const name =
        p.getAttribute('aria-label') ??
        document.getElementById(p.getAttribute('aria-labelledby')!.split(' ')[0]!)?.textContent;
      expect(name!.length).toBeGreaterThan(10);
    }
  });
});

describe('its numbers', () => {
  const tables = () => {
    const { document } = parseHTML(page);
    return [...document.querySelectorAll('table')].map((t) =>
      [...t.querySelectorAll('tr')].map((r) => [...r.children].map((c) => c.textContent)),
    );
  };
  const numbers = (lines: readonly string[]) =>
    lines.flatMap((l) => l.match(/[+-]\d\.\d{4}|\d+\.\d{3}\b|\d\.\d\de-\d+/g) ?? []);

  test('are those that are printed', () => {
    const printed = linesOf(facts, '1.0');
    const found = numbers(printed);
    expect(found.length).toBe(5 * (1 + 6) + 2);
    const texts = new Set(read(page).texts.flatMap((t) => numbers([t])));
    expect(found.filter((n) => !texts.has(n))).toEqual([]);
    // each weight in the row of its gene and the column of its query
    const [, genes, weights] = tables();
    for (const [i, gene] of facts.genes.entries()) {
      const lines = printed.slice(i * 10, (i + 1) * 10);
      expect(genes![i + 1]).toEqual([`gene ${i + 1}`, lines[0], gene.norm.toFixed(3)]);
      for (const [, weight, key] of lines.map((l) => /^ {4}(\S+) {2}(.*)$/.exec(l) ?? []).filter((m) => m.length > 0))
        expect(weights!.filter((r) => r[0] === key).map((r) => r[i + 1])).toContain(weight);
    }
    expect(printed.length).toBe(51);
  });

  test('of the heat map are those of its table', () => {
    const { document } = parseHTML(page);
    const cells = (within: string) =>
      numbers([...document.querySelectorAll(within)].map((e) => e.textContent)).toSorted();
    const drawn = cells('svg[aria-label^="The weights"] text');
    expect(drawn.length).toBeGreaterThan(30);
    expect(drawn).toEqual(cells('details td'));
  });

  test('of the errors count every element once', () => {
    const [counts] = tables();
    const sum = counts!.slice(1).reduce((n, r) => n + Number(r[1]), 0);
    expect(sum).toBe(GENES * PATIENTS);
    expect(counts!.at(-1)).toEqual(['over the bound', '0']);
    const judged = { error: [0, 1e-6, 0.005, 0.05, 1, 1.5, 0], bound: [1, 1, 1, 1, 1, 1, Infinity] };
    expect(shares(judged).map((s) => s[1])).toEqual([2, 1, 1, 1, 1, 1]);
    const worst = facts.judged.error.length;
    let most = 0;
    for (let i = 0; i < worst; i++) most = Math.max(most, facts.judged.error[i]! / facts.judged.bound[i]!);
    expect(most).toBe(facts.worst.error / facts.worst.bound);
  });
});

describe('its parts', () => {
  test('are the loop of the text that ran, word for word', () => {
    const lines = loopOf(facts.kernel, 'k').split('\n');
    expect(lines[0]).toBe('// the full tiles of k');
    expect(lines.at(-1)).toBe('}');
    expect(facts.kernel.replace(/^ {2}/gm, '')).toContain(lines.join('\n'));
    expect(() => loopOf(facts.kernel, 'z')).toThrow('no loop over the tiles of z');
    const shown = parseHTML(page).document.querySelector('pre')!.textContent;
    expect(shown).toBe(lines.join('\n'));
  });
  test('are pictures whose names and styles are their own', () => {
    const text = inside(facts.loop, 'p');
    expect(text).not.toContain('<!--');
    expect(text).toMatch(/^<div id="p" [^>]*><svg [^>]*aria-labelledby="p-t p-d">/);
    expect(text).toContain('<style>#p{svg{');
  });
});
