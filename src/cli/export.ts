// `weft export`: certificates to a folder, one file a theorem, with those that it cites; of a stream's schedule too. Invariant: nothing is
// written unless all of it may be; a file that is no certificate is not replaced; a file's name is a theorem's, which holds no
// separator. It does not know what a certificate says.
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type Certificate, type CertificateError, certificates } from '../certificate/certificate.js';
import { quoted } from '../diagnostic/clean.js';
import { certificateMessage, extractMessage } from '../diagnostic/extract.js';
import { scheduleOf } from '../extract/extract.js';
import { demandProved, theoremsOf } from './axioms.js';
import type { Checked } from './check.js';
import { Refused, out, reasonOf, refuse, say, timed, writeWhole } from './output.js';

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
}

/** The file of a certificate. Names of theorems are letters, digits and -_'. in the language; anything else has no file. */
export function fileOf(kind: File['kind'], name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_'-]*(\.[A-Za-z][A-Za-z0-9_'-]*)*$/.test(name))
    refuse(`${quoted(name)} cannot be the name of a file`, 'certificates are named after theorems');
  return kind === 'schedule' ? `${name}.schedule.cert` : `${name}.cert`;
}

function right(made: E.Either<CertificateError, Certificate>): Certificate {
  if (E.isLeft(made)) throw new Refused(certificateMessage(made.left), 1);
  return made.right;
}

/** The theorems that are asked for. Of a stream: its laws too. */
function asked(checked: Checked, names: readonly string[], all: boolean): readonly string[] {
  if (all && names.length > 0) refuse('--all leaves no theorem to name', 'name theorems, or write --all');
  if (!all && names.length === 0) refuse('no theorem is named', 'name theorems, or write --all');
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
    found.set(name, { kind: 'theorem', file: fileOf('theorem', name), certificate });
    pending.push(...certificate.cites.filter((c) => !found.has(c)));
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The schedules of streams; of all streams, those that have one. */
function schedules(checked: Checked, names: readonly string[], all: boolean): readonly File[] {
  return names.flatMap((name) => {
    const scheduled = scheduleOf(checked.library, name, { tiles: new Map(), ragged: 'first' });
    if (E.isRight(scheduled))
      return [
        {
          kind: 'schedule' as const,
          file: fileOf('schedule', name),
          certificate: right(certificates(checked.library).schedule(scheduled.right)),
        },
      ];
    if (!all) throw new Refused(extractMessage(scheduled.left), 1);
    say(`weft: no schedule for ${quoted(name)}: ${extractMessage(scheduled.left).headline}`);
    return [];
  });
}

function filesOf(checked: Checked, names: readonly string[], options: ExportOptions): readonly File[] {
  const all = options.all === true;
  const wanted = asked(checked, names, all);
  const own = wanted.filter((n) => checked.library.streams.has(n));
  if (options.schedules && own.length === 0) refuse('there is no stream among them', '--schedules is for streams');
  const scheduled = all || options.schedules ? schedules(checked, own, all) : [];
  const cited = scheduled.flatMap((s) => s.certificate.cites);
  return [...closed(checked, [...wanted, ...cited]), ...scheduled];
}

const firstLine = 'weft-certificate 1\n';

/** Refuses a file that is no certificate. */
function demandOwn(path: string): void {
  if (!existsSync(path)) return;
  const start = Buffer.alloc(firstLine.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    refuse(`${quoted(path)} cannot be replaced: ${reasonOf(error)}`, 'name another folder with -o');
  }
  if (start.toString('utf8') !== firstLine)
    refuse(`${quoted(path)} exists, and Weft did not write it`, 'name another folder with -o, or move that file away', [
      `expected  a first line ${quoted(firstLine.trim())}`,
    ]);
}

function demandFolder(path: string): void {
  if (existsSync(path) && !statSync(path).isDirectory()) refuse(`${quoted(path)} is a file`, 'name a folder with -o');
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
  checked: Checked,
  names: readonly string[],
  options: ExportOptions,
): Promise<0 | 1 | 2> {
  const files = await timed('writing certificates', () => filesOf(checked, names, options));
  demandFolder(options.output);
  files.forEach((f) => demandOwn(join(options.output, f.file)));
  const exit = options.all ? leftOut(checked) : 0;
  for (const { file, certificate } of files) {
    writeWhole(join(options.output, file), certificate.text);
    const { steps, bytes, hash } = certificate;
    if (!options.json) out(`wrote ${file} (${steps} steps, ${bytes} bytes) ${hash}`);
  }
  if (options.json) out(jsonOf(files));
  return exit;
}

const jsonOf = (files: readonly File[]): string =>
  JSON.stringify({
    files: files.map(({ kind, file, certificate: { name, hash, steps, terms, bytes, cites } }) => ({
      file,
      kind,
      name,
      hash,
      steps,
      terms,
      bytes,
      cites,
    })),
  });
