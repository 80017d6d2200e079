// Runs every test/report/bench/*.bench.ts, one after another, each in a process of its own. No bench file is an error.
// Names choose files, flags (--json) go to each. It does not know what is measured: a bench file prints its own figures.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dir = join(root, 'test', 'report', 'bench');
const flags = process.argv.slice(2).filter((a) => a.startsWith('--'));
const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const files = (existsSync(dir) ? readdirSync(dir) : [])
  .filter((f) => f.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((w) => f.includes(w))))
  .sort();
if (files.length === 0) {
  console.error('bench: no file test/report/bench/*.bench.ts matches');
  process.exit(3);
}
let failed = 0;
for (const file of files) {
  if (flags.length === 0) console.log(`# ${file}`);
  const done = spawnSync(process.execPath, ['--import', 'tsx', join(dir, file), ...flags], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
