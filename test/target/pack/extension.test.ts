// The extension for VS Code as it is packed: what is in the file, and its bundle run with the built server. The editor is stood in for by a module that records what the extension asks of it; no test starts VS Code.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../support/tree.js';
import { editor } from './editor.js';

/** The files of a zip, by its directory at the end. */
function unzipped(data: Buffer): ReadonlyMap<string, Buffer> {
  const end = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  let at = data.readUInt32LE(end + 16);
  for (let n = data.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((i) => data.readUInt16LE(at + i)) as [number, number, number];
    const local = data.readUInt32LE(at + 42);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const bytes = data.subarray(start, start + size);
    files.set(data.toString('utf8', at + 46, at + 46 + name), method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + name + extra + comment;
  }
  return files;
}

interface Manifest {
  readonly main: string;
  readonly version: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly languages: readonly { readonly configuration: string; readonly extensions: readonly string[] }[];
    readonly configuration: { readonly properties: object };
  };
}

const folder = mkdtempSync(join(tmpdir(), 'weft-extension-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: ReadonlyMap<string, Buffer>;
let manifest: Manifest;
beforeAll(() => {
  const out = join(folder, 'weft.vsix');
  execFileSync(process.execPath, [join(root, 'scripts/extension.mjs'), out], { stdio: ['ignore', 'ignore', 'pipe'] });
  files = unzipped(readFileSync(out));
  manifest = JSON.parse(files.get('extension/package.json')!.toString()) as Manifest;
}, 120_000);

describe('the packed extension', () => {
  test('has what it names, and nothing of the repository besides', () => {
    expect([...files.keys()].sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/NOTICES.txt',
      'extension/extension.cjs',
      'extension/language-configuration.json',
      'extension/package.json',
      'extension/readme.md',
      'extension/weft.tmLanguage.json',
    ]);
    const { grammars, languages } = manifest.contributes;
    for (const path of [manifest.main, grammars[0]!.path, languages[0]!.configuration])
      expect(files.has(join('extension', path)), path).toBe(true);
    const grammar = JSON.parse(files.get('extension/weft.tmLanguage.json')!.toString()) as { scopeName: string };
    expect(grammar.scopeName).toBe(grammars[0]!.scopeName);
    expect(manifest.version).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).version);
    expect(languages[0]!.extensions).toEqual(['.weft']);
    expect(files.get('extension/NOTICES.txt')!.toString()).toContain(
      'vscode-languageclient\n\nCopyright (c) Microsoft',
    );
  });

  test('is a text that no path of this machine is in', () => {
    for (const [name, data] of files) expect(data.includes(root), name).toBe(false);
  });

  test('loads nothing but Node and the editor', () => {
    const bundle = files.get('extension/extension.cjs')!.toString();
    const needed = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map((m) => m[1]!);
    const foreign = needed.filter((m) => m !== 'vscode' && !createRequire(import.meta.url)('node:module').isBuiltin(m));
    expect(needed).toContain('vscode');
    expect(foreign).toEqual([]);
  });

  test('starts the server, shows goals with a picture, and has its commands', { timeout: 120_000 }, () => {
    writeFileSync(join(folder, 'extension.cjs'), files.get('extension/extension.cjs')!);
    writeFileSync(join(folder, 'editor.cjs'), editor(join(root, 'dist/cli/main.js')));
    const ran = spawnSync(process.execPath, ['editor.cjs'], { cwd: folder, encoding: 'utf8', timeout: 90_000 });
    expect(ran.stderr).toBe('');
    const seen = JSON.parse(ran.stdout) as { commands: string[]; page: string; bodies: string[]; suggested: string };
    expect(seen.commands.sort()).toEqual(manifest.contributes.commands.map((c) => c.command).sort());
    expect(seen.page).toContain("default-src 'none'");
    expect(seen.bodies.at(-1)).toContain('<h2>1 goal</h2>');
    expect(seen.bodies.at(-1)).toContain('<svg xmlns');
    expect(seen.bodies.at(-1)).not.toContain('<h2>Steps</h2>');
    expect(seen.suggested).toContain('<h2>Steps</h2>');
  });
});
