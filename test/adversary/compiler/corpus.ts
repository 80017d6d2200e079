// Failures that were made small, one a file: the statement, its proof, the schedule, the cases, and what must become of it. Invariant: what is
// written is read back as the same. It does not know how a failure was found.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../target/kernels/case.js';
import type { Text } from '../../target/kernels/property.js';
import type { Source } from './library.js';
import { type Ran, type Schedule, ran, sizes } from './trial.js';

const folder = fileURLToPath(new URL('corpus/', import.meta.url));

export interface Entry {
  /** of the stream, and of the file */
  readonly name: string;
  readonly source: Source;
  readonly schedule: Schedule;
  readonly cases: readonly Case[];
  /** `runs`, or the code of a refusal */
  readonly expect: string;
}

/** What its texts make of its own cases, and then of three at random sizes. */
export async function outcomes(e: Entry, texts: readonly Text[], next: () => number): Promise<readonly Ran[]> {
  const axes = Object.keys(e.cases[0]!.sizes);
  const all = [...e.cases, ...[1, 2, 3].map(() => sizes(next, axes, e.schedule))];
  const found: Ran[] = [];
  for (const c of all) found.push(...(await ran(texts, c)));
  return found;
}

/** Settings stand in comments, so that the rest is statements and proofs as anywhere. */
export const written = ({ source, schedule, cases, expect }: Entry): string =>
  [
    `-- expect: ${expect}`,
    `-- schedule: ${JSON.stringify(schedule)}`,
    ...cases.map((c) => `-- case: ${JSON.stringify(c)}`),
    source.statement.trimEnd(),
    '-- proof',
    source.proof,
  ].join('\n');

const setting = (text: string, key: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^-- ${key}: (.*)$`, 'gm'))].map((m) => m[1]!);

export function parsed(name: string, text: string): Entry {
  const [stated, proof] = text.split(/^-- proof$/m);
  const statement = stated?.replace(/^-- .*\n/gm, '');
  const [expect, schedule] = [setting(text, 'expect')[0], setting(text, 'schedule')[0]];
  if (statement === undefined || proof === undefined || expect === undefined || schedule === undefined)
    throw new Error(`corpus file ${name} lacks a part`);
  return {
    name,
    source: { statement: `${statement.trim()}\n`, proof: proof.trimStart() },
    schedule: JSON.parse(schedule) as Schedule,
    cases: setting(text, 'case').map((c) => JSON.parse(c) as Case),
    expect,
  };
}

export const entries = (): readonly Entry[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith('.weft'))
    .sort()
    .map((f) => parsed(f.replace(/\.weft$/, ''), readFileSync(folder + f, 'utf8')));

export const write = (e: Entry): void => writeFileSync(`${folder}${e.name}.weft`, written(e));
