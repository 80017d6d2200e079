// `weft cost`: candidate schedules of a kernel with what each does and how long a model of a device says that it takes, the fastest first. Invariant: every
// line is counted from a validated kernel; what was tried and refused is said. Knows no formulas.
import * as E from 'fp-ts/lib/Either.js';
import { extractMessage, shapeMessage } from '../diagnostic/extract.js';
import { nearest } from '../diagnostic/message.js';
import { Refused, refuse } from '../diagnostic/refused.js';
import { type Choice, candidates } from '../kernel/cost/candidate.js';
import { type Asked, type CostError, costOf, shapeOf, takesLanes } from '../kernel/cost/cost.js';
import type { Candidate, Cost } from '../kernel/cost/report.js';
import type { ExtractError } from '../kernel/extract/extract.js';
import { near } from '../language/elaborate/scope.js';
import { listed, quoted } from '../language/print/clean.js';
import type { Statements } from '../proof/script/statements.js';
import { type Checked, type Lazy, checkedOf, partOf } from './check.js';
import { chosenFrom, costLines, scheduleText, seconds } from './cost-text.js';
import { deviceOf } from './device.js';
import type { Chosen } from './kernel-text.js';
import { type KernelOptions, chosenOf, extractExit, sizesOf, targetOf } from './chosen.js';
import { out, say, timed } from './output.js';

export interface CostCommandOptions extends KernelOptions {
  readonly sizes: string;
  readonly device: string;
  readonly json?: boolean;
}

const refused = (error: ExtractError): never => {
  throw new Refused(extractMessage(error), extractExit(error));
};

/** Refuses a size of an axis that a stream does not have, and one that is missing, before anything is proved. */
function demandSizes({ streams }: Statements, name: string, sizes: ReadonlyMap<string, number>): void {
  const info = streams.get(name);
  if (!info) return; // of a definition, or of nothing: extraction says so
  const axes = [...info.names.axes.keys()];
  const unknown = [...sizes.keys()].find((s) => s !== 'batch' && !axes.includes(s));
  if (unknown !== undefined)
    refuse(
      `${quoted(name)} has no axis ${quoted(unknown)}`,
      nearest(near(unknown, [...axes, 'batch']).map(quoted), `its axes are ${listed([...axes, 'batch'])}`),
    );
  const missing = axes.filter((a) => !sizes.has(a));
  if (missing.length > 0)
    refuse(
      `the size of ${listed(missing.map(quoted))} is not given`,
      `write --sizes ${axes.map((a) => `${a}=${sizes.get(a) ?? 'NUMBER'}`).join()}`,
    );
}

/** Sizes of axes as an option gives them; one batch where nothing is said. */
function sizesAsked(text: string): ReadonlyMap<string, number> {
  const sizes = sizesOf('sizes', text);
  for (const [axis, n] of sizes)
    if (n < 1) refuse(`the axis ${quoted(axis)} cannot have size ${n}`, 'sizes are whole numbers from 1');
  return new Map([['batch', 1], ...sizes]);
}

/** Why a schedule that was tried is not there. */
function reasonOf(error: CostError): string {
  if (error._tag === 'Uncounted') return `not counted: ${error.why}`;
  if (error._tag === 'Size') return shapeMessage(error.error).headline;
  return extractMessage(error.error).headline;
}

function compared(asked: Asked, named: Choice): Cost {
  const shape = shapeOf(asked, named);
  if (E.isLeft(shape)) return refused(shape.left);
  const found: Candidate[] = [];
  const reasons = new Map<string, number>();
  for (const choice of candidates(shape.right, named, asked.sizes, takesLanes(asked))) {
    const cost = costOf(asked, choice);
    if (E.isRight(cost)) found.push(cost.right);
    else if (cost.left._tag === 'Size' && found.length === 0 && reasons.size === 0)
      throw new Refused(shapeMessage(cost.left.error), 3);
    else reasons.set(reasonOf(cost.left), (reasons.get(reasonOf(cost.left)) ?? 0) + 1);
  }
  const fit = (c: Candidate): number => (c.misfit === null ? 0 : 1);
  return {
    name: asked.name,
    target: asked.target,
    device: asked.machine.name,
    sizes: Object.fromEntries(asked.sizes),
    candidates: found.sort((a, b) => fit(a) - fit(b) || a.figures.time - b.figures.time),
    refused: Object.fromEntries(reasons),
  };
}

/** What a kernel rests on, checked once sizes of all its axes are given. */
async function checkedFor(library: Lazy, name: string, sizes: ReadonlyMap<string, number>): Promise<Checked> {
  const part = partOf([name]);
  const checked = await checkedOf(library, {
    ...part,
    only: (statements) => {
      demandSizes(statements, name, sizes);
      return part.only(statements);
    },
  });
  demandSizes(checked.library.statements, name, sizes);
  return checked;
}

interface Comparison {
  readonly checked: Checked;
  readonly cost: Cost;
  readonly fold: boolean;
}
/** The candidates of a kernel at sizes, with what they rest on. */
async function comparison(library: Lazy, name: string, options: CostCommandOptions): Promise<Comparison> {
  const [target, machine] = [targetOf(options.target), deviceOf(options.device)];
  const { fold, ...named } = chosenOf(options);
  const sizes = sizesAsked(options.sizes);
  const checked = await checkedFor(library, name, sizes);
  const cost = await timed('comparing schedules', () =>
    compared({ library: checked.library, name, target, sizes, machine }, named),
  );
  return { checked, cost, fold };
}

/** The schedule that fits and is predicted to be the fastest at some sizes, as options of extraction, with what it rests on; what was chosen is said. */
export async function fastest(
  library: Lazy,
  name: string,
  options: CostCommandOptions,
): Promise<{ readonly checked: Checked; readonly chosen: Chosen }> {
  if (options.target === 'host')
    refuse('no time is predicted for host', 'leave --sizes out, or choose --target wgsl or cuda');
  const { checked, cost, fold } = await comparison(library, name, options);
  const [best] = cost.candidates;
  if (best === undefined || best.misfit !== null)
    refuse(`no schedule of ${quoted(name)} that was tried fits ${cost.target}`, '`weft cost` says what each takes', [], 1); // prettier-ignore
  say(
    `weft: ${seconds(best.figures.time)} predicted, the least of ${cost.candidates.length} schedules: ${scheduleText(best)}`,
  );
  return { checked, chosen: { ...chosenFrom(best), fold } };
}

export async function costCommand(library: Lazy, name: string, options: CostCommandOptions): Promise<void> {
  const { cost } = await comparison(library, name, options);
  if (options.json) return out(JSON.stringify(cost));
  costLines(cost).forEach(out);
  for (const [reason, many] of Object.entries(cost.refused)) say(`weft: ${many} more not there: ${reason}`);
}
