// Documents of an editor as files of a project, and back. Invariant: what lies in neither the project nor the installed library has no path. Reads no file.
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hasLibrary, packageFolder, realPath } from '../project/project.js';
import type { Names } from '../server/connection.js';

const shipped = 'weft/';

export const names: Names = {
  folderOf: (uri) => resolve(uri?.startsWith('file:') ? fileURLToPath(uri) : process.cwd()),
  pathOf: (uri, folder) => {
    if (!uri.startsWith('file:')) return undefined;
    const file = realPath(fileURLToPath(uri));
    const own = inside(realPath(folder), file);
    if (own !== undefined && file.endsWith('.weft')) return own;
    const library = inside(realPath(packageFolder), file);
    return library !== undefined && /^(?:theorems|proofs)\//.test(library) ? `${shipped}${library}` : undefined;
  },
  uriOf: (path, folder) => {
    const isShipped = path.startsWith(shipped) && !hasLibrary(resolve(folder, 'weft'));
    const file = isShipped ? resolve(packageFolder, path.slice(shipped.length)) : resolve(folder, path);
    return pathToFileURL(file).href;
  },
};

function inside(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path === '' || path.startsWith('..') || resolve(path) === path ? undefined : path.split(sep).join('/');
}
