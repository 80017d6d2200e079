// `weft kernels`: the texts of kernels/, written or compared. Invariant: the same library and settings give the same bytes; what was not written by Weft is not replaced. Knows
// nothing of schedules.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { clean, quoted } from '../language/print/clean.js';
import { definitionPrefix } from '../proof/certificate/certificate.js';
import { extractMessage } from '../diagnostic/extract.js';
import { subjectOf } from '../kernel/extract/subject.js';
import { extract } from '../kernel/extract/extract.js';
import type { Target } from '../kernel/ir/program.js';
import { type Checked, type Lazy, type Part, checkedOf, partOf } from './check.js';
import { kernelOf, suffix } from './chosen.js';
import { commandOf } from './extract.js';
import { byDefault, fileText } from './kernel-text.js';
import { marker, out, say, timed } from './output.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { settingsOf } from '../project/settings.js';
import { placeOf } from './place.js';
import { demandGenerated, writeWhole } from './write.js';

const checkedIn: readonly Target[] = ['wgsl', 'cuda'];

/** The files of definitions that are named: NAME.def.wgsl and the like. */
function named(checked: Checked, names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((name) =>
    checkedIn.map((target) => {
      const kernel = kernelOf(checked, name, target, byDefault);
      const base = kernel.name.startsWith(definitionPrefix)
        ? `${kernel.name.slice(definitionPrefix.length)}.def`
        : kernel.name;
      return [`${base}.${suffix[target]}`, fileText(kernel, byDefault)] as const;
    }),
  );
}

/** A stream that no schedule or kernel fits, with the reason: its theorem stands, it has no file. */
function withoutKernel(checked: Checked, name: string): boolean {
  const found = extract(checked.library, name, 'wgsl', { tiles: new Map(), ragged: 'first' });
  if (E.isRight(found) || (found.left._tag !== 'Lower' && found.left._tag !== 'Schedule')) return false;
  say(`weft: no kernel for ${quoted(name)}: ${extractMessage(found.left).headline}`);
  return true;
}

/** What is to be written: what weft.json lists, if it does, or else every stream; and what the command names. */
interface Wanted {
  readonly listed: boolean;
  readonly names: readonly string[];
}
function wantedIn(project: string, names: readonly string[]): Wanted {
  const own = settingsOf(project).kernels;
  return { listed: own !== undefined, names: [...new Set([...(own ?? []), ...names])] };
}

/** Every stream of the project that has a kernel, or what is listed, for each target that is checked in, and what was extracted besides: file name to text. */
function allKernels(checked: Checked, folder: string, { listed, names }: Wanted): ReadonlyMap<string, string> {
  const wanted = new Map([...(listed ? [] : defaults(checked, names.length > 0)), ...named(checked, names)]);
  return new Map([...wanted, ...further(checked, folder, wanted)]);
}

/** Files in the folder that say how they were extracted, with other tiles say: what that command gives now. Of a stream that is gone there is none. */
function further(
  checked: Checked,
  folder: string,
  wanted: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return files.flatMap((f) => {
    const how = wanted.has(f) ? undefined : commandOf(readFileSync(join(folder, f), 'utf8'));
    if (!how || !isKnown(checked, how.name)) return [];
    return [[f, fileText(kernelOf(checked, how.name, how.target, how.chosen), how.chosen)] as const];
  });
}

const isKnown = ({ library }: Checked, name: string): boolean =>
  library.streams.has(name) || (name.startsWith(definitionPrefix) && E.isRight(subjectOf(library, name)));

function defaults(checked: Checked, more: boolean): ReadonlyMap<string, string> {
  const own = checked.library.theorems.filter(
    (t) => checked.sources.asked.has(t.file) && checked.library.streams.has(t.name),
  );
  if (own.length === 0 && !more)
    refuse('there is no stream to extract', 'state one in theorems/, or name definitions: weft kernels def:NAME');
  return new Map(
    own
      .filter(({ name }) => !withoutKernel(checked, name))
      .flatMap(({ name }) =>
        checkedIn.map((target) => {
          const text = fileText(kernelOf(checked, name, target, byDefault), byDefault);
          return [`${name}.${suffix[target]}`, text] as const;
        }),
      ),
  );
}

function drift(folder: string, wanted: ReadonlyMap<string, string>): readonly string[] {
  const there = existsSync(folder) ? readdirSync(folder).sort() : [];
  const stray = there.filter((f) => !wanted.has(f)).map((f) => `stray    ${f}`);
  const wrong = [...wanted].flatMap(([f, text]) => {
    if (!there.includes(f)) return [`missing  ${f}`];
    const found = readFileSync(join(folder, f), 'utf8');
    return found === text ? [] : [`differs  ${f}`, ...forged(f, found, text)];
  });
  return [...wrong, ...stray];
}

/** The lines of a header that name certificates. */
const certified = (text: string): readonly string[] =>
  text.split('\n').flatMap((l) => /^\/\/ (certificate\b.*)$/.exec(l)?.[1] ?? []);

/** Where the header names another certificate than that of the theorem. */
function forged(name: string, found: string, wanted: string): readonly string[] {
  const there = certified(found);
  const right = certified(wanted);
  if (there.join('\n') === right.join('\n')) return [];
  const lines = (what: string, list: readonly string[]): string =>
    `${what} ${list.length === 0 ? 'no certificate' : list.map(clean).join('; ')}`;
  return [`E-CERT   ${name}`, lines('  expected ', right), lines('  found    ', there)];
}

/** What all kernels need: those of every stream, or of what is listed, of what is named, and of what files in the folder name. */
function kernelsPart(folder: string, { listed, names }: Wanted): Part {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const there = files.flatMap((f) => commandOf(readFileSync(join(folder, f), 'utf8'))?.name ?? []);
  return {
    ...(listed ? { names: [...names, ...there] } : {}),
    only: (statements) => partOf([...(listed ? [] : statements.streams.keys()), ...names, ...there]).only(statements),
    what: 'what kernels/ rests on',
  };
}

export async function kernelsCommand(
  library: Lazy,
  project: string,
  names: readonly string[],
  options: { readonly check?: boolean },
): Promise<void> {
  const folder = join(project, 'kernels');
  const asked = wantedIn(project, names);
  const checked = await checkedOf(library, kernelsPart(folder, asked));
  const wanted = await timed('extracting all kernels', () => allKernels(checked, folder, asked));
  const problems = drift(folder, wanted);
  if (options.check) {
    if (problems.length > 0)
      refuse('kernels/ is not what the library gives', '`weft kernels` writes it again', problems, 1);
    for (const name of wanted.keys()) out(`same ${name}`);
    return;
  }
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    refuse(`${quoted(folder)} cannot be made: ${reasonOf(error)}`, 'make the folder, or its parents writable');
  }
  const places = [...wanted].map(([name, text]) => ({ name, text, place: placeOf(join(folder, name), '-C') }));
  places.forEach(({ place }) => demandGenerated(place));
  for (const { name, text, place } of places) {
    writeWhole(place, text);
    out(`wrote ${name}`);
  }
  for (const f of readdirSync(folder).filter((f) => !wanted.has(f))) removeStray(folder, f);
}

/** A kernel of a stream that is gone; what Weft did not write stays, and is named. */
function removeStray(folder: string, name: string): void {
  const path = join(folder, name);
  const own = readFileSync(path, 'utf8').split('\n', 1)[0]!.includes(marker);
  if (own) rmSync(path);
  say(
    own
      ? `weft: removed ${quoted(name)}, which no stream gives`
      : `weft: left ${quoted(name)}, which Weft did not write`,
  );
}
