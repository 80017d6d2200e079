#!/usr/bin/env node
// The entry of the command line. Invariant: whatever happens, no stack trace is printed unless --debug asks for it, and the exit
// code is one of 0, 1, 2, 3. Knows no commands.
import { type Command, CommanderError } from 'commander';
import { clean } from '../language/print/clean.js';
import { say, tell } from './output.js';
import { Refused, reasonOf } from '../diagnostic/refused.js';
import { program } from './program.js';

const debug = process.argv.includes('--debug');

// a reader that has seen enough (`weft check | head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  say(`weft: standard output cannot be written: ${reasonOf(error)}`);
  process.exit(3);
});
process.stderr.on('error', () => process.exit(process.exitCode ?? 3));

function failed(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 3;
    return;
  }
  process.exitCode = 3;
  if (error instanceof Refused) {
    tell(error.said);
    process.exitCode = error.exit;
  } else if (debug) say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  else {
    const name = error instanceof Error ? error.name : typeof error;
    say(`weft: internal error (${name}), please report it with the output of the same command and --debug`);
  }
}

process.on('uncaughtException', (error) => {
  failed(error);
  process.exit();
});

/** What the parser of arguments says quotes them: nothing of it is obeyed by a terminal. */
function quiet(command: Command): Command {
  command.configureOutput({ writeErr: (text) => say(text.replace(/\n$/, '').split('\n').map(clean).join('\n')) });
  command.commands.forEach(quiet);
  return command;
}

try {
  await quiet(program()).parseAsync(process.argv);
} catch (error) {
  failed(error);
}
