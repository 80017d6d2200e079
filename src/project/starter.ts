// The project that `weft init` makes: the folder `starter` of the package, which is a project of its own, with its name changed. Invariant: every file of it, each
// a text, and nothing else. Knows neither the new project's place nor what its files say.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './project.js';

export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

export const starterName = 'my-norm';
const folder = join(packageFolder, 'starter');
/** npm leaves a file of that name out of a package. */
const hidden: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

function below(at: string): readonly string[] {
  const entries = readdirSync(join(folder, at), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((e) => {
    const path = at === '' ? e.name : `${at}/${e.name}`;
    if (!e.isDirectory()) return [path];
    return e.name === 'node_modules' || e.name === '.weft-cache' ? [] : below(path);
  });
}

/** Its files under another name; `dependency` is what its package.json says of Weft. */
export function starterFiles(name: string, dependency: string): readonly StarterFile[] {
  const renamed = (text: string): string => text.replaceAll(starterName, name);
  return below('').map((path) => {
    const text = renamed(readFileSync(join(folder, path), 'utf8'));
    const made = path === 'package.json' ? depending(text, dependency) : text;
    return { path: hidden[path] ?? renamed(path), text: made };
  });
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const depending = (text: string, dependency: string): string => {
  const manifest = JSON.parse(text) as Manifest;
  const made = { ...manifest, dependencies: { ...manifest.dependencies, weft: dependency } };
  return `${JSON.stringify(made, null, 2)}\n`;
};

/** The packages that it needs: no project that needs a package may have its name. */
export function starterNeeds(): readonly string[] {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
}
