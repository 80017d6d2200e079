/** What a user of the package has: the tarball, and an environment of Node, npm and the system. Knows nothing of this repository. */
import { copyFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inject } from 'vitest';

/** The environment of a user: Node, npm and the system's commands; nothing of this repository. */
export const environment = (home: string): Readonly<Record<string, string>> => ({
  PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
  HOME: home,
  NO_COLOR: '1',
  CI: 'true',
  npm_config_registry: inject('registryUrl'),
  npm_config_cache: join(home, '.npm'),
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
});

/** Puts the tarball into a folder, and says its name there. */
export function putTarball(folder: string): string {
  const from = inject('tarball');
  copyFileSync(from, join(folder, basename(from)));
  return basename(from);
}
