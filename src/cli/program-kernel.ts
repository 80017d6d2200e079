// The commands about kernels and pictures, with their options. Invariant: what a command does is loaded when it is called. Knows what each command is
// called, not what it does.
import type { Command } from 'commander';
import type { CostCommandOptions } from './cost.js';
import type { DrawCommandOptions } from './draw.js';
import type { ExtractCommandOptions } from './extract.js';
import { type Global, libraryOf } from './program-library.js';
import type { RunOptions } from './run.js';

const more = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** A kernel by name, for a target, and what chooses its schedule. */
const scheduled = (command: Command, usual?: string): Command =>
  (usual === undefined
    ? command.requiredOption('--target <target>', 'wgsl, cuda or host')
    : command.option('--target <target>', 'wgsl, cuda or host', usual)
  )
    .argument('<name>', 'a stream, or a definition: def:NAME, or NAME where no theorem has it')
    .option('--tile <sizes>', 'tile sizes by axis, such as q=32,k=16')
    .option('--per-lane <sizes>', 'how many elements of a tile one lane holds, by axis, such as q=8,e=4')
    .option('--lanes <sizes>', 'how many lanes lie along the streamed axis of a stream over rows, such as n=32')
    .option('--whole <axes>', 'inner axes that are multiples of their tiles, such as d');

export function kernels(weft: Command, global: () => Global): void {
  scheduled(weft.command('extract').description('print the kernel of a proved stream, or of a definition'))
    .option('--sizes <sizes>', 'sizes of all axes: take the schedule that `weft cost` predicts to be the fastest')
    .option('--device <device>', 'with --sizes: a model of a device by its name, or a file FILE.json (default: h200)')
    .option('--fold', 'count all blocks by one number, for a grid of more than 65535 blocks in a dimension')
    .option('--header', 'of cuda: print the C header of the launcher, with what a host computes from sizes')
    .option('--explain', 'say on stderr what costs more than it might')
    .option('-o, --output <file>', 'write to a file; one that Weft did not write is not replaced')
    .action(async (name: string, options: ExtractCommandOptions) =>
      (await import('./extract.js')).extractCommand(libraryOf(global()), name, options),
    );
  weft
    .command('kernels')
    .description('write kernels/: every stream of the project, and the definitions that are named, for wgsl and cuda')
    .argument('[names...]', 'definitions, as def:NAME; those that have files already are written again anyway')
    .option('--check', 'write nothing; fail where a file differs, is missing, or is stray')
    .action(async (names: string[], options: { readonly check?: boolean }) => {
      const folder = process.cwd();
      const [{ kernelsCommand }, { checkProject }] = await Promise.all([import('./kernels.js'), import('./check.js')]);
      await kernelsCommand((part) => checkProject(folder, [], undefined, part), folder, names, options);
    });
  scheduled(weft.command('run').description('run the kernel of a proved stream, or of a definition, on .npy files'))
    .option('--in <wire=file>', 'an input: WIRE=FILE.npy, or WIRE=NUMBER for a scalar; once for each wire', more, [])
    .option('--out <file>', 'where the output goes; once for each output', more, [])
    .option('--size <sizes>', 'sizes of axes that the arrays do not determine, such as b=4')
    .option('--check', 'compare with the statement in float64; exit 1 and write nothing over the bound')
    .action(async (name: string, options: RunOptions) =>
      (await import('./run.js')).runCommand(libraryOf(global()), name, options),
    );
}

export function costing(weft: Command, global: () => Global): void {
  scheduled(
    weft.command('cost').description('compare schedules of a kernel: what each does, and a predicted time'),
    'cuda',
  )
    .requiredOption(
      '--sizes <sizes>',
      'sizes of all axes, such as q=4096,k=4096,d=64,e=64; batch is 1 where it is not named',
    )
    .option('--device <device>', 'a model of docs/reference/devices/ by its name, or a file FILE.json', 'h200')
    .option('--json', 'print one object')
    .addHelpText(
      'after',
      '\nExit: 0 compared, 1 the proof or the kernel is rejected, 2 the proof is open or declined, 3 usage, an unknown name, axis or device, or a size that is missing',
    )
    .action(async (name: string, options: CostCommandOptions) =>
      (await import('./cost.js')).costCommand(libraryOf(global()), name, options),
    );
}

export function drawing(weft: Command, global: () => Global): void {
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
    .action(async (target: string, options: DrawCommandOptions) =>
      (await import('./draw.js')).drawCommand(
        global().project === undefined ? undefined : process.cwd(),
        target,
        options,
      ),
    );
}
