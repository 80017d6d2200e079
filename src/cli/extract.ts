// `weft extract`: the text of a kernel, to stdout or to a file. Invariant: every file starts with the line that
// says who wrote it and how; the same library and options give the same bytes. Knows nothing of schedules.
import { definitionPrefix } from '../proof/certificate/certificate.js';
import type { Target } from '../kernel/ir/program.js';
import { type Checked, type Lazy, checkedOf, partOf } from './check.js';
import { type KernelOptions, chosenOf, kernelOf, targetOf } from './chosen.js';
import { type Chosen, fileText, headerText } from './kernel-text.js';
import { marker, timed } from './output.js';
import { refuse } from '../diagnostic/refused.js';
import { isStandardOutput, placeOf } from './place.js';
import { demandGenerated, writeWhole } from './write.js';

export interface ExtractCommandOptions extends KernelOptions {
  readonly output?: string;
  /** the schedule that is predicted to be the fastest at these sizes of all axes, on a device */
  readonly sizes?: string;
  readonly device?: string;
  /** on stderr, what costs more than it might */
  readonly explain?: boolean;
  /** the C header of the launcher in the place of the text */
  readonly header?: boolean;
}

function demandLauncher(header: boolean, target: Target): boolean {
  if (header && target !== 'cuda')
    refuse('only a text for cuda has a launcher with a header', 'leave --header out, or choose --target cuda');
  return header;
}

/** What is checked, and the schedule: the one that is named, or with sizes the fastest of those that have what is named. */
async function scheduleFor(
  library: Lazy,
  name: string,
  { sizes, device, ...options }: ExtractCommandOptions,
  named: Chosen,
): Promise<{ readonly checked: Checked; readonly chosen: Chosen }> {
  if (sizes !== undefined)
    return (await import('./cost.js')).fastest(library, name, { ...options, sizes, device: device ?? 'h200' });
  if (device !== undefined) refuse('a device says nothing without sizes', 'name the sizes of all axes with --sizes');
  return { checked: await checkedOf(library, partOf([name])), chosen: named };
}

export async function extractCommand(library: Lazy, name: string, options: ExtractCommandOptions): Promise<void> {
  const [target, named] = [targetOf(options.target), chosenOf(options)];
  const asHeader = demandLauncher(options.header === true, target);
  const place = placeOf(options.output ?? '-', '-o');
  demandGenerated(place);
  const { checked, chosen } = await scheduleFor(library, name, options, named);
  const kernel = await timed('extracting', () => kernelOf(checked, name, target, chosen));
  if (options.explain) (await import('./explain.js')).explain(kernel);
  const text = asHeader ? headerText(kernel, chosen) : fileText(kernel, chosen);
  if (isStandardOutput(place)) process.stdout.write(text);
  else writeWhole(place, text);
}

/** The command in the first line of a kernel with a schedule of its own, or of a definition. */
export function commandOf(
  text: string,
): { readonly name: string; readonly target: Target; readonly chosen: Chosen } | undefined {
  const [, name, target, rest] = COMMAND.exec(text.split('\n', 1)[0]!) ?? [];
  if (name === undefined || (rest === '' && !name.startsWith(definitionPrefix))) return undefined;
  const all = [...rest!.matchAll(/ --([\w-]+) (\S+)/g)];
  const given = new Map(all.map(([, option, value]) => [option!, value!]));
  if (given.size < all.length) return undefined;
  const fold = rest!.endsWith(' --fold');
  const [tile, perLane, lanes, whole] = ['tile', 'per-lane', 'lanes', 'whole'].map((option) => given.get(option));
  const chosen = chosenOf({ target: target!, tile, perLane, lanes, whole, fold });
  return { name, target: targetOf(target!), chosen };
}
const COMMAND = new RegExp(
  `^// ${marker}: weft extract (\\S+) --target (\\w+)((?: --(?:tile|per-lane|lanes|whole) \\S+)*(?: --fold)?)$`,
);
