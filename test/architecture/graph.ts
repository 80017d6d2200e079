// Reads the module graph of a tree that has a src folder, with dependency-cruiser, type-only imports included.
// Invariant: `modules` are the files that were really parsed, so that a test can see that something was looked at.
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { forbidden } from './rules.js';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Graph {
  readonly modules: readonly string[];
  readonly edges: number;
  readonly violations: readonly Violation[];
}

export const readGraph = async (baseDir: string): Promise<Graph> => {
  const { output } = await cruise(['src'], {
    baseDir,
    validate: true,
    ruleSet: { forbidden: [...forbidden] },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter((m) => m.source.startsWith('src/') && !m.couldNotResolve);
  return {
    modules: own.map((m) => m.source).sort(),
    edges: own.reduce((n, m) => n + m.dependencies.length, 0),
    violations: summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })),
  };
};
