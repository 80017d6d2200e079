// `weft export`: certificates to a folder, one file a theorem, with those that it cites; of a stream's schedule too. Invariant: nothing is
// written unless all of it may be; a file that is no certificate is not replaced; a file's name is a theorem's, which holds no
// separator. It does not know what a certificate says.
import { type Stats, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import {
  type Certificate,
  type CertificateError,
  certificates,
  definitionPrefix,
} from '../proof/certificate/certificate.js';
import { type AxiomReport, axiomsUnder, foreign } from '../proof/certificate/axiom.js';
import { onOthers } from '../diagnostic/axiom.js';
import { quoted } from '../language/print/clean.js';
import { certificateMessage } from '../diagnostic/certificate.js';
import { extractMessage } from '../diagnostic/extract.js';
import { scheduleOf } from '../kernel/extract/extract.js';
import { demandProved, theoremsOf } from './axioms.js';
import { axiomsOf } from '../proof/script/axioms.js';
import { unmarked } from '../language/syntax/character.js';
import { type Checked, type Lazy, axiomRecord, checkedOf, partOf } from './check.js';
import { out, say, timed } from './output.js';
import { Refused, reasonOf, refuse } from '../diagnostic/refused.js';
import { type Place, demandApart, placeOf } from './place.js';
import { firstBytes, writeWhole } from './write.js';

export interface ExportOptions {
  readonly output: string;
  readonly all?: boolean;
  readonly schedules?: boolean;
  readonly json?: boolean;
}

interface File {
  readonly kind: 'theorem' | 'schedule';
  readonly file: string;
  readonly certificate: Certificate;
  /** those that it rests on */
  readonly axioms: readonly AxiomReport[];
}

/** What file systems take as a name, in bytes. */
const LONGEST_NAME = 255;
const isTooLong = (file: string): boolean => file.length > LONGEST_NAME;

/** The file of a certificate. Names of theorems are letters, digits and -_'. in the language; anything else has no file. */
export function fileOf(kind: File['kind'], wanted: string): string {
  const isPlain = kind === 'schedule' && isDefinition(wanted);
  const name = isPlain ? `${wanted.slice(definitionPrefix.length)}.def` : wanted;
  if (!/^[A-Za-z][A-Za-z0-9_'-]*(\.[A-Za-z][A-Za-z0-9_'-]*)*$/.test(name))
    refuse(`${quoted(name)} cannot be the name of a file`, 'certificates are named after theorems');
  return kind === 'schedule' ? `${name}.schedule.cert` : `${name}.cert`;
}
const isDefinition = (name: string): boolean => name.startsWith(definitionPrefix);

function right(made: E.Either<CertificateError, Certificate>): Certificate {
  if (E.isLeft(made)) throw new Refused(certificateMessage(made.left), 1);
  return made.right;
}

/** The theorems that are asked for. Of a stream: its laws too. */
function asked(checked: Checked, names: readonly string[], all: boolean): readonly string[] {
  if (all && checked.library.proved.size === 0) refuse('no theorem is proved', '`weft check` says why');
  if (all) return [...checked.library.proved.keys()];
  const reports = names.flatMap((n) => theoremsOf(checked, n));
  demandProved(reports);
  return reports.map((t) => t.name);
}

/** With everything that they cite. */
function closed(checked: Checked, names: readonly string[]): readonly File[] {
  const made = certificates(checked.library);
  const found = new Map<string, File>();
  const pending = [...names].reverse();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    const certificate = right(made.of(name));
    const axioms = axiomsUnder(checked.library, axiomsOf(checked.library.proved.get(name)!.thm).keys());
    found.set(name, { kind: 'theorem', file: fileOf('theorem', name), certificate, axioms });
    pending.push(...certificate.cites.filter((c) => !found.has(c)));
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Those whose names are too long for a file, and those that cite them: a certificate is replayed with what it cites beside it. */
function unnameable(files: readonly File[]): ReadonlySet<File> {
  const found = new Set(files.filter((f) => isTooLong(f.file)));
  const names = new Set([...found].filter((f) => f.kind === 'theorem').map((f) => f.certificate.name));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const f of files)
      if (f.certificate.cites.some((c) => names.has(c))) {
        found.add(f);
        if (f.kind === 'theorem') names.add(f.certificate.name);
      }
  }
  return found;
}

/** All that have a file. One that has none is refused where it is asked for by name, and said with --all. */
function nameable(files: readonly File[], all: boolean): readonly File[] {
  const without = unnameable(files);
  for (const f of without) {
    const why = isTooLong(f.file)
      ? `its name is too long for a file: ${f.file.length} bytes, and ${LONGEST_NAME} is the most`
      : 'it cites one that has none';
    if (!all) refuse(`${quoted(f.certificate.name)} has no certificate: ${why}`, 'give the theorem a shorter name');
    say(`weft: no certificate for ${quoted(f.certificate.name)}: ${why}`);
  }
  return files.filter((f) => !without.has(f));
}

/** The schedules of streams and definitions; of all streams, those that have one. */
function schedules(checked: Checked, names: readonly string[], all: boolean): readonly File[] {
  return names.flatMap((name) => {
    const scheduled = scheduleOf(checked.library, name, { tiles: new Map(), ragged: 'first' });
    if (E.isRight(scheduled))
      return [
        {
          kind: 'schedule' as const,
          file: fileOf('schedule', name),
          certificate: right(certificates(checked.library).schedule(scheduled.right)),
          axioms: axiomsUnder(checked.library, axiomsOf(scheduled.right.thm).keys()),
        },
      ];
    if (!all) throw new Refused(extractMessage(scheduled.left), 1);
    say(`weft: no schedule for ${quoted(name)}: ${extractMessage(scheduled.left).headline}`);
    return [];
  });
}

function filesOf(checked: Checked, names: readonly string[], options: ExportOptions): readonly File[] {
  const all = options.all === true;
  const plain = names.filter(isDefinition);
  const others = names.filter((n) => !isDefinition(n));
  const wanted = plain.length > 0 && others.length === 0 ? [] : asked(checked, others, all);
  const own = wanted.filter((n) => checked.library.streams.has(n));
  if (plain.length > 0 && !options.schedules)
    refuse(`${quoted(plain[0]!)} is a definition`, 'a definition has a schedule alone: add --schedules');
  if (options.schedules && own.length + plain.length === 0)
    refuse('there is no stream and no definition among them', '--schedules is for streams and for def:NAME');
  const scheduled = all || options.schedules ? schedules(checked, [...own, ...plain], all) : [];
  const cited = scheduled.flatMap((s) => s.certificate.cites);
  return [...closed(checked, [...wanted, ...cited]), ...scheduled];
}

const firstLine = 'weft-certificate 1\n';
/** Room for a byte order mark, and for CR before LF: a certificate that a tool stored so is one still. */
const room = 4;

/** Refuses a file that is no certificate. */
function demandOwn(place: Place): void {
  const path = quoted(place.path);
  if (place._tag === 'Stream')
    refuse(`${path} is no regular file`, 'name another folder with -o, or move that one away');
  if (place.stats === undefined) return;
  let start = '';
  try {
    start = firstBytes(place.real, firstLine.length + room).toString('utf8');
  } catch (error) {
    refuse(`${path} cannot be replaced: ${reasonOf(error)}`, 'name another folder with -o');
  }
  if (!unmarked(start).replace('\r\n', '\n').startsWith(firstLine))
    refuse(`${path} exists, and Weft did not write it`, 'name another folder with -o, or move that file away', [
      `expected  a first line ${quoted(firstLine.trim())}`,
    ]);
}

/** Refuses what cannot be the folder, before anything is checked. */
function demandFolder(path: string): void {
  const there = ((): Stats | undefined => {
    try {
      return statSync(path, { throwIfNoEntry: false });
    } catch (error) {
      return refuse(`${quoted(path)} cannot be made: ${reasonOf(error)}`, 'name another folder with -o');
    }
  })();
  if (there && !there.isDirectory())
    refuse(`${quoted(path)} is ${there.isFile() ? 'a file' : 'not a folder'}`, 'name a folder with -o');
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    refuse(`${quoted(path)} cannot be made: ${reasonOf(error)}`, 'name another folder with -o');
  }
}

/** With --all, what is not proved is said; the exit is that of `check`. */
function leftOut({ library }: Checked): 0 | 1 | 2 {
  const missing = library.theorems.filter((t) => t.status !== 'proved');
  for (const t of missing) say(`weft: no certificate for ${quoted(t.name)}: it is ${t.status}, not proved`);
  return missing.some((t) => t.status === 'rejected') ? 1 : missing.length > 0 ? 2 : 0;
}

export async function exportCommand(
  library: Lazy,
  names: readonly string[],
  options: ExportOptions,
): Promise<0 | 1 | 2> {
  const all = options.all === true;
  if (all && names.length > 0) refuse('--all leaves no theorem to name', 'name theorems, or write --all');
  if (!all && names.length === 0) refuse('no theorem is named', 'name theorems, or write --all');
  demandFolder(options.output);
  const checked = await checkedOf(library, all ? undefined : partOf(names));
  const made = await timed('writing certificates', () => filesOf(checked, names, options));
  const files = nameable(made, all);
  makeFolder(options.output);
  const places = files.map((f) => placeOf(join(options.output, f.file), '-o'));
  demandApart(places, '-o');
  places.forEach(demandOwn);
  const exit = all ? leftOut(checked) : 0;
  files.forEach(({ file, certificate, axioms }, i) => {
    writeWhole(places[i]!, certificate.text);
    const { steps, bytes, hash } = certificate;
    if (!options.json) out(`wrote ${file} (${steps} steps, ${bytes} bytes) ${hash}${onOthers(foreign(axioms))}`);
  });
  if (options.json) out(jsonOf(files));
  return exit === 0 && files.length < made.length ? 2 : exit;
}

const jsonOf = (files: readonly File[]): string =>
  JSON.stringify({
    files: files.map(({ kind, file, axioms, certificate: { name, hash, steps, terms, bytes, cites } }) => ({
      file,
      kind,
      name,
      hash,
      steps,
      terms,
      bytes,
      cites,
      axioms: axioms.map(axiomRecord),
    })),
  });
