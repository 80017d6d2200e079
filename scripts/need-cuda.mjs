// Says which compiler is missing before the CUDA tests start. It does not look for a GPU: the tests compile, and run on the CPU.
import { spawnSync } from 'node:child_process';

const wanted = [
  ['g++', 'a C++17 compiler, Debian: apt-get install g++'],
  [
    'nvcc',
    "NVIDIA's CUDA compiler, Debian: apt-get install nvidia-cuda-toolkit, or the CUDA toolkit 12 or newer with nvcc on PATH",
  ],
];
const missing = wanted.filter(([tool]) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0);
for (const [tool, how] of missing) console.error(`test:cuda needs ${tool}, which is not on PATH: install ${how}`);
process.exit(missing.length === 0 ? 0 : 1);
