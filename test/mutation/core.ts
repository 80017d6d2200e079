// The core with one of its checks removed, and the named tests that notice (test/core/conditions.ts has them). Invariant: the mutants are
// found by reading the sources, so that a new check without a test is found too; survivors are listed with a reason.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conditions, isFor } from '../core/conditions.js';
import { type Core, kit } from '../core/door.js';
import { copyOf, root } from './mutant.js';

export interface CoreMutant {
  readonly file: string;
  readonly at: number;
  readonly text: string;
  readonly length: number;
  readonly by: string;
}

const checks =
  /^\s*(?:[STV]\.)?(?:refuseBound\w*|parallel|genuine(?:Axes|Objs|Terms|Hypothesis)|\w+\.require|typedFamilies|notFreeIn)\([^;]*\);$|^\s*\S[^\n]*forEach\(\([^;]*=> (?:[STV]\.)?(?:fits|sameType|genuineHypothesis|notFreeIn|declared)\([^;]*\);$|^\s*(?:[STV]\.)(?:fits|sameType)\([^;]*\);$/gm;

/** Every call of `refuse`, made to do nothing, and every call of a check, taken out. */
function mutantsOf(file: string): CoreMutant[] {
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

export const coreMutants = (): readonly CoreMutant[] =>
  readdirSync(join(root, 'src/core')).flatMap((f) => mutantsOf(`src/core/${f}`));

/** Checks whose removal no test can see, and why. */
export const survivors: readonly (readonly [text: string, why: string])[] = [
  ['at most ${NODE_BUDGET} nodes', 'three million nodes are too many for a test'],
  [
    'for (const v of signatureAxes) if (v.scope !==',
    'a free axis of a signature occurs in the type of its variable too, where it is seen first',
  ],
];
export const survives = (m: CoreMutant): boolean => survivors.some(([text]) => m.text.includes(text));

/** Every name of a test of a side condition, as test/core/conditions.test.ts prints it. */
export const namedTests: readonly string[] = conditions.map((c, i) => `${c.rule}: ${c.condition} (${i})`);

/** The named tests that fail over a core. */
export function failures(K: Core): readonly string[] {
  const k = kit(K);
  return conditions.flatMap((c, i) => {
    try {
      const answer = c.rejects(k);
      const kept = answer._tag === 'Left' && isFor(c, answer.left) && c.accepts(k)._tag === 'Right';
      return kept ? [] : [namedTests[i]!];
    } catch {
      return [namedTests[i]!];
    }
  });
}

/** The named tests that fail without a check. */
export async function killers(m: CoreMutant): Promise<readonly string[]> {
  const copy = copyOf();
  try {
    const text = readFileSync(copy.path(m.file), 'utf8');
    writeFileSync(copy.path(m.file), text.slice(0, m.at) + m.by + text.slice(m.at + m.length));
    return failures((await import(/* @vite-ignore */ copy.path('src/core/index.ts'))) as Core);
  } finally {
    copy.remove();
  }
}
