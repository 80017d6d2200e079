// Every scheduled term of the tests, at three choices of tiles.
import type { Scheduled } from '../../../src/kernel/ir/scheduled.js';
import * as C from './cases.js';

export const TILES: readonly C.Tiles[] = [
  { rows: 4, stream: 3, columns: 2 },
  { rows: 1, stream: 1, columns: 1 },
  { rows: 8, stream: 5, columns: 7 },
];

export const all = (t: C.Tiles): Readonly<Record<string, Scheduled>> => ({
  contraction: C.contraction(t),
  'contraction, a row for each lane in a tile': C.contraction({ ...t, rowTile: true }),
  'contraction by tiles': C.contractionByTiles(t),
  'contraction by tiles, the rest last': C.contractionByTiles(t, true),
  'weighted mean': C.weighted(t),
  'weighted mean, woven over heads, the rest last': C.weighted(t, { batch: true, last: true }),
  'weighted mean, columns in a run-time loop': C.weighted(t, { columns: 'serial' }),
  'weighted mean, its width in tiles': C.weighted(t, { width: 'tiles' }),
  normed: C.normed(t),
  total: C.total(t),
  placed: C.placed(t),
  'the map inside the fold': C.inside(t),
});

/** Where lanes hold several elements of a tile: rows, columns or both; runs of neighbours, and slots past the end of a tile. */
export const SHARED: readonly C.Tiles[] = [
  { rows: 4, stream: 4, columns: 4, rowShare: { perLane: 2, wide: 1 }, columnShare: { perLane: 2, wide: 2 } },
  { rows: 6, stream: 5, columns: 8, rowShare: { perLane: 3, wide: 1 }, columnShare: { perLane: 4, wide: 2 } },
  { rows: 3, stream: 2, columns: 4, columnShare: { perLane: 2, wide: 1 } },
];

export const allShared = (t: C.Tiles): Readonly<Record<string, Scheduled>> => ({
  'contraction, shared': C.contraction(t),
  'contraction by tiles, shared, the rest last': C.contractionByTiles(t, true),
  'weighted mean, shared': C.weighted(t),
  'weighted mean, shared, its width whole tiles': C.weighted(t, { batch: true, last: true, width: 'whole' }),
  'normed, shared': C.normed(t),
});
