#!/usr/bin/env node
/**
 * `weft-replay`. Invariant: exit 0 only when there is a certificate and every one is proved; 1 when one is rejected; 2 when none is rejected
 * and one is declined; 3 for usage and files. No stack trace, and nothing that a file says leaves its line. It checks nothing itself.
 */
import { showName } from './logic/axis.js';
import { expand, installed, readFile, Unreadable, withCited } from './files.js';
import { Refusal } from './logic/refusal.js';
import { replay, type Verdict } from './replay.js';

const USAGE = `usage: weft-replay FILE|DIR... [--statements FILE|DIR]... [--json] [--quiet]
Replays certificates (docs/reference/certificate.md) against statement files (default: those of theorems), and against those of the
library that is installed beside this program, where they are imported as ../weft/theorems/…: its hash is printed then.
--json    the verdicts as data
--quiet   without the statements that were proved
exit: 0 all proved, 1 something rejected, 2 something declined, 3 usage or files`;

interface Arguments {
  readonly paths: readonly string[];
  readonly statements: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
}

const parse = (words: readonly string[]): Arguments => {
  const found = { paths: [] as string[], statements: [] as string[], json: false, quiet: false };
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n] ?? '';
    if (word === '--json') found.json = true;
    else if (word === '--quiet') found.quiet = true;
    else if (word === '--statements' && words[n + 1] !== undefined) found.statements.push(words[(n += 1)] ?? '');
    else if (word.startsWith('-')) throw new Unreadable(`${word} is no option, or lacks its value\n${USAGE}`);
    else found.paths.push(word);
  }
  if (found.paths.length === 0) throw new Unreadable(`no certificate is given\n${USAGE}`);
  return found.statements.length > 0 ? found : { ...found, statements: ['theorems'] };
};

/** One line of printable ASCII. */
const plain = (text: string): string =>
  text.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same for lines that are ours: JSON reads the escapes back. */
const plainLines = (text: string): string => text.split('\n').map(plain).join('\n');

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const axiomsOf = ({ axioms, places, foreign }: Verdict): string => {
  const whose = (name: string): string => (foreign.includes(name) ? ", not the library's" : '');
  const stated = axioms.map((name, n) => `${showName(name)} (${plain(places[n] ?? '')}${whose(name)})`);
  return stated.length === 0 ? 'no axioms' : `axioms: ${stated.join(', ')}`;
};

const report = (verdict: Verdict, quiet: boolean): void => {
  const { status, name, kind, path, steps, line, reason, statement, believed } = verdict;
  const what = `${kind === 'schedule' ? 'schedule ' : ''}${showName(name)}`;
  if (status !== 'proved') {
    out(`${status} ${what}`);
    return tell(
      plain(
        `${status === 'declined' ? 'E-BUDGET' : 'E-CERT'} ${path}${line === undefined ? '' : `:${line}`}: ${reason ?? ''}`,
      ),
    );
  }
  out(`proved ${what} ${steps} steps, ${axiomsOf(verdict)}`);
  if (!quiet) out([...believed, `${statement}\n`].join('\n'));
};

const main = (words: readonly string[]): number => {
  if (words.includes('--help') || words.includes('-h')) {
    out(USAGE);
    return 0;
  }
  const { paths, statements, json, quiet } = parse(words);
  const certificates = paths.flatMap((path) => expand(path, '.cert')).map(readFile);
  if (certificates.length === 0) throw new Unreadable('there is no certificate');
  const files = statements.flatMap((path) => expand(path, '.weft')).map(readFile);
  if (files.length === 0) throw new Unreadable(`there is no statement file in ${statements.join(', ')}`);
  const verdicts = replay(withCited(certificates), files, { quiet: quiet && !json, library: installed() });
  const [{ library } = {}] = verdicts;
  if (library !== undefined && !json) out(`library ${library}`);
  if (json) out(plainLines(JSON.stringify(verdicts, undefined, 2)));
  else verdicts.forEach((verdict) => report(verdict, quiet));
  if (verdicts.some((v) => v.status === 'rejected')) return 1;
  return verdicts.some((v) => v.status === 'declined') ? 2 : 0;
};

// a reader that has seen enough is no error
process.stdout.on('error', () => process.exit(process.exitCode ?? 3));
process.exitCode = 3;
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const [first = '', ...rest] = (error instanceof Error ? error.message : 'unknown').split('\n');
  if (error instanceof Unreadable) tell([plain(first), ...rest.map(plain)].join('\n'));
  else if (error instanceof Refusal) tell(plain(`the statements cannot be read: ${first}`));
  else tell(plain(`the checker failed: ${first}`));
}
