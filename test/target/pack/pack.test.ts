// The tarball, installed in an empty folder as a user would, without the optional packages: the command and the library work.
// It does not know how the package was made; `npm pack` builds it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './how-to.js';
import { environment, putTarball } from './user.js';

const MINUTES = 60_000;
/** What is not proved, and what is said, of a project that imports one file of the installed library. */
const roots = `import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkTexts, libraryFolder } from 'weft';
const found = {};
for (const folder of ['theorems', 'proofs'])
  for (const file of readdirSync(join(libraryFolder, folder))) {
    const line = (of) => (of === folder ? \`import "../weft/\${folder}/\${file}"\\n\` : '');
    const made = checkTexts([
      { path: 'theorems/mine.weft', text: line('theorems') + 'theorem mine () : 1 = 1 * 1' },
      { path: 'proofs/mine.weft', text: line('proofs') + 'proof mine refl qed' },
    ]);
    const others = made.axioms.filter((a) => !a.library).map((a) => a.name);
    const open = made.theorems.filter((t) => t.status !== 'proved').map((t) => t.name);
    found[folder + '/' + file] = [...made.messages, ...others, ...open, ...(made.ok ? [] : ['exit ' + made.exit])];
  }
console.log(JSON.stringify(found));
`;

/** Three lines over a file of the library that needs most of the others. */
const overAttention = {
  'theorems/mine.weft': `import "../weft/theorems/attention.weft"
theorem mine [n] (a : R, s v : R[n])
  : sum n (exp(s[n] - a) * v[n]) / sum n (exp(s[n] - a)) = sum n (exp(s[n]) * v[n]) / sum n (exp(s[n]))
`,
  'proofs/mine.weft': 'import "../weft/proofs/attention.weft"\nproof mine\n  rewrite quotient-gauge\nqed\n',
};
interface Remembering {
  readonly name: string;
  readonly uses: readonly string[];
  readonly remembered: number;
}

let folder = '';
const weftWith = (env: Readonly<Record<string, string>>, ...args: string[]) => {
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return spawnSync(join(folder, 'node_modules', '.bin', 'weft'), args, options);
};
/** The tests' own environment lets no command read a cache. */
const weft = (...args: string[]) => weftWith({}, ...args);
const remembering = (...args: string[]) => weftWith({ WEFT_CACHE: '' }, ...args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-pack-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  const line = `npm install --silent --omit=optional ./${putTarball(folder)}`;
  const installed = await run(folder, line, environment(folder));
  expect(installed.code, installed.printed).toBe(0);
}, 5 * MINUTES);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

describe('the installed package', () => {
  test('prints its version and its help', () => {
    const version = weft('--version');
    expect(version.stderr).toBe('');
    expect(version.stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(weft('--help').stdout).toContain('Usage: weft');
  });

  test('is loaded as a library, with no optional package installed', () => {
    expect(existsSync(join(folder, 'node_modules', 'webgpu'))).toBe(false);
    const code =
      'const w = await import("weft"); console.log(["check", "extract", "run"].map((k) => typeof w[k]).join(" "));';
    writeFileSync(join(folder, 'use.mjs'), code);
    const used = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(used.stderr).toBe('');
    expect(used.stdout.trim()).toBe('function function function');
  });

  test(
    'checks the library that it carries',
    () => {
      const library = join('node_modules', 'weft');
      const checked = weft('check', join(library, 'theorems'), join(library, 'proofs'));
      expect(checked.status, checked.stderr).toBe(0);
      expect(checked.stdout.split('\n').length).toBeGreaterThan(20);
    },
    5 * MINUTES,
  );

  test(
    'brings what was proved of its library: of a project without a cache its own theorem alone is proved',
    () => {
      const mine = join(folder, 'mine');
      for (const [path, text] of Object.entries(overAttention)) {
        mkdirSync(dirname(join(mine, path)), { recursive: true });
        writeFileSync(join(mine, path), text);
      }
      const checked = (...args: string[]) => {
        const { status, stdout } = remembering('-C', 'mine', 'check', '--json', ...args);
        expect(status).toBe(0);
        const { theorems } = JSON.parse(stdout) as { readonly theorems: readonly Remembering[] };
        expect(theorems.map((t) => [t.name, t.uses])).toEqual([['mine', ['quotient-gauge']]]);
        return theorems[0]!.remembered;
      };
      const first = checked();
      expect(first).toBeGreaterThan(10);
      const said = remembering('-C', 'mine', 'check').stdout;
      const [, resting, all] = /^remembered: (\d+) of (\d+) theorems/m.exec(said) ?? [];
      expect([Number(all) > 100, resting]).toEqual([true, all]);
      // what was proved now is the one thing that was new, and is what the project keeps
      const kept = JSON.parse(readFileSync(join(mine, '.weft-cache/verdicts.json'), 'utf8')) as { verdicts: object };
      expect(Object.keys(kept.verdicts).length).toBe(1);
      expect(checked()).toBe(first + 1);
      expect(checked('--fresh')).toBe(0);
    },
    5 * MINUTES,
  );

  // what a file needs and does not import shows only where it is the one root
  test(
    'has each file of its library proved where it is the only import of a project',
    () => {
      writeFileSync(join(folder, 'roots.mjs'), roots);
      const ran = spawnSync(process.execPath, ['roots.mjs'], { cwd: folder, encoding: 'utf8' });
      expect(ran.stderr).toBe('');
      const found = JSON.parse(ran.stdout) as Readonly<Record<string, unknown>>;
      expect(Object.keys(found).length).toBeGreaterThan(15);
      for (const [file, said] of Object.entries(found)) expect([file, said]).toEqual([file, []]);
    },
    20 * MINUTES,
  );

  test('carries what a user needs, and neither tests nor sources', () => {
    const held = readdirSync(join(folder, 'node_modules', 'weft')).sort();
    expect(held).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'kernels',
      'package.json',
      'proofs',
      'starter',
      'theorems',
    ]);
    const types = join(folder, 'node_modules', 'weft', 'dist', 'index.d.ts');
    expect(existsSync(types)).toBe(true);
  });
});
