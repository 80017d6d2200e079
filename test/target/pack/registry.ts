/**
 * A registry of packages on this machine, for npm: what is installed in the repository's node_modules, and nothing else. So an installation needs
 * no network, and gets the versions that are tested. Invariant: a package that is not there is answered 404. Knows nothing of Weft.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { basename, dirname, join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
}
interface Held {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** Every package of the lock file that is on the disk; those at the top come first. */
function heldBelow(root: string): readonly Held[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object };
  const folders = Object.keys(lock.packages).filter((p) => p !== '' && existsSync(join(root, p, 'package.json')));
  return folders
    .sort((a, b) => a.split('node_modules').length - b.split('node_modules').length)
    .map((p) => ({
      folder: join(root, p),
      manifest: JSON.parse(readFileSync(join(root, p, 'package.json'), 'utf8')) as Manifest,
    }));
}

export interface Registry {
  readonly url: string;
  readonly close: () => void;
}

export async function registry(root: string): Promise<Registry> {
  const held = heldBelow(root);
  const server: Server = createServer((request, response) => {
    const [, kind, wanted = ''] = /^\/(-\/)?(.*)$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    const own = held.filter((h) => (kind ? `${h.manifest.name}@${h.manifest.version}` : h.manifest.name) === wanted);
    if (own.length === 0) response.writeHead(404).end('{}');
    else if (kind) archive(own[0]!.folder).pipe(response);
    else response.end(JSON.stringify(packument(own, request.headers.host ?? '')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the registry has no port');
  return { url: `http://127.0.0.1:${at.port}/`, close: () => void server.close() };
}

function packument(own: readonly Held[], host: string): object {
  const entry = ({ manifest }: Held): readonly [string, object] => {
    const tarball = `http://${host}/-/${encodeURIComponent(`${manifest.name}@${manifest.version}`)}`;
    return [manifest.version, { ...manifest, dist: { tarball } }];
  };
  const { name, version } = own[0]!.manifest;
  return { name, 'dist-tags': { latest: version }, versions: Object.fromEntries(own.map(entry)) };
}

/** npm takes away the first folder of a tarball, whatever its name. */
const archive = (folder: string) =>
  spawn('tar', ['-cf', '-', '--exclude=node_modules', '-C', dirname(folder), basename(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  }).stdout;
