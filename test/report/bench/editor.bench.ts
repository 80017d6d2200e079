// What a person waits for while typing in a copy of attention.weft, by the real protocol: from a keystroke to the goals of where it fell, and to the diagnostics of the whole; memory after it.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '../../support/client.js';
import { median, report } from './report.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'weft-editor-'));
for (const part of ['theorems', 'proofs']) cpSync(join(root, part), join(folder, part), { recursive: true });
const path = 'proofs/attention.weft';
const text = readFileSync(join(folder, path), 'utf8');

const client = await Client.start(folder);
await client.open(path, text);
await client.checked();

const most = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)]!;
const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, 'utf8'))![1]) / 1024;
const before = memory();

/** What is typed, letter by letter, after a place. */
const typed = [
  ['rewrite gauge-comm at 2', '\n  symm\n  symm'],
  ['  rewrite quotient-gauge in rhs', '\n  symm'],
  ['  simp sum-add\nqed', '\n-- a comment\n'],
] as const;
const [goals, diagnostics]: [number[], number[]] = [[], []];
for (const [at, letters] of typed) {
  const place = text.indexOf(at) + at.length;
  for (let i = 1; i <= letters.length; i += 1) {
    const now = text.slice(0, place) + letters.slice(0, i) + text.slice(place);
    const lines = now.slice(0, place + i).split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)!.length };
    const begun = performance.now();
    await client.change(path, now);
    await client.ask('proof/goals', path, { position });
    goals.push(performance.now() - begun);
    await client.ask('textDocument/documentSymbol', path);
    diagnostics.push(performance.now() - begun);
  }
  await client.change(path, text);
  await client.checked();
}
const after = memory();
await client.stop();
rmSync(folder, { recursive: true, force: true });

report('typing in a copy of attention.weft, wall clock', [
  { what: 'keystrokes', value: goals.length, unit: '' },
  { what: 'to the goals, median', value: median(goals), unit: 'ms', aim: 100 },
  { what: 'to the goals, 95 %', value: most(goals), unit: 'ms', aim: 300 },
  { what: 'to the diagnostics, median', value: median(diagnostics), unit: 'ms', aim: 100 },
  { what: 'to the diagnostics, 95 %', value: most(diagnostics), unit: 'ms', aim: 300 },
  { what: 'memory of the process before', value: before, unit: 'MiB' },
  { what: 'memory of the process after', value: after, unit: 'MiB' },
]);
