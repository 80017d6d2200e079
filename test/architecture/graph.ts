// Reads the module graph of a tree that has a src folder, with dependency-cruiser, type-only imports included.
// Invariant: `modules` are the files that were really parsed, so that a test can see that something was looked at.
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { forbidden } from './rooms.js';

export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Violation extends Edge {
  readonly rule: string;
}

export interface Graph {
  readonly modules: readonly string[];
  readonly edges: readonly Edge[];
  readonly violations: readonly Violation[];
}

export const readGraph = async (baseDir: string): Promise<Graph> => {
  const { output } = await cruise(['src'], {
    baseDir,
    validate: true,
    ruleSet: { forbidden: [...forbidden] },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  });
  const { modules, summary } = output as ICruiseResult;
  const own = modules.filter((m) => m.source.startsWith('src/') && !m.couldNotResolve);
  return {
    modules: own.map((m) => m.source).sort(),
    edges: own.flatMap((m) => m.dependencies.map((d) => ({ from: m.source, to: d.resolved }))),
    violations: summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })),
  };
};
