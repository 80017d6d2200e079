// The licenses of the packages that a bundle holds, as its files name them. Invariant: a package without a license is an error. It does not know what is bundled.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The licenses of the packages in the bundle. */
export const notices = (inputs) => {
  const names = Object.keys(inputs).flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const text = (folder) => {
    const file = ['LICENSE', 'LICENSE.md', 'License.txt', 'LICENSE.txt']
      .map((f) => join(root, folder, f))
      .find(existsSync);
    if (!file) throw new Error(`${folder} has no license`);
    return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(file, 'utf8').trim()}\n`;
  };
  return [...new Set(names)].sort().map(text).join('\n');
};
