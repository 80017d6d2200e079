// `weft stream FILE:NAME --over AXIS`: looks for a state, its laws and their proof, or the reason why there is none. Invariant: a law
// is printed only where its proof was checked; files are written whole, after that. Knows not how anything is found.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { nearest } from '../diagnostic/message.js';
import { streamLines, streamRecord } from '../diagnostic/stream.js';
import { type Env, type FunctionEntry, near } from '../language/elaborate/scope.js';
import { type Verdict, decide } from '../proof/derive/verdict.js';
import { grounded } from '../proof/derive/ground.js';
import { checkLibrary } from '../proof/script/check.js';
import { refuse } from '../diagnostic/refused.js';
import { appended } from './appended.js';
import { out, timed } from './output.js';
import { placeOf } from './place.js';
import { questionOf } from './question.js';
import { loadBeside } from '../project/project.js';
import { writeWhole } from './write.js';

export interface StreamOptions {
  readonly over: string;
  readonly write?: boolean;
  readonly json?: boolean;
}
export type StreamExit = 0 | 1 | 2;

const general = 'separation.weft';

function asked(target: string): { readonly file: string; readonly name: string } {
  const at = target.lastIndexOf(':');
  if (at <= 0 || at === target.length - 1)
    refuse(`${quoted(target)} is not FILE:NAME`, 'for example theorems/mine.weft:spread');
  return { file: target.slice(0, at), name: target.slice(at + 1) };
}

function definitionIn(env: Env, file: string, name: string): FunctionEntry {
  const entry = env.functions.get(name);
  const hint = nearest(near(name, [...env.functions.keys()]).map(quoted), 'state it with `def`');
  return entry ?? refuse(`${quoted(file)} has no definition ${quoted(name)}`, hint);
}

export async function streamCommand(
  project: string | undefined,
  target: string,
  options: StreamOptions,
): Promise<StreamExit> {
  const folder = project ?? process.cwd();
  const { file, name } = asked(target);
  if (options.write) proofsOf(resolve(folder, file));
  const sources = loadBeside(folder, file, [`theorems/${general}`, `proofs/${general}`]);
  const library = await timed('checking', () => checkLibrary(sources.statements, sources.proofs));
  const path = [...sources.asked][0]!;
  const shipped = sources.statements.find((f) => f.path.endsWith(`theorems/${general}`))!.path;
  const env = library.statements.envs.get(path);
  if (!env) return refuse(`${quoted(file)} states nothing`, 'name a file of statements');
  const entry = definitionIn(env, file, name);
  const ground = grounded(library, env, library.statements.envs.get(shipped)!);
  const question = questionOf(entry, name, options.over, path, shipped, ground);
  const verdict = await timed('looking', () => decide(ground, question));
  const lines = options.json ? [JSON.stringify(streamRecord(verdict))] : streamLines(name, options.over, verdict);
  lines.forEach((l) => l.split('\n').forEach(out));
  if (options.write && verdict.found) write(resolve(folder, path), verdict);
  return verdict.verdict === 'out-of-budget' ? 2 : verdict.verdict === 'refused' ? 1 : 0;
}

/** The file of proofs that belongs to a file of statements. */
function proofsOf(file: string): string {
  const folder = dirname(file);
  if (basename(folder) !== 'theorems')
    refuse(
      `${quoted(file)} is in no folder theorems/`,
      'move it there: its proofs are written to the folder proofs/ beside that',
    );
  return join(dirname(folder), 'proofs', basename(file));
}

/** The statement after those of the file, and the proofs after those of the file of its name; `import`s are put in front. */
function write(file: string, { found }: Verdict): void {
  const proofs = proofsOf(file);
  mkdirSync(dirname(proofs), { recursive: true });
  const own = `"${basename(file)}"`;
  const parts = [
    [file, found!.theorems],
    [proofs, found!.proofs],
  ] as const;
  // both places are judged before anything is written
  const texts = parts.map(([path, text]) => ({
    place: placeOf(path, '-C'),
    text: appended(existing(path), text, own),
  }));
  texts.reverse().forEach(({ place, text }) => writeWhole(place, text));
}

function existing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
