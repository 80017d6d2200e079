/**
 * The tarball, made once before the tests of this project: two `npm pack` at one time would build one folder twice. Beside it a registry of what
 * is installed here. Invariant: nothing is asked of another machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../../support/tree.js';
import { registry } from './registry.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly registryUrl: string;
    readonly tarball: string;
  }
}

/** What vitest calls before the files of the project; it gives what is called after them. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-packed-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [tarball] = readdirSync(folder).filter((f) => f.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack wrote no tarball');
  const served = await registry(root);
  project.provide('registryUrl', served.url);
  project.provide('tarball', join(folder, tarball));
  return () => {
    served.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
