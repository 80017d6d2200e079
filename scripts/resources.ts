/**
 * Writes docs/reference/cuda-resources.md: what nvcc says that each CUDA kernel of kernels/ takes, for compute capabilities 8.0 and 9.0. Run: npx tsx
 * scripts/resources.ts. Invariant: every file is compiled with warnings as errors; a text that does not compile ends it, and nothing is written.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { type KernelResources, checkNvcc } from '../src/run/device/cuda-nvcc.js';

const KERNELS = new URL('../kernels/', import.meta.url);
const PAGE = new URL('../docs/reference/cuda-resources.md', import.meta.url);
const ARCHITECTURES = ['sm_80', 'sm_90'] as const;

async function resourcesOf(file: string, arch: string): Promise<KernelResources> {
  const found = await checkNvcc({ entry: file, text: readFileSync(new URL(file, KERNELS), 'utf8') }, arch);
  if (E.isLeft(found)) throw new Error(`${file} for ${arch}: ${JSON.stringify(found.left)}`);
  return found.right[0]!;
}

/** Workgroup memory and lanes, as the kernel's own header says. */
function header(file: string): string {
  const text = readFileSync(new URL(file, KERNELS), 'utf8');
  const [, bytes, lanes] = /^\/\/ memory: (\d+) bytes of workgroup memory, .* (\d+) lanes$/m.exec(text)!;
  return `${lanes!} | ${bytes!}`;
}

const rows: string[] = [];
for (const file of readdirSync(KERNELS).filter((f) => f.endsWith('.cu'))) {
  const both = await Promise.all(ARCHITECTURES.map((arch) => resourcesOf(file, arch)));
  rows.push(
    `| ${file} | ${header(file)} | ${both.map((r) => `${r.registers} | ${r.spillStores + r.spillLoads}`).join(' | ')} |`,
  );
}
const version = /release ([\d.]+)/.exec(execFileSync('nvcc', ['--version'], { encoding: 'utf8' }))![1]!;
writeFileSync(
  PAGE,
  `# What the CUDA kernels take

Written by \`npx tsx scripts/resources.ts\` with nvcc ${version}, \`-O3\`, warnings as errors: registers of a lane, and bytes that are spilled to memory (stores and loads), for compute
capabilities 8.0 and 9.0; lanes and bytes of workgroup memory of a block, as the headers say. \`npm run test:cuda\` compiles all of them again and fails on a
warning or a spill, and all with \`--ragged last\` for 9.0: there nvcc gives \`gradient-of-keys\` 48 registers and spills 56 + 48 bytes; nothing else spills.

| file of \`kernels/\` | lanes | workgroup bytes | sm_80: registers | spilled | sm_90: registers | spilled |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`,
);
console.log(`${rows.length} kernels`);
