// Test projects. `unit` needs Node alone; `mutation` removes checks from the core and needs minutes; `cuda` needs g++ and nvcc; `docs` executes the documentation; `pack` installs the tarball.
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
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
    projects: [
      project('unit', ['test/**/*.test.ts'], ['test/cuda/**', 'test/docs/**', 'test/pack/**', 'test/mutation/**']),
      project('mutation', ['test/mutation/**/*.test.ts']),
      project('cuda', ['test/cuda/**/*.test.ts']),
      project('docs', ['test/docs/**/*.test.ts']),
      project('pack', ['test/pack/**/*.test.ts']),
    ],
  },
});
