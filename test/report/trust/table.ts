/**
 * The table of numbers: one row for each kernel of kernels/ on each target, put together from what the parts counted, and compared with what a page
 * states. Invariant: a row or a cell that is missing is a failure, and so is one that cannot be. It counts nothing itself.
 */
import type { Part } from './part.js';
import { type Cells, type Mutants, TARGETS, type TableTarget } from './row.js';
import type { Stated } from './stated.js';

type Column = Exclude<keyof Cells, 'kernel' | 'target'>;
const COLUMNS: readonly Column[] = ['cases', 'overBound', 'overNaive', 'races', 'mutants'];
const TITLES = ['kernel', 'target', 'cases', 'error / bound', 'error / naive', 'races', 'mutants caught'];

/** Cells that do not apply. */
const APART: Readonly<Record<TableTarget, Partial<Record<Column, string>>>> = {
  'wgsl, Dawn': {},
  'wgsl, wgpu': {},
  'cuda, CPU': {},
  host: {
    races: 'the host has one thread',
    mutants: 'bugs are planted in the texts of GPUs; wrong phrases of the host are counted with the seeded bugs',
  },
};

export const LEGEND: readonly string[] = [
  'error / bound: the worst error of a case over the forward bound on its inputs',
  "error / naive: the worst of a case, over the error of a naive binary32 program, or over a unit in the last place of the result's largest number if that is more",
  'races, wgsl: conflicts of two lanes that an interpreter sees in the text, which both implementations run',
  'races, cuda: numbers that change with the order of threads',
  'mutants caught: of the bugs planted in the text; +1: one more is not caught, for the reason that is printed',
  ...Object.entries(APART).flatMap(([target, cells]) =>
    Object.entries(cells).map(([column, why]) => `- (${column}, ${target}): ${why}`),
  ),
];

// ---- from the parts -----------------------------------------------------------------------------------------------------

const order = (a: Cells, b: Cells): number =>
  a.kernel < b.kernel ? -1 : a.kernel > b.kernel ? 1 : TARGETS.indexOf(a.target) - TARGETS.indexOf(b.target);

/** The rows of all parts, those of one kernel and target in one; a cell that two parts count is an error. */
export function tableOf(parts: readonly Pick<Part, 'rows'>[]): readonly Cells[] {
  const rows = new Map<string, Cells>();
  for (const cells of parts.flatMap((p) => p.rows ?? [])) {
    const key = `${cells.kernel}\n${cells.target}`;
    const before = rows.get(key);
    const twice = COLUMNS.find((c) => before?.[c] !== undefined && cells[c] !== undefined);
    if (twice) throw new Error(`two parts count ${twice} of ${cells.kernel} on ${cells.target}`);
    rows.set(key, { ...before, ...cells });
  }
  return [...rows.values()].sort(order);
}

const at = (rows: readonly Cells[], kernel: string, target: TableTarget): Cells | undefined =>
  rows.find((r) => r.kernel === kernel && r.target === target);

/** The rows that files of kernels stand for: WGSL is run by both implementations, and what has a WGSL text on the host too. */
export function wanted(files: readonly string[]): readonly Pick<Cells, 'kernel' | 'target'>[] {
  const of: Readonly<Record<string, readonly TableTarget[]>> = {
    wgsl: ['wgsl, Dawn', 'wgsl, wgpu', 'host'],
    cu: ['cuda, CPU'],
  };
  return files.flatMap((file) => {
    const [, kernel, suffix] = /^(.+)\.(\w+)$/.exec(file) ?? [];
    return (of[suffix ?? ''] ?? []).map((target) => ({ kernel: kernel!, target }));
  });
}

/** What is wrong with the table whatever is stated: a row or a cell that is not there, nothing run, an error over its bound, a race. */
export function faults(rows: readonly Cells[], all: readonly Pick<Cells, 'kernel' | 'target'>[]): string[] {
  const missing = all.flatMap((w) => (at(rows, w.kernel, w.target) ? [] : [`${w.kernel}, ${w.target}: no row`]));
  if (all.length === 0) missing.push('no kernel');
  return [...missing, ...rows.flatMap((r) => faultsOf(r).map((f) => `${r.kernel}, ${r.target}: ${f}`))];
}

function faultsOf(row: Cells): readonly string[] {
  const apart = APART[row.target];
  const { cases, overBound, overNaive, races, mutants } = row;
  return [
    ...COLUMNS.filter((c) => row[c] === undefined && !(c in apart)).map((c) => `${c}: not counted`),
    ...COLUMNS.filter((c) => row[c] !== undefined && c in apart).map((c) => `${c}: counted, where ${apart[c]}`),
    ...(cases !== undefined && !(cases > 0) ? ['no case was run'] : []),
    ...(overBound !== undefined && !(overBound <= 1) ? [`error ${overBound} of its bound`] : []),
    ...(overNaive !== undefined && !(overNaive >= 0) ? [`error ${overNaive} of a naive program's`] : []),
    ...(races !== undefined && races !== 0 ? [`${races} races`] : []),
    ...(mutants !== undefined && !(mutants.made > 0) ? ['no mutant was made'] : []),
  ];
}

// ---- against a page -----------------------------------------------------------------------------------------------------

const number = (text: string): number | undefined => (text === '-' ? undefined : Number(text));

function mutantsIn(text: string): Mutants | undefined {
  const found = /^(\d+)\/(\d+)(?: \+(\d+))?$/.exec(text);
  return found ? { caught: Number(found[1]), made: Number(found[2]), excused: Number(found[3] ?? 0) } : undefined;
}

/** The rows that a page has, as they are printed. */
export function tableIn(page: string): readonly Cells[] {
  return page.split('\n').flatMap((line): Cells[] => {
    const cells = line.split('|').map((c) => c.trim());
    const [, kernel, name, cases, overBound, overNaive, races, mutants] = cells;
    const target = TARGETS.find((t) => t === name);
    if (cells.length !== TITLES.length + 2 || target === undefined) return [];
    const found: Cells = {
      kernel: kernel!,
      target,
      cases: number(cases!),
      overBound: number(overBound!),
      overNaive: number(overNaive!),
      races: number(races!),
      mutants: mutantsIn(mutants!),
    };
    return [found];
  });
}

/** Every row is stated, and of mutants caught there are as many as stated; one that survives for a reason counts as caught. */
export function worseRows(stated: readonly Cells[], rows: readonly Cells[]): readonly string[] {
  return [
    ...rows.filter((r) => !at(stated, r.kernel, r.target)).map((r) => `${r.kernel}, ${r.target}: not stated`),
    ...stated.flatMap((row) => {
      const found = at(rows, row.kernel, row.target);
      if (!found) return [`${row.kernel}, ${row.target}: stated, no row`];
      const held = (found.mutants?.caught ?? 0) + (found.mutants?.excused ?? 0);
      const was = row.mutants?.caught ?? 0;
      return held >= was ? [] : [`${row.kernel}, ${row.target}: mutants caught: stated ${was}, found ${held}`];
    }),
  ];
}

export const TITLE = 'Table';

const NAIVE = 'worst error over naive';

/** The table in figures, for limits that a page states; a kernel that has a limit of its own is not counted with the others. */
export function summary(rows: readonly Cells[], stated: readonly Stated[]): Part {
  const own = stated.flatMap(({ part, figure }) =>
    part === TITLE && figure.startsWith(`${NAIVE}: `) ? [figure.slice(NAIVE.length + 2)] : [],
  );
  const most = (of: readonly (number | undefined)[]): number => of.reduce((m: number, x) => Math.max(m, x ?? 0), 0);
  const naive = (which: (r: Cells) => boolean): number => most(rows.filter(which).map((r) => r.overNaive));
  const sum = (of: (r: Cells) => number | undefined): number => rows.reduce((n, r) => n + (of(r) ?? 0), 0);
  const fewest = rows.reduce((n, r) => Math.min(n, r.cases ?? 0), Infinity);
  return {
    title: TITLE,
    failures: [],
    figures: [
      { name: 'rows', value: rows.length },
      { name: 'cases', value: sum((r) => r.cases) },
      { name: 'fewest cases of a row', value: rows.length > 0 ? fewest : 0 },
      { name: 'worst error over bound', value: most(rows.map((r) => r.overBound)) },
      { name: NAIVE, value: naive((r) => !own.includes(r.kernel)) },
      ...own.map((kernel) => ({ name: `${NAIVE}: ${kernel}`, value: naive((r) => r.kernel === kernel) })),
      { name: 'races', value: sum((r) => r.races) },
      { name: 'mutants', value: sum((r) => r.mutants?.made) },
      { name: 'mutants caught', value: sum((r) => r.mutants?.caught) },
    ],
  };
}

// ---- as text ------------------------------------------------------------------------------------------------------------

/** Three digits; what is below 1 is not printed as 1. */
function short(x: number | undefined): string {
  if (x === undefined) return '-';
  if (x === 0) return '0';
  if (x < 1 && x >= 0.9995) return '0.999';
  return x >= 0.01 && x < 1000 ? x.toPrecision(3) : x.toExponential(0);
}

function line(row: Cells): readonly string[] {
  const { caught, made, excused } = row.mutants ?? { caught: 0, made: 0, excused: 0 };
  const mutants = `${caught}/${made}${excused > 0 ? ` +${excused}` : ''}`;
  const figures = [short(row.overBound), short(row.overNaive), String(row.races ?? '-')];
  return [row.kernel, row.target, String(row.cases ?? '-'), ...figures, row.mutants ? mutants : '-'];
}

/** Lines of a table that a page may take as they are. */
export function printed(rows: readonly Cells[]): readonly string[] {
  const all = [TITLES, ...rows.map(line)];
  const widths = TITLES.map((_, i) => Math.max(...all.map((l) => l[i]!.length)));
  const spaced = (cells: readonly string[]): string => `| ${cells.map((c, i) => c.padEnd(widths[i]!)).join(' | ')} |`;
  const [head, ...rest] = all.map(spaced);
  return [head!, spaced(widths.map((w) => '-'.repeat(w))), ...rest];
}
