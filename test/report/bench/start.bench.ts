// How long the command line takes to begin: the processor time of `weft --version`, without what Node itself takes. The grammar is not compiled for it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, report } from './report.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
/** Of a process that has ended: this one's children's time, before and after, is not told by Node, so the process tells its own. */
const told =
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write(`cpu ${(user + system) / 1e6}`); });";
const hook = `data:text/javascript,${encodeURIComponent(told)}`;

function work(args: readonly string[]): number {
  const { stderr, status } = spawnSync(process.execPath, ['--import', hook, ...args], { encoding: 'utf8' });
  const found = /cpu ([\d.]+)/.exec(stderr);
  if (status !== 0 || !found) throw new Error(`${args.join(' ')}: status ${status}, ${stderr.slice(0, 200)}`);
  return Number(found[1]);
}
const times = (args: readonly string[]): number => median(Array.from({ length: 7 }, () => work(args)));

const [version, node] = [times([main, '--version']), times(['-e', '0'])];
report('beginning, processor time', [
  { what: 'weft --version', value: version, unit: 's', aim: 0.3 },
  { what: 'node alone', value: node, unit: 's' },
  { what: 'weft without node', value: version - node, unit: 's' },
]);
