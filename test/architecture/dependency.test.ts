// The direction of dependencies in src, and two trees made from the rows of rooms.json that show that each row bites and that each is needed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { listFiles, root } from '../support/tree.js';
import { readGraph, type Graph } from './graph.js';
import { bad, good, seer, strangers } from './planted.js';
import { DOOR_RULE, type Room, homeless, roomOf, rooms, ruleName, table } from './rooms.js';

/** Raise it as src grows: a graph smaller than this was not looked at. */
const MODULE_FLOOR = 250;

const sources = listFiles(root, 'src').filter((path) => path.endsWith('.ts'));
const named = rooms.map((r) => [r.room, r] as const);

describe('src', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await readGraph(root);
  });

  test('was looked at: the graph holds exactly the files on disk', () => {
    expect(graph.modules).toEqual(sources);
    expect(graph.modules.length).toBeGreaterThanOrEqual(MODULE_FLOOR);
    expect(graph.edges.length).toBeGreaterThanOrEqual(3 * MODULE_FLOOR);
  });
  test('every file is in a room, and no room is empty', () => {
    expect(homeless(sources)).toEqual([]);
    expect(rooms.filter((r) => !sources.some((f) => roomOf(f) === r)).map((r) => r.room)).toEqual([]);
    expect(homeless(['src/attic/box.ts', 'src/index.ts'])).toEqual(['src/attic/box.ts']);
  });
  test('breaks no rule', () => {
    expect(graph.violations).toEqual([]);
  });
  test.each(named)('%s lists nothing that it does not import', (_, room) => {
    expect(unused(room, graph)).toEqual([]);
  });
  test('no row of a room that is believed says that it may see all', () => {
    const believed = rooms.filter((r) => r.belief !== 'no');
    const open = believed.flatMap((r) =>
      r.sees.filter((s) => rooms.find((x) => x.room === s)?.belief === 'no').map((s) => `${r.room} sees ${s}`),
    );
    expect(believed.length).toBeGreaterThanOrEqual(8);
    expect(open).toEqual([]);
  });
});

const packageOf = (path: string) =>
  /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path.replace(/^node:/, '');

/** What a row lists and no file of its room imports. */
function unused(room: Room, graph: Graph): readonly string[] {
  const targets = graph.edges.filter((e) => roomOf(e.from) === room).map((e) => e.to);
  const used = new Set(targets.map((to) => (to.startsWith('src/') ? (roomOf(to)?.room ?? to) : packageOf(to))));
  return [...room.sees, ...room.packages, ...room.node].filter((name) => !used.has(name));
}

describe('a bad tree', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await bad(readGraph);
  });

  test.each(named)('%s: everything that its row does not list is caught, and nothing else', (_, room) => {
    const found = graph.violations.filter((v) => v.rule === ruleName(room) && v.from === seer(room));
    const planted = strangers(room);
    const seen = (to: string) => found.some((v) => v.to === to || packageOf(v.to) === packageOf(to));
    expect(planted.filter((to) => !seen(to))).toEqual([]);
    expect(found).toHaveLength(planted.length);
  });
  test.each([
    [DOOR_RULE, ['src/normal/window.ts']],
    ['no-cycles', ['src/core/cycle.ts', 'src/core/term.ts']],
    ['every-import-resolves', ['src/normal/missing.ts']],
  ])('%s is caught, where it was planted and nowhere else', (rule, from) => {
    const found = graph.violations.filter((v) => v.rule === rule).map((v) => v.from);
    expect(found.length).toBeGreaterThanOrEqual(1);
    expect(found.filter((f) => !from.includes(f))).toEqual([]);
  });
});

test('a good tree, in which every room imports all that it may see, is accepted', async () => {
  const graph = await good(readGraph);
  expect(graph.modules).toHaveLength(2 * rooms.length);
  expect(graph.edges).toHaveLength(rooms.reduce((n, r) => n + r.sees.length + r.packages.length + r.node.length, 0));
  expect(graph.violations).toEqual([]);
});

test('the table of docs/architecture.md is the one that the rows make (npm run arch:table writes it)', () => {
  expect(readFileSync(join(root, 'docs/architecture.md'), 'utf8')).toContain(`\n${table()}\n`);
});
