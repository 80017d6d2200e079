// The core with one of its checks removed, and the named tests that notice (test/unit/core/conditions.ts has them). Invariant: the mutants are
// found by reading the sources, so that a new check without a test is found too; survivors are listed with a reason.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Condition, conditions, isFor } from '../../../unit/core/conditions.js';
import { type Core, type Kit, kit } from '../../../support/door.js';
import { halves } from './halves.js';
import { keeps, kept, losses } from './kept.js';
import { changed, copyOf, root } from './mutant.js';

export interface CoreMutant {
  readonly file: string;
  readonly at: number;
  readonly text: string;
  readonly length: number;
  readonly by: string;
}

const checks =
  /^\s*(?:[OSTV]\.)?(?:refuseBound\w*|parallel|genuine(?:Axes|Objs|Terms|Hypothesis)|\w+\.require|typedFamilies|notFreeIn)\([^;]*\);$|^\s*\S[^\n]*forEach\(\([^;]*=> (?:[OSTV]\.)?(?:fits|sameType|genuineHypothesis|notFreeIn|declared)\([^;]*\);$|^\s*(?:[OSTV]\.)(?:fits|sameType)\([^;]*\);$/gm;

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
  return [...refusals, ...calls, ...disjunctsOf(file, text)];
}

/** Each of several reasons of one refusal, alone. */
function disjunctsOf(file: string, text: string): CoreMutant[] {
  return [...text.matchAll(/\bif \(/g)].flatMap((m) => {
    const start = m.index + m[0].length;
    const end = closing(text, start);
    if (!/^\)\s*\{?\s*refuse\(/.test(text.slice(end))) return [];
    const parts = disjuncts(text, start, end);
    if (parts.length < 2) return [];
    return parts.map(([at, to]) => ({
      file,
      at,
      length: to - at,
      text: `never: ${text.slice(at, to).replace(/\s+/g, ' ').trim()}`,
      by: 'false',
    }));
  });
}
/** Where the bracket that is open at `start` closes. */
function closing(text: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; depth > 0; at += 1) depth += '([{'.includes(text[at]!) ? 1 : ')]}'.includes(text[at]!) ? -1 : 0;
  return at - 1;
}
function disjuncts(text: string, start: number, end: number): readonly (readonly [number, number])[] {
  const cuts: number[] = [];
  for (let at = start, depth = 0; at < end; at += 1) {
    depth += '([{'.includes(text[at]!) ? 1 : ')]}'.includes(text[at]!) ? -1 : 0;
    if (depth === 0 && text.startsWith('||', at)) cuts.push(at);
  }
  return [start, ...cuts.map((c) => c + 2)].map((from, i) => [from, cuts[i] ?? end] as const);
}

/** Rules that lose a hypothesis. */
function losing(): CoreMutant[] {
  return losses.map(({ file, from, to }) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { file, at: 0, length: text.length, text: `${from} becomes ${to}`, by: changed(text, from, to) };
  });
}
const line = (text: string, at: number): string =>
  text
    .slice(text.lastIndexOf('\n', at) + 1, at + 150)
    .replace(/\s+/g, ' ')
    .trim();

export const coreMutants = (): readonly CoreMutant[] => [
  ...readdirSync(join(root, 'src/core')).flatMap((f) => mutantsOf(`src/core/${f}`)),
  ...losing(),
];

/** Checks whose removal no test can see, and why. */
export const survivors: readonly (readonly [text: string, why: string])[] = [
  [
    'for (const v of signatureAxes) if (v.scope !==',
    'a free axis of a signature occurs in the type of its variable too, where it is seen first',
  ],
  ['never: signatureAxes.has(v)', 'the same: the axis is found among those of the type'],
];
export const survives = (m: CoreMutant): boolean => survivors.some(([text]) => m.text.includes(text));

const names = conditions.map((c, i) => `${c.rule}: ${c.condition} (${i})`);
/** Every name of a test of a side condition, as test/unit/core/conditions.test.ts prints it, and of those here. */
export const namedTests: readonly string[] = [...names, ...halves.map((h) => h.name), ...kept.map((c) => c.name)];

/** The named tests that fail over a core. */
export function failures(K: Core): readonly string[] {
  const k = kit(K);
  const holds: readonly (readonly [string, () => boolean])[] = [
    ...conditions.map((c, i) => [names[i]!, () => keepsCondition(k, c)] as const),
    ...halves.map((h) => [h.name, () => keepsCondition(k, h.condition)] as const),
    ...kept.map((c) => [c.name, () => keeps(k, c)] as const),
  ];
  return holds.flatMap(([name, test]) => {
    try {
      return test() ? [] : [name];
    } catch {
      return [name];
    }
  });
}
function keepsCondition(k: Kit, c: Condition): boolean {
  const answer = c.rejects(k);
  return answer._tag === 'Left' && isFor(c, answer.left) && c.accepts(k)._tag === 'Right';
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
