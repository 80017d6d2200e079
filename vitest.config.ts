// Test projects. `unit` needs Node alone and is `npm test`; `deep` is what needs Node alone and takes longer: attacks, oracles, kernels on a software
// adapter, runs over the whole library; `mutation` removes checks from the core; `cuda` needs g++ and nvcc; `cases` runs the built command line;
// `docs` executes the documentation; `page` plays the playground in Chromium; `pack` installs the tarball. CI runs all of them.
// Invariant: every test file belongs to exactly one project (test/architecture checks that none is left out).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { weft: fileURLToPath(new URL('./src/index.ts', import.meta.url)) };

const project = (name: string, include: string[], exclude: string[] = []) => ({
  resolve: { alias },
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', '**/fixtures/**', ...exclude],
    environment: 'node',
    // every command that a test starts proves what it says
    env: { WEFT_CACHE: 'off' },
    pool: 'forks' as const,
    // files of one worker share what they import: the library is checked once a worker, not once a file
    isolate: !['unit', 'deep'].includes(name),
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: name === 'cases' ? 300_000 : name === 'page' ? 180_000 : 60_000,
    hookTimeout: 60_000,
  },
});

/** What `npm test` leaves to CI: each of these takes longer than ten seconds of a processor, or draws many random cases. */
const DEEP = [
  'test/adversary/**/*.test.ts',
  'test/oracle/**/*.test.ts',
  'test/report/**/*.test.ts',
  'test/target/{device,kernels}/**/*.test.ts',
  'test/corpus/forged.test.ts',
  'test/unit/draw/geometry.test.ts',
  'test/unit/language/format/corpus.test.ts',
  'test/unit/examples/page.test.ts',
  'test/unit/proof/certificate/library.test.ts',
  'test/unit/proof/derive/{find,oracle}.test.ts',
  'test/unit/proof/script/{only,recheck}.test.ts',
  'test/unit/replay/library.test.ts',
];
const OTHERS = [
  'test/target/{cuda,pack}/**',
  'test/docs/**',
  'test/page/**',
  'test/adversary/mutation/core/**',
  'test/corpus/cases/**',
];

const withSetup = ({ test, ...rest }: ReturnType<typeof project>, file: string) => ({
  ...rest,
  test: { ...test, globalSetup: [fileURLToPath(new URL(file, import.meta.url))] },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    maxConcurrency: 2,
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
    projects: [
      project('unit', ['test/**/*.test.ts'], [...OTHERS, ...DEEP]),
      project('deep', DEEP, OTHERS),
      project('mutation', ['test/adversary/mutation/core/**/*.test.ts']),
      project('cases', ['test/corpus/cases/**/*.test.ts']),
      project('cuda', ['test/target/cuda/**/*.test.ts']),
      project('docs', ['test/docs/**/*.test.ts']),
      project('page', ['test/page/**/*.test.ts']),
      withSetup(project('pack', ['test/target/pack/**/*.test.ts']), 'test/target/pack/packed.ts'),
    ],
  },
});
