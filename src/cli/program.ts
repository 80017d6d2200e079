// The commands and their options. Invariant: a usage error exits 3. Knows what each command is called, not what it does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { axiomsCommand } from './axioms.js';
import { type Checked, checkCommand, checkProject } from './check.js';
import { type ExportOptions, exportCommand } from './export.js';
import { type KernelOptions, extractCommand, kernelsCommand } from './extract.js';
import { say } from './output.js';
import { hasLibrary, packageFolder } from './project.js';
import { type RefuteOptions, refuteCommand } from './refute.js';
import { type RunOptions, runCommand } from './run.js';

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};

interface Global {
  readonly project?: string;
}

/** The project's library, or where the folder has none, the one that ships with Weft. */
async function libraryOf({ project }: Global): Promise<Checked> {
  const folder = project ?? process.cwd();
  if (project !== undefined || hasLibrary(folder)) return checkProject(folder, []);
  say('weft: no theorems/ here: using the library that ships with Weft');
  return checkProject(packageFolder, []);
}

const more = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function program(): Command {
  const weft = new Command('weft')
    .description('A proof assistant for streaming kernels')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --project <folder>', 'the folder that has theorems/ and proofs/ (default: this one)')
    .option('--debug', 'print a stack trace when Weft itself fails')
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError('(weft --help lists the commands)')
    .exitOverride();
  const global = (): Global => weft.opts<Global>();
  checking(weft, global);
  exporting(weft, global);
  refuting(weft, global);
  kernels(weft, global);
  return weft;
}

function checking(weft: Command, global: () => Global): void {
  weft
    .command('check')
    .description('check theorems against their proofs')
    .argument('[files...]', 'files or folders of the project (default: theorems/ and proofs/)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit: 0 all proved, 1 something rejected, 2 something declined or open, 3 usage, I/O, or no theorem found',
    )
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
}

function exporting(weft: Command, global: () => Global): void {
  weft
    .command('export')
    .description('write certificates of proved theorems, and of those that they cite')
    .argument('[names...]', 'theorems, or streams: then all their laws')
    .requiredOption('-o, --output <folder>', 'where the files NAME.cert go')
    .option('--all', 'every proved theorem, and the schedule of every stream')
    .option('--schedules', 'of the streams also NAME.schedule.cert: the theorem that a kernel is extracted from')
    .option('--json', 'print one JSON object')
    .action(async (names: string[], options: ExportOptions) => {
      process.exitCode = await exportCommand(await libraryOf(global()), names, options);
    });
}

function refuting(weft: Command, global: () => Global): void {
  weft
    .command('refute')
    .description('look for numbers at which a statement is false; no proof is read')
    .argument('<target>', 'a statement by its name, a stream: then its laws, or a file: then every statement of it')
    .option('--tries <n>', 'instances for each statement')
    .option('--seed <n>', 'of what is random; printed')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 none found, 1 a counterexample, 2 nothing could be evaluated, 3 usage or I/O')
    .action(async (target: string, options: RefuteOptions) => {
      process.exitCode = await refuteCommand(global().project, target, options);
    });
}

function kernels(weft: Command, global: () => Global): void {
  weft
    .command('extract')
    .description('print the kernel of a proved stream')
    .argument('<name>', 'a stream')
    .requiredOption('--target <target>', 'wgsl, cuda or host')
    .option('--tile <sizes>', 'tile sizes by axis, such as q=32,k=16')
    .option('--each <sizes>', 'how many elements of a tile one lane holds, by axis, such as q=8,e=4')
    .option('--whole <axes>', 'inner axes that are multiples of their tiles, such as d')
    .option('-o, --output <file>', 'write to a file; one that Weft did not write is not replaced')
    .action(async (name: string, options: KernelOptions & { readonly output?: string }) =>
      extractCommand(await libraryOf(global()), name, options),
    );
  weft
    .command('kernels')
    .description('write kernels/: every stream of the project, for wgsl and cuda')
    .option('--check', 'write nothing; fail where a file differs, is missing, or is stray')
    .action(async (options: { readonly check?: boolean }) => {
      const folder = global().project ?? process.cwd();
      await kernelsCommand(await checkProject(folder, []), folder, options);
    });
  weft
    .command('run')
    .description('run the kernel of a proved stream on .npy files')
    .argument('<name>', 'a stream')
    .requiredOption('--target <target>', 'wgsl, cuda or host')
    .option('--in <wire=file>', 'an input: WIRE=FILE.npy, or WIRE=NUMBER for a scalar; once for each wire', more, [])
    .option('--out <file>', 'where the output goes; once for each output', more, [])
    .option('--tile <sizes>', 'tile sizes by axis, such as q=32,k=16')
    .option('--each <sizes>', 'how many elements of a tile one lane holds, by axis, such as q=8,e=4')
    .option('--whole <axes>', 'inner axes that are multiples of their tiles, such as d')
    .option('--check', 'compare with the statement in float64; exit 1 and write nothing over the bound')
    .action(async (name: string, options: RunOptions) => runCommand(await libraryOf(global()), name, options));
}
