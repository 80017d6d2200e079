// The language server on what is wrong, too large, too fast or gone: a clear state each time, and nothing lost.
import { afterEach, describe, expect, it } from 'vitest';
import type { Hover, Location } from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import * as fc from 'fast-check';
import { Client } from '../../support/client.js';
import { add, project, weft } from '../../support/weft.js';

const started: Client[] = [];
async function start(folder: string): Promise<Client> {
  const client = await Client.start(folder);
  started.push(client);
  return client;
}
afterEach(() => started.splice(0).forEach((c) => c.kill()));

const texts = {
  'theorems/a.weft': `${add}def double (x : R) : R := x + x\ntheorem t (x : R) : 0 + x = x\ntheorem u (x : R) : double(x) + 0 = x + x\n`,
  'proofs/a.weft':
    'proof t\n  rewrite add-comm\n  rewrite add-zero\nqed\nproof u\n  rewrite add-zero\n  unfold double\nqed\n',
} as const;
type Path = keyof typeof texts;
const codes = (client: Client, path: string) => client.diagnostics.get(path)?.map((d) => d.code);
async function opened(folder: string, files: Readonly<Record<string, string>> = texts): Promise<Client> {
  const client = await start(folder);
  for (const [path, text] of Object.entries(files)) await client.open(path, text);
  await client.checked();
  return client;
}

it(
  'random edits: the diagnostics are those of a server that sees the texts for the first time',
  { timeout: 180_000 },
  async () => {
    const client = await opened(project(texts));
    const words = [
      '',
      ' ',
      '\n',
      'x',
      '?',
      '(',
      '}',
      'qed',
      'rewrite ',
      ' + 0',
      '-- ',
      '\ntheorem v (x : R) : x = x\n',
      '"',
    ];
    const edit = fc.record({
      path: fc.constantFrom<Path>('theorems/a.weft', 'proofs/a.weft'),
      at: fc.nat(400),
      length: fc.nat(12),
      word: fc.constantFrom(...words),
    });
    const all = fc.sample(fc.array(edit, { minLength: 1, maxLength: 4 }), { numRuns: 12, seed: 7 });
    const fresh = await opened(project(texts));
    for (const edits of all) {
      const now: Record<Path, string> = { ...texts };
      for (const { path, at, length, word } of edits) {
        const i = at % (now[path].length + 1);
        now[path] = now[path].slice(0, i) + word + now[path].slice(i + length);
        await client.change(path, now[path]);
      }
      await client.checked();
      const said = Object.fromEntries([...client.diagnostics].filter(([, d]) => d.length > 0));
      // the other one sees only where it ends; then it is as before
      for (const path of Object.keys(texts) as Path[]) await fresh.change(path, now[path]);
      await fresh.checked();
      expect(said, JSON.stringify(now)).toEqual(
        Object.fromEntries([...fresh.diagnostics].filter(([, d]) => d.length > 0)),
      );
      const folder = project(now);
      const check = JSON.parse(weft(folder, ['check', '--json']).stdout || '{"diagnostics":[]}') as {
        diagnostics: { code: string | null; file: string; line: number }[];
      };
      const parses = !check.diagnostics.some((d) => d.code === 'E-SYNTAX');
      if (parses) {
        const key = (file: string, line: number, code: unknown) => `${file}:${line} ${String(code)}`;
        const expected = check.diagnostics.map((d) => key(d.file, d.line, d.code ?? 'open')).sort();
        const found = Object.entries(said)
          .flatMap(([path, ds]) => ds.map((d) => key(path, d.range.start.line + 1, d.code)))
          .sort();
        expect(found, JSON.stringify(now)).toEqual(expected);
      }
      for (const path of Object.keys(texts) as Path[])
        for (const c of [client, fresh]) await c.change(path, texts[path]);
      await client.checked();
      await fresh.checked();
      expect([codes(client, 'proofs/a.weft'), codes(fresh, 'proofs/a.weft')]).toEqual([[], []]);
    }
  },
);

describe('a question', () => {
  it('may be cancelled while the library is checked, and the next is answered', { timeout: 120_000 }, async () => {
    const files = {
      'theorems/a.weft': 'import "../weft/theorems/attention.weft"\ntheorem t (x : R) : x + 0 = x\n',
      'proofs/a.weft': 'proof t\n  rewrite add-zero\nqed\n',
    };
    const client = await start(project(files));
    for (const [path, text] of Object.entries(files)) await client.open(path, text);
    const cancelled = new CancellationTokenSource();
    const position = { line: 1, character: 11 };
    const params = { textDocument: { uri: client.uri('proofs/a.weft') }, position };
    const asked = client.connection.sendRequest('textDocument/hover', params, cancelled.token);
    const refused = expect(asked).rejects.toMatchObject({ code: -32800 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    cancelled.cancel();
    await refused;
    const answer = await client.ask<Hover>('textDocument/hover', 'proofs/a.weft', { position });
    expect(JSON.stringify(answer)).toContain('axiom add-zero');
    const [at] = [await client.ask<Location>('textDocument/definition', 'proofs/a.weft', { position })];
    expect(at.uri).toMatch(/\/theorems\/axioms\.weft$/);
    expect(at.uri.startsWith(client.uri(''))).toBe(false);
  });
  it('after many edits is about the newest text, and most checks are given up', async () => {
    const client = await opened(project(texts));
    const before = client.checks;
    for (let i = 0; i < 60; i += 1) await client.change('proofs/a.weft', texts['proofs/a.weft'].slice(0, -i - 1));
    await client.change('proofs/a.weft', texts['proofs/a.weft']);
    await client.checked();
    expect(codes(client, 'proofs/a.weft')).toEqual([]);
    expect(client.checks - before).toBeLessThan(30);
  });
  it('about a document outside of the project is answered with nothing', async () => {
    const client = await opened(project(texts));
    await client.open('../elsewhere.weft', 'theorem');
    expect(
      await client.ask('textDocument/hover', '../elsewhere.weft', { position: { line: 0, character: 1 } }),
    ).toBeNull();
    expect(client.diagnostics.get('../elsewhere.weft')).toBeUndefined();
  });
});

describe('a text', () => {
  it('that is too long is declined at once, and one that is not is read', { timeout: 60_000 }, async () => {
    const client = await opened(project(texts));
    const long = texts['theorems/a.weft'] + '-'.repeat(200_001);
    const begun = performance.now();
    await client.change('theorems/a.weft', long);
    await client.checked();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(codes(client, 'theorems/a.weft')).toEqual(['E-BUDGET']);
    await client.change('theorems/a.weft', long.slice(0, 199_999));
    await client.checked();
    expect(codes(client, 'theorems/a.weft')).toEqual([]);
  });
  it('that imports itself round a corner has its error, until it does not', async () => {
    const files = {
      'theorems/a.weft': 'import "b.weft"\naxiom a (x : R) : x = x\n',
      'theorems/b.weft': 'import "a.weft"\n',
    };
    const client = await opened(project(files), files);
    expect(
      [...client.diagnostics].flatMap(([, all]) => all.filter((d) => d.severity === 1).map((d) => d.code)),
    ).toEqual(['E-SCOPE']);
    await client.change('theorems/b.weft', '');
    await client.checked();
    expect([...client.diagnostics].flatMap(([, all]) => all.filter((d) => d.severity === 1))).toEqual([]);
  });
  it('that is closed is that of the disk again', async () => {
    const client = await opened(project(texts));
    await client.change('proofs/a.weft', 'proof t\n  ?\nqed\n');
    await client.checked();
    expect(codes(client, 'proofs/a.weft')).toEqual(['E-HOLE']);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('proofs/a.weft') },
    });
    await client.checked();
    expect(codes(client, 'proofs/a.weft')).toEqual([]);
    expect(codes(client, 'theorems/a.weft')).toEqual([]);
  });
});

it('a server that is killed and started again says the same', async () => {
  const folder = project(texts);
  const now = { ...texts, 'proofs/a.weft': texts['proofs/a.weft'].replace('  rewrite add-comm\n', '') };
  const first = await opened(folder, now);
  const said = [...first.diagnostics];
  expect(codes(first, 'proofs/a.weft')).toHaveLength(1);
  expect(said.length).toBe(2);
  await first.change('proofs/a.weft', texts['proofs/a.weft'].replace('rewrite add-comm', ''));
  first.kill();
  const second = await opened(folder, now);
  expect([...second.diagnostics]).toEqual(said);
  expect(await second.stop()).toBe(0);
});

it('without --stdio it says how it is started', () => {
  const ran = weft(project(texts), ['lsp']);
  expect([ran.status, ran.stdout]).toEqual([3, '']);
  expect(ran.stderr).toContain('weft lsp --stdio');
});
