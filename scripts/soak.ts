/**
 * Runs the tests that draw their cases at random again and again, each time with fresh seeds, and prints what failed with the seed that its test names:
 * `tsx scripts/soak.ts [ROUNDS] [PATH…]`. A fault that one run in fifty meets is found here and not when somebody else's change is tested. Exit 1 when something failed.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [given = '5', ...places] = process.argv.slice(2);
const rounds = Number(given);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('usage: npm run soak [-- ROUNDS [PATH…]]: ROUNDS is a whole number from 1\n');
  process.exit(3);
}

const known = new Map<string, boolean>();
/** The file, or a file of test/ that it imports, draws: by fast-check, by Math.random, by the clock. */
function draws(file: string): boolean {
  const before = known.get(file);
  if (before !== undefined) return before;
  known.set(file, false);
  const text = fs.readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+)\.js'/g)].map((m) =>
    path.resolve(path.dirname(file), `${m[1]!}.ts`),
  );
  const found =
    /from 'fast-check'|= Math\.floor\(Math\.random|= Date\.now\(\)|Date\.now\(\) %/.test(text) ||
    imported.some((f) => f.startsWith(path.join(root, 'test')) && fs.existsSync(f) && draws(f));
  known.set(file, found);
  return found;
}

const wanted = places.map((p) => path.resolve(p));
const files = fs
  .readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.test.ts'))
  .map((f) => path.join(root, 'test', f))
  .filter(
    (f) => !/test\/(docs|architecture|target\/pack|corpus\/cases|adversary\/mutation\/core)\//.test(f) && draws(f),
  )
  .filter((f) => wanted.length === 0 || wanted.some((w) => f.startsWith(w)))
  .map((f) => path.relative(root, f));

if (files.length === 0) {
  process.stderr.write(`no test that draws its cases is under ${places.join(', ')}\n`);
  process.exit(3);
}

interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

let [tests, failures] = [0, 0];
const where = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-soak-'));
process.stdout.write(`${files.length} files of tests that draw, ${rounds} times\n`);
for (let round = 1; round <= rounds; round += 1) {
  const out = path.join(where, `${round}.json`);
  spawnSync('npx', ['vitest', 'run', '--reporter=json', `--outputFile=${out}`, ...files], {
    cwd: root,
    stdio: 'ignore',
  });
  if (!fs.existsSync(out)) {
    process.stdout.write(`round ${round}: vitest ended without a report\n`);
    failures += 1;
    continue;
  }
  const report = JSON.parse(fs.readFileSync(out, 'utf8')) as Report;
  tests += report.numTotalTests;
  if (report.numTotalTests === 0) failures += 1;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((a) => a.status === 'failed');
    if (file.assertionResults.length === 0) failures += 1;
    if (file.assertionResults.length === 0)
      process.stdout.write(`round ${round}: ${file.name}: ${file.message.slice(0, 2000)}\n`);
    failures += failed.length;
    for (const a of failed)
      process.stdout.write(
        `round ${round}: ${path.relative(root, file.name)} > ${a.fullName}\n${a.failureMessages.join('\n').slice(0, 3000)}\n`,
      );
  }
  process.stdout.write(`round ${round} of ${rounds}: ${tests} tests so far, ${failures} failed\n`);
}
fs.rmSync(where, { recursive: true });
process.exit(failures > 0 ? 1 : 0);
