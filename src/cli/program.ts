// The command line: what holds for every command, and help. Invariant: a usage error exits 3; what a command does is loaded when it is called. Knows
// what each command is called, not what it does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { quoted } from '../language/print/clean.js';
import { packageFolder } from '../project/package.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { costing, drawing, kernels } from './program-kernel.js';
import type { Global } from './program-library.js';
import {
  beginning,
  checking,
  exporting,
  formatting,
  refuting,
  searching,
  serving,
  streaming,
  suggesting,
} from './program-proof.js';

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** As if Weft had been started there: every path is read from that folder. */
function enter({ project }: Global): void {
  if (project === undefined) return;
  try {
    process.chdir(project);
  } catch (error) {
    refuse(
      `the project folder ${quoted(project)} cannot be entered: ${reasonOf(error)}`,
      'name an existing folder with -C',
    );
  }
}

export function program(): Command {
  const weft = new Command('weft')
    .description('A proof assistant for streaming kernels')
    .version(version, '-V, --version', 'print the version')
    .option(
      '-C, --project <folder>',
      'run as if started in this folder, which has theorems/ and proofs/; a second one is read from the first',
      (folder: string, before: string | undefined) => (before === undefined ? folder : resolve(before, folder)),
    )
    .option('--debug', 'print a stack trace when Weft itself fails')
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError('(weft --help lists the commands)')
    .exitOverride();
  const global = (): Global => weft.opts<Global>();
  weft.hook('preAction', () => enter(global()));
  helping(weft);
  beginning(weft);
  checking(weft, global);
  exporting(weft, global);
  refuting(weft, global);
  serving(weft, version);
  formatting(weft);
  streaming(weft, global);
  suggesting(weft);
  searching(weft);
  kernels(weft, global);
  costing(weft, global);
  drawing(weft, global);
  return weft;
}

/** `weft help` and `weft help COMMAND` as ever; a code or a step prints its page. */
function helping(weft: Command): void {
  weft
    .helpCommand(false)
    .command('help')
    .description('print the page of a command, of a code such as E-EQ, or of a step such as rewrite')
    .argument('[topic]', 'a command, a code, a step, or language, statements, expressions, diagrams, streams, proofs')
    .action(async (topic: string | undefined) => {
      const { helpCommand, steps } = await import('./help.js');
      const command = weft.commands.find((c) => c.name() === topic && topic !== 'help');
      if (topic === undefined || topic === 'help') weft.outputHelp();
      else if (command) {
        command.outputHelp();
        // a word of both: of a command, and of a step
        if (steps.includes(topic)) helpCommand(topic);
      } else helpCommand(topic);
    });
}
