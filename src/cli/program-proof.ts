// The commands about statements and proofs, with their options. Invariant: what a command does is loaded when it is called. Knows what each command is
// called, not what it does.
import type { Command } from 'commander';
import type { AuditOptions } from './audit.js';
import type { CheckOptions } from './check.js';
import type { ExportOptions } from './export.js';
import type { FindOptions } from './find.js';
import type { FmtOptions } from './fmt.js';
import { type Global, libraryOf, partFor } from './program-library.js';
import type { RefuteOptions } from './refute.js';
import type { StreamOptions } from './stream.js';
import type { SuggestOptions } from './suggest.js';

export function beginning(weft: Command): void {
  weft
    .command('init')
    .description('make a project of your own in the folder NAME: a statement, its proof, tests, and what runs them')
    .argument('<name>', 'of the folder, of the package and of the stream that it states')
    .addHelpText('after', '\nExit: 0 made, 3 a name that cannot be, a folder that is not empty, or I/O')
    .action(async (name: string) => (await import('./init.js')).initCommand(process.cwd(), name));
}

export function checking(weft: Command, global: () => Global): void {
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
      const command = options.watch
        ? (await import('./watch.js')).watchCommand
        : (await import('./check.js')).checkCommand;
      process.exitCode = await command(process.cwd(), files, options);
    });
  weft
    .command('axioms')
    .description('print the axioms that a theorem rests on')
    .argument('<name>', 'a theorem, or a stream: then of all its laws')
    .option('--uses', 'print the theorems and axioms that its proofs cite')
    .action(async (name: string, options: { readonly uses?: boolean }) =>
      (await import('./axioms.js')).axiomsCommand(await partFor(global(), [name]), name, options),
    );
  weft
    .command('audit')
    .description('print what a theorem says and rests on: its statement, the definitions in it, the axioms under it')
    .argument('<name>', 'a theorem, or a stream: then with all its laws')
    .option('--json', 'print one JSON object')
    .action(async (name: string, options: AuditOptions) =>
      (await import('./audit.js')).auditCommand(await partFor(global(), [name]), name, options),
    );
}

export function exporting(weft: Command, global: () => Global): void {
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
      const { exportCommand } = await import('./export.js');
      process.exitCode = await exportCommand(libraryOf(global()), names, options);
    });
}

export function serving(weft: Command, version: string): void {
  weft
    .command('lsp')
    .description('the language server for editors')
    .option('--stdio', 'speak over standard input and output; there is no other way')
    .action(async (options: { readonly stdio?: boolean }) => {
      const { lspCommand } = await import('./lsp.js');
      await lspCommand(options, version);
    });
}

export function formatting(weft: Command): void {
  weft
    .command('fmt')
    .description('lay files out: indentation, spaces, blank lines; what they say stays as it is')
    .argument('[files...]', 'files or folders of the project (default: theorems/ and proofs/)')
    .option('--check', 'write nothing; fail where a file is not laid out')
    .addHelpText('after', '\nExit: 0 done, 1 a file does not parse, or with --check differs, 3 usage or I/O')
    .action(async (files: string[], options: FmtOptions) => {
      const { fmtCommand } = await import('./fmt.js');
      process.exitCode = fmtCommand(process.cwd(), files, options);
    });
}

export function refuting(weft: Command, global: () => Global): void {
  weft
    .command('refute')
    .description('look for numbers at which a statement is false; no proof is read')
    .argument('<target>', 'a statement by its name, a stream: then its laws, or a file: then every statement of it')
    .option('--tries <n>', 'instances for each statement')
    .option('--seed <n>', 'of what is random; printed')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 none found, 1 a counterexample, 2 nothing could be evaluated, 3 usage or I/O')
    .action(async (target: string, options: RefuteOptions) => {
      const { refuteCommand } = await import('./refute.js');
      process.exitCode = await refuteCommand(
        global().project === undefined ? undefined : process.cwd(),
        target,
        options,
      );
    });
}

export function streaming(weft: Command, global: () => Global): void {
  weft
    .command('stream')
    .description('find a state for a definition, its laws and their proof, or the reason why there is none')
    .argument('<target>', 'FILE:NAME, a definition of a file of statements')
    .requiredOption('--over <axis>', 'the axis that is streamed')
    .option('--write', 'append what is found to the file and to its file of proofs')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 something was found, 1 refused, 2 out of budget, 3 usage or I/O')
    .action(async (target: string, options: StreamOptions) => {
      const { streamCommand } = await import('./stream.js');
      process.exitCode = await streamCommand(global().project, target, options);
    });
}

/** What helps to write a proof. */
export function suggesting(weft: Command): void {
  weft
    .command('suggest')
    .description('list steps for the goal at a line of a proof: those that finish it, then lemmas that match it')
    .argument('<target>', 'FILE:LINE, a line of a proof, or of a theorem that has none')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit: 0 some step finishes the goal, 1 none, 2 out of budget, 3 usage or I/O')
    .action(async (target: string, options: SuggestOptions) => {
      const { suggestCommand } = await import('./suggest.js');
      process.exitCode = await suggestCommand(process.cwd(), target, options);
    });
}

export function searching(weft: Command): void {
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
      const { findCommand } = await import('./find.js');
      process.exitCode = await findCommand(process.cwd(), pattern, options);
    });
}
