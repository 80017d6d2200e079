// Where an IR can be changed: every statement, expression and integer of a kernel with what is in scope there, by its path. Invariant: a change
// is one replacement at one path, the rest of the kernel stays. It does not know which changes are bugs.
import {
  type Dim,
  type Expr,
  type Int,
  type Kernel,
  type Kind,
  type Stmt,
  laneUses,
} from '../../../../src/kernel/ir/kernel.js';

export type Piece = Stmt | Expr | Int;
export type Path = readonly (string | number)[];

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly dims: readonly Dim[];
}
export interface Scope {
  readonly kernel: Kernel;
  readonly indices: readonly string[];
  readonly variables: readonly Variable[];
  readonly ints: readonly string[];
  /** the pieces around, the nearest first */
  readonly around: readonly Piece[];
}
export interface Site {
  readonly path: Path;
  readonly piece: Piece;
  readonly scope: Scope;
}

const isPlain = (v: unknown): v is object => typeof v === 'object' && v !== null && !Object.isFrozen(v);

function opened(scope: Scope, p: Piece): Scope {
  const around = [p, ...scope.around];
  if (p._tag === 'Loop' || p._tag === 'Each') return { ...scope, around, indices: [...scope.indices, p.index] };
  if (p._tag === 'Stage' || p._tag === 'Put')
    return { ...scope, around, indices: [...new Set([...scope.indices, ...p.dims.map((d) => d.index)])] };
  return { ...scope, around };
}
function declared(scope: Scope, s: Stmt): Scope {
  if (s._tag === 'Int') return { ...scope, ints: [...scope.ints, s.name] };
  if (s._tag === 'Let') return { ...scope, variables: [...scope.variables, { name: s.name, kind: s.kind, dims: [] }] };
  return s._tag === 'Var' ? { ...scope, variables: [...scope.variables, s] } : scope;
}

function collect(value: unknown, path: Path, scope: Scope, into: Site[]): void {
  if (!isPlain(value)) return;
  if (Array.isArray(value)) {
    let now = scope;
    value.forEach((v: unknown, i) => {
      collect(v, [...path, i], now, into);
      if (isPlain(v) && '_tag' in v) now = declared(now, v as Stmt);
    });
    return;
  }
  const isPiece = '_tag' in value && path.at(-1) !== 'over';
  if (isPiece) into.push({ path, piece: value as Piece, scope });
  const inner = isPiece ? opened(scope, value as Piece) : scope;
  for (const [k, v] of Object.entries(value)) collect(v, [...path, k], inner, into);
}

/** Every piece of the body. */
export function sites(kernel: Kernel): readonly Site[] {
  const into: Site[] = [];
  const indices = laneUses(kernel).map((u) => u.name);
  collect(kernel.body, ['body'], { kernel, indices, variables: [], ints: [], around: [] }, into);
  return into;
}

/** The kernel with another value at a path; a list in the place of a statement stands for its statements. */
export function replaced<T>(value: T, path: Path, by: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return by as T;
  if (Array.isArray(value)) {
    const at = key as number;
    const made = replaced(value[at] as unknown, rest, by);
    const put = rest.length === 0 && Array.isArray(made) ? (made as unknown[]) : [made];
    return [...value.slice(0, at), ...put, ...value.slice(at + 1)] as T;
  }
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key as string], rest, by) };
}
