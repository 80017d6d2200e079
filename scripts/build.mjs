// Builds src into dist: tsc, then copies what tsc does not (grammars, headers), then removes what no longer has a source.
// Invariant: after a build, dist holds exactly the image of src, in build.json the hash of its code, and verdicts.json if scripts/verdicts.mjs left one: of other code
// nobody reads it. It does not know what any module does.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const src = join(root, 'src');
const dist = join(root, 'dist');
const copied = ['.ohm', '.hpp'];
const made = ['.tsbuildinfo', 'build.json', 'verdicts.json'];

const filesUnder = (dir) =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true, recursive: true })
        .filter((e) => e.isFile())
        .map((e) => relative(dir, join(e.parentPath ?? e.path, e.name)))
    : [];

const hasSource = (file) => {
  if (made.includes(file) || copied.some((ext) => file.endsWith(ext))) return true;
  const stem = file.replace(/(\.d\.ts|\.js)(\.map)?$/, '');
  return existsSync(join(src, `${stem}.ts`));
};

const compile = () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const done = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  return done.status ?? 1;
};

const stale = (file) => !hasSource(file) || (copied.some((e) => file.endsWith(e)) && !existsSync(join(src, file)));

// tsc's incremental record says what was emitted: a removed output without a removed record is never written again
const outputsMissing = () =>
  filesUnder(src).some(
    (f) => f.endsWith('.ts') && !f.endsWith('.d.ts') && !existsSync(join(dist, f.replace(/\.ts$/, '.js'))),
  );
if (outputsMissing()) rmSync(join(dist, '.tsbuildinfo'), { force: true });

const status = compile();
for (const file of filesUnder(src).filter((f) => copied.some((e) => f.endsWith(e)))) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  cpSync(join(src, file), join(dist, file));
}
for (const file of filesUnder(dist).filter(stale)) rmSync(join(dist, file));
for (const main of ['cli', 'replay'].map((folder) => join(dist, folder, 'main.js')))
  if (existsSync(main)) chmodSync(main, 0o755);
// what verdicts that are remembered depend on: the code that gave them, and the versions of the packages that it calls (src/project/cache.ts)
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const code = createHash('sha256').update(`${JSON.stringify(dependencies)}\n`);
for (const file of filesUnder(dist)
  .filter((f) => f.endsWith('.js'))
  .sort())
  code.update(`${file}\n`).update(readFileSync(join(dist, file)));
writeFileSync(join(dist, 'build.json'), `${JSON.stringify({ hash: code.digest('hex') })}\n`);
process.exit(status);
