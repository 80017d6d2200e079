// The lines of `weft cost`: a table of schedules, and the formulas of the first. Invariant: a rounded number has its unit. Knows no kernel.
import type { Candidate, Cost } from '../kernel/cost/report.js';
import { type Chosen, optionsText } from './kernel-text.js';

/** `1.23 ms` */
export function seconds(t: number): string {
  const [unit, scale] = t >= 1 ? ['s', 1] : t >= 1e-3 ? ['ms', 1e3] : ['us', 1e6];
  return `${(t * scale!).toPrecision(3)} ${unit}`;
}
/** `1.23 GB`, powers of 1000 */
export function scaled(n: number, unit: string): string {
  const steps = ['', 'k', 'M', 'G', 'T', 'P'];
  const step = n < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(n) / 3));
  return `${Number((n / 1000 ** step).toPrecision(3))} ${steps[step]}${unit}`;
}

const sizes = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([a, n]) => `${a}=${n}`)
    .join();

const mapped = (of: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(of));
type Schedule = Pick<Candidate, 'tiles' | 'perLane' | 'lanes' | 'whole'>;
/** The schedule of a candidate, as options of extraction. */
export const chosenFrom = ({ tiles, perLane, lanes, whole }: Schedule): Omit<Chosen, 'fold'> => ({
  tiles: mapped(tiles),
  perLane: mapped(perLane),
  lanes: mapped(lanes),
  whole: new Set(whole),
});
/** The options of `weft extract` that give the schedule. */
export const scheduleText = (c: Schedule): string => optionsText(chosenFrom(c)).trim() || '(nothing named)';

const HEAD = ['time', 'floor', 'by', 'FLOP', 'H read', 'H written', 'M a block', 'workgroup', 'FLOP/B', 'blocks', 'lanes', 'registers', 'memory', 'occupancy', 'schedule']; // prettier-ignore

/** The part that takes longest. */
function bound({ figures }: Candidate): string {
  const parts: readonly (readonly [string, number])[] = [
    ['compute', figures.floor.compute],
    ['memory', figures.floor.memory],
    ...Object.entries(figures.terms),
  ];
  return parts.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function row(c: Candidate): readonly string[] {
  const f = c.figures;
  return [
    c.misfit === null ? seconds(f.time) : 'no fit',
    seconds(Math.max(f.floor.compute, f.floor.memory)),
    c.misfit ?? bound(c),
    scaled(f.flop, ''),
    scaled(f.bytesRead, 'B'),
    scaled(f.bytesWritten, 'B'),
    scaled(f.bytesOnChip, 'B'),
    scaled(f.workgroupBytesRead + f.workgroupBytesWritten, 'B'),
    f.intensity.toPrecision(3),
    `${f.blocks}`,
    `${f.lanes}`,
    `${f.registers}${f.isOverfull ? '+' : ''}`,
    scaled(f.workgroupMemory, 'B'),
    `${Math.round(100 * f.occupancy)} %, ${f.blocksOfMultiprocessor} by ${f.limitedBy}`,
    scheduleText(c),
  ];
}

export function costLines(cost: Cost): readonly string[] {
  const rows = [HEAD, ...cost.candidates.map(row)];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((r) => r[i]!.length)));
  const last = HEAD.length - 1;
  const table = rows.map((r) => r.map((cell, i) => (i === last ? cell : cell.padEnd(widths[i]!))).join('  '));
  const [best] = cost.candidates;
  const formulas = best ? Object.entries(best.formulas.moved).map(([a, p]) => `  ${a} read: ${p}`) : [];
  const operations = best ? Object.entries(best.formulas.operations).map(([o, p]) => `  ${o}: ${p}`) : [];
  return [
    `${cost.name} for ${cost.target} on ${cost.device}, ${sizes(cost.sizes)}: times are predicted, the floor is FLOP over peak or bytes over bandwidth`,
    ...table,
    'of the first, in sizes (numbers of 4 bytes, operations):',
    ...formulas,
    ...operations,
  ];
}
