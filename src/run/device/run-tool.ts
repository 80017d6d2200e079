// Runs a compiler or a query tool to its end.
// Invariant: a tool that is not installed is a typed error that names what to install; arguments never pass through a shell.
// It does not know what any tool prints.
import { spawn } from 'node:child_process';
import * as E from 'fp-ts/lib/Either.js';
import type { RunError } from './run-error.js';

export type ToolResult = { readonly status: number; readonly stdout: string; readonly stderr: string };

export type Tool = 'g++' | 'nvcc' | 'nvidia-smi';

const DEBIAN_PACKAGE: Record<Tool, string> = {
  'g++': 'g++',
  nvcc: 'nvidia-cuda-toolkit',
  'nvidia-smi': 'nvidia-smi',
};

const isMissing = (error: Error): boolean => 'code' in error && error.code === 'ENOENT';

export const runTool = (tool: Tool, args: readonly string[], cwd?: string): Promise<E.Either<RunError, ToolResult>> =>
  new Promise((resolve) => {
    const child = spawn(tool, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) =>
      resolve(
        isMissing(error)
          ? E.left({ _tag: 'ToolMissing', tool, debianPackage: DEBIAN_PACKAGE[tool] })
          : E.left({ _tag: 'Crashed', signal: '', detail: String(error) }),
      ),
    );
    child.on('close', (status, signal) =>
      resolve(
        status === null
          ? E.left({ _tag: 'Crashed', signal: signal ?? '', detail: stderr })
          : E.right({ status, stdout, stderr }),
      ),
    );
  });
