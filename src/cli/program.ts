// The commands and their options. Invariant: a usage error exits 3. Knows what each command is called, not what it does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { quoted } from '../language/print/clean.js';
import { axiomsCommand } from './axioms.js';
import { type AuditOptions, auditCommand } from './audit.js';
import { type CheckOptions, type Checked, type Part, checkCommand, checkProject, partOf } from './check.js';
import { type DrawCommandOptions, drawCommand } from './draw.js';
import { type ExportOptions, exportCommand } from './export.js';
import { type FindOptions, findCommand } from './find.js';
import { type FmtOptions, fmtCommand } from './fmt.js';
import { helpCommand, steps as stepNames } from './help.js';
import { initCommand } from './init.js';
import { type KernelOptions, extractCommand, kernelsCommand } from './extract.js';
import { say } from './output.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { hasLibrary, packageFolder } from '../project/project.js';
import { type RefuteOptions, refuteCommand } from './refute.js';
import { type RunOptions, runCommand } from './run.js';
import { type StreamOptions, streamCommand } from './stream.js';
import { watchCommand } from './watch.js';
import { type SuggestOptions, suggestCommand } from './suggest.js';

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};

interface Global {
  readonly project?: string;
}

/** The project's library, or where the folder has none, the one that ships with Weft; checked, or a part of it, when a command has judged its arguments. */
const libraryOf =
  ({ project }: Global) =>
  async (part?: Part): Promise<Checked> => {
    const folder = process.cwd();
    if (project !== undefined || hasLibrary(folder)) return checkProject(folder, [], undefined, part);
    say('weft: no theorems/ here: using the library that ships with Weft');
    return checkProject(packageFolder, [], undefined, part);
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

const more = (value: string, before: readonly string[]): readonly string[] => [...before, value];

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
  serving(weft);
  formatting(weft);
  streaming(weft, global);
  suggesting(weft);
  searching(weft);
  kernels(weft, global);
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
    .action((topic: string | undefined) => {
      const command = weft.commands.find((c) => c.name() === topic && topic !== 'help');
      if (topic === undefined || topic === 'help') weft.outputHelp();
      else if (command) {
        command.outputHelp();
        // a word of both: of a command, and of a step
        if (stepNames.includes(topic)) helpCommand(topic);
      } else helpCommand(topic);
    });
}

function beginning(weft: Command): void {
  weft
    .command('init')
    .description('make a project of your own in the folder NAME: a statement, its proof, tests, and what runs them')
    .argument('<name>', 'of the folder, of the package and of the stream that it states')
    .addHelpText('after', '\nExit: 0 made, 3 a name that cannot be, a folder that is not empty, or I/O')
    .action((name: string) => initCommand(process.cwd(), name));
}

function checking(weft: Command, global: () => Global): void {
  weft
    .command('check')
    .description('check theorems against their proofs')
    .argument('[files...]', 'files or folders of the project (default: theorems/ and proofs/)')
    .option('--json', 'print one JSON object')
    .option('--fresh', 'run every proof: read nothing that an earlier check has left in .weft-cache')
    .option('--watch', 'check again whenever a file changes, until stopped')
    .option('--axioms <which>', 'library: any axiom that does not ship with Weft is an error')
    .addHelpText(
      'after',
      '\nExit: 0 all proved, 1 something rejected, 2 something declined or open, 3 usage, I/O, or no theorem found',
    )
    .action(async (files: string[], options: CheckOptions) => {
      process.exitCode = await (options.watch ? watchCommand : checkCommand)(process.cwd(), files, options);
    });
  weft
    .command('axioms')
    .description('print the axioms that a theorem rests on')
    .argument('<name>', 'a theorem, or a stream: then of all its laws')
    .option('--uses', 'print the theorems and axioms that its proofs cite')
    .action(async (name: string, options: { readonly uses?: boolean }) =>
      axiomsCommand(await libraryOf(global())(partOf([name])), name, options),
    );
  weft
    .command('audit')
    .description('print what a theorem says and rests on: its statement, the definitions in it, the axioms under it')
    .argument('<name>', 'a theorem, or a stream: then with all its laws')
    .option('--json', 'print one JSON object')
    .action(async (name: string, options: AuditOptions) =>
      auditCommand(await libraryOf(global())(partOf([name])), name, options),
    );
}

function exporting(weft: Command, global: () => Global): void {
  weft
    .command('export')
    .description('write certificates of proved theorems, and of those that they cite')
    .argument('[names...]', 'theorems, or streams: then all their laws; with --schedules also definitions, as def:NAME')
    .requiredOption('-o, --output <folder>', 'where the files NAME.cert go')
    .option('--all', 'every proved theorem, and the schedule of every stream')
    .option(
      '--schedules',
      'of the streams also NAME.schedule.cert: the theorem that a kernel is extracted from; of definitions that alone',
    )
    .option('--json', 'print one JSON object')
    .action(async (names: string[], options: ExportOptions) => {
      process.exitCode = await exportCommand(libraryOf(global()), names, options);
    });
}

function serving(weft: Command): void {
  weft
    .command('lsp')
    .description('the language server for editors')
    .option('--stdio', 'speak over standard input and output; there is no other way')
    .action(async (options: { readonly stdio?: boolean }) => {
      // the protocol's library is loaded for this command alone
      const { lspCommand } = await import('./lsp.js');
      await lspCommand(options, version);
    });
}

function formatting(weft: Command): void {
  weft
    .command('fmt')
    .description('lay files out: indentation, spaces, blank lines; what they say stays as it is')
    .argument('[files...]', 'files or folders of the project (default: theorems/ and proofs/)')
    .option('--check', 'write nothing; fail where a file is not laid out')
    .addHelpText('after', '\nExit: 0 done, 1 a file does not parse, or with --check differs, 3 usage or I/O')
    .action((files: string[], options: FmtOptions) => {
      process.exitCode = fmtCommand(process.cwd(), files, options);
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
      process.exitCode = await refuteCommand(
        global().project === undefined ? undefined : process.cwd(),
        target,
        options,
      );
    });
}

function streaming(weft: Command, global: () => Global): void {
  weft
    .command('stream')
    .description('find a state for a definition, its laws and their proof, or the reason why there is none')
    .argument('<target>', 'FILE:NAME, a definition of a file of statements')
    .requiredOption('--over <axis>', 'the axis that is streamed')
    .option('--write', 'append what is found to the file and to its file of proofs')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 something was found, 1 refused, 2 out of budget, 3 usage or I/O')
    .action(async (target: string, options: StreamOptions) => {
      process.exitCode = await streamCommand(global().project, target, options);
    });
}

/** What helps to write a proof. */
function suggesting(weft: Command): void {
  weft
    .command('suggest')
    .description('list steps for the goal at a line of a proof: those that finish it, then lemmas that match it')
    .argument('<target>', 'FILE:LINE, a line of a proof, or of a theorem that has none')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 some step finishes the goal, 1 none, 2 out of budget, 3 usage or I/O')
    .action(async (target: string, options: SuggestOptions) => {
      process.exitCode = await suggestCommand(process.cwd(), target, options);
    });
}

function searching(weft: Command): void {
  weft
    .command('find')
    .description('list the statements that have a shape: those of the project, and those that ship with Weft')
    .argument(
      '<pattern>',
      'an expression with `_` for anything, such as "sum k (_ * _)"; l = r for both sides; or a name',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit: 0 some statement has it, 1 none, 2 none, and some were too large to look at, 3 usage or I/O',
    )
    .action(async (pattern: string, options: FindOptions) => {
      process.exitCode = await findCommand(process.cwd(), pattern, options);
    });
}

function kernels(weft: Command, global: () => Global): void {
  weft
    .command('extract')
    .description('print the kernel of a proved stream, or of a definition')
    .argument('<name>', 'a stream, or a definition: def:NAME, or NAME where no theorem has it')
    .requiredOption('--target <target>', 'wgsl, cuda or host')
    .option('--tile <sizes>', 'tile sizes by axis, such as q=32,k=16')
    .option('--per-lane <sizes>', 'how many elements of a tile one lane holds, by axis, such as q=8,e=4')
    .option('--whole <axes>', 'inner axes that are multiples of their tiles, such as d')
    .option('--fold', 'count all blocks by one number, for a grid of more than 65535 blocks in a dimension')
    .option('-o, --output <file>', 'write to a file; one that Weft did not write is not replaced')
    .action(async (name: string, options: KernelOptions & { readonly output?: string }) =>
      extractCommand(libraryOf(global()), name, options),
    );
  weft
    .command('kernels')
    .description('write kernels/: every stream of the project, and the definitions that are named, for wgsl and cuda')
    .argument('[names...]', 'definitions, as def:NAME; those that have files already are written again anyway')
    .option('--check', 'write nothing; fail where a file differs, is missing, or is stray')
    .action(async (names: string[], options: { readonly check?: boolean }) => {
      const folder = process.cwd();
      await kernelsCommand((part) => checkProject(folder, [], undefined, part), folder, names, options);
    });
  weft
    .command('run')
    .description('run the kernel of a proved stream, or of a definition, on .npy files')
    .argument('<name>', 'a stream, or a definition: def:NAME, or NAME where no theorem has it')
    .requiredOption('--target <target>', 'wgsl, cuda or host')
    .option('--in <wire=file>', 'an input: WIRE=FILE.npy, or WIRE=NUMBER for a scalar; once for each wire', more, [])
    .option('--out <file>', 'where the output goes; once for each output', more, [])
    .option('--tile <sizes>', 'tile sizes by axis, such as q=32,k=16')
    .option('--per-lane <sizes>', 'how many elements of a tile one lane holds, by axis, such as q=8,e=4')
    .option('--whole <axes>', 'inner axes that are multiples of their tiles, such as d')
    .option('--size <sizes>', 'sizes of axes that the arrays do not determine, such as b=4')
    .option('--check', 'compare with the statement in float64; exit 1 and write nothing over the bound')
    .action(async (name: string, options: RunOptions) => runCommand(libraryOf(global()), name, options));
}

function drawing(weft: Command, global: () => Global): void {
  weft
    .command('draw')
    .description('draw a diagram, or the steps of a proof, as SVG')
    .argument('<target>', 'a theorem, an axiom, a stream, a definition, or an expression: PARAMS := BODY, or a diagram')
    .option('--side <side>', 'of an equation only one side: lhs or rhs')
    .option('--steps', 'of a proved theorem the steps of its proof, what each changes outlined')
    .option('--level', 'of a stream the loop that it is, with the levels of memory of its schedule')
    .option('--tile <sizes>', 'with --level: tile sizes by axis, such as q=32,k=16')
    .option('--sizes <sizes>', 'small digits after the names of axes, such as q=32,k=16')
    .option('--width <pixels>', 'where rows are broken (default: 1100)')
    .option('-o, --output <file>', 'write to a file; one that Weft did not write is not replaced')
    .addHelpText(
      'after',
      '\nExit: 0 drawn, 1 the statement cannot be read or the proof is rejected, 2 the proof is open or declined, 3 usage, I/O, an unknown name or a refused expression',
    )
    .action((target: string, options: DrawCommandOptions) =>
      drawCommand(global().project === undefined ? undefined : process.cwd(), target, options),
    );
}
