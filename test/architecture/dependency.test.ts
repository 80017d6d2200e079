// The direction of dependencies in src, and a tree of bad examples that shows that each rule bites.
import { beforeAll, describe, expect, test } from 'vitest';
import { readGraph, type Graph } from './graph.js';
import { forbidden } from './rules.js';
import { fixture, listFiles, root } from './tree.js';

/** Raise it as src grows: a graph smaller than this was not looked at. */
const MODULE_FLOOR = 150;

const sourcesOf = (base: string) => listFiles(base, 'src').filter((path) => path.endsWith('.ts'));

describe('src', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await readGraph(root);
  });

  test('was looked at: the graph holds exactly the files on disk', () => {
    expect(graph.modules).toEqual(sourcesOf(root));
    expect(graph.modules.length).toBeGreaterThanOrEqual(MODULE_FLOOR);
    expect(graph.edges).toBeGreaterThanOrEqual(MODULE_FLOOR);
  });

  test('breaks no rule', () => {
    expect(graph.violations).toEqual([]);
  });
});

/** Which edge of fixtures/bad each rule must find, and no other. */
// prettier-ignore
const planted: Readonly<Record<string, readonly (readonly [from: string, to: RegExp])[]>> = {
  "core-sees-itself-and-fp-ts":   [["src/core/index.ts", /^src\/diagnostic\/render\.ts$/], ["src/core/term.ts", /immer/], ["src/core/term.ts", /fp-ts/], ["src/core/term.ts", /^(node:)?fs$/]],
  "core-has-one-door":            [["src/tactic/rewrite.ts", /^src\/core\/term\.ts$/], ["src/elaborate/name.ts", /^src\/core\/term\.ts$/]],
  "syntax-sees-itself":           [["src/syntax/parse.ts", /^src\/core\/index\.ts$/]],
  "ir-sees-itself-and-core":      [["src/ir/loop.ts", /^src\/lower\/pass\.ts$/]],
  "emit-sees-ir":                 [["src/emit/wgsl.ts", /^src\/core\/index\.ts$/], ["src/emit/wgsl.ts", /^src\/lower\/pass\.ts$/]],
  "lower-sees-no-language":       [["src/cost/move.ts", /^src\/elaborate\/name\.ts$/]],
  "search-sees-no-kernel":        [["src/tactic/rewrite.ts", /^src\/lower\/pass\.ts$/]],
  "refute-sees-no-evaluator":     [["src/refute/search.ts", /^src\/lower\/pass\.ts$/]],
  "certificate-sees-no-kernel":   [["src/certificate/step.ts", /^src\/emit\/wgsl\.ts$/]],
  "replay-sees-itself":           [["src/replay/check.ts", /^src\/core\/index\.ts$/], ["src/replay/check.ts", /fp-ts/]],
  "nobody-sees-the-cli":          [["src/diagnostic/text.ts", /^src\/cli\/main\.ts$/]],
  "node-only-in-cli-and-runners": [["src/core/term.ts", /^(node:)?fs$/], ["src/numeric/bound.ts", /^(node:)?path$/]],
  "no-cycles":                    [["src/lower/other.ts", /^src\/lower\/pass\.ts$/]],
  "every-import-resolves":        [["src/numeric/bound.ts", /missing/]],
};

describe('a bad tree', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await readGraph(fixture('bad'));
  });

  test('has a planted example for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(forbidden.map((r) => r.name ?? 'unnamed').sort());
  });

  test.each(Object.entries(planted))('%s is caught, where it was planted and nowhere else', (rule, edges) => {
    const found = graph.violations.filter((v) => v.rule === rule);
    for (const [from, to] of edges) expect(found.some((v) => v.from === from && to.test(v.to))).toBe(true);
    expect(found).toHaveLength(edges.length);
  });
});

test('a good tree, every allowed import of which is used, is accepted', async () => {
  const graph = await readGraph(fixture('good'));
  expect(graph.modules).toEqual(sourcesOf(fixture('good')));
  expect(graph.edges).toBeGreaterThanOrEqual(8);
  expect(graph.violations).toEqual([]);
});
