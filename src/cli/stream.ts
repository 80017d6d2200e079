// `weft stream FILE:NAME --over AXIS`: looks for a state, its laws and their proof, or the reason why there is none. Invariant: a law
// is printed only where its proof was checked; files are written whole, after that. Knows not how anything is found.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { nearest } from '../diagnostic/message.js';
import { streamLines, streamRecord } from '../diagnostic/stream.js';
import { type Env, type FunctionEntry, near } from '../language/elaborate/scope.js';
import { type Question } from '../proof/derive/find.js';
import { type Verdict, decide } from '../proof/derive/verdict.js';
import { type Ground, grounded } from '../proof/derive/ground.js';
import { checkLibrary } from '../proof/script/check.js';
import { refuse } from '../diagnostic/refused.js';
import { out, timed } from './output.js';
import { placeOf } from './place.js';
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

function questionOf(
  entry: FunctionEntry,
  name: string,
  axis: string,
  path: string,
  shipped: string,
  ground: Ground,
): Question {
  const { definition, wires } = entry;
  const { axes, objects, morphisms } = definition.parameters;
  if (!wires || objects.length + morphisms.length > 0)
    return refuse(`${quoted(name)} takes more than arrays`, 'state an instance of it, as a definition over wires');
  const over = axes.find((a) => a.name === axis);
  if (!over) {
    const names = axes.map((a) => a.name);
    return refuse(
      `${quoted(name)} has no axis ${quoted(axis)}`,
      nearest(near(axis, names).map(quoted), `its axes: ${names.join(', ')}`),
    );
  }
  if (!wires.some((w) => w.object.leaves.some((l) => l.axes.some((a) => a.terms.some((m) => m.vars.includes(over))))))
    return refuse(`no wire of ${quoted(name)} has the axis ${quoted(axis)}`, 'stream over an axis of the data');
  return { name, definition, wires, over, stream: streamName(name, ground), imports: imports(path, shipped, ground) };
}

/** A name that no statement has. */
function streamName(name: string, { library }: Ground): string {
  const taken = (n: string): boolean =>
    [...library.statements.stated.keys()].some((s) => s === n || s.startsWith(`${n}.`) || s.startsWith(`${n}-`));
  for (let n = 0; ; n += 1) {
    const made = n === 0 ? `${name}-found` : `${name}-found-${n + 1}`;
    if (!taken(made)) return made;
  }
}

/** What the two texts import, seen from beside the file. */
function imports(path: string, shipped: string, ground: Ground): Question['imports'] {
  const folder = posix.dirname(path);
  const to = (file: string): string => posix.relative(folder, file);
  const proofs = shipped.replace('theorems/', 'proofs/');
  return { theorems: [posix.basename(path), ...(ground.joined ? [to(shipped)] : [])], proofs: [to(proofs)] };
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

function appended(before: string, text: string, own: string): string {
  const lines = text.split('\n');
  const isImport = (l: string): boolean => l.startsWith('import ');
  const wanted = lines.filter((l) => isImport(l) && !before.includes(l) && !l.includes(own));
  const rest = lines
    .filter((l) => !isImport(l))
    .join('\n')
    .trim();
  return `${[...wanted, before.trimEnd(), '', rest].join('\n').trimStart()}\n`;
}
function existing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
