// Packs the extension for VS Code: one bundle of its sources and the published client, the grammar that all editors share, its manifest, and the license. Invariant: nothing is asked of another
// machine; what is packed is listed here. Writes editors/vscode/weft-VERSION.vsix, or the file that is named.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notices } from './notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const own = join(root, 'editors/vscode');
const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const out = resolve(process.argv[2] ?? join(own, `weft-${version}.vsix`));
const stage = mkdtempSync(join(tmpdir(), 'weft-extension-'));

try {
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [join(own, 'src/extension.ts')],
    outfile: join(stage, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    legalComments: 'eof',
    minify: true,
    logLevel: 'warning',
  });
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  writeFileSync(join(stage, 'NOTICES.txt'), notices(metafile.inputs));
  for (const [from, to] of [
    [join(own, 'language-configuration.json'), 'language-configuration.json'],
    [join(own, 'README.md'), 'README.md'],
    [join(root, 'editors/weft.tmLanguage.json'), 'weft.tmLanguage.json'],
    [join(root, 'LICENSE'), 'LICENSE'],
  ])
    cpSync(from, join(stage, to));
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-update-package-json', '--out', out];
  const done = spawnSync(process.execPath, [vsce, ...args], { cwd: stage, stdio: ['ignore', 'inherit', 'inherit'] });
  process.exitCode = done.status ?? 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
