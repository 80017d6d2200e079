/**
 * Which fills use one tile of workgroup memory: those of one wire and shape, or of kept values of one shape, unless one stands where the other's elements are still to be read.
 * Invariant: a tile that is filled again holds nothing that is read later. It does not know what is filled; the order of statements decides.
 */
import type { Expr, Stmt, TileDecl } from '../ir/kernel.js';
import { exprsOf, parts } from '../ir/walk.js';
import { filled } from './tidy.js';

/** The tiles that a statement reads, itself or inside. */
const readIn = (s: Stmt): readonly string[] => [
  ...exprsOf(s).flatMap((e) => parts(e).flatMap((p) => (p._tag === 'Tile' ? [p.name] : []))),
  ...('body' in s ? s.body.flatMap(readIn) : []),
];

/** For each fill, in the order of the text, those that stand between it and the last of its reads, loops taken whole. */
function during(body: readonly Stmt[]): readonly (readonly [string, ReadonlySet<string>])[] {
  const reads = body.map((s) => new Set(readIn(s)));
  return body.flatMap((s, i) => {
    if (s._tag !== 'Stage' && s._tag !== 'Put') return 'body' in s ? during(s.body) : [];
    const last = reads.reduce((most, names, j) => (names.has(s.tile) ? j : most), i);
    return [[s.tile, filled(body.slice(i + 1, last + 1))]];
  });
}

function renamed<T>(value: T, to: ReadonlyMap<string, string>): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => renamed(v as unknown, to)) as T;
  const made = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, renamed(v as unknown, to)]));
  const e = value as unknown as Expr | Stmt;
  if (e._tag === 'Tile') return { ...made, name: to.get(e.name) ?? e.name } as T;
  return (e._tag === 'Stage' || e._tag === 'Put' ? { ...made, tile: to.get(e.tile) ?? e.tile } : made) as T;
}

export interface Shared {
  readonly body: readonly Stmt[];
  readonly tiles: readonly TileDecl[];
}

/** Every fill in the tile that is meant for it, or in a copy of that tile where it would be in the way. */
export function reused(
  body: readonly Stmt[],
  meant: ReadonlyMap<string, TileDecl>,
  fresh: (base: string) => string,
): Shared {
  const all = during(body);
  const over = new Map(all);
  const apart = (f: string, g: string): boolean => !over.get(f)!.has(g) && !over.get(g)!.has(f);
  const copies = new Map([...meant.values()].map((decl) => [decl, [] as { name: string; fills: string[] }[]]));
  const to = new Map<string, string>();
  for (const [fill] of all) {
    const decl = meant.get(fill)!;
    const own = copies.get(decl)!;
    let copy = own.find((c) => c.fills.every((f) => apart(f, fill)));
    if (!copy) own.push((copy = { name: own.length === 0 ? decl.name : fresh(decl.name), fills: [] }));
    copy.fills.push(fill);
    to.set(fill, copy.name);
  }
  const tiles = [...copies].flatMap(([decl, own]) => own.map(({ name }) => ({ ...decl, name })));
  return { body: renamed(body, to), tiles };
}
