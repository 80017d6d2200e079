// Where this package was installed from, as the record of npm beside it says. Invariant: reads what is on the disk, asks nobody. Knows no project.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { packageFolder } from './project.js';

export type Origin =
  | { readonly _tag: 'Version'; readonly version: string }
  /** what `npm pack` made */
  | { readonly _tag: 'Tarball'; readonly path: string }
  /** a checkout, or a folder that is linked */
  | { readonly _tag: 'Folder'; readonly path: string }
  /** of another kind, such as a repository: as npm writes it */
  | { readonly _tag: 'Other'; readonly spec: string };

const manifest = t.type({ version: t.string });
const record = t.type({ packages: t.record(t.string, t.partial({ resolved: t.string, link: t.boolean })) });

function read<A>(path: string, codec: t.Decoder<unknown, A>): A | undefined {
  try {
    const decoded = codec.decode(JSON.parse(readFileSync(path, 'utf8')));
    return E.isRight(decoded) ? decoded.right : undefined;
  } catch {
    return undefined;
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Of a package in `FOLDER/node_modules/NAME`; one that stands elsewhere is a folder. */
export function originOf(folder: string = packageFolder): Origin {
  const modules = dirname(folder);
  const name = folder.slice(modules.length + 1);
  const entry = read(join(modules, '.package-lock.json'), record)?.packages[`node_modules/${name}`];
  const version = read(join(folder, 'package.json'), manifest)?.version;
  if (!entry || entry.link === true || version === undefined) return { _tag: 'Folder', path: realpathSync(folder) };
  const { resolved } = entry;
  if (resolved === undefined || /^https?:/.test(resolved)) return { _tag: 'Version', version };
  if (!resolved.startsWith('file:')) return { _tag: 'Other', spec: resolved };
  const tarball = resolve(dirname(modules), resolved.slice('file:'.length));
  return isFile(tarball) ? { _tag: 'Tarball', path: tarball } : { _tag: 'Version', version };
}
