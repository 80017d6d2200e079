// Size budgets. A code line is a line on which a token starts or ends: comments and blank lines are free.
import ts from 'typescript';
import type { Source } from './tree.js';

export const CORE_LINES = 1500;
export const FILE_LINES = 300;

const parse = ({ path, text }: Source): ts.SourceFile => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Every token of a file, comments not among them. */
const tokens = (node: ts.Node, file: ts.SourceFile, visit: (token: ts.Node) => void): void => {
  const children = node.getChildren(file);
  if (children.length === 0) return node.end > node.getStart(file) ? visit(node) : undefined;
  for (const child of children) if (!ts.isJSDoc(child)) tokens(child, file, visit);
};

export const codeLines = (source: Source): number => {
  const file = parse(source);
  const seen = new Set<number>();
  const mark = (pos: number) => file.getLineAndCharacterOfPosition(pos).line;
  tokens(file, file, (token) => {
    for (let line = mark(token.getStart(file)); line <= mark(token.end); line += 1) seen.add(line);
  });
  return seen.size;
};

export const fileLines = ({ text }: Source): number => text.replace(/\n$/, '').split('\n').length;

export const identifiers = (source: Source): ReadonlySet<string> => {
  const file = parse(source);
  const found = new Set<string>();
  tokens(file, file, (token) => {
    if (ts.isIdentifier(token)) found.add(token.text);
  });
  return found;
};

const isCode = (path: string) => path.endsWith('.ts') && !path.endsWith('.generated.ts');

export const longFiles = (sources: readonly Source[]): string[] =>
  sources.filter((s) => isCode(s.path) && fileLines(s) >= FILE_LINES).map((s) => s.path);

export const coreSize = (sources: readonly Source[]): number =>
  sources.filter((s) => s.path.startsWith('src/core/')).reduce((n, s) => n + codeLines(s), 0);
