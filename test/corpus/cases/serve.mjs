// The other end of session.ts: runs one command after another in this process, each as `node dist/cli/main.js …` would. The entry is evaluated
// anew for each, its modules are loaded once. It knows no cases.
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const own = new Set(process.listeners('uncaughtException'));
let count = 0;

async function command({ main, args, cwd, mark }) {
  process.chdir(cwd);
  process.exitCode = undefined;
  process.argv = [process.argv[0], main, ...args];
  await import(`${pathToFileURL(main).href}?${(count += 1)}`);
  const status = process.exitCode ?? 0;
  for (const of of process.listeners('uncaughtException')) if (!own.has(of)) process.off('uncaughtException', of);
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
  process.exitCode = 0;
  await new Promise((done) => process.stdout.write('', done));
  await new Promise((done) => process.stderr.write('', done));
  writeSync(1, mark);
  writeSync(2, mark);
  process.send({ status, heap: process.memoryUsage().heapUsed });
}

process.on('message', (m) => void command(m));
