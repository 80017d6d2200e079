// The library that a command works on. Invariant: nothing is loaded before a command asks. Knows no command.
import type { Checked, Part } from './check.js';
import { say } from './output.js';

export interface Global {
  readonly project?: string;
}

/** The project's library, or where the folder has none, the one that ships with Weft; checked, or a part of it, when a command has judged its arguments. */
export const libraryOf =
  ({ project }: Global) =>
  async (part?: Part): Promise<Checked> => {
    const [{ checkProject }, { hasLibrary, packageFolder }] = await Promise.all([
      import('./check.js'),
      import('../project/project.js'),
    ]);
    const folder = process.cwd();
    if (project !== undefined || hasLibrary(folder)) return checkProject(folder, [], undefined, part);
    say('weft: no theorems/ here: using the library that ships with Weft');
    return checkProject(packageFolder, [], undefined, part);
  };

/** Of it what some names rest on. */
export async function partFor(global: Global, names: readonly string[]): Promise<Checked> {
  const { partOf } = await import('./check.js');
  return libraryOf(global)(partOf(names));
}
