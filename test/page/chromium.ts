// A real Chromium for the tests of the page: the headless one inside npm `@sparticuz/chromium`, unpacked once into a folder of its own. Invariant: where a library of the system is missing, those that the
// package brings are taken, and what then lacks is an error that names what to install: no test passes because there was no browser. Knows no page.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { untar } from '../../src/run/device/swiftshader.js';
import { root } from '../support/tree.js';

const PACKAGE = join(root, 'node_modules/@sparticuz/chromium');
const version = (): string => {
  const of = createRequire(import.meta.url)(join(PACKAGE, 'package.json')) as { readonly version: string };
  return createHash('sha256').update(of.version).digest('hex').slice(0, 12);
};

/** Which package of Debian has a library that the browser needs. */
const DEBIAN: readonly (readonly [RegExp, string])[] = [
  [/^lib(?:nss|smime|ssl|softokn)/, 'libnss3'],
  [/^lib(?:nspr|plc|plds)/, 'libnspr4'],
  [/^libexpat/, 'libexpat1'],
  [/^libgcc_s/, 'libgcc-s1'],
];

function missing(executable: string, libraries?: string): readonly string[] {
  const env = { ...process.env, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) };
  const said = execFileSync('ldd', [executable], { encoding: 'utf8', env });
  return [...said.matchAll(/^\s*(\S+) => not found/gm)].map((m) => m[1]!);
}

/** What the package holds, written by itself into a temporary folder of our own, which a rename makes whole or absent. */
function unpacked(): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weft');
  const folder = join(cache, `chromium-${version()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'unpack-'));
  const script = `import(${JSON.stringify(join(PACKAGE, 'build/esm/index.js'))}).then((m) => m.default.executablePath())`;
  execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TMPDIR: fresh }, stdio: 'inherit' });
  const libraries = join(fresh, 'lib');
  mkdirSync(libraries);
  const archive = readFileSync(join(PACKAGE, 'bin/al2023.tar.br'));
  for (const { name, bytes } of untar(brotliDecompressSync(archive)))
    writeFileSync(join(libraries, name), bytes, { mode: 0o700 });
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

export interface Found {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The browser, with libraries of the package where the system has not got them. */
export function browserFiles(): Found {
  if (!existsSync(PACKAGE)) throw new Error('there is no browser: run `npm ci`, which installs @sparticuz/chromium');
  const folder = unpacked();
  const executable = join(folder, 'chromium');
  if (missing(executable).length === 0) return { executable, env: {} };
  const libraries = dirname(join(folder, 'lib', 'x'));
  const lacking = missing(executable, libraries);
  if (lacking.length === 0) return { executable, env: { LD_LIBRARY_PATH: libraries } };
  const packages = lacking.map((l) => DEBIAN.find(([name]) => name.test(l))?.[1] ?? `the package that has ${l}`);
  throw new Error(`the browser lacks ${lacking.join(', ')}: apt-get install ${[...new Set(packages)].join(' ')}`);
}

const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

/** With WebGPU on the software adapter, or without WebGPU. */
export function launched(gpu: 'software' | 'none' = 'software'): Promise<Browser> {
  const { executable, env } = browserFiles();
  return chromium.launch({
    executablePath: executable,
    headless: true,
    env: { ...(process.env as Record<string, string>), ...env },
    args: ['--no-sandbox', '--use-angle=swiftshader', ...(gpu === 'software' ? SOFTWARE_GPU : ['--disable-gpu'])],
  });
}
