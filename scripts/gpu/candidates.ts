/**
 * Texts of all schedules that `weft cost` compares, to be timed beside each other: `tsx scripts/gpu/candidates.ts NAME SIZES FOLDER`, then
 * `npm run bench:gpu -- --only attention --quick --variants FOLDER`. Prints one line a schedule, the fastest by prediction first: its file, the predicted milliseconds, its options.
 * Invariant: what does not fit the target is left out, and said.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { check, costCodec, extract, libraryFolder } from '../../src/index.js';
import { scheduleText } from '../../src/cli/cost-text.js';

const [name, sizes, folder] = process.argv.slice(2);
if (name === undefined || sizes === undefined || folder === undefined) {
  console.error('usage: candidates NAME SIZES FOLDER');
  process.exit(3);
}
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const said = execFileSync(process.execPath, [main, 'cost', name, '--sizes', sizes, '--json'], { encoding: 'utf8' });
const cost = costCodec.decode(JSON.parse(said));
if (E.isLeft(cost)) throw new Error('`weft cost --json` printed something else');
const checked = check(libraryFolder, [], { only: [name] });
mkdirSync(folder, { recursive: true });
for (const [i, c] of cost.right.candidates.entries()) {
  const file = `${name}.c${String(i).padStart(2, '0')}`;
  if (c.misfit === null) {
    const { tiles, perLane, lanes, whole } = c;
    const { text } = extract(checked, name, { target: 'cuda', tiles, perLane, lanes, whole });
    writeFileSync(join(folder, `${file}.cu`), text);
  }
  console.log(`${file}  ${c.misfit ?? (c.figures.time * 1e3).toPrecision(3)}  ${scheduleText(c)}`);
}
