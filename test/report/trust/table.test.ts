// The table of numbers: rows of parts are put together, the page states every kernel on every target as it would be printed, and rows that are missing,
// wrong or worse are told; the same rows, as they are stated, are not.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../support/corpus.js';
import { groups } from './groups.js';
import { type Cells, TARGETS } from './row.js';
import { statedIn, worse } from './stated.js';
import { TITLE, faults, printed, summary, tableIn, tableOf, wanted, worseRows } from './table.js';

const page = readFileSync(path.join(root, groups['numerics']!.page), 'utf8');
const files = readdirSync(path.join(root, 'kernels'));
const asked = wanted(files);
const stated = tableIn(page);
const limits = statedIn(page);

/** Every way in which a run is judged. */
const judged = (rows: readonly Cells[]): readonly string[] => [
  ...faults(rows, asked),
  ...worseRows(stated, rows),
  ...worse(
    limits.filter((l) => l.part === TITLE),
    [summary(rows, limits)],
  ),
];
const find = (kernel: string, target: string): Cells => stated.find((r) => r.kernel === kernel && r.target === target)!;
const changed = (row: Cells, change: Partial<Cells>): readonly Cells[] =>
  stated.map((r) => (r === row ? { ...r, ...change } : r));

describe('the stated table', () => {
  it('has every kernel of kernels/ on every target, with every cell', () => {
    const named = (rows: readonly Pick<Cells, 'kernel' | 'target'>[]): string[] =>
      rows.map((r) => `${r.kernel} ${r.target}`).sort();
    expect(files.filter((f) => f.endsWith('.wgsl')).length).toBeGreaterThan(15);
    for (const f of files) expect(wanted([f]).length, f).toBeGreaterThan(0);
    expect(named(stated)).toEqual(named(asked));
  });
  it('is accepted by its own judgement', () => expect(judged(stated)).toEqual([]));
  it('stands on the page as it is printed', () => {
    for (const line of printed(stated)) expect(page.split('\n')).toContain(line);
    expect(tableIn(printed(stated).join('\n'))).toEqual(stated);
  });
  it('says what naive is of every kernel, as its header has it', () => {
    for (const f of files.filter((name) => name.endsWith('.wgsl'))) {
      const statement = readFileSync(path.join(root, 'kernels', f), 'utf8').split('\n')[2]!;
      expect(page.split('\n')).toContain(`| ${f.slice(0, -5)} | \`${statement.replace(/^\/\/ +/, '')}\` |`);
    }
  });
  it('has limits of what a row may not be worse than', () => {
    const own = limits.filter((l) => l.part === TITLE).map((l) => `${l.figure} ${l.bound}`);
    const must = ['rows at least', 'fewest cases of a row at least', 'worst error over naive at most', 'races exactly'];
    expect(own).toEqual(expect.arrayContaining(must));
    const named = own.flatMap((l) => /^worst error over naive: (.+) at most$/.exec(l)?.[1] ?? []);
    expect(named.filter((k) => !stated.some((r) => r.kernel === k))).toEqual([]);
  });
  it('has a limit of its own for a kernel, which is then judged by that alone', () => {
    const figure = 'worst error over naive: attention';
    const with1e6 = [...limits, { part: TITLE, figure, bound: 'at most' as const, value: 1e6 }];
    const rows = changed(find('attention', 'wgsl, Dawn'), { overNaive: 1e5 });
    expect(worse(with1e6, [summary(rows, with1e6)]).filter((f) => f.includes('over naive'))).toEqual([]);
    expect(summary(rows, with1e6).figures).toContainEqual({ name: figure, value: 1e5 });
  });
});

describe('a run', () => {
  const row = find('attention', 'wgsl, Dawn');
  const said = 'attention, wgsl, Dawn: ';
  it.each<[string, Partial<Cells>, string]>([
    ['no cases', { cases: 0 }, `${said}no case was run`],
    ['few cases', { cases: 5 }, 'Table: fewest cases of a row: stated at least'],
    ['an error over its bound', { overBound: 1.01 }, `${said}error 1.01 of its bound`],
    ['an error that is no number', { overBound: NaN }, `${said}error NaN of its bound`],
    ['a race', { races: 1 }, `${said}1 races`],
    ['no races counted', { races: undefined }, `${said}races: not counted`],
    ['no mutants', { mutants: { caught: 0, made: 0, excused: 0 } }, `${said}no mutant was made`],
    [
      'fewer mutants caught',
      { mutants: { ...row.mutants!, caught: row.mutants!.caught - 1 } },
      `${said}mutants caught: stated ${row.mutants!.caught}, found ${row.mutants!.caught + row.mutants!.excused - 1}`,
    ],
    ['errors of a naive program', { overNaive: 1e4 }, 'Table: worst error over naive: stated at most'],
  ])('with %s fails', (_, change, why) =>
    expect(
      judged(changed(row, change)).some((f) => f.startsWith(why)),
      judged(changed(row, change)).join('\n'),
    ).toBe(true),
  );
  it('with a mutant that survives for a reason in the place of one that was caught does not', () => {
    const { caught, made, excused } = row.mutants!;
    expect(judged(changed(row, { mutants: { caught: caught - 1, made, excused: excused + 1 } }))).toEqual([]);
  });
  it.each(TARGETS)('without a row on %s fails', (target) => {
    const gone = judged(stated.filter((r) => r !== find('matmul', target)));
    expect(gone).toContain(`matmul, ${target}: no row`);
  });
  it('with a cell that cannot be, or a kernel that is nowhere, fails', () => {
    expect(judged(changed(find('matmul', 'host'), { races: 0 })).join()).toContain('races: counted, where the host');
    expect(judged([...stated, { ...row, kernel: 'other' }])).toContain('other, wgsl, Dawn: not stated');
  });
  it('without kernels fails', () => expect(faults([], [])).toEqual(['no kernel']));
});

describe('rows of parts', () => {
  const one: Cells = { kernel: 'a', target: 'host', cases: 3 };
  it('are put together', () => {
    expect(tableOf([{ rows: [one] }, {}, { rows: [{ kernel: 'a', target: 'host', overBound: 0.5 }] }])).toEqual([
      { ...one, overBound: 0.5 },
    ]);
  });
  it('are refused where two parts count the same', () => {
    expect(() => tableOf([{ rows: [one] }, { rows: [one] }])).toThrow('two parts count cases of a on host');
  });
});
