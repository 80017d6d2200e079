/**
 * One place in workgroup memory for two tiles of kept values that are never needed at the same time. Invariant: order and meaning stay; whether
 * barriers suffice and every read finds its own value, validation decides afterwards. It knows no values.
 */
import type { Expr, Stmt, TileDecl } from '../ir/kernel.js';
import { exprsOf, parts } from '../ir/walk.js';

interface Pair {
  readonly early: string;
  readonly late: string;
}

/** Between two fills of the first tile: its reads, the fill of the second, and its reads; a loop may do the same by itself. */
const ALTERNATE = /^((Aa*Bb*)|L)*$/;

/** What happens to the two tiles, in order: A and B a fill, a and b a read, L a loop that fills both before it reads them, X anything else. */
function events(body: readonly Stmt[], pair: Pair): string {
  return body.map((s) => eventsOf(s, pair)).join('');
}
function eventsOf(s: Stmt, pair: Pair): string {
  const reads = exprsOf(s)
    .flatMap(parts)
    .flatMap((e) => read(e, pair));
  const fill =
    s._tag === 'Put' || s._tag === 'Stage' ? (s.tile === pair.early ? 'A' : s.tile === pair.late ? 'B' : '') : '';
  const own = reads.join('') + fill;
  if (!('body' in s)) return own;
  const inner = events(s.body, pair);
  return own + (/[ABLX]/.test(inner) ? (ALTERNATE.test(inner) ? 'L' : 'X') : inner);
}
const read = (e: Expr, { early, late }: Pair): readonly string[] =>
  e._tag !== 'Tile' ? [] : e.name === early ? ['a'] : e.name === late ? ['b'] : [];

function renamed<T>(value: T, { early, late }: Pair): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => renamed(v as unknown, { early, late })) as T;
  const copy = Object.entries(value).map(([k, v]) => [k, renamed(v as unknown, { early, late })] as const);
  const node = Object.fromEntries(copy) as unknown as Stmt | Expr;
  if (node._tag === 'Put' && node.tile === late) return { ...node, tile: early } as T;
  return (node._tag === 'Tile' && node.name === late ? { ...node, name: early } : node) as T;
}

/** The tiles that lanes put what they keep into. */
const kept = (body: readonly Stmt[]): ReadonlySet<string> =>
  new Set(body.flatMap((s) => (s._tag === 'Put' ? [s.tile] : 'body' in s ? [...kept(s.body)] : [])));

const alike = (x: TileDecl, y: TileDecl): boolean =>
  x.pad === y.pad && x.dims.map((d) => d.use).join() === y.dims.map((d) => d.use).join();

/** Statements and tiles with as few tiles as that allows. */
export function reused(
  body: readonly Stmt[],
  tiles: readonly TileDecl[],
): { readonly body: readonly Stmt[]; readonly tiles: readonly TileDecl[] } {
  const own = kept(body);
  for (const early of tiles)
    for (const late of tiles) {
      if (early === late || !own.has(early.name) || !own.has(late.name) || !alike(early, late)) continue;
      const pair = { early: early.name, late: late.name };
      if (!ALTERNATE.test(events(body, pair))) continue;
      return reused(
        renamed(body, pair),
        tiles.filter((t) => t !== late),
      );
    }
  return { body, tiles };
}
