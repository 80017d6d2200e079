// Bench: `weft stream` on the algorithms of test/report/bench/stream: verdict, wanted verdict, processor seconds of this process, lines of proof found,
// and lines that a person wrote for the same where the library has them. Exit 1 where a verdict claims more than is wanted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, listed, solve } from './stream/run.js';

const folder = join(import.meta.dirname, 'stream');
const json = process.argv.includes('--json');
const text = readFileSync(join(folder, 'algorithms.weft'), 'utf8');
const bench = listed(text);
const rows = asked(text).map((a) => solve(bench, a));

const right = rows.filter((r) => r.verdict === r.wanted);
const wrong = rows.filter((r) => r.wrong);
const times = rows.map((r) => r.seconds).sort((a, b) => a - b);
const median = times[Math.floor(times.length / 2)] ?? 0;
const summary = {
  algorithms: rows.length,
  right: right.length,
  wrong: wrong.length,
  median,
  slowest: times.at(-1) ?? 0,
  oracle: Math.max(...rows.map((r) => r.oracle)),
};
if (json) console.log(JSON.stringify({ summary, rows }));
else {
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((c, i) => (i < 3 ? `${c}`.padEnd([22, 14, 14][i]!) : `${c}`.padStart(8))).join(' ');
  console.log(line(['algorithm', 'verdict', 'wanted', 'seconds', 'oracle', 'found', 'by hand']));
  for (const r of rows)
    console.log(
      line([r.name, r.verdict, r.wanted, r.seconds.toFixed(3), r.oracle.toFixed(3), r.lines ?? '-', r.byHand ?? '-']),
    );
  console.log(
    `${right.length} of ${rows.length} right, ${wrong.length} wrong, median ${median.toFixed(3)} s, slowest ${summary.slowest.toFixed(3)} s, oracle at most ${summary.oracle.toFixed(3)} s`,
  );
}
process.exit(wrong.length === 0 && rows.length > 0 ? 0 : 1);
