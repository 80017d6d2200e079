// Each check of the core is needed: with one of them removed from a copy, a case of test/core/conditions fails. Invariant: the
// mutants are found by reading the sources, so that a new check without a case fails here; survivors are listed with a reason.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { conditions, isFor } from '../core/conditions.js';
import { type Core, core, kit } from '../core/door.js';
import { copyOf, root } from './mutant.js';

interface Mutant {
  readonly file: string;
  readonly at: number;
  readonly text: string;
  readonly length: number;
  readonly by: string;
}

const checks =
  /^\s*(?:[STV]\.)?(?:refuseBound\w*|parallel|genuine(?:Axes|Objs|Terms|Hypothesis)|\w+\.require|typedFamilies|notFreeIn)\([^;]*\);$|^\s*\S[^\n]*forEach\(\([^;]*=> (?:[STV]\.)?(?:fits|sameType|genuineHypothesis|notFreeIn|declared)\([^;]*\);$|^\s*(?:[STV]\.)(?:fits|sameType)\([^;]*\);$/gm;

/** Every call of `refuse`, made to do nothing, and every call of a check, taken out. */
function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(join(root, file), 'utf8');
  const refusals = [...text.matchAll(/(?<!function )\brefuse\(/g)].map((m) => ({
    file,
    at: m.index,
    length: m[0].length,
    text: line(text, m.index),
    by: '((..._: unknown[]) => undefined as never)(',
  }));
  const calls = [...text.matchAll(checks)].map((m) => ({
    file,
    at: m.index,
    length: m[0].length,
    text: m[0].replace(/\s+/g, ' ').trim(),
    by: '\n;',
  }));
  return [...refusals, ...calls];
}
const line = (text: string, at: number): string =>
  text
    .slice(text.lastIndexOf('\n', at) + 1, at + 150)
    .replace(/\s+/g, ' ')
    .trim();

/** Checks whose removal no case can see, and why. */
const survivors: readonly (readonly [text: string, why: string])[] = [
  ['at most ${NODE_BUDGET} nodes', 'three million nodes are too many for a test'],
  [
    'for (const v of signatureAxes) if (v.scope !==',
    'a free axis of a signature occurs in the type of its variable too, where it is seen first',
  ],
];

const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

async function without(m: Mutant): Promise<Core> {
  const copy = copyOf();
  removals.push(copy.remove);
  const text = readFileSync(copy.path(m.file), 'utf8');
  writeFileSync(copy.path(m.file), text.slice(0, m.at) + m.by + text.slice(m.at + m.length));
  return (await import(/* @vite-ignore */ copy.path('src/core/index.ts'))) as Core;
}

/** The cases that fail over a core. */
function failures(K: Core): string[] {
  const k = kit(K);
  return conditions.flatMap((c) => {
    try {
      const answer = c.rejects(k);
      const kept = answer._tag === 'Left' && isFor(c, answer.left) && c.accepts(k)._tag === 'Right';
      return kept ? [] : [`${c.rule}: ${c.condition}`];
    } catch {
      return [`${c.rule}: ${c.condition}`];
    }
  });
}

describe('a core without one of its checks', () => {
  const mutants = readdirSync(join(root, 'src/core')).flatMap((f) => mutantsOf(`src/core/${f}`));
  test('the checks are found', () => {
    expect(mutants.filter((m) => m.text.includes('refuse')).length).toBeGreaterThan(40);
    expect(mutants.length).toBeGreaterThan(90);
  });
  test('the whole core passes', () => {
    expect(failures(core)).toEqual([]);
  });
  for (const m of mutants) {
    const survives = survivors.some(([text]) => m.text.includes(text));
    test(`${m.file}:${m.at} ${m.text}${survives ? ' (survives)' : ''}`, async () => {
      expect(failures(await without(m)).length > 0).toBe(!survives);
    });
  }
});
