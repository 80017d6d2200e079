// The commands and their options. Invariant: a usage error exits 3. Knows what each command is called, not what it does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { axiomsCommand } from './axioms.js';
import { type Checked, checkCommand, checkProject } from './check.js';
import { say } from './output.js';
import { hasLibrary, packageFolder } from './project.js';

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};

interface Global {
  readonly project: string | undefined;
}

/** The project's library, or where the folder has none, the one that ships with Weft. */
async function libraryOf({ project }: Global): Promise<Checked> {
  const folder = project ?? process.cwd();
  if (project !== undefined || hasLibrary(folder)) return checkProject(folder, []);
  say('weft: no theorems/ here: using the library that ships with Weft');
  return checkProject(packageFolder, []);
}

export function program(_argv: readonly string[]): Command {
  const weft = new Command('weft')
    .description('A proof assistant for streaming kernels')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --project <folder>', 'the folder that has theorems/ and proofs/ (default: this one)')
    .option('--debug', 'print a stack trace when Weft itself fails')
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError('(weft --help lists the commands)')
    .exitOverride();
  const global = (): Global => weft.opts<{ readonly project?: string }>() as Global;

  weft
    .command('check')
    .description(
      'check theorems against their proofs: exit 0 all proved, 1 something rejected, 2 something open, 3 nothing to do',
    )
    .argument('[files...]', 'files or folders of the project (default: theorems/ and proofs/)')
    .option('--json', 'print one JSON object')
    .action(async (files: string[], options: { readonly json?: boolean }) => {
      process.exitCode = await checkCommand(global().project ?? process.cwd(), files, options);
    });
  weft
    .command('axioms')
    .description('print the axioms that a theorem rests on')
    .argument('<name>', 'a theorem, or a stream: then of all its laws')
    .option('--uses', 'print the theorems and axioms that its proofs cite')
    .action(async (name: string, options: { readonly uses?: boolean }) =>
      axiomsCommand(await libraryOf(global()), name, options),
    );
  return weft;
}
