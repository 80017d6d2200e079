// Every false line is refused with its code at its line, every true one is proved, and what must only run runs. Checkers that do
// not check fall far behind.
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkLibrary } from '../../src/proof/script/check.js';
import type { CheckResult } from '../../src/proof/script/result.js';
import { controls } from './control.js';
import { type Case, cases, root } from '../support/corpus.js';
import { references } from './reference.js';
import { aboutTheChecker, routes } from './route.js';
import { type Verdict, claims, score, verdictOf, whole, wrong } from './verdict.js';

const all = cases();
const judged = all.filter((c) => c.kind !== 'run');
const alone = all.filter((c) => c.kind === 'run');
const header = (c: Case): string =>
  c.statements.find((f) => f.path.endsWith(`/${c.id}.theorems.weft`))!.text.split('\n')[0]!;

let result: CheckResult;
const real = (c: Case): Verdict =>
  c.kind === 'run' ? verdictOf(c, checkLibrary(c.statements, c.proofs)) : verdictOf(c, result);

beforeAll(() => {
  result = whole(judged);
}, 240_000);

describe('the corpus', () => {
  it('is there', () => {
    const count = (kind: string): number => all.filter((c) => c.kind === kind).length;
    expect(count('accept')).toBeGreaterThanOrEqual(30);
    expect(count('reject')).toBeGreaterThanOrEqual(35);
    expect(count('run')).toBeGreaterThanOrEqual(8);
    expect(() => score([], real)).toThrow('no case');
  });
  it.each(judged.map((c): [string, Case] => [`${c.kind}/${c.id}`, c]))('%s', (_, c) => {
    expect(wrong(c, real(c))).toBeUndefined();
  });
  it.each(alone.map((c): [string, Case] => [c.id, c]))('run/%s ends', (_, c) => {
    expect(wrong(c, real(c))).toBeUndefined();
  });
  it('rests on a library that is proved', () => {
    const names = new Set(judged.flatMap((c) => [...real(c).statuses.keys()]));
    const others = result.theorems.filter((t) => !names.has(t.name));
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((t) => t.status !== 'proved').map((t) => t.name)).toEqual([]);
    const files = new Set(judged.flatMap((c) => [...c.statements, ...c.proofs].map((f) => f.path)));
    expect(result.diagnostics.filter((d) => !files.has(d.file)).map((d) => `${d.file} ${d.fact._tag}`)).toEqual([]);
  });
  it('has a code for every refusal', () => {
    const refused = result.theorems.filter((t) => t.status === 'rejected' || t.status === 'declined');
    expect(refused.length).toBeGreaterThan(60);
    expect(refused.filter((t) => t.code === undefined).map((t) => t.name)).toEqual([]);
  });
  it.each(Object.entries(references))('%s is in the library', (_, names) => {
    const proved = new Set(result.theorems.filter((t) => t.status === 'proved').map((t) => t.name));
    expect(names.filter((n) => !proved.has(n))).toEqual([]);
  });
});

describe('its files', () => {
  it('say which line they are, and what is true instead', () => {
    const twins = new Set([...all.filter((c) => c.kind === 'accept').map((c) => c.id), ...Object.keys(references)]);
    for (const c of judged) {
      expect(header(c), c.id).toMatch(new RegExp(`^-- ${c.id}\\b`));
      const twin = /Twin: (T-[\w-]+)/.exec(header(c))?.[1];
      if (c.kind === 'reject') expect(twins.has(twin ?? ''), `${c.id}: twin ${twin}`).toBe(true);
    }
  });
  it('mark claims', () => {
    for (const c of judged) expect(claims(c).length > 0, c.id).toBe(c.kind === 'reject');
  });
  it('try each false line by a direct step and through a tactic, or the statement itself is refused', () => {
    const lines = judged.filter((c) => c.kind === 'reject' && !aboutTheChecker.test(c.id));
    expect(lines.length).toBeGreaterThan(30);
    const one = lines.filter((c) => {
      const tried = routes(c);
      return !tried.has('statement') && !(tried.has('direct') && tried.has('tactic'));
    });
    expect(one.map((c) => `${c.id}: ${[...routes(c)].join()}`)).toEqual([]);
  });
  it('are all listed in the reference', () => {
    const page = fs.readFileSync(path.join(root, 'docs/reference/corpus.md'), 'utf8');
    const listed = (id: string): boolean => new RegExp(`\\b${id}\\b`).test(page);
    const ids = [...all.map((c) => c.id), ...Object.keys(references)];
    expect(ids.filter((id) => !listed(id))).toEqual([]);
  });
});

describe('a checker that does not check', () => {
  it('is told from the real one', () => {
    expect(score(judged, real).faults).toEqual([]);
  });
  it.each(Object.entries(controls))('%s', (_, checker) => {
    const rejects = judged.filter((c) => c.kind === 'reject');
    expect(score(rejects, checker).share).toBe(0);
    expect(score(judged, checker).share).toBeLessThan(0.65);
  });
});
